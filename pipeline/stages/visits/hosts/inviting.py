"""Verbs of asking: "invited X to Lima", "X has been asked to a summit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.asking import is_asked_to
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import OBJECTS, PAST
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.events.event_seats import host_of
from pipeline.stages.visits.hosts.inviters import is_own_land
from pipeline.stages.visits.hosts.receive_verbs import active_sides, passive_sides, receive
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set


def invite(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A invited B to visit X"."""
    welcome = _welcomed_to(verb)
    if fact_of_verb(verb).status is None and welcome is None:
        return
    passive = any(c.dep_ == "nsubjpass" for c in verb.children) or _is_participle(verb)
    guests, hosts = passive_sides(reader, verb) if passive else active_sides(reader, verb)
    below = (c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl"})
    inner = next((c for c in below if c.tag_ not in PAST), welcome)  # not "convened by X"
    if inner is not None and (_is_aim_there(verb, inner) or _is_of_event(inner)):
        inner = None
    if inner is not None and inner == welcome and not guests:
        guests = [a for c in inner.children if c.dep_ == "nsubj" for a in reader.scene.actors(c)]
    if inner is not None and (inner.lemma_ not in word_set("invited_to") or _is_no_trip(inner)):
        return
    inviters = list(dict.fromkeys(host.country for host in hosts if host.country))
    inviter = inviters[0] if inviters else None
    spots = reader.scene.spots(inner.i + 1) if inner is not None else []
    spots = spots or reader.places(verb, ("to",))
    if inner is not None and not spots:
        spots = reader.places(inner, ("to",))  # "asked X to travel to Lima"
    spots = spots or _where_hosted(reader, inner)
    to_event = False
    if inner is None and not spots:
        spots = _where_invited(reader, verb)
        if not spots and (held := _where_report_is(reader, verb, guests, hosts)) is not None:
            spots, to_event = [held], True
        home = _is_to_own_event(verb) or _is_invited_home(verb, guests, hosts)
        if not spots and not home:
            return
    ends: list[tuple[Spot | None, str | None]] = [(spot, spot.country) for spot in spots]
    ends = ends or [(None, land) for land in inviters]
    guests = [_not_oneself(reader, verb, guest, hosts) for guest in guests]
    own = {host.key for host in hosts}
    for guest in (a for a in guests if not a.is_party and a.key not in own):
        sent = verb.lemma_ == "ask" and inviter is not None and inviter == guest.country
        for spot, country in ends:
            if country is None:
                continue
            asking = hosts if spot is not None else [h for h in hosts if h.country == country]
            made = reader.undated(
                reader.make(
                    rule,
                    verb,
                    actor=_other_of_two(guest, hosts, country),
                    spot=spot,
                    destination=country,
                    fact=Fact("planned" if sent or _accepts(reader, verb) else "invited"),
                    phase="none",
                    hosts=tuple(asking),
                    notes=("event",) if to_event else (),
                )
            )
            if spot is None and inner is not None:
                made = replace(made, when=_days_behind(reader, inner))
            if not made.when and (event := _event_asked_to(verb)) is not None:
                end = spot.end if spot is not None and spot.start > verb.i else None
                days = _days_of_event(reader, event, end)
                made = replace(made, when=_yet_to_come(reader, days))
            yield made


def _is_of_event(inner: Token) -> bool:
    """Tell the clause of "invited X to the summit, to be held in Lima in May"."""
    passive = any(c.dep_ == "auxpass" for c in inner.children)
    return passive and inner.tag_ == "VBN" and inner.nbor(-1).lower_ == "be"


def _is_aim_there(verb: Token, inner: Token) -> bool:
    """Tell "invited X to Lima to discuss trade", which says where to, from "invited X to speak"."""
    if inner.tag_ != "VB" or not any(c.dep_ == "aux" and c.lower_ == "to" for c in inner.children):
        return False
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    preps = (c for head in (verb, *objects) for c in head.children if c.dep_ == "prep")
    return any(c.lower_ == "to" and verb.i < c.i < inner.i for c in preps)


def receive_or_ask(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "Peru received X", and "Peru welcomes X to visit at an early date", which asks him."""
    asks = _welcomed_to(verb) is not None
    yield from invite(reader, verb, rule) if asks else receive(reader, verb, rule)


def _welcomed_to(verb: Token) -> Token | None:
    """Return what one is asked to do in "welcomes X to visit", "would welcome him to come"."""
    if verb.lemma_ != "welcome":
        return None
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    inner = (c for over in (verb, *objects) for c in over.children if is_asked_to(c, over))
    return next(inner, None)


def _days_behind(reader: ArgumentReader, inner: Token) -> When:
    """Return July of "has invited her to visit in July"."""
    told = reader.clock.behind(inner.i + 1)
    return _yet_to_come(reader, reader.clock.when(told, phase="whole") if told else When())


def _event_asked_to(verb: Token) -> Token | None:
    """Return the summit of "invited X to a summit in Lima", "to Lima for a summit"."""
    preps = (c for c in verb.children if c.lower_ in {"to", "for"} and c.i > verb.i)
    return next((t for prep in preps for t in prep.subtree if is_event(t)), None)


def _days_of_event(reader: ArgumentReader, event: Token, end: int | None) -> When:
    """Return the days of "the May 3-4 summit in Lima", "Saturday's summit", "a forum on May 3".

    Args:
        end: the token behind its place, where a date may stand ("in Lima in early July").
    """
    clock, own = reader.clock, range(event.left_edge.i, event.right_edge.i + 1)
    told = [event] if clock.between(own.start, own.stop) else []
    told += clock.behind(end) if end is not None else []
    return clock.when(told, phase="whole", fact=Fact("planned")) if told else When()


def _yet_to_come(reader: ArgumentReader, when: When) -> When:
    """Return days unless they are over: those on which one was asked."""
    now = reader.scene.article.published or ""
    day = when.start or ""
    return when if day[: len(now)] >= now[: len(day)] else When()


def _is_no_trip(inner: Token) -> bool:
    """Tell "asked to make an effort", "to attend to the matter" from "asked to make a visit"."""
    done = [c for c in inner.children if c.dep_ in OBJECTS]
    trip = any(t.lemma_.lower() in noun_rules() for c in done for t in c.subtree)
    to = word_behind(inner) == "to"
    if any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in inner.children):
        return True  # "asked whether he would visit Lima"
    return (inner.lemma_ in words("pays") and not trip) or (inner.lemma_ == "attend" and to)


def _not_oneself(
    reader: ArgumentReader, verb: Token, guest: Actor, hosts: Sequence[Actor]
) -> Actor:
    """Put B for the "him" of "A met B, inviting him to Lima": nobody invites himself.

    So for that of "A received B. X and Y also asked him to come", read as Y.
    """
    own = {host.key for host in hosts}
    if guest.reference.form != "pronoun" or guest.key not in own:
        return guest
    before = reader.scene.beside(reader.scene.sentence_of[verb.i], step=-1)
    start = (before or reader.scene.sentence(verb.i)).start
    others = (
        Actor(reference, i, guest.share)
        for i in range(guest.token - 1, start - 1, -1)
        for reference in reader.scene.at(i)
        if reference.kind == "person" and reference.actor not in own
    )
    return next(others, guest)


def _other_of_two(guest: Actor, hosts: Sequence[Actor], land: str) -> Actor:
    """Return A for the "him" of "A of Peru met B of Chile. He invited him to Chile", read as B."""
    if guest.reference.form != "pronoun" or guest.country != land:
        return guest
    told = (h for h in hosts if h.reference.form == "pronoun" and h.country not in {None, land})
    return next(told, guest)


def _where_hosted(reader: ArgumentReader, inner: Token | None) -> list[Spot]:
    """Return Peru of "to attend the summit that will be hosted by Peru"."""
    if inner is None or inner.lemma_ != "attend":
        return []
    events = (t for t in inner.subtree if t.i > inner.i and is_event(t))
    spot = next((s for event in events if (s := host_of(reader.scene, event))), None)
    return [spot] if spot is not None else []


def _where_invited(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return where the event is held of "has been invited to the summit"."""
    for prep in verb.children:
        if prep.lower_ not in {"to", "for"} or prep.i < verb.i:
            continue
        for event in (c for c in prep.subtree if is_event(c)):
            spot = event_place(reader, verb, event)
            return [spot] if spot is not None else []
    return []


def _where_report_is(
    reader: ArgumentReader, verb: Token, guests: Sequence[Actor], hosts: Sequence[Actor]
) -> Spot | None:
    """Return where the report's event is held of "A has been invited", "Peru has invited A".

    Not of "A has been invited to the gala", nor of "Chile has invited A" in a report from Peru.
    """
    led_to = any(_leads_elsewhere(c) for c in verb.children if c.i > verb.i)
    official = all(a.reference.role_kind and not a.reference.guessed for a in guests)
    told = reader.understood.of_report(verb.i)
    if told is None or led_to or not guests or not official or verb.lemma_ != "invite":
        return None
    lands = {host.country for host in hosts if host.country}
    return told[1] if lands <= {told[1].country} else None


def _is_participle(verb: Token) -> bool:
    """Tell "Invited to the summit in Lima, A said", "A, invited to the summit in Lima"."""
    bare = not any(c.dep_ in {"aux", "dobj", "obj"} for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and bare


def _is_to_own_event(verb: Token) -> bool:
    """Tell "Peru has invited the Kenyan president to its jubilee", "to the ceremony".

    And "to a parade on its national day", "to a forum in the country", not "to a summit", which
    may be anywhere.
    """
    preps = [c for c in verb.children if c.lower_ in {"to", "for"} and c.i > verb.i]
    for event in (h for prep in preps for h in prep.children if is_event(h)):
        if any(_is_in_own_land(c) for c in (*event.children, *verb.children) if c.i > event.i):
            return True
        near = [c for c in event.children if c.i < event.i]
        solemn = word_set("event_of_person", "any_event") | {"ceremony"}
        if any(c.lower_ in {"its", "his", "her", "their"} for c in near):
            return True
        if event.lemma_.lower() in word_set("held_by_a_land"):
            return True
        if [c.lower_ for c in near] == ["the"] and event.lemma_ in solemn:
            return True
    return False


def _is_in_own_land(prep: Token) -> bool:
    """Tell "in the country", "in its capital" of an event to which a land invites."""
    lands = (h for h in prep.children if prep.lower_ == "in" and h.lemma_ in words("own_land"))
    meant = {"the", "its", "his", "her", "their"}
    return any(c.lower_ in meant for land in lands for c in land.children)


def _is_invited_home(verb: Token, guests: Sequence[Actor], hosts: Sequence[Actor]) -> bool:
    """Tell "Peru has invited the Kenyan president": to nothing that is named, so to itself."""
    led = all(a.reference.role_kind or a.is_party or a.reference.name for a in hosts)
    official = all(a.reference.role_kind and not a.reference.guessed for a in guests)
    led_to = any(_leads_elsewhere(c) for c in verb.children if c.i > verb.i)
    return bool(hosts and guests) and led and official and not led_to and verb.lemma_ == "invite"


def _leads_elsewhere(prep: Token) -> bool:
    """Tell "invited X to the gala", "as a speaker"; not "invited X for talks"."""
    held = {h.lemma_ for h in prep.children} & word_set("held_at_home")
    if prep.lower_ == "to" and any(is_own_land(h) for h in prep.children):
        return False  # "invited X to his country"
    return prep.lower_ in {"to", "for", "as", "into"} and not (prep.lower_ == "for" and held)


def _accepts(reader: ArgumentReader, verb: Token) -> bool:
    """Tell whether this or the next sentence says that the invitation was accepted."""
    number = reader.scene.sentence_of[verb.i]
    for sentence in reader.scene.sentences[number : number + 2]:
        for token in sentence:
            if token.lemma_ in word_set("says_yes") and token.i > verb.i:
                return not any(c.dep_ == "neg" for c in token.children)
    return False


__all__ = ["invite", "receive_or_ask"]
