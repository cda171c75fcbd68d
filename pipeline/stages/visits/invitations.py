"""Invitations to trips that are told as made."""

from __future__ import annotations

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import auxiliaries_of
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip, near

#: How far from an invitation's day the trip may be that it was for.
_MOST_DAYS = 10


def is_invitation_to(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell how a guest who is there, or whose trip is off, was asked to come.

    "The premier arrived in Lima on Monday. He was invited by …" fires; "has been invited to
    Lima again" and what is told of a trip long made do not.
    """
    if candidate.status != "invited" or candidate.previous:
        return False
    off = trip.statuses & {"cancelled", "postponed"}
    under_way = "ongoing" in trip.statuses or any(
        c.fact.reason == "arrived" or "inside" in c.notes for c in trip.candidates
    )
    day = candidate.when.start or candidate.when.end
    elsewhen = day and not off and not all(near(day, told, _MOST_DAYS) for told in trip.days)
    if elsewhen or not (under_way or off):
        return False
    token = scene.doc[candidate.at]
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    if verb is None or verb.tag_ not in {"VBD", "VBN"}:
        return False
    if auxiliaries_of(verb) & {"has", "have", "'ve", "’ve"}:
        return False
    return not {t.lower_ for t in scene.sentence(candidate.at)} & word_set("asked_anew")


__all__ = ["is_invitation_to"]
