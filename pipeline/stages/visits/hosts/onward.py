"""Who of two goes on from where they met: the guest, not the host."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.scene import Actor
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the guest's trip may be told where only "then" or "on" tells of a tour.
_REACH = 4


def guests_onward(reader: ArgumentReader, verb: Token, actors: Sequence[Actor]) -> list[Actor]:
    """Return B of "A met B in A's capital. He then flew on to Lima", for a pronoun read as A.

    So of "B landed in Oslo. A of Norway received him. From Oslo he will travel to Lima", however
    far B's landing is told before. "A met B in A's capital. He will fly to Lima in June" leaves A.
    """
    return [_guest(reader, verb, actor) or actor for actor in actors]


def _guest(reader: ArgumentReader, verb: Token, actor: Actor) -> Actor | None:
    if actor.reference.form != "pronoun" or actor.country is None:
        return None
    left = reader.source(verb) == actor.country
    if not left and not _goes_on(reader, verb):
        return None
    now = [
        told
        for told in reader.told
        if told.status in MADE_OR_PLANNED and not _is_of_old(reader, told)
    ]
    if any(told.is_of(actor) and told.destination != actor.country for told in now):
        return None  # he is abroad himself
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(now):
        behind = number - reader.scene.sentence_of[told.at]
        if behind and (left or behind <= _REACH) and told.destination == actor.country:
            guest = told.actor
            return None if guest is None or guest.reference.plural else guest
    return None


def _is_of_old(reader: ArgumentReader, told: Candidate) -> bool:
    """Tell a trip of "visited Norway in 2019", in a text of 2024, from which nobody goes on now."""
    year, now = (told.when.start or "")[:4], (reader.scene.article.published or "")[:4]
    return bool(year and now) and year < now


def _goes_on(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "flew on to Lima", "from there he heads to Lima", "then travels to Lima"."""
    near = {c.lower_ for c in verb.children}
    start = reader.scene.sentence(verb.i).start
    opening = verb.doc[start : start + 2].text.lower()
    return bool(near & word_set("goes_further")) or opening == "from there"


__all__ = ["guests_onward"]
