"""Nouns that name a trip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_noun, governing_verb, part_of_trip
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Phase, When
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, Details, number_of, to_month
from pipeline.stages.visits.counts import is_first, lists_towns
from pipeline.stages.visits.day_of_trip import days_by_count
from pipeline.stages.visits.inviters import inviter_of
from pipeline.stages.visits.journeys import of_leg, told_before
from pipeline.stages.visits.noun_arguments import (
    host_in_aim,
    host_of_clause,
    noun_actors,
    noun_origin,
    noun_places,
)
from pipeline.stages.visits.own_travellers import own_travellers
from pipeline.stages.visits.part_of_tour import fact_of_stop
from pipeline.stages.visits.passages import occasion_near
from pipeline.stages.visits.regions import region_of_noun
from pipeline.stages.visits.tables import NounRule, kind_rules, noun_rules, verb_rules, word_set
from pipeline.stages.visits.trip_owners import is_anothers
from pipeline.stages.visits.visited_by import own_dates

#: What stands before the last of several dates.
_LAST_JOINTS = frozenset({"and", ", and", "and in", ", and in"})
_PLURALS = frozenset({"NNS", "NNPS"})


def by_noun(reader: ArgumentReader, noun: Token, rule: NounRule) -> Iterator[Candidate]:
    """Yield the trips that a noun names, one a traveller and place.

    "Luxon's first visit to Hanoi" fires; "his tour of duty" does not.
    """
    if _is_no_trip(noun) or is_anothers(reader, noun):
        return
    verb = governing_verb(noun)
    governor = verb if verb is not None and _governs(noun, verb) else None
    sides = _sides(reader, noun, governor)
    if sides is None:
        return
    own, hosts = sides
    leg = of_leg(reader, noun) if rule.id == "stop" else []
    own = leg or own
    spots = noun_places(reader, noun, but={actor.country for actor in own})
    if noun.lemma_ in {"return", "departure"} and not spots:
        return
    ends = {spot.country for spot in spots} | {h.country for h in hosts if h.country}
    own = own_travellers(reader, noun, own, ends)
    before = told_before(reader, noun) if spots and not own else None
    own = [before.actor] if before is not None and before.actor is not None else own
    if not own and noun.tag_ in _PLURALS and spots and _noun_count(reader, noun, own, spots) > 1:
        focus = reader.scene.focus(noun.i, back=1)
        own = [focus] if focus is not None and focus.country not in ends else []
    # "his trip will include a visit to Togo on Monday": the day is the visit's
    holds = governor is not None and noun.dep_ == "nsubj" and governor.lemma_ == "include"
    origin = noun_origin(reader, noun)
    destination = next((h.country for h in hosts if h.country), None) if not spots else None
    if not spots and destination is None and verb is not None and own:
        destination = _called_off_by(reader, verb, own)
    if not spots and destination is None and (host := host_in_aim(reader, noun, own)) is not None:
        destination = host.country
    if not spots and destination is None:
        destination = host_of_clause(reader, noun, own)
    if not spots and destination is None and governor is not None and own:
        beside = reader.understood.elsewhere(governor.i, but={actor.country for actor in own})
        spots = [beside] if beside is not None else []
    if not spots and destination is None and own:
        spots = reader.understood.there_behind(noun, {actor.country for actor in own})
    if not spots and rule.id == "arrival" and own:
        spots = _at_event_told(reader, noun, own)
    days = days_by_count(reader, noun)
    details = _details(reader, noun, rule, own=own, hosts=hosts, spots=spots)
    actors: list[Actor | None] = [*own] if own else [None]
    places: list[Spot | None] = [*spots] if spots else [None]
    for actor in actors:
        dated = _own_dates(reader, noun, actor)
        for spot in places:
            made = reader.make(
                rule,
                noun,
                actor=actor,
                spot=spot,
                destination=destination,
                fact=before.fact if before else fact_of_stop(noun, spot) or _noun_fact(noun, verb),
                phase=_noun_phase(reader, noun, governor),
                score=rule.score,
                anchors=[governor] if governor is not None else [],
                **details,
            )
            made = replace(made, origin=made.origin or origin)
            made = replace(made, when=When()) if holds else made
            if days is not None and made.count == 1:
                last = made.when.end if made.when.start is None else None
                made = replace(made, when=replace(days, end=days.end or last))
            if noun.head.lower_ == "on" and noun.head.head.lemma_ in word_set("sees_guest"):
                made = replace(
                    made, when=to_month(made.when)
                )  # "received X, on a visit, on Monday"
            if leg and made.status == "ongoing":
                made = replace(made, fact=Fact("planned", weak=True))  # behind the leg he is on
            if made.status in {"completed", "ongoing", "planned"} and _is_planned(noun):
                # "the itinerary of his visit to Peru was published on Monday"
                made = made if _has_own_day(reader, noun) else reader.undated(made)
                made = replace(made, fact=Fact("planned", weak=True))
            if not dated:
                yield made
                yield from _further_counts(reader, made, spot)
            for when in dated:
                yield replace(made, when=when, count=1)


def _at_event_told(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> list[Spot]:
    """Return where the event is held to which one has arrived of whom no trip is told."""
    keys = {actor.key for actor in own}
    if any(c.actor is not None and c.actor.key in keys for c in reader.told):
        return []
    held = occasion_near(reader.scene, noun.i, but={actor.country for actor in own})
    return [held] if held is not None else []


def _further_counts(
    reader: ArgumentReader, made: Candidate, spot: Spot | None
) -> Iterator[Candidate]:
    """Read on in "four visits to Russia, two to the United States, three to Indonesia"."""
    doc = reader.scene.doc
    at = spot.end if spot is not None and made.count > 1 else len(doc)
    while at + 2 < len(doc) and doc[at].lower_ in {",", "and"}:
        at += 1 + (doc[at + 1].lower_ == "and")
        count = number_of(doc[at].text)
        spots = reader.scene.spots(at + 2) if count and doc[at + 1].lower_ == "to" else []
        if not spots:
            return
        further = replace(made, spot=spots[0], destination=spots[0].country, when=When())
        yield replace(further, count=count or 0)
        at = spots[-1].end


def _called_off_by(reader: ArgumentReader, verb: Token, own: Sequence[Actor]) -> str | None:
    """Return the host of "the White House cancelled a visit by X", not the guest who cancels."""
    if verb.lemma_ not in words("cancel") | words("postpone"):
        return None
    subject = reader.scene.subject(verb)
    by = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    if by & {actor.key for actor in own}:
        return None  # "War in Chad: X cancels his trip": not where he would have gone
    guests = {actor.country for actor in own}
    for i in range(reader.scene.sentence(verb.i).start, verb.i):
        for reference in reader.scene.at(i):
            host = reference.kind in {"country", "person", "office"} and reference.country
            if host and reference.country not in guests:
                return reference.country
    return None


def _is_no_trip(noun: Token) -> bool:
    joined = noun.head.i > noun.i and noun.doc[noun.i + 1].text not in {"-", "–", "—", "(", ":"}
    if noun.dep_ == "compound" and noun.head.pos_ in {"NOUN", "PROPN"} and joined:
        return True
    if noun.doc[noun.i + 1 : noun.i + 3].text.lower() == "of duty":
        return True
    return noun.lemma_ == "tour" and _is_round(noun)


def _is_round(tour: Token) -> bool:
    """Tell a "nationwide tour", "a tour of the mosque" from one of the Gulf."""
    if any(c.lower_ in word_set("tour_at_home") and c.i < tour.i for c in tour.children):
        return True
    for prep in tour.children:
        for toured in prep.children if prep.lower_ == "of" else ():
            if toured.tag_ == "NN" and toured.lemma_ not in word_set("stretch_of_world"):
                return True
            if toured.lemma_.lower() in word_set("toured_site"):
                return True
    return False


def _sides(
    reader: ArgumentReader, noun: Token, governor: Token | None
) -> tuple[list[Actor], list[Actor]] | None:
    """Return who travels and who receives; None where the subject only goes with another."""
    own = noun_actors(reader, noun)
    if governor is None:
        verb = governing_verb(noun)
        subject = reader.scene.subject(verb) if verb is not None else None
        subjects = reader.scene.actors(subject) if subject is not None else []
        return _named_for(noun, own, subjects, first=is_first(reader.scene, noun)), []
    subject = reader.scene.subject(governor)
    subjects = reader.scene.actors(subject) if subject is not None else []
    if subject is None and governor.lemma_ in words("light") and governor.i < noun.i:
        nearest = reader.scene.nearest_before(governor.i)
        subjects = [nearest] if nearest is not None else []
    if not subjects and governor.lemma_ in word_set("promises_to_come"):
        nearest = reader.scene.nearest_before(governor.i)
        subjects = reader.scene.each_of(nearest) if nearest is not None else []
    passive = any(c.dep_ == "nsubjpass" for c in governor.children)
    own = _named_for(noun, own, subjects, first=is_first(reader.scene, noun))
    if governor.lemma_ in words("host_of_trip") and not passive:
        return own, subjects
    if governor.lemma_ in {"join", "accompany"} and not passive:
        led = [a for c in governor.children if c.dep_ == "dobj" for a in reader.scene.actors(c)]
        if own and {a.key for a in own} <= {a.key for a in subjects}:
            own = [a for a in led if not a.is_party]
        if not own:
            return None
    if not own and not subjects and subject is not None:
        own = _of_tour(reader, subject)
    told = governor.lemma_ in words("speech") and _is_known(noun)
    onlooker = governor.lemma_ in word_set("onlooker") and noun.head == governor
    topic = governor.lemma_ in word_set("topic_of_talk") and _is_known(noun)
    told = told or (topic and noun.head.lower_ in {"on", "about", "regarding", "concerning"})
    told = told or (onlooker and not any(c.dep_ == "prt" for c in governor.children))
    if not own and not told and (subject is None or noun not in {subject, *subject.conjuncts}):
        own = _guests_at(reader, governor, subjects)
    return own, []


def _guests_at(reader: ArgumentReader, meeting: Token, subjects: Sequence[Actor]) -> list[Actor]:
    """Return B of "A met B in Lima on a tour", where A is at home, else A."""
    lands = {actor.country for actor in subjects} - {None}
    told = (c for c in reader.told if c.at == meeting.i and c.destination in lands)
    guests = [c.actor for c in told if c.actor is not None]
    return guests or [actor for actor in subjects if not actor.is_party]


def _is_known(noun: Token) -> bool:
    """Tell "confirmed the visit", another's, from "announced a visit", one's own."""
    return any(c.lower_ in {"the", "this", "that"} for c in noun.children)


def _named_for(
    noun: Token, own: list[Actor], subjects: Sequence[Actor], *, first: bool
) -> list[Actor]:
    """Put Obama for "a president" in "Obama opened the first visit by an American president"."""
    if len(own) != 1 or own[0].reference.name:
        return own
    doc, at = noun.doc, own[0].token
    if own[0].reference.definite and not any(c.lower_ in {"a", "an"} for c in doc[at].children):
        return own
    same = [a for a in subjects if a.reference.name and a.country == own[0].country]
    if not same and not is_country(own[0].country or ""):  # "the first visit by an EU leader"
        made = {t.lemma_ for t in noun.ancestors} & (words("light") | {"follow"})
        same = [a for a in subjects if a.reference.name and first and made]
    return same[:1] or own


def _of_tour(reader: ArgumentReader, subject: Token) -> list[Actor]:
    """Return whose "tour, which included a visit to Angola" it is."""
    relative = subject.dep_ in {"nsubj", "nsubjpass"} and subject.lower_ in {"which", "that"}
    noun = subject.head.head if relative else subject
    start = reader.scene.sentence(noun.i).start
    while relative and noun.lemma_ not in noun_rules() and noun.i > start:
        noun = noun.nbor(-1)
    if noun.lemma_ not in noun_rules() and noun.lemma_ not in word_set("plan_of_journey"):
        return []
    verb = governing_verb(noun)
    told = verb is not None and verb.lemma_ in words("speech")  # by another: "he said the trip …"
    over = verb if verb is not None and verb != subject.head and not told else None
    above = reader.scene.subject(over) if over is not None else None
    further = reader.scene.actors(above) if above is not None and above != subject else []
    # "the trip will include a visit to Togo"
    known = subject.head.lemma_ in word_set("includes_stop") and _is_known(noun)
    last = next((told.actor for told in reversed(reader.told) if told.actor), None)
    own = noun_actors(reader, noun) or [a for a in further if not a.is_party]
    return own or ([last] if known and last is not None else [])


def _details(
    reader: ArgumentReader,
    noun: Token,
    rule: NounRule,
    *,
    own: Sequence[Actor],
    hosts: Sequence[Actor],
    spots: Sequence[Spot],
) -> Details:
    before = {t.lower_ for t in _before(reader, noun)}
    inside = noun.head.lower_ in {"during", "course"} and not _is_dated(reader, noun)
    of_part = noun.head.lower_ == "of" and noun.head.head.lower_ == "part"
    inside = inside or (of_part and rule.id != "tour" and not _is_dated(reader, noun))
    inside = inside or part_of_trip(noun) not in {None, "first", "last"}
    return Details(
        kind=_kind(reader, noun),
        first=is_first(reader.scene, noun),
        count=_noun_count(reader, noun, own, spots),
        previous=rule.id != "stop" and bool(before & word_set("previous")),
        joins=rule.id in {"arrival", "stop"} and not spots,
        stops=_stops(reader, noun, rule) if not spots else None,
        anaphoric=bool(before & word_set("anaphor")) and not own,
        tour=rule.id == "tour",
        hosts=tuple(hosts),
        inviter=inviter_of(reader, noun, {actor.country for actor in own}),
        notes=("event",) if rule.id == "attendance" else ("inside",) if inside else (),
    )


def _noun_fact(noun: Token, verb: Token | None) -> Fact:
    fact = fact_of_noun(noun)
    if noun.lemma_ in word_set("attendance") and verb is not None and noun.head == verb:
        confirmed = verb.lemma_ in word_set("promises_to_come") and fact.status == "completed"
        fact = Fact("planned", weak=True) if confirmed else fact
    if fact.status != "completed" or fact.reason == "pluperfect":
        return fact
    if _is_planned(noun):
        return Fact("planned", weak=True)  # "published the programme of his 3-5 June visit"
    if verb is not None and verb.lemma_ in words("begin"):
        return replace(fact, reason="arrived")
    return fact


def _is_planned(noun: Token) -> bool:
    """Tell "the itinerary of his visit", "to preview the visit", "a statement ahead of his visit".

    "Talks failed ahead of his visit" is for the verb to tell.
    """
    if preposition_of(noun) == "ahead" and governing_verb(noun) is None:
        return True
    if noun.dep_ in {"dobj", "obj"} and noun.head.lemma_ == "preview":
        return True
    above = noun.head.head if noun.head.lower_ in {"of", "for"} else noun.head
    return noun.dep_ in {"pobj", "poss"} and above.lemma_.lower() in word_set("plan_noun")


def _has_own_day(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "the programme of his 3-5 June visit", "of his visit on 3 June", not "on Monday"."""
    days = [t for t in noun.subtree if t.i in reader.clock.starts]
    return any(t.i < noun.i or any(n.is_digit for n in t.doc[t.i : t.i + 3]) for t in days)


