"""One told in a headline by the body that he chairs: "AU chair to visit Tunis" of a president."""

from __future__ import annotations

from pipeline.discourse.scene import Scene
from pipeline.reference.countries import is_country
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def chairs_body(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell the "AU chairperson" from others: so is President X, told as "chairperson of the AU".

    A sentence has to tell of him, of the body and of that office. "The AU chair and President X
    landed" are two, and so are "the UN envoy" and a president.
    """
    body = trip.origin
    if body is None or is_country(body) or not is_country(named.origin or ""):
        return False
    actors = [c.actor for c in trip.candidates if c.actor is not None]
    offices = {_head_word(a.reference.role) for a in actors if a.reference.role}
    own = {c.actor.key for c in named.candidates if c.actor is not None}
    if not offices or not offices <= word_set("chair_by_word"):
        return False
    if any(a.reference.plural or not a.reference.definite for a in actors):
        return False
    beside = {scene.sentence_of[c.at] for c in named.candidates}
    if all(scene.sentence_of[c.at] in beside for c in trip.candidates):
        return False
    return any(_tells(scene, at, body, own) for at in range(len(scene.sentences)))


def _head_word(role: str) -> str:
    """Return the "chair" of "chairperson of the African Union", "current chairman"."""
    word = role.lower().split(" of ")[0].split()[-1].split("-")[0]
    return word.removesuffix("person").removesuffix("man").removesuffix("woman")


def _tells(scene: Scene, number: int, body: str, own: set[str]) -> bool:
    sentence = scene.sentences[number]
    references = [r for i in range(sentence.start, sentence.end) for r in scene.at(i)]
    if not any(r.actor in own and r.name for r in references):
        return False
    told = (form for t in sentence if t.is_alpha for form in (t.lower_, t.lemma_.lower()))
    held = any(_head_word(form) in word_set("chair_by_word") for form in told)
    return held and any(r.country == body and r.kind == "organization" for r in references)


__all__ = ["chairs_body"]
