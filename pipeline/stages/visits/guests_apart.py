"""Guests of whom a sentence tells something else than that they are at an event."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.tables import words
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.gatherings import is_event
from pipeline.stages.visits.tables import word_set

_OBJECTS = frozenset({"dobj", "obj"})


def is_apart(reader: ArgumentReader, guests: Token) -> bool:
    """Tell guests who are only met, spoken for, or speak of an event or a place from afar.

    "will meet leaders, including A", "the plan of leaders, including A", "leaders, including A,
    condemned the raid in Rome", "praised the talks in Rome" fire.
    """
    if guests.lower_ == "they":
        return not _have_come(reader, guests)
    return _are_only_met(guests) or _only_own(guests) or _judge(reader, guests)


def _have_come(reader: ArgumentReader, they: Token) -> bool:
    """Tell "Leaders met in Lima. They include A" from "Ministers were fined. They include A"."""
    before = reader.scene.beside(reader.scene.sentence_of[they.i], step=-1)
    there = word_set("<gathers>", "attends", "tells_presence")
    for verb in before or ():
        if verb.pos_ != "VERB" or verb.lemma_ not in there:
            continue
        for subject in verb.children:
            several = subject.dep_ == "nsubj" and subject.tag_ in {"NNS", "NNPS"}
            if several and subject.lemma_.lower() in word_set("of_guests", "gathered"):
                return True
    return False


def _are_only_met(guests: Token) -> bool:
    """Tell "will meet European leaders, including A": at home, as it may be, not on a trip."""
    above = guests.head
    if any(c.lower_ == "visiting" for c in guests.children):
        return False
    if guests.dep_ in _OBJECTS:
        return above.lemma_ in word_set("meets_guests")
    talks = above.head.lemma_ in word_set("met_at") or above.head.lemma_ in word_set("confers")
    return guests.dep_ == "pobj" and above.lower_ == "with" and talks


def _only_own(guests: Token) -> bool:
    """Tell "the plan of leaders, including A", not "the meeting of leaders", "a host of them"."""
    owned = guests.head.head if guests.dep_ == "pobj" and guests.head.lower_ == "of" else None
    if owned is None or owned.pos_ != "NOUN":
        return False
    lemma = owned.lemma_.lower()
    met = is_event(owned) or lemma in word_set("met_at") | words("quantity_of")
    return not (met or lemma in word_set("tells_presence", "attendance"))


def _judge(reader: ArgumentReader, guests: Token) -> bool:
    """Tell "leaders, including A, condemned the raid in Rome", "praised the talks in Rome"."""
    verb = governing_verb(guests)
    if verb is None or guests.dep_ not in {"nsubj", "nsubjpass"} or guests.head != verb:
        return False
    for thing in (c for c in verb.children if c.dep_ in _OBJECTS):
        lies = any(c.lower_ in {"in", "at"} and reader.scene.spots(c.i + 1) for c in thing.children)
        if lies and (is_event(thing) or not reader.scene.at(thing.i)):
            return verb.lemma_ not in word_set("attends", "tells_presence")
    return False


__all__ = ["is_apart"]