def _own_dates(reader: ArgumentReader, noun: Token, actor: Actor | None) -> list[When]:
    """Read the years of "the visits of A in 1997 and B in 2010", "his visits in 1994 and 2007"."""
    if actor is None:
        return []
    if noun.tag_ not in _PLURALS:
        return _beside_another(reader, noun, actor)
    at = actor.token + 1
    at += noun.doc[at : at + 1].text == "("  # "visits by A (May 2012) and B (June 2014)"
    behind = reader.clock.behind(at)
    if behind and at > noun.i:
        return [reader.clock.when(behind, phase="whole")]
    sentence = reader.scene.sentence(noun.i)
    listed = reader.clock.between(noun.i + 1, sentence.end)
    doc = reader.scene.doc
    joints = [doc[one[1] : other[0]].text.strip().lower() for one, other in pairwise(listed)]
    for n, joint in enumerate(joints):
        if joint in _LAST_JOINTS:
            first = n
            while first and joints[first - 1] in {",", ", in"}:
                first -= 1
            dates = listed[first : n + 2]
            return [reader.clock.when([doc[d[0]]], phase="whole") for d in dates]
    return []


def _beside_another(reader: ArgumentReader, noun: Token, actor: Actor) -> list[When]:
    """Read "in 2023" of "a visit by A in 2022 and a visit to Peru by B in 2023"."""
    sentence = reader.scene.sentence(noun.i)
    others = [t for t in sentence if t.lemma_ == noun.lemma_ and t.i != noun.i]
    dates = own_dates(reader, actor) if others and actor.token > noun.i else []
    return [reader.clock.when(dates, phase="whole")] if dates else []


