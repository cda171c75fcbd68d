"""A composed text, what it tells, and how its sentences are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: A status that a reader may code in two ways is left open.
OPEN = ""


@dataclass(frozen=True)
class Wanted:
    """What must be told: codes of the two countries, and what else the text leaves no doubt of.

    Attributes:
        origin: of a trip; of a change the one party.
        destination: of a trip; of a change the other party.
        start: first day of a trip, or the date of a change; None where it is not asked.
        end: last day of a trip; None where it is not asked.
        state: a trip's status or the kind of a change; empty where it is not asked.
        name: the visitor's; None where it is not asked.
        level: of a change; None where it is not asked.
        status: of a change; empty where it is not asked.
    """

    origin: str
    destination: str
    start: str | None = None
    end: str | None = None
    state: str = OPEN
    name: str | None = None
    level: str | None = None
    status: str = OPEN


@dataclass(frozen=True)
class Composed:
    """A text, what it tells, and the parts it is made of."""

    text: str
    wanted: Sequence[Wanted]
    parts: Mapping[str, str] = field(default_factory=dict)
    #: Whether a trip told once may be found but once, and no other between its countries.
    strict: bool = False
    #: Whether all changes told are wanted, so that any other is false; trips are not looked at.
    whole: bool = False


def capitalized(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[0].upper() + text[1:]


def sentence(frame: str, tail: str = ".", **words: str) -> str:
    """Return a frame with its words as a sentence; a comma goes with the stop behind it."""
    filled = frame.format(**words)
    for doubled in (",,", ", ,"):
        filled = filled.replace(doubled, ",")
    told = filled.removesuffix(".").rstrip(",")
    return capitalized(told + tail)


__all__ = ["OPEN", "Composed", "Wanted", "capitalized", "sentence"]
