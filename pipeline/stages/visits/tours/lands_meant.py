"""The lands that "the four nations", "both capitals", "these countries" mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene, Spot
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: The most places that a number stands for.
_MOST = 7
#: How many words may describe them, and what these are.
_DESCRIBED, _DESCRIBES = 3, frozenset({"ADJ", "ADV", "PROPN"})
#: How many sentences back the list may stand that "the four nations" means.
_LIST_REACH = 8


def lands_meant(scene: Scene, told: Sequence[Candidate], i: int) -> list[Spot]:
    """Return the places of "the four nations", "both capitals", "these countries" at token `i`.

    They are those of the last list of so many, else those to which so many trips led.
    """
    count = _counted(scene.doc, i)
    if _pointed(scene.doc, i):
        return _pointed_at(scene, told, i)
    if not count:
        return []
    number = scene.sentence_of[i]
    for back in range(min(_LIST_REACH, number) + 1):
        sentence = scene.sentences[number - back]
        for at in range(sentence.start, min(sentence.end, i)):
            spots = scene.spots(at)
            if len({spot.country for spot in spots}) == count:
                return [replace(spot, start=i, end=i + 1) for spot in spots]
    ends: dict[str, Spot] = {}
    for trip in told:
        fits = trip.spot is not None and trip.status is not None
        if fits and trip.spot is not None and is_country(trip.destination or ""):
            ends[trip.spot.country] = replace(trip.spot, start=i, end=i + 1)
    return list(ends.values()) if len(ends) == count else []


def _pointed_at(scene: Scene, told: Sequence[Candidate], i: int) -> list[Spot]:
    """Return the last countries to which several trips of one traveller led."""
    ends: dict[str, Spot] = {}
    last: Candidate | None = None
    for trip in reversed(told):
        fits = trip.spot is not None and trip.status is not None
        if not fits or trip.spot is None or not is_country(trip.destination or ""):
            continue
        if last is not None and (
            scene.sentence_of[last.at] - _LIST_REACH > scene.sentence_of[trip.at]
            or last.origin != trip.origin
        ):
            break
        last = trip
        ends.setdefault(trip.spot.country, replace(trip.spot, start=i, end=i + 1))
    return list(reversed(ends.values())) if len(ends) > 1 else []


def _pointed(doc: Doc, i: int) -> bool:
    """Tell "these countries", "all those neighbouring nations"."""
    at = i + (word_at(doc, i) == "all")
    if word_at(doc, at) not in {"these", "those"}:
        return False
    return _are_lands(doc, at + 1)


def _counted(doc: Doc, i: int) -> int:
    """Return 4 of "the four nations", "all four neighbouring states", 2 of "both", else 0."""
    before = {"the", "all", "these", "those", "of"}
    at = i
    while at < len(doc) and at - i < 3 and doc[at].lower_ in before:
        at += 1
    count = 2 if word_at(doc, at) == "both" else number_in(text_at(doc, at)) or 0
    if at == i and word_at(doc, at) != "both":
        return 0
    return count if 2 <= count <= _MOST and _are_lands(doc, at + 1) else 0


def _are_lands(doc: Doc, start: int) -> bool:
    """Tell "nations", "neighbouring states" at a token, behind no more than some adjectives."""
    at = start
    while at < len(doc) and at < start + _DESCRIBED and doc[at].pos_ in _DESCRIBES:
        at += 1
    named = doc[at : at + 1]
    return any(t.lemma_.lower() in word_set("each_of_them") and t.tag_ == "NNS" for t in named)


__all__ = ["lands_meant"]
