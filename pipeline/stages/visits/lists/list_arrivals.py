"""Arrivals that the opening of a list of guests tells: "Leaders who landed on Monday include A"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Spot
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How long what opens a list may be, and how far before its verb "who" may stand, in tokens.
_OPENING, _WHO = 24, 4

#: How many tokens behind "expected" a place begins.
_IN_PLACE = 2


def as_news(fact: Fact) -> Fact:
    """Return what an arrival tells of guests that a report lists: they have just come."""
    if fact.reason == "perfect":
        return Fact("ongoing")
    return replace(fact, reason="arrived") if fact.status == "completed" else fact


def verb_of_landing(doc: Doc, end: int, start: int) -> Token | None:
    """Return the verb by which those came whom a list names: "The guests that have landed are"."""
    for verb in doc[max(start, end - _OPENING) : end]:
        if verb.lower_ not in word_set("<arrived>") and verb.lower_ not in word_set("<arriving>"):
            continue
        before = {t.lower_ for t in doc[max(start, verb.i - _WHO) : verb.i]}
        told = verb.lower_ in word_set("<arriving>") or bool(before & {"who", "that"})
        told = told or {"to", "have"} <= before  # "confirmed to have arrived so far"
        told = told or (doc[end - 1].text == ":" and _is_of_all(verb))
        if told and not before & word_set("still_away"):
            return verb
    return None


def only_came(verb: Token, opening: Span) -> bool:
    """Tell "Who came", "who are coming", right before a list, from "who came on Monday"."""
    behind = verb.doc[verb.i + 1 : opening.end]
    said = (t for t in behind if t.lower_ not in word_set("<link>"))
    return verb.lemma_ == "come" and not any(t.is_alpha for t in said)


def _is_of_all(verb: Token) -> bool:
    """Tell "The following leaders have arrived:", of all whom the lines below name."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.lower_ in word_set("<guest>") | {"who"}


def due_to_land(opening: Span, *, ahead: bool) -> Token | None:
    """Return the "land" of "the time at which they are expected to land", and "arrivals".

    And the "expected" of "the leaders who are expected in Lima on Monday", of no event.
    """
    verbs = (t for t in opening if t.tag_ == "VB" and t.lower_ in word_set("<arrive>"))
    of_heading = (t for t in opening if t.lower_ == "arrivals")
    if not ahead:
        return next(of_heading, None)
    return next(verbs, None) or next((t for t in opening if _is_due_on_day(t)), None)


def _is_due_on_day(due: Token) -> bool:
    """Tell "expected in Lima on Monday" from "expected at the summit in Lima on Monday"."""
    doc, at = due.doc, due.i + 1
    if due.lower_ not in word_set("<due>") or word_at(doc, at) != "in":
        return False
    at += 1
    while at < len(doc) and doc[at].pos_ == "PROPN":
        at += 1
    dated = at + 1 < len(doc) and doc[at + 1].ent_type_ in {"DATE", "TIME"}
    return at > due.i + _IN_PLACE and word_at(doc, at) == "on" and dated


def landed_there(reader: ArgumentReader, verb: Token, ground: str | None) -> bool:
    """Tell the "came" of "who came on Monday", no "came to power", "under fire", "to Quito"."""
    doc, at = verb.doc, verb.i + 1
    while doc[at : at + 1] and (doc[at].dep_ == "prt" or doc[at].lower_ == "down"):
        at += 1
    if at + 1 >= len(doc) or doc[at].is_punct or doc[at].pos_ in {"VERB", "AUX", "DET"}:
        return True
    if doc[at].lower_ in {"on", "to", "into"}:
        dated, spots = doc[at + 1].ent_type_ in {"DATE", "TIME"}, reader.scene.spots(at + 1)
        shown = doc[at].lower_ != "on" and doc[at + 1].pos_ in {"DET", "PROPN"}
        return dated or (shown and (not spots or spots[0].country == ground))
    return doc[at].ent_type_ in {"DATE", "TIME"} or doc[at].lower_ in word_set("behind_arrival")


def is_land_of_guests(reader: ArgumentReader, spot: Spot, countries: Collection[str]) -> bool:
    """Tell a land that is but whence guests come from one "in" which they are said to be."""
    start = reader.scene.bounds(spot.reference)[0]
    before = {t.lower_ for t in reader.scene.doc[max(0, start - 2) : start]}
    return spot.country in countries and before.isdisjoint({"in", "at", "to", "into"})


__all__ = [
    "as_news",
    "due_to_land",
    "is_land_of_guests",
    "landed_there",
    "only_came",
    "verb_of_landing",
]
