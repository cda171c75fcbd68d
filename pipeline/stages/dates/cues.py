"""The words of tense.toml that tell whether what stands beside them is past or to come."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipeline.lexicon import Rule, load_table

Direction = Literal["past", "future"]

#: What is said by the way of a noun tells nothing of the date before it.
_RELATIVE = re.compile(r",? (?:who|which|whose|where)\b[^,;.]{0,90},")


#: A plan of a time that is over; not "was planned for Monday", which may yet come.
_NO_LONGER = re.compile(r"(?:was|were|had) (?!.*\bfor$)")

WAYS: dict[str, Direction] = {"past": "past", "future": "future"}


class Cue(Rule):
    """A row of tense.toml."""

    direction: Literal["past", "future", "none"]
    pattern: str
    behind: Literal["past", "future", "none", ""] = ""
    strength: Literal["sure", "weak", "bound", "beside", "noun"] = "sure"
    far: bool = False


@lru_cache(maxsize=1)
def cue_pattern() -> re.Pattern[str]:
    """Return the cues that stand before or behind a date."""
    parts = [
        f"(?P<{row.strength}_{row.direction}_{row.behind or row.direction}_{at}>{row.pattern})"
        for at, row in enumerate(_rows())
        if row.strength not in ("beside", "noun")
    ]
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(parts) + r")(?![\w-])")


@lru_cache(maxsize=1)
def noun_pattern() -> re.Pattern[str]:
    """Return what opens a sentence with the noun of a deed, up to the date behind it."""
    nouns = "|".join(row.pattern for row in _rows() if row.strength == "noun")
    owner = r"(?:the|his|her|its|their|(?<![\w.-])(?:[\w.-]++ ){0,3}[\w.-]++['’]s)"
    return re.compile(rf"{owner} (?:[a-z-]+ ){{0,2}}(?:{nouns})(?: late| early)?(?: on)? $")


@lru_cache(maxsize=1)
def beside_pattern() -> re.Pattern[str]:
    """Return the cues that stand right behind a date."""
    parts = [
        f"(?P<{row.direction}_{at}>{row.pattern})"
        for at, row in enumerate(_rows())
        if row.strength == "beside"
    ]
    return re.compile("|".join(parts))


def _rows() -> tuple[Cue, ...]:
    return tuple(load_table("pipeline.stages.dates", "tense.toml", Cue))


def as_plain(stretch: str) -> str:
    """Return a stretch as on one line, in small letters where it is all capitals."""
    plain = " ".join(stretch.split())
    plain = (" " if stretch[:1].isspace() else "") + plain
    plain += " " if plain and stretch[-1:].isspace() else ""
    return plain.lower() if plain.isupper() else plain


def as_opened(stretch: str) -> str:
    """Return the plain start of a sentence, its first word small."""
    plain = as_plain(stretch).lstrip("\"“‘'( ")
    return plain[:1].lower() + plain[1:]


def first_way(stretch: str) -> Direction | None:
    """Return the direction of the first cue of what stands behind a date."""
    for match in cue_pattern().finditer(_RELATIVE.sub(" ", as_plain(stretch))):
        direction = ways_of(match)[2]
        if direction:
            return direction
    return None


def is_far(match: re.Match[str]) -> bool:
    """Tell a cue by which a weekday may lie almost a week ahead ("will fly", not "was to fly")."""
    at = int((match.lastgroup or "0").rpartition("_")[2])
    return _rows()[at].far and not _NO_LONGER.match(match[0])


def ways_of(match: re.Match[str]) -> tuple[str, Direction | None, Direction | None]:
    """Return a cue's strength, and its direction before and behind a date."""
    strength, before, behind, _ = (match.lastgroup or "sure_none_none_0").split("_")
    return strength, WAYS.get(before), WAYS.get(behind)


__all__ = [
    "WAYS",
    "Cue",
    "Direction",
    "as_opened",
    "as_plain",
    "beside_pattern",
    "cue_pattern",
    "first_way",
    "is_far",
    "noun_pattern",
    "ways_of",
]
