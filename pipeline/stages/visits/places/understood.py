"""Places that a sentence leaves to be understood: "there", "the same city", "came the next day"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc, Token

from models import Reference
from pipeline.discourse.beside_news import is_of_other_matter
from pipeline.discourse.facts import AWAY
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.reference.countries import is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.chief_event import ChiefEvent, chief_event
from pipeline.stages.visits.nouns.one_before import goal_of_one
from pipeline.stages.visits.places.beside_trip import goal_beside
from pipeline.stages.visits.places.goer_before import goal_of_goer
from pipeline.stages.visits.places.home_of_news import (
    home_of_news,
    homes_of_callers,
    is_bare_land,
)
from pipeline.stages.visits.places.located import LocatedPlaces
from pipeline.stages.visits.places.passages import goes_on, host_before, occasion_near, trip_before
from pipeline.stages.visits.tables import word_set

#: How many sentences back a place may stand that "there" means.
_REACH = 2
#: How many sentences back the trip may be told whose place goes on.
_TRIP_REACH = 4
#: How far behind its verb "there" may stand, in tokens.
_THERE = 6


class Understood(LocatedPlaces):
    """Tells which place is meant where none is named, by the text and the trips told so far."""

    def __init__(self, scene: Scene, told: Sequence[Candidate]) -> None:
        super().__init__(scene)
        self.told = told

    @cached_property
    def _chief(self) -> ChiefEvent | None:
        return chief_event(self.scene)

    def at_chief_event(
        self, i: int, *, but: Collection[str | None] = (), event: Token | None = None
    ) -> Spot | None:
        """Return the place of the event of which the article tells, for what is at token `i`.

        Args:
            event: the event that is meant, if one is named.
        """
        chief = self._chief
        if chief is None or chief.spot.country in but or chief.is_new_behind(i):
            return None
        if self.scene.is_of_later_matter(chief.spot.start, i):
            return None
        meant = event is None or chief.is_meant(event) or chief.is_itself(event)
        return replace(chief.spot, start=i, end=i + 1) if meant else None

    def at_rite(self, i: int) -> Spot | None:
        """Return the place of the funeral, oath, parade or summit of which the article tells."""
        chief = self._chief
        rites = words("rite_of_report") | word_set("oath_verb", "takes_oath")
        if chief is None or not chief.names & rites:
            return None
        return self.at_chief_event(i)

    def of_report(self, i: int) -> tuple[Token, Spot] | None:
        """Return the rite or the leaders' meeting of which the article tells, and its place.

        None where those of a sentence shortly before token `i` are elsewhere.
        """
        chief = self._chief
        if chief is None or any(t.lower_ in word_set("held_online") for t in chief.event.sent):
            return None
        spot = self.at_rite(i)
        if spot is None and chief.leads:
            spot = self.at_chief_event(i)
        if spot is None or self._is_set_elsewhere(i, spot.country):
            return None
        return chief.event, spot

    def names_of_report(self, i: int) -> frozenset[str]:
        """Return what that event is called, and the word that tells of it first."""
        chief = self._chief
        if chief is None or self.of_report(i) is None:
            return frozenset()
        return chief.names | {chief.event.lemma_.lower()}

    def _is_set_elsewhere(self, i: int, land: str) -> bool:
        """Tell whether somebody is told to be in another country shortly before token `i`."""
        number = self.scene.sentence_of[i]
        near = [self.scene.sentences[at] for back, at in self.scene.backwards(number, 3) if back]
        return any(
            spot.country != land
            for sentence in near
            for token in sentence
            if token.lower_ in {"in", "at"} and self.scene.is_where(token.i)
            for spot in self.scene.spots(token.i + 1)[:1]
            if is_country(spot.country)
        )

    def adverb(self, i: int, word: str, *, but: Collection[str | None] = ()) -> Spot | None:
        """Return the place of the adverb "here" or "there", or of neither, at token `i`."""
        if word == "there":
            return self.there(i, but=but)
        if word == "here":
            ground = self.scene.here or self.scene.ground(but) or self.scene.met(i, but)
            return replace(ground, start=i, end=i + 1) if ground is not None else None
        return self.set_in(i, but=but)

    def there(
        self, i: int, *, but: Collection[str | None] = (), reach: int | None = None
    ) -> Spot | None:
        """Return the place that "there" at token `i` means: where the text was last.

        Args:
            but: countries that it cannot mean: the traveller's own.
            reach: how many sentences back it must be told; None also takes the report's place.
        """
        if _is_for_others(self.scene.doc, i):
            return None
        back = _REACH if reach is None else reach
        if reach is None and (rite := self._rite_there(i, but)) is not None:
            return rite
        event = reach is not None
        last = self.last_place(i, but=but, reach=back, dealt_with=True, told_of_event=event)
        return last or (self.set_in(i, but=but) if reach is None else None)

    def _rite_there(self, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the rite's place for "The chancellor of Peru is there", "X is there, too".

        None where a place is told in between, in which somebody is.
        """
        rite = self.at_rite(i)
        if rite is None or rite.country in but:
            return None
        number = self.scene.sentence_of[i]
        near = [self.scene.sentences[at] for _, at in self.scene.backwards(number, 1)]
        told = (
            spot
            for sentence in near
            for token in sentence
            if token.i < i and self.scene.is_where(token.i)
            for spot in self.scene.spots(token.i + 1)[:1]
        )
        return rite if all(spot.country == rite.country for spot in told) else None

    def last_place(
        self,
        i: int,
        *,
        but: Collection[str | None] = (),
        reach: int,
        dealt_with: bool = False,
        told_of_event: bool = False,
    ) -> Spot | None:
        """Return where the text was last before token `i`, no more than so many sentences back.

        Args:
            dealt_with: whether the one country will do to which something is done.
            told_of_event: whether an event is held there: not where somebody died or was born.
        """
        number = self.scene.sentence_of[i]
        for _, at in self.scene.backwards(number, reach):
            sentence = self.scene.sentences[at]
            found = self.located(sentence.start, min(sentence.end, i))
            fitting = [
                r for r in found if r.country not in but and (dealt_with or not self._is_given(r))
            ]
            if told_of_event:
                fitting = [r for r in fitting if not self._is_of_other_matter(r)]
            if fitting:
                last = fitting[-1]
                return Spot(last.country or "", last.place, last, i, i + 1)
            told = self._told(at, i, but)
            if told is None and at == number and dealt_with:
                told = self._dealt_with(sentence.start, i, but)
            if told is not None:
                return told
        return None

    def _is_of_other_matter(self, reference: Reference) -> bool:
        """Tell where somebody died, or where the last summit was."""
        return is_of_other_matter(self.scene.doc[self.scene.bounds(reference)[0]])

    def there_behind(self, trip: Token, but: Collection[str | None]) -> list[Spot]:
        """Return the place of "a visit there", "visited there"; of "a visit" none.

        Nor of "the first visit there by a premier", which tells more of one told already.
        """
        doc, at = self.scene.doc, trip.i + 1
        if at >= len(doc) or doc[at].lower_ != "there":
            return []
        if doc[at + 1 : at + 3].text.lower() in {"by a", "by an"}:
            return []
        spot = self.there(at, but=but)
        return [spot] if spot is not None else []

    def _dealt_with(self, start: int, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the one other country of "promised Peru aid during a trip there"."""
        found = [r for r in self.scene.places_in(start, i) if r.country not in but]
        if len({r.country for r in found}) != 1 or not is_country(found[-1].country or ""):
            return None
        return Spot(found[-1].country or "", found[-1].place, found[-1], i, i + 1)

    def set_in(
        self, i: int, *, but: Collection[str | None] = (), event: Token | None = None
    ) -> Spot | None:
        """Return the place that callers come to where none is named: that of the report.

        It is the dateline's, unless the text has gone on elsewhere, else that to which the last
        trip told led, else that of the event told of, else the opening's.

        Args:
            event: the event to which the callers come, if it is named.
        """
        here = self.scene.here
        goal = goal_of_one(self.scene, i, but) or goal_beside(self.scene, self.told, i, but)
        if goal is not None:
            return goal
        if here is not None and (away := self.elsewhere(i, but=but)) is not None:
            return away
        if here is not None:
            return None if here.country in but else replace(here, start=i, end=i + 1)
        number = self.scene.sentence_of[i]
        near = [at for _, at in self.scene.backwards(number, _TRIP_REACH)]
        for at in (*(at for at in near if event and self._names(at, event)), *near):
            told = self._told(at, i, but)
            if told is not None:
                return told
        held = occasion_near(self.scene, i, but=but, event=event)
        if held is not None:
            return held
        chief = self.at_chief_event(i, but=but, event=event) if event is not None else None
        if chief is not None:
            return chief
        ground = self.scene.ground(but, least=2)
        return replace(ground, start=i, end=i + 1) if ground is not None else None

    def _names(self, number: int, event: Token) -> bool:
        """Tell whether a sentence names the event, told at another token of the text."""
        told = (t for t in self.scene.sentences[number] if t != event)
        return any(t.lemma_.lower() == event.lemma_.lower() for t in told)

    def is_called_on(self, i: int, own: Collection[str | None]) -> bool:
        """Tell "A came to Peru from Chile. Peru's premier attended the dinner", which is at home.

        Args:
            own: the countries of those who are where the event at token `i` is.
        """
        number = self.scene.sentence_of[i]
        near = (c for c in self.told if number - self.scene.sentence_of[c.at] in {0, 1})
        return any(
            c.at < i and c.status and c.destination in own and c.origin not in own for c in near
        )

    def is_away(self, own: Collection[str | None], land: str) -> bool:
        """Tell whether a trip told so far leads somebody of these lands to that land."""
        return any(c.status and c.destination == land and c.origin in own for c in self.told)

    def land(self, i: int, *, but: Collection[str | None] = ()) -> Spot | None:
        """Return the country of "the country", "the kingdom" at token `i`, none of `but`.

        Of "While Peru's president came on Monday, his Malian counterpart is in the country" it is
        not Peru, where they are no guests; of "Peru's president went to Mali, and Mali's came to
        the country" it is.
        """
        meant = self.scene.meant(i, but)
        owner = meant is not None and self.scene.is_owner(meant.reference)
        if is_bare_land(self.scene.doc, i) and (
            owner or (meant is None and self.scene.here is None)
        ):
            # "President X of Peru has arrived. Y came to the country at noon": to no land of theirs
            callers = homes_of_callers(self.scene, i).union(but)
            meant = home_of_news(self.scene, i, callers) or self.scene.meant(i, callers)
        if meant is None or self._is_at_home(i, meant.country):
            return None
        if (goal := goal_of_goer(self.scene, self.told, meant, but)) is not None:
            return goal
        start = self.scene.sentence(i).start
        near = [c for c in self.told if start <= c.at < i and c.status]
        told = [c for c in near if c.destination not in but or c.destination is None]
        homes = {c.origin for c in told} - {c.destination for c in told}
        return meant if meant.country not in homes else self.scene.meant(i, {*but, *homes})

    def _is_at_home(self, i: int, land: str) -> bool:
        """Tell "will stay in the country" of one who is not told to have come to that land."""
        verb = self.scene.doc[i - 1].head if i else None
        if verb is None or verb.lemma_ not in word_set("stays_where_one_is"):
            return False
        subject = self.scene.subject(verb)
        keys = {a.key for a in self.scene.actors(subject)} if subject is not None else set()
        theirs = [c for c in self.told if c.destination == land and c.actor and c.status]
        come = any(c.actor and c.actor.key in keys and c.fact.reason != AWAY for c in theirs)
        return bool(keys) and not come

    def elsewhere(self, i: int, *, but: Collection[str | None] = ()) -> Spot | None:
        """Return the place of the trip told just before, beside which that at token `i` is told.

        "A landed in Lima in May. A week later the caller was B" fires, whatever the dateline.
        """
        if (told := self._told_by_the_way(i, but)) is not None:
            return told
        host = host_before(self.scene, i)
        if host is not None and host.country not in but:
            return host
        spot = trip_before(self.scene, self.told, i)
        if spot is None or spot.country in but or not goes_on(self.scene, self.told, i):
            return None
        return spot

    def _told_by_the_way(self, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the one place of "A congress in Lima heard X, who had flown in from Quito"."""
        if fact_of_verb(self.scene.doc[i]).reason != "pluperfect":
            return None
        start = self.scene.sentence(i).start
        found = [r for r in self.located(start, i) if r.country not in but]
        if len({r.country for r in found}) != 1:
            return None
        return Spot(found[-1].country or "", found[-1].place, found[-1], i, i + 1)

    def same(self, i: int, *, but: Collection[str | None] = ()) -> Spot | None:
        """Return the place of "the same city", "that city", "the city" at token `i`.

        "In town", without an article, is where the report is from; nothing is abroad where the town
        told of last in the sentence is the traveller's own.
        """
        doc = self.scene.doc
        led = doc[max(0, i - 1) : i + 1].text.lower()
        if led in {"in town", "into town", "to town"} and doc[i].dep_ == "pobj":
            return self.adverb(i, "here", but=but)
        at = i + (doc[i : i + 1].text.lower() in {"the", "that"})
        named_so = at > i
        if doc[at : at + 1].text.lower() == "same":
            at += 1
        if not named_so or doc[at : at + 1].text.lower() not in words("town_noun"):
            return None
        if doc[at + 1 : at + 2].text.lower() in {"of", "'s", "’s"}:
            return None
        if self.is_town_of_own(i, but):
            return None
        last = self.there(i, but=but)
        land = last is not None and last.reference.kind == "country" and not last.place
        if not land or doc[at].lower_ not in words("any_town"):
            return last
        return self._town_before(i, but)  # "on ties with Peru": no land is a city

    def _town_before(self, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the town where the text was last before token `i`, else where it is set."""
        for _, at in self.scene.backwards(self.scene.sentence_of[i], _REACH):
            sentence = self.scene.sentences[at]
            found = self.located(sentence.start, min(sentence.end, i))
            towns = [r for r in found if r.place and r.country not in but]
            if towns:
                return Spot(towns[-1].country or "", towns[-1].place, towns[-1], i, i + 1)
        return self.set_in(i, but=but)

    def is_town_of_own(self, i: int, own: Collection[str | None]) -> bool:
        """Tell "marched in Denver against the war on Iraq when he visited the city": his own."""
        doc = self.scene.doc
        if doc[i : i + 1].text.lower() != "the" or doc[i + 1 : i + 2].text.lower() not in words(
            "town_noun"
        ):
            return False
        told = self.located(self.scene.sentence(i).start, i)
        towns = [r for r in told if r.kind == "place"]
        return bool(towns) and towns[-1].country in own

    def gone_to(self, i: int, *, but: Collection[str | None] = ()) -> Spot | None:
        """Return Peru of "will go to Peru despite its backing for Chile. X saw the country in May".

        It is where the trips of this sentence and the one before lead, of one whose own land is
        no choice; a land that but does something ("since Chile invaded") is none either.
        """
        doc = self.scene.doc
        the, land = doc[i : i + 1].text.lower(), doc[i + 1 : i + 2].text.lower()
        if the not in {"the", "that"} or land not in word_set("bare_land"):
            return None
        number = self.scene.sentence_of[i]
        ends: dict[str, Spot] = {}
        for candidate in reversed(self.told):
            if self.scene.sentence_of[candidate.at] < number - 1:
                break
            fits = candidate.status is not None and candidate.origin in but
            fits = fits and candidate.fact.reason != AWAY
            if fits and candidate.spot is not None and is_country(candidate.destination or ""):
                ends[candidate.spot.country] = replace(candidate.spot, start=i, end=i + 1)
        named = self.scene.places_in(self.scene.sentences[number].start, i)
        others = [r for r in named if r.country not in {*but, *ends}]
        if any(r.kind != "country" or not self._does(r) for r in others):
            return None
        spot = next(iter(ends.values()), None)
        return spot if len(ends) == 1 and spot is not None and spot.country not in but else None

    def _told(self, number: int, i: int, but: Collection[str | None]) -> Spot | None:
        """Return where the last trip led that a sentence tells before token `i`."""
        for candidate in reversed(self.told):
            if self.scene.sentence_of[candidate.at] < number:
                return None
            if candidate.at >= i or self.scene.sentence_of[candidate.at] > number:
                continue
            fits = candidate.status is not None and candidate.destination not in but
            if fits and candidate.spot is not None and is_country(candidate.destination or ""):
                return replace(candidate.spot, start=i, end=i + 1)
        return None

    def _is_given(self, reference: Reference) -> bool:
        """Tell the country of "granted partner status to Peru", not of "paid a visit to Peru"."""
        start, end = self.scene.bounds(reference)
        land = self.scene.doc[start:end].root
        if reference.kind != "country" or land.dep_ != "pobj" or land.head.lower_ != "to":
            return False
        verb = next((t for t in land.ancestors if t.pos_ == "VERB"), None)
        return verb is not None and verb.lemma_.lower() in word_set("given_away")


def _is_for_others(doc: Doc, i: int) -> bool:
    """Tell "was there in spirit", "will be there for its people", which are nowhere."""
    there = next((t.i for t in doc[i : i + _THERE] if t.lower_ == "there"), i)
    behind = doc[there + 1 : there + 3]
    if len(behind) < 2:
        return False
    owned = behind[1].tag_ in {"PRP", "PRP$"}
    return (behind[0].lower_ == "in" and behind[1].lower_ in word_set("present_in_mind")) or (
        behind[0].lower_ == "for" and owned
    )


__all__ = ["Understood"]
