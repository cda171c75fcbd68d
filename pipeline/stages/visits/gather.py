"""Events that bring guests to a place: "the ceremony drew the presidents of A and B"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.attend import event_place, is_event
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule


def gather(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "the summit in Lima brings together A, B and C": the object travels."""
    subject = reader.scene.subject(verb)
    if subject is None or not is_event(subject):
        return
    spot = event_place(reader, verb, subject)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    for actor in [a for head in objects for a in reader.scene.actors(head)] if spot else ():
        vague = actor.reference.plural and not actor.reference.members
        if actor.is_party or vague:
            continue
        yield reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact_of_verb(verb),
            phase="whole",
            score=rule.score,
            anchors=[subject],
            notes=("event",),
        )


def represent(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "Guatemala will be represented by its foreign minister": at the event told of last."""
    subject = reader.scene.subject(verb)
    parties = {r.country for r in reader.scene.at(subject.i)} if subject is not None else set()
    agents = [h for c in verb.children if c.dep_ == "agent" for h in c.children]
    actors = [a for head in agents for a in reader.scene.actors(head) if a.country in parties]
    here = reader.scene.here
    spot = here if here is not None and here.country not in parties else None
    spot = spot or reader.understood.there(verb.i, but=parties)
    for actor in actors if spot is not None else ():
        if not actor.is_party and not actor.reference.plural:
            yield reader.make(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact_of_verb(verb),
                phase="whole",
                score=rule.score,
                notes=("event",),
            )


__all__ = ["gather", "represent"]
