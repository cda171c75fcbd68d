"""Things brought together pair by pair: by which of them each is known."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def root_of(home: dict[Thing, Thing], thing: Thing) -> Thing:
    """Return the one by which a thing and all brought together with it are known.

    Args:
        home: what each thing was put under, itself at first; the ways through it are made shorter.
    """
    while home[thing] != thing:
        home[thing] = home[home[thing]]
        thing = home[thing]
    return thing


__all__ = ["root_of"]
