"""The days of the countries to which one sets out together: of all but the first, not yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from pipeline.discourse.facts import JUST_COME
from pipeline.discourse.factuality import Fact
from pipeline.discourse.numbers import number_in
from pipeline.discourse.outcome import is_recalled
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import VerbRule, word_set

_Leg = tuple[Trip, int]

#: How many tokens before "to set foot" the "first" of "the first head of state" may stand.
_RANK_REACH = 7
#: How long a tour lasts ("an eight-day tour of", "a tour of two weeks").
_LENGTH = re.compile(
    r"\b(\w+)[- ](day|week) (?:[\w-]+ ){0,3}?(?:visit|trip|tour|journey|swing)s?\b", re.IGNORECASE
)


def part_departures(scene: Scene, trips: Sequence[Trip]) -> None:
    """Leave the day on which one sets out for several countries to the first of them.

    "Left on Tuesday for Peru, Chile and Cuba": the Tuesday is Peru's first day, the others are
    yet to come, in the same month where the tour is told to end in it. Where the first has a
    later day of its own ("will be sworn in there on Friday"), the Tuesday is nobody's. "Leaves on
    Tuesday for Peru and Chile" gives it to all, unless they come in turn ("and then Cuba"), and to
    none of which a later day is told ("will fly to Chile on Friday").
    """
    journeys: dict[tuple[int, str], list[_Leg]] = defaultdict(list)
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            if _sets_out(candidate):
                journeys[scene.sentence_of[candidate.at], trip.key].append((trip, number))
    for legs in journeys.values():
        legs = _of_one(sorted(legs, key=_place_in_text))
        if len({trip.destination for trip, _ in legs}) > 1:
            _part(scene, legs)


def _sets_out(candidate: Candidate) -> bool:
    """Tell a telling that dates no more than the beginning of a journey."""
    when, begins = candidate.when, candidate.rule in word_set("sets_out", "begun")
    opened = when.start is not None and when.end is None and len(when.start) == DAY
    tour = candidate.tour and opened
    return tour or (begins and candidate.spot is not None and (opened or not when))


def _place_in_text(leg: _Leg) -> int:
    told = leg[0].candidates[leg[1]]
    return told.spot.start if told.spot is not None else told.at


def _of_one(legs: Sequence[_Leg]) -> list[_Leg]:
    """Return the legs told by the first one's verb or noun, or of its day."""
    first = legs[0][0].candidates[legs[0][1]]
    told = [(leg, leg[0].candidates[leg[1]]) for leg in legs]
    return [
        leg for leg, c in told if first.spot is None or c.at == first.at or _is_same_day(c, first)
    ]


def _is_same_day(candidate: Candidate, other: Candidate) -> bool:
    return candidate.when.start is not None and candidate.when.start == other.when.start


def _part(scene: Scene, legs: Sequence[_Leg]) -> None:
    first_trip, first_number = legs[0]
    opening = first_trip.candidates[first_number]
    start = opening.when.start
    month = _month(scene, opening, start) if start else None
    in_turn = _are_in_turn(scene, legs)
    for trip, number in legs:
        told = trip.candidates[number]
        if told.when.start not in {None, start}:
            continue  # "flew to Lima on Monday and to Quito on Friday"
        if trip.destination != first_trip.destination:
            ahead = told.status == opening.status == "planned" and told.at == opening.at
            later = start is not None and _is_due_later(trip, start)
            if ahead and not in_turn and not later:
                continue  # "leaves on Tuesday for Peru and Chile": then all of it begins
            has_own = any(c.when for c in trip.candidates if c.when != told.when)
            when = When() if has_own or month is None else When(month, month)
            trip.retell(number, replace(_yet_to_come(told), when=when, day=start))
        elif start is not None and _is_due_later(trip, start):
            trip.retell(number, replace(_yet_to_come(told), when=When()))


def _are_in_turn(scene: Scene, legs: Sequence[_Leg]) -> bool:
    """Tell "Peru, Chile and then Cuba" from a list in no order.

    Also where another sentence tells the order: "The first stop is Peru, followed by Chile".
    """
    places = [_place_in_text(leg) for leg in legs]
    between = scene.doc[min(places) : max(places)]
    if any(t.lower_ in word_set("lands_in_turn") for t in between):
        return True
    lands = {trip.destination for trip, _ in legs}
    followed = (t.i for t in scene.doc[:-1] if t.lower_ == "followed" and t.nbor().lower_ == "by")
    return any(
        lands & {spot.country for spot in scene.spots(at + 2)}
        and lands & {r.country for i in range(scene.sentence(at).start, at) for r in scene.at(i)}
        for at in followed
    )


