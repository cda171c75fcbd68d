"""Guests named late: "received at the palace on Tuesday the Slovene minister"."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import ACTOR_KINDS
from pipeline.discourse.scene import Actor
from pipeline.neighbours import text_at
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.triggers import VISITING

#: How far behind the verb the guest may be named, in tokens.
_REACH = 20
_OBJECTS = frozenset({"dobj", "obj", "dative", "nsubjpass", "agent"})
#: What may stand before the guest by its part of speech: where and when he is received.
_SETTING = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "ADV", "PRON", "PART"})


def shifted_object(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom a verb's object names that stands behind where and when.

    "Received today at his office the minister of Peru, Ana Soto" fires; "received at his office
    the credentials of the ambassador", "received today at the minister's" do not.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBN", "VB"}:
        return []
    dated = reader.clock.covered  # "hosted this morning the minister"
    if any(c.dep_ in _OBJECTS and c.lower_ != "whom" and c.i not in dated for c in verb.children):
        return []
    scene, doc = reader.scene, reader.scene.doc
    for i in range(verb.i + 1, min(scene.sentence(verb.i).end, verb.i + _REACH)):
        told = next((r for r in scene.at(i) if r.kind in ACTOR_KINDS), None)
        if told is not None and doc[i].dep_ == "poss" and doc[i].pos_ == "PRON":
            continue  # "received at his office"
        if told is not None:
            return _told(reader, told) if _is_object(reader, verb, told) else []
        named = doc[i].pos_ in _SETTING and doc[i].lower_ not in word_set("before_no_guest")
        named = named or doc[i].lower_ == VISITING
        named = named or i in reader.clock.covered
        if not named and not (_opens_setting(reader, verb, i) or _closes_setting(reader, verb, i)):
            return []
    return []


def _opens_setting(reader: ArgumentReader, verb: Token, i: int) -> bool:
    """Tell the first comma of "received (on Tuesday), at the palace, the minister of Peru"."""
    doc = reader.scene.doc
    dated = i - 1 in {verb.i, *reader.clock.covered} or doc[i - 1].pos_ == "ADV"
    return dated and doc[i].text == "," and text_at(doc, i + 1) in {"at", "in"}


def _closes_setting(reader: ArgumentReader, verb: Token, i: int) -> bool:
    """Tell the comma of "received at his home in Lima, the minister of Peru".

    Not that of "received in Lima, the minister said".
    """
    doc = reader.scene.doc
    if doc[i].text != "," or not any(t.lower_ in {"at", "in"} for t in doc[verb.i + 1 : i]):
        return False
    behind = doc[i + 1 : reader.scene.sentence(i).end]
    following = next((t for t in behind if t.tag_ in FINITE or t.text == ","), None)
    return following is None or following.text == ","


def _told(reader: ArgumentReader, told: Reference) -> list[Actor]:
    """Return the actors of a reference by the parse, else by position."""
    start, end = reader.scene.bounds(told)
    head = reader.scene.doc[start:end].root
    return reader.scene.actors(head) or reader.scene.actors_from(Actor(told, end - 1, 0.9))


def _is_object(reader: ArgumentReader, verb: Token, told: Reference) -> bool:
    """Tell "at the palace the minister" from "with the minister", "today the king's letter"."""
    start, end = reader.scene.bounds(told)
    doc = reader.scene.doc
    if told.form == "pronoun" or text_at(doc, end) in GENITIVES:
        return False
    while start > verb.i + 1 and _is_before_title(reader, start - 1):
        start -= 1
    return start > verb.i + 2 and doc[start - 1].pos_ != "ADP"


def _is_before_title(reader: ArgumentReader, i: int) -> bool:
    """Tell "the", "visiting", "Slovene" and "Kenya's" before a name or an office."""
    token = reader.scene.doc[i]
    land = any(r.kind == "country" for r in reader.scene.at(i))
    return land or token.pos_ in {"DET", "ADJ", "PART"} or token.lower_ == VISITING


__all__ = ["shifted_object"]
