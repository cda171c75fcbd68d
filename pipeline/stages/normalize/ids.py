"""Ids made of what a record says: articles that tell of other things do not change them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

DIGITS = 16


def content_id(kind: str, *parts: str | None) -> str:
    """Return `kind-` and a digest of the parts."""
    text = "\0".join((kind, *(part or "" for part in parts)))
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"


def distinct_ids(kind: str, rows: Sequence[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """Yield one id a row of content key and place, in the rows' order.

    Of rows that share their content, the one whose place sorts first is named by its content
    alone, the others by content and place.
    """
    firsts: dict[tuple[str, ...], str] = {}
    for key, place in rows:
        firsts[key] = min(place, firsts.get(key, place))
    used: set[str] = set()
    for key, place in rows:
        made = content_id(kind, *key) if firsts[key] == place else content_id(kind, *key, place)
        while made in used:
            made = content_id(kind, made)
        used.add(made)
        yield made


__all__ = ["content_id", "distinct_ids"]
