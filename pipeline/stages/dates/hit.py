"""What a rule matched, what a reader makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from models.date import Anchor, DateType
from pipeline.stages.dates.grammar import CompiledRule
from pipeline.stages.dates.lexer import Tokens
from pipeline.stages.dates.periods import Period

_NUMBER_CATEGORIES = ("ONES", "TEENS", "TENS", "TIMES")


@dataclass(frozen=True)
class Reading:
    """The meaning of a stretch of tokens (`first` to `last`, end exclusive).

    One that is `aside` ("up from 3 % a year earlier") is compared with, and no later expression
    points back to it.
    """

    type: DateType
    period: Period
    anchor: Anchor
    first: int
    last: int
    flags: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True)
class Capture:
    """One captured group: its tokens (end exclusive), their forms, the category it was asked as."""

    first: int
    last: int
    forms: tuple[str, ...]
    category: str


@dataclass(frozen=True)
class Hit:
    """A rule and its captures in one text."""

    rule: CompiledRule
    tokens: Tokens
    values: Mapping[tuple[str, str], str]
    first: int
    last: int
    captures: Mapping[str, tuple[Capture, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        rule: CompiledRule,
        match: re.Match[str],
        tokens: Tokens,
        values: Mapping[tuple[str, str], str],
    ) -> Hit:
        """Gather the captures of a match by name, in text order."""
        found: dict[str, list[Capture]] = {}
        spans = match.regs  # of all groups at once: a rule may have dozens
        for number, name, category in rule.captures:
            first, last = spans[number]
            if first >= 0:
                capture = Capture(first, last, tokens.forms[first:last], category)
                found.setdefault(name, []).append(capture)
        ordered = {
            name: tuple(sorted(captures, key=lambda capture: capture.first))
            for name, captures in found.items()
        }
        return cls(rule, tokens, values, match.start(), match.end(), ordered)

    def has(self, name: str) -> bool:
        """Tell whether a capture took part in the match."""
        return name in self.captures

    def all(self, name: str) -> tuple[Capture, ...]:
        """Return all captures of a name, in text order."""
        return self.captures.get(name, ())

    def word(self, name: str) -> str:
        """Return the lower-case words of the first capture of a name, or nothing."""
        found = self.captures.get(name)
        return " ".join(found[0].forms) if found else ""

    def value(self, name: str) -> str:
        """Return what the word table says of the first capture of a name, or nothing."""
        found = self.captures.get(name)
        return self.value_of(found[0]) if found else ""

    def value_of(self, capture: Capture) -> str:
        """Return what the word table says of a captured word, or the word."""
        form = " ".join(capture.forms)
        return self.values.get((capture.category, form), form)

    def number_of(self, capture: Capture) -> Fraction | None:
        """Return a number written in digits, in words, or mixed; None if it is not one."""
        return read_number(capture.forms, self.values)

    def holds(self, *words: str) -> bool:
        """Tell whether a word stands anywhere in the match."""
        return any(word in self.tokens.forms[self.first : self.last] for word in words)

    def reading(
        self,
        period: Period,
        anchor: Anchor,
        *,
        kind: DateType = "DATE",
        flags: tuple[str, ...] = (),
        aside: bool = False,
    ) -> list[Reading]:
        """Return one reading of the whole match."""
        return [Reading(kind, period, anchor, self.first, self.last, flags, aside)]


def read_number(forms: tuple[str, ...], values: Mapping[tuple[str, str], str]) -> Fraction | None:
    """Return the number that the words give: `two hundred and five`, `2 1/2`, `a dozen`."""
    total, current, seen = Fraction(0), Fraction(0), False
    words = [form for form in forms if form not in ("-", "and")]
    if "/" in words[-1]:
        upper, lower = map(int, words[-1].split("/"))
        whole = int(words[0]) if len(words) > 1 else 0
        return whole + Fraction(upper, lower or 1)
    for word in words:
        if word[0].isdigit():
            current, seen = Fraction(word.replace(",", "")), True
        elif word in ("a", "an"):
            current, seen = current or Fraction(1), True
        elif word == "half":
            current = current + Fraction(1, 2) if words[0] not in ("a", "half") else Fraction(1, 2)
            seen = True
        elif word == "dozen":
            current, seen = (current or Fraction(1)) * 12, True
        else:
            small = next(
                (values[key] for name in _NUMBER_CATEGORIES if (key := (name, word)) in values), ""
            )
            if not small:
                continue
            seen = True
            if int(small) >= 100:
                total, current = total + (current or Fraction(1)) * int(small), Fraction(0)
            else:
                current += int(small)
    return total + current if seen else None
