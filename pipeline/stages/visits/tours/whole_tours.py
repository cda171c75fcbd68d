"""What is said of a whole tour: its kind, whether it is the first, what is left unnamed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span, Token

from models.visit import NOT_OVER
from pipeline.discourse.factuality import Fact, governing_verb
from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import is_long_ago
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.counted_lands import lands_counted
from pipeline.stages.visits.tours.region_names import names_region

#: The noun rules that may tell of several countries at once.
_JOURNEYS = frozenset({"trip", "tour"})
#: How many countries one tour leads to at most.
_MOST_STOPS = 9
#: Within how many tokens of a tour its lands are counted.
_BEFORE = 8
#: What calls a stay the beginning or a part of a tour, of which more is to come.
_TOUR = re.compile(
    r"\b(?:part|first (?:leg|stop|stage)) (?:of|on|in) (?:an?|his|her|their|the|what) "
    r"[^.;:]{0,60}?\b(?:tour|swing)\b(?: of [a-z]+ (?:[a-z]+ )?(?:countries|nations|states))?"
)
#: What calls a stay a later part of a tour, of which what is told has gone before.
_LATER_LEG = re.compile(r"\b(?:last|final|second|third|fourth|fifth) (?:leg|stop|stage)\b")


def spread_ranks(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give all countries of a tour what is said of the whole.

    "Visited A and B on her first foreign trip as premier", "the two-nation tour is his first
    official trip abroad" tell it of both; "on her first trip to B" of one alone.
    """
    for trip in trips:
        for candidate in tuple(trip.candidates):
            ranked = candidate.rule in _JOURNEYS and (candidate.first or candidate.kind)
            if ranked and candidate.spot is None:
                for other in trips:
                    if other is not trip and _is_leg(scene, candidate, trip, other):
                        _tell(other, candidate)


def without_days_of_stop(scene: Scene, tour: Candidate) -> Candidate:
    """Leave a tour without the days of the stop with which it ends.

    "Will conclude his tour with a visit to Kenya from 3 to 5 May": they are not Rwanda's, where
    he was before.
    """
    if not tour.when or tour.rule not in _JOURNEYS:
        return tour
    noun = scene.doc[tour.at]
    verb = noun.head
    parts = (*noun.children, *verb.children)
    behind = next((c for c in parts if c.lower_ == "with" and c.i > tour.at), None)
    if behind is None or not any(c.lemma_ in words("trip_noun") for c in behind.children):
        return tour
    dated = any(t.ent_type_ == "DATE" for t in scene.doc[verb.left_edge.i : behind.i])
    return tour if dated else replace(tour, when=When())


def is_of_leg(noun: Token) -> bool:
    """Tell the tour of "will be in Lima from 3 to 5 May and go to Quito on the last leg of it"."""
    over = noun.head
    leg = over.head if over.lower_ == "of" else over
    return leg.lemma_ in words("leg_of_tour") and leg.dep_ == "pobj" and leg.head.lower_ == "on"


def without_days_of_leg(
    trips: Sequence[Trip], own: Trip, tour: Candidate, noun: Token
) -> Candidate:
    """Leave a tour without the day of a stop beside which it is named, and a stop without its days.

    "Ended his tour in Quito. As part of his visit to the region, he landed in Lima on 3 May": no
    day of Quito's. Not "his visit to the region on 3 May", whose own it is. Nor is that of "had
    begun his trip on 3 May, when he landed in Lima". A tour that is under way has not begun with a
    stop that is yet to come: "will visit Quito on a tour that began on 3 May". Nor are the days of
    Lima Quito's in "will be in Lima on 3 May and in Quito on the last leg of the tour". Where "will
    visit Lima and Quito on a tour from 3 to 5 May. On 5 May, he will visit Quito", that alone is
    its day.
    """
    others = (c.when for t in trips if t.key == own.key and t is not own for c in t.candidates)
    if is_of_leg(noun) and tour.when in others:
        return replace(tour, when=When())
    begun = tour.status == "ongoing" and noun.pos_ != "VERB"  # not "arrives on 3 May"
    if own.statuses == {"planned"} and begun and tour.when.end is None:
        return replace(tour, when=When())
    verb = governing_verb(noun)
    if verb is not None and noun.lemma_ == "tour" and _is_day_within(own, tour):
        beside = {t.destination for t in trips if t.key == own.key and verb.i in t.told_at}
        if len(beside - {None}) > 1:
            return replace(tour, when=When())
    if verb is None or tour.spot is not None or any(t.ent_type_ == "DATE" for t in noun.subtree):
        return tour
    when = [c for t in verb.subtree for c in t.children if c.lower_ == "when"]
    told = {verb.i, *(c.head.i for c in when if c.head.i > verb.i)}
    stops = [t for t in trips if t.key == own.key and told & {*t.told_at} and t.destination]
    return replace(tour, when=When()) if stops and own not in stops else tour


