"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Be told of the work done; the default says nothing."""

    def begin(self, what: str, total: int | None, /) -> None:
        """Start a part of the work; `total` None where nobody knows how much it is."""

    def advance(self, count: int = 1, /) -> None:
        """Note that so many more articles are done."""


class Silent:
    """A progress that nobody sees."""

    def begin(self, what: str, total: int | None, /) -> None:
        """Say nothing."""

    def advance(self, count: int = 1, /) -> None:
        """Say nothing."""