def _is_dated(reader: ArgumentReader, noun: Token) -> bool:
    """Tell whether a date hangs on the noun itself ("his visit in May")."""
    inside = {t.i for t in noun.subtree}
    return any(i in reader.clock.starts and i > noun.i for i in inside)


def _stops(reader: ArgumentReader, noun: Token, rule: NounRule) -> int | None:
    """Return n of "an n-nation tour", "a tour of n countries", 0 for "a visit to Asia"."""
    if rule.id != "tour":
        return region_of_noun(reader, noun) if rule.id in {"visit", "trip"} else None
    near = [*_before(reader, noun), *reader.scene.doc[noun.i + 1 : noun.i + 5]]
    text = " ".join(t.text.lower() for t in near)
    for word in text.replace("-", " ").split():
        number = number_of(word)
        if number and any(w in text for w in ("nation", "country", "countries", "state ")):
            return number
    return 0


def _before(reader: ArgumentReader, noun: Token) -> list[Token]:
    start = max(reader.scene.sentence(noun.i).start, noun.left_edge.i, noun.i - 8)
    return list(reader.scene.doc[start : noun.i])


def _governs(noun: Token, verb: Token) -> bool:
    """Tell whether the verb's subject is the one who travels."""
    node = noun
    while node.dep_ in {"conj", "appos"} and node.head.pos_ in {"NOUN", "PROPN"}:
        node = node.head
    if node.head == verb:
        return node.dep_ in {"dobj", "obj", "attr", "nsubjpass", "nsubj", "oprd", "conj"}
    while node.head.lower_ == "of" and node.head.head.lemma_ in word_set("part_noun"):
        node = node.head.head
    prep = node.head
    if prep.pos_ not in {"ADP", "SCONJ", "PART"} and prep.dep_ != "prep":  # "following a visit"
        return False
    over = [prep.head, prep.head.head]
    return verb in over or (over[1].lower_ == "with" and over[1].head == verb)


