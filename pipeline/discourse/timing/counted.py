"""A trip counted from the news itself: "the ban comes two weeks after she visited Lima"."""

from __future__ import annotations

from datetime import date as date_type
from datetime import timedelta

from spacy.tokens import Token

from pipeline.discourse.numbers import number_of
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import When
from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import PRESENT, SUBJECTS

#: How many days a unit stands for, and how many more or fewer may be meant by it.
_UNITS = {"hour": (0, 0), "day": (1, 0), "week": (7, 3)}
#: How many days or weeks one counts at most.
_MOST = 366
#: How many days what is told without a day may lie from the day of publication.
_NEWS_DAYS = 1


def counted_from_news(
    unit: Token, mark: Token, over: Token, *, told: str | None, now: str | None
) -> When:
    """Return the days of a trip so long after or before what its sentence tells without a day.

    "It came two days after A visited Lima" counts from the day of the sentence before, "the ban
    comes two weeks after A visited Lima" from that, else from publication, and gives the month.
    "The row broke two days after", "an earlier raid came two days after", "will come two days
    after", "more than a week after", "a month after" give nothing.

    Args:
        unit: the "days" of "two days after".
        mark: its "after" or "before".
        over: the head of what stands behind the mark.
        told: the one day told in the sentence before, if it is of the news.
        now: the day of publication, if known.
    """
    act = verb_above(over)
    span = _days_counted(unit)
    if act is None or span is None or act.i > mark.i:
        return When()
    follows_news = _follows_news(act) and unit.dep_ != "dobj"  # not "it took two days after"
    if told is not None and follows_news:
        return _between(told, span, mark, slack=0)
    current = follows_news and act.tag_ in PRESENT
    if now is None or len(now) < DAY or not (current or _is_before_plan(act, mark)):
        return When()
    return _between(now, span, mark, slack=_NEWS_DAYS)


def _follows_news(act: Token) -> bool:
    """Tell "the ban comes", "it happened" from "an earlier raid came", "the next will come"."""
    if act.lemma_ not in words("follows_news") or any(c.tag_ == "MD" for c in act.children):
        return False
    subjects = [c for c in act.children if c.dep_ in SUBJECTS]
    before = {c.lower_ for subject in subjects for c in subject.children if c.i < subject.i}
    held = act.lemma_ in words("befalls") and act.tag_ in PRESENT  # "the forum takes place"
    return not held and before.isdisjoint(words("not_as_told"))


def _days_counted(unit: Token) -> tuple[int, int] | None:
    """Return the fewest and most days of "two weeks", "about two days", "less than a week"."""
    lemma = unit.lemma_.lower()
    if lemma not in _UNITS or unit.i - unit.sent.start < 1:
        return None
    size, about = _UNITS[lemma]
    number = number_of(unit.nbor(-1))
    if lemma == "hour":
        return (0, 0)
    if number is None or number > _MOST or unit.nbor(-1).lower_ == "the":
        return None
    before = [t.lower_ for t in unit.doc[max(unit.sent.start, unit.i - 3) : unit.i - 1]]
    days = number * size
    if "than" in before:
        fewer = not {"less", "fewer"}.isdisjoint(before)
        return (1, days) if fewer else None
    if not words("roughly").isdisjoint(before):
        about += 1
    return days - about, days + about


def _between(base: str, span: tuple[int, int], mark: Token, *, slack: int) -> When:
    """Return the day so many days from another, its month where one of several may be meant."""
    later = 1 if mark.lower_ in words("before_trip") else -1
    reach = [later * (span[0] - slack), later * (span[1] + slack)]
    days = [(date_type.fromisoformat(base) + timedelta(days=n)).isoformat() for n in reach]
    if days[0] == days[1]:
        return When(days[0], days[0])
    months = {day[:MONTH] for day in days}
    return When(min(months), min(months)) if len(months) == 1 else When()


def _is_before_plan(act: Token, mark: Token) -> bool:
    """Tell "tension is sure to grow a week before A is to visit Lima" of a day like today.

    Not "the forum opens a week before A is to visit Lima".
    """
    future = any(c.tag_ == "MD" for c in act.children)
    present = act.sent.root.tag_ in PRESENT and act.tag_ in {*PRESENT, "VB"}
    current = present and not future and act.lemma_ not in words("befalls")
    return mark.lower_ in words("before_trip") and current


__all__ = ["counted_from_news"]
