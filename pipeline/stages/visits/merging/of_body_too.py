"""One told in a headline by the body that he chairs: "AU chair to visit Tunis" of a president."""

from __future__ import annotations

from pipeline.discourse.scene import Scene
from pipeline.reference.countries import is_country
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def chairs_body(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell the "AU chairperson" from others: so is President X, told as "chairperson of the AU".

    A sentence has to tell of him, of the body and of that office; "X met the AU chairperson" does,
    too, but that one makes a trip of his own only where he is named.
    """
    body = trip.origin
    if body is None or is_country(body) or not is_country(named.origin or ""):
        return False
    actors = [c.actor for c in trip.candidates if c.actor is not None]
    offices = {_head_word(a.reference.role) for a in actors if a.reference.role}
    own = {c.actor.key for c in named.candidates if c.actor is not None}
    if not offices or any(a.reference.plural or not a.reference.definite for a in actors):
        return False
    return any(_tells(scene, at, body, offices, own) for at in range(len(scene.sentences)))


def _head_word(role: str) -> str:
    """Return the "chair" of "chairperson of the African Union", "current chairman"."""
    word = role.lower().split(" of ")[0].split()[-1].split("-")[0]
    return word.removesuffix("person").removesuffix("man").removesuffix("woman")


def _tells(scene: Scene, number: int, body: str, offices: set[str], own: set[str]) -> bool:
    sentence = scene.sentences[number]
    references = [r for i in range(sentence.start, sentence.end) for r in scene.at(i)]
    if not any(r.actor in own and r.name for r in references):
        return False
    chairs = word_set("chair_by_word")
    held = any(t.lower_.startswith(office) for t in sentence for office in offices)
    held = held or (offices <= chairs and any(t.lower_ in chairs for t in sentence))
    return held and any(r.country == body and r.kind == "organization" for r in references)


__all__ = ["chairs_body"]
