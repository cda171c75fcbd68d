"""To which of a traveller's trips a telling without a place adds: "He will return on Friday"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from models.visit import MADE, OFF, TO_COME
from pipeline.discourse.facts import ONCE_OFF
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, NOUNS, VERBS
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.days.trip_times import times_fit
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.nouns.other_trips import made_before_off
from pipeline.stages.visits.tables import word_set

#: The rules of lands from which one has come.
_LEFT_BEHIND = frozenset({"come_from", "back_from"})


def own_trip(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return the trip of the same visitor that a telling without a place adds to."""
    assert candidate.actor is not None
    key = candidate.actor.key
    same = [t for t in trips if t.key == key and times_fit(t, candidate)]
    over = made_before_off(trips, candidate)
    same = [t for t in same if t.destination not in over]
    same = [t for t in same if any(c.at != candidate.at for c in t.candidates)]
    if candidate.rule == "visiting" and candidate.inviter:  # whose guest he is, not of the others
        same = [t for t in same if t.destination == candidate.inviter]
    if candidate.phase == "leave" and candidate.status == "completed":
        # "is back since Tuesday. He will visit Peru next week": not back from Peru
        same = [t for t in same if t.first_at < candidate.at or t.statuses - TO_COME]
    if not same or candidate.previous:
        return None
    if (opened := _opened_with(scene, same, candidate)) is not None:
        return opened
    if legs := _of_clause(scene, same, candidate):
        return leg_of_tour(scene, legs, legs[0], candidate)
    before = [t for t in same if t.first_at < candidate.at and not _is_behind(t, candidate)]
    if LEFT_HOME in candidate.notes and before and all(t.statuses <= OFF for t in before):
        return before[0]  # "called off a trip to Peru and Chile. She left home on Sunday"
    if candidate.phase == "leave" and candidate.joins and before:
        # He leaves the country that he reached last, wherever the text has been meanwhile.
        return _next_undated(scene, before, candidate) or max(reversed(before), key=_last_day)
    if candidate.phase == "leave" and candidate.joins:
        # "Returned on Monday after a visit to Peru and Chile": from Chile.
        first = min(trip.first_at for trip in same)
        told = [t for t in same if t.first_at == first or _is_left_for_home(scene, t, candidate)]
        return max(told, key=_place_in_text)
    made = [t for t in before if t.statuses - TO_COME]
    once_off = candidate.fact.reason == ONCE_OFF
    if candidate.status in MADE and not once_off:
        # "left Peru early. He had been due in Chile as well. It was his third trip": Peru's
        made = [t for t in made if t.statuses & MADE] or made
    if (candidate.status in MADE or once_off) and made:
        # "after his arrival", "the visiting premier": not where the tour "will also take him"
        before = made
    if before:
        last = max(reversed(before), key=lambda trip: trip.told_before(candidate.at) or 0)
        at = last.told_before(candidate.at) or 0
        if _sets_off_then(scene, candidate, at):
            # "will visit Peru and Chile. He sets off on Sunday": to the first of them
            beside = [t for t in before if t.told_before(candidate.at) == at]
            last = min(beside, key=_place_in_text)
        last = main_leg(scene, before, last, candidate)
        return leg_of_tour(scene, before, last, candidate)
    ground = scene.ground({candidate.origin}) if candidate.arrives else None
    if ground is None:
        same = [t for t in same if not is_ahead_of(scene, t, candidate)]
        if candidate.stops is not None and candidate.status in MADE:
            # "began a tour of Africa. He will see farmers in Togo", where he is not yet
            same = [t for t in same if t.statuses - {"planned"} and not _is_behind(t, candidate)]
        return min(same, key=lambda trip: trip.first_at, default=None)
    return next((t for t in same if t.destination == ground.country), None)


