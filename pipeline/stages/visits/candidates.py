"""Candidates: each trigger of a trip with the arguments that its sentence gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from models import Reference
from models.visit import VisitStatus
from pipeline.discourse.factuality import Fact, fact_of_noun, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Clock, When
from pipeline.stages.visits.tables import (
    Idiom,
    NounRule,
    VerbRule,
    idioms,
    kind_rules,
    noun_rules,
    verb_rules,
)

_PREVIOUS = frozenset({"previous", "earlier", "last", "past", "prior"})
_ANAPHORS = frozenset({"the", "this", "that", "these"})
_UNCOUNTED = frozenset({"several", "many", "numerous", "multiple", "various", "few", "dozens",
                        "frequent", "some", "series", "number", "couple"})
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twice": 2, "thrice": 3}
_FIRST = frozenset({"first", "first-ever", "maiden", "inaugural"})
#: Verbs that tell of an arrival even where the place is left to be understood.
_COMPLETE_ALONE = frozenset({"arrive", "touch_down", "fly_in"})
_PART_NOUNS = frozenset({"day", "leg", "part", "stage", "end", "start", "beginning", "outset",
                         "phase", "eve", "conclusion", "stop", "sideline", "margin", "course"})
_STAY_WORDS = frozenset({"due", "expected", "last", "back", "both", "currently", "now", "on",
                         "himself", "herself", "among", "scheduled", "already"})
#: How far behind a verb its place may stand when the parse does not join them, in tokens.
PLACE_REACH = 9


@dataclass(frozen=True)
class Candidate:
    """One telling of a trip."""

    rule: str
    at: int
    actor: Actor | None
    origin: str | None
    spot: Spot | None
    destination: str | None
    fact: Fact
    when: When
    score: float
    hosts: tuple[Actor, ...] = ()
    kind: str | None = None
    first: bool = False
    count: int = 1
    anaphoric: bool = False
    previous: bool = False
    tour: bool = False
    #: True where it only adds to a trip told elsewhere.
    joins: bool = False
    #: Countries of a tour as told ("four-nation"), 0 where not told, None where it is no tour.
    stops: int | None = None
    inviter: str | None = None
    phase: str = "whole"
    notes: tuple[str, ...] = field(default=())

    @property
    def status(self) -> VisitStatus | None:
        """The status that the words give, or None where they make no trip."""
        return self.fact.status


def number_of(text: str) -> int | None:
    """Return the number that a word or figure stands for."""
    if text.isdigit() and len(text) < 4:
        return int(text)
    return _NUMBERS.get(text.lower())


def _group_size(actor: Actor | None) -> int | None:
    """Return n for "two US senators", 0 for "senators", None for one person."""
    if actor is None or not actor.reference.plural or actor.reference.members:
        return None
    words_before = actor.reference.text.split()[:3]
    return next((n for w in words_before if (n := number_of(w))), 0)


def _joined(actors: list[Actor]) -> list[Actor]:
    """Make "ministers and heads of agencies", uncounted both, one."""
    plain = [a for a in actors if a.reference.plural and not a.reference.members]
    if len(plain) < 2 or len(plain) < len(actors) or len({a.country for a in plain}) > 1:
        return actors
    role = " and ".join(a.reference.role or a.reference.text for a in plain)
    first = plain[0]
    return [replace(first, reference=first.reference.model_copy(update={"role": role}))]


def _to_month(when: When) -> When:
    """Return the month of a dated event inside a trip whose own days are not told."""
    if when.start is None or len(when.start) < 10:
        return when
    return When(when.start[:7], when.start[:7])


class CandidateFinder:
    """Reads the candidates of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = Clock(scene)

    def find(self) -> Iterator[Candidate]:
        """Yield candidates in text order, those that make no trip among them (status None)."""
        for candidate in self._read():
            if candidate.status == "ongoing" and self._is_to_come(candidate.at):
                candidate = replace(candidate, fact=Fact("planned"))
            yield candidate

    def _is_to_come(self, at: int) -> bool:
        """Tell "is going to China later this month", "pays a visit next week"."""
        doc = self.scene.doc
        sentence = self.scene.sentence(at)
        for i in range(max(sentence.start, at - 8), min(sentence.end - 1, at + 14)):
            pair = (doc[i].lower_, doc[i + 1].lower_)
            if pair[0] == "tomorrow" or pair == ("later", "this"):
                return True
            if pair[0] == "next" and pair[1] in {"week", "month", "year", "monday", "tuesday",
                                                 "wednesday", "thursday", "friday"}:
                return True
        return False

    def _read(self) -> Iterator[Candidate]:
        for token in self.scene.doc:
            if token.idx < self.scene.article.body_start:
                continue
            lemma = token.lemma_.lower()
            lemma = {"lands": "land", "heads": "head"}.get(token.lower_, lemma)
            if token.pos_ in {"VERB", "AUX"} or (lemma in verb_rules() and self._verbal(token)):
                yield from self._called_off(token, lemma)
                for rule in verb_rules().get(lemma, ()):
                    found = list(self._by_verb(token, rule))
                    yield from found
                    if found:
                        break
            elif token.pos_ == "NOUN" and lemma in {"talk", "meeting", "negotiation"}:
                yield from self._talks_between(token)
            elif token.pos_ in {"NOUN", "PROPN"} and lemma in noun_rules():
                yield from self._by_noun(token, noun_rules()[lemma])
            elif token.lower_ == "visiting" and token.dep_ == "amod":
                yield from self._visiting(token)
            else:
                yield from self._by_idiom(token)

    def _verbal(self, token: Token) -> bool:
        """Tell a headline's verb that the tagger took for a noun ("Xi visits Hanoi")."""
        if token.lower_ == "visits":
            return bool(self.scene.spots(token.i + 1))
        following = token.doc[token.i + 1 : token.i + 2].text.lower()
        return (
            token.pos_ in {"NOUN", "PROPN"}
            and token.lower_.endswith("s")
            and following in {"in", "to", "for", "at"}
            and bool(self.scene.spots(token.i + 2))
            and self.scene.nearest_before(token.i) is not None
        )

    def _called_off(self, verb: Token, lemma: str) -> Iterator[Candidate]:
        """Read "he had to cancel": the trip told before is off."""
        off: dict[str, VisitStatus] = {"cancel": "cancelled", "postpone": "postponed"}
        if lemma not in off or any(c.dep_ in {"dobj", "obj", "nsubjpass"} for c in verb.children):
            return
        fact = fact_of_verb(verb)
        if fact.status is None:
            return
        for actor in self._travellers(verb):
            yield Candidate(
                rule="called_off", at=verb.i, actor=actor, origin=actor.country, spot=None,
                destination=None, fact=Fact(off[lemma]), when=When(), score=0.6, joins=True,
            )

    def _visiting(self, word: Token) -> Iterator[Candidate]:
        """Read "the visiting Malian minister": a guest of the dateline's country."""
        here = self.scene.here
        actor = self.scene.actor(word.head)
        if here is None or actor is None or actor.is_party or actor.reference.plural:
            return
        if actor.country not in {None, here.country}:
            yield Candidate(
                rule="visiting", at=word.i, actor=actor, origin=actor.country, spot=here,
                destination=here.country, fact=Fact("ongoing"), when=When(), score=0.66,
            )

    def _by_idiom(self, token: Token) -> Iterator[Candidate]:
        doc = self.scene.doc
        for rule in idioms():
            for phrase in rule.words:
                length = len(phrase.split())
                if not phrase.startswith(token.lower_):
                    continue
                if doc[token.i : token.i + length].text.lower() != phrase:
                    continue
                spots = self.scene.spots(token.i + length)
                verb = governing_verb(token)
                subject = self.scene.subject(verb) if verb is not None else None
                actors = self.scene.actors(subject) if subject is not None else []
                for actor in actors if spots else []:
                    if not actor.is_party:
                        yield self._make(
                            rule, token, actor=actor, spot=spots[0], fact=Fact(rule.status),
                            phase=rule.phase, score=rule.score,
                        )

    # Verbs

    def _by_verb(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}}
        following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
        if rule.all_particles and not rule.all_particles & (particles | {following}):
            return
        if rule.all_objects:
            objects = {c.lemma_ for c in verb.children if c.dep_ in {"dobj", "obj", "nsubjpass"}}
            if not rule.all_objects & objects:
                return
        reader = {
            "travel": self._travel,
            "visit": self._visit,
            "attend": self._attend,
            "receive": self._receive,
            "meet": self._meet,
            "invite": self._invite,
            "stay": self._stay,
            "presence": self._presence,
            "deictic": self._deictic,
            "carry": self._carry,
        }[rule.frame]
        yield from reader(verb, rule)

    def _make(
        self,
        rule: VerbRule | NounRule | Idiom,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        phase: str,
        score: float,
        anchors: Sequence[Token] = (),
        destination: str | None = None,
        **more: object,
    ) -> Candidate:
        when = self._when(token, spot, anchors, phase)
        if "inside" in more.get("notes", ()):  # type: ignore[operator]
            when = _to_month(when)
        size = _group_size(actor)
        if size is not None and more.get("count", 1) == 1:
            more["count"] = size
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
            **more,  # type: ignore[arg-type]
        )

    def _undated(self, rule: VerbRule, token: Token, **fields: object) -> Candidate:
        """Make a candidate that is dated only by what follows its place: when one was asked
        to come is not when one comes."""
        made = self._make(rule, token, **fields)  # type: ignore[arg-type]
        behind = self.clock.behind(made.spot.end) if made.spot else []
        return made if behind else replace(made, when=When())

    def _when(
        self, token: Token, spot: Spot | None, anchors: Sequence[Token], phase: str
    ) -> When:
        if phase == "none":
            phase = "whole"
        if spot is not None:
            behind = self.clock.behind(spot.end)
            if behind:
                return self.clock.when(behind, phase=phase)  # type: ignore[arg-type]
        return self.clock.when([token, *anchors], phase=phase)  # type: ignore[arg-type]

    def _travellers(self, verb: Token, spots: Sequence[Spot | None] = ()) -> list[Actor]:
        """Return who travels by a verb; one whose own country the place is does not."""
        actors = self._subjects(verb)
        ends = {spot.country for spot in spots if spot is not None}
        actors = _joined(actors)
        return [self.scene.other_antecedent(actor, ends) or actor for actor in actors]

    def _subjects(self, verb: Token) -> list[Actor]:
        subject = self.scene.subject(verb)
        if subject is not None:
            actors = [a for a in self.scene.actors(subject) if not a.is_party]
            if actors:
                return actors
            if subject.pos_ in {"NOUN", "PROPN"} and not self.scene.at(subject.i):
                return []
            if any(r.kind in {"country", "group"} for r in self.scene.at(subject.i)):
                return []
        fallback = self.scene.nearest_before(verb.i)
        return [fallback] if fallback else []

    def _places(self, verb: Token, preps: Sequence[str]) -> list[Spot]:
        """Return the places behind a verb's prepositions, by the parse, else by position."""
        doc = self.scene.doc
        for child in verb.children:
            if child.i > verb.i and child.lower_ in preps:
                spots = self.scene.spots(child.i + 1)
                if spots:
                    return [*spots, *self._further(spots[-1].end, preps)]
            if child.i > verb.i and child.lower_ == "here" and self.scene.here:
                return [replace(self.scene.here, start=child.i, end=child.i + 1)]
        end = min(self.scene.sentence(verb.i).end, verb.i + PLACE_REACH)
        for i in range(verb.i + 1, end):
            if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
                break
            if doc[i].lower_ in preps:
                spots = self.scene.spots(i + 1)
                if spots:
                    return [*spots, *self._further(spots[-1].end, preps)]
        return []

    def _source(self, verb: Token) -> str | None:
        """Return the country of "arrived from Beijing"."""
        for child in verb.children:
            if child.lower_ == "from" and child.i > verb.i:
                for spot in self.scene.spots(child.i + 1)[:1]:
                    return spot.country
        return None

    def _further(self, i: int, preps: Sequence[str]) -> list[Spot]:
        """Read on in "to India in July and to China in October": the verb is not said again."""
        doc = self.scene.doc
        end = min(self.scene.sentence(i - 1).end, i + 14)
        for at in range(i, end):
            if doc[at].pos_ in {"VERB", "AUX"}:
                break
            if doc[at].lower_ in preps and doc[at - 1].lower_ in {"and", ",", "then", "later"}:
                spots = self.scene.spots(at + 1)
                if spots:
                    return [*spots, *self._further(spots[-1].end, preps)]
        return []

    def _gapped(self, verb: Token, preps: Sequence[str]) -> Iterator[tuple[Actor, Spot]]:
        """Read "and B to Chile" behind "A flew to Peru"."""
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        for at in range(verb.i + 3, sentence.end - 1):
            if doc[at].lower_ not in preps:
                continue
            actors = [
                r for r in self.scene.at(at - 1)
                if r.kind in {"person", "office"} and self.scene.bounds(r)[1] == at
            ]
            if not actors:
                continue
            opener = self._opener(actors[0])
            spots = self.scene.spots(at + 1) if opener in {"and", ",", "while", ";", "but"} else []
            for spot in spots:
                yield Actor(actors[0], at - 1, 0.9), spot

    def _opener(self, reference: Reference) -> str:
        """Return the word before an actor and his title."""
        start = self.scene.bounds(reference)[0]
        doc = self.scene.doc
        at = start - 1
        while at > 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in {"the", "of", "'s", "’s"}):
            at -= 1
        return doc[at].lower_ if at >= 0 else ""

    def _travel(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        spots = self._places(verb, rule.preps)
        if not spots and rule.id not in _COMPLETE_ALONE:
            return
        fact = fact_of_verb(verb)
        if rule.phase == "arrive" and fact.status == "completed":
            fact = replace(fact, reason="arrived")
        actors = self._travellers(verb, spots)
        source = self._source(verb)
        for actor in actors:
            unsure = actor.country is None or actor.reference.guessed
            if source and unsure:
                known = actor.reference.model_copy(update={"country": source})
                actor = replace(actor, reference=known)
            for spot in spots or [None]:
                yield self._make(
                    rule, verb, actor=actor, spot=spot, fact=fact, phase=rule.phase,
                    score=rule.score, first=self._is_first(verb), count=self._times(verb),
                )
        for actor, spot in self._gapped(verb, rule.preps) if actors else ():
            yield self._make(
                rule, verb, actor=actor, spot=spot, fact=fact, phase=rule.phase, score=rule.score,
            )

    def _carry(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        """Read "a tour that will take him to …": the object travels."""
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
        actors = [a for head in objects for a in self.scene.actors(head) if not a.is_party]
        actors = [a for a in actors if a.reference.form == "pronoun" or a.reference.name]
        spots = self._places(verb, rule.preps) if actors else []
        for actor in actors:
            for spot in spots:
                yield self._make(
                    rule, verb, actor=self.scene.other_antecedent(actor, {spot.country}) or actor,
                    spot=spot, fact=fact_of_verb(verb), phase=rule.phase, score=rule.score,
                )

    def _deictic(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        """Read "came in December 2023", "went there": the place is to be understood."""
        doc = self.scene.doc
        following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
        if following is None:
            return
        word = following.lower_
        when = self.clock.when([verb], phase="whole")
        told = word in {"here", "there"} or (bool(when) and word in {"in", "on", ",", "again", "back"})
        if not told or (verb.lemma_ in {"go", "follow", "return", "fly"} and word != "there"):
            return
        spot = self._understood(verb, word)
        for actor in self._travellers(verb, [spot]):
            if actor.reference.name:
                yield self._make(
                    rule, verb, actor=actor, spot=spot, fact=fact_of_verb(verb),
                    phase=rule.phase, score=rule.score * (1.0 if spot else 0.8),
                    first=self._is_first(verb), count=self._times(verb),
                )

    def _understood(self, verb: Token, word: str) -> Spot | None:
        """Return the place that "here" or "there" means: the dateline's, the last one named."""
        if word != "there" and self.scene.here is not None:
            return replace(self.scene.here, start=verb.i, end=verb.i + 1)
        number = self.scene.sentence_of[verb.i]
        for back in range(0, 3):
            if number - back < 0:
                break
            sentence = self.scene.sentences[number - back]
            found = list(self.scene.places_in(sentence.start, min(sentence.end, verb.i)))
            if found and found[-1].country and word == "there":
                last = found[-1]
                return Spot(last.country or "", last.place, last, verb.i, verb.i + 1)
        return None

    def _times(self, verb: Token) -> int:
        """Return n of "visited three times"."""
        doc = self.scene.doc
        end = min(self.scene.sentence(verb.i).end, verb.i + 12)
        for i in range(verb.i + 1, end):
            if doc[i].lower_ in {"twice", "thrice"}:
                return _NUMBERS[doc[i].lower_]
            if doc[i].lower_ == "times" and doc[i - 1].lower_ not in {"the", "recent"}:
                return number_of(doc[i - 1].text) or 0
        return 1

    def _visit(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        spots: list[Spot] = []
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.i > verb.i]
        spots = self.scene.spots(verb.i + 1)
        notes: tuple[str, ...] = ()
        if not spots and objects:
            spots = self._spots_inside(objects[0])
            notes = ("site",)
        if not spots and rule.id == "visit":
            spots = self._visited_region(verb)
        if spots and not notes:
            spots = [*spots, *self._dated_list(spots[-1].end)]
        if not spots:
            return
        if rule.id == "leave_place" and self.scene.doc[spots[-1].end : spots[-1].end + 1].text in {
            "off", "out", "behind", "alone", "with", "without"
        }:
            return
        fact = fact_of_verb(verb)
        if rule.phase == "arrive" and fact.status == "completed":
            fact = replace(fact, reason="arrived")
        for actor in self._travellers(verb, spots):
            for spot in spots:
                yield self._make(
                    rule, verb, actor=actor, spot=spot, fact=fact, phase=rule.phase,
                    score=rule.score * (0.8 if notes else 1.0), first=self._is_first(verb),
                    count=self._times(verb), notes=notes,
                )

    def _dated_list(self, i: int) -> list[Spot]:
        """Read on in "visited Belgrade in July and Skopje in September"."""
        doc = self.scene.doc
        dated = {j for start, end, _ in self.clock.dates for j in range(start, end)}
        at = i
        while at < len(doc) and at - i < 8 and (at in dated or doc[at].lower_ in {"in", "on", "(", ")"}):
            at += 1
        if at == i or at >= len(doc) or doc[at].lower_ not in {"and", ","}:
            return []
        at += 1 + (doc[at + 1 : at + 2].text.lower() == "and")
        spots = self.scene.spots(at)
        return [*spots, *self._dated_list(spots[-1].end)] if spots else []

    def _visited_region(self, verb: Token) -> list[Spot]:
        doc = self.scene.doc
        here = self.scene.here
        for i in range(verb.i + 1, min(verb.i + 4, len(doc))):
            if doc[i].lower_ == "here" and here:
                return [replace(here, start=i, end=i + 1)]
            if doc[i].lower_ in words("host_noun") and here and doc[i - 1].lower_ == "the":
                return [replace(here, start=i, end=i + 1)]
        return []

    def _spots_inside(self, head: Token) -> list[Spot]:
        """Return the place in which a visited site lies ("a factory in Hanoi")."""
        for token in head.subtree:
            if token.lower_ in {"in", "of", "at"} and token.i > head.i:
                spots = self.scene.spots(token.i + 1)
                if spots:
                    return spots[:1]
        for reference in self.scene.places_in(head.left_edge.i, head.right_edge.i + 1):
            start, end = self.scene.bounds(reference)
            if reference.country:
                return [Spot(reference.country, reference.place, reference, start, end)]
        return []

    # Events

    def _attend(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        event = self._event(verb)
        bare = event is None and verb.lemma_ == "attend" and not any(
            c.dep_ in {"dobj", "obj", "nsubjpass"} for c in verb.children
        )
        if event is None and not bare:
            return
        spot = self._event_place(verb, event) if event is not None else None
        if spot is None and not bare:
            return
        for actor in self._travellers(verb):
            yield self._make(
                rule, verb, actor=actor, spot=spot, fact=fact_of_verb(verb), phase="whole",
                score=rule.score, anchors=[event] if event is not None else [], notes=("event",), first=self._is_first(verb),
            )

    def _event(self, verb: Token) -> Token | None:
        end = min(self.scene.sentence(verb.i).end, verb.i + 22)
        for i in range(verb.i + 1, end):
            token = self.scene.doc[i]
            lemma = token.lemma_.lower()
            if lemma in words("event") or token.lower_ in words("event"):
                if token.pos_ in {"NOUN", "PROPN", "NUM", "X"} and lemma not in {"final", "day"}:
                    return token
            if token.pos_ == "VERB" and token.tag_ not in {"VBN", "VBG"}:
                return None
        return None

    def _event_place(self, verb: Token, event: Token) -> Spot | None:
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        for i in range(event.i + 1, min(sentence.end, event.i + 24)):
            if doc[i].lower_ in {"in", "at", "here"}:
                spots = self.scene.spots(i if doc[i].lower_ == "here" else i + 1)
                if spots:
                    return spots[0]
        if doc[sentence.start].lower_ in {"in", "at"}:
            spots = self.scene.spots(sentence.start + 1)
            if spots:
                return spots[0]
        for i in range(verb.i + 1, event.i):
            for reference in self.scene.at(i):
                if reference.kind == "place" and reference.country:
                    start, end = self.scene.bounds(reference)
                    return Spot(reference.country, reference.place, reference, start, end)
            if doc[i].lower_ in {"in", "at"}:
                spots = self.scene.spots(i + 1)
                if spots:
                    return spots[0]
        owner = self._event_owner(event)
        return owner or self._known_place(event)

    def _event_owner(self, event: Token) -> Spot | None:
        """Return the country of him whose swearing-in or funeral it is."""
        for child in event.subtree:
            if child.dep_ != "poss" or child.i > event.i:
                continue
            for reference in self.scene.at(child.i):
                if reference.kind in {"person", "office"} and reference.country:
                    start, end = self.scene.bounds(reference)
                    return Spot(reference.country, None, reference, start, end)
        return None

    def _known_place(self, event: Token) -> Spot | None:
        """Return where another sentence says that an event of the same name is held."""
        doc = self.scene.doc
        lemma = event.lemma_.lower()
        if lemma in {"meeting", "session", "ceremony", "event", "talk", "talks", "launch", "opening"}:
            return None
        for token in doc:
            if token.lemma_.lower() != lemma or token.i == event.i:
                continue
            end = min(self.scene.sentence(token.i).end, token.i + 8)
            for i in range(token.i + 1, end):
                if doc[i].lower_ in {"in", "at"}:
                    spots = self.scene.spots(i + 1)
                    if spots:
                        return spots[0]
        return self.scene.here

    # Hosts

    def _receive(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        if self._is_remote(verb):
            return
        passive = any(c.dep_ == "nsubjpass" for c in verb.children) or (
            verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)
        )
        fact = fact_of_verb(verb)
        if passive:
            guests, hosts = self._passive_sides(verb)
        else:
            guests, hosts = self._active_sides(verb)
        guests = [guest for guest in guests if not guest.is_party]
        for guest in guests:
            country = self._host_country(hosts, guest)
            spot = self._local_spot(verb, country)
            if country is None and spot is not None and spot.country != guest.country:
                country = spot.country
            if country is None:
                continue
            visiting = self._is_visiting(guest)
            yield self._make(
                rule, verb, actor=guest, spot=spot, destination=country,
                fact=Fact("ongoing") if visiting and fact.status == "completed" else fact,
                phase="whole", score=rule.score + 0.1 * visiting, hosts=tuple(hosts),
                notes=("inside",), first=self._is_first(verb),
            )

    def _active_sides(self, verb: Token) -> tuple[list[Actor], list[Actor]]:
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
        guests = [a for head in objects for a in self.scene.actors(head)]
        subject = self.scene.subject(verb)
        hosts = self.scene.actors(subject) if subject is not None else []
        return guests, hosts

    def _passive_sides(self, verb: Token) -> tuple[list[Actor], list[Actor]]:
        subject = self.scene.subject(verb)
        guests = self.scene.actors(subject) if subject is not None else []
        hosts: list[Actor] = []
        for child in verb.children:
            if child.dep_ == "agent" or child.lower_ == "by":
                for head in child.children:
                    hosts += self.scene.actors(head)
        return guests, hosts

    def _host_country(self, hosts: Sequence[Actor], guest: Actor) -> str | None:
        for host in hosts:
            if host.country and host.country != guest.country:
                return host.country
        return None

    def _local_spot(self, verb: Token, country: str | None) -> Spot | None:
        """Return the place "in" or "at" which a meeting was held, in its sentence."""
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        found = None
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ not in {"in", "at", "here"}:
                continue
            start = i if doc[i].lower_ == "here" else i + 1
            for spot in self.scene.spots(start)[:1]:
                if country is None or spot.country == country:
                    near = abs(i - verb.i)
                    if found is None or near < found[0]:
                        found = (near, spot)
        return found[1] if found else None

    def _is_visiting(self, actor: Actor) -> bool:
        start, _ = self.scene.bounds_of(actor.reference)
        before = {token.lower_ for token in self.scene.doc[max(0, start - 8) : actor.token]}
        return "visiting" in before

    def _is_remote(self, verb: Token) -> bool:
        sentence = self.scene.sentence(verb.i)
        return any(token.lower_ in words("remote") for token in sentence)

    def _meet(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        if self._is_remote(verb):
            return
        if any(c.dep_ == "nsubjpass" for c in verb.children):
            yield from self._receive(verb, rule)
            return
        if any(t.lemma_ in {"sideline", "margin"} for t in self.scene.sentence(verb.i)):
            return
        subject = self.scene.subject(verb)
        sides = self.scene.actors(subject) if subject is not None else []
        others: list[Actor] = []
        for child in verb.subtree:
            if child.dep_ in {"dobj", "obj", "pobj"} and child.i > verb.i:
                above = child.head
                if child.head == verb or above.lower_ == "with":
                    others += self.scene.actors(child)
        spot = self._local_spot(verb, None) or self._lead_place(verb, [*sides, *others])
        if not others and len(sides) > 1 and spot is not None:
            others = sides
        if not sides or not others:
            return
        fact = fact_of_verb(verb)
        for guest, hosts in [(a, others) for a in sides] + [(b, sides) for b in others]:
            if guest.is_party or guest.country is None:
                continue
            visiting = self._is_visiting(guest)
            country = self._meeting_place(guest, hosts, spot, visiting=visiting)
            if country is None or country == guest.country:
                continue
            at_host = any(host.country == country for host in hosts)
            yield self._make(
                rule, verb, actor=guest, spot=spot if spot and spot.country == country else None,
                destination=country,
                fact=Fact("ongoing") if visiting and fact.status == "completed" else fact,
                phase="whole", hosts=tuple(h for h in hosts if h.country == country),
                score=rule.score + 0.2 * visiting + 0.08 * at_host, notes=("meeting", "inside"),
            )

    def _lead_place(self, verb: Token, sides: Sequence[Actor]) -> Spot | None:
        """Return the dateline's place for a meeting told in the opening with one at home there."""
        here = self.scene.here
        if here is None or not any(side.country == here.country for side in sides):
            return None
        opening = [s for s in self.scene.sentences if s.start_char >= self.scene.article.body_start]
        return here if self.scene.sentence(verb.i) in opening[:2] else None

    def _talks_between(self, noun: Token) -> Iterator[Candidate]:
        """Read "the meeting between A and B in Riyadh": who is not at home has travelled."""
        rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
        between = next((c for c in noun.children if c.lower_ == "between"), None)
        verb = governing_verb(noun)
        if between is None or verb is None or self._is_remote(noun):
            return
        sides = [a for c in between.children for a in self.scene.actors(c) if not a.is_party]
        spot = self._local_spot(noun, None)
        if len(sides) < 2 or spot is None:
            return
        for side in sides:
            if side.country and side.country != spot.country:
                yield self._make(
                    rule, noun, actor=side, spot=spot, fact=fact_of_verb(verb), phase="whole",
                    score=rule.score, notes=("meeting", "inside"),
                )

    def _meeting_place(
        self, guest: Actor, hosts: Sequence[Actor], spot: Spot | None, *, visiting: bool
    ) -> str | None:
        if visiting:
            return self._host_country(hosts, guest)
        return spot.country if spot is not None else None

    def _invite(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        fact = fact_of_verb(verb)
        if fact.status is None:
            return
        passive = any(c.dep_ == "nsubjpass" for c in verb.children)
        guests, hosts = self._passive_sides(verb) if passive else self._active_sides(verb)
        inner = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"}), None)
        if inner is not None and inner.lemma_ not in {"visit", "pay", "come", "make", "attend",
                                                      "undertake", "travel"}:
            return
        inviter = next((host.country for host in hosts if host.country), None)
        spots = self.scene.spots(inner.i + 1) if inner is not None else []
        spots = spots or self._places(verb, ("to",))
        if inner is None and not spots:
            return
        for guest in (a for a in guests if not a.is_party):
            for spot in spots or [None]:
                country = spot.country if spot else inviter
                if country is None:
                    continue
                yield self._undated(
                    rule, verb, actor=guest, spot=spot, destination=country,
                    fact=Fact("planned" if self._accepts(verb, guest) else "invited"),
                    phase="none", score=rule.score, hosts=tuple(hosts),
                )

    def _accepts(self, verb: Token, guest: Actor) -> bool:
        """Tell whether this or the next sentence says that the invitation was accepted."""
        number = self.scene.sentence_of[verb.i]
        for sentence in self.scene.sentences[number : number + 2]:
            for token in sentence:
                if token.lemma_ in {"accept", "acceptance"} and token.i > verb.i:
                    return not any(c.dep_ == "neg" for c in token.children)
        return False

    def _stay(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        doc = self.scene.doc
        at = verb.i + 1
        due = False
        while at < len(doc) and at - verb.i < 5 and (
            doc[at].pos_ in {"ADV", "AUX", "PART"} or doc[at].lower_ in _STAY_WORDS
        ) and doc[at].lower_ not in {"here", "there"}:
            due = due or doc[at].lower_ in {"due", "expected", "back"}
            at += 1
        if at >= len(doc):
            return
        word = doc[at].lower_
        spots: list[Spot] = []
        if word in rule.preps or (word == "to" and verb.lower_ == "been"):
            spots = self.scene.spots(at + 1)
        elif word in {"here", "there"}:
            understood = self._understood(verb, word)
            spots = [understood] if understood is not None else []
        fact = fact_of_verb(verb)
        if due and fact.status is not None:
            fact = Fact("planned")
        for actor in self._travellers(verb, spots) if spots else []:
            if actor.reference.plural and not actor.reference.members:
                continue
            for spot in [spots[0], *self._dated_list(spots[0].end)]:
                made = self._make(
                    rule, verb, actor=actor, spot=spot, fact=fact, phase="none", score=rule.score,
                    first=self._is_first(verb), count=self._times(verb),
                )
                published = self.scene.article.published
                if fact.status == "ongoing" and published and (made.when.start or "") > published:
                    # "is in Tashkent ahead of the summit of next week": the date is another's.
                    made = replace(made, when=When())
                yield made

    def _presence(self, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
        """Read "in Cairo, Lavrov told …": one who does something in a place has gone there."""
        spot = self._own_place(verb)
        if spot is None or self._is_remote(verb):
            return
        doers = [h for c in verb.children if c.dep_ == "agent" for h in c.children]
        subject = self.scene.subject(verb)
        if not doers and subject is not None:
            doers = [subject]
        for actor in [a for head in doers for a in self.scene.actors(head)]:
            reference = actor.reference
            if actor.is_party or reference.plural or not reference.name:
                continue
            yield self._make(
                rule, verb, actor=actor, spot=spot, fact=fact_of_verb(verb), phase="whole",
                score=rule.score, notes=("presence", "inside"),
            )

    def _own_place(self, verb: Token) -> Spot | None:
        """Return the city "in" which a verb's own action, or the event it goes with, took place."""
        sentence = self.scene.sentence(verb.i)
        for token in self.scene.doc[sentence.start : sentence.end]:
            if token.lower_ != "in" or token.dep_ != "prep":
                continue
            if not self._places_action(token, verb):
                continue
            spots = self.scene.spots(token.i + 1)
            opening = token.i == sentence.start
            done = verb.lemma_ in {"sign", "inaugurate", "open", "unveil"} and token.head == verb
            if spots and (opening or done or self._is_location(spots[0])):
                return spots[0]
        return None

    def _places_action(self, prep: Token, verb: Token) -> bool:
        node = prep.head
        if node == verb:
            return abs(prep.i - verb.i) <= 4 or prep.is_sent_start is True
        if prep.is_sent_start and verb.dep_ == "ROOT":
            return True
        for _ in range(4):
            if node.pos_ in {"NOUN", "PROPN"} and node.lemma_.lower() in words("event"):
                above = node.head
                while above.pos_ == "ADP" or above.lemma_ in {"day", "round", "end", "series"}:
                    above = above.head
                return above == verb
            node = node.head
        return False

    def _is_location(self, spot: Spot) -> bool:
        return spot.reference.kind == "place" and spot.end - spot.start <= 4

    # Nouns

    def _by_noun(self, noun: Token, rule: NounRule) -> Iterator[Candidate]:
        if noun.dep_ == "compound" and noun.head.pos_ in {"NOUN", "PROPN"}:
            return
        if noun.doc[noun.i + 1 : noun.i + 3].text.lower() == "of duty":
            return
        verb = governing_verb(noun)
        spots = self._noun_places(noun)
        own = self._noun_actors(noun)
        host: list[Actor] = []
        if verb is not None and self._governs(noun, verb):
            subject = self.scene.subject(verb)
            subjects = self.scene.actors(subject) if subject is not None else []
            passive = any(c.dep_ == "nsubjpass" for c in verb.children)
            if verb.lemma_ in words("host_of_trip") and not passive:
                host = subjects
            elif not own and verb.lemma_ in {"join", "accompany"}:
                return
            elif not own and subject is not None and noun not in {subject, *subject.conjuncts}:
                own = [a for a in subjects if not a.is_party]
        ends = {spot.country for spot in spots} | {h.country for h in host if h.country}
        own = [self.scene.other_antecedent(actor, ends) or actor for actor in own]
        if ends and own and len(own) > 1:
            own = [actor for actor in own if actor.country not in ends] or own
        if ends and not own and noun.tag_ not in {"NNS", "NNPS"}:
            own = self._sentence_traveller(noun, ends)
        own = _joined(own)
        origin = self._noun_origin(noun)
        fact = fact_of_noun(noun)
        before = {t.lower_ for t in self._before(noun)}
        common = {
            "kind": self._kind(noun),
            "first": self._is_first(noun),
            "previous": bool(before & _PREVIOUS),
            "joins": rule.id in {"arrival", "stop"} and not spots,
            "stops": self._stops(noun) if rule.id == "tour" else None,
            "anaphoric": bool(before & _ANAPHORS) and not own,
            "tour": rule.id == "tour",
            "hosts": tuple(host),
            "inviter": self._inviter(noun),
        }
        phase = self._noun_phase(noun, verb)
        if verb is not None and verb.lemma_ in words("begin") and fact.status == "completed":
            fact = replace(fact, reason="arrived")
        if noun.head.lower_ in {"during", "course"} and not self._is_dated(noun):
            common["notes"] = ("inside",)
        anchors = [verb] if verb is not None and self._governs(noun, verb) else []
        destination = next((h.country for h in host if h.country), None) if not spots else None
        count = self._noun_count(noun, own, spots)
        actors: list[Actor | None] = [*own] if own else [None]
        for actor in actors:
            dated = self._own_date(noun, actor)
            for spot in spots or [None]:
                made = self._make(
                    rule, noun, actor=actor, spot=spot, destination=destination, fact=fact,
                    phase=phase, score=rule.score, anchors=anchors, count=count, **common,
                )
                made = replace(made, origin=made.origin or origin)
                if not dated:
                    yield made
                for when in dated:
                    yield replace(made, when=when, count=1)

    def _own_date(self, noun: Token, actor: Actor | None) -> list[When]:
        """Read the years of "the visits of A in 1997 and B in 2010", "his visits in 1994 and 2007"."""
        if noun.tag_ not in {"NNS", "NNPS"} or actor is None:
            return []
        at = actor.token + 1
        behind = self.clock.behind(at)
        if behind and at > noun.i:
            return [self.clock.when(behind, phase="whole")]
        sentence = self.scene.sentence(noun.i)
        listed = [d for d in self.clock.dates if noun.i < d[0] < sentence.end]
        doc = self.scene.doc
        for first, second in zip(listed, listed[1:], strict=False):
            joint = doc[first[1] : second[0]].text.strip().lower()
            if joint in {"and", ", and", "and in", ", and in"}:
                return [
                    self.clock.when([doc[d[0]]], phase="whole") for d in (first, second)
                ]
        return []

    def _is_dated(self, noun: Token) -> bool:
        """Tell whether a date hangs on the noun itself ("his visit in May")."""
        inside = {t.i for t in noun.subtree}
        return any(
            start in inside and start > noun.i for start, _, _ in self.clock.dates
        )

    def _stops(self, noun: Token) -> int:
        """Return n of "an n-nation tour", "a tour of n countries"."""
        near = [*self._before(noun), *self.scene.doc[noun.i + 1 : noun.i + 5]]
        text = " ".join(t.text.lower() for t in near)
        for word in text.replace("-", " ").split():
            number = number_of(word)
            if number and any(w in text for w in ("nation", "country", "countries", "state ")):
                return number
        return 0

    def _before(self, noun: Token) -> list[Token]:
        start = max(self.scene.sentence(noun.i).start, noun.left_edge.i, noun.i - 8)
        return list(self.scene.doc[start : noun.i])

    def _governs(self, noun: Token, verb: Token) -> bool:
        """Tell whether the verb's subject is the one who travels."""
        node = noun
        while node.dep_ in {"conj", "appos"} and node.head.pos_ in {"NOUN", "PROPN"}:
            node = node.head
        if node.head == verb:
            return node.dep_ in {"dobj", "obj", "attr", "nsubjpass", "nsubj", "oprd"}
        while node.head.lower_ == "of" and node.head.head.lemma_ in _PART_NOUNS:
            node = node.head.head
        prep = node.head
        if prep.pos_ in {"ADP", "SCONJ", "PART"} and prep.head == verb:
            return True
        return prep.pos_ in {"ADP", "SCONJ"} and prep.head.head == verb

    def _noun_actors(self, noun: Token) -> list[Actor]:
        found: list[Actor] = []
        for child in noun.children:
            if child.dep_ == "poss":
                found += [a for a in self.scene.actors(child) if not a.is_party]
            elif child.lower_ in {"by", "of", "from"} and child.dep_ in {"prep", "agent"}:
                for head in child.children:
                    if head.dep_ in {"pobj", "pcomp"}:
                        found += [a for a in self.scene.actors(head) if not a.is_party]
            elif child.dep_ in {"compound", "nmod"} and child.i < noun.i:
                found += [a for a in self.scene.actors(child) if a.reference.kind == "person"]
        return found or self._by_position(noun)

    def _sentence_traveller(self, noun: Token, ends: set[str]) -> list[Actor]:
        """Return the one person of the sentence who is foreign to where the trip leads."""
        sentence = self.scene.sentence(noun.i)
        found: dict[str, Actor] = {}
        for i in range(sentence.start, sentence.end):
            for reference in self.scene.at(i):
                if reference.kind in {"person", "office"} and reference.country:
                    if reference.country not in ends and not reference.plural:
                        actor = Actor(reference, i, 0.75)
                        found.setdefault(actor.key, actor)
        return list(found.values()) if len(found) == 1 else []

    def _possessor(self, noun: Token) -> list[Actor]:
        """Read "Luxon's first official visit" by position."""
        doc = self.scene.doc
        at = noun.i - 1
        while at > 0 and noun.i - at < 7 and (
            doc[at].pos_ in {"ADJ", "NUM", "NOUN", "PROPN", "ADV"} or doc[at].text in {"-", ","}
        ):
            at -= 1
        if at < 1 or doc[at].text not in {"'s", "’s", "'", "’"}:
            return []
        found = [r for r in self.scene.at(at - 1) if r.kind in {"person", "office"}]
        return [Actor(found[0], at - 1)] if found else []

    def _by_position(self, noun: Token) -> list[Actor]:
        """Read "visit to X by Y" where the parse hangs "by Y" elsewhere."""
        owner = self._possessor(noun)
        if owner:
            return owner
        doc = self.scene.doc
        end = min(self.scene.sentence(noun.i).end, noun.i + 14)
        for i in range(noun.i + 1, end):
            if doc[i].pos_ == "VERB":
                break
            if doc[i].lower_ == "by":
                heads = [c for c in doc[i].children if c.dep_ == "pobj"]
                return [a for h in heads for a in self.scene.actors(h) if not a.is_party]
        return []

    def _noun_places(self, noun: Token) -> list[Spot]:
        preps = {"to", "into"} | ({"of", "in", "across"} if noun.lemma_ == "tour" else set())
        if noun.lemma_ in {"arrival", "stopover", "layover", "swing", "stop", "stay", "halt"}:
            preps |= {"in", "at"}
        doc = self.scene.doc
        for child in noun.children:
            if child.i > noun.i and child.lower_ in preps:
                spots = self.scene.spots(child.i + 1)
                if spots:
                    return spots
        end = min(self.scene.sentence(noun.i).end, noun.i + 16)
        for i in range(noun.i + 1, end):
            if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"} or doc[i].lemma_ in noun_rules():
                break
            if doc[i].lower_ in preps:
                spots = self.scene.spots(i + 1)
                if spots:
                    return spots
        included = self._included(noun)
        if included:
            return included
        verb = governing_verb(noun)
        if verb is not None and noun.dep_ in {"nsubj", "nsubjpass"} and (
            verb.lemma_ in words("begin") | words("finish")
        ):
            spots = self._places(verb, ("in", "at", "with"))
            if spots:
                return spots
        for child in noun.children:
            if child.i < noun.i and child.dep_ in {"compound", "nmod", "amod", "poss"}:
                for reference in self.scene.at(child.i):
                    if reference.kind in {"country", "place"} and reference.country:
                        if reference.form == "adjective" or child.dep_ == "poss":
                            continue
                        start, end = self.scene.bounds(reference)
                        return [Spot(reference.country, reference.place, reference, start, end)]
            if child.lower_ == "here" and self.scene.here:
                return [replace(self.scene.here, start=child.i, end=child.i + 1)]
        return []

    def _included(self, noun: Token) -> list[Spot]:
        """Read "a tour of Asia that includes Japan, Vietnam and Pakistan"."""
        doc = self.scene.doc
        end = min(self.scene.sentence(noun.i).end, noun.i + 14)
        for i in range(noun.i + 1, end):
            if doc[i].lemma_ in {"include", "cover", "comprise", "span", "encompass"}:
                return self.scene.spots(i + 1)
        return []

    def _noun_origin(self, noun: Token) -> str | None:
        for child in noun.children:
            if child.lower_ == "from" and child.i > noun.i:
                for spot in self.scene.spots(child.i + 1)[:1]:
                    return spot.country
        return None

    def _noun_phase(self, noun: Token, verb: Token | None) -> str:
        if verb is not None and self._governs(noun, verb):
            senses = verb_rules().get(verb.lemma_.lower(), ())
            if verb.lemma_ in words("begin") or any(
                sense.frame == "travel" and sense.phase == "arrive" for sense in senses
            ):
                return "arrive"
            if verb.lemma_ in words("finish"):
                return "leave"
            if verb.lemma_ in {"return", "come"} and not self._is_dated(noun):
                if noun.head.lower_ in {"from", "after", "following"}:
                    return "leave"
        return "whole"

    def _noun_count(self, noun: Token, own: Sequence[Actor], spots: Sequence[Spot]) -> int:
        """Return n for "nine visits", 0 for an uncounted plural, else 1."""
        if noun.tag_ not in {"NNS", "NNPS"}:
            return 1
        for child in noun.children:
            if child.dep_ == "nummod" or number_of(child.text):
                return number_of(child.text) or 0
        before = {t.lower_ for t in self._before(noun)}
        if before & _UNCOUNTED:
            return 0
        listed = len(own) > 1 or len(spots) > 1
        return 1 if listed else 0

    def _kind(self, noun: Token) -> str | None:
        before = [t.lower_ for t in self._before(noun) if t.text not in {",", "-"}]
        text = f" {' '.join(before)} "
        for rule in kind_rules():
            if any(f" {phrase} " in text for phrase in rule.words):
                return rule.kind
        return None

    def _inviter(self, noun: Token) -> str | None:
        """Return the country of "at the invitation of Y" in the noun's sentence."""
        for token in self.scene.sentence(noun.i):
            if token.lemma_ == "invitation":
                for at in range(max(0, token.i - 4), min(token.i + 12, len(self.scene.doc))):
                    for reference in self.scene.at(at):
                        if reference.country and reference.kind != "place":
                            return reference.country
        return None

    def _is_first(self, token: Token) -> bool:
        """Tell "first", "maiden", "for the first time" near a trigger."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        start = max(sentence.start, token.i - 9)
        for i in range(start, min(sentence.end, token.i + 3)):
            lower = doc[i].lower_
            if lower in _FIRST and i <= token.i:
                following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
                if following in {"lady", "deputy", "vice", "minister", "day", "stop", "leg",
                                 "secretary", "phase", "half", "step"}:
                    continue
                return True
        for i in range(token.i + 2, min(sentence.end, token.i + 14)):
            if doc[i].lower_ in _FIRST and doc[i - 1].lower_ in {"his", "her", "their", "its"}:
                return doc[i - 2].pos_ == "AUX" or doc[i - 2].text in {",", "—", "–", "("}
        for i in range(token.i + 1, sentence.end - 1):
            if doc[i].lower_ == "the" and doc[i + 1].lower_ in _FIRST:
                behind = {t.lower_ for t in doc[i + 2 : i + 14]}
                if behind & {"by", "since", "years", "ever", "to", "so", "decades", "history"}:
                    return doc[i - 1].text in {",", "—", "–", "("} or doc[i - 1].pos_ == "AUX"
        text = sentence.text.lower()
        return "for the first time" in text or "the first time" in text


__all__ = ["Candidate", "CandidateFinder", "number_of"]
