"""What is said of a trip behind "is": "is on the cards", "is off", "is over"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.determiners import is_some
from pipeline.discourse.facts import DENIED, WISHED, Fact
from pipeline.discourse.tables import PACKAGE, words
from pipeline.discourse.verb_forms import tense_of
from pipeline.headings import is_bare_line
from pipeline.labels import AUXILIARIES, SUBJECTS, TIMES
from pipeline.lexicon import Rule, load_table

#: What may follow such a phrase: it ends the clause, or a time or a reason comes.
_ENDS = frozenset({"PUNCT", "ADP", "SCONJ", "CCONJ", "ADV", "SPACE", "AUX"})

#: Within how many tokens before "being" stands "the latest" of what was made.
_LATEST_REACH = 8

TripStatus = Literal[
    "planned", "invited", "postponed", "cancelled", "completed", "ongoing", "none", "denied"
]
#: What the rows tell, by the status that they name.
FACTS: Mapping[TripStatus, Fact] = {
    "invited": Fact("invited"),
    "planned": Fact("planned"),
    "postponed": Fact("postponed"),
    "cancelled": Fact("cancelled"),
    "completed": Fact("completed"),
    "ongoing": Fact("ongoing", weak=True),
    "none": Fact(None, reason=WISHED),
    "denied": Fact(None, reason=DENIED),
}


class TripPredicate(Rule):
    """Phrases behind "is", with a trip as its subject, of one meaning."""

    status: TripStatus
    phrases: tuple[str, ...]
    #: What the phrase tells behind "is not".
    denied: TripStatus = "denied"
    #: Whether "was" tells it of "the visit" too: one that "was overdue" has been made at last.
    past: bool = True


@lru_cache(maxsize=1)
def trip_predicates() -> tuple[TripPredicate, ...]:
    """Return the rows of `trip_predicates.toml`."""
    return load_table(PACKAGE, "trip_predicates.toml", TripPredicate)


@lru_cache(maxsize=1)
def _by_phrase() -> dict[tuple[str, ...], TripPredicate]:
    return {tuple(p.split()): row for row in trip_predicates() for p in row.phrases}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(phrase) for phrase in _by_phrase())


def fact_of_predicate(noun: Token, verb: Token) -> Fact | None:
    """Return what the phrase behind "is" makes of the trip that is its subject.

    "The visit is on the cards" is a plan, "is out of the question" none, "is over" made; "is a
    chance for trade", "is over trade" tell nothing, and "is not on the cards" is no plan.
    """
    if _is_latest_of(noun, verb):
        return FACTS["completed"]
    if noun.head != verb or noun.dep_ not in SUBJECTS or verb.i <= noun.i:
        return None  # "in Lima is the visit"
    auxiliaries = {c.lemma_.lower() for c in verb.children if c.dep_ in AUXILIARIES}
    goes_on = verb.tag_ in {"VBG", "VBN"} and "be" in auxiliaries  # "is going ahead"
    if verb.lemma_ not in words("is_so") and not goes_on:
        return None
    being = [c.i for c in verb.children if c.lower_ == "being"]
    row = _row_from(verb.doc, min(being, default=verb.i) if goes_on else verb.i + 1)
    if row is None or (tense_of(verb) == "past" and _is_known(noun, row)):
        return None
    unfinished = row.status == "completed" and "will" in auxiliaries
    return FACTS[row.denied if unfinished or is_negated(verb) else row.status]


def _is_latest_of(noun: Token, verb: Token) -> bool:
    """Tell "have kept in touch, with the latest on their side being A's visits to Lima"."""
    if verb.lower_ != "being" or noun.dep_ != "attr" or noun.head != verb:
        return False
    before = noun.doc[max(noun.sent.start, verb.i - _LATEST_REACH) : verb.i]
    return any(t.lower_ in words("latest_of_exchanges") for t in before)


def fact_of_bare_predicate(noun: Token) -> Fact | None:
    """Return what a line without a verb says of its trip: "Ruto's visit to Lima on hold"."""
    if noun.dep_ != "ROOT" or not is_bare_line(noun.sent):
        return None
    said = (_row_from(noun.doc, c.left_edge.i) for c in noun.children if c.i > noun.i)
    row = next((row for row in said if row is not None), None)
    return FACTS[row.status] if row is not None else None


def _is_known(noun: Token, row: TripPredicate) -> bool:
    """Tell "the visit", "the visit, which ended on Tuesday," as what was said of one made."""
    over = words("finish", "begin")
    told = (c for c in noun.subtree if c.dep_ == "relcl" and c.lemma_ in over)
    return any(tense_of(c) == "past" for c in told) or not (row.past or is_some(noun))


def _row_from(doc: Doc, at: int) -> TripPredicate | None:
    """Return the row of the longest phrase from a token on, if the clause may end there."""
    told = _by_phrase()
    while at < len(doc):
        for length in range(min(_longest(), len(doc) - at), 0, -1):
            row = told.get(tuple(token.lower_ for token in doc[at : at + length]))
            if row is not None and _ends(doc[at + length - 1], doc[at + length : at + length + 1]):
                return row
        if doc[at].pos_ not in {"ADV", "PART"} and doc[at].text not in words("quote_mark"):
            return None
        at += 1
    return None


def _ends(last: Token, behind: Span) -> bool:
    """Tell "is on, he said", "is off because of it" from "is off to a good start", "is on Monday".

    Args:
        last: the last token of a phrase.
        behind: the token behind it, if there is one.
    """
    return all(
        (t.ent_type_ in TIMES and last != t.head and t not in last.ancestors)
        or (t.pos_ in _ENDS and t.lower_ not in words("goes_on_with"))
        for t in behind
    )


__all__ = [
    "FACTS",
    "TripPredicate",
    "TripStatus",
    "fact_of_bare_predicate",
    "fact_of_predicate",
    "trip_predicates",
]
