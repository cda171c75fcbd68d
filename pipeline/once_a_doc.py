"""What is read of a Doc by itself, and asked for often, is read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from spacy.tokens import Doc

Made = TypeVar("Made")


def once_a_doc(read: Callable[[Doc], Made]) -> Callable[[Doc], Made]:
    """Remember what is read of a Doc by itself: on one that changes no more, else of the last ones.

    Nobody changes what is returned, unless all who ask are to see it.
    """
    of_others = lru_cache(maxsize=2)(read)

    @wraps(read)
    def remembered(doc: Doc) -> Made:
        kept: dict[Any, Any] | None = getattr(doc, "kept", None)
        if kept is None:
            return of_others(doc)
        if read in kept:
            return kept[read]  # type: ignore[no-any-return]
        made = kept[read] = read(doc)
        return made

    return remembered


__all__ = ["once_a_doc"]
