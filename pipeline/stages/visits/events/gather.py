"""Events that bring guests to a place: "the ceremony drew the presidents of A and B"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.labels import OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.tables import VerbRule


def gather(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "the summit in Lima brings together A, B and C": the object travels.

    So it does where a host "brought A and B together in Lima", who is none of them, and who is
    brought together "with" them.
    """
    subject = reader.scene.subject(verb)
    if subject is None:
        return
    event = is_event(subject)
    together = any(t.lower_ == "together" and verb in {t.head, t.head.head} for t in verb.subtree)
    if not event and not together:
        return
    spot = event_place(reader, verb, subject) if event else reader.local_spot(verb, None)
    heads = _gathered(verb)
    for actor in [a for head in heads for a in reader.scene.actors(head)] if spot else ():
        body = actor.reference
        vague = body.plural and not (body.members or is_country(actor.country or ""))
        if actor.is_party or vague:
            continue
        yield reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact_of_verb(verb),
            anchors=[subject],
            notes=("event",),
        )


def _gathered(verb: Token) -> list[Token]:
    """Return A and B of "brought A together with B", "gathers A with his counterparts, B"."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    over = (verb, *objects, *(c for c in verb.children if c.lower_ == "together"))
    preps = (c for head in over for c in head.children if c.lower_ == "with")
    beside = (h for prep in preps if prep.i > verb.i for h in prep.children)
    return [*objects, *(h for h in beside if h.dep_ == "pobj")] if objects else []


__all__ = ["gather"]
