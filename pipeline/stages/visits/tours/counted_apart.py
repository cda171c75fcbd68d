"""Trips counted together and then land by land: "three trips, twice to Peru and once to Chile"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Spot
from pipeline.labels import PLURALS
from pipeline.neighbours import text_at
from pipeline.signs import LIST_JOINTS, OPENS_LIST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.nouns.counts import times_in_word


def counted_apart(reader: ArgumentReader, trigger: Token) -> Mapping[tuple[int, int], Spot]:
    """Return the lands of "three trips - twice to Peru and once to Chile", each by its number.

    So those of "three trips: two to Peru and one to Chile", "has visited two countries, twice to
    Peru and once to Chile". One alone ("three trips, once to Peru") is no list of them.

    Returns:
        Each place by the token at which it begins and the number of trips there.
    """
    doc, found = trigger.doc, dict[tuple[int, int], Spot]()
    # not of "four trips to Peru, two to Chile", whose first place stands with the noun
    elided = trigger.tag_ in PLURALS and text_at(doc, trigger.i + 1) != "to"
    for to in doc[trigger.i + 1 : reader.scene.sentence(trigger.i).end]:
        number = _times_before(to) if to.lower_ == "to" else 0
        if not number and to.lower_ == "to" and elided:
            number = _trips_before(to)
        spots = reader.scene.spots(to.i + 1) if number else []
        if spots:
            found[(spots[0].start, number)] = spots[0]
    return found if len(found) > 1 else {}


def number_at(apart: Mapping[tuple[int, int], Spot], spot: Spot | None) -> int:
    """Return how many trips led to a place."""
    return next((number for (_, number), other in apart.items() if other == spot), 1)


def _times_before(to: Token) -> int:
    """Return the number of "twice to", "four times to", 0 where none stands there."""
    word = to.nbor(-1).lower_ if to.i else ""
    if word == "times" and to.i > 1:
        return number_in(to.nbor(-2).text) or 0
    return times_in_word(word) or 0


def _trips_before(to: Token) -> int:
    """Return the number of ": two to", "and one to" of trips, 0 of "from two to three"."""
    joint = text_at(to.doc, to.i - 2) if to.i > 1 else ""
    joined = joint in LIST_JOINTS or joint in OPENS_LIST
    word = to.nbor(-1).lower_ if joined else ""
    return 1 if word == "one" else number_in(word) or 0


__all__ = ["counted_apart", "number_at"]
