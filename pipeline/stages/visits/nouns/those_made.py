"""Visits listed by who made each, and where to: "those of A to Lima and of B to Quito in June"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import PLURALS
from pipeline.neighbours import word_at
from pipeline.signs import LIST_JOINTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set

#: The word at which such a list begins.
THOSE = "those"
#: How far before it the visits may be told of, in tokens.
_REACH = 24
#: How many words of a title may stand before what is known of it.
_TITLE = 2
_JOINTS = LIST_JOINTS | {";"}


def those_made(reader: ArgumentReader, token: Token) -> list[Candidate] | None:
    """Read A and B of "visits included those of A to Lima in May and of B to Quito in June".

    None of "visits like those of A to Lima", whose one entry has no date, of "letters and those
    of A to Lima", nor of "visits to Lima include those of A in 2011 and B in 2013". The noun of
    visits that are told so tells nothing by itself.
    """
    sentence = reader.scene.sentence(token.i)
    if THOSE not in reader.scene.forms(sentence.start):
        return None
    if token.tag_ in PLURALS and token.lemma_ in noun_rules():
        behind = (t for t in sentence if t.i > token.i and t.lower_ == THOSE)
        return [] if any(_made(reader, those) for those in behind) else None
    return (_made(reader, token) or None) if token.lower_ == THOSE else None


def _made(reader: ArgumentReader, token: Token) -> list[Candidate]:
    """Return the visits that a "those" lists."""
    doc, start = token.doc, reader.scene.sentence(token.i).start
    if word_at(doc, token.i + 1) not in word_set("made_by"):
        return []
    before = doc[max(start, token.i - _REACH) : token.i]
    if not any(t.lemma_ in noun_rules() and t.tag_ in PLURALS for t in before):
        return []
    entries = list(_entries(reader, token.i + 1))
    if len(entries) < 2 and not any(when for _, _, when in entries):
        return []
    rule = noun_rules()["visit"]
    fact = Fact("completed", weak=True)
    made = []
    for actor, spot, when in entries:
        if actor.country in {None, spot.country} or actor.is_party:
            continue
        told = reader.make(rule, token, actor=actor, spot=spot, fact=fact, score=rule.score)
        made.append(replace(told, when=when, day=None))
    return made


def _entries(reader: ArgumentReader, at: int) -> Iterator[tuple[Actor, Spot, When]]:
    """Yield who is told to have gone where and when, entry by entry."""
    scene, doc = reader.scene, reader.scene.doc
    end = scene.sentence(at).end
    while at < end:
        at += word_at(doc, at) in word_set("made_by")
        actor = next((a for i in range(at, at + _TITLE) for a in scene.listed_at(i)[:1]), None)
        if actor is None:
            return
        behind = scene.phrase_end(actor.reference)
        spots = scene.spots(behind + 1) if word_at(doc, behind) == "to" else []
        if not spots:
            return
        dates = reader.clock.behind(spots[-1].end)
        for spot in spots:
            yield actor, spot, reader.clock.when(dates, phase="whole") if dates else When()
        at = spots[-1].end
        while at < end and (at in reader.clock.covered or word_at(doc, at) in word_set("of_dates")):
            at += 1
        joint = at
        while at < end and doc[at].lower_ in _JOINTS:
            at += 1
        if at == joint:
            return


__all__ = ["those_made"]
