"""Who meets whom, by the words around the verb of a meeting."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.shifted import shifted_object
from pipeline.stages.visits.meetings.talk_sides import last_two, two_before
from pipeline.stages.visits.tables import VerbRule, word_set


def meeting_sides(reader: ArgumentReader, verb: Token) -> tuple[list[Actor], list[Actor]]:
    """Return the subject's actors, and those of the object, behind "with" or paid a call."""
    subject = reader.scene.subject(verb)
    sides = reader.scene.actors(subject) if subject is not None else []
    others: list[Actor] = []
    for child in verb.subtree:
        if child.dep_ == "dative" and child.head == verb and verb.lemma_ == "pay":
            others += reader.scene.actors(child)  # "paid him a courtesy call"
        if child.dep_ in {"dobj", "obj", "pobj"} and child.i > verb.i:
            above = child.head
            called = above.lower_ == "on" and verb.lemma_ in {"call", "pay"}
            adverbs = word_set("list_adverb") - {"and", "also"}
            later = above.i > 0 and above.nbor(-1).lower_ in adverbs
            beside = above.lower_ == "with" and _is_under(above, verb) and not later
            beside = beside and not _is_of_else(above, verb)
            if above == verb or beside or called:
                others += reader.scene.actors(child)
    others = others or shifted_object(reader, verb)
    if others and not sides:  # "“We met B in Lima”, A said"
        ours = reader.who_are_we(verb, subject)
        sides = [a for a in ours if a.reference.role_kind and not a.reference.plural]
    return sides, others


def is_family(verb: Token) -> bool:
    """Tell "met his wife in Lima", "where she met her husband Luis", which is no trip of state."""
    for met in (c for c in verb.children if c.dep_ in OBJECTS):
        named = {met.lemma_.lower(), *(c.lemma_.lower() for c in met.children if c.i < met.i)}
        own = any(c.dep_ == "poss" and c.lower_ in {"his", "her", "their"} for c in met.children)
        if own and named & word_set("family"):
            return True
    return False


def _is_of_else(prep: Token, verb: Token) -> bool:
    """Tell "held talks, a day after a meeting with A", "on relations with A": A was not there."""
    for node in prep.ancestors:
        if node == verb:
            return False
        if node.lower_ in word_set("of_other_time") and node.dep_ in {"prep", "mark"}:
            return True
        matter = node.dep_ == "pobj" and node.lemma_.lower() in word_set("not_done_together")
        if matter and prep.head == node and node.head.lower_ in word_set("of_a_matter_of_talks"):
            return True
    return False


def _is_under(prep: Token, verb: Token) -> bool:
    """Tell "held a meeting with A", not "met A, and went to Lima for talks with B"."""
    return next((t for t in prep.ancestors if t.pos_ in VERBS), verb) == verb


def those_of_pronoun(reader: ArgumentReader, verb: Token, rule: VerbRule) -> list[Actor]:
    """Return the two leaders told before of "they met in Rome last June", "held talks in Rome"."""
    if rule.id not in word_set("mutual"):
        return []
    subject = reader.scene.subject(verb)
    plain = subject is not None and subject.lower_ in word_set("those_two")
    if not plain or subject is None:
        return []
    return last_two(reader, subject) or two_before(reader, subject)


__all__ = ["is_family", "meeting_sides", "those_of_pronoun"]
