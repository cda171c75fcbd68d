"""What was made of a block of rows before, kept so that only blocks that changed are made again."""

from __future__ import annotations

from typing import Protocol


class Memo(Protocol):
    """Results by block; the fingerprint says of which rows a result was made."""

    def get(self, block: str, fingerprint: str, /) -> str | None:
        """Return what was made of a block of these very rows, None where nothing was."""

    def put(self, block: str, fingerprint: str, made: str, /) -> None:
        """Keep what was made of a block, in place of an earlier result."""


class NoMemo:
    """Keep nothing: every block is made anew."""

    def get(self, block: str, fingerprint: str, /) -> str | None:  # noqa: ARG002 - as the protocol
        """Return nothing."""
        return None

    def put(self, block: str, fingerprint: str, made: str, /) -> None:
        """Forget it."""


__all__ = ["Memo", "NoMemo"]
