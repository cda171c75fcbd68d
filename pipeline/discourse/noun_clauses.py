"""What a clause behind a trip's noun tells: "the visit, which was put off"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.facts import Fact
from pipeline.discourse.outcome import is_of_other, is_overtaken
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import clauses_of, is_set_in
from pipeline.discourse.verb_forms import tense_of, was_once


def fact_of_clause(noun: Token, verb: Token | None, by_verb: Fact) -> Fact | None:
    """Return what the first clause that says so makes of "the visit planned for May".

    Args:
        by_verb: what the verb over the noun tells.
    """
    for clause in clauses_of(noun):
        if was_once(clause) or is_set_in(clause) or is_of_other(clause):
            continue
        is_off = clause.lemma_ in words("postpone") | words("cancel")
        if is_off and is_overtaken(noun, verb, clause):
            continue
        if clause.lemma_ in words("plan"):
            return Fact("planned")
        if clause.lemma_ in words("postpone"):
            return Fact("postponed")
        if clause.lemma_ in words("cancel"):
            return Fact("cancelled")
        begun = clause.lemma_ in words("opens_trip") and tense_of(clause) == "past"
        if begun and by_verb.status == "planned":
            return Fact("ongoing", weak=True)  # "the visit, which began on Monday, will include"
    return None


__all__ = ["fact_of_clause"]