def _next_undated(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return Chile's of "is in Peru until Friday and will then go to Chile. He leaves Monday"."""
    last = max(trips, key=lambda trip: trip.told_before(candidate.at) or 0)
    at = last.told_before(candidate.at) or 0
    number = scene.sentence_of[at]
    if last.days or last.statuses != {"planned"} or scene.sentence_of[candidate.at] - number > 1:
        return None
    ends = [
        c.when.end or ""
        for trip in trips
        if trip is not last
        for c in trip.candidates
        if c.at < at and scene.sentence_of[c.at] == number
    ]
    day = candidate.when.end or ""
    return last if any(len(end) == len(day) and end < day for end in ends) else None


def _sets_off_then(scene: Scene, candidate: Candidate, before: int) -> bool:
    """Tell "He sets off on Sunday", "arrives on Sunday", of what the plan told before leads to.

    Args:
        before: the token that tells of it, of another sentence.
    """
    apart = scene.sentence_of[before] != scene.sentence_of[candidate.at]
    verb = apart and scene.doc[candidate.at].pos_ in VERBS
    return verb and candidate.phase == "arrive" and candidate.status == "planned"


def _opened_with(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return the Peru of "began his tour of the region with a visit to Peru", told there."""
    noun = scene.doc[candidate.at]
    verb = noun.head
    if noun.pos_ not in NOUNS or verb.lemma_ not in words("opens_trip"):
        return None
    beside = (*noun.children, *verb.children)
    stops = {stop.i for c in beside if c.lower_ == "with" and c.i > noun.i for stop in c.children}
    return next((t for t in trips if any(c.at in stops for c in t.candidates)), None)


def _of_clause(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> list[Trip]:
    """Return the legs of "a tour which will take him to Peru and Chile", told within its clause.

    They are the tour's own, whatever other trip is told of before; not those of "arrived in Peru to
    open a tour that will continue to Chile".
    """
    ahead = candidate.status == "planned" and candidate.when.start is not None
    if candidate.rule not in word_set("whole_tour") or candidate.phase != "arrive" or not ahead:
        return []
    noun = scene.doc[candidate.at]
    inside = {t.i for c in noun.children if c.dep_ == "relcl" for t in c.subtree}
    legs = [
        trip
        for trip in trips
        if any(c.at in inside and c.rule == "take_him_to" for c in trip.candidates)
    ]
    return sorted(legs, key=_place_told(inside))


def _place_told(inside: set[int]) -> Callable[[Trip], int]:
    """Return how to order trips by where their places stand in a clause."""

    def place(trip: Trip) -> int:
        told = [c for c in trip.candidates if c.at in inside]
        return min(c.spot.start if c.spot is not None else c.at for c in told)

    return place


def _is_left_for_home(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell Chile of "flew home on Monday after attending a forum in Peru and visiting Chile"."""
    home, node = scene.doc[candidate.at], scene.doc[trip.first_at]
    while node != home:
        if node.tag_ in FINITE or node.head == node:
            return False
        node = node.head
    return trip.first_at > candidate.at


def told_now(trips: Sequence[Trip], candidate: Candidate) -> Sequence[Trip]:
    """Leave out the stops that "the trip" does not mean.

    Of "He arrived from Quito. The trip lasts until Friday" that is Quito, and of "Her next stop is
    Quito. The trip had been put off in May" as well.
    """
    ahead = {"planned", "invited"}
    now = [t for t in trips if not _is_behind(t, candidate)]
    if candidate.fact.reason == ONCE_OFF:
        made = {t.key for t in now if t.statuses - ahead and t.first_at < candidate.at}
        now = [t for t in now if t.key not in made or t.statuses - ahead]
    return now or trips


def _is_behind(trip: Trip, candidate: Candidate) -> bool:
    """Tell where one has come from: not there one "landed at noon" on one's way back.

    Nor does "He had earlier visited Quito. He leaves on Friday" tell when he left Quito.
    """
    if all(c.fact.reason == "pluperfect" and c.status == "completed" for c in trip.candidates):
        return True
    left = all(c.phase == "leave" for c in trip.candidates)
    return trip.candidates[0].rule in _LEFT_BEHIND or (left and candidate.arrives)


def leg_of_tour(scene: Scene, before: Sequence[Trip], last: Trip, candidate: Candidate) -> Trip:
    """Return the leg with which the tour begins or ends, of several just told together.

    Of "will visit Peru and Chile. The tour begins on Friday" that is Peru, of "The tour ends on
    Friday" Chile; of "He will be in Peru for a week. The visit ends on Friday" it is Peru as well.
    "Leaves Peru for Chile for a visit" and "In Chile, the visit begins on Friday" tell of Chile
    alone.
    """
    at, noun = last.told_before(candidate.at), scene.doc[candidate.at]
    together = [trip for trip in before if at in trip.told_at]
    if len(together) < 2 and any(c.spot is not None for c in last.candidates if c.at == at):
        return last
    legs = [trip for trip in before if set(trip.told_at) & set(last.told_at)]
    new = any(c.lower_ in {"a", "an"} for c in noun.children) and candidate.rule == "visit"
    if candidate.rule not in word_set("begun") or new or candidate.count != 1:
        return last
    named = {spot.country for token in noun.sent for spot in scene.spots(token.i)}
    inside = [leg for leg in legs if leg.destination in named]
    if len(inside) == 1:
        return inside[0]
    if candidate.when.start and candidate.when.end is None:
        return legs[0]
    return legs[-1] if candidate.when.end and candidate.when.start is None else last


def main_leg(scene: Scene, trips: Sequence[Trip], last: Trip, candidate: Candidate) -> Trip:
    """Return Peru's of "will visit Peru before going on to Chile. The visit, from Monday, is …".

    The trip told last is Chile's, in a clause below the verb that tells Peru's. Of "the tour" and
    "the trip" both may be a part. Of "visited Peru before going on to Chile" the visit is Chile's.
    """
    at = last.told_before(candidate.at)
    if at is None or candidate.rule in word_set("whole_tour"):
        return last
    told = scene.doc[at]
    clause = next((t for t in (told, *told.ancestors) if t.dep_ in {"pcomp", "advcl"}), None)
    if clause is None or not _is_later(clause):
        return last
    over = {token.i for token in clause.ancestors}
    mains = [
        trip
        for trip in trips
        if trip.key == last.key
        and trip is not last
        and any(_is_on(c, over) for c in trip.candidates)
    ]
    return mains[-1] if mains and times_fit(mains[-1], candidate) else last


def _is_on(told: Candidate, verbs: set[int]) -> bool:
    """Tell a telling by one of some verbs that does not leave its trip over."""
    return told.at in verbs and not (told.status == "completed" and told.phase != "arrive")


def _is_later(clause: Token) -> bool:
    """Tell the clause of "before going on to Chile", "before he goes"."""
    marks = [clause.head, *(c for c in clause.children if c.dep_ == "mark")]
    return any(mark.lower_ == "before" for mark in marks)


def _place_in_text(trip: Trip) -> int:
    told = trip.candidates[0]
    return told.spot.start if told.spot is not None else told.at


def _last_day(trip: Trip) -> str:
    return max((day for day in trip.days if len(day) == DAY), default="")


def is_ahead_of(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell the plan of "met them on a rare trip, a day ahead of his visit to Lima"."""
    made = candidate.status in MADE
    if not made or trip.statuses != {"planned"}:
        return False
    between = scene.doc[candidate.at : trip.first_at]
    beside = scene.sentence_of[candidate.at] == scene.sentence_of[trip.first_at]
    return beside and any(token.lower_ in words("before_trip") for token in between)


__all__ = ["is_ahead_of", "leg_of_tour", "main_leg", "own_trip", "told_now"]
