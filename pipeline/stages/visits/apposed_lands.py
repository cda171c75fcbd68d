"""Lands that are first counted and then named: "a trip to three Gulf allies: Oman, Qatar and …"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.stages.visits.arguments import ArgumentReader

#: How far behind what they are called the names may begin, in tokens.
_REACH = 8
_PLURALS = frozenset({"NNS", "NNPS"})


def apposed_lands(
    reader: ArgumentReader, prep: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return the lands of "to the two remaining allies in the region, Belize and Guatemala".

    "To the states in the Gulf, as Oman said" does not fire: several must be listed to the end of
    the phrase.

    Args:
        but: countries that it is not: the travellers' own.
    """
    doc = prep.doc
    called = next((c for c in prep.children if c.dep_ == "pobj" and c.tag_ in _PLURALS), None)
    if called is None:
        return []
    stop = min(reader.scene.sentence(prep.i).end, called.i + _REACH)
    for i in range(called.i + 1, stop):
        if doc[i].text not in {",", ":", "—", "–"}:
            continue
        spots = reader.spots(i + 1, but)
        if len(spots) > 1:
            behind = doc[spots[-1].end : spots[-1].end + 1]
            return list(spots) if not len(behind) or behind[0].is_punct else []
    return []


__all__ = ["apposed_lands"]
