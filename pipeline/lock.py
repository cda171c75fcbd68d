"""One run at a time on one output folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StoreError

LOCK_FILE = ".communique.lock"


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold a folder until the block ends; a killed process lets go of it too.

    Raises:
        StoreError: another run holds the folder, or nothing can be written there.
    """
    path = folder / LOCK_FILE
    try:
        file = path.open("a", encoding="ascii")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written to: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"another run is working on {folder}: wait for its end, or choose another "
                "folder with -o"
            ) from error
        yield
