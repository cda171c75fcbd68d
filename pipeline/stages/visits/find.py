"""Find the visits of one article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from spacy.tokens import Span

from models import Destination, Party, Reference, Visit, Visitor
from models.visit import VisitStatus
from pipeline.discourse import trace
from pipeline.discourse.confidence import probability
from pipeline.discourse.evidence import evidence_of
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.stories import joined, stories
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.reference.countries import code_today, country_name
from pipeline.stage import Case
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.candidates import find_candidates
from pipeline.stages.visits.confidence import features_of
from pipeline.stages.visits.event_days import EventDays
from pipeline.stages.visits.spell import spell
from pipeline.stages.visits.status import statuses_of
from pipeline.stages.visits.stays import lasting, to_month_of_tour
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.todays_news import is_of_todays_news
from pipeline.stages.visits.trip import Trip
from pipeline.stages.visits.trips import gather_trips

#: Trips below this confidence are not reported. Chosen on the development gold.
THRESHOLD = 0.32
#: What two stories of a digest that report one trip have alike.
_SAME = {"visitor", "origin", "destination", "start", "end", "status", "count"}
#: How many sentences are an article's opening, where "arrived" tells news.
LEAD_SENTENCES = 6


def find(case: Case) -> Iterable[Visit]:
    """Yield the article's visits, one a trip, in order of first telling.

    "Prime Minister Hun Manet arrived in Tokyo on Monday" fires; "Tourists arrived in Tokyo on
    Monday" does not.
    """
    used: dict[str, int] = {}
    found = (_of_story(Scene(case, story), used) for story in stories(case))
    return joined(found, lambda visit: visit.model_dump_json(include=_SAME))


def _of_story(scene: Scene, used: dict[str, int]) -> Iterator[Visit]:
    trips = gather_trips(scene, trace.watched(find_candidates(scene), spell))
    lead = _lead_end(scene)
    events = EventDays(scene)
    statuses = statuses_of(trips, scene.article.published, lead=lead)
    for trip, status in zip(trips, statuses, strict=True):
        for visit in _visits(scene, trip, status, used, events):
            if visit.confidence >= THRESHOLD:
                trace.kept(visit, trip.candidates)
                yield visit
            else:
                trace.dropped(f"confidence {visit.confidence} < {THRESHOLD}", *trip.candidates)


def _lead_end(scene: Scene) -> int:
    body = [s for s in scene.sentences if s.start_char >= scene.article.body_start]
    lead = [s for s in body if s.text.strip()][:LEAD_SENTENCES]
    return lead[-1].end if lead else 0


def _visits(
    scene: Scene, trip: Trip, status: VisitStatus, used: dict[str, int], events: EventDays
) -> Iterator[Visit]:
    """Yield the visit that a trip is, or one a country where its visitors come from several."""
    best = _best_actor(trip)
    reference = best.actor.reference if best and best.actor else None
    plural = bool(reference and reference.plural)
    members = reference.members if reference and plural else ()
    when = _when(scene, trip, reference, status, events)
    if status == "ongoing" and not when and trip.destination is not None:
        when = _month_of_news(scene, trip)
    elif status == "completed" and not when and _is_told_there(scene, trip):
        when = _month_of_news(scene, trip)
        status = "ongoing" if when else status
    if status == "completed" and not when and is_of_todays_news(scene, trip, lead=_lead_end(scene)):
        status = "ongoing"
    for one in members or (trip.origin,):
        origin = code_today(one) if one else None
        if origin is not None and origin == code_today(trip.destination or ""):
            trace.dropped("a trip within the visitor's own country", *trip.candidates)
            continue
        record_id = _id(scene, trip, origin, used)
        yield Visit(
            id=record_id,
            visitor=_visitor(reference),
            origin=Party(code=origin, name=country_name(origin)) if origin else None,
            destination=_destination(trip),
            hosts=_hosts(trip),
            start=when.start,
            end=when.end,
            kind=next((c.kind for c in trip.candidates if c.kind), None),
            status=status,
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
    when = to_month_of_tour(trip, lasting(scene, trip, events.of(trip, trip.when)))
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


def _is_told_whole(trip: Trip, when: When) -> bool:
    """Tell "travelled to Lima on Monday", looked back on: the day is the whole trip's."""
    if any(c.rule in word_set("begun") for c in trip.candidates):
        return False
    return any(
        c.when.start == when.start and (c.fact.reason == "went" or c.rule in word_set("soon_told"))
        for c in trip.candidates
    )


