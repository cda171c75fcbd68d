"""Nouns that name a trip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.timing.order import order_over
from pipeline.labels import NOUNS, PLURALS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.day_of_trip import days_by_count
from pipeline.stages.visits.hosts.visited_by import own_dates
from pipeline.stages.visits.nouns.journeys import of_leg, told_before
from pipeline.stages.visits.nouns.noun_details import details_of_noun, noun_count
from pipeline.stages.visits.nouns.noun_facts import (
    fact_by_noun,
    marked_at_end,
    put_ahead,
    put_behind_landing,
)
from pipeline.stages.visits.nouns.noun_hosts import host_in_aim, host_of_clause, host_on_leg
from pipeline.stages.visits.nouns.noun_phase import governs, noun_phase, of_own_day
from pipeline.stages.visits.nouns.noun_places import noun_places
from pipeline.stages.visits.nouns.noun_sides import is_crowning, sides_of_noun
from pipeline.stages.visits.nouns.nth_trips import nth_before
from pipeline.stages.visits.nouns.own_travellers import of_trip_beside, own_travellers
from pipeline.stages.visits.nouns.return_visits import paid_each_other
from pipeline.stages.visits.nouns.set_by_visit import host_where_set
from pipeline.stages.visits.nouns.trip_owners import is_anothers, is_at_tellers, is_to_own_site
from pipeline.stages.visits.nouns.trip_topics import is_topic
from pipeline.stages.visits.places.nearest_land import is_new_abroad
from pipeline.stages.visits.places.passages import occasion_near
from pipeline.stages.visits.tables import NounRule, word_set
from pipeline.stages.visits.tours.counted_apart import counted_apart, number_at
from pipeline.stages.visits.tours.itinerary import is_rounded_out
from pipeline.stages.visits.tours.part_of_tour import (
    fact_of_stop,
    fact_of_whole,
    is_later_leg,
    is_of_land_left_out,
    is_of_tour_alone,
)
from pipeline.stages.visits.tours.region_names import names_region
from pipeline.stages.visits.tours.regions import group_led_to, of_each_land
from pipeline.stages.visits.tours.stop_before import is_on_way_to
from pipeline.stages.visits.travel.come_for import received_as_it_opens
from pipeline.stages.visits.travel.coming_from import arrived_from
from pipeline.stages.visits.travel.missions import is_mission_of_one

#: What takes part in an event without going there.
_LANDS = frozenset({"country", "organization", "group"})


def by_noun(reader: ArgumentReader, noun: Token, rule: NounRule) -> Iterator[Candidate]:
    """Yield the trips that a noun names, one a traveller and place.

    "Luxon's first visit to Hanoi" fires; "his tour of duty" does not.
    """
    if _is_no_trip(reader, noun) or is_anothers(reader, noun) or _is_of_land(reader, noun):
        return
    if rule.id == "mission" and not is_mission_of_one(reader, noun):
        return
    if is_of_land_left_out(noun) or is_rounded_out(reader, noun):
        return
    if paid := paid_each_other(reader, noun):
        yield from paid
        return
    verb = governing_verb(noun)
    governor = verb if verb is not None and governs(noun, verb) else None
    sides = sides_of_noun(reader, noun, governor)
    if sides is None:
        return
    own, hosts = sides
    received = received_as_it_opens(noun, reader.told)
    if received is not None and received.actor is not None:
        own = [received.actor]
    leg = of_leg(reader, noun) if rule.id == "stop" else []
    own = leg or own
    spots = noun_places(reader, noun, but={actor.country for actor in own})
    if noun.lemma_ in word_set("way_back") and not spots:
        return
    if spots and of_trip_beside(reader, noun):
        return  # "left for Peru at A's invitation, his second trip, the first being to Chile"
    own, before = _who_goes(reader, noun, own=own, hosts=hosts, spots=spots)
    if not own and not spots and (made_before := nth_before(reader, noun)):
        yield from made_before
        return
    if not own and is_topic(noun) and not _has_days(reader, noun):
        return  # "held a meeting on the visit on Monday": of whom it is, is told elsewhere
    site = not spots and is_to_own_site(reader, noun, own)
    spots, destination = _where_to(reader, noun, governor, own=own, hosts=hosts, spots=spots)
    if not spots and destination is None and rule.id != "tour" and is_new_abroad(noun):
        return  # "an overseas visit", wherever it leads
    apart = counted_apart(reader, noun) if own and noun.tag_ in PLURALS else {}
    spots = list(apart.values()) or spots
    ends = {spot.country for spot in spots} | {destination} - {None}
    if site and not is_at_tellers(reader, noun, ends):
        return
    if not spots and rule.id == "arrival" and own:
        spots = _at_event_told(reader, noun, own)
    days = days_by_count(reader, noun)
    # "The next stop on this tour will be Quito" is of the trip told before, and has a verb.
    told = before.fact if before is not None and rule.id != "stop" else None
    told = told or fact_of_whole(reader, noun)
    details = details_of_noun(reader, noun, rule, own=own, hosts=hosts, spots=spots)
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
                fact=told or fact_of_stop(noun, spot) or fact_by_noun(noun, verb),
                phase=noun_phase(reader, noun, governor),
                anchors=_anchors(reader, noun, governor, own),
                **details,
            )
            if received is not None:
                when = made.when or When(received.day, None)
                made = replace(made, destination=received.destination, when=when, joins=True)
            made = replace(made, origin=made.origin or reader.source(noun))
            made = of_own_day(reader, noun, governor, made, days=days)
            alone = is_of_tour_alone(reader, noun) if spot is not None else is_later_leg(noun)
            if alone or (is_crowning(noun) and not reader.clock.covered & {*_span(noun)}):
                made = replace(made, when=When())
            made = replace(made, count=number_at(apart, spot)) if apart else made
            made = put_ahead(reader, noun, made, leg=bool(leg))
            made = marked_at_end(noun, put_behind_landing(reader, noun, verb, made))
            if not dated:
                nowhere = spot is None and destination is None
                yield from of_each_land(made, group_led_to(noun) if nowhere else ())
                yield from _further_counts(reader, made, spot)
            for when in dated:
                yield replace(made, when=when, count=1)
    yield from arrived_from(reader, noun, rule, actors=own)


def _span(noun: Token) -> range:
    """Return the tokens of a noun with all that hangs on it."""
    return range(noun.left_edge.i, noun.right_edge.i + 1)


def _anchors(
    reader: ArgumentReader, noun: Token, governor: Token | None, own: Sequence[Actor]
) -> list[Token]:
    """Return the verb whose date is a trip's, too.

    Not the Monday of "A landed on Monday, after a trip there by B".
    """
    if governor is None or (order_over(noun) is None or not own):
        return [governor] if governor is not None else []
    subject = reader.scene.subject(governor)
    told = reader.scene.actors(subject) if subject is not None else []
    doers = {a.key for a in told if not a.is_party}
    return [governor] if not doers or doers & {a.key for a in own} else []


def _who_goes(
    reader: ArgumentReader,
    noun: Token,
    *,
    own: list[Actor],
    hosts: Sequence[Actor],
    spots: list[Spot],
) -> tuple[list[Actor], Candidate | None]:
    """Return who makes the trip of a noun, and the telling before it that it takes up."""
    ends = {spot.country for spot in spots} | {h.country for h in hosts if h.country}
    own = own_travellers(reader, noun, _without_both(own, ends), ends)
    before = told_before(reader, noun) if spots and not own else None
    own = [before.actor] if before is not None and before.actor is not None else own
    if not own and noun.tag_ in PLURALS and spots and noun_count(reader, noun, own, spots) > 1:
        focus = reader.scene.focus(noun.i, back=1)
        own = [focus] if focus is not None and focus.country not in ends else []
    return own, before


def _without_both(own: Sequence[Actor], ends: set[str]) -> list[Actor]:
    """Leave out both of "during the visit to Peru, the leaders of the two countries will sign".

    One of them is at home there, and the text tells before whose the visit is.
    """
    hosts = [a.reference.start for a in own if a.country in ends]
    both = {start for start in hosts if sum(a.reference.start == start for a in own) == 2}
    return [a for a in own if a.reference.start not in both]


def _where_to(
    reader: ArgumentReader,
    noun: Token,
    governor: Token | None,
    *,
    own: list[Actor],
    hosts: Sequence[Actor],
    spots: list[Spot],
) -> tuple[list[Spot], str | None]:
    """Return where a trip leads: to the places told, else to the country of who receives."""
    verb = governing_verb(noun)
    destination = next((h.country for h in hosts if h.country), None) if not spots else None
    if not spots and destination is None and verb is not None and own:
        destination = _called_off_by(reader, verb, own)
    if not spots and destination is None and (host := host_in_aim(reader, noun, own)) is not None:
        destination = host.country
    if not spots and destination is None:
        destination = host_on_leg(reader, noun, own) or host_of_clause(reader, noun, own)
        destination = destination or host_where_set(reader, noun, own)
    if not spots and destination is None and governor is not None and own:
        if (led := _led_by(reader, noun, governor, own)) is not None:
            there = noun.head.lower_ != "for"  # what one flies "to Lima for" is told by the verb
            return [led.spot] if there and led.spot else [], led.destination if there else None
        beside = reader.understood.elsewhere(governor.i, but={actor.country for actor in own})
        spots = [beside] if beside is not None else []
    if not spots and destination is None and own:
        spots = reader.understood.there_behind(noun, {actor.country for actor in own})
    return spots, destination


def _led_by(
    reader: ArgumentReader, noun: Token, verb: Token, own: Sequence[Actor]
) -> Candidate | None:
    """Return the trip of "is also to fly to Lima for a visit": there, not where he was before.

    So that of "Lima follows in May, the first visit there by a king". Not that of "arrived in Lima
    on a European tour", "met the king in Lima during a trip", nor "left Lima for a visit".
    """
    there = any(c.lower_ == "there" for c in noun.children)
    if noun.head.lower_ != "for" and not there:
        return None
    but = {None, *(a.country for a in own)}
    told = (c for c in reversed(reader.told) if c.at == verb.i and c.phase != "leave")
    return next((c for c in told if c.destination not in but), None)


def _at_event_told(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> list[Spot]:
    """Return where the event is held to which one has arrived of whom no trip is told."""
    if any(reader.told_of(actor) for actor in own):
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
        count = number_in(doc[at].text)
        spots = reader.scene.spots(at + 2) if count and doc[at + 1].lower_ == "to" else []
        if not spots:
            return
        further = replace(made, spot=spots[0], destination=spots[0].country, when=When())
        yield replace(further, count=count or 0)
        at = spots[-1].end


def _called_off_by(reader: ArgumentReader, verb: Token, own: Sequence[Actor]) -> str | None:
    """Return the host of "the White House cancelled a visit by X", not the guest who cancels."""
    if verb.lemma_ not in words("cancel", "postpone"):
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


def _has_days(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "spoke about the trip that will be from 1 to 5 July", which tells its days."""
    clauses = (c for c in noun.children if c.dep_ == "relcl")
    return any(t.i in reader.clock.covered for clause in clauses for t in clause.subtree)


