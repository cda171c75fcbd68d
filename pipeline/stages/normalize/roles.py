"""Offices of visitors: which may be one, and which says most."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.reference.fold import fold
from pipeline.reference.offices import former_words, match_offices
from pipeline.stages.normalize.tables import word_set

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 14)
def role_kinds(role: str | None) -> tuple[str, ...]:
    """Return the classes of a role's offices in order: "prime minister" → head_of_government.

    "former president" is of a class of its own, as the president is another.
    """
    before = "former_" if is_former(role) else ""
    return tuple(before + match.form.office for match in match_offices(role)) if role else ()


@lru_cache(maxsize=1 << 14)
def role_words(role: str | None) -> frozenset[str]:
    """Return a role's telling words, plural endings off."""
    words = (
        word for word in _WORD.findall(fold(role or "")) if word not in word_set("empty_of_office")
    )
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in words)


@lru_cache(maxsize=1 << 14)
def role_key(role: str | None) -> str:
    """Return what two tellings of one unnamed office share.

    "the Minister of Health" and "health minister" are one; "minister of labour" is another.
    """
    kinds = role_kinds(role)
    if kinds and not is_broad(kinds[0]):
        return kinds[0]
    return " ".join(sorted(role_words(role)))


def is_broad(kind: str) -> bool:
    """Tell whether a class holds many offices."""
    return kind.removeprefix("former_") in word_set("broad_class")


@lru_cache(maxsize=1 << 14)
def fullness(role: str) -> tuple[bool, int, int, str]:
    """Return a key by which the fullest role sorts first, one no longer held last."""
    return is_former(role), -len(role_words(role)), -len(role), role


def is_former(role: str | None) -> bool:
    """Tell whether an office is no longer held: "former president", "ex-president"."""
    return bool(set(fold(role or "").split()[:2]) & former_words())


__all__ = ["fullness", "is_broad", "is_former", "role_key", "role_kinds", "role_words"]
