"""Where a rite is held of which no place is told, by the land of who tells who will come.

"The Czech foreign ministry has confirmed that A and B will attend Friday's state funeral": the
host's officials list its guests. "The Czech state funeral" is held there too.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set


def land_of_teller(scene: Scene, event: Token) -> Spot | None:
    """Return the land of "the Czech state funeral", else of those who tell of "the funeral"."""
    if not {event.lower_, event.lemma_.lower()} & words("rite_of_report"):
        return None
    own = [c for c in event.children if c.dep_ in {"amod", "nmod", "compound"}]
    return _land_in(scene, own) or _land_in(scene, _tellers(event))


def _tellers(event: Token) -> Iterator[Token]:
    """Yield the words of who says, confirms or announces that one will attend."""
    for verb in event.ancestors:
        if verb.lemma_.lower() not in word_set("tells_of_rite"):
            continue
        for subject in verb.children:
            if subject.dep_ in SUBJECTS and subject.pos_ != "PRON":
                yield from subject.subtree


def _land_in(scene: Scene, tokens: Iterator[Token] | list[Token]) -> Spot | None:
    for token in tokens:
        for reference in scene.at(token.i):
            if reference.kind in LAND_KINDS and is_country(reference.country or ""):
                start, end = scene.bounds(reference)
                return Spot(reference.country or "", None, reference, start, end)
    return None


__all__ = ["land_of_teller"]
