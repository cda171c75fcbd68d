"""Guests told of by their hosts: received, welcomed, seen off."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import COMPLEMENTS, OBJECTS, UNDERGONE
from pipeline.neighbours import agents_of
from pipeline.reference.countries import is_country
from pipeline.reference.places import seat_of_body
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_seats import is_hosted_aside
from pipeline.stages.visits.hosts.at_home import host_country, is_visiting
from pipeline.stages.visits.hosts.host_lands import host_land, host_town
from pipeline.stages.visits.hosts.leave_taken import leave_taken, takes_leave
from pipeline.stages.visits.hosts.opened_by_hosting import (
    host_behind_guest,
    host_going_on,
    is_over,
)
from pipeline.stages.visits.hosts.received_abroad import (
    both_there,
    is_in_passing,
    town_of_reception,
)
from pipeline.stages.visits.hosts.shifted import shifted_object
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travellers.beside_those import beside_those


def receive(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A received B", "B was welcomed by A": B has come to A's country."""
    called = rule.id == "receive_call"
    if not _is_courtesy(verb) if called else reader.is_remote(verb):
        return
    if is_hosted_aside(verb):
        return  # "will join a summit on Friday, hosted by Peru", which hosts that
    passive = any(c.dep_ == "nsubjpass" for c in verb.children) or (
        verb.tag_ == "VBN" and bool(agents_of(verb))
    )
    fact = Fact("completed", weak=True) if is_over(verb) else fact_of_verb(verb)
    if rule.id in word_set("awaits_guest"):
        dated = any(t.i in reader.clock.starts for t in verb.subtree if t.i > verb.i)
        if passive or not dated or fact.status != "ongoing":
            return  # "Oman expects the minister to help"
        fact = Fact("planned")
    if passive:
        guests, hosts = passive_sides(reader, verb)
    else:
        guests, hosts = active_sides(reader, verb)
    guests = [_apart_from(guest, hosts) for guest in guests]
    guests += beside_object(reader, verb, rule)
    if passive and rule.beside and not hosts and not _is_at_seat(verb):
        return  # "was given a warm welcome in Lima", which is done to one there
    guests = [guest for guest in guests if not guest.is_party]
    if guests and not passive and rule.phase != "leave":
        own = {side.country for side in (*guests, *hosts)}
        guests += [a for a in beside_those(reader.scene, verb, own=own) if a.reference.role_kind]
    if called and any(h.reference.role_kind in word_set("posted_abroad") for h in hosts):
        return  # an ambassador, on whom one calls where he is posted
    if called and any(_is_away(reader, verb, host) for host in hosts):
        return
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
    if seen_off and not passive and takes_leave(reader, verb, hosts, guests):
        yield from leave_taken(reader, verb, rule, hosts=hosts, guests=guests)
        return
    if seen_off:
        guests = [guest for guest in guests if guest.reference.role_kind]
    for guest in guests:
        if seen_off and hosts and host_country(hosts, guest) is None:
            continue  # by his own people, at home
        spot, country = _where_received(
            reader, verb, guest, hosts, passive=passive, homes={g.country for g in guests}
        )
        if rule.id in word_set("done_to_guest") and (
            not _is_at_home(spot, guest, hosts) or _is_idiom(verb)
        ):
            continue
        landed = not seen_off and (_at_arrival(verb) or _to_land(reader, verb, country))
        if country is None and not (landed and guest.country and _leads(guest)):
            continue  # "officials were at the airport to greet X": where the text is set
        if country is None and hosts and all(h.country == guest.country for h in hosts):
            continue  # by his own people, who welcome him back
        visiting = is_visiting(reader, guest)
        if landed and fact.status == "completed" and not fact.reason:
            fact = replace(fact, reason="arrived")
        for place, end in [
            (spot, country),
            *_further_hosts(reader, verb, spot, hosts, but=country),
        ]:
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


def _is_at_home(spot: Spot | None, guest: Actor, hosts: Sequence[Actor]) -> bool:
    """Tell "the king awarded X a medal in Oslo", of an office abroad, from "awarded X a medal"."""
    own = {host.country for host in hosts if not host.reference.guessed}
    return spot is not None and spot.country in own and guest.reference.role_kind is not None


def _is_idiom(verb: Token) -> bool:
    """Tell "took X to task", "showed X the door" from "took X on a tour", "showed X round"."""
    about = any(t.lemma_.lower() in word_set("way_about") for t in verb.subtree if t.i > verb.i)
    return verb.lemma_ in word_set("leads_about") and not about


def _apart_from(guest: Actor, hosts: Sequence[Actor]) -> Actor:
    """Leave the premier of "X welcomed the premier of Peru" unnamed who was taken for X."""
    same = guest.reference.form == "office" and guest.key in {host.key for host in hosts}
    own = {"kind": "office", "name": None, "entity_id": None, "actor": None}
    unnamed = guest.reference.model_copy(update=own)
    return replace(guest, reference=unnamed) if same else guest