def _noun_phase(reader: ArgumentReader, noun: Token, governor: Token | None) -> Phase:
    part = part_of_trip(noun)
    if part in {"first", "last"}:
        return "arrive" if part == "first" else "leave"
    if noun.lemma_ == "arrival":
        source = reader.source(noun)
        back = source is not None and source in {told.destination for told in reader.told}
        return "leave" if back else "arrive"  # "on her arrival from Lima", where she had been
    if governor is None:
        return "whole"
    if governor.lemma_ == "take" and any(c.lower_ == "place" for c in governor.children):
        return "whole"
    over = governor.lemma_ == "come" and any(
        t.lower_ == "end" for c in governor.children for t in c.children
    )
    if over:
        return "leave"
    behind = noun.head.lower_ in {"after", "following"}
    if behind and governor.lemma_ in words("leaves_again") - {"return"}:
        return "leave"
    if (behind or noun.head.lower_ == "from") and _is_home(reader, governor):
        return "leave"
    senses = verb_rules().get(governor.lemma_.lower(), ())
    arrives = any(
        sense.frame == "travel" and sense.phase == "arrive" and not sense.all_objects
        for sense in senses
    )
    if arrives or governor.lemma_ in words("begin"):
        return "arrive"
    if governor.lemma_ in words("finish") and noun.head.lower_ != "with":
        return "leave"
    comes_back = governor.lemma_ in {"return", "come"} and not _is_dated(reader, noun)
    if comes_back and noun.head.lower_ in {"from", "after", "following"}:
        return "leave"
    return "whole"


