"""The lands that "the four nations", "both capitals", "these countries" mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import TIMES
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: The most places that a number stands for.
_MOST = 7
#: What stands behind a "both" that has no noun of its own, but for a day.
_NO_NOUN = frozenset({"PUNCT", "ADP", "ADV", "SPACE", "SCONJ"})
#: How many words may describe them, and what these are.
_DESCRIBED, _DESCRIBES = 3, frozenset({"ADJ", "ADV", "PROPN", "NOUN"})
#: How many sentences back the list may stand that "the four nations" means, and that which
#: "these countries" or a bare "both" does.
_LIST_REACH, _NEAR_REACH = 8, 2


def lands_meant(scene: Scene, told: Sequence[Candidate], i: int) -> list[Spot]:
    """Return the places of "the four nations", "both capitals", "these countries" at token `i`.

    They are those of the last list of so many, else those to which so many trips led.
    """
    if _pointed(scene.doc, i):
        return _pointed_at(scene, told, i) or _listed(scene, i, _NEAR_REACH)
    if count := _bare(scene.doc, i):
        return _listed(scene, i, _NEAR_REACH, count)
    count = _counted(scene.doc, i)
    if not count:
        return []
    if listed := _listed(scene, i, _LIST_REACH, count):
        return listed
    if bidding := _of_bidders(scene, i, count):
        return bidding
    ends: dict[str, Spot] = {}
    for trip in told:
        fits = trip.spot is not None and trip.status is not None
        if fits and trip.spot is not None and is_country(trip.destination or ""):
            ends[trip.spot.country] = replace(trip.spot, start=i, end=i + 1)
    return list(ends.values()) if len(ends) == count else []


def _listed(scene: Scene, i: int, reach: int, count: int = 0) -> list[Spot]:
    """Return the places of the last list of so many, or of several, before token `i`."""
    number = scene.sentence_of[i]
    for back in range(min(reach, number) + 1):
        sentence = scene.sentences[number - back]
        for at in range(sentence.start, min(sentence.end, i)):
            spots = scene.named_together(at)
            lands = len({spot.country for spot in spots})
            if lands > 1 and count in {0, lands}:
                return [replace(spot, start=i, end=i + 1) for spot in spots]
    return []


def _of_bidders(scene: Scene, i: int, count: int) -> list[Spot]:
    """Return both lands of "At the invitation of Premiers A of Peru and B of Chile, X will …"."""
    start = scene.sentence(i).start
    bid = (t.i for t in scene.doc[start:i] if t.lower_ in words("invitation"))
    if (first := next(bid, None)) is None:
        return []
    told = {r.country: r for r in scene.places_in(first, i) if is_country(r.country or "")}
    spots = [Spot(code or "", None, r, i, i + 1) for code, r in told.items()]
    return spots if len(spots) == count else []


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


def _bare(doc: Doc, i: int) -> int:
    """Return 2 of "visited both", 3 of "was in all three", else 0."""
    at = i + (word_at(doc, i) == "all")
    count = 2 if word_at(doc, i) == "both" else number_in(text_at(doc, at)) if at > i else None
    if count is None or not 2 <= count <= _MOST:
        return 0
    behind = doc[at + 1 : at + 2]
    if behind.text.lower() == "of" and word_at(doc, at + 2) != "them":
        return 0
    return count if all(t.pos_ in _NO_NOUN or t.ent_type_ in TIMES for t in behind) else 0


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
    for token in doc[start : start + _DESCRIBED + 1]:
        if token.lemma_.lower() in word_set("each_of_them") and token.tag_ == "NNS":
            return True
        if token.pos_ not in _DESCRIBES:
            return False
    return False


__all__ = ["lands_meant"]
