"""Trips that were planned and are not made: "did not fly to Lima as planned"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.neighbours import word_behind

#: By what a trip may be told to be off that was set for it: "not on the planned date".
_DATES = frozenset({"date", "dates", "day", "days"})


def is_against_plan(verb: Token) -> bool:
    """Tell "will not fly to Lima as planned", "on the planned date", "is not coming after all".

    So "did not fly to Lima as planned", "would now not fly to Lima". "Did not speak in Lima as
    planned", "did not fly as planned but a day later", "will now not only fly" leave a trip.

    "Will not fly to Lima next week" tells that he was to: nobody is told when he will not travel
    where he was not to go. "Will not fly to Lima before next week" leaves the trip.
    """
    would = "would" in auxiliaries_of(verb)
    ahead = would or tense_of(verb) == "future"
    if ahead and any(c.lower_ == "now" and c.dep_ == "advmod" for c in verb.children):
        return not _adds_to_plan(verb)
    if ahead and not would and _names_time(verb):
        return True
    if not would and tense_of(verb) == "past" and not _leaves_trip_undone(verb):
        return False
    if not would and tense_of(verb) not in {"future", "progressive", "past"}:
        return False
    end = verb.right_edge.i + 1
    for token in verb.doc[verb.i + 1 : end]:
        behind = {t.lower_ for t in verb.doc[token.i + 1 : min(token.i + 4, end)]}
        dated = token.lower_ == "on" and bool(behind & _DATES)
        if (token.lower_ == "as" or dated) and behind & words("foreseen"):
            return True
        if token.lower_ == "after" and word_behind(token) == "all":
            return True
    return False


def _names_time(verb: Token) -> bool:
    """Tell "will not travel to Lima later this month", of one going."""
    if verb.lemma_ not in words("goes_abroad") or any(c.dep_ == "conj" for c in verb.children):
        return False
    behind = [t for t in verb.subtree if t.i > verb.i]
    if _adds_to_plan(verb) or any(t.lower_ in words("puts_bound") for t in behind):
        return False
    if any(t.lower_ in words("if_or_unless") for t in verb.subtree):
        return False
    return any(
        t.lower_ in words("span_ahead") and t.nbor().lemma_ in words("span_of_days")
        for t in behind
        if t.i + 1 < len(verb.doc)
    )


def _leaves_trip_undone(verb: Token) -> bool:
    """Tell "did not go to Lima as planned" from what may be late, or another deed there.

    Of "did not go at once as planned", "did not visit the shrine as planned", "the trip did not go
    as planned" nothing says that no trip was made.
    """
    if verb.lemma_ not in words("goes_as_planned"):
        return False
    for child in verb.children:
        if child.dep_ in {"cc", "conj"} or child.lower_ in words("at_once"):
            return False
        if child.dep_ == "dobj" and child.pos_ != "PROPN" and verb.lemma_ == "visit":
            return False
        if child.dep_ == "nsubj" and child.lemma_ in words("trip_noun"):
            return False
    return True


def _adds_to_plan(verb: Token) -> bool:
    """Tell "will now not only fly to Lima", of which nothing is denied."""
    before = verb.doc[verb.sent.start : verb.i]
    return any(t.lower_ in words("not_only") and t.nbor(-1).lower_ == "not" for t in before[1:])


__all__ = ["is_against_plan"]
