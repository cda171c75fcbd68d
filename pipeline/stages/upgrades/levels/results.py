"""Statuses told by what has come of a change: "are now observers", "lost its status"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.denials import is_negated
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of
from pipeline.stages.upgrades.tables import words

_BEST = frozenset({"JJS", "RBS"})


def is_newly_called(level: Span | None, verb: Token) -> bool:
    """Tell "are now observers" from "the observers are now a model", "are now no observers"."""
    if level is None or level.root.dep_ != "attr" or level.root.head != verb:
        return False
    before = [t for t in level.root.subtree if t.i < level.end]
    return not is_negated(verb) and all(t.tag_ not in _BEST and t.lower_ != "no" for t in before)


def is_proclaimed(verb: Token) -> bool:
    """Tell what two make of themselves by saying so: "Peru and Chad declared that they were …".

    Those who declare it are its subject too. Not "their ministers said that they were partners".
    """
    over = verb.head
    subjects = [next((c for c in v.children if c.dep_ == "nsubj"), None) for v in (verb, over)]
    told, declares = subjects
    if verb.dep_ != "ccomp" or over.lemma_.lower() not in words("proclaims"):
        return False
    if told is None or declares is None or is_negated(verb) or is_negated(over):
        return False
    own = told.lower_ == "they" or any(c.lower_ in {"their", "both", "two"} for c in told.children)
    many = declares.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in declares.children)
    return own and many and told.i > declares.i


def is_status_lost(level: Span | None, verb: Token) -> bool:
    """Tell "lost its observer status", "its status of an ally", from "lost a strategic partner"."""
    lost = (c for c in verb.children if c.dep_ in OBJECTS)
    nouns = [noun for noun in lost if noun.lemma_.lower() in words("statuses")]
    if level is None or not nouns:
        return False
    prep = level.root.head  # "lost its status as an observer", whose "as" hangs on either
    as_what = prep.lower_ == "as" and prep.head == verb
    return as_what or any(level.root in noun.subtree for noun in nouns)


def is_what_follows(level: Span | None, verb: Token) -> bool:
    """Tell "a partnership followed in 2009", "was followed by a partnership in 2009".

    Also "ties came in 1992". Not "a visit followed the partnership", "the
    partnership was followed by a visit", nor "ties came under strain in 2010".
    """
    told = (c for c in verb.children if c.dep_ in {"prep", "prt", "advmod", "xcomp", "acomp"})
    if verb.lemma_ == "come" and any(c.lower_ not in words("comes_when") for c in told):
        return False
    if level is None or any(c.dep_ == "dobj" for c in verb.children):
        return False
    passive = verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)
    return level.root in agents_of(verb) if passive else level.start < verb.i


__all__ = ["is_newly_called", "is_proclaimed", "is_status_lost", "is_what_follows"]
