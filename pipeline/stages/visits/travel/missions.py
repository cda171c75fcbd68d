"""Missions that are a trip of one who leads, not a troop or an office abroad."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.nouns.trip_topics import is_topic
from pipeline.stages.visits.tables import word_set

#: Prepositions before the mission that somebody has behind him ("is home after a mission to Togo").
_BEHIND = frozenset({"after", "following", "from"})


def is_mission_of_one(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "is on a peace mission to Togo", "X's mission to Togo", "undertook a mission to Togo".

    Not "a police mission to Togo", "Peru's mission to Togo", "met doctors on a mission to Togo",
    "voted on the mission".
    """
    if any(c.lower_ in word_set("mission_of_many") for c in noun.children if c.i < noun.i):
        return False
    if _is_of_others(noun):
        return False
    if is_topic(noun):
        return False
    if noun.dep_ == "pobj":
        on = noun.head.lower_ == "on" or (noun.head.lower_ in _BEHIND and not _is_of_party(noun))
        return noun.tag_ == "NN" and on and _goes_on(reader, noun.head.head)
    if any(_is_owner(child) for child in noun.children):
        return True
    made = noun.dep_ == "dobj" and noun.head.lemma_ in word_set("makes_mission")
    return made and _has_actor(reader, noun.head)


def is_party_of_one(noun: Token) -> bool:
    """Tell "X's delegation to Togo", "the entourage of X to Togo", which X leads there.

    Not "Peru's delegation to Togo", "met X's delegation in Togo", nor what X may only send: "X's
    delegation to talks in Togo", "is led by Y", "Y was dropped from" it.
    """
    if noun.lemma_.lower() not in word_set("party_of_one") or _is_led_by_other(noun):
        return False
    ways = (c for c in (*noun.children, *noun.head.children) if c.lower_ == "to" and c.i > noun.i)
    led_on = any(goal.pos_ == "PROPN" for way in ways for goal in way.children)
    of = prep_objects(noun, "of")
    owners = [*(c for c in noun.children if c.dep_ == "poss"), *of]
    return led_on and any(owner.ent_type_ == "PERSON" for owner in owners)


def _is_led_by_other(noun: Token) -> bool:
    """Tell the delegation of "was led by Y", "led by Y", and that which Y was dropped from."""
    if noun.dep_ == "pobj" and noun.head.lower_ in word_set("out_of_party"):
        return True
    led = [c for c in noun.children if c.dep_ in ADNOMINAL]
    led += [noun.head] if noun.dep_ == "nsubjpass" else []
    return any(verb.lemma_ in word_set("leads_for_one") for verb in led)


def _is_of_others(noun: Token) -> bool:
    """Tell "a mission to Togo of 1,000 police", "led by General X", "with 1,000 officers"."""
    if any(c.dep_ == "acl" and c.lemma_ in word_set("mission_made_up") for c in noun.children):
        return True
    preps = [*noun.subtree, *(c for c in noun.head.children if c.i > noun.i)]
    return any(
        below.lemma_.lower() in word_set("mission_manned_by")
        for prep in preps
        if prep.lower_ in {"of", "with"}
        for below in prep.children
    )


def _is_of_party(noun: Token) -> bool:
    """Tell "after a UN mission to Togo", which others were on."""
    return any(c.ent_type_ in {"ORG", "NORP", "GPE"} for c in noun.children if c.i < noun.i)


def _goes_on(reader: ArgumentReader, above: Token) -> bool:
    """Tell whether one in office is "on" a mission: not "doctors on", "told those leaving on"."""
    if above.pos_ not in VERBS:
        return bool(reader.scene.actors(above))
    objects = [c for c in above.children if c.dep_ == "dobj" and c.ent_type_ in {"", "PERSON"}]
    if objects and above.lemma_ not in word_set("heads_mission"):
        return False
    return _has_actor(reader, above)


def _has_actor(reader: ArgumentReader, verb: Token) -> bool:
    subject = reader.scene.subject(verb)
    return subject is not None and bool(reader.scene.actors(subject))


def _is_owner(child: Token) -> bool:
    """Tell who has a mission: "X's", "his", "by X"."""
    if child.dep_ == "poss":
        return child.lower_ in {"his", "her"} or child.ent_type_ == "PERSON"
    return child.lower_ == "by" and any(c.ent_type_ == "PERSON" for c in child.children)


__all__ = ["is_mission_of_one", "is_party_of_one"]
