"""What an article tells of an event that is held: where, how soon, what it is called before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import SUBJECTS
from pipeline.once_a_doc import once_a_doc
from pipeline.stages.visits.events.held_events import Held
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.tables import word_set

#: How far from its day the town or the country may be told in which an event is held, in tokens.
_NEAR, _FAR = 6, 16
#: How many sentences back the event may be named that is only called "the meeting" then.
_CALLED_BACK = 4


class NounsOfSentences:
    """The nouns by which events may be called, looked for once a sentence."""

    def __init__(self) -> None:
        self._found: dict[int, frozenset[str]] = {}

    def of(self, sentence: Span) -> frozenset[str]:
        """Return the nouns of a sentence by which events may be called."""
        if sentence.start not in self._found:
            self._found[sentence.start] = frozenset(map(noun_of, sentence))
        return self._found[sentence.start]


class HeldInScene:
    """An event held, with what trips ask of it, each worked out once for all of them."""

    def __init__(self, scene: Scene, held: Held, nouns: NounsOfSentences) -> None:
        self.held = held
        self._scene = scene
        self._nouns = nouns

    @cached_property
    def ahead(self) -> When:
        """The days that are meant of an event to come."""
        return self.held.ahead(self._scene)

    @cached_property
    def called_after(self) -> frozenset[int]:
        """The first tokens of the sentences before it whose event it may be.

        "A attends a summit. The meeting will be held on 4 June", if none is told between.
        """
        held = self.held
        if not held.events <= word_set("nameless_event", "called_event"):
            return frozenset()
        number = self._scene.sentence_of[held.sentence.start]
        bare = any(noun_of(t) in held.events and _is_called_alone(t) for t in held.sentence)
        found: set[int] = set()
        for back in range(1, min(_CALLED_BACK if bare else 1, number) + 1):
            before = self._scene.sentences[number - back]
            found.add(before.start)
            if self._nouns.of(before) & words("event"):
                break
        return frozenset(found)

    @cached_property
    def first_named(self) -> int:
        """The token at which the article names it first, by any of its nouns; its end for none."""
        doc = self._scene.doc
        named = _first_named(doc)
        return min(named.get(event, len(doc)) for event in self.held.events)

    @cached_property
    def lands(self) -> frozenset[str | None]:
        """The countries in which its sentence tells it to be: "will be held in Lima on 4 June"."""
        scene, sentence = self._scene, self.held.sentence
        return frozenset(
            spot.country
            for i in range(sentence.start, sentence.end)
            if scene.doc[i].lower_ in {"in", "at"}
            for spot in scene.spots(i + 1)
        )

    @cached_property
    def lands_beside(self) -> frozenset[str | None]:
        """The countries of the towns, else of all places, named near the day of it.

        "A meeting of Peru and Chile, held in Quito on 4 May": the town beside the day tells. Where
        none is named near it, it is held where the trip leads.
        """
        held = self.held
        for near, kinds in ((_NEAR, {"place"}), (_FAR, {"country", "place"})):
            first, last = max(held.sentence.start, held.at - near), held.at + near
            around: Sequence[int] = range(first, min(held.sentence.end, last))
            around = [i for i in around if not self._is_guest(i, held.at)]
            told = {
                r.country
                for i in around
                for r in self._scene.at(i)
                if r.kind in kinds and r.form != "adjective" and not self._scene.is_owner(r)
            }
            if told:
                return frozenset(told)
        return frozenset()

    def _is_guest(self, at: int, day: int) -> bool:
        """Tell the Peru of "Peru and Chile attended the weekend meeting": it is not held there.

        So of "leaders will attend the funeral on Monday, including those of Peru and Chile".
        """
        between = self._scene.doc[min(at, day) : at]
        if any(t.lower_ in word_set("<include>") for t in between):
            return True
        verb = governing_verb(self._scene.doc[day])
        if verb is None or not at < verb.i < day or verb.lemma_ not in words("goes_to_aim"):
            return False
        subjects = (c for c in verb.children if c.dep_ in SUBJECTS)
        return any(c.left_edge.i <= at <= c.right_edge.i for c in subjects)


def _is_called_alone(event: Token) -> bool:
    """Tell "the meeting", "Friday's meeting" from "the meeting of its parties", "a meeting"."""
    said = [c for c in event.children if c.dep_ not in {"amod", "punct"}]
    known = any(c.lower_ in words("definite") or c.dep_ == "poss" for c in said)
    return known and all(c.dep_ in {"det", "poss"} for c in said if c.lower_ != "on")


@once_a_doc
def _first_named(doc: Doc) -> Mapping[str, int]:
    """Return the token at which each event is named first."""
    found: dict[str, int] = {}
    for token in doc:
        if (noun := noun_of(token)) in words("event"):
            found.setdefault(noun, token.i)
    return found


__all__ = ["HeldInScene", "NounsOfSentences"]