def _is_no_trip(reader: ArgumentReader, noun: Token) -> bool:
    joined = noun.head.i > noun.i and noun.doc[noun.i + 1].text not in {
        "-",
        "–",
        "—",
        "--",
        "(",
        ":",
    }
    if noun.dep_ == "compound" and noun.head.pos_ in NOUNS and joined:
        return True
    if noun.doc[noun.i + 1 : noun.i + 3].text.lower() == "of duty":
        return True
    if noun.doc[max(0, noun.i - 1)].lower_ in word_set("kind_of_outing"):
        return True
    if noun.lemma_ in word_set("equated_stop") and is_on_way_to(noun):
        return True  # "stopped in Lima on her way to a stop in Quito", which the way tells
    if _is_greeted_on(noun):
        return True
    return noun.lemma_ == "tour" and _is_round(reader, noun)


def _is_greeted_on(noun: Token) -> bool:
    """Tell the "arrival" of "was greeted on arrival by A and the envoy to Peru", which is not A's.

    The verb tells of the guest who is greeted.
    """
    on, bare = noun.head, not any(c.dep_ in {"det", "poss"} for c in noun.children)
    greeted = on.head.tag_ == "VBN" and on.head.lemma_ in word_set("greets_guest")
    by = any(c.lower_ == "by" for c in noun.children)
    return bare and by and on.lower_ in {"on", "upon"} and greeted


