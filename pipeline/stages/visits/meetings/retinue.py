"""Who sits in on the talks of the leader with whom he came, or is told to travel with him."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models.visit import MADE
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many sentences before "Also present were A and B" the talks of their leader may be told.
_NEAR = 2
#: How long "On the Peruvian side" may be that opens a sentence, in tokens.
_OPENING = 5


def without_retinue(scene: Scene, trips: Sequence[Trip]) -> list[Trip]:
    """Leave out who is told only to be at his own leader's talks abroad.

    "A met B in Lima. Also present at the meeting was A's foreign minister", "the meeting was also
    attended by" him fire. Of a summit each who attends counts, and so does who will come, who comes
    with his leader as the subject of one verb, and who attends another's meeting, or one of another
    time. "Among those travelling with A are" his ministers, who "flew with him", "were on board".
    """
    kept: list[Trip] = []
    for trip in trips:
        if all(_is_member(scene, c, trip, trips) for c in trip.candidates):
            trace.dropped("one who is but named among his leader's delegation", *trip.candidates)
            continue
        if all(_goes_along(scene, c) for c in trip.candidates) and _follows(scene, trip, trips):
            trace.dropped("one who travels with his own leader", *trip.candidates)
            continue
        sits = bool(trip.candidates) and all(_sits_in(scene, c) for c in trip.candidates)
        at_talks = sits and _tells_of_talks(scene, trip)
        if at_talks and all(c.actor is None or c.actor.reference.guessed for c in trip.candidates):
            trace.dropped("one of no told country who sits in on talks told of", *trip.candidates)
            continue
        if sits and _has_leader(scene, trip, trips, within=None if at_talks else _NEAR):
            trace.dropped("one who sits in on his own leader's talks", *trip.candidates)
        else:
            kept.append(trip)
    return kept


def _is_member(scene: Scene, candidate: Candidate, trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell B of "X, accompanied by A and B, left for Peru", "leads a delegation including A and B".

    Not of "X and B, accompanied by A, left", nor of "X, accompanied by A, left after B did".
    """
    if candidate.actor is None:
        return False
    sentence, at = scene.sentence(candidate.at), candidate.actor.token
    mark = next((i for i in range(at - 1, sentence.start, -1) if _opens_members(scene, i)), None)
    between = scene.doc[mark + 1 : at] if mark is not None else ()
    if mark is None or any(t.tag_ in FINITE for t in between):
        return False
    before = {r.actor for i in range(sentence.start, mark) for r in scene.at(i)}
    return any(
        other.key != trip.key
        and (other.origin, other.destination) == (trip.origin, trip.destination)
        and other.key in before
        for other in trips
    )


def _opens_members(scene: Scene, i: int) -> bool:
    """Tell "accompanied by", "a delegation including", "a team, among them" before those named."""
    doc = scene.doc
    if doc[i].lower_ == "by":
        return doc[i - 1].lemma_ in words("accompanied") and doc[i - 1].tag_ == "VBN"
    listed = doc[i].lemma_ in word_set("lists_members") or doc[i].lower_ == "comprising"
    if not listed and doc[i - 1 : i + 1].text.lower() != "among them":
        return False
    before = doc[scene.sentence(i).start : i]
    return any(t.lemma_.lower() in word_set("body_that_goes") for t in before)


def _goes_along(scene: Scene, candidate: Candidate) -> bool:
    """Tell "those travelling with him", "flew with her", "was on board", "is also on the trip".

    And who is named "on the Peruvian side".
    """
    if _is_of_side(scene, candidate):
        return True
    aboard, goes, trips = word_set("told_aboard"), word_set("goes_along"), words("trip_noun")
    forms = scene.forms(candidate.at)
    if forms.isdisjoint(aboard) and forms.isdisjoint(goes) and forms.isdisjoint(trips):
        return False
    sentence = scene.sentence(candidate.at)
    for token in sentence:
        if token.lower_ in aboard:
            return True
        if token.lemma_ in goes:
            behind = scene.doc[token.i + 1 : token.i + 3]
            if behind.text.lower() in word_set("along_with"):
                return True
        if token.lemma_ in trips:
            also = {t.lower_ for t in scene.doc[max(sentence.start, token.i - 2) : token.i]}
            if {"on", "the"} <= also:
                return any(t.lower_ in word_set("goes_on_with") for t in sentence)
    return False


def _is_of_side(scene: Scene, candidate: Candidate) -> bool:
    """Tell A of "On the Peruvian side, attendees included A", "From the Peruvian side, A"."""
    sentence = scene.sentence(candidate.at)
    opening = [t.lower_ for t in sentence[:_OPENING]]
    return opening[0] in {"on", "from"} and "side" in opening


def _follows(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell whether an earlier sentence has another of the same land on that trip."""
    number = scene.sentence_of[trip.first_at]
    return any(
        other.key != trip.key
        and (other.origin, other.destination) == (trip.origin, trip.destination)
        and scene.sentence_of[other.first_at] < number
        for other in trips
    )


def _sits_in(scene: Scene, candidate: Candidate) -> bool:
    """Tell presence at talks of two sides from that at a summit, and from all that one does.

    Also that of "Also present were A and B", which leaves open at what.
    """
    if candidate.rule not in word_set("sits_in") or candidate.actor is None:
        return False
    if candidate.actor.reference.role_kind in words("leads_land") or candidate.status == "planned":
        return False
    sentence = scene.sentence(candidate.at)
    crowd = word_set("gathering") - word_set("talks_of_two")
    if any(token.lemma_.lower() in crowd for token in sentence):
        return False
    return all(map(_is_told_of, _talks_in(sentence)))


def _talks_in(sentence: Span) -> list[Token]:
    return [t for t in sentence if t.lemma_.lower() in word_set("talks_of_two")]


def _tells_of_talks(scene: Scene, trip: Trip) -> bool:
    return all(_talks_in(scene.sentence(c.at)) for c in trip.candidates)


def _is_told_of(talks: Token) -> bool:
    """Tell "the meeting", "their talks" from "a meeting", "the IMF meeting", "talks of farmers"."""
    own = [c for c in talks.children if c.i < talks.i]
    others = any(c.dep_ in {"compound", "poss"} and c.pos_ != "PRON" for c in own)
    others = others or any(c.lower_ == "of" for c in talks.children)
    return not others and any(c.lower_ in word_set("the_same") for c in own)


def _has_leader(
    scene: Scene, trip: Trip, trips: Sequence[Trip], *, within: int | None = None
) -> bool:
    """Tell whether an earlier sentence has a leader of the same land there, for no event then.

    Args:
        within: how many sentences before he may be told of, None for any.
    """
    number = scene.sentence_of[trip.first_at]
    first = 0 if within is None else number - within
    return any(
        other.key != trip.key
        and (other.origin, other.destination) == (trip.origin, trip.destination)
        and first <= scene.sentence_of[other.first_at] < number
        and not any(
            "event" in c.notes or c.rule in word_set("sits_in")
            for c in other.candidates
            if c.at < trip.first_at
        )
        and any(c.status in MADE for c in other.candidates)
        and not _is_apart(trip.when, other.when)
        and any(
            c.actor is not None and c.actor.reference.role_kind in words("leads_land")
            for c in other.candidates
        )
        for other in trips
    )


def _is_apart(one: When, other: When) -> bool:
    """Tell two stays of which one is over before the other begins."""
    return any(
        first is not None
        and last is not None
        and first[: min(len(first), len(last))] > last[: min(len(first), len(last))]
        for first, last in ((one.start, other.end), (other.start, one.end))
    )


__all__ = ["without_retinue"]
