"""The lands of a tour told by their number: "will visit three countries. They are A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the tour may be told, and the fewest lands that make a list.
_REACH, _FEWEST = 2, 2
#: What may stand with the noun of "the other seven countries".
_BESIDE = frozenset({"det", "nummod", "amod", "punct"})


def lands_told_next(reader: ArgumentReader, be: Token) -> Iterator[Candidate]:
    """Read the lands that a sentence names of a tour of so many countries told just before.

    "The premier will visit eight states, including Peru. The other seven countries are Chile, …"
    fires; "Eight countries trade with Peru. The other seven are Chile, …" does not.
    """
    subject = next((c for c in be.children if c.dep_ in SUBJECTS and c.i < be.i), None)
    if subject is None or not _are_lands(subject):
        return
    spots = _listed(reader, be.i + 1)
    tour = _tour_before(reader, be)
    if tour is None or len(spots) < _FEWEST or not _fits(reader, be, tour, subject, len(spots)):
        return
    for spot in spots:
        if spot.country != tour.origin:
            yield replace(
                tour, at=be.i, spot=spot, destination=spot.country, hosts=(), stops=None, count=1
            )


def _are_lands(subject: Token) -> bool:
    """Tell "the other seven countries", "they", "the other three" of anything told of in full."""
    if any(c.dep_ not in _BESIDE for c in subject.children):
        return False  # "the others at the summit"
    if subject.lower_ in word_set("lands_again"):
        return True
    lands = subject.lemma_.lower() in word_set("land_noun") or subject.pos_ == "NUM"
    return lands and any(c.lower_ in words("definite") for c in subject.children)


def _listed(reader: ArgumentReader, i: int) -> Sequence[Spot]:
    """Return the lands of a list at token `i` that ends its sentence or clause."""
    spots = reader.scene.spots(i)
    if not spots or spots[0].start > i + 1 or reader.scene.is_owner(spots[0].reference):
        return ()
    behind = reader.scene.doc[spots[-1].end : spots[-1].end + 1]
    return spots if not behind or behind[0].is_punct or behind[0].is_space else ()


def _tour_before(reader: ArgumentReader, be: Token) -> Candidate | None:
    """Return the tour of so many countries that was told last, the unnamed ones of it first."""
    number = reader.scene.sentence_of[be.i]
    near = [
        c
        for c in reader.told
        if 0 < number - reader.scene.sentence_of[c.at] <= _REACH and c.status and c.actor
    ]
    counted = [c for c in near if c.stops and c.stops > 1]
    if counted and _names_others(reader, counted[-1], be):
        return None
    return next((c for c in reversed(counted) if c.destination is None), None) or next(
        reversed(counted), None
    )


def _names_others(reader: ArgumentReader, tour: Candidate, be: Token) -> bool:
    """Tell "will visit two countries. Two states oppose it. They are A and B": these oppose it."""
    start = reader.scene.sentence(tour.at).end
    between = be.doc[start : max(start, reader.scene.sentence(be.i).start)]
    lands = (t for t in between if t.tag_ == "NNS" and t.lemma_.lower() in word_set("land_noun"))
    return any(words("definite").isdisjoint(c.lower_ for c in land.children) for land in lands)


def _fits(reader: ArgumentReader, be: Token, tour: Candidate, subject: Token, listed: int) -> bool:
    """Tell whether as many are named as the tour has, or as it has besides those named before."""
    told = {
        c.destination
        for c in reader.told
        if c.actor is not None and tour.actor is not None and c.actor.key == tour.actor.key
    }
    named = len(told - {None})
    numbers = [n for t in (subject, *subject.children) if (n := number_in(t.lower_))]
    rest = {tour.stops, (tour.stops or 0) - named}
    some = be.lemma_ == "include" and listed < (tour.stops or 0)
    return (some or listed in rest) and all(n in rest for n in numbers)


__all__ = ["lands_told_next"]
