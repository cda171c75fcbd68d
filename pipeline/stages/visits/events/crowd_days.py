"""The day on which leaders are told to arrive, for those of them who are named next."""

from __future__ import annotations

from dataclasses import replace

from models.visit import MADE
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.tables import word_set

#: How many sentences behind the crowd those of it may be named.
_REACH = 3


def with_crowd_day(reader: ArgumentReader, candidate: Candidate) -> Candidate:
    """Date A of "Leaders began arriving in Apia on Tuesday. Among the first was A" by the Tuesday.

    Not "A had arrived already", nor one who came elsewhere or has days of his own.
    """
    lists = candidate.rule in word_set("arrival") or candidate.rule in guest_rules()
    if candidate.when or not lists or candidate.status not in MADE:
        return candidate
    scene = reader.scene
    number = scene.sentence_of[candidate.at]
    for told in reversed(reader.told):
        if number - scene.sentence_of[told.at] > _REACH:
            return candidate
        if not _is_crowd(told) or scene.sentence_of[told.at] == number:
            continue
        before = _told_before({t.lower_ for t in scene.sentences[number]})
        if told.destination not in {None, candidate.destination} or before:
            return candidate
        when = When(told.when.start, None)
        return replace(candidate, when=when, fact=told.fact, phase="arrive")
    return candidate


def _told_before(forms: set[str]) -> set[str]:
    """Return what tells of those who came before the crowd, not of it up to the news.

    "A had arrived already", not "those who had arrived by press time are A and B".
    """
    before = forms & word_set("come_before")
    return set() if before == {"had"} and "by" in forms else before


def _is_crowd(told: Candidate) -> bool:
    """Tell "leaders arrived on Tuesday", none of whom is named or of a country told."""
    actor = told.actor
    crowd = actor is not None and actor.reference.plural and not actor.reference.name
    dated = len(told.when.start or "") == DAY and told.when.end is None
    return crowd and dated and told.phase == "arrive" and told.status in MADE


__all__ = ["with_crowd_day"]
