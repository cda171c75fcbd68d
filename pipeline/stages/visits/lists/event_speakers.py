"""Who speaks at the event of which an article tells: "A will deliver the keynote speech".

"The forum will be held in Lima on 4 May, with A scheduled to give a special address." Where he
speaks is told by nothing but the report, so what he does must be said of events alone: the
keynote, an opening address, to headline a plenary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.lists.rolls import may_represent
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set

_RULE = "speaks_at_event"
#: How far up from a verb of speaking the one may be told who does: "set to be asked to speak".
_STEPS = 3


def event_speakers(reader: ArgumentReader) -> Iterator[Candidate]:
    """Yield the trips of those abroad who speak at the event told of, of whom no trip was read.

    "The forum opens in Lima today. A of Chile will deliver the keynote speech" fires; "A of Chile
    will deliver a speech", who may do so at home, does not.
    """
    scene = reader.scene
    told = {c.actor.key for c in reader.told if c.actor and c.destination and c.status is not None}
    for sentence in scene.sentences:
        if sentence.start_char < scene.article.body_start:
            continue
        if word_set("speech_at_event", "speaks_up").isdisjoint(scene.forms(sentence.start)):
            continue
        if words_of_distance(sentence):
            continue
        for verb in _speaking(sentence):
            guests = [a for a in _speakers(reader, verb) if a.key not in told]
            for made in _trips(reader, verb, guests):
                told.add(made.actor.key if made.actor is not None else "")
                yield made


def _trips(reader: ArgumentReader, verb: Token, guests: Sequence[Actor]) -> Iterator[Candidate]:
    """Yield the trips of speakers to the event of which the report tells, none of those at home."""
    lands = {guest.country for guest in guests if guest.country}
    fact = fact_of_verb(verb)
    if not lands or fact.status is None:
        return
    event, spot = event_scene(
        reader, verb, own_place=True, of_report=True, but=lands if len(lands) == 1 else ()
    )
    if event is None or spot is None:
        return
    for guest in guests:
        if guest.country not in {None, spot.country} and may_represent(guest):
            yield reader.make(
                guest_rules()[_RULE],
                verb,
                actor=guest,
                spot=spot,
                fact=fact,
                phase="whole",
                anchors=[event],
                notes=("event",),
            )


def _speaking(sentence: Span) -> Iterator[Token]:
    """Yield the verbs by which somebody speaks as one does at events alone."""
    return (verb for verb in sentence if verb.pos_ in {"VERB", "AUX"} and _is_speaking(verb))


def _is_speaking(verb: Token) -> bool:
    """Tell "gives the keynote", "headlines the plenary", "speaks on a panel", "is the speaker"."""
    held = [c for c in verb.children if c.dep_ in OBJECTS or c.dep_ == "dative"]
    if verb.lemma_ in word_set("<gives>") and any(map(_is_speech_of_event, held)):
        return True
    if verb.lemma_ in word_set("leads_sitting") and any(map(_is_sitting, held)):
        return True
    if verb.lemma_ in word_set("speaks_up"):
        return any(map(_is_sitting, prep_objects(verb, "at", "on", "in")))
    told = (c for c in verb.children if c.dep_ == "attr" and c.lemma_ == "speaker")
    return verb.lemma_ == "be" and any(map(_is_of_event, told))


def _is_speech_of_event(noun: Token) -> bool:
    """Tell "the keynote", "a special address", "an address" from "a speech", "an address to us"."""
    lemma = noun.lemma_.lower()
    if lemma not in word_set("speech_noun"):
        return False
    bare = lemma == "address" and not any(c.dep_ == "prep" for c in noun.children)
    return bare or lemma == "keynote" or _is_of_event(noun)


def _is_of_event(noun: Token) -> bool:
    """Tell the "keynote", "opening" of a speech, of a speaker."""
    return any(c.i < noun.i and c.lower_ in word_set("speech_at_event") for c in noun.children)


def _is_sitting(noun: Token) -> bool:
    """Tell "a plenary session", "the first panel" from "the session of his cabinet"."""
    part = noun.lemma_.lower() in word_set("sitting_of_event")
    return part and not any(c.dep_ == "poss" or c.lower_ == "of" for c in noun.children)


def _speakers(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return those who speak: its subject, or that of "A is set to give", "A scheduled to give"."""
    node = verb
    for _ in range(_STEPS):
        subject = reader.scene.subject(node)
        if subject is not None:
            return reader.scene.actors(subject)
        if node.dep_ == "acl":
            return reader.scene.actors(node.head)
        if node.dep_ not in {"xcomp", "advcl"}:
            return []
        node = node.head
    return []


__all__ = ["event_speakers"]
