"""Former trips that a number names with their makers: "the first having been made by B in 2010"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.timing.of_trips import When
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import in_office, list_at, trip_told

#: How surely "the first was made by B" means a trip.
_SCORE = 0.78
#: How many tokens behind "made" its "by" may stand ("made in May of the year before by B").
_REACH = 9
_BE = frozenset({"was", "is", "being", "been", "were", "having", "had"})
#: The words beside a number of trips: "the first one", "the very first visit".
_ONES = frozenset({"one", "ones", "such"})
_THEN = frozenset({"then", "former", "-", "the"})


def nth_made_by(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "the second visit by a premier, the first having been made by B in 2010".

    So of "The first was paid by B in 2010", "the last was by B", "the first being B in 2010". "The
    second visit by a premier, the first having been put off by B" does not fire.
    """
    if not token.i or word_at(token.doc, token.i - 1) != "the" or not _counts(reader, token):
        return
    model = trip_told(reader, token)
    if model is None:
        return
    for actor in _makers(reader, token):
        origin = actor.country or model.origin
        if origin in {None, model.destination} or actor.is_party or model.is_of(actor):
            continue
        end = reader.scene.bounds_of(actor.reference)[1]
        dates = [d for d, _, _ in reader.clock.between(token.i, end + _REACH)]
        within = [d for d in dates if d < reader.scene.sentence(token.i).end]
        when = reader.clock.after(within[0]) if within else None
        yield replace(
            model.another("likewise", token.i, score=_SCORE),
            actor=in_office(actor, model, origin),
            origin=origin,
            first=token.lower_ == "first",
            when=When(when, when),
        )


def _counts(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether a trip or a visitor is counted before a number: "the second by a premier"."""
    sentence = reader.scene.sentence(token.i)
    start = sentence.start
    if token.i - start <= 1 and start:
        start = reader.scene.sentence(start - 1).start  # "It is the second. The first was by B"
    before = token.doc[start : token.i - 1]
    ranked = any(t.lower_ == "first" or t.lower_ in word_set("rank") for t in before)
    trip = any(t.lemma_ in noun_rules() or t.lemma_ in word_set("ranked_verb") for t in before)
    return ranked and trip


def _makers(reader: ArgumentReader, token: Token) -> list[Actor]:
    """Return who is named as the maker of the trip that a number stands for."""
    doc, at, end = token.doc, token.i + 1, reader.scene.sentence(token.i).end
    while at < end and (doc[at].lower_ in _ONES or doc[at].lemma_ in noun_rules()):
        at += 1
    verb = at
    while at < end and doc[at].lower_ in _BE:
        at += 1
    if at == verb or at >= end:
        return []
    if doc[at].lemma_.lower() in word_set("trip_is_made"):
        by = next((t.i for t in doc[at + 1 : min(end, at + _REACH)] if t.lower_ == "by"), None)
        return list_at(reader, by + 1) if by is not None else []
    if doc[at].lower_ in {"by", "that"}:
        return list_at(reader, at + 1 + (word_at(doc, at + 1) == "of"))
    while at < end and (doc[at].lower_ in _THEN or doc[at].ent_type_ == "NORP"):
        at += 1  # "the last being then-Chilean president B"
    named = [r for r in reader.scene.at(at) if r.kind in PERSONAL_KINDS and r.form != "pronoun"]
    return list_at(reader, at) if named else []


def is_made_by_other(reader: ArgumentReader, reference: Reference, sentence: Span) -> bool:
    """Tell B of "It is the first visit to Peru in years, with the last being that of B in 2019"."""
    counted = (t for t in sentence if t.lower_ in word_set("nth_trip"))
    makers = (
        maker
        for token in counted
        if word_at(token.doc, token.i - 1) == "the" and _counts(reader, token)
        for maker in _makers(reader, token)
    )
    return any(maker.reference.actor == reference.actor for maker in makers)


__all__ = ["is_made_by_other", "nth_made_by"]
