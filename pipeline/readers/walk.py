"""Which files an INPUT names."""

from __future__ import annotations

import logging
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pipeline.errors import ReaderError
from pipeline.readers.remote import is_remote, list_remote

LOGGER = logging.getLogger(__name__)

STDIN = "-"
#: A folder with this file in it is an output folder of the program and holds no articles.
STORE_NAME = "communique.db"


def format_of(path: str | Path) -> str:
    """Return a file's suffix in lower case, `.gz` left out."""
    name = Path(path).name.lower()
    return Path(name.removesuffix(".gz")).suffix


def list_files(inputs: Sequence[str | Path], *, suffixes: Collection[str]) -> list[str]:
    """Return the files that some inputs name, sorted, each once.

    A folder gives the files of known suffix below it, hidden ones and output folders left out; a
    file named outright is in whatever its suffix. Links to nothing, and files and folders that may
    not be read, are in too, so that reading rejects them by name. `s3://…` and the like are told of
    in `remote`.

    Raises:
        ReaderError: an input does not exist (`missing`).
    """
    files: set[str] = set()
    for given in inputs:
        if is_remote(str(given)):
            files.update(list_remote(str(given), is_input=lambda p: format_of(p) in suffixes))
            continue
        path = os.path.normpath(given) if str(given) != STDIN else STDIN
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - never raises
            files.update(_walk(path, suffixes))
        elif path == STDIN or is_there(path):
            files.add(path)
        else:
            raise ReaderError(path, "missing", "no such file or folder")
    return sorted(_once(files))


def told_path(path: str) -> str:
    r"""Return a file's name as records tell it: of one that is no UTF-8, `caf\xe9.txt`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_there(path: str | Path) -> bool:
    """Tell whether an input is there, be it a broken link or what may not be looked at.

    Reading rejects those by name, and goes on with the other inputs.

    Raises:
        OSError: the path is none (too long, or with a NUL).
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        return True
    return True


def _once(files: set[str]) -> Iterator[str]:
    """Yield one path, the shortest, of each file that two inputs or links to folders reach."""
    seen: set[str] = set()
    for path in sorted(files, key=lambda path: (path.count(os.sep), path)):
        folder, name = os.path.split(path)
        real = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 - as above
        if path == STDIN or real not in seen:
            seen.add(real)
            yield path


def _walk(folder: str, suffixes: Collection[str]) -> Iterator[str]:
    """Yield the files below a folder, links followed, each folder entered once."""
    skipped: Counter[str] = Counter()
    seen: set[str] = set()
    closed: list[str] = []
    found = False

    def keep(error: OSError) -> None:
        closed.append(str(error.filename))

    for root, folders, names in os.walk(folder, followlinks=True, onerror=keep):
        real = os.path.realpath(root)
        if root == folder and STORE_NAME in names:
            LOGGER.warning("%s: left out, an output folder (%s is in it)", folder, STORE_NAME)
        if real in seen or STORE_NAME in names:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.startswith("."):
                continue
            path = os.path.join(root, name)  # noqa: PTH118 - keeps the path as it was named
            if _never_ends(path):
                skipped["pipe or device"] += 1
            elif format_of(name) in suffixes:
                found = True
                yield path
            else:
                skipped[format_of(name) or "no suffix"] += 1
    yield from closed
    if not (found or closed or skipped):
        LOGGER.warning("%s: no article is in it", folder)
    if skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(skipped.items()))
        LOGGER.warning("%s: left out files of unknown type: %s", folder, kinds)


def _never_ends(path: str) -> bool:
    """Tell whether something is there that is no file: reading a pipe would wait for a writer."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - as above
    except OSError:
        return False
    return not stat.S_ISREG(mode)
