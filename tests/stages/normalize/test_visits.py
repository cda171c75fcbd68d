"""Which tellings are of one trip, and which values it has."""

from __future__ import annotations

import pytest

from pipeline.stages.normalize import ArticleRows, normalize
from tests.stages.normalize.records import Trip, Who, only_visit, told

XI = "Xi Jinping"
EAST, WEST = ("CHN", "SRB"), ("SRB", "CHN")
FM, PM = "Foreign Minister", "Prime Minister"


def xi(start: str | None = None, end: str | None = None, status: str = "completed") -> Trip:
    return Trip(XI, EAST, start, end, status, role="President")  # type: ignore[arg-type]


def office(role: str | None, start: str | None = None, *, origin: str | None = "CHN") -> Trip:
    return Trip(None, (origin, "SRB"), start, start, role=role)


SAME: dict[str, list[ArticleRows]] = {
    "same days": [
        told("a1", "2024-05-09", xi("2024-05-07", "2024-05-08")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "a month and its day": [
        told("a1", "2024-07-09", xi("2024-05", "2024-05")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "a year and its month": [
        told("a1", "2025-07-09", xi("2024", "2024")),
        told("a2", "2024-07-10", xi("2024-05", "2024-05")),
    ],
    "one day's disagreement": [
        told("a1", "2024-05-09", xi("2024-05-07", "2024-05-07")),
        told("a2", "2024-05-10", xi("2024-05-08", "2024-05-08")),
    ],
    "spans that overlap": [
        told("a1", "2024-05-09", xi("2024-05-05", "2024-05-07")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-10")),
    ],
    "arrival and a later day": [
        told("a1", "2024-05-07", xi("2024-05-07", None, "ongoing")),
        told("a2", "2024-05-10", xi("2024-05-09", "2024-05-09")),
    ],
    "planned, then completed": [
        told("a1", "2024-04-20", xi("2024-05-07", "2024-05-08", "planned")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "next week, then its days": [
        told("a1", "2024-05-03", xi("2024-05-06", "2024-05-12", "planned")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "told again without a date a year later": [
        told("a1", "2025-06-20", xi()),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "invited long before": [
        told("a1", "2023-11-20", xi(status="invited")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "undated, published days apart": [
        told("a1", "2024-05-10", xi()),
        told("a2", "2024-05-20", xi()),
    ],
    "undated, one of unknown publication": [
        told("a1", None, xi()),
        told("a2", "2024-05-20", xi("2024-05-07")),
    ],
    "nothing known of dates": [told("a1", None, xi()), told("a2", None, xi())],
    "a tour's days and a leg's": [
        told("a1", None, xi("2024-05-01", "2024-05-12")),
        told("a2", None, xi("2024-05-08", "2024-05-09")),
    ],
    "another spelling of the visitor": [
        told("a1", None, Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role=FM)),
        told("a2", None, Trip("Qairat Umarov", ("KAZ", "SRB"), "2024-05-07", role=FM)),
    ],
    "unnamed office, named visitor": [
        told("a1", "2024-05-08", office("president", "2024-05-07")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "unnamed office undated, named visitor": [
        told("a1", "2024-05-08", office("the Chinese president")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "unnamed office, person's own role": [
        told("a1", "2024-05-08", office("foreign minister", "2024-05-07")),
        told("a2", "2024-05-08", Who("Wang Yi", "CHN", FM), Trip("Wang Yi", EAST, "2024-05-07")),
    ],
    "unnamed on both sides": [
        told("a1", None, office("health minister", "2024-05-07")),
        told("a2", None, office("Minister of Health", "2024-05")),
    ],
    "unnamed, the office told more fully": [
        told("a1", None, office("minister", "2024-05-07")),
        told("a2", None, office("health minister", "2024-05-07")),
    ],
    "origin not told": [
        told("a1", None, office("defence minister", "2024-05-07", origin=None)),
        told("a2", None, office("defence minister", "2024-05-07")),
    ],
    "a delegation, and nobody told": [
        told("a1", None, office("delegation", "2024-05-07")),
        told("a2", None, office(None, "2024-05-07")),
    ],
    "delegations counted alike": [
        told("a1", None, Trip(None, EAST, "2024-05", "2024-05", count=9)),
        told("a2", None, Trip(None, EAST, "2024-05", "2024-05", count=9)),
    ],
}

APART: dict[str, list[ArticleRows]] = {
    "second trip of the year": [
        told("a1", "2024-03-09", xi("2024-03-07", "2024-03-08")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "second trip within days": [
        told("a1", "2024-03-09", xi("2024-03-02", "2024-03-03")),
        told("a2", "2024-05-10", xi("2024-03-07", "2024-03-08")),
    ],
    "a trip planned after one completed": [
        told("a1", "2024-05-09", xi("2024-05-07", "2024-05-08")),
        told("a2", "2024-07-01", xi(status="planned")),
    ],
    "planned anew within days of one completed": [
        told("a1", "2024-05-09", xi("2024-05-07", "2024-05-08")),
        told("a2", "2024-05-20", xi(status="planned")),
    ],
    "completed before the one planned": [
        told("a1", "2024-04-20", xi()),
        told("a2", "2024-04-21", xi("2024-05-07", "2024-05-08", "planned")),
    ],
    "undated, half a year between": [
        told("a1", "2024-01-10", xi()),
        told("a2", "2024-07-10", xi()),
    ],
    "a year that two trips have": [
        told("a1", "2024-03-09", xi("2024-03-07", "2024-03-08")),
        told("a2", "2024-05-10", xi("2024-09-07", "2024-09-08")),
    ],
    "opposite direction": [
        told("a1", None, Trip("Ana Brnabic", WEST, "2024-05-07")),
        told("a2", None, Trip("Ana Brnabic", EAST, "2024-05-07")),
    ],
    "next leg": [
        told("a1", None, Trip(XI, ("CHN", "SRB"), "2024-05-08")),
        told("a2", None, Trip(XI, ("CHN", "HUN"), "2024-05-08")),
    ],
    "the minister beside the president": [
        told("a1", None, xi("2024-05-07")),
        told("a2", None, Trip("Wang Yi", EAST, "2024-05-07", role=FM)),
    ],
    "an unnamed minister beside the president": [
        told("a1", None, xi("2024-05-07")),
        told("a2", None, office("foreign minister", "2024-05-07")),
    ],
    "an unnamed delegation beside the president": [
        told("a1", None, xi("2024-05-07")),
        told("a2", None, office(None, "2024-05-07")),
    ],
    "same office, another country": [
        told("a1", None, xi("2024-05-07")),
        told("a2", None, office("president", "2024-05-07", origin="FRA")),
    ],
    "former president": [
        told("a1", None, office("president", "2024-05-07")),
        told("a2", None, office("former president", "2024-05-07")),
    ],
    "two ministries": [
        told("a1", None, office("health minister", "2024-05-07")),
        told("a2", None, office("education minister", "2024-05-07")),
    ],
    "one visit and nine": [
        told("a1", None, office(None, "2024")),
        told("a2", None, Trip(None, EAST, "2024", "2024", count=9)),
    ],
    "an uncounted plural and nine": [
        told("a1", None, Trip(None, EAST, "2024", "2024", count=0)),
        told("a2", None, Trip(None, EAST, "2024", "2024", count=9)),
    ],
    "unnamed office, years later": [
        told("a1", "2019-05-08", office("president")),
        told("a2", "2024-05-10", xi("2024-05-07", "2024-05-08")),
    ],
    "next month's tour and a leg's neighbour": [
        told("a1", "2024-05-20", xi("2024-05-28", "2024-06", "planned")),
        told("a2", "2024-06-24", xi("2024-06-22", "2024-06-23")),
    ],
    "unnamed office, the only one known, years ago": [
        told("a1", "2019-05-08", office("foreign minister", "2019-05-07")),
        told("a2", "2024-05-10", office("foreign minister")),
    ],
    "told apart within one article": [
        told("a1", "2024-05-10", xi("2024-05-07"), xi("2024-05-07")),
    ],
}


@pytest.mark.parametrize("rows", SAME.values(), ids=SAME)
def test_one_trip(rows: list[ArticleRows]) -> None:
    made = normalize(rows).visits
    assert len(made) == 1
    assert len(made[0].evidence) == 2


@pytest.mark.parametrize("rows", APART.values(), ids=APART)
def test_two_trips(rows: list[ArticleRows]) -> None:
    made = normalize(rows).visits
    assert len(made) == 2
    assert len({visit.id for visit in made}) == 2


def test_a_year_joins_the_trip_near_which_it_was_told() -> None:
    rows = (
        told("a1", "2024-03-09", xi("2024-03-07", "2024-03-08")),
        told("a2", "2024-09-10", xi("2024-09-07", "2024-09-08")),
        told("a3", "2024-09-20", xi("2024", "2024")),
    )
    ends = sorted((visit.start, len(visit.evidence)) for visit in normalize(rows).visits)
    assert ends == [("2024-03-07", 1), ("2024-09-07", 2)]


def test_an_undated_telling_joins_the_trip_near_which_it_was_told() -> None:
    rows = (
        told("a1", "2024-03-09", xi("2024-03-07", "2024-03-08")),
        told("a2", "2024-09-10", xi("2024-09-07", "2024-09-08")),
        told("a3", "2024-03-20", xi()),
    )
    ends = sorted((visit.start, len(visit.evidence)) for visit in normalize(rows).visits)
    assert ends == [("2024-03-07", 2), ("2024-09-07", 1)]


def test_a_year_of_two_trips_does_not_hide_the_trip_near_by() -> None:
    rows = (
        told("a1", "2024-03-09", xi("2024-03-07", "2024-03-08")),
        told("a2", "2024-09-10", xi("2024-09-07", "2024-09-08")),
        told("a3", None, xi("2024", "2024")),
        told("a4", "2024-03-02", xi(status="planned")),
        told("a5", "2024-09-08", office("president", "2024-09-07")),
    )
    ends = sorted((v.start or "", len(v.evidence)) for v in normalize(rows).visits)
    assert ends == [("2024", 1), ("2024-03-07", 2), ("2024-09-07", 2)]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (Trip(XI, EAST, "2016-06-17", place="Belgrade"), Trip(XI, EAST, place="Novi Sad")),
        (Trip(XI, EAST, "2016-06-17", hosts=("T. Nikolic",)), Trip(XI, EAST, hosts=("A. Vucic",))),
        (Trip(XI, EAST, "2004-06-17", role="Vice President"), Trip(XI, EAST, role="President")),
        (Trip(XI, EAST, "2016-06-17"), Trip(XI, EAST, status="planned")),
        (Trip(XI, EAST, "2016-06-17"), Trip(XI, EAST, status="ongoing")),
    ],
)
def test_an_article_without_any_date_may_tell_of_another_trip(early: Trip, late: Trip) -> None:
    rows = told("a1", "2016-06-20", early), told("a2", None, late)
    assert len(normalize(rows).visits) == 2


def test_what_has_begun_is_not_what_is_planned() -> None:
    rows = (
        told("a1", "2024-05-09", xi("2024-05-03", "2024-05-09")),
        told("a2", "2024-05-09", xi(status="planned")),
    )
    assert len(normalize(rows).visits) == 2


def test_what_is_under_way_began_days_ago() -> None:
    rows = (
        told("a1", "2024-05-09", xi("2024-05-03", "2024-05-04")),
        told("a2", "2024-06-09", xi(status="ongoing")),
    )
    assert len(normalize(rows).visits) == 2


def test_an_unnamed_office_that_fits_two_ministers_stays_apart() -> None:
    rows = (
        told("a1", None, Trip("Vo Duc Hai", ("VNM", "SRB"), "2024-05-07", role="minister")),
        told("a2", None, Trip("Le Minh Tam", ("VNM", "SRB"), "2024-05-07", role="minister")),
        told("a3", None, office("minister", "2024-05-07", origin="VNM")),
    )
    assert len(normalize(rows).visits) == 3


def test_two_ministries_do_not_meet_in_a_bare_minister() -> None:
    rows = (
        told("a1", None, office("minister", "2024-05-07")),
        told("a2", None, office("trade minister", "2024-05-07")),
        told("a3", None, office("transport minister", "2024-05-07")),
    )
    assert len(normalize(rows).visits) == 3


STATUSES: dict[str, tuple[list[tuple[str | None, str]], str]] = {
    "progress": ([("2024-05-01", "planned"), ("2024-05-07", "ongoing")], "ongoing"),
    "completed": ([("2024-05-09", "completed"), ("2024-05-07", "ongoing")], "completed"),
    "no way back": ([("2024-05-07", "completed"), ("2024-05-08", "planned")], "completed"),
    "invited, accepted": ([("2024-04-01", "invited"), ("2024-04-20", "planned")], "planned"),
    "cancelled": ([("2024-05-01", "planned"), ("2024-05-03", "cancelled")], "cancelled"),
    "cancellation stands": ([("2024-05-03", "cancelled"), ("2024-05-04", "planned")], "cancelled"),
    "took place after all": (
        [("2024-05-03", "cancelled"), ("2024-05-09", "completed")],
        "completed",
    ),
    "cancelled the same day": (
        [("2024-05-03", "completed"), ("2024-05-03", "cancelled")],
        "cancelled",
    ),
    "planned anew": ([("2024-05-01", "postponed"), ("2024-05-03", "planned")], "planned"),
    "postponed": ([("2024-05-01", "planned"), ("2024-05-03", "postponed")], "postponed"),
    "unknown publication yields": ([(None, "cancelled"), ("2024-05-09", "completed")], "completed"),
}


@pytest.mark.parametrize(("tellings", "status"), STATUSES.values(), ids=STATUSES)
def test_status(tellings: list[tuple[str | None, str]], status: str) -> None:
    rows = [
        told(f"a{i}", published, xi("2024-05-07", "2024-05-08", one))
        for i, (published, one) in enumerate(tellings)
    ]
    assert only_visit(*rows).status == status
    assert only_visit(*reversed(rows)).status == status


def test_values_of_a_trip_merged() -> None:
    visit = only_visit(
        told("a1", "2024-05-09",
             Trip("Umarov", ("KAZ", "SRB"), "2024-05", "2024-05", role=FM, kind="working",
                  hosts=("Brnabic",), place="Belgrade"),
             Who("Ana Brnabic", "SRB", PM, ("Brnabic",))),
        told("a2", "2024-05-10",
             Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", "2024-05-08", first=True,
                  role="Deputy Prime Minister and Foreign Minister",
                  kind="friendship and working", hosts=("Ana Brnabić", "Ivo Dacic")),
             Who("Ana Brnabić", "SRB", PM), Who("Kairat Umarov", "KAZ", FM)),
        told("a3", "2024-05-11",
             Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role=FM, place="Belgrade")),
    )  # fmt: skip
    assert visit.visitor.name == "Kairat Umarov"
    assert visit.visitor.role == "Deputy Prime Minister and Foreign Minister"
    assert (visit.start, visit.end) == ("2024-05-07", "2024-05-08")
    assert visit.kind == "friendship and working"
    assert visit.first
    assert visit.hosts == ("Ana Brnabić", "Ivo Dacic")
    assert visit.destination.place == "Belgrade"
    assert [proof.article_id for proof in visit.evidence] == ["a1", "a2", "a3"]
    assert visit.confidence == 0.88


def test_a_role_no_longer_held_is_not_the_fullest() -> None:
    visit = only_visit(
        told("a1", None, Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07", role="president")),
        told("a2", None, Trip("Kairat Umarov", ("KAZ", "SRB"), "2024-05-07",
                              role="former president of Kazakhstan")),
    )  # fmt: skip
    assert visit.visitor.role == "president"


def test_a_reprint_adds_a_source_and_no_weight() -> None:
    sentence = "The president landed in Belgrade on Tuesday to a guard of honour and children."
    first = Trip(XI, EAST, "2024-05-07", "2024-05-07", role="President", text=sentence)
    other = Trip(XI, EAST, "2024-05-08", "2024-05-08", role="President")
    visit = only_visit(
        told("a1", "2024-05-08", first),
        told("a2", "2024-05-08", first),
        told("a3", "2024-05-08", first),
        told("a4", "2024-05-08", other),
        told("a5", "2024-05-08", other),
    )
    assert visit.start == "2024-05-08"
    assert visit.confidence == 0.88
    assert len(visit.evidence) == 5


def test_an_id_outlives_articles_on_other_things() -> None:
    rows = [told("b1", "2024-05-09", xi("2024-05-07", "2024-05-08"))]
    visit = only_visit(*rows)
    rows.insert(0, told("a1", "2024-05-01", Trip("Hun Manet", ("KHM", "FRA"), "2024-05-01")))
    rows.append(told("c1", "2023-05-01", xi("2023-02", "2023-02")))
    assert visit in normalize(rows).visits


def test_tours_without_destination_stay_with_their_article() -> None:
    trip = Trip(XI, EAST, "2024-05-07", count=0).visit("a1", 0)
    nowhere = trip.model_copy(
        update={"destination": trip.destination.model_copy(update={"code": None, "name": None})}
    )
    one, other = told("a1", "2024-05-09"), told("a2", "2024-05-09")
    rows = (
        ArticleRows(one.article, (), (), [nowhere], ()),
        ArticleRows(other.article, (), (), [nowhere.model_copy(update={"id": "visit-b"})], ()),
    )
    assert len(normalize(rows).visits) == 2


@pytest.mark.parametrize(
    ("role", "year", "joined"),
    [("president", "2023", True), ("prime minister", "2023", False), ("president", "2010", False)],
)
def test_an_office_alone_is_whoever_held_it(role: str, year: str, *, joined: bool) -> None:
    """Too far apart in days for an office to be matched by them: the holder's name joins them."""
    made = normalize(
        [
            told("a1", f"{year}-06-01", Trip("Kassym-Jomart Tokayev", ("KAZ", "SRB"), year, year,
                                             role="President")),
            told("a2", f"{year}-06-02", Trip(None, ("KAZ", "SRB"), year, year, role=role)),
        ]
    )  # fmt: skip
    assert (len(made.visits) == 1) is joined
    assert "Kassym-Jomart Tokayev" in {visit.visitor.name for visit in made.visits}


def test_who_held_an_office_is_not_named_where_no_article_names_them() -> None:
    (visit,) = normalize(
        [
            told("a1", "2023-06-01", Trip(None, ("KAZ", "SRB"), "2023-05-07", role="President")),
            told("a2", "2023-06-01", Who("Kassym-Jomart Tokayev", "KAZ", "President")),
        ]
    ).visits
    assert (visit.visitor.name, visit.visitor.entity_id) == (None, None)
