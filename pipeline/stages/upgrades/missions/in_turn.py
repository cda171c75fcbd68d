"""Missions that the other side opened in turn: "… in Lima in 2009, and Peru in Suva in 2012"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many tokens may stand between who opens a mission in turn and its place.
_REACH = 7
_PAIR = 2


def opened_in_turn(
    reading: Reading, token: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the mission of "and Peru in Suva in 2012", "Peru followed with one in Suva in 2012".

    Only where the first is that of the other of the two in its land, and has a day of its own.
    """
    end = reading.scene.sentence(token.i).end
    for first in made:
        if len(first.parties) != _PAIR or len(first.owners) != 1 or first.date is None:
            continue
        owner = first.owners[0]
        other = next(iter(first.parties - {owner}))
        for i in range(token.i + 1, end - 2):
            if token.doc[i].lower_ not in words("opens_in_turn"):
                continue
            date = _date_in_turn(reading, i + 1, end, (other, owner))
            if date is not None and date != first.date:
                yield replace(first, date=date, owners=(other,))
                return


def _date_in_turn(reading: Reading, at: int, end: int, pair: tuple[str, str]) -> str | None:
    """Return the day of "Peru in Suva in 2012", told right behind a joint."""
    doc, scene = reading.scene.doc, reading.scene
    named = [r for r in scene.at(at) if r.kind == "country" and r.country == pair[0]]
    if not named:
        return None
    start = scene.bounds(named[0])[1]
    for i in range(start, min(end - 1, start + _REACH)):
        if doc[i].lower_ == "in" and any(s.country == pair[1] for s in scene.spots(i + 1)[:1]):
            return reading.clock.within(i + 2, min(end, i + 2 + _REACH))
        if doc[i].pos_ == "VERB" and doc[i].lemma_ not in words("follows_with"):
            return None
    return None


__all__ = ["opened_in_turn"]
