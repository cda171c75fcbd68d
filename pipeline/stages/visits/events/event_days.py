"""The days of an event that a trip is for, where another sentence tells them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property

from models.visit import VisitStatus
from pipeline.discourse.facts import VERBLESS
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before, days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.events.chief_event import ChiefEvent, chief_event
from pipeline.stages.visits.events.event_aims import (
    has_aim,
    has_some_aim,
    is_at_event,
    is_of_gathering,
)
from pipeline.stages.visits.events.event_clauses import is_held_beside
from pipeline.stages.visits.events.event_scene import is_of_office
from pipeline.stages.visits.events.events_on import goes_on
from pipeline.stages.visits.events.held_events import Held, held_events
from pipeline.stages.visits.events.held_in_scene import HeldInScene, NounsOfSentences
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: The rule of lists of who is in a town.
_THERE = "in_town"
#: The rule of what is done at an event.
_AT_EVENT = "at_event"
#: How many days behind its beginning an event goes on of which nothing else is told.
_OPEN = 1
#: How many sentences back others may be told to be at the event where one is "there".
_BACK = 2


class EventDays:
    """The sentences of one article that tell when an event is held, looked for once."""

    def __init__(self, scene: Scene, trips: Sequence[Trip] = ()) -> None:
        self.scene = scene
        self._trips = trips
        self._nouns = NounsOfSentences()

    def of(self, trip: Trip, when: When) -> When:
        """Return the days of the event that a trip is for, or `when` where none are told.

        "He will attend the summit in Peru this month. Lima hosts the summit from 4 to 5 June"
        gives both days; a sentence that names another country gives none, nor does the day of a
        summit to come to a trip that was made.
        """
        if not _is_vague(when) or trip.count > 1:
            return when
        events, known = self._events_in(trip.candidates), self._is_for_event(trip)
        if not known and not (events and any(has_some_aim(self.scene, c) for c in trip.candidates)):
            return when
        # Where its own sentence tells the event's days, they have been weighed as the trip's.
        own = {
            self.scene.sentence(c.at).start
            for c in trip.candidates
            if not known or c.rule == _AT_EVENT or self._is_told_for_event(c)
        }
        listed = all(c.rule in guest_rules() for c in trip.candidates)
        names = self._names_of_report(trip)
        names = names and names | word_set("nameless_event", "called_event")
        told_at = [self.scene.doc[c.at] for c in trip.candidates]
        end, ahead = self.scene.sentence(trip.first_at).end, trip.statuses <= {"planned"}
        likely: list[tuple[bool, When]] = []
        for told in self._held:
            held = told.held
            if names and not held.events & names:
                continue
            days = told.ahead if ahead else held.when
            if not _is_within(days, when):
                continue
            # "Negotiators met last month" names no session, though it may have been one.
            shared = held.events & events
            named = bool(shared) and not shared.isdisjoint(self._nouns.of(held.sentence))
            meant = named or (known and not told.called_after.isdisjoint(own))
            if (held.common or not known) and not meant:
                continue
            # "The summit will be held in Lima on 4 June", far behind one who goes to the summit.
            there = told.first_named < end and trip.destination in told.lands
            if not there and self.scene.is_of_later_matter(held.at, trip.first_at):
                continue
            if held.sentence.start in own:  # it has been weighed with the trip's own days
                at = self.scene.doc[held.at]
                if when or not (listed or is_held_beside(at, held.events, told_at)):
                    continue
            if not self._is_of_time(trip, days):
                continue
            if told.lands_beside and trip.destination not in told.lands_beside:
                continue
            if meant or _is_same(held.events, events):
                likely.append((held.when.coarse, days))
            elif known and self._is_meant(held, events, trip):
                likely.append((True, days))
        if likely:
            return min(likely, key=lambda each: each[0])[1]
        if not known:
            return when
        told_of_it = (c.held for c in trip.candidates if c.held)
        return when or self._of_other_guests(trip) or next(told_of_it, When())

    def _is_meant(self, held: Held, events: set[str], trip: Trip) -> bool:
        """Tell the meeting of "A meeting will be held on 4 June. … A and B will attend the event".

        It is told before, by a verb, with a day of its own. Or it is called "the event" there, and
        no other has a day: "The event opens on Sunday. … A will attend the summit".
        """
        if len(held.when.start or "") < DAY or held.when.coarse or held.common:
            return False
        plain = word_set("nameless_event", "called_event")
        if events and events <= plain:
            return "meeting" in held.events and held.at < trip.first_at
        return held.events <= word_set("called_event") and len(self._dated) == 1

    def _names_of_report(self, trip: Trip) -> frozenset[str]:
        """Return what the report's event is called of which alone a trip is told to be."""
        chief = self._chief
        alone = chief is not None and all(map(self._is_there_of_report, trip.candidates))
        return chief.names if chief is not None and alone else frozenset()

    def _is_there_of_report(self, candidate: Candidate) -> bool:
        """Tell "will travel there", "flew in", in the report of an event held in that country."""
        chief = self._chief
        if chief is None or not chief.leads or candidate.destination != chief.spot.country:
            return False
        if self.scene.is_of_later_matter(chief.spot.start, candidate.at):
            return False
        verb = self.scene.doc[candidate.at]
        behind = [c for c in verb.children if c.i > verb.i]
        there = any(t.lower_ == "there" and t.dep_ == "advmod" for t in behind)
        return there and not any(c.dep_ in {"advcl", "xcomp"} for c in behind)

    @cached_property
    def _chief(self) -> ChiefEvent | None:
        return chief_event(self.scene)

    def _of_other_guests(self, trip: Trip) -> When:
        """Return the days for which another guest of the same event is told to be there.

        "The premier will attend the summit in Lima on 3 May. … The king will skip the summit." So
        of one of whom only "The king will attend" is told, where all others are there on one day.
        """
        called, unnamed = self._attended(trip), set[When]()
        for other in self._trips:
            if other is trip or other.destination != trip.destination or other.count != 1:
                continue
            told = other.when
            if not (told.start and told.end and len(told.start) == DAY):
                continue
            if told.start != told.end and not self._is_of_event(other, told):
                continue  # "will be in Lima from 3 to 7 May and attend a meeting"
            if called & self._attended(other):
                return told if self._is_of_time(trip, told) else When()
            if not called and self._is_for_event(other):
                unnamed.add(told)
        only = next(iter(unnamed)) if len(unnamed) == 1 else When()
        return only if self._is_of_time(trip, only) else When()

    def _is_of_event(self, trip: Trip, when: When) -> bool:
        """Tell "will attend the summit from 3 to 4 May" from a stay on which one attends it."""
        told = [c for c in trip.candidates if c.when == when]
        return not told or any("event" in c.notes or c.rule in guest_rules() for c in told)

    def _attended(self, trip: Trip) -> set[str]:
        """Return the events of some name that a trip is told to be made for."""
        told = [c for c in trip.candidates if "event" in c.notes and c.spot is not None]
        plain = word_set("nameless_event", "recurring_event")
        return self._events_in(told) - plain

    def _events_in(self, told: Sequence[Candidate]) -> set[str]:
        """Return the events that the sentences of some tellings name."""
        sentences = (self.scene.sentence(candidate.at) for candidate in told)
        named = (t for s in sentences for t in s if noun_of(t) in words("event"))
        return {noun_of(t) for t in named if not is_of_office(self.scene, t)}

    def _is_for_event(self, trip: Trip) -> bool:
        """Tell a trip to an event: "attends the summit", "flies to Lima for the summit".

        So of one of which nothing is told but what is said or done at the event.
        """
        told = trip.candidates
        return any(map(self._is_told_for_event, told)) or all(c.rule == _AT_EVENT for c in told)

    def _is_told_for_event(self, candidate: Candidate) -> bool:
        return (
            "event" in candidate.notes
            or has_aim(self.scene, candidate)
            or is_at_event(self.scene, candidate)
            or self._is_there_of_event(candidate)
            or self._is_there_of_report(candidate)
        )

    def _is_there_of_event(self, candidate: Candidate) -> bool:
        """Tell "The funeral is on Friday. A will be there", right behind the event."""
        if not any(t.lower_ == "there" for t in self.scene.doc[candidate.at].children):
            return False
        number = self.scene.sentence_of[candidate.at]
        before = self.scene.sentences[number - 1] if number else ()
        held = {t.lemma_.lower() for t in before} & words("event")
        known = bool(held - word_set("nameless_event")) or any(map(is_of_gathering, before))
        return known or self._is_of_guests(candidate)

    def _is_of_guests(self, candidate: Candidate) -> bool:
        """Tell B of "A will attend. B will be there": others were told to be at the event."""
        number = self.scene.sentence_of[candidate.at]
        return any(
            "event" in told.notes and 0 <= number - self.scene.sentence_of[told.at] <= _BACK
            for trip in self._trips
            if trip.destination == candidate.destination
            for told in trip.candidates
        )

    def _is_of_time(self, trip: Trip, held: When) -> bool:
        """Tell whether a trip made, or to be made, may be for an event of such days."""
        published = self.scene.article.published
        if published is None or held.start is None:
            return True
        if trip.statuses == {"completed"} and not _is_verbless(trip):
            return compare(held.start, published) <= 0 or self._is_only_sent(trip)
        if trip.statuses <= {"planned", "invited"}:
            return compare(held.end or held.start, published) >= 0
        return True

    def _is_only_sent(self, trip: Trip) -> bool:
        """Tell "has sent X", "sent to represent him": the event's day tells if he was there."""
        told = [self.scene.doc[c.at] for c in trip.candidates]
        sent = words("sends_one")
        return all((v.head if v.tag_ == "VB" else v).lemma_ in sent for v in told)

    @cached_property
    def _held(self) -> list[HeldInScene]:
        told = sorted(held_events(self.scene), key=_is_coarse)
        return [HeldInScene(self.scene, held, self._nouns) for held in told]

    @cached_property
    def _dated(self) -> set[When]:
        """The days of all events of which the very day is told."""
        days = (told.held.when for told in self._held)
        return {when for when in days if len(when.start or "") == DAY}


