"""Every row's example fires and its counter does not."""

from __future__ import annotations

import re

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.dates.cues import Cue
from pipeline.stages.dates.find import find_dates
from pipeline.stages.dates.grammar import PACKAGE, DateRule, load_grammar
from pipeline.stages.dates.guards import Guard, forbids
from pipeline.stages.dates.holidays import Holiday, holiday_days, split_name
from pipeline.stages.dates.near_days import Promise, is_promised
from pipeline.stages.dates.readers import READERS
from tests.stages.dates.surface import surface_direction

PUBLISHED = "2024-08-16"
RULES = load_table(PACKAGE, "rules.toml", DateRule)
GUARDS = load_table(PACKAGE, "guards.toml", Guard)
CUES = load_table(PACKAGE, "tense.toml", Cue)
PROMISES = load_table(PACKAGE, "promises.toml", Promise)
HOLIDAYS = load_table(PACKAGE, "holidays.toml", Holiday)


def rules_of(text: str) -> set[str]:
    return {found.rule for found in find_dates(text, published=PUBLISHED)}


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.id)
def test_rule_example_fires(row: DateRule) -> None:
    assert row.id in rules_of(row.example)


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.id)
def test_rule_counter_does_not_fire(row: DateRule) -> None:
    assert row.id not in rules_of(row.counter)


def test_rule_ids_are_unique_and_readers_exist() -> None:
    ids = [row.id for row in RULES]
    assert len(set(ids)) == len(ids)
    assert {row.read for row in RULES} == set(READERS)


@pytest.mark.parametrize("row", [*RULES, *GUARDS], ids=lambda row: row.id)
def test_rules_that_are_not_tried_at_two_words_would_not_match(row: DateRule | Guard) -> None:
    grammar = load_grammar()
    for text in (row.example, row.counter, *row.example.split()):
        tokens = grammar.lexer(text)
        for place in grammar.places(tokens):
            found = (r.expression.match(tokens.classes, place) for r in grammar.rules)
            whole = {match.re.pattern for match in found if match and match.end() > place}
            assert {r.expression.pattern for r, _ in grammar.hits(tokens, place)} == whole


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("at 5 pm to-day", "at 5 pm today"),
        ("to-do in FY24, Q1", "to - do in fy 24 , Q1"),
        ("c-3 ab12 O’Brien", "c - 3 ab12 o ’ brien"),
        ("May  AM a.m. mid-1990s", "may AM a.m. mid - 1990s"),
    ],
)
def test_words_are_told_from_what_begins_like_one(text: str, forms: str) -> None:
    assert list(load_grammar().lexer(text).forms) == forms.split()


def guards_of(row: Guard, text: str) -> bool:
    """Tell whether a guard forbids any match of its rules in a text."""
    grammar = load_grammar()
    tokens = grammar.lexer(text)
    return any(
        forbids(rule.row.id, text, tokens.starts[match.start()], tokens.ends[match.end() - 1])
        == row.id
        for place in grammar.places(tokens)
        for rule, match in grammar.hits(tokens, place)
    )


@pytest.mark.parametrize("row", GUARDS, ids=lambda row: row.id)
def test_guard(row: Guard) -> None:
    assert guards_of(row, row.example)
    assert not guards_of(row, row.counter)
    assert set(row.rules) <= {rule.id for rule in RULES}


@pytest.mark.parametrize("row", CUES, ids=lambda row: row.id)
def test_cue(row: Cue) -> None:
    before = "" if row.strength == "beside" else r"(?<!\w)"
    cue = re.compile(rf"{before}(?:{row.pattern})(?!\w)")
    assert cue.search(row.example)
    assert not cue.search(row.counter)
    start, end = len(row.example), len(row.example)
    if row.strength == "beside":
        start = row.example.index("Monday")
        end = start + len("Monday")
    told = surface_direction(row.example, start, end)
    assert (told or "none") == row.direction


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row.id)
def test_promise(row: Promise) -> None:
    assert is_promised(*row.example.split("Monday"))
    assert not is_promised(*row.counter.split("Monday"))


@pytest.mark.parametrize("row", HOLIDAYS, ids=lambda row: row.names[0])
def test_holiday_has_a_day_where_its_source_knows_one(row: Holiday) -> None:
    found = holiday_days(" ".join(split_name(row.names[0])), 2024)
    if row.source == "library" and row.when.endswith(":none"):
        assert not found
    else:
        assert {first.year for first, _ in found} == {2024}
