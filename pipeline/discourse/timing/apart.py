"""The day of a trip told by how far it lies from another: "a day after he held talks in Lima"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as date_type
from datetime import timedelta

from spacy.tokens import Doc, Span, Token

from models import DateExpression
from pipeline.discourse.factuality import Fact
from pipeline.discourse.numbers import number_of, ordinal_of
from pipeline.discourse.tables import words
from pipeline.discourse.timing.counted import counted_from_news
from pipeline.discourse.timing.days import When, partial
from pipeline.iso_lengths import DAY, MONTH, moved_month
from pipeline.labels import VERBS

#: How many units one counts at most.
_MOST = 1000
#: How many tokens may stand between "a day after" and what it is said of.
_REACH = 24
#: How many tokens before a date the "after" may stand that counts from its event.
_EVENT_REACH = 8
#: How many days a unit stands for; what is told in weeks is no more exact than its month.
_DAYS = {"hour": 0, "day": 1, "week": 7}


@dataclass(frozen=True)
class _Gap:
    """How far what stands behind a word lies from what its sentence dates."""

    at: int
    unit: str
    #: How many units later (before it: earlier) the trip is; None where no number is told.
    later: int | None


def apart(
    dates: Sequence[tuple[int, int, DateExpression]],
    sentence: Span,
    anchors: Sequence[Token],
    fact: Fact,
    now: str | None,
    *,
    told: str | None = None,
) -> When | None:
    """Return the days of a trip told by its distance from a dated act, None for any other.

    "Arrived on Wednesday, two days after a visit to Lima": Monday. "Weeks after" gives no day.

    Args:
        dates: the dates of the sentence, with their tokens.
        sentence: the sentence of the trip's trigger.
        anchors: the trigger, and what else its dates may hang on.
        fact: what the trigger tells.
        now: the day of publication, if known.
        told: the one day that the sentence before tells, if it is of the news.
    """
    trigger = anchors[0]
    if fact.status == "planned" and (days := _days_ahead(trigger, sentence)) and now:
        return _moved(now, "day", days)
    gap = _gap(trigger, sentence)
    if gap is None:
        return None
    clause = _clause(trigger.doc[gap.at], trigger)
    if any(start in clause for start, _, _ in dates):
        return None
    base = _base(dates, gap, clause)
    if base is None:
        mark = trigger.doc[gap.at]
        over = mark if mark in trigger.ancestors else mark.head
        return counted_from_news(mark.nbor(-1), mark, over, told=told, now=now)
    if gap.later is None:
        return When()
    return _moved(base, gap.unit, gap.later)


def _gap(trigger: Token, sentence: Span) -> _Gap | None:
    """Return the "two days after" under which a trigger stands, the nearest before it."""
    doc = trigger.doc
    after, before = words("after_trip"), words("before_trip")
    for at in range(trigger.i - 1, max(sentence.start, trigger.i - _REACH), -1):
        word = doc[at].lower_
        if word not in after and word not in before:
            continue
        unit = doc[at - 1].lemma_.lower()
        if unit not in _DAYS and unit not in {"month", "year"}:
            continue
        if doc[at + 1].lower_ in {"that", "this"} and doc[at + 2].is_punct:
            continue  # "Two years after that, he visited Lima"
        if not _stands_under(trigger, doc[at]):
            return None
        number = _number(doc[at - 1])
        earlier = word in after
        later = None if number is None else -number if earlier else number
        return _Gap(at, unit, later)
    return None


def _number(unit: Token) -> int | None:
    """Return the number before "days": one for "a day after", none for "days after"."""
    before = unit.nbor(-1) if unit.i > unit.sent.start else None
    if unit.lemma_.lower() == "hour":
        return 0
    if before is None or (before.lower_ == "the" and unit.tag_ == "NNS"):
        return None  # "in the days after"
    return number_of(before)


def _stands_under(trigger: Token, mark: Token) -> bool:
    """Tell the trip of "a day after he visited Lima" from the act that is dated by it.

    So from "flew to Lima" of "a day after her election, she flew to Lima".
    """
    if mark in trigger.ancestors:
        return True
    over = mark.head
    if any(c.dep_ in {"pobj", "pcomp"} and mark.i < c.i < trigger.i for c in mark.children):
        return False
    return (
        mark.dep_ in {"mark", "advmod", "prep"}
        and mark.i < trigger.i
        and (over.i > mark.i and (over == trigger or over in trigger.ancestors))
    )


def _clause(mark: Token, trigger: Token) -> range:
    """Return the tokens of what stands behind "a day after"."""
    over = mark if mark in trigger.ancestors else mark.head
    return range(mark.i, max(over.right_edge.i, trigger.i) + 1)


def _base(dates: Sequence[tuple[int, int, DateExpression]], gap: _Gap, clause: range) -> str | None:
    """Return the day of the act: the last told before the clause, else the first behind it."""
    days = [
        (start, pair[0])
        for start, _, told in dates
        if (pair := partial(told)) and pair[0] == pair[1]
    ]
    before = [day for start, day in days if start < gap.at]
    behind = [day for start, day in days if start >= clause.stop]
    return before[-1] if before else behind[0] if behind else None


def _moved(day: str, unit: str, later: int) -> When:
    """Return a day so many units later, as exact as it is known; none too far off to be meant."""
    if abs(later) > _MOST:
        return When()
    if unit in _DAYS and len(day) == DAY:
        moved = date_type.fromisoformat(day) + timedelta(days=later * _DAYS[unit])
        told = moved.isoformat()[: MONTH if unit == "week" else DAY]
    elif unit == "month" and len(day) >= MONTH:
        told = moved_month(day, later)
    elif unit == "year":
        told = str(int(day[:4]) + later)
    else:
        return When()
    return When(told, told)


def _days_ahead(trigger: Token, sentence: Span) -> int | None:
    """Return the two of "will fly to Lima in two days", "in just two days' time".

    None for "the third minister to visit Lima in ten days", which counts those gone by; "his third
    term ends and he will visit Lima in ten days" does not. "Later in the day" counts none.
    """
    doc = trigger.doc
    for token in doc[trigger.i : sentence.end]:
        if token.lemma_.lower() != "day" or token.i < 2 or token.nbor(-1).lower_ == "the":
            continue
        first = doc[token.i - 2]
        opens = first if first.lower_ == "in" else doc[max(0, token.i - 3)]
        if opens.lower_ == "in" and (opens == first or first.lower_ in words("no_more_than")):
            above = set(opens.ancestors)
            before = (t for t in doc[sentence.start : opens.i] if ordinal_of(t))
            told = (t for t in before if t.head in above or t.head.head == opens.head)
            counted = (ordinal_of(t) or 0 for t in told)
            return None if any(nth > 1 for nth in counted) else number_of(doc[token.i - 1])
    return None


def counted_from(doc: Doc, start: int) -> int | None:
    """Return the "after" of "a month after the attack on 4 May": the date is none of what follows.

    Not that of "hours after", nor of "a month after he flew to Lima on 4 May".
    """
    after = words("after_trip")
    for at in range(start - 1, max(start - _EVENT_REACH, 0), -1):
        token = doc[at]
        if token.is_punct or token.pos_ in VERBS:
            return None
        if token.lower_ in after:
            unit = doc[at - 1].lemma_.lower()
            long = unit in _DAYS or unit in {"month", "year"}
            return at if long and _DAYS.get(unit) != 0 else None
    return None


def counted_day(after: Token, day: str) -> str | None:
    """Return the day of "the day after the vote of 4 May", the month of "a month after" it."""
    unit = after.nbor(-1)
    number = _number(unit)
    return _moved(day, unit.lemma_.lower(), number).start if number is not None else None


__all__ = ["apart", "counted_day", "counted_from"]
