"""Who an unnamed visitor is: who holds the office of "a president of Peru", who leads a party."""

from __future__ import annotations

from dataclasses import replace

from models import Reference
from models.visit import MADE_OR_PLANNED
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back he may be told to travel whom a delegation goes with.
_REACH = 3


def with_leader(reader: ArgumentReader, candidate: Candidate) -> Candidate:
    """Put A for the party of "A landed in Lima. The delegation will also visit Quito".

    Nobody for that of "The Chadian delegation will also visit Quito", which is of its own land.
    """
    actor = candidate.actor
    if actor is None or actor.country or actor.reference.kind != "delegation":
        return candidate
    number = reader.scene.sentence_of
    if candidate.spot is None or not actor.reference.text.lower().startswith(
        ("the ", "his ", "her ")
    ):
        return candidate
    for told in reversed(reader.told):
        if number[candidate.at] - number[told.at] > _REACH:
            break
        who = told.actor
        if (
            who is None
            or told.status not in MADE_OR_PLANNED
            or told.destination in {None, who.country}
        ):
            continue
        single = who.reference.name and not who.reference.plural and not who.is_party
        if not single or who.country in {None, candidate.destination}:
            return candidate
        return replace(candidate, actor=replace(who, share=min(who.share, 0.9)), origin=who.country)
    return candidate


def with_holder(scene: Scene, candidate: Candidate) -> Candidate:
    """Name the visitor of "the first visit by a president of Peru took place this week".

    The one person of that office and country whom the text names is meant. A first visit of
    another year may have been a predecessor's.
    """
    actor = candidate.actor
    if actor is None or not candidate.first or not _is_any(actor.reference):
        return candidate
    published = scene.article.published
    started = candidate.when.start
    if published and started and started[:4] != published[:4]:
        return candidate
    holders = {r.actor: r for r in scene.references if _holds(r, actor.reference)}
    if len(holders) != 1:
        return candidate
    return replace(candidate, actor=replace(actor, reference=next(iter(holders.values()))))


def _is_any(reference: Reference) -> bool:
    """Tell "a president of Peru" from "the president" and from one who is named."""
    alone = not reference.plural and not reference.definite and not reference.name
    return alone and reference.kind == "office" and reference.role_kind in word_set("one_holder")


def _holds(person: Reference, office: Reference) -> bool:
    named = person.kind == "person" and person.form == "name" and not person.guessed
    former = (person.role or "").split(" ")[0].lower() in word_set("former")
    fits = (person.country, person.role_kind) == (office.country, office.role_kind)
    return named and fits and not former


__all__ = ["with_holder", "with_leader"]