def _is_day_within(stop: Trip, tour: Candidate) -> bool:
    """Tell whether a stop has a day of its own, one of those of its whole tour."""
    days = [c.when for c in stop.candidates if c.when.start is not None and c.when != tour.when]
    first, last = tour.when.start, tour.when.end
    if first is None or last is None or first == last:
        return False
    return any(first <= (day.start or "") <= last and len(day.start or "") >= DAY for day in days)


def without_end_of_tour(
    trips: Sequence[Trip], own: Trip, tour: Candidate, noun: Token
) -> Candidate:
    """Leave a stop without the day on which a tour ends that leads to more countries than are told.

    "Arrived in Lima on Monday. His six-nation tour ends on 3 May": Lima is not where it does. So
    "his foreign tour", "his African tour"; not "his tour of Peru".
    """
    if tour.when.start is not None or tour.when.end is None or own.destination is None:
        return tour
    abroad = any(part.lower_ in word_set("of_tour_abroad") for part in noun.children)
    abroad = abroad or names_region(" ".join(part.lower_ for part in noun.subtree))
    many = bool(tour.stops) or (abroad and noun.lemma_ == "tour")
    named = {trip.destination for trip in trips if trip.key == own.key}
    if not many or (tour.stops and tour.stops <= len(named)):
        return tour
    return replace(tour, when=When())


def is_of_years(candidate: Candidate) -> bool:
    """Tell "has visited 27 African countries", more than one tour leads to."""
    return candidate.status == "completed" and (candidate.stops or 0) > _MOST_STOPS


def unnamed_rest(
    scene: Scene, trips: Sequence[Trip], partial: Sequence[Candidate] = ()
) -> Iterator[Trip]:
    """Yield what tours have besides the countries told: a trip without destination each.

    "Arrived in Zambia on the first leg of a six-nation tour" is five more; "as part of an Asian
    tour", "on a visit to Asia", of which one country is told, is some (`count` 0). "The last leg
    of a tour", "a tour of Asia" of which two countries are told, has no rest.
    Source: the codebook, "a tour is one record a named country; its unnamed rest is one".

    Args:
        partial: the tellings that name no country: "leaves for a four-nation tour".
    """
    done: set[str] = set()
    for trip in trips:
        for candidate in (*trip.candidates, *_tours_before(trip, partial)):
            if trip.key in done or trip.destination is None or candidate.status == "cancelled":
                continue
            candidate = replace(candidate, stops=_stops_of(scene, candidate))
            told = _TOUR.search(scene.sentence(candidate.at).text.lower())
            if told is None and not _is_of_many(scene, candidate):
                continue
            if told is not None and _is_of_land(scene, candidate, told.end()):
                continue
            done.add(trip.key)
            named = {other.destination for other in trips if other.key == trip.key}
            number = _countries(told[0]) if told is not None else candidate.stops or 0
            rest = number - len(named - {None})
            if None in named or (rest <= 0 and (number or len(named) > 1)):
                continue
            when = candidate.when if told is None else When()
            left = replace(
                candidate, spot=None, destination=None, when=when, count=max(rest, 0), kind=None
            )
            if candidate.status != "planned" and _is_being_made(trip):
                begun = _is_at_beginning(scene.sentence(candidate.at))
                if begun and not is_long_ago(trip.when, scene.article.published):
                    left = replace(left, fact=Fact("planned"), when=When())
                else:
                    left = replace(left, fact=Fact("ongoing"))
            elif _is_just_begun(scene, trips, left):
                left = replace(left, fact=Fact("ongoing"))
            own = candidate.actor or next((c.actor for c in trip.candidates if c.actor), None)
            yield Trip(trip.key, trip.origin, None, [replace(left, actor=own)])


