"""What became of each trigger, told only where someone asks (`communique why`).

A stage notes why a trigger gave no candidate, and which candidates it dropped or kept. Without
`tracing()` around it a note is a call that returns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from models import Record
from pipeline.recorder import Recorder

#: What can become of a trigger: it gives no candidate, or one that is found, then dropped or kept.
Fate = Literal["silent", "found", "dropped", "kept"]


@dataclass(frozen=True)
class Note:
    """One thing that happened to the trigger at a token (`at` is its index in the Doc)."""

    at: int
    rule: str
    fate: Fate
    why: str = ""
    record: Record | None = None


class Telling(Protocol):
    """A candidate, as the stages make them."""

    @property
    def rule(self) -> str:
        """Return the name of the rule that made it."""

    @property
    def at(self) -> int:
        """Return the index of its trigger."""


Told = TypeVar("Told", bound=Telling)
_NOTES: Recorder[list[Note]] = Recorder("notes", list)


def tracing() -> AbstractContextManager[list[Note]]:
    """Collect the notes that are made inside the block, in order."""
    return _NOTES.recording()


def is_on() -> bool:
    """Tell whether anyone listens."""
    return _NOTES.kept is not None


def silent(at: int, rule: str, why: str) -> None:
    """Note why the trigger at a token gives no candidate; of several reasons the first counts."""
    notes = _NOTES.kept
    if notes is not None and not any((n.at, n.rule) == (at, rule) for n in notes[-1:]):
        notes.append(Note(at, rule, "silent", why))


def watched(found: Iterable[Told], spell: Callable[[Told], str]) -> Iterable[Told]:
    """Pass candidates on; `spell` puts one into words where someone listens."""
    return _watched(found, spell) if is_on() else found


def _watched(found: Iterable[Told], spell: Callable[[Told], str]) -> Iterator[Told]:
    for candidate in found:
        _note("found", (candidate,), spell(candidate))
        yield candidate


def dropped(why: str, *candidates: Telling) -> None:
    """Note why candidates make no record."""
    _note("dropped", candidates, why)


def kept(record: Record, candidates: Iterable[Telling]) -> None:
    """Note which candidates made a record."""
    _note("kept", candidates, "", record)


def _note(
    fate: Fate, candidates: Iterable[Telling], why: str, record: Record | None = None
) -> None:
    notes = _NOTES.kept
    if notes is not None:
        notes.extend(Note(c.at, c.rule, fate, why, record) for c in candidates)


__all__ = [
    "Fate",
    "Note",
    "Telling",
    "dropped",
    "is_on",
    "kept",
    "silent",
    "tracing",
    "watched",
]
