"""Only what changed is merged again, and the records are those of merging all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from models import Record
from pipeline.memo import Scratch
from pipeline.stages.normalize import ArticleRows, Told, merged_groups, merged_records
from pipeline.stages.normalize.heads import VisitHead
from pipeline.stages.normalize.merging import told_by
from pipeline.stages.normalize.people import MergedPeople, people_of
from pipeline.stages.normalize.sightings import sighting_of
from pipeline.stages.normalize.sources import source_of
from tests.stages.normalize.records import Step, Trip, Who, told
from tests.stages.normalize.test_order import articles, rows_of


class Kept:
    """What was made before, in memory; it counts what is made again."""

    def __init__(self) -> None:
        self.results: dict[str, tuple[str, str]] = {}
        self.groups: dict[str, tuple[str, list[Record]]] = {}
        self.used: set[str] = set()
        self.asked: set[str] = set()
        self.merged: list[str] = []
        self.made: list[str] = []
        self.read: list[str] = []

    def get(self, name: str, fingerprint: str, /) -> str | None:
        self.used.add(name)
        found = self.results.get(name)
        return found[1] if found and found[0] == fingerprint else None

    def put(self, name: str, fingerprint: str, made: str, /) -> None:
        self.used.add(name)
        self.results[name] = fingerprint, made
        if name.startswith("merged "):
            self.merged.append(name.removeprefix("merged ").replace("\0", " "))

    def keep(self, name: str, /) -> None:
        self.used.add(name)

    def changed(self, groups: Iterable[tuple[str, str]], /) -> Iterator[tuple[str, str]]:
        for name, fingerprint in groups:
            assert name not in self.asked
            self.asked.add(name)
            if self.groups.get(name, ("", ()))[0] != fingerprint:
                yield name, fingerprint

    def update(self, rows: list[ArticleRows]) -> list[Record]:
        """Merge what changed; return all records as they now stand."""
        for count in (self.merged, self.made, self.read):
            count.clear()
        self.used, self.asked = set(), set()
        names: set[str] = set()
        ordered = sorted(rows, key=lambda one: one.article.id)
        for group in merged_groups(map(self._told, ordered), memo=self):
            assert group.name not in names
            assert group.name in self.asked
            names.add(group.name)
            self.groups[group.name] = group.fingerprint, list(group.records)
            self.made.append(group.name.split("\0")[0])
        for kept in (self.groups, self.results):
            for name in set(kept) - (self.asked | self.used):
                del kept[name]  # type: ignore[attr-defined]
        return [record for _, records in self.groups.values() for record in records]

    def _told(self, rows: ArticleRows) -> Told:
        def read() -> ArticleRows:
            self.read.append(rows.article.id)
            return rows

        return Told(rows.article.id, repr(rows), lambda: read)


def in_order(records: list[Record]) -> list[str]:
    return sorted(f"{type(record).__name__} {record.model_dump_json()}" for record in records)


UMAROV = Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role="Foreign Minister")
OTHERS = [
    told("a1", "2024-05-09", UMAROV),
    told("a2", "2024-05-09", Trip("Rui Sa", ("PRT", "AGO"), "2024-05-07")),
    told("a3", "2024-05-09", Step(("AUS", "VNM"), date="2024-03")),
    told("a4", "2024-05-09", Step(("KAZ", "SRB"), date="2024-05-07")),
]


def again_with(*more: ArticleRows) -> list[str]:
    """Return the blocks that are merged when articles are added to the others."""
    kept = Kept()
    kept.update(OTHERS)
    rows = [*more, *OTHERS]
    assert in_order(kept.update(rows)) == in_order(list(merged_records(rows)))
    return sorted(kept.merged)


def test_nothing_new_merges_nothing() -> None:
    kept = Kept()
    kept.update(OTHERS)
    assert kept.made
    kept.update(OTHERS)
    assert (kept.read, kept.merged, kept.made) == ([], [], [])


def test_a_new_article_merges_the_blocks_that_it_touches() -> None:
    assert again_with(told("b1", "2024-06-01", Trip("Rui Sa", ("PRT", "AGO"), "2024-05"))) == [
        "visits AGO 000001"
    ]
    assert again_with(told("b1", "2024-06-01", Step(("AUS", "VNM"), date="2024-03-07"))) == [
        "upgrades AUS+VNM upgrade"
    ]
    assert (
        again_with(told("b1", "2024-06-01", text="An article that tells of nothing at all.")) == []
    )


def test_a_visit_between_two_parties_touches_their_upgrades() -> None:
    new = told("b1", "2024-05-09", Trip("Ivan Lukic", ("SRB", "KAZ"), "2024-05-07"))
    assert again_with(new) == ["upgrades KAZ+SRB upgrade", "visits KAZ 000001"]


def test_another_name_of_a_visitor_touches_the_visits() -> None:
    fuller = told("b1", "2024-05-09", Who("Kairat Askarovich Umarov", "KAZ", "Foreign Minister"))
    assert again_with(fuller) == ["upgrades KAZ+SRB upgrade", "visits SRB 000001"]


def test_of_many_articles_few_are_read_again() -> None:
    rows = [told(f"a{n:04}", "2024-05-09", Who("Rui Sa", "PRT", "minister")) for n in range(600)]
    kept = Kept()
    kept.update(rows)
    assert len(kept.read) == 600
    kept.update([*rows, told("a0300b", "2024-05-10", UMAROV)])
    assert len(kept.read) < 400
    assert Counter(kept.made) == {"entity": 1, "visits": 1}


def test_what_is_past_at_the_newest_article_is_told_again() -> None:
    planned = told(
        "a1", "2024-05-01", Trip("Rui Sa", ("PRT", "AGO"), "2024-05-07", status="planned")
    )
    kept = Kept()
    kept.update([planned])
    assert kept.update([planned, told("a2", "2024-05-02", text="Nothing.")])
    assert kept.made == []
    kept.update([planned, told("a2", "2024-06-02", text="Nothing.")])
    assert kept.made == ["visits"]


@settings(deadline=None, max_examples=80)
@given(drawn=articles, steps=st.lists(st.integers(0, 2**7 - 1), max_size=5), seed=st.integers(0, 9))
def test_what_stands_is_what_would_be_made(
    drawn: list[tuple[str | None, list[Trip | Step]]], steps: list[int], seed: int
) -> None:
    """Articles come and go, a few at a time, and change what they tell."""
    rows = rows_of(drawn)
    others = rows_of(random.Random(seed).sample(drawn, len(drawn)))
    kept = Kept()
    for step in (*steps, 2**7 - 1):
        now = [row for number, row in enumerate(rows) if step >> number & 1]
        assert in_order(kept.update(now)) == in_order(list(merged_records(now[::-1])))
        kept.update(now)
        assert (kept.read, kept.merged, kept.made) == ([], [], [])
        pairs = enumerate(zip(rows, others, strict=True))
        rows, others = [row if n % 2 else other for n, (row, other) in pairs], rows


def _people(*, title: str = "Foreign Minister", host: str = "Ana Tora") -> MergedPeople:
    """Return two persons, the visitor and a host."""
    visitor = Who("Nia Dlamini", "ZAF", title)
    rows = told("a1", "2024-05-09", visitor, Who(host, "CHL", "President"))
    source = source_of(rows.article)
    seen = [sighting_of(one, source, number=n) for n, one in enumerate(rows.entities)]
    with Scratch() as memo:
        return people_of(seen, range(len(seen)), memo=memo)


def test_a_visit_depends_on_offices_and_on_its_hosts_names() -> None:
    head = VisitHead(digest="d", visitor=0, hosts=(1,), leader=None, chunk=0)

    def of(people: MergedPeople) -> list[str]:
        return list(told_by(head, people))

    assert of(_people()) == of(_people())
    assert of(_people()) != of(_people(title="Premier"))
    assert of(_people()) != of(_people(host="Ana Tora Silva"))


def test_persons_are_described_once() -> None:
    rows = [told(f"a{n}", "2024-05-09", Who(f"Rui Sa{n}", "PRT", "minister")) for n in range(9)]
    kept = Kept()
    kept.update(rows)
    before = {name: made for name, made in kept.results.items() if name.startswith("persons")}
    kept.update([*rows, told("b1", "2024-05-10", UMAROV)])
    after = {name: made for name, made in kept.results.items() if name.startswith("persons")}
    assert sum(before.get(name) != made for name, made in after.items()) == 1
    people = [name for name in kept.groups if name.startswith("entity\0person")]
    assert len(people) == 10
