"""Which paragraphs of a text tell of one matter: those that name one person or country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def strands_of(told: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    """Return the strand of each paragraph that names anybody, called by one of its names.

    Two paragraphs are of one strand where they share a name, or each shares one with a third.

    Args:
        told: whom and which countries the paragraphs name, each with its paragraph's number.
    """
    chiefs: dict[str, str] = {}

    def chief(name: str) -> str:
        while (above := chiefs.setdefault(name, name)) != name:
            chiefs[name] = name = chiefs[above]  # in this order: from left to right
        return name

    firsts: dict[int, str] = {}
    for number, name in told:
        chiefs[chief(name)] = chief(firsts.setdefault(number, name))
    return {number: chief(first) for number, first in firsts.items()}


__all__ = ["strands_of"]
