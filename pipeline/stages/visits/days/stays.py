"""The days of a tour's legs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from spacy.tokens import Token

from models.visit import OFF
from pipeline.discourse.facts import UNDONE
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.lands_of_region import is_undated_leg
from pipeline.stages.visits.tours.region_names import names_region
from pipeline.stages.visits.tours.whole_tours import is_of_leg

#: The noun rules that may tell of several countries at once.
_JOURNEYS = frozenset({"trip", "tour"})
#: How many sentences back the legs may be told.
_NEAR = 2
#: Of so many countries none has the whole time of a tour.
_SEVERAL = 3


def share_tours(scene: Scene, trips: Sequence[Trip]) -> None:
    """Tell of each leg what a sentence right behind them tells of the whole tour's days.

    "Will visit A and B. The tour, which runs from 3 to 6 May, …" tells it of both, and so do
    "will make a tour of the Gulf from 3 to 6 May. He will visit A and B" and "will leave on 3 May
    for A and B. His stay in the Gulf will last from 3 to 6 May".
    """
    for trip in trips:
        for candidate in tuple(trip.candidates):
            days = candidate.when
            whole = candidate.rule in _JOURNEYS or candidate.stops is not None
            whole = whole or _is_in_region(scene.doc[candidate.at])
            whole = whole or _is_of_all(scene, trips, trip, candidate)
            whole = whole and candidate.spot is None and candidate.count == 1
            whole = whole and not is_of_leg(scene.doc[candidate.at])
            if not whole or not days.start or not days.end or days.start == days.end:
                continue
            number = scene.sentence_of[candidate.at]
            for other in trips:
                near = any(0 <= number - scene.sentence_of[at] <= _NEAR for at in other.told_at)
                told = [c.when for c in other.candidates if c.when and c.when != days]
                dated = not all(_is_around(w, days) or _is_first_of(w, days) for w in told)
                leg = near and not dated and other.destination is not None
                leg = leg or is_undated_leg(scene, other, candidate, most=1)
                if other is not trip and other.key == trip.key and leg:
                    other.add(candidate)


def _is_in_region(noun: Token) -> bool:
    """Tell "his stay in South America", "the visit to Africa", of all that he sees there."""
    preps = [c for c in noun.children if c.lower_ in {"in", "to"} and c.i > noun.i]
    return any(names_region(t.doc[t.i : t.right_edge.i + 1].text) for t in preps)


def _is_of_all(scene: Scene, trips: Sequence[Trip], own: Trip, told: Candidate) -> bool:
    """Tell "during his 3-5 May visit" behind "will travel to A and B this week": of both.

    So is "the visit, from 3 to 5 May," behind "will visit A and B", both told at once and last.
    """
    if scene.doc[told.at].tag_ != "NN" or told.at == own.first_at:
        return False
    before = [c for c in own.candidates if c.at < told.at]
    at = {c.at for c in before if c.when.coarse}
    named = [c for c in before if c.spot is not None]
    last = max(named or before, key=lambda c: c.at, default=None)
    alike = last is not None and (last.fact.weak or last.status == told.status)
    noun = scene.doc[told.at]
    known = told.anaphoric or any(c.lower_ in word_set("anaphor") for c in noun.lefts)
    if last is not None and alike and known:
        loose = not last.when or _is_month_of(last.when, told.when)
        at |= {last.at} if loose else set()
    legs = {t.destination for t in trips if t.key == own.key and at & set(t.told_at)}
    return len(legs - {None}) > 1


def _is_around(told: When, whole: When) -> bool:
    """Tell "next week" of a tour on some days of it, and the month or months of a tour."""
    first, last = whole.start or "", whole.end or ""
    week = told.coarse and (told.start or "9") <= first and last <= (told.end or "")
    return week or _is_month_of(told, whole)


def _is_first_of(told: When, whole: When) -> bool:
    """Tell "will leave on 26 June for A and B" of a tour from 26 June to 3 July."""
    return told.end is None and told.start == whole.start


def _is_month_of(told: When, whole: When) -> bool:
    """Tell "in late June and early July" of a tour from 26 June to 3 July."""
    first, last = told.start or "", told.end or ""
    coarse = 0 < len(first) < DAY and 0 < len(last) < DAY
    return coarse and (whole.start or "").startswith(first) and last <= (whole.end or "")


def share_visits(scene: Scene, trips: Sequence[Trip]) -> None:
    """Tell of each visit told at once what the next sentence tells of them together.

    "Was to visit A and B. The visits, set for next week, are off": both are. "The visit" is one.
    """
    for trip in trips:
        for candidate in tuple(trip.candidates):
            if not candidate.anaphoric or scene.doc[candidate.at].tag_ != "NNS":
                continue
            number = scene.sentence_of[candidate.at]
            lately = {at for at in trip.told_at if 0 < number - scene.sentence_of[at] <= _NEAR}
            for other in trips:
                if other is not trip and other.key == trip.key and lately & set(other.told_at):
                    other.add(candidate)


def call_off_stops(scene: Scene, trips: Sequence[Trip]) -> None:
    """Take the stops off with the tour.

    "Has cancelled his tour of the Gulf. He was due in Doha on Friday and in Kuwait on Sunday":
    both are off, and put off with a tour that is. Not "cancelled the tour. He will go to Doha in
    May". A month or a week in which the tour was to be made is that of its stops as well.
    """
    for trip in trips:
        for candidate in tuple(trip.candidates):
            if candidate.status not in OFF or candidate.spot is not None:
                continue
            if candidate.rule not in _JOURNEYS or _leads_somewhere(scene.doc[candidate.at]):
                continue
            for other in trips:
                if other is trip or other.key != trip.key:
                    continue
                undone = all(c.fact.reason == UNDONE for c in other.candidates)
                planned = other.statuses == {"planned"}
                if undone or (planned and any(was_planned(scene.doc[at]) for at in other.told_at)):
                    loose = not other.days and _is_loose(candidate.when)
                    other.add(candidate if loose else replace(candidate, when=When()))


def _is_loose(when: When) -> bool:
    """Tell "a tour next month", "next week", of all its stops, from one from 3 to 6 May."""
    return when.coarse or (when.start == when.end and 0 < len(when.start or "") < DAY)


def _leads_somewhere(journey: Token) -> bool:
    """Tell "his trip to the neighbouring country", which is no tour of all that he has planned."""
    places = prep_objects(journey, "to")
    return any(h.lemma_.lower() in word_set("land_noun") and h.tag_ == "NN" for h in places)


def part_tours(trips: Sequence[Trip]) -> None:
    """Take the days of a whole tour from legs that have days of their own, or share them out.

    "Will visit A, B and C from 3 to 12 May. … He will be in B from 6 to 9 May": the 3rd is A's
    first day, May is all that is known of C's. "Will visit A and B from 3 to 6 May" stays with
    both, as "his visit to A, B and C from 3 to 12 May" does with all, but for one told to be
    visited on the 4th.
    """
    tours: dict[tuple[int, str], list[tuple[Trip, int]]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            if candidate.when.end and candidate.when.start != candidate.when.end:
                tours[candidate.at, trip.key].append((trip, number))
    for legs in tours.values():
        whole = legs[0][0].candidates[legs[0][1]].when
        one = all(trip.candidates[number].when == whole for trip, number in legs)
        if len(legs) > 1 and one and not whole.coarse:
            _share_out(legs, whole)
            _leave_first_days(legs, whole)
            _tell_days_of_deeds(legs, whole)
    _leave_shared_days(trips)
    _leave_whole_tours(trips)


def _leave_shared_days(trips: Sequence[Trip]) -> None:
    """Begin a leg on its own day, not on that on which "she will on Monday tour A, B and C".

    "… On Wednesday she heads to C" is C's day; "visited A and B on Monday" is both's, and the day
    on which one "left for A and B" of the first.
    """
    shared: dict[tuple[int, str], list[tuple[Trip, int]]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            when = candidate.when
            if len(when.start or "") == DAY and when.end == when.start:
                shared[candidate.at, trip.key].append((trip, number))
    for legs in shared.values():
        for trip, number in legs if len({t.destination for t, _ in legs}) > 1 else ():
            told = trip.candidates[number]
            own = (c for c in trip.candidates if c.at != told.at and c.spot and c.phase != "leave")
            days = [c.when.start or "" for c in own if "inside" not in c.notes]
            first = told.when.start or ""
            if any(len(day) == DAY and first < day and near(day, first) for day in days):
                trip.retell(number, replace(told, when=When()))


def _leave_whole_tours(trips: Sequence[Trip]) -> None:
    """Begin a leg on the one day told for it, not on the first that its tour's noun tells.

    "Will visit Cuba on the 19th. The tour will take him to Peru and Cuba from the 17th to the 21st"
    And end it with the last of its own: "Will travel from the 17th to the 25th. The trip will take
    him to Peru on the 17th to the 20th, followed by Cuba on the 22nd to the 25th".
    """
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            if candidate.spot is not None:
                continue
            legs = [t for t in trips if t.key == trip.key and _has_stay_within(t, candidate.when)]
            if trip in legs and len(legs) > 1:
                trip.retell(number, replace(candidate, when=When()))
                continue
            if candidate.rule in _JOURNEYS and candidate.when.end:
                alike = [t for t in trips if t.key == trip.key and _has(t, candidate.when)]
                if len(alike) > 1:
                    _leave_first_days([(trip, number)], candidate.when)


def _has_stay_within(trip: Trip, whole: When) -> bool:
    """Tell a leg of which its own first and last day are told, within those of a whole tour."""
    if trip.destination is None or not whole.start or not whole.end or len(whole.start) < DAY:
        return False
    own = (c.when for c in trip.candidates if c.spot is not None and c.when != whole)
    exact = ((w.start, w.end) for w in own if w.start and w.end and len(w.start) == DAY)
    return any(whole.start <= first < last <= whole.end for first, last in exact)


def _has(trip: Trip, when: When) -> bool:
    return trip.destination is not None and any(c.when == when for c in trip.candidates)


def with_spouses(trips: Sequence[Trip]) -> None:
    """Give a spouse whose days are not told those of whom they come with.

    "Will make a state visit to Peru from 3 to 5 June. The president and First Lady X will be guests
    of the king": the days are also hers.
    """
    for trip in trips:
        own = [c.actor.reference for c in trip.candidates if c.actor is not None]
        if trip.count != 1 or trip.days or not own or own[0].role_kind != "spouse":
            continue
        ends, told = (trip.origin, trip.destination), {c.at for c in trip.candidates}
        alike = [
            other
            for other in trips
            if other is not trip
            and (other.origin, other.destination) == ends
            and other.count == 1
            and other.statuses & trip.statuses
        ]
        # "A and First Lady X are in Peru. A came last year": hers is the trip told of both.
        shared = [other for other in alike if any(c.at in told for c in other.candidates)]
        beside = [other.when for other in shared or alike if other.when]
        if len(beside) == 1:
            trip.retell(0, replace(trip.candidates[0], when=beside[0]))


def _share_out(legs: Sequence[tuple[Trip, int]], whole: When) -> None:
    """Give the first leg the first day and the rest the month, where other legs have their own."""
    own = [_has_own_days(trip, whole) for trip, _ in legs]
    if whole.start and not any(own):
        return
    months = {day[:7] for day in (whole.start, whole.end) if day}
    month = next(iter(months)) if len(months) == 1 else None
    for at, (trip, number) in enumerate(legs):
        when = When(month, month)
        if at == 0 and whole.start:
            when = When(whole.start, None)
        if whole.start is None:
            over = trip.candidates[number].status == "completed"
            when = When(None, whole.end) if over and at == len(legs) - 1 else When()
        when = When() if own[at] else when
        trip.retell(number, replace(trip.candidates[number], when=when))


def _leave_first_days(legs: Sequence[tuple[Trip, int]], whole: When) -> None:
    """Begin legs on the days told for them in other sentences, not on the first of the tour.

    "Will travel to A, B and C from 3 to 12 May. … She will go on to B on 6 May". A leg that is told
    to be of the first day alone ends on it.
    """
    for trip, number in legs:
        at = trip.candidates[number].at
        own = any(
            c.at != at
            and c.phase != "leave"
            and not {"inside", "event"} & set(c.notes)
            and c.when.end in {None, c.when.start}
            and len(c.when.start or "") == DAY
            and (whole.start or "") <= (c.when.start or "") <= (whole.end or "")
            and (c.when.end or c.when.start != whole.start)
            for c in trip.candidates
        )
        if own and trip.candidates[number].when == whole:
            trip.retell(number, replace(trip.candidates[number], when=When()))


def _tell_days_of_deeds(legs: Sequence[tuple[Trip, int]], whole: When) -> None:
    """Leave legs of which each is told by what is done there on a day of its own that day.

    "Will visit A, B and C from 14 to 19 May. … will hold talks in A on 16 May, in B on 17 May and
    in C on 18 May". Talks in A on the 3rd and in B on the 9th tell no more of either stay.
    """
    told = {at: _deeds(trip, number, whole) for at, (trip, number) in enumerate(legs)}
    days = sorted({date.fromisoformat(d).toordinal() for deeds in told.values() for d in deeds})
    if sum(map(bool, told.values())) < _SEVERAL or len(days) < _SEVERAL:
        return
    if any(later - day > 1 for day, later in pairwise(days)):
        return
    if all(told.values()):  # the first leg begins with the tour, the last one ends with it
        told[min(told, key=lambda at: min(told[at]))].append(whole.start or "")
        told[max(told, key=lambda at: max(told[at]))].append(whole.end or "")
    for at, (trip, number) in enumerate(legs):
        if not told[at]:
            continue
        when = When(min(told[at]), max(told[at]))
        for other, candidate in enumerate(trip.candidates):
            whole_tour = candidate.spot is None and candidate.rule in _JOURNEYS
            if other == number or whole_tour:
                own = other == number
                trip.retell(other, replace(candidate, when=when if own else When()))


def _deeds(trip: Trip, number: int, whole: When) -> list[str]:
    """Return the days within a tour's of what is told to be done on one of its legs."""
    at, first, last = trip.candidates[number].at, whole.start or "", whole.end or ""
    inside = (c for c in trip.candidates if c.at != at and c.spot and "inside" in c.notes)
    return [c.day for c in inside if c.day and len(c.day) == len(first) and first <= c.day <= last]


def _has_own_days(trip: Trip, whole: When) -> bool:
    """Tell whether a leg is told with a first and last day within those of the tour.

    "Next week", which the sentence before tells of the tour itself, is none of a leg.
    """
    return any(
        c.when != whole
        and not (c.when.coarse and c.spot is None)
        and c.when.start is not None
        and c.when.end is not None
        and c.when.start != c.when.end
        and len(c.when.start) == DAY
        and (whole.start or "") <= c.when.start <= c.when.end <= (whole.end or "")
        for c in trip.candidates
    )


__all__ = [
    "call_off_stops",
    "part_tours",
    "share_tours",
    "with_spouses",
]
