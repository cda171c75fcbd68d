"""Whether a call's inputs are, byte for byte, those of the call before, told without reading."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.fingerprint import code_digest, digest
from pipeline.readers.walk import STDIN

#: A file changed since less than this many seconds may change again unseen by its time stamp.
SETTLED = 2.0
_PACKAGES = ("pipeline.readers", "pipeline.stages.ingest", "pipeline.reference", "pipeline.intake")
_LIBRARIES = ("trafilatura", "ftfy", "charset-normalizer", "pyarrow")


def input_stamp(files: Sequence[str], options: Iterable[object]) -> str | None:
    """Return a hash over what reading some files depends on; None where it cannot be told.

    It holds each file's path, size, inode and times of change (the operating system's, which no
    program sets back), the readers' code and libraries, and the options of reading.
    """
    parts = [file_stamp(name) for name in files]
    if None in parts:
        return None
    return digest(reading_digest(options), *(part for part in parts if part is not None))


def file_stamp(name: str) -> str | None:
    """Return what tells one file's state, None where that cannot be told."""
    if name == STDIN:
        return None
    try:
        told = Path(name).stat()
    except OSError:
        return None
    if abs(time.time() - told.st_ctime) < SETTLED:
        return None
    return f"{name}\0{told.st_size}\0{told.st_ino}\0{told.st_mtime_ns}\0{told.st_ctime_ns}"


def reading_digest(options: Iterable[object]) -> str:
    """Return a hash over all but the files that reading depends on."""
    return digest(readers_digest(), *(str(option) for option in options))


def readers_digest() -> str:
    """Return a hash over all code, tables and libraries that decide how a file is read."""
    return code_digest(_PACKAGES, libraries=_LIBRARIES, settings={})


__all__ = ["file_stamp", "input_stamp", "readers_digest", "reading_digest"]
