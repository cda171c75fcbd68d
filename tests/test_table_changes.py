"""A changed table touches just the articles that hold a word of what changed."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from models import DateExpression, Record
from pipeline.config import Settings, load_settings
from pipeline.docs import columns_of, pack_columns, words_of
from pipeline.lexicon import ByWord, noting, once_a_word
from pipeline.plan import Plan
from pipeline.runner import RunReport, rerun, run
from pipeline.stage import Case, KeyedTable
from pipeline.stages import build_stages
from pipeline.stages.visits import tables
from pipeline.stages.visits.find import find
from pipeline.table_changes import Words, asked_of, changed_words
from tests import fakes
from tests.reading import Reader
from tests.test_rules import KINDS, REGIONS, ROWS, arrival

SETTINGS = Settings()
TABLE = KeyedTable("keyed_package", "colours.toml", "words", always=("blue",))
RED = '[[row]]\nwords = ["red", "scarlet"]\nsays = 1\n'
GREEN = '[[row]]\nwords = ["green"]\nsays = 2\nexample = "the green hill"\n'
BLUE = '[[row]]\nwords = ["blue"]\nsays = 3\n'
SEA = '[[row]]\nwords = ["Deep sea"]\nsays = 4\n'


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (RED + GREEN + BLUE, set()),
        (RED + GREEN.replace("hill", "lawn") + BLUE, set()),
        (RED + GREEN + BLUE + SEA, {"deep"}),
        (RED.replace('"red", ', "") + GREEN + BLUE, {"red"}),
        (RED.replace('"red"', '"red", "pink"') + GREEN + BLUE, {"pink"}),
        (RED.replace("1", "5") + GREEN + BLUE, {"red", "scarlet"}),
        (RED + SEA + BLUE, {"green", "deep"}),
        # What others say stands in another order, or is asked for anyway; or the table is broken.
        (GREEN + RED + BLUE, None),
        (RED + GREEN, None),
        (RED + GREEN + BLUE.replace("3", "5"), None),
        (RED + GREEN + BLUE + '[[row]]\nwords = [""]\n', None),
        (RED + GREEN + BLUE + "[[row]]\nsays = 1\n", None),
        (RED + GREEN + "[[row", None),
    ],
)
def test_words_that_changed(now: str, words: set[str] | None) -> None:
    old = {TABLE.name: RED + GREEN + BLUE}
    found: Words = changed_words([TABLE], old, {TABLE.name: now})
    assert (None if found is None else {*found}) == words
    assert changed_words([TABLE], {}, {TABLE.name: now}) is None


def find_colours(case: Case) -> Iterable[Record]:
    """Yield a row for each coloured word, with what the table says of it."""
    rows = tomllib.loads((files(TABLE.package) / TABLE.file).read_text(encoding="utf-8"))["row"]
    says = {word: row["says"] for row in rows for word in row["words"]}
    for token in case.doc:
        if (year := says.get(token.lower_)) is not None:
            start = token.idx
            yield DateExpression(
                id=f"date-{case.article.id}-{start}",
                article_id=case.article.id,
                start=start,
                end=start + len(token),
                text=token.text,
                type="DATE",
                value=f"200{year}",
                anchor="explicit",
            )


TEXTS = ("Red and green", "a scarlet coat", "Green hills of 1990", "nothing", "Infrared light")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / TABLE.package
    package.mkdir()
    (package / "__init__.py").write_text("")
    table = package / TABLE.file
    table.write_text(RED + GREEN + BLUE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, TABLE.package, raising=False)
    importlib.invalidate_caches()
    return table


def build(settings: Settings) -> Plan:
    plan = fakes.build_with(packages=(TABLE.package,))
    numbers = replace(plan.stages[0], find=find_colours, keyed=(TABLE,))
    return replace(plan, stages=(numbers, *plan.stages[1:]))


def again(folder: Path) -> RunReport:
    return rerun(build, SETTINGS, folder, "numbers", again=False)


def run_again(folder: Path) -> RunReport:
    return run(build, SETTINGS, folder, inputs())


def inputs() -> list[fakes.Article | fakes.Reject]:
    return [fakes.article(f"{number}", text) for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize("call", [again, run_again])
def test_only_articles_that_a_change_can_touch_are_worked_on(
    call: Callable[[Path], RunReport], table: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run_again(folder)
    whole = table.read_text()

    def worked_on(text: str) -> tuple[int, int]:
        """Return on how many articles both stages ran, and hold all against a run of its own."""
        table.write_text(text)
        numbers, names = (s for s in call(folder).manifest.stages if s.name in {"numbers", "names"})
        run_again(tmp_path / f"fresh-{hash(text)}")
        assert fakes.sums(folder) == fakes.sums(tmp_path / f"fresh-{hash(text)}")
        return numbers.run, names.run

    # The first article is worked on whatever it holds, lest nobody tells that a table is broken.
    assert worked_on(whole.replace("2", "6")) == (2, 2)
    assert worked_on(whole) == (2, 2)  # not back without work: one result is kept
    assert worked_on(whole + '[[row]]\nwords = ["coat"]\nsays = 7\n') == (2, 1)
    assert worked_on(whole.replace('"red", ', "")) == (3, 2)  # the coat's and the red ones
    assert worked_on(whole.replace("3", "8")) == (5, 1)  # blue is asked for in any case


@pytest.fixture(scope="module")
def ready(reader: Reader) -> list[str]:
    texts = [text for _, row in ROWS for text in (row.example, row.counter)]
    texts += [arrival(words) for row in KINDS for words in (row.example, row.counter)]
    texts += [text for row in REGIONS for text in (row.example, row.counter)]
    reader.prepare(texts)
    return texts


@pytest.mark.slow
def test_rows_are_asked_for_at_words_of_the_article(ready: list[str], reader: Reader) -> None:
    (visits,) = (s for s in build_stages(load_settings()).stages if s.name == "visits")
    always = {word for table in visits.keyed for word in table.always}
    phrases: dict[str, set[str]] = {}
    for rule in tables.kind_rules():
        phrases.setdefault(rule.kind, set()).update(words.split()[0] for words in rule.words)
    every: set[str] = set()
    for text in ready:
        reading = reader.read(text)
        with noting() as asked:
            found = list(find(Case(reading.article, reading.doc, reading.rows)))
        words = {word for _, word in asked}
        held = words_of(pack_columns(columns_of(reading.doc)))
        assert not {word for word in words if word.lower() not in held} - always, text
        for visit in found:
            assert visit.kind is None or any(word in held for word in phrases[visit.kind])
        every |= words
        assert {name for name, _ in asked} <= {table.asked_as for table in visits.keyed}
    assert always <= every | {"<any>"}


def test_what_is_asked_is_noted_in_the_innermost_block_alone() -> None:
    rows = ByWord("colours", {"red": 1})
    assert rows["red"] == 1  # by nobody noted
    with noting() as outer:
        assert "Green" in rows or rows.get("deep sea", 2) == 2
        with noting() as inner:
            assert rows["red"] == 1
    assert outer == {("colours", "Green"), ("colours", "deep sea")}
    assert inner == {("colours", "red")}
    assert asked_of(outer) == {("colours", "green"), ("colours", "deep")}


def test_what_is_remembered_of_a_word_is_asked_each_time() -> None:
    rows = ByWord("colours", {"red": 1})
    made: list[str] = []

    @once_a_word
    def is_known(word: str) -> bool:
        made.append(word)
        return word in rows

    assert [is_known("red"), is_known("red")] == [True, True]
    assert made == ["red"]
    for _ in range(2):
        with noting() as asked:
            assert not is_known("green")
            assert is_known("red")
        assert asked == {("colours", "red"), ("colours", "green")}
    assert made == ["red", "green", "red"]


def test_rows_cannot_be_gone_through() -> None:
    with pytest.raises(TypeError, match="at their words"):
        list(tables.verb_rules())
    with pytest.raises(TypeError, match="at their words"):
        tables.noun_rules().items()
