"""The sentences that tell when an event is held."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.editions import is_past_edition
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved
from pipeline.discourse.timing.of_trips import Clock, When
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import NOUNS, SUBJECTS, VERBS
from pipeline.reference.months import WEEKDAYS
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.candidate import is_stay
from pipeline.stages.visits.events.chief_event import chief_event
from pipeline.stages.visits.events.days_of_verbs import NEAR, first_days
from pipeline.stages.visits.events.event_ends import with_end
from pipeline.stages.visits.events.events_of_verbs import (
    BEFORE_NOUN,
    events_told,
    is_of_holding,
    of_which,
)
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.tables import word_set

#: What time may stand with an event's noun: "the summit last month".
_BESIDE = frozenset({"day", "week", "weekend", "month"})


@dataclass(frozen=True)
class Held:
    """What events a sentence tells to be held, when, and at which token it tells when."""

    sentence: Span
    events: frozenset[str]
    when: When
    at: int
    #: Whether its noun is so common that it is only the event that a trip is told for by it.
    common: bool = False

    def ahead(self, scene: Scene) -> When:
        """Return the days that are meant of an event to come: "ready for Sunday's summit".

        Of "Sunday's summit ended in a row" they are those gone by.
        """
        published, day = scene.article.published, self.when.start or ""
        if published is None or not len(published) == len(day) == DAY or day >= published:
            return self.when
        start = scene.doc[self.at].idx
        number = bisect_left(scene.dates, start, key=lambda date: date.start)
        told = scene.dates[number : number + 1]
        bare = any(d.start == start and d.text.lower() in WEEKDAYS for d in told)
        verb = governing_verb(scene.doc[self.at])
        over = (verb, *verb.ancestors) if verb is not None else ()
        past = any(
            tense_of(v) == "past" and not auxiliaries_of(v) & words("perfect_now") for v in over
        )
        return moved(self.when, days=-7) if bare and not past else self.when


def held_events(scene: Scene) -> Iterator[Held]:
    """Yield the events of which the days are told, those told by a verb first.

    "Lima will host the summit from 4 to 5 June", "the funeral on Friday", "ministers met in
    Lima on 4 June" fire; "the summit will discuss a plan of 4 June" does not.
    """
    clock = Clock(scene)
    for sentence in scene.sentences:
        for verb in sentence:
            if verb.pos_ in VERBS:
                told = _told_by(scene, clock, verb, sentence)
                yield from (held for held in told if not _is_former(held))
    yield from (held for held in _dated(scene, clock) if not _is_former(held))


def _is_former(held: Held) -> bool:
    """Tell the days of "since the last summit held on 25 March", not of "last week's summit"."""
    named = [t for t in held.sentence if t.i < held.at and noun_of(t) in held.events]
    before = named[-1].children if named else ()
    return any(
        c.lower_ in words("former_edition") and not c.ent_type_ for c in before
    ) and is_past_edition(named[-1], None)


def _told_by(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> Iterator[Held]:
    """Yield what a verb tells to be held in its sentence, if it tells when."""
    events = frozenset(events_told(verb)) or _of_report(scene, verb)
    if events:
        at, when = first_days(scene, clock, verb, sentence)
        if when.start is not None and is_stay(when):
            yield Held(sentence, events, with_end(scene, clock, verb, when, events=events), at)


def _of_report(scene: Scene, verb: Token) -> frozenset[str]:
    """Return what the report's event is called, of "It takes place on Monday", "The date is 4 May".

    "It is on Monday that they vote" tells of none.
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or verb.dep_ not in {"ROOT", "conj"}:
        return frozenset()
    fixed = subject.lower_ == "date" and verb.lemma_ in word_set("fixes_day")
    held = subject.lower_ == "it" and verb.lemma_ != "be" and is_of_holding(verb)
    if not fixed and not held:
        return frozenset()
    chief = chief_event(scene)
    return chief.names if chief is not None and chief.leads else frozenset()


