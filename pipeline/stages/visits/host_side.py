"""Those who only receive: the host's own people at an event whose place nothing tells."""

from __future__ import annotations

from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate

#: How many sentences back the guest may be told of.
_REACH = 4
_MADE = frozenset({"completed", "ongoing"})


def receives(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell whether who was at an event has but received there one who came from its country.

    "The premier of Malta came to Lima. The Peruvian trade minister attended the talks" fires: the
    talks were in Lima. With "attended the talks in Valletta" it does not.
    """
    scene = reader.scene
    spot = candidate.spot
    if spot is None or "event" not in candidate.notes or candidate.status not in _MADE:
        return False
    sentence = scene.sentence(candidate.at)
    named = scene.places_in(sentence.start, sentence.end)
    if any(reference.country == spot.country for reference in named):
        return False
    number = scene.sentence_of[candidate.at]
    for told in reversed(reader.told):
        if number - scene.sentence_of[told.at] > _REACH:
            return False
        comes = (told.origin, told.destination) == (spot.country, candidate.origin)
        if comes and told.status in _MADE and told.origin is not None:
            return True
    return False


__all__ = ["receives"]
