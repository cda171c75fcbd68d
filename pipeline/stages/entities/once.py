"""What an object reads of its article, read once however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

Self = TypeVar("Self")
P = ParamSpec("P")
T = TypeVar("T")


def once(read: Callable[Concatenate[Self, P], T]) -> Callable[Concatenate[Self, P], T]:
    """Remember on the object what a method returned for each choice of arguments.

    For methods of objects that live as long as their article is read and change nothing of what
    the method looks at; arguments are hashable, and nobody changes what is returned.
    """
    name = f"once {read.__qualname__}"

    @wraps(read)
    def remembered(self: Self, *args: P.args, **kwargs: P.kwargs) -> T:
        known: dict[Any, T] | None = self.__dict__.get(name)
        if known is None:
            known = self.__dict__[name] = {}
        key = (args, *kwargs.items()) if kwargs else args
        if key not in known:
            known[key] = read(self, *args, **kwargs)
        return known[key]

    return cast("Callable[Concatenate[Self, P], T]", remembered)


__all__ = ["once"]
