"""What is read of a token by its Doc alone, read once however many rules ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

T = TypeVar("T")


def once_a_token(read: Callable[[Token], T]) -> Callable[[Token], T]:
    """Remember what is read of each token, for the Docs met last.

    An article's Doc changes no more, and no rule changes what it is told.
    """

    @lru_cache(maxsize=2)
    def known(_doc: Doc) -> dict[int, T]:
        return {}

    @wraps(read)
    def remembered(token: Token) -> T:
        found = known(token.doc)
        if token.i not in found:
            found[token.i] = read(token)
        return found[token.i]

    return remembered


__all__ = ["once_a_token"]
