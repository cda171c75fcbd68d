"""What a caption tells besides who is in the picture: all of it was there, and then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import NOT_OVER
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.labels import ADNOMINAL, PRESENT
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.pictures.photographed import PHOTOGRAPHED

#: How a doing hangs on another that the same picture shows.
_BESIDE = frozenset({"advcl", "conj", "xcomp"})


def in_one_picture(scene: Scene, told: Sequence[Candidate]) -> Iterator[Candidate]:
    """Give the doings of a caption the place and the day of its picture, as far as they have none.

    "President A arrives to attend the forum, Nov. 19, 2022, in Lima, Peru": A arrived there, then.
    Not "A leaves for talks, in Lima, May 3, 2022", nor "A speaks of her visit in Lima"; and "A
    meets B in Lima" may be the news of today.
    """
    taken = {
        (scene.sentence_of[c.at], c.actor.key): c
        for c in told
        if c.rule == PHOTOGRAPHED and c.actor is not None and c.status is not None and c.when
    }
    for candidate in told:
        actor = candidate.actor
        key = (scene.sentence_of[candidate.at], actor.key) if actor is not None else None
        picture = taken.get(key) if key is not None else None
        if picture is None or not _is_shown(scene.doc[candidate.at], candidate):
            yield candidate
        elif candidate.destination is None and candidate.when:
            land = picture.destination
            yield replace(candidate, spot=picture.spot, destination=land, fact=picture.fact)
        elif candidate.destination is None:
            trace.dropped("what its picture, of a place and a day, tells already", candidate)
        elif candidate.destination == picture.destination and not candidate.when:
            yield replace(candidate, when=picture.when, day=picture.day, fact=picture.fact)
        else:
            yield candidate


def _is_shown(trigger: Token, candidate: Candidate) -> bool:
    """Tell what one is seen doing: "arrives", "arrives to attend", "wave as they visit a site"."""
    if candidate.status not in NOT_OVER or candidate.phase == "leave" or trigger.pos_ != "VERB":
        return False
    node = trigger
    while node.dep_ in _BESIDE and node.tag_ not in PRESENT and node.head != node:
        if node.tag_ not in {"VB", "VBG"}:
            return False
        node = node.head
    return node.tag_ in PRESENT and node.dep_ not in ADNOMINAL


__all__ = ["in_one_picture"]
