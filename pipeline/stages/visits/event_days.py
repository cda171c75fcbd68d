"""The days of an event that a trip is for, where another sentence tells them."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Clock, When
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip

_DAY = len("2024-08-18")


class EventDays:
    """The sentences of one article that tell when an event is held, looked for once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def of(self, trip: Trip, when: When) -> When:
        """Return the days of the event that a trip is for, or `when` where none are told.

        "He will attend the summit in Peru this month. Lima hosts the summit from 4 to 5 June"
        gives both days; a sentence that does not name the country gives none.
        """
        vague = when.start is None or (len(when.start) < _DAY and when.start == when.end)
        if not vague or trip.count != 1 or not any("event" in c.notes for c in trip.candidates):
            return when
        told = [self.scene.sentence(candidate.at) for candidate in trip.candidates]
        events = {t.lemma_.lower() for sentence in told for t in sentence} & words("event")
        own = {sentence.start for sentence in told}
        for sentence, verb, held in self._held:
            fits = (held.start or "").startswith(when.start or "") and sentence.start not in own
            if fits and _is_of(verb, events) and _is_held_there(self.scene, sentence, trip):
                return held
        return when

    @cached_property
    def _held(self) -> list[tuple[Span, Token, When]]:
        """The verbs by which days of events are told, with their sentences and the days."""
        clock = Clock(self.scene)
        found = []
        for sentence in self.scene.sentences:
            for verb in sentence:
                if verb.pos_ == "VERB" and verb.lemma_ in word_set("holds_event"):
                    held = _first_days(self.scene, clock, verb, sentence.end)
                    if held.start is not None:
                        found.append((sentence, verb, held))
        return found


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


def _is_of(verb: Token, events: set[str]) -> bool:
    """Tell "X will host the summit", "the summit will be held" of such an event."""
    return any(c.lemma_.lower() in events | {"summit"} for c in verb.children)


__all__ = ["EventDays"]
