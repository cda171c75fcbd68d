"""What is read of a Doc by itself, or of a case, and asked for often, is read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from operator import is_
from typing import Any, TypeVar

from spacy.tokens import Doc

from models import Reference
from pipeline.stage import Case

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


def once_a_case(read: Callable[[Case], Made]) -> Callable[[Case], Made]:
    """Remember beside a Doc that changes no more what is read of it, its article and references.

    The stages that read the same rows share it. Nobody changes what is returned.
    """

    @wraps(read)
    def remembered(case: Case) -> Made:
        kept: dict[Any, Any] | None = getattr(case.doc, "kept", None)
        if kept is None:
            return read(case)
        told = (case.article, *case.of(Reference))
        before, made = kept.get(read, ((), None))
        if len(before) == len(told) and all(map(is_, before, told)):
            return made  # type: ignore[no-any-return]
        made = read(case)
        kept[read] = told, made
        return made

    return remembered


__all__ = ["once_a_case", "once_a_doc"]
