"""Levels by the initials that an article gives them: "a strategic partnership (SP)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.stages.upgrades.levels.level import Level

#: Initials right behind a level's name: "(CSP)", "status, or CSP".
_BEHIND = re.compile(
    r"[\"'”’]?(?:\s+status|\s+agreement)?,?\s*(?:\(\s*|or\s+(?:the\s+|a\s+)?)[\"'“‘]?(?P<short>[A-Z]{2,6})\b"
)
#: Initials by themselves ("an SP with", "two CSPs"), not in the bracket that gives them.
_INITIALS = re.compile(r"(?<![\w(-])(?P<short>[A-Z]{2,6})s?\b(?!\))")
_WORD = re.compile(r"[A-Za-z]+")
#: Words of a name that may give no initial.
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "the", "with"})


def short_names(text: str, levels: Iterable[Level]) -> dict[str, str]:
    """Return the initials that a text gives levels, each with the level's name.

    Args:
        text: the article's text, in which the levels stand.
    """
    found: dict[str, str] = {}
    for level in levels:
        match = _BEHIND.match(text, level.end)
        if match and _fits(match["short"], level.text):
            found.setdefault(match["short"], level.name)
    return found


def find_short(text: str, names: Mapping[str, str], *, offset: int) -> Iterator[Level]:
    """Yield the levels that a sentence names by their initials.

    Args:
        offset: the offset of `text` in its article.
    """
    for match in _INITIALS.finditer(text):
        name = names.get(match["short"])
        if name is not None:
            yield Level(name, match.group(), offset + match.start(), offset + match.end())


def _fits(short: str, name: str) -> bool:
    """Tell whether letters are the initials of a name, or of how it begins."""
    initials = "".join(w[0] for w in _WORD.findall(name) if w.lower() not in _SMALL).upper()
    return initials.startswith(short) or short.startswith(initials)


__all__ = ["find_short", "short_names"]
