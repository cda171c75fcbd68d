"""The days of an event that a trip is for, where another sentence tells them."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Clock, When
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip

_DAY = len("2024-08-18")


def event_days(scene: Scene, trip: Trip, when: When) -> When:
    """Return the days of the event that a trip is for, or `when` where none are told.

    "He will attend the summit in Peru this month. Lima hosts the summit from 4 to 5 June" gives
    both days; a sentence that names another country does not.
    """
    vague = when.start is None or (len(when.start) < _DAY and when.start == when.end)
    if not vague or trip.count != 1 or not any("event" in c.notes for c in trip.candidates):
        return when
    own = {scene.sentence(candidate.at).start for candidate in trip.candidates}
    events = {t.lemma_.lower() for c in trip.candidates for t in scene.sentence(c.at)}
    clock = Clock(scene)
    for sentence in scene.sentences:
        if sentence.start in own or not _is_held_there(scene, sentence, trip):
            continue
        for verb in _verbs_of_holding(sentence, events & words("event")):
            held = _first_days(scene, clock, verb, sentence.end)
            if held.start is not None and held.start.startswith(when.start or ""):
                return held
    return when


def _first_days(scene: Scene, clock: Clock, verb: Token, end: int) -> When:
    """Return the first days told behind a verb in its sentence."""
    for start, _, told in clock.between(verb.i + 1, end):
        if told.grain == "day":
            held = clock.when([scene.doc[start]], phase="whole")
            return held if held.start is not None and len(held.start) == _DAY else When()
    return When()


def _is_held_there(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell whether a sentence names the country to which the trip leads."""
    return any(
        reference.country == trip.destination and reference.kind in {"country", "place"}
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
    )


def _verbs_of_holding(sentence: Span, events: set[str]) -> list[Token]:
    """Return the verbs of "X will host the summit", "the summit will be held" of such an event."""
    return [
        verb
        for verb in sentence
        if verb.pos_ == "VERB"
        and verb.lemma_ in word_set("holds_event")
        and any(c.lemma_.lower() in events | {"summit"} for c in verb.children)
    ]


__all__ = ["event_days"]
