"""Which tellings of a trip say that it is for an event: "flies to Lima for a summit"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.rites import is_known
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import AUXILIARIES, OBJECTS, PLURALS, SUBJECTS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.tables import word_set


def has_aim(scene: Scene, told: Candidate) -> bool:
    """Tell "flies to Lima for the summit", "is there to attend it", not "for talks", of any."""
    if told.rule in word_set("left_behind"):
        return False  # "From Peru, he goes on to Chile for a summit"
    behind = scene.doc[told.at : scene.sentence(told.at).end]
    attended = {t.i for t in _attended(scene.doc[told.at])}
    return any(
        ("for" in {token.head.lower_, token.head.head.lower_} or token.i in attended)
        and not words("event", "rite_told_again").isdisjoint({noun_of(token), token.lemma_.lower()})
        and (
            token.lemma_.lower() not in word_set("nameless_event")
            or is_known(token)
            or any(c.lemma_.lower() in words("event") for c in token.children if c.i < token.i)
        )
        for token in behind
    )


def _attended(trip: Token) -> Iterator[Token]:
    """Yield the summit of "is in Lima to attend (attending) a summit", "to take part in a summit".

    Not the king of "is in Lima to address a summit hosted by the king".
    """
    if trip.lemma_ != "be":
        return  # "flew to Lima to attend a summit" tells of the attending as well
    for verb in trip.children:
        aim = verb.dep_ in {"advcl", "xcomp"} and verb.tag_ in {"VB", "VBG"} and verb.i > trip.i
        if not aim or verb.lemma_ not in words("goes_to_aim"):
            continue
        held = [c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i]
        yield from held
        for prep in (p for over in (verb, *held) for p in over.children if p.lower_ == "in"):
            yield from (c for c in prep.children if c.dep_ == "pobj")


def has_some_aim(scene: Scene, told: Candidate) -> bool:
    """Tell "flies to Lima for talks", which may be those told of in another sentence."""
    if told.rule in word_set("left_behind"):
        return False
    behind = scene.doc[told.at : scene.sentence(told.at).end]
    return any(t.head.lower_ == "for" and noun_of(t) in words("event") for t in behind)


def is_at_event(scene: Scene, told: Candidate) -> bool:
    """Tell "was at the forum", of which nothing tells where but another sentence."""
    return any(
        noun_of(event) in words("event")
        for over in _and_what_one_is(scene.doc[told.at])
        for prep in over.children
        if prep.lower_ == "at" and prep.dep_ == "prep"
        for child in prep.children
        for event in (child, *child.children)
    )


def is_of_gathering(verb: Token) -> bool:
    """Tell "Leaders meet in Lima on Friday", "ministers gathered", of no pair and no crowd."""
    if verb.lemma_ not in word_set("gathers") or verb.dep_ != "ROOT":
        return False
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS and c.tag_ in PLURALS)
    return any(c.lemma_.lower() in word_set("gathered") for c in subjects)


def _and_what_one_is(verb: Token) -> Iterator[Token]:
    """Yield a verb, and the leader of "is the only leader at the forum", "joins leaders at it".

    So the "expected" of "is expected at the forum".
    """
    yield verb
    if verb.dep_ in AUXILIARIES:
        yield verb.head
    yield from (c for c in verb.children if c.dep_ in {"attr", "acomp", "dobj", "xcomp"})


__all__ = ["has_aim", "has_some_aim", "is_at_event", "is_of_gathering"]
