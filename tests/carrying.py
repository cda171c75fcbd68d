"""Sharing in which all goes to another process and back, as far as its bytes tell."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator

from pipeline.share import Answer, Item


def carried(function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
    """Do each item of what its bytes hold."""
    for item in items:
        sent, told = pickle.loads(pickle.dumps((function, item)))
        answer: Answer = pickle.loads(pickle.dumps(sent(told)))
        yield answer


__all__ = ["carried"]
