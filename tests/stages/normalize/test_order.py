"""Records do not depend on the order of the articles, and nothing told is lost."""

from __future__ import annotations

import random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import Upgrade, Visit
from pipeline.stages.normalize import ArticleRows, merged_records, normalize
from tests.stages.normalize.records import Step, Trip, Who, told

DATES = [None, "2024", "2024-05", "2024-05-06", "2024-05-07", "2024-05-08", "2024-09-01", "2023-05"]
NAMES = [None, "Kairat Umarov", "Qairat Umarov", "Umarov", "Kairat A. Umarov", "Daniyar Umarov"]
ROLES = [None, "Foreign Minister", "President", "minister", "health minister"]

trips = st.builds(
    Trip,
    who=st.sampled_from(NAMES),
    ends=st.sampled_from([("KAZ", "SRB"), (None, "SRB"), ("SRB", "KAZ")]),
    start=st.sampled_from(DATES),
    end=st.sampled_from(DATES),
    status=st.sampled_from(["completed", "ongoing", "planned", "cancelled"]),
    role=st.sampled_from(ROLES),
    count=st.sampled_from([1, 1, 1, 0]),
)
steps = st.builds(
    Step,
    parties=st.just(("KAZ", "SRB")),
    level=st.sampled_from([None, "strategic_partnership"]),
    date=st.sampled_from(DATES),
    status=st.sampled_from(["completed", "planned", "proposed"]),
)
articles = st.lists(
    st.tuples(st.sampled_from(DATES), st.lists(st.one_of(trips, trips, steps), max_size=4)),
    max_size=7,
)


def rows_of(drawn: list[tuple[str | None, list[Trip | Step]]]) -> list[ArticleRows]:
    return [told(f"a{i}", published, *found) for i, (published, found) in enumerate(drawn)]


@settings(deadline=None, max_examples=150)
@given(drawn=articles, seed=st.integers(0, 99))
def test_any_order_gives_the_same_records(
    drawn: list[tuple[str | None, list[Trip | Step]]], seed: int
) -> None:
    rows = rows_of(drawn)
    made = normalize(rows)
    random.Random(seed).shuffle(rows)
    assert normalize(rows) == made


@settings(deadline=None, max_examples=150)
@given(drawn=articles)
def test_nothing_told_is_lost(drawn: list[tuple[str | None, list[Trip | Step]]]) -> None:
    rows = rows_of(drawn)
    made = normalize(rows)
    for kind in ("visits", "upgrades"):
        told_of = sorted(
            (e.article_id, e.start, e.text) for row in rows for r in getattr(row, kind)
            for e in r.evidence
        )  # fmt: skip
        kept = sorted(
            (e.article_id, e.start, e.text) for r in getattr(made, kind) for e in r.evidence
        )
        assert kept == told_of
    mentions = sorted(m.model_dump_json() for row in rows for e in row.entities for m in e.mentions)
    assert sorted(m.model_dump_json() for e in made.entities for m in e.mentions) == mentions


@settings(deadline=None, max_examples=150)
@given(drawn=articles)
def test_records_are_valid_and_point_at_each_other(
    drawn: list[tuple[str | None, list[Trip | Step]]],
) -> None:
    made = normalize(rows_of(drawn))
    for records in (made.entities, made.visits, made.upgrades):
        ids = [record.id for record in records]
        assert ids == sorted(set(ids))
    people, visits = {e.id for e in made.entities}, {v.id for v in made.visits}
    for visit in made.visits:
        Visit.model_validate_json(visit.model_dump_json())
        assert visit.visitor.entity_id in {None, *people}
        articles_told = [proof.article_id for proof in visit.evidence]
        assert len(articles_told) == len(set(articles_told))
    for upgrade in made.upgrades:
        Upgrade.model_validate_json(upgrade.model_dump_json())
        assert upgrade.occasion in {None, *visits}


def test_merging_twice_changes_nothing_of_a_single_article() -> None:
    row = told("a1", "2024-05-09", Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07"))
    (visit,) = normalize([row]).visits
    (original,) = row.visits
    changed = {"id", "visitor", "evidence", "provenance", "cameo", "plover"}
    assert visit.model_dump(exclude=changed) == original.model_dump(exclude=changed)
    (proof,), (told_as,) = visit.evidence, original.evidence
    assert proof.model_copy(update={"published": None, "status": None}) == told_as


@settings(deadline=None, max_examples=60)
@given(drawn=articles, held_rows=st.integers(1, 5))
def test_what_is_put_on_disk_comes_back(
    drawn: list[tuple[str | None, list[Trip | Step]]], held_rows: int
) -> None:
    rows = rows_of(drawn)
    assert list(merged_records(rows, held_rows=held_rows)) == list(merged_records(rows))


@settings(deadline=None, max_examples=100)
@given(drawn=articles)
def test_tables_are_sorted_and_lead_to_records(
    drawn: list[tuple[str | None, list[Trip | Step]]],
) -> None:
    made = normalize(rows_of(drawn))
    known = {record.id for record in (*made.visits, *made.upgrades)}
    for table in (made.conflicts, made.ledger, made.relations):
        ids = [row.id for row in table]
        assert ids == sorted(set(ids))
    assert {row.record_id for row in (*made.conflicts, *made.ledger)} <= known
    assert {row.upgrade_id for row in made.relations} <= known
    told_of = {(row.record_id, row.article_id) for row in made.ledger}
    for record in (*made.visits, *made.upgrades):
        assert {(record.id, proof.article_id) for proof in record.evidence} <= told_of
        for field, values in record.variants.items():
            rows = [r for r in made.conflicts if (r.record_id, r.field) == (record.id, field)]
            assert [row.value for row in rows] == [variant.value for variant in values]


def test_nothing_gives_nothing() -> None:
    made = normalize([])
    assert (made.entities, made.visits, made.upgrades) == ((), (), ())


def _many(count: int) -> list[ArticleRows]:
    """Return articles on as many trips as a third of them, by a growing crowd of visitors."""
    chance = random.Random(count)
    given = ["Kairat", "Daniyar", "Sergei", "Bakhyt", "Timur", "Nurlan", "Askar", "Yerlan"]
    syllables = ["ba", "ke", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
    rows = []
    for i in range(count):
        trip = chance.randrange(count // 3 + 1)
        who = random.Random(trip)
        surname = "".join(who.choice(syllables) for _ in range(5)).title()
        name = f"{who.choice(given)} {surname}"
        place = who.choice(["SRB", "FRA", "JPN", "BRA", "KEN", "NZL", "TUR", "VNM"])
        day = f"20{10 + trip % 15}-{1 + trip % 12:02}-{1 + trip % 28:02}"
        journey = Trip(name, ("KAZ", place), day, None, role="minister")
        rows.append(told(f"a{i:06}", day, journey, Who("Umarov", "KAZ", "minister")))
    return rows


@pytest.mark.bench
def test_cost_stays_near_linear() -> None:
    seconds = []
    for count in (2_000, 16_000):
        rows = _many(count)
        begin = process_time()
        normalize(rows)
        seconds.append(process_time() - begin)
        print(f"{count} articles: {seconds[-1]:.2f} s")
    assert seconds[1] < 16 * seconds[0]
