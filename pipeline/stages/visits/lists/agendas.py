"""Trips on an official's agenda, told in lines that name nobody: "Visit to Peru", below a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from spacy.tokens import Span, Token

from models import DateExpression
from models.date import OF_ONE_DAY
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor
from pipeline.discourse.timing.days import When, partial
from pipeline.iso_lengths import DAY
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.register_lines import text_lines
from pipeline.stages.visits.lists.registers import (
    RegisterRule,
    as_of,
    kind_of_line,
    officials_in,
    register_rules,
)
from pipeline.stages.visits.tables import word_set

#: Among how many first lines the heading stands, how long it is in tokens, and how many lines
#: below it may name whose agenda it is.
_OPENING, _LONGEST, _OWNER = 3, 20, 1
#: How many tokens may stand before the word of a trip in its line: its days, an hour, its kind.
_REACH = 12
_CLOCK = re.compile(r"(?:\d[\d.:]*(?:a\.?m\.?|p\.?m\.?|h)?|[ap]\.?m\.?|GMT|UTC)", re.IGNORECASE)


def trips_on_agenda(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the trips of an agenda by the word that tells each.

    "Schedule of Foreign Minister X of Peru⏎Tuesday 21 May⏎Visit to Chile" fires; "Visit to a
    school", and the lines of "Schedule of the league", do not.
    """
    rule = next(row for row in register_rules() if row.side == "plans")
    lines = list(islice(text_lines(reader.scene, 0), _OPENING))
    for number, heading in enumerate(lines):
        named = {t.lower_ for t in heading}
        if len(heading) > _LONGEST or named.isdisjoint(rule.nouns):
            continue
        near = (
            a for line in lines[number:][: _OWNER + 1] for a in officials_in(reader.scene, line)
        )
        owner = next((a for a in near if a.country and not a.reference.plural), None)
        if owner is not None:
            made = _below(reader, rule, heading, owner)
            return {each.at: [each] for each in made}
    return {}


def _below(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, owner: Actor
) -> Iterator[Candidate]:
    day = When()
    for line in text_lines(reader.scene, heading.end):
        if _is_of_day(reader, line):
            day = _days_of(reader, line)
            continue
        word = _word_of_trip(reader, line)
        spots = reader.scene.spots(word.i + 2) if word is not None else []
        if word is None or not spots or spots[0].country == owner.country:
            continue
        made = reader.make(rule, word, actor=owner, spot=spots[0], fact=Fact("planned"))
        when = _days_of(reader, line) or day
        if word.lower_ not in word_set("agenda_stay"):
            when = replace(when, end=None) if len(when.start or "") == DAY else when
        fact = as_of(reader, when) or made.fact
        yield replace(made, when=when, day=when.start, fact=fact, kind=kind_of_line(line))


def _is_of_day(reader: ArgumentReader, line: Span) -> bool:
    """Tell the "Tuesday 21 May 2024" that heads lines."""
    dated = _dated(reader, line)
    return bool(dated) and all(t.i in dated or not t.is_alpha or _is_weekday(t) for t in line)


def _dates_in(reader: ArgumentReader, line: Span) -> list[DateExpression]:
    """Return the dates of a line, the first of the page too, which the clock leaves out."""
    told = [*reader.scene.dates_before, *reader.scene.dates]
    return [date for date in told if line.start_char <= date.start < line.end_char]


def _dated(reader: ArgumentReader, line: Span) -> set[int]:
    dates = _dates_in(reader, line)
    return {t.i for t in line if any(date.start <= t.idx < date.end for date in dates)}


def _is_weekday(token: Token) -> bool:
    """Tell "Tuesday", "Tue", "Tues."."""
    return len(token) > 2 and any(d.startswith(token.lower_.strip(".")) for d in WEEKDAYS)


def _days_of(reader: ArgumentReader, line: Span) -> When:
    """Return the days that a line tells, an hour alone left out."""
    days = (partial(date) for date in _dates_in(reader, line) if date.grain in OF_ONE_DAY)
    told = next((pair for pair in days if pair is not None), None)
    return When(*told) if told is not None else When()


def _word_of_trip(reader: ArgumentReader, line: Span) -> Token | None:
    """Return the "Visit" of "Tue 21 May: Working visit to Peru", "11.00 Travels to Lima"."""
    dated = _dated(reader, line)
    for token in line[:_REACH]:
        if token.lower_ in word_set("agenda_stay", "agenda_leg"):
            leads = token.i + 1 < line.end and token.nbor(1).lower_ in {"to", "for", "in"}
            return token if leads else None
        opens = token.i in dated or token.is_punct or token.is_space or _is_weekday(token)
        if not (opens or _CLOCK.fullmatch(token.text)) and token.lower_ not in word_set(
            "agenda_kind"
        ):
            return None
    return None


__all__ = ["trips_on_agenda"]
