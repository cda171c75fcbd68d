"""What the verb makes of the trip that is its object: "discussed a visit", "awaits the visit"."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.determiners import is_bare, is_some
from pipeline.discourse.facts import Fact
from pipeline.discourse.tables import PACKAGE, words
from pipeline.discourse.trip_predicates import FACTS, TripStatus
from pipeline.discourse.verb_forms import tense_of
from pipeline.headings import is_passive_of_headline
from pipeline.labels import UNDERGONE
from pipeline.lexicon import Rule, load_table

#: How the "up" of "moved up the visit" and the "forward" of "brought it forward" hang on the verb.
_PARTICLES = frozenset({"prt", "advmod"})


class TripGovernor(Rule):
    """Verbs of one meaning over a trip."""

    status: TripStatus
    some: bool
    verbs: tuple[str, ...]
    #: Whether the verb's past tense tells it too: crowds that "awaited his arrival" have seen it.
    past: bool = True


@lru_cache(maxsize=1)
def trip_governors() -> tuple[TripGovernor, ...]:
    """Return the rows of `trip_governors.toml`."""
    return load_table(PACKAGE, "trip_governors.toml", TripGovernor)


@lru_cache(maxsize=1)
def _by_verb() -> dict[str, TripGovernor]:
    return {verb: row for row in trip_governors() for verb in row.verbs}


def fact_of_governed(noun: Token, verb: Token) -> Fact | None:
    """Return what a verb makes of a trip that is its object.

    "Discussed a visit" makes none, "awaits the visit" a plan; "discussed the visit", "discussed a
    recent visit" and "did not discuss a visit" tell nothing.
    """
    row = _by_verb().get(_told(noun, verb))
    if row is None or is_negated(verb) or not (row.past or tense_of(verb) != "past"):
        return None
    if any(c.dep_ == "relcl" and tense_of(c) == "past" for c in noun.children):
        return None  # "discussed a visit that A had made in March"
    if any(child.lower_ in words("past") for child in noun.children):
        return None
    return FACTS[row.status] if not row.some or is_some(noun) or is_bare(noun) else None


def _told(noun: Token, verb: Token) -> str:
    """Return "hope for" of "hopes for a visit", "look forward to", "seek" of "sought a visit".

    And "approve" of the line "Visit to Lima approved".
    """
    lemma = verb.lemma_.lower()
    first = noun
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head  # "prohibits the sale of arms and visits by officials"
    undergone = first.dep_ in UNDERGONE or is_passive_of_headline(verb)
    if undergone and first.head == verb:
        particles = (f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in _PARTICLES)
        return next((told for told in particles if told in _by_verb()), lemma)
    if noun.dep_ != "pobj" or noun.head.i <= verb.i:
        return ""
    between = [token.lower_ for token in verb.doc[verb.i + 1 : noun.head.i + 1]]
    return " ".join([lemma, *between]) if len(between) <= 2 else ""


__all__ = ["TripGovernor", "fact_of_governed", "trip_governors"]
