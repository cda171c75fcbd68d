"""Sentences on an event of former years: "Only the 2021 summit in Rome drew fewer leaders"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, PRESENT

_YEAR = 4
#: How far behind an event its year may stand, in tokens.
_BEHIND = 24
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
#: Words for events that are more often but spans of time.
_SPANS = frozenset({"day", "week"})


def is_past_edition(event: Token, published: str | None) -> bool:
    """Tell "the 2021 summit", "last year's summit", "the previous summit" from "the 2024 summit".

    Args:
        published: the day of the news, without which no year is a former one.
    """
    before = event.doc[max(event.left_edge.i, event.sent.start) : event.i]
    if any(t.lower_ in words("former_edition") for t in before):
        return event.lemma_.lower() not in _SPANS  # "the last day"
    if published is None:
        return False
    years = [_year(t) for t in before] + [_year(t) for t in _told_behind(event)]
    told = [year for year in years if year]
    return bool(told) and max(told) < published[:_YEAR]


def _told_behind(event: Token) -> Iterator[Token]:
    """Yield what says of an event when it was held ("the summit that X hosted in Rome in 2015").

    Not when it was first held, or set up.
    """
    for token in event.doc[event.i + 1 : min(event.right_edge.i + 1, event.i + _BEHIND)]:
        if token.lower_ in words("began_then") or token.lemma_.lower() in words("event"):
            return
        if token.nbor(-1).lower_ != "since":  # "the first summit since 2021" is another
            yield token


def _year(token: Token) -> str:
    return token.text if len(token) == _YEAR and token.text.isdigit() else ""


def is_of_past_edition(
    sentence: Span, dates: Sequence[DateExpression], published: str | None
) -> bool:
    """Tell a sentence that tells but of an event of former years, and when that was.

    "The last summit took place in Rome in 2021", "It has been held yearly since the 2021 summit in
    Rome" fire; "After the 2021 summit in Rome, it opens in Lima on Friday" does not.

    Args:
        dates: those of the sentence.
    """
    if published is None or tense_of(sentence.root) == "future":
        return False
    now = published[:_YEAR]
    if any(date.latest and date.latest[:_YEAR] >= now for date in dates):
        return False
    past = any(date.latest and date.latest[:_YEAR] < now for date in dates)
    for token in sentence:
        if token.pos_ in NOUNS and token.lemma_.lower() in words("event"):
            if is_past_edition(token, published):
                return True
            if past and token.lemma_.lower() not in _SPANS and tense_of(sentence.root) == "past":
                return True
    return False


def tells_of_now(sentence: Span) -> bool:
    """Tell "will attend", "has confirmed", "will not come, he said" from "came", "had come"."""
    root = sentence.root
    if tense_of(root) != "past":
        return True
    perfect = any(c.dep_ == "aux" and c.tag_ in PRESENT for c in root.children)
    return perfect or any(t.tag_ == "MD" and t.lower_ in _WILL for t in sentence)


__all__ = ["is_of_past_edition", "is_past_edition", "tells_of_now"]