def is_of_guest(trip: Trip) -> bool:
    """Tell a trip of which only a list of guests tells, so that its days are the event's."""
    return _is_told_by(trip, guest_rules())


def is_for_event(trip: Trip) -> bool:
    """Tell a trip of which nothing is told but that one is at an event: "is attending it".

    So of one who "is representing" somebody there; not of one of whom "Also in Lima is" tells.
    """
    if any(c.rule == _THERE for c in trip.candidates):
        return False
    return _is_told_by(trip, {*guest_rules(), *word_set("goes_to_event", "stands_for_others")})


def _is_told_by(trip: Trip, rules: Collection[str]) -> bool:
    """Tell whether all that is told of a trip, but for talks had there, are rules of events."""
    told = [c for c in trip.candidates if "inside" not in c.notes] or trip.candidates
    return all(c.rule in rules and "event" in c.notes and c.phase == "whole" for c in told)


def as_of_event(status: VisitStatus, when: When, published: str | None) -> VisitStatus:
    """Return the status of one who is on a list of guests, as the event's days have it.

    "Guests include A" tells what is to come where the event is, what was where it is over.
    """
    if status == "ongoing" and compare(when.start, published) > 0:
        return "planned"
    if status == "ongoing" and compare(when.end or when.start, published) < 0 and when.end:
        return "completed"
    return status


