"""Talks told of again that were a call: "spoke by phone with A … In the talks with A, B said"."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set

#: How many sentences before talks the call may be told of that they were.
_REACH = 6


def without_calls(scene: Scene, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Leave out talks without a place of their own that a sentence before tells as a call.

    "LIMA - X held phone talks with Y on Monday. In his talks with Y, X offered aid" fires; "X
    called Y on Monday. X met Y in Lima later", "In the talks with Z, X offered aid" do not.
    """
    kept = []
    for candidate in candidates:
        if _are_talks(scene, candidate) and _were_called(scene, candidate):
            trace.dropped("talks that were a call", candidate)
        else:
            kept.append(candidate)
    return kept


def _are_talks(scene: Scene, told: Candidate) -> bool:
    """Tell "in his talks with Y", "during Monday's talks", held nowhere or where the report is."""
    noun = scene.doc[told.at]
    if noun.lemma_ not in word_set("talks_of_two") or noun.dep_ != "pobj" or not told.hosts:
        return False
    here = scene.here
    return told.spot is None or (here is not None and told.spot.reference == here.reference)


def _were_called(scene: Scene, told: Candidate) -> bool:
    number = scene.sentence_of[told.at]
    sides = {host.key for host in told.hosts} | ({told.actor.key} if told.actor else set())
    for n in range(max(0, number - _REACH), number):
        sentence = scene.sentences[n]
        if not words_of_distance(sentence):
            continue
        named = {r.actor for t in sentence for r in scene.at(t.i)}
        if sides <= named:
            return True
    return False


__all__ = ["without_calls"]
