"""The trip on which a traveller goes from the one told beside it: "before flying on to Lima"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE, NOT_OVER, VisitStatus
from pipeline.discourse.facts import BARE
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: Why a telling is of what was before the news, or says only that there was a trip.
_RECALLED = frozenset({BARE, "pluperfect"})
#: By how many days a weekday is read anew.
_WEEK_DAYS = 7


def order_legs(scene: Scene, trips: Sequence[Trip]) -> dict[int, int]:
    """Return which trip each follows that is told only as its next, by their numbers.

    "Met herders in Quito before flying on to Lima" fires; "left for Lima after a stay in Quito"
    does not. A weekday of the next that lies before the first's day is that of a week later.
    """
    order: dict[int, int] = {}
    for number, trip in enumerate(trips):
        told = [c for c in trip.candidates if c.status is not None]
        marks = [_mark(scene, c) for c in told]
        if not told or trip.count != 1 or None in marks:
            continue
        befores = [at for at in marks if at is not None]
        firsts = (n for n, o in enumerate(trips) if _is_first(scene, o, trip, befores))
        first = next(firsts, None)
        if first is not None:
            order[number] = first
            _move(trip, trips[first].when.start)
    return order


def gone_on(
    scene: Scene, trips: Sequence[Trip], statuses: Sequence[VisitStatus]
) -> list[VisitStatus]:
    """Return the status of each trip, of "met her in Quito before he travelled to Lima" one over.

    He may be in Quito yet of whom "before travelling to Lima" is told. Over is the stop as well
    behind which he "then went on to Lima", and each one that is looked back on once he "has
    returned from a tour".
    """
    settled = [_looked_back_on(scene, *each, trips) for each in zip(trips, statuses, strict=True)]
    for number, trip in enumerate(trips):
        gone = (c for c in trip.candidates if c.status == "completed")
        finite = (c for c in gone if scene.doc[c.at].tag_ == "VBD")
        befores = [at for c in finite if (at := _mark(scene, c)) is not None]
        if not befores or statuses[number] not in MADE:
            continue
        for first, other in enumerate(trips):
            if settled[first] == "ongoing" and _is_first(scene, other, trip, befores):
                settled[first] = "completed"
    return settled


def _looked_back_on(
    scene: Scene, trip: Trip, status: VisitStatus, trips: Sequence[Trip]
) -> VisitStatus:
    """Return "completed" for a stop told as made, on a tour that is over or went on elsewhere."""
    told = [c for c in trip.candidates if c.status is not None]
    if status != "ongoing" or not told or any(c.status != "completed" for c in told):
        return status
    own = [c for other in trips if other.key == trip.key for c in other.candidates]
    last = max(c.at for c in told)
    over = any(_is_of_tour_over(c) and c.at < last for c in own)
    days = [c.when.start or "" for c in own if c.at <= last]
    behind = (c for c in own if c.at > last and c.destination not in {None, trip.destination})
    gone = over or any(_went_on(scene, c, max(days)) for c in behind)
    return "completed" if gone else status


def _is_of_tour_over(told: Candidate) -> bool:
    """Tell "has returned from a tour of Asia", "is back from a trip to two countries"."""
    whole = told.tour or told.stops is not None
    return whole and told.spot is None and told.phase == "leave" and told.status == "completed"


def _went_on(scene: Scene, told: Candidate, day: str) -> bool:
    """Tell "then flew on to Lima", "the last stop was Lima", "on Monday he was in Lima".

    Args:
        day: the last day told before it, of which a day of its own is later.
    """
    token = scene.doc[told.at]
    if told.status != "completed" or told.fact.reason in _RECALLED or told.previous:
        return False
    began, now = told.when.start or "", scene.article.published or ""
    if len(began) == len(day) == DAY and day < began:
        return began <= now  # not "heads to Lima on Friday"
    opening = scene.doc[scene.sentence(told.at).start :][:2].text.lower()
    on = {c.lower_ for c in token.children if c.dep_ != "prep"} & word_set("goes_further")
    onward = bool(on) or opening in word_set("opens_onward") or told.rule in word_set("onward")
    if told.rule == "next_stop" and token.lower_ in words("last_of_all"):
        return True  # "His last stop was Lima"
    ends = told.rule == "ends_in" and token.lemma_ in words("finish")
    return (onward or ends) and token.tag_ == "VBD"


def _mark(scene: Scene, candidate: Candidate) -> int | None:
    """Return the token of the "before" under which a verb tells a trip, of "and then goes"."""
    verb = scene.doc[candidate.at]
    if verb.pos_ != "VERB":
        return None
    if verb.tag_ in {"VB", "VBZ", "VBP"}:
        then = next((c.i for c in verb.children if c.lower_ == "then" and c.i < verb.i), None)
        if then is None and verb.i and scene.doc[verb.i - 1].lower_ == "then":
            then = verb.i - 1  # the parse may hang it on the verb before
        apart = then is not None and scene.doc[max(0, then - 1)].text == ","
        if verb.dep_ == "conj" or apart:
            return then
    over = [verb.head] if verb.dep_ == "pcomp" else []
    marks = [c for c in verb.children if c.dep_ == "mark"] if verb.dep_ == "advcl" else []
    found = (t.i for t in (*over, *marks) if t.lower_ in words("before_trip") and t.i < verb.i)
    return next(found, None)


def _is_first(scene: Scene, other: Trip, trip: Trip, befores: Sequence[int]) -> bool:
    """Tell the trip of the same traveller that is told before the "before" of its sentence."""
    if other is trip or other.key != trip.key or other.destination == trip.destination:
        return False
    sentence_of = scene.sentence_of
    return any(
        at < before and sentence_of[at] == sentence_of[before]
        for before in befores
        for at in other.told_at
    )


def _move(trip: Trip, first: str | None) -> None:
    if first is None or len(first) < DAY:
        return
    for number, candidate in enumerate(trip.candidates):
        start = candidate.when.start
        if start is not None and len(start) == DAY and start < first:
            when = moved(candidate.when, days=-_WEEK_DAYS)
            if (when.start or "") >= first:
                trip.retell(number, replace(candidate, when=when))


def as_next(
    when: When, status: VisitStatus, first: VisitStatus | None, published: str | None
) -> tuple[When, VisitStatus]:
    """Return the days and status of a trip as they follow from that of the trip before it.

    While one is on the first, or yet to go on it, the next is yet to come.

    Args:
        first: the status of the trip before it, None where there is none.
    """
    over = when.start is not None and len(when.start) == DAY and compare(when.start, published) < 0
    if first not in NOT_OVER or status not in MADE or over:
        return when, status
    ahead = compare(when.start, published) > 0
    return (when if ahead or len(when.start or "") == DAY else When()), "planned"


__all__ = ["as_next", "gone_on", "order_legs"]
