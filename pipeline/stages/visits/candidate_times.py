"""When what a trigger tells is or was, as the words beside it have it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile

from spacy.tokens import Token

from pipeline.discourse.factuality import WILL
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.labels import FINITE, UNDERGONE
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set


def in_month_of_arrival(reader: ArgumentReader, verb: Token, made: Candidate) -> Candidate:
    """Date "arrived in Lima on 3 May after visiting Quito": the stop before by the month."""
    behind = verb.tag_ == "VBG" and verb.dep_ == "pcomp"
    above = verb.head.head
    before = behind and verb.head.lower_ in words("after_which")
    if not before or above.lemma_ not in word_set("comes_next"):
        return made
    if made.when or made.status != "completed":
        return made
    when = reader.clock.when([above], phase="whole")
    month = (when.start or when.end or "")[:7]
    return replace(made, when=When(month, month)) if len(month) == MONTH else made


def without_day_of_offer(verb: Token, made: Candidate) -> Candidate:
    """Take "conveyed an invitation to visit Lima in 2025" for no visit of 2025 by who conveys it.

    "Conveyed a letter on Monday" keeps its day.
    """
    offers = (c for c in verb.children if c.dep_ in UNDERGONE)
    offered = any(c.lemma_ in words("invitation") for c in offers)
    conveyed = offered and made.rule in word_set("given_by_guest")
    return replace(made, when=When(), day=None) if conveyed else made


def is_to_come(reader: ArgumentReader, at: int) -> bool:
    """Tell "is going to China later this month", "pays a visit next week".

    Not "is in China ahead of next week's vote", "to prepare next month's summit".
    """
    doc = reader.scene.doc
    sentence = reader.scene.sentence(at)
    first, last = max(sentence.start, at - 8), min(sentence.end - 1, at + 14)
    before_trip = words("before_trip")
    for token, following in pairwise(doc[first : last + 1] if first < last else ()):
        if token.i > at and (token.lower_ in before_trip or _leads_on(token)):
            return False
        pair = (token.lower_, following.lower_)
        if pair[0] == "tomorrow" or pair == ("later", "this"):
            return True
        if pair[0] == "next" and pair[1] in WEEKDAYS | words("span_to_come"):
            return True
    return False


def is_told_ahead(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell "X will travel to Lima. X is attending a summit there", which is yet to come.

    Not "X will travel to Lima in June. X is attending a summit there this week".
    """
    if candidate.actor is None or candidate.when or "event" not in candidate.notes:
        return False
    number = reader.scene.sentence_of[candidate.at]
    sentence_of = reader.scene.sentence_of
    near = takewhile(lambda told: number - sentence_of[told.at] <= 1, reversed(reader.told))
    return any(
        sentence_of[told.at] == number - 1
        and told.is_of(candidate.actor)
        and told.destination == candidate.destination
        and told.fact.reason == WILL
        for told in near
    )


def _leads_on(token: Token) -> bool:
    """Tell the words by which what one will do there, or another clause, begins."""
    aim = token.tag_ == "VB" and token.i > 0 and token.nbor(-1).lower_ == "to"
    return aim or token.tag_ in FINITE


__all__ = ["in_month_of_arrival", "is_to_come", "is_told_ahead", "without_day_of_offer"]
