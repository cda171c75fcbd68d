"""Who is told to do the same as those of a clause: "together with A and B, she will take part"."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.stages.visits.tables import word_set


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """Return the words in which what stands before such others ends: the "with" of "along with"."""
    return frozenset(told.rpartition(" ")[2] for told in word_set("beside"))


def beside_those(scene: Scene, verb: Token, *, own: Collection[str | None]) -> list[Actor]:
    """Return A and B of "together with A and B she will take part": of other countries.

    Those of a guest's own country only go with him.
    """
    found: list[Actor] = []
    beside, last = word_set("beside"), _last_words()
    if last.isdisjoint(scene.forms(verb.i)):
        return found
    for token in scene.sentence(verb.i):
        if token.lower_ not in last or token.pos_ not in {"ADP", "SCONJ"}:
            continue
        pair = token.doc[max(0, token.i - 1) : token.i + 1].text.lower()
        if beside.isdisjoint({token.lower_, pair}):
            continue
        if next((t for t in token.ancestors if t.pos_ == "VERB"), None) == verb:
            named = [a for a in scene.listed_at(token.i + 1) if a.reference.name]
            found += named or scene.offices_at(token.i + 1)
    return [a for a in found if a.country not in {None, *own}]


__all__ = ["beside_those"]
