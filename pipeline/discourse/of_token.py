"""What is read of a token by its Doc alone, read once however many rules ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

from pipeline.once_a_doc import once_a_doc

T = TypeVar("T")


def once_a_token(read: Callable[[Token], T]) -> Callable[[Token], T]:
    """Remember what is read of each token, for the Docs met last.

    An article's Doc changes no more, and no rule changes what it is told.
    """

    @once_a_doc
    def known(_doc: Doc) -> dict[int, T]:
        return {}

    @wraps(read)
    def remembered(token: Token) -> T:
        found, at = known(token.doc), token.i
        if at in found:
            return found[at]
        made = found[at] = read(token)
        return made

    return remembered


__all__ = ["once_a_token"]
