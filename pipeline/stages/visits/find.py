"""Find the visits of one article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from models import Destination, Party, Reference, Visit, Visitor
from models.entity import PARTY_KINDS
from models.visit import MADE, VisitStatus
from pipeline.discourse import trace
from pipeline.discourse.confidence import probability
from pipeline.discourse.evidence import evidence_of
from pipeline.discourse.scene import Scene, scene_of
from pipeline.discourse.side_stories import stories_apart
from pipeline.discourse.stories import joined
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.reference.countries import code_today, country_name, is_country, is_own_land
from pipeline.stage import Case
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.candidates import find_candidates
from pipeline.stages.visits.confidence import features_of
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.days.news_days import of_meeting, of_news, of_stop_before
from pipeline.stages.visits.days.stay_lengths import lasting
from pipeline.stages.visits.days.todays_news import is_of_todays_news
from pipeline.stages.visits.days.told_days import tells_departure
from pipeline.stages.visits.events.event_days import (
    EventDays,
    as_of_event,
    is_for_event,
    is_of_guest,
    while_it_lasts,
)
from pipeline.stages.visits.events.stay_and_event import month_of_event
from pipeline.stages.visits.hosts.hosts_at_home import hosts_at_home
from pipeline.stages.visits.meetings.talks_dated import month_of_deed, month_of_talks
from pipeline.stages.visits.merging.told_twice import told_twice
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.merging.trips import gather_trips
from pipeline.stages.visits.outcome.outright import outright
from pipeline.stages.visits.outcome.signs import Signs, Told
from pipeline.stages.visits.outcome.status import is_pictured
from pipeline.stages.visits.outcome.statuses import statuses_of
from pipeline.stages.visits.outcome.under_way import note, weigh
from pipeline.stages.visits.spell import spell
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.next_legs import as_next, gone_on, order_legs
from pipeline.stages.visits.tours.one_place import in_one_place
from pipeline.stages.visits.travellers.arrivals_beside import (
    day_of_crowd,
    day_of_those_before,
    gone_with_others,
    there_with_others,
)

#: Trips below this confidence are not reported. On 900 excerpts of real news no higher one gained
#: anything: right records go with the false ones.
THRESHOLD = 0.1
#: What two stories of a digest that report one trip have alike.
_SAME = {"visitor", "origin", "destination", "start", "end", "status", "count"}


def find(case: Case) -> Iterable[Visit]:
    """Yield the article's visits, one a trip, in order of first telling.

    "Prime Minister Hun Manet arrived in Tokyo on Monday" fires; "Tourists arrived in Tokyo on
    Monday" does not.
    """
    used: dict[str, int] = {}
    found = (_of_story(scene_of(case, story), used) for story in stories_apart(case))
    return joined(found, lambda visit: visit.model_dump_json(include=_SAME))


def _of_story(scene: Scene, used: dict[str, int]) -> Iterator[Visit]:
    trips = gather_trips(scene, trace.watched(find_candidates(scene), spell))
    events = EventDays(scene, trips)
    told = Told(scene, trips)
    order = order_legs(scene, trips)
    leads, headline = [*map(told.lead, trips)], scene.headline_end
    statuses = statuses_of(trips, scene.article.published, leads=leads, headline=headline)
    settled = [_settled(told, *each, events) for each in zip(trips, statuses, strict=True)]
    for number in there_with_others(scene, trips, [each.status for each in settled]):
        trip = trips[number]
        when, _ = _days_and_status(told, trip, _reference(trip), "ongoing", events)
        settled[number] = settled[number]._replace(when=when, status="ongoing")
    starts = [each.when.start for each in settled]
    crowd = (*day_of_crowd(scene, trips, starts), *day_of_those_before(scene, trips, starts))
    for number, day in crowd:
        settled[number] = settled[number]._replace(when=When(day, settled[number].when.end))
    places = in_one_place(scene, trips, [each.status for each in settled])
    places = gone_with_others(trips, gone_on(scene, trips, places))
    settled = [_at_place(*each) for each in zip(settled, places, strict=True)]
    gone = _fold(scene, trips, settled)
    made: dict[int, VisitStatus] = {}
    for number, (trip, one) in enumerate(zip(trips, settled, strict=True)):
        if number in gone:
            continue
        before = made.get(order.get(number, number))
        for visit in _visits(told, trip, one, used, before=before):
            made[number] = visit.status
            if visit.confidence >= THRESHOLD:
                trace.kept(visit, trip.candidates)
                yield visit
            else:
                trace.dropped(f"confidence {visit.confidence} < {THRESHOLD}", *trip.candidates)


def _fold(scene: Scene, trips: Sequence[Trip], settled: Sequence[_Settled]) -> set[int]:
    """Return which trips are none: those told twice, and those of whoever is a host at home."""
    statuses, whens = [s.status for s in settled], [s.when for s in settled]
    gone = set(hosts_at_home(scene, trips, statuses))
    for number in gone:
        trace.dropped("its visitor receives somebody at home", *trips[number].candidates)
    for number, one in told_twice(scene, trips, whens, statuses):
        if number not in gone:
            trips[one].candidates.extend(trips[number].candidates)
            gone.add(number)
    return gone


class _Settled(NamedTuple):
    """The days and status of a trip, and the signs by which it was weighed."""

    when: When
    status: VisitStatus
    signs: Signs


def _settled(told: Told, trip: Trip, status: VisitStatus, events: EventDays) -> _Settled:
    """Return the days and status of a trip, as told of it alone.

    Args:
        status: what its tellings say.
    """
    reference = _reference(trip)
    when, status = _days_and_status(told, trip, reference, status, events)
    published = told.scene.article.published
    over = is_of_guest(trip) and compare(when.end, published) < 0
    over = over or _is_for_past_event(trip, when, published)
    over = over or (status == "completed" and compare(when.start, published) > 0)  # pictured
    plain = over or (status == "ongoing" and is_of_todays_news(told, trip))
    weighed, signs = (status, frozenset[str]()) if plain else weigh(told, trip, status)
    weighed = outright(told, trip, weighed)
    weighed = while_it_lasts(told.scene, trip, weighed, when)
    if weighed != status:
        when, _ = _days_and_status(told, trip, reference, weighed, events)
    asked = weighed == "invited" and not is_for_event(trip)
    if asked and compare(when.end or when.start, published) < 0:
        when = When()  # "was invited last December": the day is that of the asking
    return _Settled(when, weighed, signs)


def _at_place(settled: _Settled, status: VisitStatus) -> _Settled:
    """Return a trip's days and status by where its traveller is told to be."""
    if status == settled.status:
        return settled
    week = settled.when.start != settled.when.end and settled.when.end is not None
    when = When() if status == "planned" and not week else settled.when
    return _Settled(when, status, settled.signs)