def _is_told_there(scene: Scene, trip: Trip) -> bool:
    """Tell a report from where the guest is, with nothing said of an earlier time or of leaving.

    "LIMA, May 4: … the premier said on Monday during a visit to Peru" fires; of a visit "last
    year", one from which he is back, one told by "had visited", it does not.
    """
    here = scene.here
    if here is None or here.country != trip.destination or trip.count != 1:
        return False
    lead = _lead_end(scene)
    return any(c.at < lead for c in trip.candidates) and all(
        c.status == "completed"
        and c.fact.weak
        and c.phase != "leave"
        and not c.previous
        and c.fact.reason not in {"perfect", "pluperfect", "followed"}
        for c in trip.candidates
    )


def _month_of_news(scene: Scene, trip: Trip) -> When:
    """Return the month of what an article tells of the days before it, while a guest is there.

    A dated event inside a trip whose own days are not told gives the month: one that the guest or
    his country has part in.
    """
    published = scene.article.published
    if published is None or len(published) < 10 or _is_one_of_several(scene, trip):
        return When()
    first = (date.fromisoformat(published) - timedelta(days=3)).isoformat()
    own = {scene.sentence(candidate.at).start for candidate in trip.candidates}
    for told in scene.dates:
        if told.start < scene.article.body_start or told.grain not in {"day", "part_of_day"}:
            continue
        span = scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        if span is None or told.earliest is None or not first <= told.earliest <= published:
            continue
        sentence = scene.sentence(span.start)
        if told.earliest >= _day_before(published) and _begins_beside(scene, sentence, trip):
            return When(told.earliest, None)
        apart = sentence.start not in own or _is_of_deed(span)
        if apart and _has_part(scene, sentence, trip):
            return When(published[:7], published[:7])
    return When()


def _is_one_of_several(scene: Scene, trip: Trip) -> bool:
    """Tell "is on a tour of Peru, Chile and Cuba", which may have begun and ends any time."""
    return any(
        len(countries) > 1 and trip.destination in countries
        for c in trip.candidates
        if c.spot is not None
        for i in range(c.at + 1, c.spot.start + 1)
        if (countries := {spot.country for spot in scene.spots(i)})
    )


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _begins_beside(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell "the premier said on Sunday, … as he began a tour" of the day's news from no such day.

    The one whose word or deed the day is of has just arrived, in this sentence or the next.
    """
    begun = any(
        c.fact.reason == "arrived"
        and c.phase == "arrive"
        and c.at >= sentence.start
        and not any(t.is_alpha for t in scene.doc[sentence.end : scene.sentence(c.at).start])
        for c in trip.candidates
    )
    return begun and any(
        reference.actor == trip.key
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
    )


def _is_of_deed(day: Span) -> bool:
    """Tell "is on a visit to Oslo and met the king on Tuesday" from "it said on Tuesday"."""
    verb = governing_verb(day.root)
    return verb is not None and verb.lemma_.lower() not in words("speech") | words("settles_trip")


def _has_part(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell whether a sentence tells of the visitor or of his country, and of no leaving."""
    if any(token.lemma_ in words("leaves_again") for token in sentence):
        return False
    return any(
        reference.actor == trip.key or (trip.origin and reference.country == trip.origin)
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
    )


def _visitor(reference: Reference | None) -> Visitor:
    if reference is None or reference.kind in {"country", "organization"}:
        return Visitor(name=None, role=None, entity_id=None)
    return Visitor(name=reference.name, role=reference.role, entity_id=reference.entity_id)


def _destination(trip: Trip) -> Destination:
    spot = next((c.spot for c in trip.candidates if c.spot and c.spot.place), None)
    code = code_today(trip.destination) if trip.destination else None
    return Destination(
        code=code,
        name=country_name(code) if code else None,
        place=spot.place if spot else None,
    )


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


__all__ = ["LEAD_SENTENCES", "THRESHOLD", "find"]
