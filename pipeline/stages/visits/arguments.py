"""What a trigger tells of a trip, with its arguments, and when: a candidate, dated and weighed.

Who travels is read in `traveller_arguments`, where to in `place_arguments`, where one met in
`local_places`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from spacy.tokens import Doc, Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import to_month
from pipeline.discourse.timing.of_trips import Phase, When, partial
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import COMPLEMENTS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.candidate import (
    Candidate,
    Details,
    ScoredRow,
    TripRow,
    is_stay,
    trips_of_group,
)
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.days.leg_days import date_of_leg, is_undated_leg
from pipeline.stages.visits.events.done_at_rites import is_at_rite
from pipeline.stages.visits.events.event_seats import travelled_to
from pipeline.stages.visits.nouns.counts import bracketed, counted_there, is_first, times
from pipeline.stages.visits.outcome.done_before import as_done_before
from pipeline.stages.visits.pictures.past import as_pictured
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.traveller_arguments import TravellerArguments

#: How far from a sentence's beginning a date opens it, in tokens.
_DAY_REACH = 3


class ArgumentReader(TravellerArguments):
    """Reads the arguments of triggers in one scene: who travels, where to, when."""

    def make(
        self,
        rule: ScoredRow,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        phase: Phase = "whole",
        score: float | None = None,
        anchors: Sequence[Token] = (),
        destination: str | None = None,
        **more: Unpack[Details],
    ) -> Candidate:
        """Make a candidate of a trigger with its arguments, dated by them.

        Args:
            phase: which days of the trip the trigger dates.
            score: how surely a trip is told; what the rule's row says, if not given.
        """
        if fact.status == "invited" and actor is not None and self._is_sent(token, actor):
            fact = Fact("planned", weak=True)
        when = self._when(token, spot, anchors, phase, fact)
        if spot is not None:
            published = self.scene.article.published
            if fact.reason == "arrived" and is_undated_leg(self.scene, self.clock, spot, token):
                fact = replace(fact, reason="")  # the stops that are dated are over
            fact = as_done_before(fact, token, when, published)
            fact = as_pictured(self.scene, token, fact, when)
        ahead = compare(when.start, self.scene.article.published) > 0 and not when.landed_ahead
        if ahead and _is_narrated(token, fact):
            when = When()  # "The next day she landed in Lima": the next of which day?
        held = When()
        if "event" in more.get("notes", ()) and anchors and spot is not None and not when:
            held = self._days_of(anchors[0], spot, fact)
        day = when.start if when.start == when.end else None
        if when.of_deed and when.end is None:
            when = replace(when, end=when.start)
        if "inside" in more.get("notes", ()) and not when.of_deed and is_at_rite(token):
            more["notes"] = tuple(note for note in more["notes"] if note != "inside")
        if when.of_deed or "inside" in more.get("notes", ()):
            when = to_month(when)
        if "event" in more.get("notes", ()) and not is_stay(when):
            when = When()
        if spot is not None and (own := counted_there(self.scene, spot)) and "count" in more:
            more["count"] = own
        if spot is not None and more.get("count", 1) == 1:
            more["count"] = bracketed(self.scene, spot.end) or 1
        if more.get("count", 1) == 1:
            start = self.scene.bounds_of(actor.reference)[0] if actor is not None else 0
            before = self.scene.doc[max(0, start - 2) : start]
            more["count"] = trips_of_group(actor, token, before=before)
        return Candidate(
            rule=rule.id,
            at=token.i,
            actor=actor,
            origin=actor.country if actor else None,
            spot=spot,
            destination=destination or (spot.country if spot else None),
            fact=fact,
            when=when,
            score=(rule.score if score is None else score) * (actor.share if actor else 1.0),
            phase=phase,
            day=day,
            held=held,
            **more,
        )

    def _is_sent(self, token: Token, actor: Actor) -> bool:
        """Tell "Kenya's president asked his foreign minister to visit Peru", who will go."""
        over = token.head
        if token.dep_ not in COMPLEMENTS or over.lemma_ != "ask" or over.tag_ == "VBN":
            return False
        subject = self.scene.subject(over)
        asking = self.scene.actors(subject) if subject is not None else []
        lands = {a.country for a in asking} if all(a.key != actor.key for a in asking) else set()
        return actor.country is not None and lands == {actor.country}

    def make_by_row(
        self,
        rule: TripRow,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        anchors: Sequence[Token] = (),
        destination: str | None = None,
        **more: Unpack[Details],
    ) -> Candidate:
        """Make a candidate that is dated and weighed as its rule's row says."""
        return self.make(
            rule,
            token,
            actor=actor,
            spot=spot,
            fact=fact,
            phase=rule.phase,
            anchors=anchors,
            destination=destination,
            **more,
        )

    def make_counted(
        self,
        rule: TripRow,
        verb: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        phase: Phase | None = None,
        share: float = 1.0,
        **more: Unpack[Details],
    ) -> Candidate:
        """Make a candidate of a verb that may tell whether it is the first, or one of how many.

        Args:
            phase: which days it dates; those that its rule's row says, if not given.
            share: how much of the row's score it has.
        """
        more["first"] = is_first(self.scene, verb)
        if "count" not in more:
            more["count"] = times(self.scene, verb)
        return self.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact,
            phase=rule.phase if phase is None else phase,
            score=rule.score * share,
            **more,
        )

    def make_met(
        self,
        rule: ScoredRow,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        destination: str | None = None,
        hosts: tuple[Actor, ...] = (),
    ) -> Candidate:
        """Make a candidate of a meeting to which somebody has come, on some day of the trip."""
        return self.make(
            rule,
            token,
            actor=actor,
            spot=spot,
            fact=fact,
            destination=destination,
            hosts=hosts,
            notes=("meeting", "inside"),
        )

    def _days_of(self, event: Token, spot: Spot, fact: Fact) -> When:
        """Return when an event is held by the sentence that tells its place, if it is this one."""
        told = self.gatherings.told(event)
        published = self.scene.article.published
        if told is None or told.spot.country != spot.country:
            return When()
        held, behind = self.scene.doc[told.at], self.clock.behind(told.spot.end)
        if travelled_to(self.scene, held) is not None:
            # "arrived in Lima on Monday for the summit", whose day the Monday is not
            behind = self.clock.behind(held.i + 1)
            when = self.clock.when(behind, phase="whole") if behind else When()
        else:
            when = self.clock.when([held, *behind], phase="whole")
        if when.start is None or when.end is None or published is None:
            return when
        made = fact.status in MADE
        if (told.former and not made) or len(when.start) < MONTH:
            return When()
        passed = when.start[: len(published)] <= published[: len(when.start)]
        ahead = when.end[: len(published)] >= published[: len(when.end)]
        return when if (passed if made else ahead) else When()

    def undated(self, made: Candidate) -> Candidate:
        """Keep only the date behind the place: when one was asked is not when one comes."""
        behind = self.clock.behind(made.spot.end) if made.spot else []
        return made if behind else replace(made, when=When())

    def _when(
        self, token: Token, spot: Spot | None, anchors: Sequence[Token], phase: Phase, fact: Fact
    ) -> When:
        if phase == "none":
            phase = "whole"
        anchors = [*anchors, *_made_first(token)]
        if (
            spot is not None
            and self.scene.sentence_of[spot.start] > self.scene.sentence_of[token.i]
        ):
            said = self.clock.when([token, *anchors], phase=phase, fact=fact)
            behind = self.clock.behind(spot.end)
            return said or self.clock.when([*self._held_at(spot), *behind], phase=phase, fact=fact)
        if spot is not None:
            leg = date_of_leg(self.scene, self.clock, spot, token)
            for own in (self._in_turn(spot, token), self._fronted(spot, token), leg):
                if own is not None:
                    return self.clock.when([own], phase=phase, fact=fact)
        if spot is not None:
            behind = self.clock.behind(_past_role(self.scene.doc, spot.end))
            if behind:
                return self.clock.when([token, *behind, *anchors], phase=phase, fact=fact)
            if behind := self._behind_list(spot):
                return self.clock.when([token, *behind, *anchors], phase=phase, fact=fact)
            if (own := self._date_before(spot, token)) is not None:
                return self.clock.when([token, own, *anchors], phase=phase, fact=fact)
        if spot is not None and is_undated_leg(self.scene, self.clock, spot, token):
            return When()
        when = self.clock.when([token, *anchors], phase=phase, fact=fact)
        return When() if spot is not None and self._is_of_other(when, spot, token) else when

    def _held_at(self, spot: Spot) -> list[Token]:
        """Return the verb of "The meeting was held in Rome on Monday", behind a meeting told."""
        told = self.scene.doc[spot.start].ancestors
        return [next((t for t in told if t.pos_ == "VERB"), self.scene.doc[spot.start])]

    def _behind_list(self, spot: Spot) -> list[Token]:
        """Return the date behind "Mali, Benin and Togo in 2019" for each of its places."""
        doc, at = self.scene.doc, spot.end
        while at < len(doc) and doc[at].lower_ in {",", ";", "and"}:
            at += 1
        further = self.scene.spots(at) if at > spot.end else []
        return next((days for each in further if (days := self.clock.behind(each.end))), [])

    def _date_before(self, spot: Spot, trigger: Token) -> Token | None:
        """Return the date right before a further place ("and two days later (to) Gambia")."""
        for start, end, _ in self.clock.between(trigger.i + 2, spot.start):
            if end in {spot.start - 1, spot.start}:
                return self.scene.doc[start]
        return None

    def _fronted(self, spot: Spot, trigger: Token) -> Token | None:
        """Return the date of "On Monday X visited Lima, on Tuesday Quito" before its verb.

        Not that of "In May X visited Lima, on the 3rd", nor of "On Monday X said she visited Lima,
        on Sunday, for talks", where no other place has the day behind.
        """
        doc, sentence = self.scene.doc, self.scene.sentence(trigger.i)
        if spot.start < trigger.i or text_at(doc, spot.end) not in {",", ";"}:
            return None
        before = self.clock.between(sentence.start, trigger.i)
        behind = self.clock.between(spot.end, sentence.end) if self.leg_behind(spot.end) else ()
        if not before or not behind or before[-1][2].grain != behind[0][2].grain:
            return None
        opens = before[-1][0] - sentence.start <= _DAY_REACH
        return doc[before[-1][0]] if opens else None

    def _in_turn(self, spot: Spot, trigger: Token) -> Token | None:
        """Return the date of Quito in "On Monday X saw Lima, on Tuesday Quito, on Friday Oslo"."""
        own = self._date_before(spot, trigger)
        before = self.clock.between(trigger.i, spot.start) if own is not None else ()
        behind = self.clock.between(spot.end, spot.end + _DAY_REACH)
        if not before or not behind or self.scene.doc[spot.end].text not in {",", ";"}:
            return None
        return own if before[-1][2].grain == behind[0][2].grain else None

    def _is_of_event_ahead(self, when: When, spot: Spot, trigger: Token) -> bool:
        """Tell the July of "met A in Lima ahead of a summit in July", said in May."""
        published, day = self.scene.article.published or "", when.start or ""
        if day[: len(published)] <= published[: len(day)] or tense_of(trigger) != "past":
            return False
        dates = self.clock.between(spot.end, self.scene.sentence(trigger.i).end)
        between = self.scene.doc[spot.end : dates[0][0]] if dates else ()
        return any(t.lower_ in words("before_trip") for t in between)

    def _is_of_other(self, when: When, spot: Spot, trigger: Token) -> bool:
        """Tell the day behind another place of the list ("to Lima on Monday and to Quito")."""
        doc = self.scene.doc
        end = self.scene.sentence(trigger.i).end
        if self._is_of_forerunner(spot, end) or self._is_of_event_ahead(when, spot, trigger):
            return True
        if when.start is None or len(when.start) < DAY or spot.start <= trigger.i:
            return False
        before = self.clock.between(self.scene.sentence(trigger.i).start, spot.start)
        fronted = any(when.start in (partial(date) or ()) for _, _, date in before)
        for start, _, _ in self.clock.between(spot.end + 1, end) if not fronted else ():
            where = [i for i in range(spot.end, start) if doc[i].lower_ == "where"]
            if where and any(self.scene.places_in(spot.end, where[0])):
                return True
        dates = self.clock.between(trigger.i + 1, spot.start)
        leaves = trigger.lemma_ in words("leaves_again")  # "left Quito on Monday for the summit"
        return any(
            self.scene.bounds(place)[1] <= start
            for start, _, _ in dates
            for place in self.scene.places_in(trigger.i + 1, start)
            if not (leaves and self.scene.bounds(place)[0] == trigger.i + 1)
        )

    def _is_of_forerunner(self, spot: Spot, end: int) -> bool:
        """Tell the date of "the third pope to visit Kenya, after Paul VI in 1969".

        And of "his visit there was the third by a pope, the first being paid by A in 1969".
        """
        doc = self.scene.doc
        for start, _, _ in self.clock.between(spot.end + 1, end)[:1]:
            words = {doc[i].lower_ for i in range(spot.end, start)}
            if words & word_set("nth_trip") and words & {"having", "being"} and "to" not in words:
                return True
            named = start > 1 and any(r.kind == "person" for r in self.scene.at(start - 2))
            return named and doc[start - 1].lower_ in {"in", "("} and "after" in words
        return False