def _is_home(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "arrived in Nairobi", "returned home" of a traveller whose home that is."""
    if any(child.lower_ in words("home") for child in verb.children):
        return True
    countries = {actor.country for actor in reader.travellers(verb)}
    spots = reader.places(verb, ("in", "at", "to"))
    return bool(spots) and {spot.country for spot in spots} <= countries


def _noun_count(
    reader: ArgumentReader, noun: Token, own: Sequence[Actor], spots: Sequence[Spot]
) -> int:
    """Return n for "nine visits", 0 for an uncounted plural, else 1."""
    if noun.tag_ not in _PLURALS:
        return 1
    for child in noun.children:
        if child.dep_ == "nummod" or number_of(child.text):
            return number_of(child.text) or 0
    before = {t.lower_ for t in _before(reader, noun)}
    if before & word_set("uncounted"):
        return 0
    listed = len(own) > 1 or len(spots) > 1
    return 1 if listed or any(lists_towns(reader.scene, spot) for spot in spots) else 0


def _kind(reader: ArgumentReader, noun: Token) -> str | None:
    before = [t.lower_ for t in _before(reader, noun) if t.text not in {",", "-"}]
    owner = max((i for i, word in enumerate(before) if word in {"'s", "’s"}), default=-1)
    text = f" {' '.join(before[owner + 1 :])} ".replace(" of state ", " ")
    for rule in kind_rules():
        if any(f" {phrase} " in text for phrase in rule.words):
            return rule.kind
    return None


__all__ = ["by_noun"]
