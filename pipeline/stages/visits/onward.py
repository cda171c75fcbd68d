"""Who of two goes on from where they met: the guest, not the host."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def guests_onward(reader: ArgumentReader, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
    """Return B of "A met B in A's capital. He then flew on to Lima", for a pronoun read as A.

    "A met B in A's capital. He will fly to Lima in June" leaves A.
    """
    return [_guest(reader, verb, actor) or actor for actor in actors]


def _guest(reader: ArgumentReader, verb: Token, actor: Actor) -> Actor | None:
    if actor.reference.form != "pronoun" or not _goes_on(reader, verb):
        return None
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        if reader.scene.sentence_of[told.at] != number - 1:
            continue
        guest = told.actor
        if guest is not None and told.destination == actor.country and guest.key != actor.key:
            return guest if not guest.reference.plural and told.status is not None else None
    return None


def _goes_on(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "flew on to Lima", "from there he heads to Lima", "then travels to Lima"."""
    near = {c.lower_ for c in verb.children}
    start = reader.scene.sentence(verb.i).start
    opening = verb.doc[start : start + 2].text.lower()
    return bool(near & word_set("goes_further")) or opening == "from there"


__all__ = ["guests_onward"]
