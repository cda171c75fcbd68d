"""Lands on a journey behind a bare "and then": "will be in Lima for talks and then Chile"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

THEN = frozenset({"then"})
#: What stands before "then" where a journey goes on.
_JOINTS = frozenset({"and", ",", "—", "–", "--"})
#: How surely a land behind "and then" is the next stop.
_SHARE = 0.85


def then_lands(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read Chile and Cuba of "left for talks in Lima and then Chile and Cuba": the next stops.

    "cut short talks in Lima and then Chile protested", "Lima and then Chile's premier spoke" do
    not fire.
    """
    if not token.i or token.doc[token.i - 1].lower_ not in _JOINTS:
        return
    spots = _next_lands(reader, token)
    model = _journey(reader, token) if spots else None
    if model is None:
        return
    dates = reader.clock.behind(spots[-1].end)
    fact = Fact("planned") if model.status != "completed" else Fact("completed", weak=True)
    when = reader.clock.when(dates, phase="whole", fact=fact) if dates else When()
    told = {
        c.destination for c in reader.told if c.is_of(model.actor) and _beside(reader, c, token)
    }
    for spot in spots:
        if spot.country in told | {model.origin}:
            continue
        told.add(spot.country)
        yield replace(
            model,
            at=token.i,
            spot=spot,
            destination=spot.country,
            fact=fact,
            when=when,
            day=None,
            score=model.score * _SHARE,
            first=False,
            count=1,
            hosts=(),
            notes=(),
        )


def _next_lands(reader: ArgumentReader, then: Token) -> Sequence[Spot]:
    """Return the places right behind "then" that own nothing and do nothing."""
    doc, at = then.doc, then.i + 1
    at += text_at(doc, at) == "to"
    spots = reader.scene.spots(at)
    if not spots or spots[0].start > at + 1 or reader.scene.is_owner(spots[-1].reference):
        return ()
    end = spots[-1].end
    rest = doc[end : reader.scene.sentence(then.i).end]
    if len(rest) and (rest[0].tag_ in FINITE or reader.scene.at(end)):
        return ()
    return spots


def _journey(reader: ArgumentReader, then: Token) -> Candidate | None:
    """Return the trip told last in the sentence, no further clause between its place and "then"."""
    for told in reversed(reader.told):
        if not _beside(reader, told, then):
            return None
        if told.spot is None or told.actor is None or told.spot.end > then.i:
            continue
        between = then.doc[told.spot.end : then.i]
        whole = told.status in MADE_OR_PLANNED and not told.previous
        person = not told.actor.is_party and told.actor.country is not None
        plain = not any(t.tag_ in FINITE or t.text == ";" for t in between)
        apart = any(t.lower_ in word_set("goes_before") for t in between)
        return told if whole and person and plain and not apart else None
    return None


def _beside(reader: ArgumentReader, told: Candidate, token: Token) -> bool:
    """Tell whether a trip is told in a token's sentence."""
    numbers = reader.scene.sentence_of
    return numbers[told.at] == numbers[token.i]


__all__ = ["THEN", "then_lands"]