def _yet_to_come(candidate: Candidate) -> Candidate:
    """Return what "left for Peru and Chile", "leaves for Peru and Chile" tell of Chile."""
    if candidate.status == "ongoing" and candidate.fact.weak and candidate.phase == "arrive":
        return replace(candidate, fact=Fact("planned", weak=True))
    return replace(candidate, further=candidate.fact.reason in JUST_COME)


def _is_due_later(trip: Trip, start: str) -> bool:
    """Tell whether a country is told to be reached only some days after one set out."""
    return any(
        c.status == "planned"
        and c.when.start is not None
        and len(c.when.start) == DAY
        and c.when.start > start
        and near(c.when.start, start)
        for c in trip.candidates
    )


def _month(scene: Scene, opening: Candidate, start: str) -> str | None:
    """Return the month in which a tour of told length begins and ends."""
    sentence = scene.sentence(opening.at)
    for match in _LENGTH.finditer(sentence.text):
        number = 1 if match[1].lower() in {"a", "an"} else number_in(match[1])
        if number is not None:
            days = number * (7 if match[2].lower() == "week" else 1)
            last = date.fromisoformat(start) + timedelta(days=days - 1)
            return start[:7] if last.isoformat()[:7] == start[:7] else None
    return None


def as_begun(rule: VerbRule, verb: Token, fact: Fact) -> Fact:
    """Return what a verb of travel tells, with how the trip's start is told.

    By this one may still be there days later ("has left for a summit in Lima"). Nobody is who went
    there before something else, or in the course of years ("after flying to Lima", "has so far
    travelled to Lima", "has flown to Lima during his tenure").
    """
    if fact.status != "completed":
        return fact
    if _is_over(verb, rule) or _looks_back(verb):
        fact = replace(fact, reason="pluperfect")
    over = fact.reason == "pluperfect" or (fact.reason == "perfect" and _is_of_tenure(verb))
    if rule.phase != "arrive" or over or _is_first_ever(verb):
        return fact
    return replace(fact, reason=_how_begun(rule, verb, fact))


def _how_begun(rule: VerbRule, verb: Token, fact: Fact) -> str:
    if verb.dep_ in {"advcl", "conj"} and verb.head.lemma_ in words("departs"):
        return "arrived"  # "left Lima, heading to Quito", as "left Lima for Quito"
    if rule.id in word_set("soon_told") and fact.reason != "perfect":
        return "went"
    return "flew" if rule.id in word_set("soon_over") else "arrived"


def _is_over(verb: Token, rule: VerbRule) -> bool:
    """Tell "returned from leading a mission to Peru", "after flying to Lima", "when he landed".

    Who met the king "after arriving in Lima", or "since landing there", is in Lima yet.
    """
    over = {"from"} if rule.id in word_set("<lands>") else {"from", "after", "following", "since"}
    behind = verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in over
    return behind or is_recalled(verb)


def _is_first_ever(verb: Token) -> bool:
    """Tell "became the first leader to set foot in Lima since the war", as "the first to visit".

    Not "was the first of them to land in Lima", of several guests.
    """
    if verb.tag_ != "VB" or verb.lemma_ in word_set("race"):
        return False
    before = verb.doc[max(verb.sent.start, verb.i - _RANK_REACH) : verb.i]
    return any(t.lower_ in words("ranks_one") and t.pos_ in {"ADJ", "NOUN"} for t in before)


def _is_of_tenure(verb: Token) -> bool:
    """Tell "has flown to Peru during his tenure", "in her time in office", "before": he is back.

    Not "has flown to Peru for the first time", "after a year of rows", "in time for the vote".
    """
    over = (c for c in verb.children if c.lower_ in words("over_span"))
    spans = (t for prep in over for t in prep.children if t.dep_ == "pobj")
    held = (t for t in spans if t.lemma_.lower() in word_set("time_in_office"))
    before = any(c.lower_ == "before" and c.dep_ == "advmod" for c in verb.children)
    return before or any(c.dep_ == "poss" for time in held for c in time.children)


def _looks_back(verb: Token) -> bool:
    """Tell "has so far travelled to Peru", "has flown to Peru and Chile since January".

    "Has travelled to Peru" may tell of one who is there.
    """
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    behind = verb.doc[verb.i : verb.sent.end]
    since = any(t.lower_ == "since" and t.dep_ == "prep" and t.head == verb for t in behind)
    far = any(t.lower_ == "far" and t.nbor(-1).lower_ == "so" for t in verb.subtree if t.i)
    return perfect and (since or far)


__all__ = ["as_begun", "part_departures"]
