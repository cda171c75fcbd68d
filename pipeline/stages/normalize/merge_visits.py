"""One visit record from all tellings of a trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from models import Destination, Party, Visit, Visitor
from pipeline.iso_lengths import DAY
from pipeline.reference.fold import fold
from pipeline.stages.normalize.codes import visit_codes
from pipeline.stages.normalize.cues import says
from pipeline.stages.normalize.days import LONG_TRIP_DAYS, Days, days_of, is_week
from pipeline.stages.normalize.ids import distinct_ids
from pipeline.stages.normalize.provenance import place_key, provenance, sourced
from pipeline.stages.normalize.roles import fullness, role_key
from pipeline.stages.normalize.sources import voices_of
from pipeline.stages.normalize.status import visit_status
from pipeline.stages.normalize.tellings import Trips, VisitTelling
from pipeline.stages.normalize.values import combined, longest, most_supported, united
from pipeline.stages.normalize.variants import variants, visit_values

#: Of kinds told as often, the weightier.
_KIND_ORDER = ("state", "official", "working", "private", "transit")


def merge_visits(trips: Trips, *, made_by: tuple[str, ...] = ()) -> list[Visit]:
    """Return a block's merged visits, one a trip, in order of the trips.

    Args:
        made_by: program and model, for the records' provenance.
    """
    drafts = [_merged(trip.tellings, made_by) for trip in trips]
    rows = [
        (_content(draft, trip.tellings), place_key(draft))
        for draft, trip in zip(drafts, trips, strict=True)
    ]
    made = distinct_ids("visit", rows)
    return [draft.model_copy(update={"id": new}) for draft, new in zip(drafts, made, strict=True)]


def _content(visit: Visit, tellings: Sequence[VisitTelling]) -> tuple[str, ...]:
    """Return what makes a trip this one: who, where to, when."""
    who = visit.visitor
    if who.name:
        visitor = who.entity_id or fold(who.name)
    else:
        visitor = f"{visit.origin.code if visit.origin else ''}|{role_key(who.role)}"
    when = visit.start or visit.end or f"~{_first_told(tellings)}"
    return visitor, visit.destination.code or "", when, str(visit.count)


def _first_told(tellings: Sequence[VisitTelling]) -> str:
    known = [telling.published.first for telling in tellings if telling.published]
    if known:
        return date.fromordinal(min(known)).isoformat()[:7]
    return ""


def _merged(tellings: Sequence[VisitTelling], made_by: tuple[str, ...]) -> Visit:
    ordered = sorted(tellings, key=lambda telling: telling.key)
    voice = voices_of((telling.source, telling.visit.evidence) for telling in ordered)
    visits = [(telling.visit, voice[telling.source.article_id]) for telling in ordered]
    start, end = trip_ends([(v.start, v.end, by) for v, by in visits])
    origin = most_supported([(v.origin, by) for v, by in visits if v.origin], prefer=_code)
    statuses = [(telling.source.order, telling.visit.status) for telling in ordered]
    evidence = united(sourced(t.visit.evidence, t.source, t.visit.status) for t in ordered)
    merged = Visit(
        id=ordered[0].visit.id,
        visitor=_visitor(ordered),
        origin=origin,
        destination=_destination(visits),
        hosts=tuple(sorted({host for telling in ordered for host in telling.hosts})),
        start=start,
        end=end,
        kind=_kind([(v.kind, by) for v, by in visits if v.kind]),
        status=visit_status(statuses),
        first=any(v.first for v, _ in visits),
        count=ordered[0].visit.count,
        confidence=combined((v.confidence, by) for v, by in visits),
        evidence=evidence,
        transit=_is_transit(ordered),
        event=most_supported(
            [(t.event, voice[t.source.article_id]) for t in ordered if t.event], prefer=longest
        ),
        provenance=provenance(evidence, made_by),
    )
    told = [(t.source.article_id, visit_values(t.visit)) for t in ordered]
    chosen = visit_values(merged)
    return merged.model_copy(update={"variants": variants(told, chosen), **visit_codes(merged)})


def _is_transit(tellings: Sequence[VisitTelling]) -> bool:
    if any(telling.visit.kind == "transit" for telling in tellings):
        return True
    if any(telling.visit.kind for telling in tellings):
        return False
    return says("transit", (proof.text for t in tellings for proof in t.visit.evidence))


def _code(party: Party) -> str:
    return party.code


def _visitor(tellings: Sequence[VisitTelling]) -> Visitor:
    person = next((telling.person for telling in tellings if telling.person), None)
    names = {telling.visit.visitor.name for telling in tellings if telling.visit.visitor.name}
    roles = {telling.visit.visitor.role for telling in tellings if telling.visit.visitor.role}
    name = max(names, key=lambda name: (len(name.split()), len(name), name), default=None)
    return Visitor(
        name=person.name if person else name,
        role=min(roles, key=fullness, default=None),
        entity_id=person.id if person else None,
    )


def _destination(visits: Sequence[tuple[Visit, str]]) -> Destination:
    places = [(v.destination.place, by) for v, by in visits if v.destination.place]
    place = most_supported(places, prefer=lambda place: (-len(place), place))
    first = min((v.destination for v, _ in visits), key=lambda d: (d.name is None, d.name or ""))
    return first.model_copy(update={"place": place})


def _kind(votes: Sequence[tuple[str, str]]) -> str | None:
    """Return the most specific kind: "friendship and working" says more than "working"."""
    words = {kind: set(fold(kind).split()) for kind, _ in votes}
    telling = [
        (kind, by) for kind, by in votes if not any(words[kind] < words[other] for other in words)
    ]
    return most_supported(telling, prefer=_kind_order)


def _kind_order(kind: str) -> tuple[int, str]:
    known = kind in _KIND_ORDER
    return (_KIND_ORDER.index(kind) if known else len(_KIND_ORDER)), kind


#: A start and an end as told, and the voice that tells them.
Told = tuple[str | None, str | None, str]


def trip_ends(told: Sequence[Told]) -> tuple[str | None, str | None]:
    """Return the first and last day of a trip: the most precise, of equals the most told.

    "In October" says nothing of the ends where another article gives a day of it. A day inside a
    span that another article gives ("met on the 17th", "from the 16th to the
    18th") says nothing of the ends; nor does a week, or a long tour, around what another gives.
    """
    days = {days for start, end, _ in told if (days := _told_days(start, end))}
    exact = [on for t in told for day in t[:2] if _is_day(day) and (on := days_of(day))]
    ends = [
        t
        for t in told
        if not _says_nothing(_told_days(t[0], t[1]), days) and not _is_around(t[0], t[1], exact)
    ]
    start = _end_of(((t[0], t[2]) for t in ends), latest=False)
    end = _end_of(((t[1], t[2]) for t in ends), latest=True)
    first, last = days_of(start), days_of(end)
    if first and last and first.first > last.last:
        # The two come of tellings that disagree by a day: keep what the most tell of both.
        return most_supported(
            [((t[0], t[1]), t[2]) for t in ends if t[0] and t[1]],
            prefer=lambda pair: (-len(pair[0]), pair),
        ) or (start, start)
    return start, end


def _is_day(partial: str | None) -> bool:
    return len(partial or "") == DAY


def _is_around(start: str | None, end: str | None, known: Sequence[Days]) -> bool:
    """Tell whether a month or year, told for both ends, holds a day that another article gives."""
    if start != end or _is_day(start):
        return False
    span = days_of(start)
    return span is not None and any(day.within(span) for day in known)


def _told_days(start: str | None, end: str | None) -> Days | None:
    """Return the days between two ends, None where one is not told to the day."""
    first, last = days_of(start), days_of(end)
    if first is None or last is None or (start != end and first.last >= last.first):
        return None
    return Days(first.first, last.last) if len(start or "") == len(end or "") == 10 else None


def _says_nothing(days: Days | None, told: set[Days]) -> bool:
    if days is None:
        return False
    inside = [other for other in told if other != days and other.within(days)]
    around = [other for other in told if other != days and days.within(other)]
    if is_week(days):
        return bool(inside)
    if days.first == days.last:
        return any(not is_week(other) for other in around)
    long = days.last - days.first >= LONG_TRIP_DAYS
    return long and any(other.first < other.last for other in inside)


def _end_of(votes: Iterable[tuple[str | None, str]], *, latest: bool) -> str | None:
    known = [(day, by) for day, by in votes if day]
    precise = max((len(day) for day, _ in known), default=0)
    best = [(day, by) for day, by in known if len(day) == precise]
    return most_supported(
        best, prefer=lambda day: -int(day.replace("-", "")) if latest else int(day.replace("-", ""))
    )


__all__ = ["merge_visits", "trip_ends"]
