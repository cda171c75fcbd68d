"""The town in which the clause of a trip without a place has its event, or its aim."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

_WHERE = frozenset({"in", "at"})
#: What parts the words of a clause from its verb: a clause of its own.
_CLAUSES = frozenset({"relcl", "ccomp", "acl", "conj"})


def told_site(scene: Scene, candidate: Candidate) -> Spot | None:
    """Return Lima of "arrives to chair a meeting at the palace in Lima", of whichever country.

    Not of "arrives for talks on a fire in Lima", "arrives after she met A in Lima", "arrives
    following a stop in Lima", "arrives to seek aid for a school in Lima".
    """
    trigger = scene.doc[candidate.at]
    held = trigger.pos_ != "VERB" and "event" in candidate.notes  # "with the participation of X"
    verb = governing_verb(trigger) if held else trigger
    if verb is None or verb.pos_ != "VERB":
        return None
    for prep in sorted(verb.subtree, key=lambda token: token.i):
        if prep.lower_ not in _WHERE or prep.i < verb.i or not _is_of_clause(prep, verb):
            continue
        spot = next(iter(scene.spots(prep.i + 1)), None)
        if spot is not None and spot.is_town and not scene.is_of_matter(prep.i + 1):
            return spot
    return None


def _is_of_clause(prep: Token, verb: Token) -> bool:
    """Tell the "in" of what a verb leads to, through "at", "for", "during" and aims alone."""
    for node in takewhile(lambda token: token != verb, prep.ancestors):
        if node.dep_ in _CLAUSES or any(c.dep_ == "mark" for c in node.children):
            return False
        if node.pos_ == "ADP" and node.lower_ not in word_set("to_event"):
            return False
        if node.lower_ == "following" and node.head == verb and not _leads_on(verb, node):
            return False
        if node.pos_ == "VERB" and node.lemma_ in words("speech") | word_set("of_a_matter"):
            return False
        if node.lower_ in {"for", "with"} and node.head != verb:
            return False
    return True


def _leads_on(verb: Token, following: Token) -> bool:
    """Tell "arrives at a briefing following their talks in Lima", both of them there."""
    between = (c.lower_ for c in verb.children if verb.i < c.i < following.i)
    return not word_set("to_event").isdisjoint(between)


__all__ = ["told_site"]
