"""The whole program beside what one would take instead, over the same articles, in one process.

All are warm (models and tables loaded), take turns, and are measured in processor time, so that
other programs on the machine matter little. None of the others finds visits or relations.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from models import Article
from pipeline.config import Settings, load_settings
from pipeline.plan import Plan
from pipeline.readers import read_inputs
from pipeline.runner import run
from pipeline.stages import build_stages
from tests.benchmarks.measuring import Table

pytestmark = pytest.mark.bench
CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
ROUNDS = 3
#: Every so many-th article of the sample: search_dates takes seconds for one.
EVERY = 5
#: The whole run must be this many times as fast as the model alone; what is aimed at is 1.5.
FLOOR = 1.0
BARE = "spaCy: bare nlp.pipe"
WANTED = {BARE: "≥ 1.5 times as long"}


def contenders(
    texts: list[str], inputs: list[str], folder: Path
) -> dict[str, Callable[[], object]]:
    import dateparser
    import dateparser.search
    import spacy

    nlp = spacy.load(load_settings().parse.model)
    plan = build_stages(load_settings())

    def kept(_settings: Settings) -> Plan:
        return plan

    def whole() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        run(kept, load_settings(), folder, read_inputs(inputs))

    def with_dateparser() -> None:
        for doc in nlp.pipe(texts):
            for entity in doc.ents:
                if entity.label_ in {"DATE", "TIME"}:
                    dateparser.parse(entity.text)

    made: dict[str, Callable[[], object]] = {
        "communique run, from files to files": whole,
        BARE: lambda: list(nlp.pipe(texts)),
        "spaCy entities, dateparser.parse on dates": with_dateparser,
        "dateparser.search.search_dates": lambda: [
            dateparser.search.search_dates(text, languages=["en"]) for text in texts
        ],
    }
    try:
        import timexy  # noqa: F401 - registers its component
    except ImportError:
        return made
    timed = spacy.load(load_settings().parse.model)
    timed.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy"}, before="ner")
    return made | {"spaCy with timexy": lambda: list(timed.pipe(texts))}


def test_the_run_beside_others(tmp_path: Path, table: Table) -> None:
    read = [item for item in read_inputs([CORPUS]) if isinstance(item, Article)][::EVERY]
    texts, inputs = [item.text for item in read], [item.source_path for item in read]
    words = sum(len(text.split()) for text in texts)
    racing = contenders(texts, inputs, tmp_path / "out")
    seconds: dict[str, list[float]] = {name: [] for name in racing}
    for number in range(ROUNDS + 1):
        for name, work in racing.items():
            start = time.process_time()
            work()
            if number:
                seconds[name].append(time.process_time() - start)
    first = next(iter(racing))
    for name, spent in seconds.items():
        ratio = median(s / f for s, f in zip(spent, seconds[first], strict=True))
        found = f"{words / median(spent):,.0f} words/s, {ratio:.2f} times as long as the run"
        table.add(f"{name} ({words:,} words)", found, WANTED.get(name, ""))
    bare = seconds[BARE]
    assert median(b / f for b, f in zip(bare, seconds[first], strict=True)) >= FLOOR