def _where_received(
    reader: ArgumentReader,
    verb: Token,
    guest: Actor,
    hosts: Sequence[Actor],
    *,
    passive: bool,
    homes: Collection[str | None],
) -> tuple[Spot | None, str | None]:
    """Return the place and the country in which a guest is received, as far as they are told.

    Args:
        homes: the countries of all who are received together.
    """
    country = host_country(hosts, guest)
    if country is not None and not is_country(country):
        at_body = reader.local_spot(verb, None)  # "the OSCE's head received B in Vienna"
        country = at_body.country if at_body is not None else _seat(reader, country, hosts)
        if country == guest.country:
            return None, None
    spot = reader.local_spot(verb, country)
    if spot is None and not hosts:
        spot = None if passive else host_town(reader, verb)
        spot = spot or host_land(reader, verb, homes)
    if spot is None and hosts and all(host.reference.guessed for host in hosts):
        # "was met by the transport minister", of the country where he has come
        spot = reader.local_spot(verb, None) or _where_he_came(reader, verb, guest)
        spot = spot or reader.understood.set_in(verb.i, but=homes)
        country = spot.country if spot is not None else country
    elif spot is None and hosts and all(_is_anybody(reader, host) for host in hosts):
        # "arrived in Lima and was met by the president": of no land told of before
        spot = _where_he_came(reader, verb, guest, back=0)
        country = spot.country if spot is not None else country
    if spot is None and verb.lemma_ == "welcome":
        # "was welcomed to Peru"
        spot = next((s for s in reader.places(verb, ("to",)) if country in {None, s.country}), None)
    if spot is None and country is None and passive and not hosts:
        spot = _at_seat(reader, verb, guest)
    if country is None and spot is not None and spot.country != guest.country:
        country = spot.country
    return spot, country


def _seat(reader: ArgumentReader, body: str, hosts: Sequence[Actor]) -> str:
    """Return Belgium of "NATO's chief received B", the land where he is if he is told to be away.

    The body itself where none of its heads receives, as its envoy somewhere, or its seat is not
    known.
    """
    heads = [h for h in hosts if _leads_body(h)]
    gone = (told for told in reader.told if any(map(told.is_of, heads)))
    away = (told for told in gone if told.status in MADE and told.phase == "arrive")
    there = next((told.destination for told in away if told.destination), None)
    seat = seat_of_body(body) if heads else None
    return there or (seat.country if seat is not None else body)


def _leads_body(host: Actor) -> bool:
    """Tell the head of a body or its foreign policy chief, not its envoy somewhere."""
    kind = host.reference.role_kind
    posted = kind is None or kind in word_set("posted_abroad")
    return not (posted or host.is_party or host.reference.plural)


def _is_courtesy(verb: Token) -> bool:
    """Tell "received a courtesy call from B" from "received a call from B", by telephone."""
    calls = (c for c in verb.children if c.dep_ in OBJECTS and c.lemma_ == "call")
    told = {c.lower_ for call in calls for c in call.lefts}
    return bool(told & word_set("call_in_person")) and not told & words("remote")


def _is_away(reader: ArgumentReader, verb: Token, host: Actor) -> bool:
    """Tell whom one calls on abroad: "In Lima, A received a courtesy call from B"."""
    before = reader.scene.doc[reader.scene.sentence(verb.i).start : verb.i]
    spots = (s for t in before if t.lower_ in {"in", "at"} for s in reader.scene.spots(t.i + 1))
    out = any(told.is_of(host) for told in _under_way(reader))
    return out or any(spot.country != host.country for spot in spots)


def _under_way(reader: ArgumentReader) -> Iterator[Candidate]:
    return (told for told in reader.told if told.status == "ongoing")


def _leads(guest: Actor) -> bool:
    return guest.reference.role_kind in words("leading_class")


def beside_object(reader: ArgumentReader, verb: Token, rule: VerbRule) -> list[Actor]:
    """Return B of "gave B an audience", "bade farewell to B", "discussed tea with B"."""
    if not rule.beside:
        return []
    objects = [c for c in verb.children if c.dep_ in UNDERGONE]
    led = (c for c in verb.children if c.lower_ in rule.all_particles)  # "laid on a welcome for B"
    objects += [c for prep in led for c in prep.children if c.dep_ == "pobj"]
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


def _is_anybody(reader: ArgumentReader, host: Actor) -> bool:
    """Tell "the president", whoever that is, from "the Peruvian president", "President X"."""
    if host.reference.form != "office" or host.reference.plural:
        return False
    told = range(*reader.scene.bounds_of(host.reference))
    named = (r.form != "office" for i in told for r in reader.scene.at(i))
    return host.reference.text.lower().startswith("the ") and not any(named)


def _where_he_came(
    reader: ArgumentReader, verb: Token, guest: Actor, *, back: int = 1
) -> Spot | None:
    """Return where a guest is told to have come in this sentence, or so many before."""
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > back:
            return None
        if told.is_of(guest) and told.phase != "leave" and told.spot is not None:
            return told.spot
    return None


