"""The whole program beside what one would take instead, over the same articles, in one process.

The articles are made up out of the sample's (see made_articles.py). All are warm (models and tables
loaded), take turns, and are measured in processor time, so that other programs on the machine
matter little. None of the others finds visits or relations.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pytest

from pipeline.config import Settings, load_settings
from pipeline.plan import Plan
from pipeline.readers import read_inputs
from pipeline.runner import run
from pipeline.stages import build_stages
from tests.benchmarks.made_articles import made_articles, write
from tests.benchmarks.measuring import Table, size

pytestmark = pytest.mark.bench
#: Whole articles read in a measured round, and in the round before, which warms up.
WHOLE, WARMING = size(60, full=800), 20
ROUNDS = 3
#: The whole run must be this many times as fast as the model alone; what is aimed at is 1.5.
FLOOR = 1.0
BARE = "spaCy: bare nlp.pipe"
WANTED = {BARE: "≥ 1.5 times as long"}

Contender = Callable[[Path, Sequence[str]], object]


def contenders(folder: Path) -> dict[str, Contender]:
    """Return what reads articles, from a file of JSON lines or from their texts, by name."""
    import dateparser
    import dateparser.search
    import spacy

    nlp = spacy.load(load_settings().parse.model)
    plan = build_stages(load_settings())

    def kept(_settings: Settings) -> Plan:
        return plan

    def whole(file: Path, _texts: Sequence[str]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        run(kept, load_settings(), folder, read_inputs([file]))

    def with_dateparser(_file: Path, texts: Sequence[str]) -> None:
        for doc in nlp.pipe(texts):
            for entity in doc.ents:
                if entity.label_ in {"DATE", "TIME"}:
                    dateparser.parse(entity.text)

    made: dict[str, Contender] = {
        "communique run, from files to files": whole,
        BARE: lambda _, texts: list(nlp.pipe(texts)),
        "spaCy entities, dateparser.parse on dates": with_dateparser,
        "dateparser.search.search_dates": lambda _, texts: [
            dateparser.search.search_dates(text, languages=["en"]) for text in texts
        ],
    }
    try:
        import timexy  # noqa: F401 - registers its component
    except ImportError:
        return made
    timed = spacy.load(load_settings().parse.model)
    timed.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy"}, before="ner")
    return made | {"spaCy with timexy": lambda _, texts: list(timed.pipe(texts))}


def test_the_run_beside_others(tmp_path: Path, table: Table) -> None:
    racing = contenders(tmp_path / "out")
    seconds: dict[str, list[float]] = {name: [] for name in racing}
    words: list[int] = []
    for number in range(ROUNDS + 1):
        # Other articles in each round: nothing is read twice.
        rows = list(made_articles(WHOLE if number else WARMING, first=number * WHOLE))
        file = write(tmp_path / "articles.jsonl", rows)
        texts = [str(row["text"]) for row in rows]
        words += [sum(len(text.split()) for text in texts)] * (number > 0)
        for name, work in racing.items():
            start = time.process_time()
            work(file, texts)
            if number:
                seconds[name].append(time.process_time() - start)
    first = seconds[next(iter(racing))]
    for name, spent in seconds.items():
        ratio = median(s / f for s, f in zip(spent, first, strict=True))
        speed = median(w / s for w, s in zip(words, spent, strict=True))
        found = f"{speed:,.0f} words/s, {ratio:.2f} times as long as the run"
        table.add(f"{name} ({WHOLE:,} articles, {words[0]:,} words)", found, WANTED.get(name, ""))
    assert median(b / f for b, f in zip(seconds[BARE], first, strict=True)) >= FLOOR
