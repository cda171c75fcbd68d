"""Lands that are first counted and then named: "a trip to three Gulf allies: Oman, Qatar and …"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.stages.visits.arguments import ArgumentReader

#: How far behind what they are called the names may begin, in tokens.
_REACH = 12
_PLURALS = frozenset({"NNS", "NNPS"})
_SIGNS, _NAMELY = frozenset({",", ":", "—", "–", "-", "("}), frozenset({"namely", "including"})


def apposed_lands(
    reader: ArgumentReader, prep: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return the lands of "to the two remaining allies in the region, Belize and Guatemala".

    "To the states in the Gulf, as Oman said" does not fire: several must be listed to the end of
    the phrase.

    Args:
        but: countries that it is not: the travellers' own.
    """
    called = next((c for c in prep.children if c.dep_ == "pobj" and c.tag_ in _PLURALS), None)
    return lands_behind(reader, called, but) if called is not None else []


def lands_behind(
    reader: ArgumentReader, called: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return A, B and C of "(visited) three countries last week - A, B and C".

    Args:
        called: the noun that calls them countries.
        but: countries that it is not: the travellers' own.
    """
    doc = called.doc
    stop = min(reader.scene.sentence(called.i).end, called.i + _REACH)
    for i in range(called.i + 1, stop):
        if doc[i].pos_ in {"VERB", "AUX"}:
            return []
        if doc[i].text not in _SIGNS:
            continue
        spots = reader.spots(i + 1 + (doc[i + 1 : i + 2].text.lower() in _NAMELY), but)
        if len(spots) > 1:
            behind = doc[spots[-1].end : spots[-1].end + 1]
            ends = not len(behind) or behind[0].is_punct or behind[0].is_space
            return list(spots) if ends else []
    return []


__all__ = ["apposed_lands", "lands_behind"]
