"""Work that idle processes may take a part of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Share(Protocol):
    """What a function makes of each item, in order: `map`, or the same with others' help."""

    def __call__(
        self, function: Callable[[Item], Answer], items: Iterable[Item], /
    ) -> Iterator[Answer]:
        """Yield the answers.

        Args:
            function: of a module's top level, of its item alone; it and what it takes and gives
                can be sent to another process.
            items: read as they are needed, a few ahead of the answers.
        """


def alone(function: Callable[[Item], Answer], items: Iterable[Item], /) -> Iterator[Answer]:
    """Do all in this process."""
    return map(function, items)


__all__ = ["Share", "alone"]
