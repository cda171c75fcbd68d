"""Visits as rows of COLT: what the articles support, the rest empty."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from models import Article, Visit
from models.visit import MADE
from pipeline.colt.columns import COLUMNS, SOURCE_LINKS
from pipeline.colt.cues import deeds
from pipeline.colt.regions import region_of
from pipeline.colt.roles import HOGS, role_code
from pipeline.colt.sources import Sources, Trip, code_at, others_met, sentences, year_of
from pipeline.iso_lengths import DAY
from pipeline.reference.fold import fold
from pipeline.stages.normalize.days import days_of, trip_days
from pipeline.stages.normalize.names import surname_in

Row = dict[str, str]

#: Day 0 of a spreadsheet's calendar.
_EXCEL_DAY_0 = date(1899, 12, 30).toordinal()
#: Names of events that are ministers' own, and such as are ceremonies.
_MINISTERIAL = re.compile(r"minister", re.IGNORECASE)
_CEREMONY = re.compile(
    r"funeral|inauguration|coronation|enthronement|swearing|ceremony|service|parade|celebration",
    re.IGNORECASE,
)


def rows(visits: Iterable[Visit], sources: Sources) -> list[Row]:
    """Return the rows of COLT that visits make, by leader and day."""
    trips = [trip for visit in visits if (trip := _trip_of(visit, sources)) is not None]
    company = _company(trips)
    told = _told_by(trips)
    made = [_row(trip, sources, company.get(trip.visit.id, ()), told) for trip in trips]
    made.sort(key=lambda row: (row["LeaderID"], row["TripStartDate"], row["TripID"], row["Notes"]))
    return list(_with_distinct_ids(made))


def _trip_of(visit: Visit, sources: Sources) -> Trip | None:
    """Return a visit as a trip; None where COLT has no row for it."""
    origin, destination = visit.origin, visit.destination.code
    if visit.status not in MADE or visit.count != 1 or origin is None or destination is None:
        return None
    person = sources.person(visit.visitor.entity_id)
    roles = [visit.visitor.role]
    if visit.visitor.role is None and person is not None:
        roles = [role.title for role in person.roles if role.country in {None, origin.code}]
    code = role_code(roles, origin.code, year_of(visit))
    return Trip(visit, code, origin.code, destination) if code else None


def _company(trips: Sequence[Trip]) -> Mapping[str, list[str]]:
    """Return, for each minister's trip, the leaders of the same country there on the same days."""
    leaders: dict[tuple[str, str], list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.is_leader:
            leaders[trip.origin, trip.destination].append(trip)
    found: dict[str, list[str]] = {}
    for trip in trips:
        days, grain = trip_days(trip.visit.start, trip.visit.end)
        if trip.is_leader or days is None or grain > 0:
            continue
        for leader in leaders[trip.origin, trip.destination]:
            theirs, their_grain = trip_days(leader.visit.start, leader.visit.end)
            if theirs is not None and their_grain == 0 and theirs.gap(days) == 0:
                found.setdefault(trip.visit.id, []).append(leader.visit.visitor.name or "")
    return found


def _told_by(trips: Iterable[Trip]) -> Mapping[tuple[str, str], int]:
    """Return how many trips of a visitor an article tells of."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for trip in trips:
        for article in {proof.article_id for proof in trip.visit.evidence}:
            counts[article, trip.visit.visitor.entity_id or trip.visit.id] += 1
    return counts


def _row(
    trip: Trip, sources: Sources, company: Sequence[str], told: Mapping[tuple[str, str], int]
) -> Row:
    visit = trip.visit
    row = dict.fromkeys(COLUMNS, "")
    row |= _leader(trip) | _place(visit) | _time(trip)
    if company:
        row |= {"SubHOGSTravelWithHOGS": "1", "CotravelHOGS": "; ".join(filter(None, company))}
    row |= _hosts(trip, sources) | _event(visit)
    spans = list(sentences(trip, sources, told))
    row |= dict.fromkeys(deeds(text for _, _, _, text in spans), "1")
    row |= others_met(trip, sources, spans)
    row["Notes"] = "; ".join(_notes(visit))
    row["Confidence"] = str(max(1, math.ceil(visit.confidence * 5)))
    links = sorted({_link(sources.articles.get(a)) for a in _articles(visit)} - {""})
    row |= {f"SourceLink{n}": link for n, link in enumerate(links[:SOURCE_LINKS], start=1)}
    return row


def _articles(visit: Visit) -> set[str]:
    return {proof.article_id for proof in visit.evidence}


def _leader(trip: Trip) -> Row:
    who, origin = trip.visit.visitor, trip.visit.origin
    assert origin is not None  # a trip has one
    region, subregion = region_of(origin.code)
    return {
        "LeaderID": _leader_id(trip),
        "LeaderCountryOrIGO": origin.name,
        "LeaderCountryISO": origin.code,
        "LeaderRegion": region,
        "LeaderSubregion": subregion,
        "LeaderRole": trip.role,
        "LeaderTitle": who.role or "",
        "LeaderSurname": surname_in(who.name, origin.code) if who.name else "",
        "LeaderFullName": who.name or "",
    }


def _leader_id(trip: Trip) -> str:
    """Return the leader's name without accents and spaces; of an unnamed one country and office."""
    name = trip.visit.visitor.name
    if name is None:
        return f"{trip.origin}{trip.role}"
    return "".join(word.capitalize() for word in fold(name).split())


def _place(visit: Visit) -> Row:
    where = visit.destination
    region, subregion = region_of(where.code)
    return {
        "CountryVisited": where.name or "",
        "CountryVisitedISO": where.code or "",
        "RegionVisited": region,
        "SubRegionVisited": subregion,
        "CityVisited": where.place or "",
    }


def _time(trip: Trip) -> Row:
    visit = trip.visit
    days, _ = trip_days(visit.start, visit.end)
    first = days_of(visit.start) or days
    serial = first.first - _EXCEL_DAY_0 if first else 0
    found = {
        "TripID": f"{_leader_id(trip)}-{trip.origin}-{trip.destination}-{serial}",
        "TripYear": (visit.start or visit.end or "")[:4],
    }
    start, end = _day(visit.start), _day(visit.end)
    if start is not None:
        found["TripStartDate"] = start.isoformat()
    if end is not None:
        found["TripEndDate"] = end.isoformat()
    if start is not None and end is not None:
        found["TripDuration"] = str((end - start).days + 1)
    return found


def _day(partial: str | None) -> date | None:
    return date.fromisoformat(partial) if partial and len(partial) == DAY else None


def _hosts(trip: Trip, sources: Sources) -> Row:
    """Return which host of the country visited was met: its leader, or one of its ministers."""
    leaders, others = [], []
    for name in trip.visit.hosts:
        person = sources.named(name)
        code = code_at(person, trip.destination, year_of(trip.visit)) if person else None
        if code in HOGS:
            leaders.append(name)
        elif code is not None:
            others.append(name)
    found: Row = {}
    if leaders:
        found |= {"MetHostHoGS": "1", "HostHOGSName": "; ".join(leaders)}
    if others and not trip.is_leader:
        found |= {"SubHOGSmetHostSubHOGS": "1", "HostSubHOGSName": "; ".join(others)}
    return found


def _event(visit: Visit) -> Row:
    if visit.event is None:
        return {}
    if _CEREMONY.search(visit.event):
        return {"CulturalSiteOrCeremony": "1"}
    if _MINISTERIAL.search(visit.event):
        return {
            "AttendedMultilatMinisterialEvent": "1",
            "NameMultilatMinisterialEvent": visit.event,
        }
    return {"AttendedMultilatEvent": "1", "NameMultilatEvent": visit.event}


def _notes(visit: Visit) -> Iterator[str]:
    """Yield what no column holds: a stop on the way, a date that is known in part, the kind."""
    if visit.transit:
        yield "stopover"
    if visit.kind:
        yield f"{visit.kind} visit"
    if visit.start and len(visit.start) < 10:
        yield f"start known as {visit.start}"
    if visit.end and len(visit.end) < 10:
        yield f"end known as {visit.end}"
    if visit.journey_id:
        yield f"leg {visit.leg} of {visit.journey_id}"
    if visit.status == "ongoing":
        yield "reported while under way"


def _link(article: Article | None) -> str:
    return (article.url or article.source_path) if article else ""


def _with_distinct_ids(made: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, ids that are there already with a number behind them."""
    used: set[str] = set()
    for row in made:
        trip_id, number = row["TripID"], 2
        while trip_id in used:
            trip_id = f"{row['TripID']}-{number}"
            number += 1
        used.add(trip_id)
        yield row | {"TripID": trip_id}


__all__ = ["Row", "rows"]
