"""The host whom a guest asks back."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader


def asked_host(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom "A invited his host to Lima" means: who is told to have received or met A."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    host = next((c for c in objects if c.lemma_.lower() == "host"), None)
    if host is None or not any(c.dep_ == "poss" for c in host.children):
        return []
    subject = reader.scene.subject(verb)
    guests = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    for told in reversed(reader.told):
        if told.actor is not None and (told.actor.key in guests or not guests):
            hosts = [a for a in told.hosts if a.country == told.destination and not a.is_party]
            if hosts:
                return hosts[:1]
    return []


__all__ = ["asked_host"]
