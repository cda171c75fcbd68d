"""Further visits that one noun names: "visits by X to Peru in 2011 and by Y to Chile in 2014"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import PLURALS, SUBJECTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import GENITIVES, LIST_JOINTS, STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.visited_by import dated, own_dates

_JOINTS = LIST_JOINTS | {";"}
_OWNERS = frozenset({"by", "of", "from"})
#: What stands between a body and those whom it means.
_OPENS_NAMES = STROKES | {":"}
#: How the words of a name and its title hang together.
_WITHIN = frozenset({"compound", "appos", "poss", "nmod", "amod"})
#: What stands about a date.
_OF_DATE = frozenset({"in", "on", "(", ")"})


def further_visits(
    reader: ArgumentReader, noun: Token, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read on behind the first visitor and place that a noun has.

    "Visits to Peru by X in 2011, Y in 2013 and Z in 2015" names three, "X's trip to Peru and Y's to
    Chile" two; "visits to Peru by X in 2011 and talks with Y in 2013" one.
    """
    doc = reader.scene.doc
    model = next(
        (c for c in found if c.actor is not None and (c.spot or _are_named_behind(c, doc))), None
    )
    if model is None or model.actor is None:
        return
    told = {(c.actor.key, c.destination) for c in found if c.actor is not None}
    end = reader.scene.sentence(noun.i).end
    spot = model.spot
    at = max(spot.end if spot else 0, reader.scene.phrase_end(model.actor.reference))
    joints = _JOINTS | _OPENS_NAMES if _are_named_behind(model, doc) else _JOINTS
    if text_at(doc, at) in joints and at == end - 1 and end < len(doc):
        end = reader.scene.sentence(end).end
    while at > noun.i and (entry := _entry(reader, _past_date(reader, at), end, joints)):
        actor, places, at = entry
        spot = places[0] if places else spot
        dates = reader.clock.behind(places[0].end) if places else own_dates(reader, actor)
        there = spot.country if spot else None
        again = actor.key == model.actor.key and not places  # "by the premier, Ana Ruiz, in May"
        listed = (actor.key, there) in told and (again or not dates)
        if listed or actor.country in {None, there} or not (spot or dates):
            continue
        made = replace(
            model,
            at=reader.scene.bounds(actor.reference)[0],
            actor=actor,
            origin=actor.country,
            spot=spot,
            destination=there,
            score=model.score * 0.85,
            first=False,
            count=1,
            hosts=(),
        )
        yield dated(reader, made if dates else reader.undated(made), dates)


def _are_named_behind(told: Candidate, doc: Doc) -> bool:
    """Tell "visits by presidents – X in 2011, Y in 2013", of whom each is named behind.

    However the first of them is told: X may be taken for the name of the presidents.
    """
    return told.actor is not None and doc[told.actor.token].tag_ in PLURALS


def _past_date(reader: ArgumentReader, at: int) -> int:
    """Return the token behind "in 2011", "(2011)" at token `at`."""
    doc = reader.scene.doc
    while at < len(doc) and (doc[at].lower_ in _OF_DATE or at in reader.clock.covered):
        at += 1
    return at


def _entry(
    reader: ArgumentReader, at: int, end: int, joints: AbstractSet[str]
) -> tuple[Actor, list[Spot], int] | None:
    """Return who stands behind a joint at token `at`, where he goes, and where that ends."""
    doc, joint = reader.scene.doc, at
    while at < end and doc[at].lower_ in joints:
        at += 1
    if at == joint:
        return None
    at += at < end and doc[at].lower_ in _OWNERS
    for start in range(at, min(at + 2, end)):
        for actor in reader.scene.listed_at(start)[:1] or _owning_office(reader, start):
            behind = reader.scene.phrase_end(actor.reference)
            behind += word_at(doc, behind) in GENITIVES  # "X's trip to Peru and Y's to Chile"
            if any(t.pos_ in VERBS for t in doc[at:behind]) or _acts(doc[actor.token]):
                return None
            comma = text_at(doc, behind) == ","
            leads = word_at(doc, behind + comma) in {"to", "in"}
            spots = reader.scene.spots(behind + comma + 1) if leads else []
            if not spots and not own_dates(reader, actor):
                return None
            return actor, spots, spots[-1].end if spots else behind
    return None


def _owning_office(reader: ArgumentReader, at: int) -> list[Actor]:
    """Return the Danish premier of "King A's trip to Peru and the Danish premier's to"."""
    found = [a for a in reader.scene.offices_at(at) if not a.reference.plural][:1]
    ends = (reader.scene.phrase_end(a.reference) for a in found)
    return found if any(word_at(reader.scene.doc, end) in GENITIVES for end in ends) else []


def _acts(name: Token) -> bool:
    """Tell Y of "ahead of a visit by X to Peru, Y on Friday signed the pact", who does no more."""
    while name.dep_ in _WITHIN and name.head != name:
        name = name.head
    return name.dep_ in SUBJECTS and name.i < name.head.i


__all__ = ["further_visits"]
