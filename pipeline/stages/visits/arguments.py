"""The arguments of a trigger: who travels and when; where to is read in `place_arguments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Phase, When
from pipeline.stages.visits.aboard import aboard
from pipeline.stages.visits.candidate import (
    Candidate,
    Details,
    NamedRow,
    ScoredRow,
    TripRow,
    is_stay,
    joined,
    to_month,
    trips_of_group,
)
from pipeline.stages.visits.counts import bracketed, counted_there
from pipeline.stages.visits.done_before import as_done_before
from pipeline.stages.visits.going_along import gone_with
from pipeline.stages.visits.others_clause import is_of_judged, is_of_others, is_some_of
from pipeline.stages.visits.pictures.past import as_pictured
from pipeline.stages.visits.place_arguments import PlaceArguments
from pipeline.stages.visits.tables import noun_rules, word_set

#: How far from a sentence's beginning a date opens it, in tokens.
_DAY_REACH = 3
#: What may stand between "envoys" and "two of whom": "of Peru,".
_LAND_BEHIND = frozenset({"ADP", "DET", "PROPN", "ADJ", "PUNCT"})


class ArgumentReader(PlaceArguments):
    """Reads the arguments of triggers in one scene: who travels, where to, when."""

    def make(
        self,
        rule: NamedRow,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        phase: Phase,
        score: float,
        anchors: Sequence[Token] = (),
        destination: str | None = None,
        **more: Unpack[Details],
    ) -> Candidate:
        """Make a candidate of a trigger with its arguments, dated by them."""
        if fact.status == "invited" and actor is not None and self._is_sent(token, actor):
            fact = Fact("planned", weak=True)
        when = self._when(token, spot, anchors, phase, fact)
        if spot is not None:
            published = self.scene.article.published
            fact = as_done_before(fact, token, when, published)
            fact = as_pictured(self.scene, token, fact, when)
        held = When()
        if "event" in more.get("notes", ()) and anchors and spot is not None and not when:
            held = self._days_of(anchors[0], spot, fact)
        day = when.start if when.start == when.end else None
        if "inside" in more.get("notes", ()):
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
            score=score * (actor.share if actor else 1.0),
            phase=phase,
            day=day,
            held=held,
            **more,
        )

    def _is_sent(self, token: Token, actor: Actor) -> bool:
        """Tell "Kenya's president asked his foreign minister to visit Peru", who will go."""
        over = token.head
        if token.dep_ not in {"xcomp", "ccomp"} or over.lemma_ != "ask" or over.tag_ == "VBN":
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
            score=rule.score,
            anchors=anchors,
            destination=destination,
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
            phase="whole",
            score=rule.score,
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
        behind = self.clock.behind(told.spot.end)
        when = self.clock.when([self.scene.doc[told.at], *behind], phase="whole")
        if when.start is None or when.end is None or published is None:
            return when
        made = fact.status in {"completed", "ongoing"}
        if (told.former and not made) or len(when.start) < len("2024-08"):
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
            for own in (self._in_turn(spot, token), self._fronted(spot, token)):
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
        return self.clock.behind(further[-1].end) if further else []

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
        if spot.start < trigger.i or doc[spot.end : spot.end + 1].text not in {",", ";"}:
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

    def _is_of_other(self, when: When, spot: Spot, trigger: Token) -> bool:
        """Tell the day behind another place of the list ("to Lima on Monday and to Quito")."""
        doc = self.scene.doc
        end = self.scene.sentence(trigger.i).end
        if self._is_of_forerunner(spot, end):
            return True
        if when.start is None or len(when.start) < 10 or spot.start <= trigger.i:
            return False
        for start, _, _ in self.clock.between(spot.end + 1, end):
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
        """Tell the date of "the third pope to visit Kenya, after Paul VI in 1969"."""
        doc = self.scene.doc
        for start, _, _ in self.clock.between(spot.end + 1, end)[:1]:
            words = {doc[i].lower_ for i in range(spot.end, start)}
            named = start > 1 and any(r.kind == "person" for r in self.scene.at(start - 2))
            return named and doc[start - 1].lower_ in {"in", "("} and "after" in words
        return False

    def travellers(self, verb: Token, spots: Sequence[Spot | None] = ()) -> list[Actor]:
        """Return who travels by a verb; one whose own country the place is does not."""
        actors = self._subjects(verb)
        actors = gone_with(self.scene, verb, actors) or actors
        ends = {spot.country for spot in spots if spot is not None}
        actors = joined(actors)
        actors = [a for a in actors if not self.sends(a)] or actors
        return [self.scene.other_antecedent(actor, ends) or actor for actor in actors]

    def sends(self, actor: Actor) -> bool:
        """Tell A of "Upon the directives of A, B left for Peru", whom the parse has leave too."""
        doc, end = self.scene.doc, self.scene.bounds_of(actor.reference)[0]
        for token in doc[self.scene.sentence(actor.token).start : end]:
            of = doc[token.i + 1 : token.i + 2].text == "of"
            if of and token.lemma_.lower() in word_set("sends_by"):
                told = (r for i in (token.i + 2, token.i + 3) for r in self.scene.at(i))
                return any(r.actor == actor.reference.actor for r in told)
        return False

    def _subjects(self, verb: Token) -> list[Actor]:
        subject = self.scene.subject(verb)
        if followed := self._followed(verb, subject):
            return followed
        planned = verb.dep_ == "acl" and verb.head.lemma_ in word_set("own_plan")
        if planned and subject in {None, verb.head}:
            return self._of_plan(verb)
        if subject is not None and verb.lemma_ == "come" and subject.lemma_ in noun_rules():
            return []  # "the trip comes ahead of a visit to Lima"
        sent = subject is not None and any(r.kind == "delegation" for r in self.scene.at(subject.i))
        if subject is not None and subject.lemma_.lower() in word_set("vehicle") and not sent:
            return aboard(self.scene, subject, verb)
        if subject is not None and is_some_of(subject):
            return self._some_of(subject, verb)
        if subject is not None and (owners := self._of_trip(subject)):
            return owners
        if subject is not None:
            actors = [a for a in self.scene.actors(subject) if not a.is_party]
            if actors:
                return actors
            if subject.pos_ in {"NOUN", "PROPN"} and not self.scene.at(subject.i):
                return []
            if any(r.kind in {"country", "group"} for r in self.scene.at(subject.i)):
                return []
            if {subject.lower_, subject.head.head.lower_} & word_set("of_things"):
                return []  # "everything which comes from Peru"
            if self._is_thing(subject):
                return []
            if subject.lower_ in word_set("unknown_some") and not self.scene.at(subject.i):
                return []  # "said some had gone to Peru"
            unknown = subject.lower_ in {"they", "it", "he", "she"}
            if is_of_others(self.scene, subject) or (unknown and not self.scene.at(subject.i)):
                return []
        elif verb.dep_ == "amod" or is_of_judged(verb):
            return []  # "newly arrived jets", "praised the decision to go"
        said = self._said_by(verb) if subject is not None and subject.lower_ == "we" else []
        fallback = self.scene.nearest_before(verb.i)
        return said or ([fallback] if fallback else [])

    def _is_thing(self, subject: Token) -> bool:
        """Tell the "which" of "hailed aid which reached Peru" from that of "the train which"."""
        thing = subject.head.head
        if subject.lower_ not in {"that", "which"} or subject.head.dep_ != "relcl":
            return False
        carries = thing.lemma_.lower() in word_set("vehicle") | words("led_group")
        return thing.pos_ == "NOUN" and not carries and not self.scene.at(thing.i)

    def _of_trip(self, subject: Token) -> list[Actor]:
        """Return whose trip it is by "It is her second trip after visiting Peru"."""
        if subject.lower_ not in {"it", "this"} or subject.head.lemma_ != "be":
            return []
        trips = (c for c in subject.head.children if c.dep_ == "attr" and c.lemma_ in noun_rules())
        owners = (c for trip in trips for c in trip.children if c.dep_ == "poss")
        return [a for owner in owners for a in self.scene.actors(owner) if not a.is_party]

    def _some_of(self, subject: Token, verb: Token) -> list[Actor]:
        """Return the envoys of "envoys of Peru, two of whom flew"; none of "rockets, two of which".

        Nor X of "X sent lawmakers, two of whom flew to Lima".
        """
        near = self.scene.nearest_before(verb.i)
        if near is None or near.reference.name or subject.doc[subject.i + 2].lower_ != "whom":
            return []
        between = self.scene.doc[self.scene.bounds(near.reference)[1] : subject.i]
        return [near] if between and all(t.pos_ in _LAND_BEHIND for t in between) else []

    def _said_by(self, verb: Token) -> list[Actor]:
        """Return X of "X, flanked by Y, said, 'We are happy to be in Peru'"."""
        told = next((t for t in verb.ancestors if t.lemma_ in words("speech")), None)
        sayer = self.scene.subject(told) if told is not None else None
        return [a for a in self.scene.actors(sayer) if not a.is_party] if sayer is not None else []

    def _of_plan(self, verb: Token) -> list[Actor]:
        """Return who would go by "Plans to visit Peru were dropped": who travelled last."""
        near = self.scene.nearest_before(verb.i)
        if near is not None:
            return [near]
        number = self.scene.sentence_of
        last = next(reversed(self.told), None)
        if last is None or last.actor is None or number[verb.i] - number[last.at] != 1:
            return []
        return [] if last.actor.reference.plural or last.status is None else [last.actor]

    def _followed(self, verb: Token, subject: Token | None) -> list[Actor]:
        """Return X of "told reporters travelling with X to Peru"."""
        reporters = verb.head if subject is None or verb.dep_ == "acl" else subject
        if verb.lemma_ not in word_set("press_goes") or reporters.lemma_ not in word_set("press"):
            return []
        heads = [h for c in verb.children if c.lower_ == "with" for h in c.children]
        if any(head.pos_ == "PRON" for head in heads):
            told = self.scene.subject(reporters.head)
            heads = [told] if told is not None and told != reporters else []
        return [a for head in heads for a in self.scene.actors(head) if not a.is_party]


#: Parts of speech of the words of an office.
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})


def _past_role(doc: Doc, end: int) -> int:
    """Return the token behind "as prime minister" at token `end`, the role in which one went."""
    if doc[end : end + 1].text.lower() != "as":
        return end
    at = end + 1
    while at < len(doc) and at - end < 7 and doc[at].pos_ in _NOMINAL:
        at += 1
    return at


def _made_first(verb: Token) -> list[Token]:
    """Return the "became" of "became the first premier to visit Bhutan", where its date hangs."""
    if verb.tag_ != "VB":
        return []
    return [t for t in verb.ancestors if t.lemma_ == "become" and t.pos_ == "VERB"][:1]


__all__ = ["ArgumentReader"]
