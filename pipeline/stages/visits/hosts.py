"""Guests told of by their hosts: received, welcomed, invited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.asked_hosts import asked_host
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.counts import is_first
from pipeline.stages.visits.event_places import event_place, is_event
from pipeline.stages.visits.received_abroad import (
    both_there,
    is_in_passing,
    town_of_reception,
)
from pipeline.stages.visits.shifted import shifted_object
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set

#: How far before a guest's title "visiting" may stand, in tokens.
_TITLE_REACH = 8


def receive(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A received B", "B was welcomed by A": B has come to A's country."""
    if reader.is_remote(verb):
        return
    passive = any(c.dep_ == "nsubjpass" for c in verb.children) or (
        verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)
    )
    fact = fact_of_verb(verb)
    if passive:
        guests, hosts = passive_sides(reader, verb)
    else:
        guests, hosts = _active_sides(reader, verb)
    guests += beside_object(reader, verb, rule)
    if passive and rule.beside and not hosts and not _is_at_seat(verb):
        return  # "was given a warm welcome in Lima", which is done to one there
    guests = [guest for guest in guests if not guest.is_party]
    if is_in_passing(reader, verb, hosts):
        return
    at_home = [host.country for host in hosts if is_country(host.country or "")]
    if guests and at_home and rule.phase != "leave":
        town, sides = town_of_reception(reader, verb), [*hosts, *guests]
        if town is not None and town.country not in at_home:
            yield from both_there(reader, verb, rule, sides=sides, spot=town, fact=fact)
            return
    if rule.beside:  # "gave his guest a welcome" tells of none who is named
        guests = [g for g in guests if g.reference.name or _leads(g)]
    seen_off = rule.phase == "leave"
    if seen_off:
        guests = [guest for guest in guests if guest.reference.role_kind]
    for guest in guests:
        country = host_country(hosts, guest)
        if country is not None and not is_country(country):
            at_body = reader.local_spot(verb, None)  # "the OSCE's head received B in Vienna"
            country = at_body.country if at_body is not None else country
        if seen_off and country is None and hosts:
            continue  # by his own people, at home
        spot = reader.local_spot(verb, country)
        if spot is None and not hosts and not passive:
            spot = _host_town(reader, verb)
        if spot is None and hosts and all(host.reference.guessed for host in hosts):
            # "was met by the transport minister", of the country where he has come
            spot = reader.local_spot(verb, None) or _where_he_came(reader, verb, guest)
            country = spot.country if spot is not None else country
        if spot is None and verb.lemma_ == "welcome":
            # "was welcomed to Peru"
            spot = next(
                (s for s in reader.places(verb, ("to",)) if country in {None, s.country}), None
            )
        if spot is None and country is None and passive and not hosts:
            spot = _at_seat(reader, verb, guest)
        if country is None and spot is not None and spot.country != guest.country:
            country = spot.country
        landed = not seen_off and _at_arrival(verb)
        if country is None and not (landed and guest.country and _leads(guest)):
            continue  # "officials were at the airport to greet X": where the text is set
        visiting = is_visiting(reader, guest)
        if landed and fact.status == "completed" and not fact.reason:
            fact = replace(fact, reason="arrived")
        for place, end in [(spot, country), *_further_hosts(reader, spot, hosts)]:
            yield reader.make(
                rule,
                verb,
                actor=guest,
                spot=place,
                destination=end,
                fact=Fact("ongoing") if visiting and fact.status == "completed" else fact,
                phase="arrive" if landed else rule.phase,
                score=rule.score + 0.1 * visiting,
                hosts=tuple(hosts),
                notes=("received",) if landed else ("received", "inside"),
                first=is_first(reader.scene, verb),
            )


