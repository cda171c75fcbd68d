"""What is read of a token by its Doc alone, read once however many rules ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

T = TypeVar("T")


def once_a_token(read: Callable[[Token], T]) -> Callable[[Token], T]:
    """Remember what is read of each token, for the Docs met last.

    An article's Doc changes no more, and no rule changes what it is told.
    """

    @lru_cache(maxsize=2)
    def of_others(_doc: Doc) -> dict[int, T]:
        return {}

    @wraps(read)
    def remembered(token: Token) -> T:
        doc, at = token.doc, token.i
        kept: dict[Any, Any] | None = getattr(doc, "kept", None)
        found: dict[int, T] = of_others(doc) if kept is None else kept.setdefault(read, {})
        if at in found:
            return found[at]
        made = found[at] = read(token)
        return made

    return remembered


__all__ = ["once_a_token"]
