"""Whose trip it is of whom a clause tells right before it: "…, X on a visit to Lima said"."""

from __future__ import annotations

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, NOMINALS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def named_right_before(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "While an envoy warned of war, X on a visit to Lima called for calm": X is in Lima.

    The parse gives the trip to the clause before. "A met B, C and X on a visit to Lima", "he met X
    on a visit to Lima" do not fire.
    """
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in word_set("on_trip") or prep.i + 4 < noun.i:
        return []
    doc, scene = noun.doc, reader.scene
    if set_apart := _set_apart(reader, noun):
        return set_apart
    named = [r for r in scene.at(prep.i - 1) if r.kind == "person" and r.form != "pronoun"]
    one = next((r for r in named if scene.bounds(r)[1] == prep.i), None)
    if one is None:
        return []
    sentence, at = scene.sentence(noun.i), scene.bounds(one)[0]
    while at > sentence.start and (doc[at - 1].pos_ in NOMINALS or doc[at - 1].lower_ == "of"):
        at -= 1
    if at < sentence.start + 2 or doc[at - 1].lower_ not in word_set("before_clause"):
        return []
    listed = any(r.kind in PERSONAL_KINDS for r in scene.at(at - 2))
    before = any(t.tag_ in FINITE for t in doc[sentence.start : at])
    behind = any(t.tag_ in FINITE for t in doc[noun.i + 1 : sentence.end])
    return [Actor(one, prep.i - 1, 0.9)] if before and behind and not listed else []


def _set_apart(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "The reply came a day after X, on a visit to Lima, rejected it": X does what follows.

    The parse gives the trip to the reply. None of "He called X, on a visit to Lima, said Y", "He
    met X, on a visit to Lima, and left".
    """
    doc, scene, prep = noun.doc, reader.scene, noun.head
    if prep.i < 2 or doc[prep.i - 1].text != ",":
        return []
    named = (r for r in scene.at(prep.i - 2) if r.kind == "person" and r.form != "pronoun")
    one = next((r for r in named if scene.bounds(r)[1] == prep.i - 1), None)
    end = scene.sentence(noun.i).end
    close = next((t.i for t in doc[noun.i + 1 : end] if t.text == ","), end)
    at = close + 1
    while at < end and doc[at].pos_ in {"ADV", "AUX"} and doc[at].tag_ not in {"VBD", "VBZ"}:
        at += 1
    if one is None or at >= end or any(t.tag_ in FINITE for t in doc[noun.i : close]):
        return []
    said = doc[at].lemma_ in words("says_own") and at + 1 < end
    if doc[at].tag_ not in FINITE or (said and doc[at + 1].pos_ in NOMINALS):
        return []  # "said Y"
    return [Actor(one, prep.i - 2, 0.9)]


__all__ = ["named_right_before"]