def _dated(scene: Scene, clock: Clock) -> Iterator[Held]:
    """Yield the events that stand with their day: "the funeral on Friday", "Friday's summit"."""
    events = words("event") - word_set("nameless_event") - word_set("recurring_event")
    for start, end, told in clock.dates:
        if told.grain not in _BESIDE:
            continue
        month = told.grain == "month"
        beside = {_lemma(n) for n in _beside(scene.doc[start:end], month=month)}
        # Of an article's meetings, "the weekend meeting" is told from others by its time.
        # So is "Tuesday's memorial service" of its memorials.
        any_one = told.grain == "weekend" or "service" in beside
        found = beside & (words("event") if any_one else events)
        common = not found  # "Friday's meeting", which may be any
        found = found or beside & words("event")
        when = clock.when([scene.doc[start]], phase="whole") if found else When()
        if when.start is not None and (told.grain != "day" or len(when.start) == DAY):
            yield Held(scene.sentence(start), frozenset(found), when, start, common)


def _lemma(noun: Token) -> str:
    """Return the lemma of a noun, also of a name's plural ("the Related Summits")."""
    return noun.lower_.removesuffix("s") if noun.tag_ == "NNPS" else noun_of(noun)


def _beside(day: Span, *, month: bool) -> Iterator[Token]:
    """Yield the nouns that a day may be of: right before it, or of which it is a part."""
    at = day.start - 1
    linked = at > 0 and day.doc[at].lower_ in word_set("day_of_event")
    linked = linked or (month and at > 0 and day.doc[at].lower_ == "in")
    due = linked and at > 1 and day.doc[at - 1].lower_ in word_set("due_on")
    at -= due  # "the summit, due on 4 June"
    over = day.root.head
    nouns = {over} if over.i >= day.end else set()
    if day.start > 1:
        last = at - linked
        place = day.doc[_before_place(day.doc, last)]
        # "will guard the funeral next Friday"
        linked = linked or day[0].lower_ in word_set("counts_from_now")
        owned = day.doc[day.end : day.end + 1].text in APOSTROPHE_S  # "ahead of Friday's summit"
        linked = linked and not owned
        nouns = {day.doc[last], place} if linked else nouns | ({place} - {day.doc[last]})
    nouns |= set(_behind(day))
    if due:
        nouns = {n for n in nouns if n.head.lower_ not in word_set("stems_from_event")}
    for noun in nouns:
        if noun.pos_ in NOUNS and noun.i - day.end < NEAR:
            for over in of_which(noun):  # "the funeral of X on Friday"
                yield over
                yield from (c for c in over.children if c.dep_ in BEFORE_NOUN)


def _behind(day: Span) -> Iterator[Token]:
    """Yield the funeral of "met on Friday at the funeral of X".

    Not of "landed on Friday for the funeral", which one may come for days before.
    """
    doc, at = day.doc, day.end
    verb = governing_verb(day.root)
    if verb is not None and verb.lemma_ in words("sets_out") and doc[at : at + 1].text == "for":
        return
    if doc[at : at + 1].text.lower() not in {"at", "during", "for"}:
        return
    for token in doc[at + 1 : at + NEAR]:
        if token.dep_ == "pobj" and token.head.i == at:
            yield token
            yield from (c for c in token.children if c.dep_ in BEFORE_NOUN)


def _before_place(doc: Doc, at: int) -> int:
    """Return the token before "in Lima," or a comma that ends at token `at`, or `at` itself."""
    while at > 0 and doc[at].text == ",":
        at -= 1
    start = at
    while start > 0 and at - start < NEAR and doc[start].pos_ in {"PROPN", "DET", "PUNCT"}:
        start -= 1
    return start - 1 if start < at and start > 0 and doc[start].lower_ in {"in", "at", "on"} else at


__all__ = ["Held", "held_events"]
