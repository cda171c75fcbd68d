"""Whose trip it is of whom a clause tells right before it: "…, X on a visit to Lima said"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, NOMINALS, PAST, SUBJECTS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.forerunners import list_at

#: How many tokens may stand between a trip and the verb of its clause.
_CLAUSE = 16


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


def who_paid_it(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "the visit that the Malian premier, X, paid in May to Peru", by the words' order.

    The parse makes the premier what the visit is. Not of "the visit that the king and X hailed".
    """
    verb = paid_behind(noun)
    if verb is None:
        return []
    at = verb.i - 1 - (verb.nbor(-1).text == ",")
    named = [r for r in reader.scene.at(at) if r.kind == "person" and r.name and r.role_kind]
    return [Actor(named[0], at, 0.9)] if named else []


def paid_behind(noun: Token) -> Token | None:
    """Return the "paid" of "the visit that the Malian premier, X, paid in May to Peru"."""
    doc, end = noun.doc, noun.sent.end
    if noun.i + 1 >= end or doc[noun.i + 1].lower_ not in word_set("relative_word"):
        return None
    near = doc[noun.i + 2 : min(noun.i + _CLAUSE, end)]
    verb = next((t for t in near if t.pos_ in VERBS), None)
    made = verb is not None and verb.lemma_ in words("pays") and verb.tag_ in PAST
    return verb if made else None


def named_at_end(reader: ArgumentReader, noun: Token, owners: Sequence[Actor]) -> list[Actor]:
    """Return B of "The last visit to Peru by a Malian premier was in 2011 by B", else the owners.

    Only his office is told where the trip is. Not of "The visit by the Malian premier was hailed by
    B", nor of "by the premier", who may be another.
    """
    if noun.dep_ not in SUBJECTS or len(owners) != 1:
        return [*owners]
    verb, one = noun.head, owners[0].reference
    made = verb.lemma_ == "be" or verb.lemma_.lower() in word_set("trip_is_made")
    if one.name or one.definite or not one.role_kind or not made:
        return [*owners]
    behind = noun.doc[verb.i + 1 : reader.scene.sentence(noun.i).end]
    by = next((t.i for t in behind if t.lower_ == "by"), None)
    verbs = any(t.pos_ == "VERB" for t in behind[: by - verb.i - 1]) if by is not None else True
    named = [] if by is None or verbs else list_at(reader, by + 1)
    if len(named) != 1 or not named[0].reference.name:
        return [*owners]
    told = named[0].reference
    if told.country not in {None, one.country}:
        return [*owners]
    update = {"country": one.country}
    if not told.role_kind:
        update |= {"role": one.role, "role_kind": one.role_kind}
    return [replace(named[0], reference=told.model_copy(update=update))]


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


__all__ = ["named_at_end", "named_right_before", "paid_behind", "who_paid_it"]