def _further_hosts(
    reader: ArgumentReader,
    verb: Token,
    spot: Spot | None,
    hosts: Sequence[Actor],
    *,
    but: str | None,
) -> list[tuple[Spot | None, str]]:
    """Return the further places of "will be received in Lima and Quito", told without a host.

    And the further lands of "will be hosted by Peru, Chile and Cuba", each a host. "Was
    welcomed by Peru and Chile as a mediator" may be told of one who is in neither.
    """
    lands = {h.country for h in hosts if h.is_party and h.country} - {but}
    if spot is None and verb.lemma_ != "welcome" and all(h.is_party for h in hosts):
        return [(None, land) for land in sorted(lands) if land is not None and is_country(land)]
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


def _to_land(reader: ArgumentReader, verb: Token, country: str | None) -> bool:
    """Tell "was welcomed to Peru on Monday", the day on which one came.

    Not "to the palace", "to Peru's club".
    """
    preps = [c for c in verb.children if c.lower_ == "to" and c.i > verb.i]
    heads = {h.i for c in preps for h in c.children if h.dep_ == "pobj"}
    lands = [s for c in preps for s in reader.scene.spots(c.i + 1) if s.end - 1 in heads]
    told = any(spot.place is None and spot.country == country for spot in lands)
    return verb.lemma_ == "welcome" and told


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
    return guests, _without_officials_there(reader, verb, hosts)


def _without_officials_there(
    reader: ArgumentReader, verb: Token, hosts: Sequence[Actor]
) -> list[Actor]:
    """Leave out the officials of "received by officials and by the Peruvian ambassador".

    Beside an envoy who is posted there they are the land's, whatever its name tells of them.
    """
    if not any(h.reference.plural and not h.reference.name for h in hosts):
        return [*hosts]
    beside = (r.role_kind for t in verb.subtree for r in reader.scene.at(t.i))
    if word_set("posted_abroad").isdisjoint(beside):
        return [*hosts]
    return [h for h in hosts if h.reference.name or not h.reference.plural]


def active_sides(reader: ArgumentReader, verb: Token) -> tuple[list[Actor], list[Actor]]:
    """Return whom a verb in the active takes for its object, and who does it."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    guests = [a for head in objects for a in reader.scene.actors(head)]
    guests = guests or [a for at in _names_as_clauses(reader, verb) for a in at]
    if not guests and verb.lemma_ == "host":
        guests = [a for head in objects for a in _met_at(reader, head)]
    guests = guests or _asked_host(reader, verb) or shifted_object(reader, verb)
    subject = reader.scene.subject(verb)
    hosts = reader.scene.actors(subject) if subject is not None else []
    hosts = _without_officials_there(reader, verb, hosts)
    if guests and verb.pos_ == "VERB" and verb.dep_ == "ROOT":
        hosts = host_going_on(reader, verb) or hosts
    return host_behind_guest(reader, verb) or (guests, hosts)


def _names_as_clauses(reader: ArgumentReader, verb: Token) -> Iterator[list[Actor]]:
    """Yield the guests of "will welcome President X Kaljulaid", whom the parse takes for a clause.

    It reads the rare name as a verb of its own.
    """
    for clause in verb.children:
        if clause.dep_ not in COMPLEMENTS or clause.i < verb.i:
            continue
        named = (r for r in reader.scene.at(clause.i) if r.kind == "person" and r.form == "name")
        one = next((r for r in named if reader.scene.bounds(r)[1] == clause.i + 1), None)
        if one is not None:
            yield reader.scene.actors_from(Actor(one, clause.i))


def _met_at(reader: ArgumentReader, event: Token) -> list[Actor]:
    """Return whom one meets who hosts "a meeting with X", "a summit of the leaders of A and B".

    None of "a meeting of the bloc's ministers", who have come from lands that are not told.
    """
    if event.lemma_.lower() not in words("event") | word_set("met_at"):
        return []
    preps = [c for c in event.children if c.lower_ in {"with", "of", "between", "among"}]
    told = [a for c in preps for head in c.children for a in reader.scene.actors(head)]
    told = [a for a in told if a.reference.role_kind and not a.is_party]
    return [a for a in told if not a.reference.plural or is_country(a.country or "") or _of_own(a)]


def _of_own(actor: Actor) -> bool:
    """Tell those of no body: of lands that are told, or of none."""
    return bool(actor.reference.members) or actor.country is None


def _asked_host(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom "A invited his host to Lima" means: who is told to have received or met A."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    host = next((c for c in objects if c.lemma_.lower() == "host"), None)
    if host is None or not any(c.dep_ == "poss" for c in host.children):
        return []
    subject = reader.scene.subject(verb)
    guests = {a.key for a in reader.scene.actors(subject)} if subject is not None else set()
    for told in reversed(reader.told):
        if told.actor is not None and (told.actor.key in guests or not guests):
            hosts = [a for a in told.hosts if a.country == told.destination and not a.is_party]
            if hosts:
                return hosts[:1]
    return []


__all__ = ["active_sides", "beside_object", "passive_sides", "receive"]
