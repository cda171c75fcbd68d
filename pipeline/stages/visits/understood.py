"""Places that a sentence leaves to be understood: "there", "came the next day"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from models import Reference
from pipeline.discourse.scene import Spot
from pipeline.stages.visits.arguments import ArgumentReader

#: How many sentences back a place may stand that "there" means.
_REACH = 2
#: How many sentences back the trip may be told whose place goes on.
_TRIP_REACH = 4
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def understood(
    reader: ArgumentReader, i: int, word: str, *, but: Collection[str | None] = ()
) -> Spot | None:
    """Return the place of the adverb "here" or "there", or of neither, at token `i`."""
    if word == "there":
        return there(reader, i, but=but)
    if word == "here":
        ground = reader.scene.here or reader.scene.ground(but)
        return replace(ground, start=i, end=i + 1) if ground is not None else None
    return set_in(reader, i, but=but)


def there(
    reader: ArgumentReader, i: int, *, but: Collection[str | None] = (), reach: int = _REACH
) -> Spot | None:
    """Return the place that "there" at token `i` means: where the text was last.

    Args:
        but: countries that it cannot mean: the traveller's own.
    """
    scene = reader.scene
    number = scene.sentence_of[i]
    for back in range(reach + 1):
        if number - back < 0:
            break
        sentence = scene.sentences[number - back]
        found = located(reader, sentence.start, min(sentence.end, i))
        fitting = [r for r in found if r.country not in but]
        if fitting:
            last = fitting[-1]
            return Spot(last.country or "", last.place, last, i, i + 1)
        told = _told(reader, number - back, i, but)
        if told is not None:
            return told
    return set_in(reader, i, but=but) if reach == _REACH else None


def set_in(reader: ArgumentReader, i: int, *, but: Collection[str | None] = ()) -> Spot | None:
    """Return the place that callers come to where none is named: that of the report.

    It is the dateline's, else that to which the last trip told led, else the opening's.
    """
    scene = reader.scene
    if scene.here is not None:
        return None if scene.here.country in but else replace(scene.here, start=i, end=i + 1)
    number = scene.sentence_of[i]
    for back in range(_TRIP_REACH + 1):
        told = _told(reader, number - back, i, but)
        if told is not None:
            return told
    ground = scene.ground(but)
    return replace(ground, start=i, end=i + 1) if ground is not None else None


def _told(reader: ArgumentReader, number: int, i: int, but: Collection[str | None]) -> Spot | None:
    """Return where the last trip led that a sentence tells before token `i`."""
    for candidate in reversed(reader.told):
        if reader.scene.sentence_of[candidate.at] < number:
            return None
        if candidate.at >= i or reader.scene.sentence_of[candidate.at] > number:
            continue
        fits = candidate.status is not None and candidate.destination not in but
        if fits and candidate.spot is not None and candidate.destination:
            return replace(candidate.spot, start=i, end=i + 1)
    return None


def located(reader: ArgumentReader, start: int, end: int) -> Iterator[Reference]:
    """Yield the places of a stretch of tokens at which something is: no owners, no doers.

    "in Lima" fires; "Peru's president", "the premier of Peru", "Peru said" do not.
    """
    seen: set[int] = set()
    for reference in reader.scene.places_in(start, end):
        if reference.start in seen or not reference.country:
            continue
        seen.add(reference.start)
        if not reader.scene.is_owner(reference) and not _does(reader, reference):
            yield reference


def _does(reader: ArgumentReader, reference: Reference) -> bool:
    start, end = reader.scene.bounds(reference)
    root = reader.scene.doc[start:end].root
    return reference.kind == "country" and root.dep_ in _SUBJECTS


__all__ = ["located", "set_in", "there", "understood"]