#: Parts of speech of the words of an office.
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})


def _past_role(doc: Doc, end: int) -> int:
    """Return the token behind "as prime minister" at token `end`, the role in which one went."""
    if word_at(doc, end) != "as":
        return end
    at = end + 1
    while at < len(doc) and at - end < 7 and doc[at].pos_ in _NOMINAL:
        at += 1
    return at


def _made_first(verb: Token) -> list[Token]:
    """Return the "became" of "became the first premier to visit Bhutan", where its date hangs.

    And the "will be" of "On Monday, X will be the first premier to visit Bhutan".
    """
    if verb.tag_ != "VB":
        return []
    over = (t for t in verb.ancestors if t.pos_ in VERBS)
    return [t for t in over if t.lemma_ == "become" or _ranks(t)][:1]


def _ranks(be: Token) -> bool:
    """Tell "will be the first premier"."""
    ones = (c for c in be.children if c.dep_ == "attr") if be.lemma_ == "be" else ()
    return any(c.lower_ in word_set("rank") for one in ones for c in (one, *one.children))


def _is_narrated(verb: Token, fact: Fact) -> bool:
    """Tell "landed in Lima", told in the past, from "was due to land", "has landed".

    Nor is "said they would sign it when she landed".
    """
    if verb.tag_ != "VBD" or fact.status not in MADE:
        return False
    return not any(c.tag_ == "MD" for above in verb.ancestors for c in above.children)


__all__ = ["ArgumentReader"]
