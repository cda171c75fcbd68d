"""Where talks are held, as their own sentence tells it: "talks with A in Rome", "set for Rome"."""

from __future__ import annotations

from spacy.tokens import Token

from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.scene import Spot
from pipeline.labels import VERBS
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.meetings.talk_sides import seat_told
from pipeline.stages.visits.tables import word_set


def near_talks(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the place told beside talks, but not where others make them ready.

    "Gathered in Lima for talks between A and B" fires; "X met Y in Lima, paving the way for talks
    between A and B" does not.
    """
    spot = reader.local_spot(noun, None)
    if spot is None or spot.start > noun.i:
        return spot
    around = {t.i for t in noun.doc[spot.start].ancestors}
    for token in noun.ancestors:
        if token.i in around:
            return spot
        told = [token, *(c for c in token.children if c.dep_ == "dobj" and c.i < noun.i)]
        if any(t.lemma_.lower() in word_set("toward_a_meeting") for t in told):
            return None
    return spot


def reported_from(reader: ArgumentReader, noun: Token, verb: Token) -> Spot | None:
    """Return the dateline's place for talks that the opening says were held, with no place."""
    body = [s for s in reader.scene.sentences if s.start_char >= reader.scene.article.body_start]
    opening = reader.scene.sentence(noun.i) in body[:2]
    held = verb.lemma_ in word_set("holds_event", "begins_event")
    told = reader.scene.places_in(noun.i, reader.scene.sentence(noun.i).end)
    named = any(place.kind == "place" for place in told)
    return reader.scene.here if opening and held and not named else None


def is_on_the_edge(noun: Token, spot: Spot) -> bool:
    """Tell the Rome of "talks between A and B on the sidelines of a summit in Rome", the summit's.

    "Talks in Rome between A and B on the sidelines of a summit" were in Rome.
    """
    between = noun.doc[noun.i + 1 : spot.start]
    return are_on_sidelines(between)


def seat_of_talks(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the place of "talks with A in Rome", not that of "talks with A on aid in Rome"."""
    doc = reader.scene.doc
    for i in range(noun.i + 1, reader.scene.sentence(noun.i).end):
        on_a_day = i + 1 in reader.clock.starts
        if doc[i].pos_ in VERBS or (leads_to_topic(reader, i) and not on_a_day):
            return _held_in(reader, doc[i])
        spots = reader.scene.spots(i + 1) if doc[i].lower_ in {"in", "at"} else []
        if spots:
            return spots[0]
    return None


def leads_to_topic(reader: ArgumentReader, i: int) -> bool:
    """Tell the "on" of "talks on aid" from the words of an office: "Minister of Trade of Peru"."""
    doc, scene = reader.scene.doc, reader.scene
    if doc[i].lower_ not in word_set("of_a_topic"):
        return False
    titled = any(r.kind in PERSONAL_KINDS for r in scene.at(i))
    at = i + 1 + (word_at(doc, i + 1) == "the")
    owns = (r for r in scene.at(at) if r.kind in LAND_KINDS and scene.is_owner(r))
    return not titled and next(owns, None) is None


def _held_in(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "talks with A, which took place in Rome"."""
    if verb.pos_ == "AUX" and verb.head.dep_ == "relcl":
        verb = verb.head
    which = next((c for c in verb.children if c.lower_ in {"which", "that"}), None)
    held = verb.lemma_ in word_set("holds_event") or "place" in {c.lower_ for c in verb.children}
    if which is None or verb.dep_ != "relcl" or not held:
        return None
    for prep in (c for c in verb.children if c.lower_ in {"in", "at"}):
        spots = reader.scene.spots(prep.i + 1)
        if spots and spots[0].is_town:
            return spots[0]
    return None


def told_seat(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the place that is said of a meeting, not within its own words."""
    return _set_for(reader, noun) or _venue(reader, noun) or seat_told(reader, noun)


def _venue(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town of "Rome, the site of talks with A", "Rome will be the scene of talks"."""
    site = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "for"} else noun
    if site.lemma_ not in word_set("venue"):
        return None
    told: Token | None = site.head if site.dep_ == "appos" else None
    if site.dep_ == "attr":
        told = next((c for c in site.head.children if c.dep_ == "nsubj"), None)
    spots = reader.scene.spots(told.left_edge.i) if told is not None else []
    return spots[0] if spots else None


def _set_for(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town of "A's talks with B, set for Rome next month"."""
    for clause in (c for c in noun.children if c.lower_ in word_set("fixed_for")):
        for prep in (c for c in clause.children if c.lower_ in {"for", "in", "at"}):
            spots = reader.scene.spots(prep.i + 1)
            if spots and spots[0].is_town:
                return spots[0]
    return None


__all__ = [
    "is_on_the_edge",
    "leads_to_topic",
    "near_talks",
    "reported_from",
    "seat_of_talks",
    "told_seat",
]
