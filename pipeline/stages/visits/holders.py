"""Who "a president of Peru" is on a first visit that is news: he who holds the office."""

from __future__ import annotations

from dataclasses import replace

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set


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


__all__ = ["with_holder"]
