"""Guests named behind what they do: "Arriving in Lima on Monday were A and B", "Due here is A"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import FINITE
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.meetings.participants import listed_from
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

#: How far behind its head a sentence's "were" may stand, and how far the participle, in tokens.
_REACH, _OPENING = 22, 6
#: How far behind "were" the first guest may begin: "were the Dominican Republic's President X".
_LED_IN = 5
_OF_BE = frozenset({"is", "are", "was", "were", "be"})
_HIM = frozenset({"him", "her", "them"})


def inverted(reader: ArgumentReader, be: Token) -> Iterator[Candidate]:
    """Read "Arriving in Lima were A and B", "Among those heading to Lima is A", "Due here is A".

    "Leaving Lima was A", "Also in Lima is the seat of the court, led by A", "Joining A on the visit
    to Lima is B", "Travelling with A is B", who only goes along, do not fire.
    """
    if be.lower_ not in _OF_BE or reader.is_remote(be):
        return
    sentence = reader.scene.sentence(be.i)
    comes = _comes(be, sentence.start)
    if comes is None or _joins_trip(comes, be) or _goes_with_one(reader, comes):
        return
    guests = listed_from(reader, be.i + 1)
    if not guests or reader.scene.bounds_of(guests[0].reference)[0] > be.i + _LED_IN:
        return
    spot, event = _where(reader, comes, be)
    if spot is None:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    fact = _fact(be, comes)
    at_it = event is not None and comes.lower_ in word_set("fronted_to_event")
    for made in done(reader, be, rule, actors=guests, spot=spot, event=event, within=True):
        if at_it:  # "Among those attending the summit are A and B"
            here = Fact("ongoing", weak=True) if be.lower_ == "are" else fact
            yield replace(made, rule="opened_list", fact=here, notes=("event",))
        elif event is None and spot == reader.gatherings.seat:
            yield replace(made, fact=fact, notes=(*made.notes, "event"))
        else:
            yield replace(made, fact=fact)


def _joins_trip(comes: Token, be: Token) -> bool:
    """Tell "Joining A on the visit to Lima" from "Joining A at the summit in Lima"."""
    trip = any(t.lemma_.lower() in words("trip_noun") for t in comes.doc[comes.i + 1 : be.i])
    return trip and comes.lemma_.lower() in word_set("goes_with")


def _goes_with_one(reader: ArgumentReader, comes: Token) -> bool:
    """Tell "Travelling with the president are", who go along, from "Arriving with gifts are"."""
    doc, behind = comes.doc, comes.i + 2
    if word_behind(comes) not in {"with", "alongside"} or behind >= len(doc):
        return False
    near = range(behind, min(behind + _LED_IN, len(doc)))
    one = any(r.kind in {"person", "office"} for at in near for r in reader.scene.at(at))
    return one or doc[behind].lower_ in _HIM


def _comes(be: Token, start: int) -> Token | None:
    """Return the "arriving" of "Among those arriving in Lima were", with no verb before "were"."""
    if not 0 < be.i - start <= _REACH:
        return None
    before = be.doc[start : be.i]
    will = {"will", "would"} if be.lower_ == "be" else set()
    if any(t.tag_ in FINITE and t.lower_ not in will for t in before):
        return None
    if be.lower_ == "be" and before[-1].lower_ not in will:
        return None
    opening = before[:_OPENING]
    comes = next((t for t in opening if t.lower_ in word_set("fronted_coming")), None)
    if comes is None or (comes.lower_ == "taking" and word_behind(comes) != "part"):
        return None
    ahead = be.doc[start : comes.i].text.lower()
    if any(t.dep_ == "neg" or t.lower_ in word_set("absent") for t in before):
        return None  # "Also not attending are A and B"
    first = not ahead or ahead.split()[0] in word_set("before_fronted")
    return comes if first and "," not in ahead else None


def _where(reader: ArgumentReader, comes: Token, be: Token) -> tuple[Spot | None, Token | None]:
    """Return the place and the event of "attending the talks in Lima were", "joining him is"."""
    scene = reader.scene
    after_him = comes.lower_ in word_set("fronted_behind")
    for token in be.doc[comes.i + 1 : be.i]:
        if after_him and be.doc[comes.i + 1].lower_ not in _HIM:
            break  # "Following the talks in Lima closely was A"
        if is_event(token) and (held := event_place(reader, be, token)) is not None:
            return held, token
        spots = [s for s in scene.spots(token.i) if s.end <= be.i]
        at_it = comes.lower_ not in word_set("fronted_to_event")
        if at_it and spots and token.nbor(-1).lower_ != "from":
            return spots[0], None
    if be.doc[comes.i + 1].lower_ in _HIM:
        number = scene.sentence_of[be.i]
        near = [c for c in reader.told if 0 <= number - scene.sentence_of[c.at] <= 1]
        return next((c.spot for c in reversed(near) if c.spot is not None), None), None
    if comes.lower_ in word_set("fronted_towards"):
        return reader.gatherings.seat or reader.understood.there(be.i, reach=2), None
    return None, None


def _fact(be: Token, comes: Token) -> Fact:
    """Return what "were arriving", "will be joining", "is expected" tell of guests named behind."""
    due = comes.lower_ in word_set("fronted_plan")
    if be.lower_ == "be" or due:
        return Fact("planned", weak=True)
    if be.lower_ in {"was", "were"}:
        return Fact("completed", weak=True)
    towards = comes.lower_ in word_set("fronted_towards")
    return Fact("planned" if towards else "ongoing", weak=True)


__all__ = ["inverted"]
