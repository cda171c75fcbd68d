"""Changed code and changed tables, read anew by a process that has imported them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from pipeline.lexicon import TRIED, load_table, table_text

#: Packages that a child imports anew where not only one stage's own changed.
RENEWED = ("pipeline.stages", "pipeline.discourse")


def renew(packages: Iterable[str]) -> None:
    """Forget modules, so that they are imported anew, with the tables that they read."""
    starts = tuple(packages)
    for name in list(sys.modules):
        if name in starts or name.startswith(tuple(f"{start}." for start in starts)):
            del sys.modules[name]
    importlib.invalidate_caches()
    load_table.cache_clear()


@contextmanager
def trying(package: str, file: str, change: Callable[[str], str]) -> Iterator[None]:
    """Let the stages read a changed table inside the block; the file stays as it is.

    `change` takes the table's text and returns another.

    Raises:
        LexiconError: when the table is next read, if the changed text is none.
    """
    key = (package, file)
    before = TRIED.get(key)
    TRIED[key] = change(table_text(package, file))
    renew(RENEWED)
    try:
        yield
    finally:
        TRIED.pop(key)
        if before is not None:
            TRIED[key] = before
        renew(RENEWED)


__all__ = ["RENEWED", "renew", "trying"]