def _visits(
    told: Told,
    trip: Trip,
    settled: _Settled,
    used: dict[str, int],
    *,
    before: VisitStatus | None,
) -> Iterator[Visit]:
    """Yield the visit that a trip is, or one a country where its visitors come from several.

    Args:
        before: the status of the trip that it is told to follow, if of any.
    """
    scene = told.scene
    reference = _reference(trip)
    members = reference.members if reference and reference.plural else ()
    when, weighed = as_next(settled.when, settled.status, before, scene.article.published)
    for one in members or (trip.origin,):
        origin = code_today(one) if one else None
        if origin is not None and is_own_land(code_today(trip.destination or ""), origin):
            trace.dropped("a trip within the visitor's own country", *trip.candidates)
            continue
        record_id = _id(scene, trip, origin, used)
        note(record_id, settled.signs)
        yield Visit(
            id=record_id,
            visitor=_visitor(reference),
            origin=Party(code=origin, name=country_name(origin)) if origin else None,
            destination=_destination(trip),
            hosts=_hosts(trip),
            start=when.start,
            end=when.end,
            kind=next((c.kind for c in trip.candidates if c.kind), None),
            status=weighed,
            first=trip.count == 1 and any(c.first for c in trip.candidates),
            count=trip.count,
            confidence=probability("visits", record_id, features_of(trip, origin, when)),
            evidence=tuple(evidence_of(scene, trip.candidates)),
        )


def _id(scene: Scene, trip: Trip, origin: str | None, used: dict[str, int]) -> str:
    """Return an id that depends on the article and the trip's arguments alone."""
    key = f"{trip.key}|{origin}|{trip.destination}"
    used[key] = used.get(key, 0) + 1
    digest = hashlib.sha256(f"{scene.article.id}|{key}|{used[key]}".encode()).hexdigest()
    return f"visit-{digest[:16]}"