def _tours_before(trip: Trip, partial: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the counted tours of a trip's traveller that are told before it and name no country."""
    for told in partial:
        own = told.actor is not None and told.actor.key == trip.key and told not in trip.candidates
        own = own and told.rule == "tour" and told.at < trip.first_at
        if own and told.stops and not is_of_years(told):
            ahead = trip.statuses == {"planned"}
            yield replace(told, fact=Fact("planned")) if ahead else told


def _stops_of(scene: Scene, candidate: Candidate) -> int | None:
    """Return n of "a tour of n countries, including Peru", some of which are named beside it.

    Not of "a tour of Peru and n other countries".
    """
    if candidate.stops is not None or not candidate.tour or candidate.spot is None:
        return candidate.stops
    noun = scene.doc[candidate.at]
    start = max(scene.sentence(noun.i).start, noun.left_edge.i, noun.i - _BEFORE)
    behind = {t.lower_ for t in noun.doc[noun.i + 1 : noun.i + _BEFORE]}
    if not behind.isdisjoint(word_set("besides_named")):
        return None
    return lands_counted(noun, [*noun.doc[start : noun.i]]) or None


def _is_at_beginning(sentence: Span) -> bool:
    """Tell "landed in Lima at the start of a tour", "Lima is the first stop of his tour".

    Not "landed in Lima at the start of the week as part of a tour".
    """
    legs, starts = words("leg_of_tour"), words("start_of_trip")
    pairs = list(pairwise(sentence))
    first = any(a.lower_ in word_set("opens_tour_order") and b.lemma_ in legs for a, b in pairs)
    opened = (c for a, b in pairs if a.lemma_ in starts and b.lower_ == "of" for c in b.children)
    return first or any(c.lemma_ in words("trip_noun") | words("leg_of_tour") for c in opened)


def _is_just_begun(scene: Scene, trips: Sequence[Trip], tour: Candidate) -> bool:
    """Tell "opened a tour in Lima" of one who is to go on: his next stop is yet to come."""
    verb = governing_verb(scene.doc[tour.at])
    if tour.status != "completed" or verb is None or verb.lemma_ not in words("opens_trip"):
        return False
    own = (t for t in trips if tour.actor is not None and t.key == tour.actor.key)
    return any(trip.statuses <= NOT_OVER for trip in own)


def _is_being_made(trip: Trip) -> bool:
    return any(c.rule in word_set("arrival") or c.status == "ongoing" for c in trip.candidates)


def _is_of_land(scene: Scene, candidate: Candidate, end: int) -> bool:
    """Tell "part of his six-day India tour", which ends at offset `end`: its rest is there too."""
    stop = scene.sentence(candidate.at).start_char + end
    near = scene.doc.char_span(stop - 1, stop, alignment_mode="expand")
    before = scene.at(near.start - 1) if near is not None and near.start else ()
    return any(r.kind == "country" and r.country == candidate.destination for r in before)


def _is_of_many(scene: Scene, candidate: Candidate) -> bool:
    """Tell "a four-nation trip", "his visit to the Gulf" of somebody from "a whirlwind tour"."""
    if candidate.stops is None or candidate.actor is None or candidate.actor.is_party:
        return False
    told, text = candidate.actor.reference, scene.sentence(candidate.at).text.lower()
    if not (told.name or told.role) or told.plural or _LATER_LEG.search(text):
        return False
    noun = scene.doc[candidate.at]
    if scene.doc[max(0, candidate.at - 1)].tag_ == "JJS":
        return False  # "flew to Peru on his longest visit to South America"
    if noun.dep_ == "attr" and not candidate.stops and noun.head.lemma_ == "be":
        return False  # "landed in Peru. It is his first visit to South America"
    own = any(c.tag_ == "PRP$" for c in noun.children)
    if own and not candidate.stops and noun.dep_ in SUBJECTS and noun.lemma_ != "tour":
        return False  # "landed in Peru. His visit to South America comes amid a row"
    return bool(candidate.stops) or names_region(text)


def _countries(words: str) -> int:
    """Return n of "an n-nation tour", 0 where no number is told."""
    if not re.search(r"nation|countr|state", words):
        return 0
    return next((n for word in re.findall(r"[a-z]+|\d+", words) if (n := number_in(word))), 0)


def _is_leg(scene: Scene, candidate: Candidate, trip: Trip, other: Trip) -> bool:
    """Tell whether another trip is of the tour that a telling without a place ranks."""
    if other.key != trip.key or other.count != 1:
        return False
    number = scene.sentence_of[candidate.at]
    told = [c for c in other.candidates if scene.sentence_of[c.at] == number]
    if any(c.spot is not None and c.phase != "leave" for c in told):
        return True
    tour = any(c.stops is not None and scene.sentence_of[c.at] == number for c in trip.candidates)
    return tour and other.statuses <= NOT_OVER


def _tell(trip: Trip, candidate: Candidate) -> None:
    told = trip.candidates[0]
    kind = next((c.kind for c in trip.candidates if c.kind), None) or candidate.kind
    trip.retell(0, replace(told, first=told.first or candidate.first, kind=kind))


__all__ = [
    "is_of_years",
    "spread_ranks",
    "unnamed_rest",
    "without_days_of_leg",
    "without_days_of_stop",
    "without_end_of_tour",
]
