"""Invitations to trips that are told as made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import OFF
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import OBJECTS, PAST, UNDERGONE
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How far from an invitation's day the trip may be that it was for.
_MOST_DAYS = 10


def is_invitation_to(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell how a guest who is there, or whose trip is off, was asked to come.

    "The premier arrived in Lima on Monday. He was invited by …" fires; "has been invited to
    Lima again" and what is told of a trip long made do not.
    """
    if candidate.status != "invited" or candidate.previous:
        return False
    off = trip.statuses & OFF
    over = any(c.status == "completed" for c in trip.candidates)
    made = over and _was_asked(scene.doc[candidate.at])
    under_way = made or any(
        c.status == "ongoing" or c.fact.reason == "arrived" or "inside" in c.notes
        for c in trip.candidates
    )
    day = candidate.when.start or candidate.when.end
    elsewhen = day and not off and not all(near(day, told, _MOST_DAYS) for told in trip.days)
    if elsewhen or not (under_way or off):
        return False
    verb = _inviting(scene.doc[candidate.at])
    if verb is None or verb.tag_ not in PAST:
        return False
    if auxiliaries_of(verb) & words("perfect_now", "perfect_of_many"):
        return _is_asked_by(verb)
    if any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return True  # "made his second visit, as invited by the premier"
    return not {t.lower_ for t in scene.sentence(candidate.at)} & word_set("asked_anew")


def with_acceptance(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Take a guest for one who will come where he is said to have accepted.

    "Extended an invitation to A to visit Lima. A accepted it" fires; "A accepted the draft" does
    not, nor "A has not accepted it".
    """
    return [
        replace(c, fact=replace(c.fact, status="planned"))
        if c.status == "invited" and _is_accepted(scene, c)
        else c
        for c in candidates
    ]


def _is_accepted(scene: Scene, asked: Candidate) -> bool:
    """Tell whether the guest accepts in the rest of the sentence or in the next one.

    Who "left to honour an invitation to attend the oath" has accepted it.
    """
    asked_at = scene.doc[asked.at]
    for node in (asked_at, *asked_at.ancestors):
        taken = node.lemma_ in words("invitation") and node.dep_ in OBJECTS
        if taken and node.head.lemma_ in word_set("honours_invitation"):
            return True
    number = scene.sentence_of[asked.at]
    for sentence in scene.sentences[number : number + 2]:
        for verb in sentence:
            if verb.lemma_ == "accept" and verb.i > asked.at and verb.pos_ == "VERB":
                return tense_of(verb) == "past" and _is_of_guest(scene, verb, asked)
    return False


def _is_of_guest(scene: Scene, verb: Token, asked: Candidate) -> bool:
    """Tell "the minister accepted", "which A accepted", "the invitation was accepted"."""
    if any(c.dep_ in {"neg", "ccomp"} for c in verb.children):
        return False  # "both accepted that trade had slowed"
    taken = [c for c in verb.children if c.dep_ in UNDERGONE]
    if any(c.lower_ not in {"it", "which"} and c.lemma_ not in words("invitation") for c in taken):
        return False
    subject = scene.subject(verb)
    if subject is None or subject in taken or asked.actor is None:
        return bool(taken)
    same = scene.sentence_of[verb.i] == scene.sentence_of[asked.at]
    if same and taken and subject.pos_ == "PRON" and subject.lower_ != "i":
        return True  # "an invitation to visit Lima, which he accepted": none accepts his own
    return any(actor.key == asked.actor.key for actor in scene.actors(subject))


def _is_asked_by(verb: Token) -> bool:
    """Tell "has been invited by the premier", to this trip, from "has been invited to Lima"."""
    done = any(c.dep_ == "nsubjpass" for c in verb.children)
    led = any(c.dep_ == "xcomp" or c.lower_ in {"to", "for", "again"} for c in verb.children)
    return done and not led


def _was_asked(token: Token) -> bool:
    """Tell "was invited to Lima by X", "had invited her", of a trip that is made by then."""
    verb = _inviting(token)
    return verb is not None and bool(auxiliaries_of(verb) & {"was", "were", "had"})


def _asks(verb: Token) -> bool:
    asked = words("invitation")
    return verb.lemma_ in words("invite") or any(c.lemma_ in asked for c in verb.children)


def _inviting(token: Token) -> Token | None:
    """Return the verb of "had invited her to visit Lima", "extended an invitation to visit it"."""
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    if verb is None or verb.tag_ != "VB":
        return verb
    above = [t for t in token.ancestors if t.pos_ == "VERB"]
    return next((t for t in above if _asks(t)), above[0] if above else verb)


__all__ = ["is_invitation_to", "with_acceptance"]
