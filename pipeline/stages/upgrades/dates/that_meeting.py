"""The day of the meeting that a sentence takes up: "At that summit Peru was made an observer".

Also "The summit also made Peru an observer", "the status was granted at the same meeting", and "at
the virtual summit" behind one that told when the virtual summit was.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import partial
from pipeline.iso_lengths import MONTH
from pipeline.labels import SUBJECTS
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.dates.leaving import is_day_of_leaving
from pipeline.stages.upgrades.tables import words

_AT = frozenset({"at", "during"})
_DEFINITE = frozenset({"that", "this", "the"})
#: What may stand with "the meeting" that was told of before: any other word tells of another.
_PLAIN = _DEFINITE | {"same", "also"}
#: How many sentences back the meeting is looked for.
_LOOK_BACK = 3


def day_of_that_meeting(scene: Scene, sentence: Span) -> str | None:
    """Return the day that a sentence before gives the meeting that this one takes up.

    "The ministers held a meeting on 11 July. During that meeting …"; none where the sentence before
    has two days of two months, or where no such meeting is told of.
    """
    taken = [further for token in sentence if (further := _takes_up(token)) is not None]
    if not taken:
        return None
    number = scene.sentence_of[sentence.start]
    met = words("agreed_at", "gathering")
    for before in reversed(scene.sentences[max(0, number - _LOOK_BACK) : number]):
        told = scene.dates_in(before.start_char, before.end_char)
        days = sorted({day for date in told if (day := _day_of(scene, date)) is not None})
        alike = any(further <= {t.lower_ for t in before} for further in taken)
        if alike and any(t.lemma_.lower() in met for t in before) and days:
            return single((days[0], days[-1])) if days[0][:7] == days[-1][:7] else None
    return None


def _day_of(scene: Scene, date: DateExpression) -> str | None:
    """Return the day or longer time of a date; the month of that on which a visit ended."""
    pair, span = partial(date), scene.doc.char_span(date.start, date.end, alignment_mode="expand")
    if pair is None or (span is not None and _is_since(span.root)):
        return None
    left = span is not None and is_day_of_leaving(span.root)
    return single(pair)[:MONTH] if left else single(pair)


def _is_since(date: Token) -> bool:
    """Tell the year of "their second meeting since he visited Peru in 2018", not its day."""
    over = [date, *date.ancestors]
    return any(t.lower_ == "since" for t in over) or any(
        c.lower_ == "since" for t in over if t.dep_ == "advcl" for c in t.children
    )


def _takes_up(noun: Token) -> frozenset[str] | None:
    """Return what else is said of "the summit" that does something, "at that virtual meeting".

    None for another noun, and where it is no meeting told of before: "a meeting".
    """
    if noun.lemma_.lower() not in words("gathering"):
        return None
    near = {child.lower_ for child in noun.children}
    kinds = {child.lower_ for child in noun.children if child.dep_ == "amod"}
    over = noun.head.lower_
    place = noun.dep_ in SUBJECTS or (noun.dep_ == "pobj" and over in _AT)
    taken = place and bool(near & _DEFINITE) and near - kinds <= _PLAIN
    return frozenset(kinds - _PLAIN) if taken else None


__all__ = ["day_of_that_meeting"]
