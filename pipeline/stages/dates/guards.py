"""Where a match is no date: the rows of guards.toml over the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import LexiconError
from pipeline.lexicon import Rule, load_table

PACKAGE = "pipeline.stages.dates"

#: How much of the text before a match a guard may look at, in characters.
LOOK_BACK = 60

#: A line that is broken within a sentence, and spaces of any kind and number.
_WRAP = re.compile(r"(?<=[A-Za-z,])[^\S\n]*\n(?=\S|\Z)|[^\S\n]+")

#: What stands behind a year that heads its line, and a line that a year opens.
_BEHIND_HEAD = re.compile(r"[^\S\n]*(?:\n|:|[–—-][^\S\n]|\|)")
_YEAR_LINE = re.compile(r"[^\S\n]*(?:1[89]|20)\d\d\b")


class Guard(Rule):
    """A row of guards.toml (see its head for the columns)."""

    rules: tuple[str, ...] = ()
    before: str = ""
    match: str = ""
    after: str = ""
    told: str = ""


@dataclass(frozen=True)
class _Compiled:
    row: Guard
    before: re.Pattern[str] | None
    match: re.Pattern[str] | None
    after: re.Pattern[str] | None
    told: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _compiled() -> tuple[_Compiled, ...]:
    found = []
    for number, row in enumerate(load_table(PACKAGE, "guards.toml", Guard), start=1):
        try:
            parts = [
                re.compile(source) if source else None
                for source in (row.before, row.match, row.after, row.told)
            ]
        except re.error as error:
            raise LexiconError("guards.toml", number, f"{row.id}: {error}") from error
        found.append(_Compiled(row, *parts))
    return tuple(found)


@lru_cache(maxsize=256)
def _for_rule(rule: str) -> tuple[_Compiled, ...]:
    return tuple(one for one in _compiled() if not one.row.rules or rule in one.row.rules)


def _heads_line(text: str, start: int, end: int) -> bool:
    """Tell what heads its line, as do the years of a chronology: "1998⏎", "1998:", "1998 The"."""
    if text[start - 1 : start] != "\n":
        return False
    if text[start : start + 1].isalpha() and text[start - 2 : start - 1].isalpha():
        return False  # "In⏎May⏎he was in Rome", of lines that are broken anywhere
    if _BEHIND_HEAD.match(text, end):
        return True
    above = text.rfind("\n", 0, start - 1) + 1
    below = text.find("\n", end) + 1
    return any(_YEAR_LINE.match(text, at) for at in (above, below) if at < start - 1 or at > end)


def forbids(rule: str, text: str, start: int, end: int) -> str:
    """Return the id of the guard that forbids a match of a rule, or nothing."""
    before = _WRAP.sub(" ", text[max(0, start - LOOK_BACK) : start])
    if before.isupper():
        before = before.lower()
    if _heads_line(text, start, end):
        before = before.rstrip() + "\n"
    for guard in _for_rule(rule):
        if guard.match and not guard.match.search(text[start:end]):
            continue
        if guard.after and not guard.after.match(text, end):
            continue
        if guard.before and not guard.before.search(before):
            continue
        if guard.told and not guard.told.search(text):
            continue
        return guard.row.id
    return ""
