"""Lands told before the verb of a trip: "Besides Peru, she will visit Chile in June"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many tokens before "Peru" the word stands that adds it ("in addition to", "as well as").
_WORDS = 3


def lands_besides(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read Peru of "In addition to Peru, X will visit Chile", told of X's trip to Chile.

    "Apart from Peru, no land sent aid", "Besides trade, X will discuss Peru" do not fire: nobody is
    told to go anywhere. So Peru and Cuba of "X visited Chile, in addition to Peru and Cuba", "in
    addition to other countries including Peru and Cuba".
    """
    model = next((c for c in made if c.spot is not None and c.spot.start > verb.i), None)
    if model is None or model.actor is None or model.count != 1:
        return
    yield from _added_behind(reader, verb, made, model)
    start = reader.scene.sentence(verb.i).start
    end = _end_of_adding(verb, start)
    spots = reader.scene.spots(end) if end else []
    if not spots or text_at(verb.doc, spots[-1].end) != ",":
        return
    told = {c.destination for c in made} | {model.origin}
    for spot in spots:
        if spot.country in told:
            continue
        yield replace(
            model,
            at=spot.start,
            spot=spot,
            destination=spot.country,
            when=When(),
            day=None,
            score=model.score * 0.85,
            first=False,
            hosts=(),
        )


def _added_behind(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate], model: Candidate
) -> Iterator[Candidate]:
    """Yield the trips to the lands added behind a verb's own, on the same days."""
    assert model.spot is not None
    doc, stop = verb.doc, reader.scene.sentence(verb.i).end
    told = {c.destination for c in made} | {model.origin}
    for i in range(model.spot.end, stop - 2):
        if doc[i].tag_ in FINITE:
            return
        if doc[i : i + 3].text.lower() != "in addition to":
            continue
        at = i + 3
        while at < stop and doc[at].lower_ in word_set("before_added_land"):
            at += 1
        spots = reader.scene.spots(at)
        if not spots or spots[0].start > at + 1 or reader.scene.is_owner(spots[-1].reference):
            return
        for spot in spots:
            if spot.country not in told:
                made_there = replace(model, at=spot.start, spot=spot, destination=spot.country)
                yield replace(made_there, score=model.score * 0.85, first=False, hosts=())
        return


def _end_of_adding(verb: Token, start: int) -> int:
    """Return the token behind "besides", "in addition to", "apart from" that opens a sentence."""
    for i in range(start, min(start + _WORDS, verb.i)):
        if verb.doc[i].pos_ in VERBS:
            return 0
        if verb.doc[i].lower_ in word_set("adds_land"):
            led = word_at(verb.doc, i + 1) in {"to", "from", "as", "visiting"}
            return i + 1 + led
    return 0


__all__ = ["lands_besides"]