def _host_town(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return Geneva of "Geneva hosted the premier", Camp David of "Camp David welcomed him"."""
    subject = reader.scene.subject(verb)
    named = reader.scene.places_in(subject.i, subject.i + 1) if subject is not None else []
    starts = [reader.scene.bounds(r)[0] for r in named if r.kind == "place" and r.country]
    return next(iter(reader.scene.spots(starts[0])), None) if starts else None


def _leads(guest: Actor) -> bool:
    return guest.reference.role_kind in words("leading_class")


def beside_object(reader: ArgumentReader, verb: Token, rule: VerbRule) -> list[Actor]:
    """Return B of "gave B an audience", "bade farewell to B", "discussed tea with B"."""
    if not rule.beside:
        return []
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "nsubjpass"}]
    preps = [
        c
        for head in (verb, *objects)
        for c in head.children
        if c.lower_ in rule.beside and c.i > verb.i
    ]
    heads = [h for prep in preps for h in prep.children if h.dep_ == "pobj"]
    heads += [c for c in verb.children if c.dep_ == "dative" and c not in preps]
    return [actor for head in heads for actor in reader.scene.actors(head)]


def _at_seat(reader: ArgumentReader, verb: Token, guest: Actor) -> Spot | None:
    """Return where the report is set for "was received at the presidential palace"."""
    if not _is_at_seat(verb) or not guest.country:
        return None
    set_in = reader.understood.set_in(verb.i, but={guest.country})
    return set_in or _of_leader_met_next(reader, verb, guest)


def _is_at_seat(verb: Token) -> bool:
    """Tell "was received at the presidential palace"."""
    preps = [c for c in verb.subtree if c.lower_ in {"at", "in"} and c.i > verb.i]
    behind = (t for prep in preps for t in verb.doc[prep.i + 1 : prep.i + 7])
    return any(t.lower_ in word_set("seat_of_state") for t in behind)


def _of_leader_met_next(reader: ArgumentReader, verb: Token, guest: Actor) -> Spot | None:
    """Return Zambia of "The Malian was welcomed at the palace. He met President Hichilema".

    The one leader of another country whom the next sentence names behind the guest is his host.
    """
    scene = reader.scene
    behind = scene.beside(scene.sentence_of[verb.i], step=1)
    told = [r for t in behind or () for r in scene.at(t.i) if r.kind == "person" and r.country]
    if not told or told[0].country != guest.country:
        return None
    leads = [r for r in told if r.role_kind in words("leading_class") and not r.guessed]
    lands = {r.country for r in leads} - {guest.country}
    if len(lands) != 1 or not is_country(next(iter(lands)) or ""):
        return None
    host = next(r for r in leads if r.country in lands)
    return Spot(host.country or "", None, host, verb.i, verb.i + 1)


def _where_he_came(reader: ArgumentReader, verb: Token, guest: Actor) -> Spot | None:
    """Return where a guest is told to have come in this sentence or the one before."""
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > 1:
            return None
        own = told.actor is not None and told.actor.key == guest.key
        if own and told.phase != "leave" and told.spot is not None:
            return told.spot
    return None


def _further_hosts(
    reader: ArgumentReader, spot: Spot | None, hosts: Sequence[Actor]
) -> list[tuple[Spot | None, str]]:
    """Return the further places of "will be received in Lima and Quito", told without a host."""
    further = reader.scene.spots(spot.start)[1:] if spot is not None and not hosts else []
    return [(place, place.country) for place in further]


def _at_arrival(verb: Token) -> bool:
    """Tell "was received at the airport on Monday", the day on which one came."""
    over = verb.head if verb.dep_ in {"xcomp", "advcl"} and verb.tag_ == "VB" else verb
    for prep in (*verb.children, *(over.children if over != verb else ())):
        behind = verb.doc[prep.i + 1 : prep.i + 7] if prep.lower_ in {"at", "upon", "on"} else ()
        if any(t.lower_ in word_set("arrival_site") for t in behind):
            return True
    return verb.i > 0 and verb.nbor(-1).lower_ == "airport"  # "at Lima airport received"


def invite(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A invited B to visit X"."""
    fact = fact_of_verb(verb)
    if fact.status is None:
        return
    passive = any(c.dep_ == "nsubjpass" for c in verb.children) or _is_participle(verb)
    guests, hosts = passive_sides(reader, verb) if passive else _active_sides(reader, verb)
    inner = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"}), None)
    if inner is not None and (inner.lemma_ not in word_set("invited_to") or _is_no_trip(inner)):
        return
    inviter = next((host.country for host in hosts if host.country), None)
    spots = reader.scene.spots(inner.i + 1) if inner is not None else []
    spots = spots or reader.places(verb, ("to",))
    if inner is None and not spots:
        spots = _where_invited(reader, verb)
        home = _is_to_own_event(verb) or _is_invited_home(verb, guests, hosts)
        if not spots and not home:
            return
    ends: list[Spot | None] = [*spots] if spots else [None]
    guests = [_not_oneself(reader, verb, guest, hosts) for guest in guests]
    for guest in (a for a in guests if not a.is_party):
        for spot in ends:
            country = spot.country if spot else inviter
            if country is None:
                continue
            yield reader.undated(
                reader.make(
                    rule,
                    verb,
                    actor=guest,
                    spot=spot,
                    destination=country,
                    fact=Fact("planned" if _accepts(reader, verb) else "invited"),
                    phase="none",
                    score=rule.score,
                    hosts=tuple(hosts),
                )
            )


def _is_no_trip(inner: Token) -> bool:
    """Tell "asked to make an effort", "to attend to the matter" from "asked to make a visit"."""
    done = [c for c in inner.children if c.dep_ in {"dobj", "obj"}]
    trip = any(t.lemma_.lower() in noun_rules() for c in done for t in c.subtree)
    to = inner.doc[inner.i + 1 : inner.i + 2].text.lower() == "to"
    if any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in inner.children):
        return True  # "asked whether he would visit Lima"
    return (inner.lemma_ in words("pays") and not trip) or (inner.lemma_ == "attend" and to)


