"""The days of an event that a trip is for, where another sentence tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Clock, Phase, When
from pipeline.stages.visits.candidate import Candidate, is_stay
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.trip import Trip

_DAY = len("2024-08-18")
#: How far a date may stand from a verb that is its own, in tokens.
_NEAR = 5
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DAYS = frozenset({"day", "part_of_day"})
_BEFORE_NOUN = frozenset({"compound", "amod"})


@dataclass(frozen=True)
class _Held:
    """What events a sentence tells to be held, and when."""

    sentence: Span
    events: frozenset[str]
    when: When


class EventDays:
    """The sentences of one article that tell when an event is held, looked for once."""

    def __init__(self, scene: Scene, trips: Sequence[Trip] = ()) -> None:
        self.scene = scene
        self._trips = trips

    def of(self, trip: Trip, when: When) -> When:
        """Return the days of the event that a trip is for, or `when` where none are told.

        "He will attend the summit in Peru this month. Lima hosts the summit from 4 to 5 June"
        gives both days; a sentence that names another country gives none, nor does the day of a
        summit to come to a trip that was made.
        """
        vague = when.start is None or (len(when.start) < _DAY and when.start == when.end)
        if not vague or trip.count > 1 or not self._is_for_event(trip):
            return when
        events = self._events_in(trip.candidates)
        # Where its own sentence tells the event's days, they have been weighed as the trip's.
        own = {
            self.scene.sentence(c.at).start for c in trip.candidates if self._is_told_for_event(c)
        }
        for held in self._held:
            fits = (held.when.start or "").startswith(when.start or "")
            if not fits or held.sentence.start in own or not self._is_of_time(trip, held.when):
                continue
            if _is_same(held.events, events) and self._is_there(held, trip):
                return held.when
        return when or self._of_other_guests(trip)

    def _of_other_guests(self, trip: Trip) -> When:
        """Return the days for which another guest of the same event is told to be there.

        "The premier will attend the summit in Lima on 3 May. … The king will skip the summit."
        """
        if not (called := self._attended(trip)):
            return When()
        for other in self._trips:
            if other is trip or other.destination != trip.destination or other.count != 1:
                continue
            told = other.when if called & self._attended(other) else When()
            if told.start and told.end and len(told.start) == _DAY:
                return told if self._is_of_time(trip, told) else When()
        return When()

    def _attended(self, trip: Trip) -> set[str]:
        """Return the events of some name that a trip is told to be made for."""
        told = [c for c in trip.candidates if "event" in c.notes and c.spot is not None]
        plain = word_set("nameless_event") | word_set("recurring_event")
        return self._events_in(told) - plain

    def _events_in(self, told: Sequence[Candidate]) -> set[str]:
        """Return the events that the sentences of some tellings name."""
        sentences = (self.scene.sentence(candidate.at) for candidate in told)
        return {t.lemma_.lower() for sentence in sentences for t in sentence} & words("event")

    def _is_for_event(self, trip: Trip) -> bool:
        """Tell a trip to an event: "attends the summit", "flies to Lima for the summit"."""
        return any(map(self._is_told_for_event, trip.candidates))

    def _is_told_for_event(self, candidate: Candidate) -> bool:
        return "event" in candidate.notes or self._has_aim(candidate)

    def _has_aim(self, candidate: Candidate) -> bool:
        behind = self.scene.doc[candidate.at : self.scene.sentence(candidate.at).end]
        return any(
            token.head.lower_ == "for"
            and token.lemma_.lower() in words("event") - word_set("nameless_event")
            for token in behind
        )

    def _is_of_time(self, trip: Trip, held: When) -> bool:
        """Tell whether a trip made, or to be made, may be for an event of such days."""
        published = self.scene.article.published
        if published is None or held.start is None:
            return True
        if trip.statuses == {"completed"}:
            return held.start[: len(published)] <= published
        if trip.statuses <= {"planned", "invited"}:
            return (held.end or held.start)[: len(published)] >= published
        return True

    def _is_there(self, held: _Held, trip: Trip) -> bool:
        """Tell whether an event is told to be held in the country to which a trip leads.

        Where its sentence names no country, it is the one known from before.
        """
        countries = {
            reference.country
            for i in range(held.sentence.start, held.sentence.end)
            for reference in self.scene.at(i)
            if reference.kind in {"country", "place"}
        }
        return not countries or trip.destination in countries

    @cached_property
    def _held(self) -> list[_Held]:
        """The events of which the days are told, in text order."""
        clock = Clock(self.scene)
        by_verb = [
            held
            for sentence in self.scene.sentences
            for verb in sentence
            if verb.pos_ in {"VERB", "AUX"}
            for held in _told_by(self.scene, clock, verb, sentence)
        ]
        return [*by_verb, *_dated(self.scene, clock)]


def _told_by(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> Iterator[_Held]:
    """Yield what a verb tells to be held in its sentence, if it tells when."""
    events = frozenset(_events(verb))
    if events:
        when = _first_days(scene, clock, verb, sentence)
        if when.start is not None and is_stay(when):
            yield _Held(sentence, events, when)


def _dated(scene: Scene, clock: Clock) -> Iterator[_Held]:
    """Yield the events that stand with their day: "the funeral on Friday", "Friday's summit"."""
    events = words("event") - word_set("nameless_event") - word_set("recurring_event")
    for start, end, told in clock.dates:
        if told.grain != "day":
            continue
        found = {n.lemma_.lower() for n in _beside(scene.doc[start:end])} & events
        when = clock.when([scene.doc[start]], phase="whole") if found else When()
        if when.start is not None and len(when.start) == _DAY:
            yield _Held(scene.sentence(start), frozenset(found), when)


def _beside(day: Span) -> Iterator[Token]:
    """Yield the nouns that a day may be of: right before it, or of which it is a part."""
    linked = day.start > 1 and day.doc[day.start - 1].lower_ in word_set("day_of_event")
    over = day.root.head
    nouns = {over} if over.i >= day.end else set()
    if day.start > 1:
        last = day.start - 1 - linked
        place = day.doc[_before_place(day.doc, last)]
        nouns = {day.doc[last], place} if linked else nouns | ({place} - {day.doc[last]})
    for noun in nouns:
        if noun.pos_ in {"NOUN", "PROPN"} and noun.i - day.end < _NEAR:
            yield noun
            yield from (c for c in noun.children if c.dep_ == "compound")


def _before_place(doc: Doc, at: int) -> int:
    """Return the token before "in Lima," or a comma that ends at token `at`, or `at` itself."""
    while at > 0 and doc[at].text == ",":
        at -= 1
    start = at
    while start > 0 and at - start < _NEAR and doc[start].pos_ in {"PROPN", "DET", "PUNCT"}:
        start -= 1
    return start - 1 if start < at and start > 0 and doc[start].lower_ in {"in", "at"} else at


def _events(verb: Token) -> Iterator[str]:
    """Yield the events of "X will host the summit", "plays host to a summit", "was sworn in"."""
    lemma = verb.lemma_.lower()
    if told := _deeds(verb):
        yield from told
        return
    if lemma in word_set("swearing_in") and lemma not in word_set("holds_event"):
        if verb.tag_ == "VBN":
            yield from word_set("of_an_oath")
        return
    near = list(verb.children)
    if (host := _host_under(verb)) is not None:
        near = [c for prep in (*host.children, *near) if prep.dep_ == "prep" for c in prep.children]
    elif lemma == "be":
        near = [c for c in near if c.dep_ in _SUBJECTS]
    elif lemma not in word_set("holds_event"):
        return
    near.append(_right_before(verb))
    if verb.dep_ == "acl":
        near += _of_which(verb.head)  # "the summit, held on 4 June"
    for token in near:
        if token.lemma_.lower() in words("event") and token.pos_ in {"NOUN", "PROPN"}:
            yield token.lemma_.lower()
            yield from (c.lemma_.lower() for c in token.children if c.dep_ in _BEFORE_NOUN)


def _deeds(verb: Token) -> frozenset[str]:
    """Return the events that a verb tells by what is done: "was buried", "will open an office"."""
    lemma = verb.lemma_.lower()
    if lemma in word_set("buries"):
        return word_set("of_a_funeral") if verb.tag_ == "VBN" else frozenset()
    if lemma in word_set("crowns"):
        return word_set("of_a_coronation") if verb.tag_ == "VBN" else frozenset()
    opened = next((c for c in verb.children if c.dep_ in {"dobj", "obj", "nsubjpass"}), None)
    house = opened is not None and opened.lemma_.lower() in word_set("opened_house")
    return word_set("of_an_opening") if house and lemma in word_set("opens_house") else frozenset()


def _of_which(noun: Token) -> Iterator[Token]:
    """Yield a noun and what it is of: "the summit of the process, to be held on 4 June"."""
    yield noun
    while noun.head.lower_ == "of" and noun.head.head != noun.head:
        noun = noun.head.head
        yield noun


def _right_before(verb: Token) -> Token:
    """Return the last noun before a verb, which the parse may take for no subject."""
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in {"AUX", "ADV", "PART"}:
        at -= 1
    return verb.doc[max(at, 0)]


def _host_under(verb: Token) -> Token | None:
    """Return the "host" of "plays host to the summit", "will be the host of a forum"."""
    return next((c for c in verb.children if c.lemma_ == "host" and c.pos_ == "NOUN"), None)


def _first_days(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> When:
    """Return the first days told behind a verb, else those that open its sentence."""
    behind = list(clock.between(verb.i + 1, sentence.end))
    if verb.lemma_ == "be" and not _host_under(verb):
        behind = [date for date in behind if date[0] - verb.i <= _NEAR]  # "will be on Saturday"
    opening = [
        date for date in clock.between(sentence.start, verb.i) if date[0] < verb.left_edge.i + _NEAR
    ]
    deed = bool(_deeds(verb))
    for start, _, told in (*behind, *opening):
        if deed and told.grain not in _DAYS:
            return When()  # "would open an office in mid May, she said on Monday"
        if told.grain in _DAYS:
            opens = verb.lemma_ in words("opens_trip") and not deed
            phase: Phase = "arrive" if opens else "whole"
            held = clock.when([scene.doc[start]], phase=phase)
            return held if held.start is not None and len(held.start) == _DAY else When()
    return When()


def _is_same(held: frozenset[str], told: set[str]) -> bool:
    """Tell whether what was held may be what a trip was for, by its noun."""
    if held & told or not told:
        return True
    return "summit" in held or bool(
        told & word_set("nameless_event") and held & word_set("called_ceremony")
    )


__all__ = ["EventDays"]
