"""Who did one thing in several countries: "spoke in Lima and Santiago"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import SUBJECTS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.in_turn import are_in_turn
from pipeline.stages.visits.events.further_events import further_events
from pipeline.stages.visits.tables import word_set

#: How sure a further place is beside the first.
_FURTHER = 0.9
#: How far behind "one in Lima" "the other in Quito" may begin, in tokens.
_REACH = 9


def in_each_place(reader: ArgumentReader, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what is told of the further places of the list in which a telling has its first.

    "Signed deals in Lima and Santiago", "is back from Peru and Chile", "attended two summits, one
    in Peru and the other in Chile" tell of both; "spoke in Lima, and Santiago welcomed it" and
    "spoke in Lima, Peru" of one. So do A and B who "flew to Lima and Quito respectively".

    Args:
        found: what one token tells.
    """
    scene = reader.scene
    told = {(c.actor.key, c.destination) for c in found if c.actor is not None}
    met = any("meeting" in c.notes for c in found)  # "met the leaders of Peru and Chile in Lima"
    if not met and len({key for key, _ in told}) > 1 and are_in_turn(scene, found[0].at):
        return
    for candidate in found:
        actor = candidate.actor
        for spot in _further(scene, candidate) if actor is not None else ():
            ends = {candidate.origin, actor.country if actor is not None else None, None}
            if actor is None or spot.country in ends or (actor.key, spot.country) in told:
                continue
            told.add((actor.key, spot.country))
            yield replace(
                candidate,
                spot=spot,
                destination=spot.country,
                score=candidate.score * _FURTHER,
                first=False,
                hosts=(),
            )
        others = [*_others(scene, candidate), *_spent_in(reader, candidate)]
        others += further_events(reader, candidate)
        for spot in others if actor is not None else ():
            ends = {candidate.origin, None}
            if actor is None or spot.country in ends or (actor.key, spot.country) in told:
                continue
            told.add((actor.key, spot.country))
            days = reader.clock.behind(spot.end) or _day_before(reader, spot)
            own = reader.clock.when(days, phase="whole") if days else candidate.when
            first = candidate.spot
            dated = first is not None and bool(reader.clock.behind(first.end))
            dated = dated or candidate.rule == "spend"
            yield replace(
                candidate,
                spot=spot,
                destination=spot.country,
                when=When() if dated and not days else own,
                score=candidate.score * _FURTHER,
                count=1,
                first=False,
                hosts=(),
            )


def _others(scene: Scene, candidate: Candidate) -> Iterator[Spot]:
    """Yield Quito of "two summits, one in Lima and the other in Quito", "one in Lima, another in".

    Not of "the first of two summits, one in Lima and the other in Quito", "a summit in Lima, while
    another in Quito was put off".
    """
    spot, doc = candidate.spot, scene.doc
    if spot is None or spot.start < 2 or candidate.status is None or candidate.actor is None:
        return
    if doc[spot.start - 1].lower_ not in word_set("before_listed_places"):
        return
    one = doc[spot.start - 2]
    counted = one.lower_ in word_set("one_of_two")
    if counted and _is_of_first(doc, candidate, one.i):
        return
    end = min(scene.sentence(spot.start).end, spot.end + _REACH)
    for at in range(spot.end, end):
        other = doc[at]
        if other.lower_ not in word_set("other_of_two") or text_at(doc, at + 1) != "in":
            continue
        joint = doc[at - 1 - (doc[at - 1].lower_ == "the")]
        if other.dep_ in SUBJECTS or joint.lower_ not in {"and", ",", ";"}:
            return
        if counted or (other.lower_ == "another" and joint.lower_ == "and"):
            yield from scene.spots(at + 2)
            return


def _is_of_first(doc: Doc, candidate: Candidate, end: int) -> bool:
    """Tell "attended the first of two summits, one in Lima", where only one is told of."""
    words = [t.lower_ for t in doc[candidate.at : end]]
    return any(pair[1] == "of" and pair[0] in word_set("one_of_two") for pair in pairwise(words))


def without_hosts(found: Sequence[Candidate]) -> list[Candidate]:
    """Leave out whom one met at home in one of several places.

    "Will meet Ministers A of Peru and B of Chile in Lima and Santiago respectively" sends neither
    to the other's capital; "met Ministers A of Peru and B of Chile in Lima" has B travel.

    Args:
        found: what one token tells.
    """
    met = [c for c in found if "meeting" in c.notes and c.destination is not None]
    places = {c.destination for c in met}
    if len(places) < 2 or all(c.origin in places for c in met):
        return list(found)
    return [c for c in found if "meeting" not in c.notes or c.origin not in places]


def _further(scene: Scene, candidate: Candidate) -> Sequence[Spot]:
    """Return the places listed behind the one that a preposition sets for a telling."""
    spot = candidate.spot
    placed = spot is not None and spot.country == candidate.destination and spot.start > 0
    if spot is None or not placed or candidate.status is None:
        return ()
    before = scene.doc[spot.start - 1]
    if before.lower_ == "both" and before.i > 0:
        before = before.nbor(-1)  # "in both Lima and Quito"
    if before.lower_ not in word_set("before_listed_places"):
        return ()
    listed = scene.spots(spot.start)
    if len(listed) < 2 or listed[0].start != spot.start:
        return ()
    return [other for other in listed[1:] if _is_listed(_root(scene, other), spot)]


def _spent_in(reader: ArgumentReader, candidate: Candidate) -> Iterator[Spot]:
    """Yield the further places of "spent Monday in Lima and Tuesday in Quito", "a day in Quito".

    "Spent Monday in Lima and met the king in Quito" has none.
    """
    if candidate.rule != "spend" or candidate.spot is None:
        return
    doc, at = reader.scene.doc, candidate.spot.end
    end = reader.scene.sentence(candidate.at).end
    while at < end:
        start = at
        while at < end and doc[at].lower_ in {",", "and", "then"}:
            at += 1
        first = at
        while at < end and at - first < _REACH and _is_time(doc[at]):
            at += 1
        spots = reader.scene.spots(at + 1) if text_at(doc, at) in {"in", "at"} else []
        if not start < first < at or not spots:
            return
        yield from spots
        at = spots[-1].end


def _is_time(token: Token) -> bool:
    """Tell the words of "a day", "Tuesday", "two days each"."""
    told = token.ent_type_ in {"DATE", "TIME", "CARDINAL"} or token.pos_ in {"DET", "NUM"}
    return told or token.lemma_.lower() in word_set("time_spent")


def _day_before(reader: ArgumentReader, spot: Spot) -> list[Token]:
    """Return the day of "Tuesday in Quito", as its one token, or none."""
    at = spot.start - 2
    return [reader.scene.doc[at]] if at in reader.clock.covered else []


def _root(scene: Scene, spot: Spot) -> Token:
    inside = scene.doc[spot.start : spot.end]
    return next((t for t in inside if not spot.start <= t.head.i < spot.end), inside[0])


def _is_listed(place: Token, first: Spot) -> bool:
    """Tell whether the parse has a place hang on the first of its list."""
    while place.dep_ in {"conj", "appos"} and place.i >= first.end:
        place = place.head
    return first.start <= place.i < first.end


__all__ = ["in_each_place", "without_hosts"]