def _is_of_land(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "objected to Peru's participation", not "led Peru's participation", "led by X"."""
    if noun.lemma_ not in word_set("attendance"):
        return False
    owners = [c for c in noun.children if c.dep_ == "poss"]
    lands = [r for c in owners for r in reader.scene.at(c.i) if r.kind in _LANDS]
    verb = governing_verb(noun)
    if not lands or (verb is not None and verb.lemma_ in words("leads")):
        return False
    return all(t.tag_ != "VBN" or t.lemma_ not in words("leads") for t in noun.subtree)


def _is_round(reader: ArgumentReader, tour: Token) -> bool:
    """Tell a "nationwide tour", "a tour of the mosque" from one of the Gulf, of a president."""
    if any(c.lower_ in word_set("tour_at_home") and c.i < tour.i for c in tour.children):
        return True
    for prep in tour.children:
        for toured in prep.children if prep.lower_ == "of" else ():
            if toured.tag_ == "NN" and toured.lemma_ not in word_set("stretch_of_world"):
                return True
            if toured.lemma_.lower() in word_set("toured_site"):
                return True
            known = any(r.role or r.kind == "country" for r in reader.scene.at(toured.i))
            if _is_named_site(toured) and not known:
                return True
    return False


def _is_named_site(toured: Token) -> bool:
    """Tell "a tour of Fort Jesus", "of the War Rooms" from "a tour of the Gulf", "of Lagos"."""
    named = toured.tag_ in {"NNP", "NNPS"} and toured.ent_type_ not in {"GPE", "LOC"}
    return named and not names_region(toured.doc[toured.left_edge.i : toured.i + 1].text)


def _own_dates(reader: ArgumentReader, noun: Token, actor: Actor | None) -> list[When]:
    """Read the years of "the visits of A in 1997 and B in 2010", "his visits in 1994 and 2007"."""
    if actor is None:
        return []
    if noun.tag_ not in PLURALS:
        return _beside_another(reader, noun, actor)
    at = actor.token + 1
    at += text_at(noun.doc, at) == "("  # "visits by A (May 2012) and B (June 2014)"
    behind = reader.clock.behind(at)
    if behind and at > noun.i:
        return [reader.clock.when(behind, phase="whole")]
    sentence = reader.scene.sentence(noun.i)
    listed = reader.clock.between(noun.i + 1, sentence.end)
    doc = reader.scene.doc
    joints = [doc[one[1] : other[0]].text.strip().lower() for one, other in pairwise(listed)]
    for n, joint in enumerate(joints):
        if joint in word_set("before_last_date"):
            first = n
            while first and joints[first - 1] in {",", ", in"}:
                first -= 1
            if doc[listed[first][0] - 1].lower_ == "between":
                return []  # "nine visits between 2014 and 2022"
            dates = listed[first : n + 2]
            return [reader.clock.when([doc[d[0]]], phase="whole") for d in dates]
    return []


def _beside_another(reader: ArgumentReader, noun: Token, actor: Actor) -> list[When]:
    """Read "in 2023" of "a visit by A in 2022 and a visit to Peru by B in 2023"."""
    sentence = reader.scene.sentence(noun.i)
    alike = (t for t in sentence if (t.lemma_, t.pos_) == (noun.lemma_, noun.pos_))
    others = [t for t in alike if t.i != noun.i]
    dates = own_dates(reader, actor) if others and actor.token > noun.i else []
    return [reader.clock.when(dates, phase="whole")] if dates else []


__all__ = ["by_noun"]