def while_it_lasts(scene: Scene, trip: Trip, status: VisitStatus, when: When) -> VisitStatus:
    """Return the status of guests at an event that is told to be going on.

    "The summit opened on Monday. Foreign guests: A and B", "It has brought together A and B",
    "Leaders have gone into a closed session. Those present were A and B" have them there; "Guests
    included A and B" looks back.
    """
    published = scene.article.published
    if status != "completed" or not (is_of_guest(trip) or is_for_event(trip)):
        return status
    if trip.statuses == {"completed"} and goes_on(scene, trip, when):
        return "ongoing"
    if not is_of_guest(trip) or when.end or not when.start:
        return status
    if published is None or len(when.start) < DAY or when.start > published:
        return status
    open_ = all(c.fact.reason in {"perfect", VERBLESS} for c in trip.candidates)
    return "ongoing" if open_ and days_between(when.start, published) <= _OPEN else status


def _is_verbless(trip: Trip) -> bool:
    """Tell a trip of which but a list without a verb tells, of those who came or will come."""
    return all(c.fact.reason == VERBLESS for c in trip.candidates)


def _is_coarse(held: Held) -> bool:
    """Tell an event of which only the week, month or year is told."""
    return held.when.coarse or len(held.when.start or "") < DAY


def _is_vague(when: When) -> bool:
    """Tell a trip of which no day is told: none, a month, a year, or only its week."""
    if when.start is None or when.end is None or len(when.start) < DAY:
        return when.start is None or when.start == when.end
    first = date.fromisoformat(when.start)
    return not first.weekday() and days_before(when.end, days=6) == when.start


def _is_within(held: When, when: When) -> bool:
    """Tell whether an event is held in the month, year or week of a trip."""
    day = held.start or ""
    if when.start is None or len(when.start) < DAY:
        return day.startswith(when.start or "")
    return when.start <= day <= (when.end or "")


def _is_same(held: frozenset[str], told: set[str]) -> bool:
    """Tell whether what was held may be what a trip was for, by its noun."""
    if held & told or not told:
        return True
    if held & word_set("of_a_wedding") and told & word_set("of_a_wedding"):
        return True
    if "summit" in held:
        return not told <= words("rite_of_report")  # "held a summit in May. … came for the funeral"
    return bool(told & word_set("nameless_event") and held & word_set("called_ceremony"))


__all__ = ["EventDays", "as_of_event", "is_for_event", "is_of_guest", "while_it_lasts"]
