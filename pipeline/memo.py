"""What was made before, kept so that only what changed is made again."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from models import Record
from pipeline.errors import StoreError


class Memo(Protocol):
    """Results by name; the fingerprint says of what a result was made."""

    def get(self, name: str, fingerprint: str, /) -> str | None:
        """Return what was made of just this, None where nothing was."""

    def put(self, name: str, fingerprint: str, made: str, /) -> None:
        """Keep what was made, in place of an earlier result of that name."""

    def keep(self, name: str, /) -> None:
        """Keep a result that is not asked for this time."""

    def changed(self, groups: Iterable[tuple[str, str]], /) -> Iterator[tuple[str, str]]:
        """Yield those groups whose finished records were not made of just this; the others stand.

        Args:
            groups: name and fingerprint of each.
        """


@dataclass(frozen=True)
class Group:
    """Finished records that are made together.

    Args:
        name: no other group of a merging has it.
        fingerprint: of all that they are made of.
    """

    name: str
    fingerprint: str
    records: Iterable[Record]


class Scratch:
    """Results of one merging alone, in a temporary file; nothing was made before."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._places: dict[str, tuple[str, int, int]] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def get(self, name: str, fingerprint: str, /) -> str | None:
        """Return what was made of just this, None where nothing was."""
        made_of, start, size = self._places.get(name, ("", 0, 0))
        if made_of != fingerprint:
            return None
        self._file.seek(start)
        return zlib.decompress(self._file.read(size)).decode()

    def put(self, name: str, fingerprint: str, made: str, /) -> None:
        """Keep what was made.

        Raises:
            StoreError: the disk for temporary files (`TMPDIR`) is full or cannot be written to.
        """
        packed = zlib.compress(made.encode(), 1)
        try:
            self._file.seek(self._end)
            self._file.write(packed)
        except OSError as error:
            problem = f"temporary files cannot be written: {error.strerror or error}"
            raise StoreError(problem) from error
        self._places[name] = fingerprint, self._end, len(packed)
        self._end += len(packed)

    def keep(self, name: str, /) -> None:
        """Do nothing: all is kept as long as the file."""

    def changed(self, groups: Iterable[tuple[str, str]], /) -> Iterator[tuple[str, str]]:
        """Yield all groups: nothing was made before."""
        return iter(groups)


__all__ = ["Group", "Memo", "Scratch"]
