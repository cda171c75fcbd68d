"""Who is told to be in another land, so that a report's dateline does not place what he does."""

from __future__ import annotations

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.scene import Actor, Spot
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader

#: What stands before a place at which something is, not before that of "the Ghana News Agency".
_WHERE = frozenset({"in", "at", "to", "from"})


def is_told_elsewhere(reader: ArgumentReader, verb: Token, actor: Actor, spot: Spot | None) -> bool:
    """Tell A of "WELLINGTON - A met the premier in Samoa on Friday. She told a news conference".

    Of whom it is told that he is in another land today, the dateline tells but who writes.
    """
    here, sentence = reader.scene.here, reader.scene.sentence(verb.i)
    if here is None or spot is None or spot.country != here.country:
        return False
    named = (r for r in reader.scene.places_in(sentence.start, sentence.end))
    at_home = (reader.scene.bounds(r)[0] for r in named if r.country == here.country)
    if any(word_at(reader.scene.doc, i - 1) in _WHERE for i in at_home):
        return False
    today = reader.scene.article.published or ""
    near = (c for c in reversed(reader.told_of(actor)) if c.destination)
    last = next(near, None)
    if last is None or last.destination == here.country or last.phase == "leave":
        return False
    return last.status == "ongoing" or bool(today and last.day == today)


def is_just_there(reader: ArgumentReader, verb: Token, actor: Actor, spot: Spot | None) -> bool:
    """Tell who "has arrived in Doha and will take part in the talks": in none told of before.

    The place of those, elsewhere, stands in another sentence.
    """
    sentence = reader.scene.sentence(verb.i)
    named = spot.reference.start if spot is not None and spot.reference else None
    if spot is None or named is None or named >= sentence.start_char:
        return False
    here = (c for c in reader.told_of(actor) if sentence.start <= c.at < verb.i and c.destination)
    come = [c for c in here if c.phase == "arrive" and c.status in MADE]
    return bool(come) and come[-1].destination != spot.country


__all__ = ["is_just_there", "is_told_elsewhere"]
