"""Sentences that a reception opens: "Weeks after hosting X, Peru is to welcome Y"."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import LAND_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, NOMINALS, TIMES
from pipeline.stages.visits.arguments import ArgumentReader

#: How long the name of who goes on behind the comma may be with its office, in tokens.
_NAME_REACH = 10
_BEFORE_NAME = NOMINALS | {"ADJ", "DET", "PART"}


def host_behind_guest(
    reader: ArgumentReader, verb: Token
) -> tuple[list[Actor], list[Actor]] | None:
    """Return X and Peru of "Weeks after hosting X, Peru is to welcome Y", which the parse joins.

    None where a verb with a tense stands before the comma or nobody goes on behind it: "Hosting X,
    who was ill, Peru", "After hosting X, talks began". Such are read by the parse.
    """
    doc, sentence = verb.doc, verb.sent
    if verb.tag_ != "VBG" or any(t.tag_ in FINITE for t in doc[sentence.start : verb.i]):
        return None
    close = next((t.i for t in doc[verb.i + 1 : sentence.end] if t.text == ","), None)
    if close is None or any(t.tag_ in FINITE for t in doc[verb.i : close]):
        return None
    guest, host = _guest(reader, verb, close), _going_on(reader, close, sentence.end)
    if guest is None or host is None or guest.country in {None, host.country}:
        return None
    ends = (reader.scene.bounds(guest)[1] - 1, reader.scene.bounds(host)[1] - 1)
    return reader.scene.actors_from(Actor(guest, ends[0])), [Actor(host, ends[1])]


def is_over(verb: Token) -> bool:
    """Tell "Weeks after hosting X, Peru will welcome Y", "Since hosting X, Peru will only"."""
    if verb.i == verb.sent.start:
        return False
    prep = verb.nbor(-1)
    if prep.lower_ == "since":
        return True
    before = verb.doc[max(verb.sent.start, prep.i - 1) : prep.i]
    return prep.lower_ == "after" and any(t.ent_type_ in TIMES for t in before)


def host_going_on(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return Peru of "Weeks after hosting X, Peru is to welcome Y" for "welcome"."""
    before = [t for t in verb.doc[verb.sent.start : verb.i] if t.tag_ == "VBG"]
    for opening in before:
        sides = (
            host_behind_guest(reader, opening) if opening.lemma_ in words("host_of_trip") else None
        )
        if sides is not None:
            between = verb.doc[sides[1][0].token + 1 : verb.i]
            return sides[1] if all(t.pos_ in {"AUX", "ADV", "PART"} for t in between) else []
    return []


def _guest(reader: ArgumentReader, verb: Token, close: int) -> Reference | None:
    """Return whom a verb has right behind it, with his office."""
    for i in range(verb.i + 1, close):
        people = [r for r in reader.scene.at(i) if r.kind == "person"]
        if people:
            return max(people, key=lambda r: r.end - r.start)
        if verb.doc[i].pos_ not in _BEFORE_NAME:
            return None
    return None


def _going_on(reader: ArgumentReader, close: int, end: int) -> Reference | None:
    """Return the land or the person who is the subject behind the comma at a token."""
    doc, scene = reader.scene.doc, reader.scene
    for i in range(close + 1, min(end - 1, close + _NAME_REACH)):
        if doc[i].pos_ not in _BEFORE_NAME:
            return None
        acts = doc[i + 1].tag_ in FINITE or doc[i + 1].tag_ == "MD"
        told = [r for r in scene.at(i) if r.kind == "person" or r.kind in LAND_KINDS]
        whole = next((r for r in told if scene.bounds(r)[1] == i + 1), None)
        if acts:
            return whole
    return None


__all__ = ["host_behind_guest", "host_going_on", "is_over"]