def _when(
    scene: Scene, trip: Trip, reference: Reference | None, status: VisitStatus, events: EventDays
) -> When:
    """Return a trip's days; of "three times, the last in May" only the last one's."""
    when = lasting(scene, trip, events.of(trip, trip.when))
    ahead = compare(when.start, scene.article.published) > 0
    ahead = ahead and not any(c.when.landed_ahead for c in trip.candidates)
    when = month_of_event(trip, when, scene.article.published, ongoing=status == "ongoing")
    if status == "ongoing" and ahead and not is_for_event(trip):
        one_day = when.start == when.end  # "has left for Lima to attend a rite there tomorrow"
        # "arrived in Lima and has talks on Sunday"
        month = (when.start or "")[:MONTH]
        if not one_day and any(map(tells_departure, trip.candidates)):
            return when  # "has left for Peru, where he will be from tomorrow to Friday"
        when = When(month, month) if one_day else replace(when, start=None)
    if status == "completed" and when.start and not when.end and _is_told_whole(trip, when):
        return When(when.start, when.start)
    if reference is None or reference.plural or trip.count == 1 or when.start != when.end:
        return when
    last = any(
        word in scene.sentence(c.at).text.lower()
        for c in trip.candidates
        for word in word_set("the_last")
    )
    return When(None, when.end) if last else when


def _days_and_status(
    told: Told, trip: Trip, reference: Reference | None, status: VisitStatus, events: EventDays
) -> tuple[When, VisitStatus]:
    """Return a trip's days and status, as the news has them where no telling gives days."""
    scene, lead = told.scene, told.lead(trip)
    when = _when(scene, trip, reference, status, events)
    if is_for_event(trip):
        told_of = as_of_event(status, when, scene.article.published)
        status = told_of if told_of != "completed" or is_of_guest(trip) else status
    if status == "ongoing" and _is_for_past_event(trip, when, scene.article.published):
        status = "completed"
    future = compare(when.start, scene.article.published) > 0
    if status == "completed" and future and not is_pictured(trip.candidates, when):
        status = "planned"  # "Many will attend it in June. Guests include A"
    if not when and status in MADE:
        when, status = of_news(scene, trip, status, lead=lead)
        when = when or of_meeting(scene, trip, told.trips)
        when = when or of_stop_before(scene, trip, told.trips)
        when = when or month_of_talks(scene, trip, told.trips)
    if not when and status in {"planned", "ongoing", "completed"}:
        when = month_of_deed(scene, trip, told.trips, status=status)
    if status == "completed" and not when and is_of_todays_news(told, trip):
        status = "ongoing"
    return when, status


def _is_for_past_event(trip: Trip, when: When, published: str | None) -> bool:
    """Tell "flew in for the funeral", which another sentence says was held on Monday."""
    told_of = trip.statuses == {"completed"} and not trip.when
    return told_of and compare(when.end, published) < 0


def _is_told_whole(trip: Trip, when: When) -> bool:
    """Tell "travelled to Lima on Monday", looked back on: the day is the whole trip's."""
    if any(c.rule in word_set("begun") for c in trip.candidates):
        return False
    return any(
        c.when.start == when.start and (c.fact.reason == "went" or c.rule in word_set("soon_told"))
        for c in trip.candidates
        if LEFT_HOME not in c.notes
    )


def _visitor(reference: Reference | None) -> Visitor:
    if reference is None or reference.kind in PARTY_KINDS:
        return Visitor(name=None, role=None, entity_id=None)
    return Visitor(name=reference.name, role=reference.role, entity_id=reference.entity_id)


def _destination(trip: Trip) -> Destination:
    spot = next((c.spot for c in trip.candidates if c.spot and c.spot.place), None)
    code = code_today(trip.destination) if trip.destination else None
    if code is not None and not is_country(code):
        code = None  # "the EU hosts X": nobody tells where
    return Destination(
        code=code,
        name=country_name(code) if code else None,
        place=spot.place if spot else None,
    )


def _reference(trip: Trip) -> Reference | None:
    """Return who travels, as named in the telling that says most of him."""
    best = _best_actor(trip)
    return best.actor.reference if best and best.actor else None


def _best_actor(trip: Trip) -> Candidate | None:
    """Return the telling that says most of the visitor."""
    told = [c for c in trip.candidates if c.actor is not None]
    if not told:
        return None

    def rank(candidate: Candidate) -> tuple[int, int]:
        assert candidate.actor is not None
        reference = candidate.actor.reference
        return len(reference.name or ""), len(reference.role or "")

    return max(told, key=rank)


def _hosts(trip: Trip) -> tuple[str, ...]:
    names = {
        host.reference.name
        for candidate in trip.candidates
        for host in candidate.hosts
        if host.reference.name and host.country == trip.destination
    }
    return tuple(sorted(names))


__all__ = ["THRESHOLD", "find"]
