"""Trips told as a habit: "often visits Lima", "every president visits Lima once"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.iso_lengths import DAY
from pipeline.labels import PRESENT, VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How far above a verb what it is called may stand, in steps of the parse.
_CUSTOM_REACH = 4
_EACH = frozenset({"every", "each"})
_ADVERBIAL = frozenset({"advmod", "npadvmod", "prep", "advcl", "nsubj", "acomp"})


def is_habit(scene: Scene, candidate: Candidate) -> bool:
    """Tell "often visits Lima", "travelled there every year", "by tradition premiers visit Lima".

    "Every minister flew to Lima on Monday", "a feast is held every July to mark X's visit to Lima
    in 1959" do not fire.
    """
    token = scene.doc[candidate.at]
    verb = token if token.pos_ in VERBS else governing_verb(token)
    start = candidate.when.start
    named = candidate.actor is not None and bool(candidate.actor.reference.name)
    if verb is not None and not named and len(start or "") < DAY and _is_custom(verb):
        return True
    if verb is None or (start and (verb != token or len(start) == DAY)):
        return False
    verbs = _with_aim(verb) if verb == token else iter((verb,))
    return any(_tells_habit(node, named=named) for node in verbs)


def _is_custom(verb: Token) -> bool:
    """Tell "the custom of premiers visiting Lima", "the tenth year in a row for one to do so".

    "The premier visited Lima for the third year in a row", "by custom wore white" do not fire.
    """
    above = (verb, *verb.ancestors)[:_CUSTOM_REACH]
    if any(t.pos_ == "NOUN" and t.lemma_.lower() in word_set("custom") for t in above):
        return True
    told = (c for t in above[:2] for c in t.children if c.dep_ in {"attr", "acomp"})
    if any(c.lemma_.lower() in word_set("custom", "habitual") for c in told):
        return True
    years = (t for t in above[1:3] if t.lemma_ == "year" and t.dep_ == "attr")
    return any(c.lower_ in word_set("in_unbroken_run") for year in years for c in year.subtree)


def _with_aim(verb: Token) -> Iterator[Token]:
    """Yield a verb and the one whose aim it is: "rarely leaves home to visit Lima"."""
    yield verb
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "advcl", "ccomp"}:
        yield verb.head


def _tells_habit(verb: Token, *, named: bool) -> bool:
    """Tell a verb of what is done again and again."""
    for child in verb.children:
        if child.dep_ not in _ADVERBIAL:
            continue
        if child.dep_ == "advmod" and child.lower_ in word_set("habitually"):
            return True
        told = {c.lower_ for c in child.children}
        each = told & _EACH and not told & word_set("previous")  # "once each last year"
        if each and child.lower_ in word_set("habit_time") and child.dep_ != "nsubj":
            return True
        if child.dep_ == "advcl" and any(c.lower_ == "whenever" for c in child.children):
            return True
        if child.dep_ == "acomp" and child.lower_ in word_set("habitual"):
            return True  # "it is customary for premiers to visit Lima"
        if child.dep_ == "prep" and verb.doc[child.i : child.i + 3].text.lower().startswith(
            tuple(word_set("by_habit"))
        ):
            return True
        if child.dep_ == "nsubj" and not named and verb.tag_ in PRESENT:
            opens = verb.doc[child.left_edge.i].lower_
            if opens in word_set("of_all") or opens in word_set("habitually"):
                return True
    return False


__all__ = ["is_habit"]
