"""Every row of the rule tables fires on its example and stays silent on its counter."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest

from pipeline.lexicon import Rule, WordList, load_table
from pipeline.stages.upgrades.levels.level_names import find_levels
from pipeline.stages.upgrades.tables import Echo, LevelName, Trigger
from pipeline.stages.visits.lists.guest_phrases import GuestRule, RollRule
from pipeline.stages.visits.lists.registers import RegisterRule
from pipeline.stages.visits.tables import Idiom, KindRule, NounRule, VerbRule
from pipeline.stages.visits.tours.region_names import RegionRule
from pipeline.stages.visits.tours.stop_rules import StopRule
from pipeline.stages.visits.travel.verbless import VerblessRule
from tests.reading import PUBLISHED, Reader

VISITS, UPGRADES = "pipeline.stages.visits", "pipeline.stages.upgrades"
TABLES: tuple[tuple[str, str, type[Rule]], ...] = (
    (VISITS, "verbs.toml", VerbRule),
    (VISITS, "deeds.toml", VerbRule),
    (VISITS, "nouns.toml", NounRule),
    (VISITS, "idioms.toml", Idiom),
    (VISITS, "guests.toml", GuestRule),
    (VISITS, "rolls.toml", RollRule),
    (VISITS, "itinerary.toml", StopRule),
    (VISITS, "verbless.toml", VerblessRule),
    (VISITS, "registers.toml", RegisterRule),
    (UPGRADES, "triggers.toml", Trigger),
    (UPGRADES, "echoes.toml", Echo),
)
#: Files of word lists, all of a package asked for by name alone.
WORDS = {
    VISITS: ("words.toml", "passage_words.toml", "occasion_words.toml", "picture_words.toml"),
    UPGRADES: ("words.toml",),
    "pipeline.discourse": ("words.toml", "edition_words.toml"),
    "pipeline.stages.entities": ("words.toml",),
    "pipeline.stages.dates": ("length_words.toml", "plan_words.toml"),
    "pipeline.stages.normalize": ("words.toml",),
}


class TableRow(NamedTuple):
    file: str
    row: Rule


ROWS = [
    TableRow(file, row)
    for package, file, model in TABLES
    for row in load_table(package, file, model)
]
LEVELS = load_table(UPGRADES, "levels.toml", LevelName)
KINDS = load_table(VISITS, "kinds.toml", KindRule)
REGIONS = load_table(VISITS, "regions.toml", RegionRule)


def name_of(case: object) -> str:
    return f"{case.file}-{case.row.id}" if isinstance(case, TableRow) else str(case)


def arrival(words: str) -> str:
    """Return a sentence in which somebody arrives for what the words name."""
    return f"Serbian President Aleksandar Vucic arrived in Athens on Monday for {words}."


@pytest.fixture(scope="module")
def ready(reader: Reader) -> Reader:
    reader.prepare(text for _, row in ROWS for text in (row.example, row.counter))
    reader.prepare(arrival(words) for row in KINDS for words in (row.example, row.counter))
    reader.prepare(text for row in REGIONS for text in (row.example, row.counter))
    return reader


def made_by(reader: Reader, text: str, file: str, rule: str) -> list[str]:
    """Return the ids of the records of the table's stage whose evidence names a rule."""
    reading = reader.read(text, PUBLISHED)
    made = reading.upgrades if file in {"triggers.toml", "echoes.toml"} else reading.visits
    return [record.id for record in made if rule in {proof.rule for proof in record.evidence}]


@pytest.mark.slow
@pytest.mark.parametrize("case", ROWS, ids=name_of)
def test_example_fires(ready: Reader, case: TableRow) -> None:
    assert made_by(ready, case.row.example, case.file, case.row.id)


@pytest.mark.slow
@pytest.mark.parametrize("case", ROWS, ids=name_of)
def test_counter_stays_silent(ready: Reader, case: TableRow) -> None:
    assert not made_by(ready, case.row.counter, case.file, case.row.id)


@pytest.mark.slow
@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.id)
def test_kind_is_read_from_its_example_alone(ready: Reader, row: KindRule) -> None:
    assert {visit.kind for visit in ready.read(arrival(row.example)).visits} == {row.kind}
    assert row.kind not in {visit.kind for visit in ready.read(arrival(row.counter)).visits}


@pytest.mark.parametrize("row", LEVELS, ids=lambda row: row.id)
def test_level_is_read_from_its_example_alone(row: LevelName) -> None:
    assert row.id in {level.name for level in find_levels(row.example)}
    assert row.id not in {level.name for level in find_levels(row.counter)}


@pytest.mark.parametrize("file", sorted({file for _, file, _ in TABLES}))
def test_ids_are_unique_in_a_table(file: str) -> None:
    ids = [row.id for name, row in ROWS if name == file]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("package", sorted(WORDS))
def test_word_lists_have_names_and_words_of_their_own(package: str) -> None:
    rows = [row for file in WORDS[package] for row in load_table(package, file, WordList)]
    names = Counter(row.id for row in rows)
    again = {row.id: [w for w, n in Counter(row.words).items() if n > 1] for row in rows}
    assert max(names.values()) == 1, "the second of a name would never be read"
    assert not any(again.values()), {name: words for name, words in again.items() if words}


@pytest.mark.slow
@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row.id)
def test_region_is_no_country(ready: Reader, row: RegionRule) -> None:
    trips = ready.read(row.example, PUBLISHED).visits
    assert [trip.destination.code for trip in trips] == [None]
    others = ready.read(row.counter, PUBLISHED).visits
    assert None not in [trip.destination.code for trip in others]