def _not_oneself(
    reader: ArgumentReader, verb: Token, guest: Actor, hosts: Sequence[Actor]
) -> Actor:
    """Put B for the "him" of "A met B, inviting him to Lima": nobody invites himself."""
    own = {host.key for host in hosts}
    if guest.reference.form != "pronoun" or guest.key not in own:
        return guest
    start = reader.scene.sentence(verb.i).start
    others = (
        Actor(reference, i, guest.share)
        for i in range(guest.token - 1, start - 1, -1)
        for reference in reader.scene.at(i)
        if reference.kind == "person" and reference.actor not in own
    )
    return next(others, guest)


def _where_invited(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return where the event is held of "has been invited to the summit"."""
    for prep in verb.children:
        if prep.lower_ not in {"to", "for"} or prep.i < verb.i:
            continue
        for event in (c for c in prep.subtree if is_event(c)):
            spot = event_place(reader, verb, event)
            return [spot] if spot is not None else []
    return []


def _is_participle(verb: Token) -> bool:
    """Tell "Invited to the summit in Lima, A said", "A, invited to the summit in Lima"."""
    bare = not any(c.dep_ in {"aux", "dobj", "obj"} for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and bare


def _is_to_own_event(verb: Token) -> bool:
    """Tell "Peru has invited the Kenyan president to its jubilee", "to the ceremony".

    And "to a parade on its national day", not "to a summit", which may be anywhere.
    """
    preps = [c for c in verb.children if c.lower_ in {"to", "for"} and c.i > verb.i]
    for event in (h for prep in preps for h in prep.children if is_event(h)):
        near = [c for c in event.children if c.i < event.i]
        solemn = word_set("event_of_person") | word_set("any_event") | {"ceremony"}
        if any(c.lower_ in {"its", "his", "her", "their"} for c in near):
            return True
        if event.lemma_.lower() in word_set("held_by_a_land"):
            return True
        if [c.lower_ for c in near] == ["the"] and event.lemma_ in solemn:
            return True
    return False


def _is_invited_home(verb: Token, guests: Sequence[Actor], hosts: Sequence[Actor]) -> bool:
    """Tell "Peru has invited the Kenyan president": to nothing that is named, so to itself."""
    led = all(a.reference.role_kind or a.is_party or a.reference.name for a in hosts)
    official = all(a.reference.role_kind and not a.reference.guessed for a in guests)
    led_to = any(_leads_elsewhere(c) for c in verb.children if c.i > verb.i)
    return bool(hosts and guests) and led and official and not led_to and verb.lemma_ == "invite"


def _leads_elsewhere(prep: Token) -> bool:
    """Tell "invited X to the gala", "as a speaker"; not "invited X for talks"."""
    held = {h.lemma_ for h in prep.children} & word_set("held_at_home")
    return prep.lower_ in {"to", "for", "as", "into"} and not (prep.lower_ == "for" and held)


def _active_sides(reader: ArgumentReader, verb: Token) -> tuple[list[Actor], list[Actor]]:
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    guests = [a for head in objects for a in reader.scene.actors(head)]
    if not guests and verb.lemma_ == "host":
        guests = [a for head in objects for a in _met_at(reader, head)]
    guests = guests or asked_host(reader, verb) or shifted_object(reader, verb)
    subject = reader.scene.subject(verb)
    hosts = reader.scene.actors(subject) if subject is not None else []
    return guests, hosts


def _met_at(reader: ArgumentReader, event: Token) -> list[Actor]:
    """Return whom one meets who hosts "a meeting with X", "a summit of the leaders of A and B"."""
    if event.lemma_.lower() not in words("event") | word_set("met_at"):
        return []
    preps = [c for c in event.children if c.lower_ in {"with", "of", "between", "among"}]
    told = [a for c in preps for head in c.children for a in reader.scene.actors(head)]
    return [a for a in told if a.reference.role_kind and not a.is_party]


def passive_sides(reader: ArgumentReader, verb: Token) -> tuple[list[Actor], list[Actor]]:
    """Return those of whom a passive verb tells, and those by whom it is done."""
    subject = reader.scene.subject(verb)
    guests = reader.scene.actors(subject) if subject is not None else []
    hosts: list[Actor] = []
    doers = [c for c in verb.children if c.dep_ == "agent" or c.lower_ == "by"]
    if not doers:  # "was greeted on arrival by X", where the parse gives X to the arrival
        nouns = (c for prep in verb.children if prep.dep_ == "prep" for c in prep.children)
        doers = [c for noun in nouns for c in noun.children if c.lower_ == "by"]
    for doer in doers:
        for head in doer.children:
            hosts += reader.scene.actors(head)
    return guests, hosts


def host_country(hosts: Sequence[Actor], guest: Actor) -> str | None:
    """Return the first country of the hosts that is not the guest's."""
    for host in hosts:
        if host.country and host.country != guest.country:
            return host.country
    return None


def is_seated(actor: Actor, country: str | None) -> bool:
    """Tell whether who speaks for an organization is at home there: in its seat."""
    return f"{actor.country} {country}" in word_set("seat")


def is_visiting(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "the visiting minister", "met the minister on his first visit abroad"."""
    start, end = reader.scene.bounds_of(actor.reference)
    for i in range(end, min(end + 4, len(reader.scene.doc))):
        again = [r for r in reader.scene.at(i) if r.actor and r.actor == actor.reference.actor]
        end = max((reader.scene.bounds(r)[1] for r in again), default=end)
    return _is_called_visiting(reader, start, actor.token) or _is_on_visit(reader, end)


def _is_called_visiting(reader: ArgumentReader, start: int, i: int) -> bool:
    """Tell "met visiting French Senator X" from "who is visiting France, met Senator X"."""
    doc = reader.scene.doc
    for token in reversed(doc[max(0, start - _TITLE_REACH) : i]):
        if token.lower_ == "visiting":
            return doc[max(0, token.i - 1)].lemma_ != "be"
        if token.i < start and (token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}):
            return False
    return False


def _is_on_visit(reader: ArgumentReader, end: int) -> bool:
    """Tell ", on his first overseas visit" behind a name, with no place of its own."""
    doc = reader.scene.doc
    at = end + (doc[end : end + 1].text == ",")
    opened = [t.lower_ for t in doc[at : at + 2]]
    if opened[:1] != ["on"] or opened[1:] not in (["his"], ["her"], ["a"], ["an"]):
        return False
    for token in doc[at + 2 : at + 7]:
        if token.lemma_ in noun_rules() and token.pos_ == "NOUN":
            return doc[token.i + 1 : token.i + 2].text.lower() not in {"to", "of", "in"}
        if token.pos_ not in {"ADJ", "NOUN", "NUM", "PUNCT"}:
            return False
    return False


def _accepts(reader: ArgumentReader, verb: Token) -> bool:
    """Tell whether this or the next sentence says that the invitation was accepted."""
    number = reader.scene.sentence_of[verb.i]
    for sentence in reader.scene.sentences[number : number + 2]:
        for token in sentence:
            if token.lemma_ in {"accept", "acceptance"} and token.i > verb.i:
                return not any(c.dep_ == "neg" for c in token.children)
    return False


__all__ = [
    "beside_object",
    "host_country",
    "invite",
    "is_seated",
    "is_visiting",
    "passive_sides",
    "receive",
]
