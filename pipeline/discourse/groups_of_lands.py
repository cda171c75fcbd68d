"""Lands that act, or are gone to, as a group: "cut ties with the three Baltic states"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.discourse.tables import words
from pipeline.neighbours import word_at
from pipeline.reference.land_groups import land_groups

#: How many tokens before a group its count or article may stand.
_REACH = 3


def lands_at(doc: Doc, at: int) -> Sequence[str]:
    """Return the lands of the group that token `at` names, where all of them are meant.

    "The Baltic states", "the five Nordic countries", "the Baltics" fire at their adjective or
    name; "two Baltic states", "Nordic countries" do not.
    """
    for parts, alone, row in land_groups().get(doc[at].lower_, ()):
        start = at + 1 - len(parts)
        if start < 0 or any(doc[start + n].lower_ != part for n, part in enumerate(parts)):
            continue
        if not alone and word_at(doc, at + 1) not in words("states_of_group"):
            continue
        near = [t.lower_ for t in doc[max(0, start - _REACH) : start]]
        if near[-1:] and near[-1] in {"all", *row.counts}:
            return row.codes
        some = near[-2:-1] == ["of"] and _is_some(doc[start - _REACH])
        return row.codes if row.bare and near[-1:] == ["the"] and not some else ()
    return ()


def _is_some(before: Token) -> bool:
    """Tell the "two" of "two of the Baltic states", not the "all" of "all of the Baltic states"."""
    return before.lower_ != "all" and (
        before.pos_ == "NUM" or before.lower_ in words("some_of_group")
    )


__all__ = ["lands_at"]
