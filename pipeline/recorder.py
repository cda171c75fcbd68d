"""What is noted only while somebody listens: inside a block, and kept for who opened that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Recorder(Generic[Kept]):
    """Keeps what is noted inside a block; outside of one a note is for nobody.

    >>> words = Recorder("words", list)
    >>> with words.recording() as heard:
    ...     words.kept.append("visit")
    >>> heard, words.kept
    (['visit'], None)
    """

    def __init__(self, name: str, empty: Callable[[], Kept]) -> None:
        self._kept: ContextVar[Kept | None] = ContextVar(name, default=None)
        self._empty = empty

    @property
    def kept(self) -> Kept | None:
        """Return what was noted so far in the block around, None where nobody listens."""
        return self._kept.get()

    @contextmanager
    def recording(self) -> Iterator[Kept]:
        """Keep what is noted inside the block; a block in it has notes of its own."""
        kept = self._empty()
        token = self._kept.set(kept)
        try:
            yield kept
        finally:
            self._kept.reset(token)


__all__ = ["Recorder"]
