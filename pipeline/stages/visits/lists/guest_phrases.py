"""The words by which guests are listed: "among those attending were", "host to"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from models.visit import VisitStatus
from pipeline.discourse.timing.of_trips import Phase
from pipeline.lexicon import Rule, load_table
from pipeline.stages.visits.tables import PACKAGE, word_set

#: Stands for the second word of phrases that leave it open or have none.
ANY = ""
#: Stands for words that tell how many there are of those named next: "the group of over 30".
MANY = "#"
#: What stands for words of what kind those named next are: "distinguished".
KIND = "~"


class GuestRule(Rule):
    """Words by which guests are listed, and on which side of them the guests stand."""

    words: tuple[str, ...]
    side: Literal["before", "behind"]
    phase: Phase
    needs_event: bool
    #: Whether the verb's subject is the host, at home.
    hosted: bool = False
    #: Whether it is but an evening of a trip ("gave a dinner for"), whose days are not told.
    inside: bool = False
    #: What its guests have done, where the words' own tense does not tell: "pulled out".
    status: VisitStatus | None = None
    score: float


class RollRule(GuestRule):
    """What a sentence says of those whom it lists, in whatever order of words."""

    words: tuple[str, ...] = ()
    phase: Phase = "whole"
    needs_event: bool = True
    score: float = 0.6
    #: None where any will do, if the sentence tells nothing but presence.
    verbs: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    #: How long what is said may be, in tokens.
    most: int = 14
    #: What else may stand right before the list: "an invitation was sent to A and B".
    leads: frozenset[str] = frozenset()
    #: Whether it may be said of one guest alone, not only of several.
    alone: bool = False


_Phrase = tuple[GuestRule, tuple[str, ...]]


@lru_cache(maxsize=1)
def guest_rules() -> Mapping[str, GuestRule]:
    """Return the ways of listing guests by their names."""
    rows = (*load_table(PACKAGE, "guests.toml", GuestRule), *roll_rules())
    return {rule.id: rule for rule in rows}


@lru_cache(maxsize=1)
def roll_rules() -> tuple[RollRule, ...]:
    """Return what may be said of those listed, besides the phrases that list guests."""
    return load_table(PACKAGE, "rolls.toml", RollRule)


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Mapping[str, tuple[_Phrase, ...]]]:
    """Return the phrases with their rows by their first two words, the longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for rule in guest_rules().values():
        for phrase in rule.words:
            parts = tuple(phrase.split())
            for first in words_of(parts[0]):
                by_first.setdefault(first, []).append((rule, parts))
    return {first: _by_second(rows) for first, rows in by_first.items()}


def _by_second(rows: Sequence[_Phrase]) -> Mapping[str, tuple[_Phrase, ...]]:
    """Return phrases by their second word; those that fit any stand with each."""
    ranked = sorted(rows, key=lambda row: -len(row[1]))
    named = {id(row): _second(row[1]) for row in ranked}
    words = {ANY}.union(*named.values())
    return {w: tuple(r for r in ranked if named[id(r)] & {w, ANY}) for w in words}


def _second(parts: Sequence[str]) -> frozenset[str]:
    return (
        words_of(parts[1])
        if len(parts) > 1 and parts[1] not in {"*", KIND, MANY}
        else frozenset({ANY})
    )


def guest_words() -> frozenset[str]:
    """Return the words at which `guests` reads."""
    return frozenset(phrases()) | word_set("<link>")


@cache
def words_of(part: str) -> frozenset[str]:
    """Return the words that a part of a phrase stands for."""
    if part == "among":
        return frozenset({part, "amongst"})
    return word_set(part) if part.startswith("<") else frozenset({part})


__all__ = [
    "ANY",
    "KIND",
    "MANY",
    "GuestRule",
    "RollRule",
    "guest_rules",
    "guest_words",
    "phrases",
    "roll_rules",
    "words_of",
]
