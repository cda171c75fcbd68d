"""Those who only receive: the host's own people at an event whose place nothing tells."""

from __future__ import annotations

from spacy.tokens import Span

from models.visit import MADE
from pipeline.discourse.timing.days import follows
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import LONGEST_EVENT, Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the guest may be told of, and the stay of a host who is abroad.
_REACH, _STAY_REACH = 4, 8
#: The notes of what is done on a trip.
_DEEDS = frozenset({"event", "presence", "inside"})
#: How far behind "at" the house of state may stand, in tokens.
_SEAT_REACH = 6


def receives(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell whether who was at an event has but received there one who came from its country.

    "The premier of Malta came to Lima. The Peruvian trade minister attended the talks" fires: the
    talks were in Lima. With "attended the talks in Valletta" it does not. So "The premier came home
    to Valletta from Lima. He and the Peruvian president opened a fair", which they did in Lima.
    """
    scene = reader.scene
    spot = candidate.spot
    if spot is None or candidate.status not in MADE or _DEEDS.isdisjoint(candidate.notes):
        return False
    sentence = scene.sentence(candidate.at)
    named = scene.places_in(sentence.start, sentence.end)
    if any(reference.country == spot.country for reference in named):
        return False
    number = scene.sentence_of[candidate.at]
    for told in reversed(reader.told):
        if number - scene.sentence_of[told.at] > _REACH:
            return False
        if told.at >= candidate.at:
            continue
        comes = (told.origin, told.destination) == (spot.country, candidate.origin)
        if comes and told.status in MADE and told.origin is not None:
            return True
    return False


def receives_abroad(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell whether a host receives his guest in the guest's own country, where he is himself.

    "X is in Lima. He received the Peruvian speaker" fires, as does "X landed in Lima on Monday. He
    greeted the Peruvian officials who stood in line"; not "X was in Lima in May. On Friday he
    received the Peruvian speaker", nor with "received him at the palace", "in Nairobi".
    """
    if "received" not in candidate.notes or not candidate.hosts or candidate.status not in MADE:
        return False
    scene, own = reader.scene, {host.key for host in candidate.hosts}
    number = scene.sentence_of[candidate.at]
    sentence = scene.sentences[number]
    if _is_told_home(reader, candidate, sentence):
        return False
    back = any(t.lower_ in word_set("looks_back_on_stay") for t in sentence)
    for told in reversed(reader.told):
        if number - scene.sentence_of[told.at] > _STAY_REACH:
            return False
        if told.actor is None or told.actor.key not in own or told.destination is None:
            continue
        there = told.destination == candidate.origin and told.status in MADE
        came = told.fact.reason == "arrived" and number - scene.sentence_of[told.at] <= _REACH
        near = (came and not candidate.when) or _is_near(told, candidate)
        return there and (back or (told.phase != "leave" and near))
    return False


def _is_told_home(reader: ArgumentReader, candidate: Candidate, sentence: Span) -> bool:
    """Tell "received him at the palace", "in Nairobi", "on his return", which is at home."""
    home = reader.scene.places_in(candidate.at, sentence.end)
    if any(r.country == candidate.destination and r.kind == "place" for r in home):
        return True
    for prep in (t for t in sentence if t.lower_ in {"at", "in", "inside"}):
        behind = prep.doc[prep.i + 1 : min(sentence.end, prep.i + _SEAT_REACH)]
        if any(t.lower_ in word_set("seat_of_state") for t in behind):
            return True
    return any(t.lower_ in word_set("back_home") for t in sentence)


def _is_near(told: Candidate, candidate: Candidate) -> bool:
    """Tell whether what is received may be on the trip: not "was there in May" and "on 6 June"."""
    began, day = told.when.start, candidate.when.start
    if not began or not day:
        return told.status == "ongoing" or not began
    length = min(len(began), len(day))
    if length < DAY:
        return began[:length] == day[:length]
    return began <= day and follows(began, day, most_days=LONGEST_EVENT)


__all__ = ["receives", "receives_abroad"]
