"""Who was where another joined them: "A went to Lima. He joined his colleagues B and C"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.participants import listed_from
from pipeline.stages.visits.tables import VerbRule, word_set

#: How many sentences back the trip may be told, and how many tokens lead from "leaders" to them.
_BACK, _LEAD = 2, 5


def joined_there(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read the leaders whom one joins who is just told to be at an event abroad.

    "A arrived in Lima for the funeral. He will join other leaders like B and C" fires; "A was in
    Lima. He joined B in condemning it", "joined a club with B" do not.
    """
    subject = reader.scene.subject(verb)
    joined = next((c for c in verb.children if c.dep_ in OBJECTS), None)
    if subject is None or joined is None or joined.lemma_.lower() not in word_set("joined_ones"):
        return
    trip = _trip_of(reader, verb, {a.key for a in reader.scene.actors(subject)})
    fact = fact_of_verb(verb)
    if trip is None or trip.destination is None or fact.status is None:
        return
    for guest in _named(reader, joined):
        away = guest.country not in {None, trip.destination, trip.origin}
        if away and guest.reference.role_kind and not is_seated(guest, trip.destination):
            yield replace(
                trip,
                rule=rule.id,
                at=verb.i,
                actor=guest,
                origin=guest.country,
                fact=fact if fact.status == "planned" else trip.fact,
                score=rule.score,
                count=1,
                first=False,
            )


def _named(reader: ArgumentReader, joined: Token) -> list[Actor]:
    """Return B and C of "his colleagues, Presidents B and C", "other leaders like B and C"."""
    doc, at = reader.scene.doc, joined.i + 1
    while at < min(joined.i + _LEAD, len(doc)) and (
        doc[at].text == "," or doc[at].lower_ in word_set("leads_to_joined")
    ):
        at += 1
    return listed_from(reader, at) if at < len(doc) else []


def _trip_of(reader: ArgumentReader, verb: Token, keys: set[str]) -> Candidate | None:
    """Return the trip to an event that was told last of who joins others, shortly before."""
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        apart = number - reader.scene.sentence_of[told.at]
        if apart > _BACK:
            return None
        own = told.actor is not None and told.actor.key in keys
        if own and told.at != verb.i and told.status in MADE_OR_PLANNED:
            return told if told.destination else None
    return None


__all__ = ["joined_there"]
