"""What is told of somebody's life, and of no trip: years in exile, a sailor's youth, a sickbed."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set


def is_of_life(verb: Token, candidate: Candidate) -> bool:
    """Tell "spent years in Peru", "came from exile in Peru", "as a boy he sailed to Peru".

    So "was treated at a clinic in Peru", "once stayed in Peru". "Spent two days in Peru", "flew to
    Peru from exile", "as premier he sailed to Peru", "treated his guests in Peru to a feast" do
    not fire.
    """
    if verb.pos_ not in VERBS:
        return False
    if _is_young(verb) or _is_cared_for(verb):
        return True
    return _lives_there(verb, candidate) or _is_exiled(verb, candidate)


def _lives_there(verb: Token, candidate: Candidate) -> bool:
    if verb.lemma_ in word_set("stays_for_long") and not candidate.when:
        return any(child.lower_ == "once" and child.i < verb.i for child in verb.children)
    spent = (c for c in verb.children if c.dep_ in OBJECTS and verb.lemma_ == "spend")
    return any(child.lemma_.lower() in word_set("part_of_life") for child in spent)


def _is_exiled(verb: Token, candidate: Candidate) -> bool:
    """Tell "in exile in Peru", "from exile in Peru", told between the verb and the place."""
    if candidate.spot is None:
        return False
    return any(token.lower_ == "exile" for token in verb.doc[verb.i + 1 : candidate.spot.start])


def _is_young(verb: Token) -> bool:
    """Tell "as a child", "as a young man" of whoever does it."""
    called = prep_objects(verb, "as")
    young = (c for word in called for c in word.children if c.lower_ == "young")
    return any(young) or any(word.lower_ in word_set("too_young") for word in called)


def _is_cared_for(verb: Token) -> bool:
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    return passive and verb.lemma_.lower() in word_set("cared_for")


__all__ = ["is_of_life"]
