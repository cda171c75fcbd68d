"""Meetings, and who has travelled to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.at_home import host_country, is_seated, is_visiting, met_at_home
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.counts import times
from pipeline.stages.visits.elsewhen import is_elsewhen
from pipeline.stages.visits.event_places import place_of_journey
from pipeline.stages.visits.hosts import beside_object, passive_sides, receive
from pipeline.stages.visits.instances import some_named
from pipeline.stages.visits.local_places import is_of_whole_area
from pipeline.stages.visits.meeting_places import (
    at_event,
    lead_place,
    place_of_told,
    place_told_next,
    seat_of_delegations,
)
from pipeline.stages.visits.meeting_sides import is_family, meeting_sides, those_of_pronoun
from pipeline.stages.visits.met_in_places import each_in_its_place, in_their_lands
from pipeline.stages.visits.next_guests import place_of_next_guest
from pipeline.stages.visits.ranks import called_on_leader, is_sent
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set
from pipeline.stages.visits.trigger_senses import measured

#: How far before a leader's name his land may stand ("Chinese leader X"), in tokens.
_TITLE_REACH = 5
#: How far behind "and later with" its town may stand, in tokens.
_LATER_REACH = 10


def meet(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A met B in X": who is not at home in X has travelled."""
    if rule.id not in word_set("calls") and reader.is_remote(verb):
        return
    if rule.id == "call_on" and _asks(reader, verb):
        return
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if passive and not _is_call(verb, rule):
        if rule.id in word_set("may_be_afar") and reader.local_spot(verb, None) is None:
            return  # "Kenyan officials were briefed by Peruvian officials", wherever
        yield from receive(reader, verb, rule)
        return
    if _is_on_sidelines(reader, verb) or is_family(verb):
        return
    met = _who_meet(reader, verb, rule, passive=passive)
    if met is None:
        return
    sides, others = met
    for later in _later_towns(reader, verb):
        for side in (a for a in sides if a.reference.name and a.reference.role_kind):
            yield from _met(reader, verb, rule, guest=side, hosts=(), spot=later)
    if at_homes := in_their_lands(reader, verb, others):
        for guest, host in ((a, b) for a in sides for b in at_homes):
            yield from _met(reader, verb, rule, guest=guest, hosts=[host], spot=None, at=host)
        return
    local, journey = reader.local_spot(verb, None), place_of_journey(reader, verb)
    if local is not None and (event := _event_told_of(verb, rule, local)) is not None:
        for side in sides if _is_own_event(event) else ():
            yield from _met(reader, verb, rule, guest=side, hosts=(), spot=local)
        return
    if local is not None and rule.id in word_set("may_be_afar") and _of_topic(verb, local):
        return
    if local is not None and ((journey and local.start < verb.i) or is_elsewhen(verb, local)):
        local = None  # "held talks in Muscat and went to Doha to meet B"
    spot = (
        local
        or journey
        or lead_place(reader, verb, [*sides, *others])
        or place_told_next(reader, verb)
        or at_event(reader, verb)
        or place_of_told(reader, [*sides, *others])
        or seat_of_delegations(reader, verb, [*sides, *others])
        or place_of_next_guest(reader, verb, sides, others)
    )
    mutual = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 4]} >= {"other"} and not others
    if (not others or mutual) and len(sides) > 1 and spot is not None:
        others = sides
    if sides and not others:
        yield from _met_abroad(reader, verb, rule, sides=sides)
    if others and not sides and local is not None and local.is_town:
        yield from _found_abroad(reader, verb, rule, others=others, spot=local)
    if local is None:
        hosting = met_at_home(reader, verb.i, sides, others)
        others = [other for other in others if other not in hosting]
    if not sides or not others:
        return
    apart = list(each_in_its_place(reader, verb, others))
    if apart:
        yield from _met_apart(reader, verb, rule, sides=sides, apart=apart)
        return
    # Whom one calls on is at home, wherever the report was written.
    at_home = (local is None and _is_call(verb, rule)) or _is_aim_of_trip(verb)
    if at_home and spot is None:
        yield from _called_on(reader, verb, rule, sides=sides, others=others)
        return
    if spot is None and rule.id not in word_set("may_be_afar"):
        for guest, host in called_on_leader(reader, verb, sides, others):
            yield from _met(reader, verb, rule, guest=guest, hosts=[host], spot=None, at=host)
        return
    # "flew to Peru and Chile to meet leaders, including B", who was in but one of them
    lands = {s.country for s in reader.scene.spots(spot.start)} if spot is not None else set()
    somewhere = local is None and len(lands) > 1
    if spot is not None and spot is journey and not spot.is_town:
        # "arrived in Peru to meet the presidents of Peru and Chile", wherever he of Chile is met
        somewhere = somewhere or any(b.country == spot.country for b in others)
    on_tour = local is None or bool(reader.where(verb))
    abroad = [b for b in others if not (on_tour and _is_on_their_tour(reader, sides, b, spot))]
    guests = [] if at_home or somewhere else [(b, sides) for b in abroad]
    counted = journey is not None and times(reader.scene, verb.head) != 1
    goers = [] if counted else [(a, others) for a in sides]  # "flew to Lima twice to meet B"
    for guest, hosts in goers + guests:
        if not guest.is_party and guest.country is not None:
            yield from _met(reader, verb, rule, guest=guest, hosts=hosts, spot=spot)
            further = reader.scene.spots(spot.start)[1:] if spot is not None else []
            for place in further if all(host.reference.plural for host in hosts) else ():
                yield from _met(reader, verb, rule, guest=guest, hosts=hosts, spot=place)


def _who_meet(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, passive: bool
) -> tuple[list[Actor], list[Actor]] | None:
    """Return both sides of a meeting; None where what the verb tells is none."""
    sides, others = meeting_sides(reader, verb)
    if passive:  # "the king was called on by X"
        others, sides = passive_sides(reader, verb)
    elif rule.beside:
        others = beside_object(reader, verb, rule)
        if rule.id in word_set("done_to_one") and not others:
            return None  # "A and B signed a pact" is told as a presence
    if rule.id in word_set("may_be_afar") and _may_be_afar(reader, verb):
        return None
    sides, others = some_named(reader.scene, sides), some_named(reader.scene, others)
    if not sides and not others:
        sides = those_of_pronoun(reader, verb, rule)
    return sides, others


def _met_apart(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    sides: Sequence[Actor],
    apart: Sequence[tuple[Actor, Spot]],
) -> Iterator[Candidate]:
    """Read "met A in Rome on Monday and B in Bern": each meeting in the place of its own."""
    for other, own in apart:
        for guest, host in [*((a, other) for a in sides), *((other, a) for a in sides)]:
            if not guest.is_party and guest.country is not None:
                yield from _met(reader, verb, rule, guest=guest, hosts=[host], spot=own)


def join(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A joined B in Oslo for talks", "A was joined in Oslo by B": both were there.

    "A joined B in condemning the raid in Oslo" does not fire, and who joins his own leader goes
    along with him.
    """
    passive = any(c.dep_ in {"nsubjpass", "agent"} for c in verb.children)
    sides, others = passive_sides(reader, verb) if passive else meeting_sides(reader, verb)
    lands = {a.country for a in sides}
    others = [a for a in others if a.country not in lands]
    spot = reader.local_spot(verb, None) if sides and others else None
    deed = any(c.dep_ == "pcomp" for prep in verb.children for c in prep.children)
    if spot is None or deed or reader.is_remote(verb) or _is_on_sidelines(reader, verb):
        return
    for guest in (a for a in (*sides, *others) if a.reference.role_kind and not a.is_party):
        yield from _met(reader, verb, rule, guest=guest, hosts=(), spot=spot)


def _may_be_afar(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "will discuss tea with B", and "discussed tea with B" beside a sentence of a call."""
    number = reader.scene.sentence_of[verb.i]
    beside = reader.scene.sentences[max(0, number - 1) : number + 2]
    called = any(t.lower_ in words("remote") for sentence in beside for t in sentence)
    return called or (fact_of_verb(verb).status != "completed" and not _in_town(reader, verb))


def _of_topic(verb: Token, spot: Spot) -> bool:
    """Tell "discussed the talks in Rome with his ministers", where the talks are in Rome."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    behind = any(t.lower_ == "with" for t in verb.doc[verb.i : spot.start])
    return not behind and any(t.i == spot.start for thing in objects for t in thing.subtree)


def _event_told_of(verb: Token, rule: VerbRule, spot: Spot) -> Token | None:
    """Return the talks of "briefed B on the talks in Rome", which is where these were held.

    "Briefed B in Rome on the talks", "briefed B on trade in Rome" have none.
    """
    if rule.id != "brief_host":
        return None
    topics = (c for c in verb.children if c.lower_ in {"on", "about"} and c.i < spot.start)
    told = (h for prep in topics for h in prep.children if h.dep_ == "pobj")
    events = words("event") | word_set("met_at")
    return next(
        (t for t in told if {t.lemma_, t.lower_} & events or t.lemma_ in noun_rules()), None
    )


def _is_own_event(event: Token) -> bool:
    """Tell "briefed the king on her talks in Rome", "on talks that she had held in Rome"."""
    clauses = (c for c in event.children if c.dep_ == "relcl")
    owners = [c for clause in clauses for c in clause.children if c.dep_ == "nsubj"]
    owners += [c for c in event.children if c.dep_ == "poss"]
    return any(owner.pos_ == "PRON" and owner.tag_ in {"PRP", "PRP$"} for owner in owners)


def _later_towns(reader: ArgumentReader, verb: Token) -> Iterator[Spot]:
    """Yield Bern of "met A in Rome and later with officials in Bern"."""
    end = reader.scene.sentence(verb.i).end
    for prep in verb.doc[verb.i + 1 : end]:
        again = prep.lower_ == "with" and prep.nbor(-1).lower_ in word_set("later_on")
        if not again:
            continue
        for place in verb.doc[prep.i + 1 : min(end, prep.i + _LATER_REACH)]:
            if place.pos_ in {"VERB", "AUX"}:
                return
            spots = reader.scene.spots(place.i + 1) if place.lower_ in {"in", "at"} else []
            if spots and spots[0].is_town:
                yield spots[0]
                break


def _in_town(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "will discuss tea with B in Rome": a town right behind the one who is met."""
    for child in verb.subtree:
        if child.lower_ not in {"in", "at"} or child.i < verb.i:
            continue
        spot = next(iter(reader.scene.spots(child.i + 1)), None)
        met = [r for r in reader.scene.at(child.i - 1) if r.kind == "person" and r.name]
        if spot is not None and spot.is_town and (met or child.head == verb):
            return True
    return False


def _is_call(verb: Token, rule: VerbRule) -> bool:
    """Tell what is paid to one who is at home: a call, an audience."""
    objects = {c.lemma_ for c in verb.children if c.dep_ in {"dobj", "obj"}}
    return rule.id in word_set("calls") or "audience" in objects


def _asks(reader: ArgumentReader, verb: Token, aims: str = "aim_of_call") -> bool:
    """Tell "called on the king to step down" from "called on the king to discuss trade".

    Args:
        aims: the words for what one calls on a host for.
    """
    asked = any(
        c.tag_ == "VB" and c.i > verb.i and c.lemma_ not in word_set(aims) for c in verb.children
    )
    on = (c for c in verb.children if c.lower_ in words("upon")) if asked else ()
    heads = [*(h for prep in on for h in prep.children), *(c for c in verb.children if asked)]
    return any(
        r.kind in {"person", "office"} for h in heads if h.i > verb.i for r in reader.scene.at(h.i)
    )


def _is_aim_of_trip(verb: Token) -> bool:
    """Tell "during a visit to meet the king", who is at home, wherever else the sentence is."""
    return verb.tag_ == "VB" and verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in noun_rules()


def _called_on(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    sides: Sequence[Actor],
    others: Sequence[Actor],
) -> Iterator[Candidate]:
    """Read "paid a courtesy call on the king of Jordan" where no place is told: in Jordan.

    A call on a guest told before, "called on the king to extend the truce" do not fire.
    """
    here = reader.scene.here
    leading = words("leading_class") - {"counterpart", "leader"} | word_set("calls_at_home")
    if len(others) != 1 or (rule.id == "call_on" and _asks(reader, verb, "sure_aim_of_call")):
        return
    host, visits = others[0], rule.id == "visit_host"
    leads = host.reference.role_kind in leading or (visits and _leads_land(reader, host))
    if not leads or not (is_country(host.country or "") or host.country == "VAT"):
        return
    away = any(t.is_of(host) and t.destination for t in reader.told)
    if away or is_visiting(reader, host) or host.reference.plural:
        return
    often = times(reader.scene, verb) if visits else 1
    if here is not None and here.country != host.country and often == 1:
        return  # both may be where the article is set, but not "three times since 2020"
    for guest in sides:
        reference = guest.reference
        foreign = guest.country not in {None, host.country} and not reference.guessed
        sent = "special" in (reference.role or "").lower() and reference.role_kind == "envoy"
        official = reference.role_kind in leading or sent or (visits and _leads_land(reader, guest))
        if foreign and official and not reference.plural:
            told = _met(reader, verb, rule, guest=guest, hosts=others, spot=None, at=host)
            yield from (replace(one, count=often) for one in told)


def _leads_land(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "Chinese leader X" from "opposition leader X", "Hamas leader X"."""
    reference = actor.reference
    if reference.role_kind != "leader" or (reference.role or "").lower() != "leader":
        return False
    before = range(max(0, actor.token - _TITLE_REACH), actor.token)
    lands = (r.country for i in before for r in reader.scene.at(i) if r.kind == "country")
    return reference.name is not None and actor.country in lands


def _is_on_sidelines(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a meeting on the sidelines of an event from one told behind such a one.

    Who "met A in Lisbon on the sidelines of a summit" is said to have been in Lisbon; "on the
    sidelines of the summit in Lisbon" places the summit alone.
    """
    for token in reader.scene.sentence(verb.i):
        if token.lemma_ in word_set("edge_of_event"):
            own = next((t for t in token.ancestors if t.pos_ == "VERB"), verb)
            above = own in verb.ancestors and own.lemma_ != "meet"
            if token.i > verb.i or own == verb or above:
                return not _is_placed_before(reader, verb, token)
    return False


def _is_placed_before(reader: ArgumentReader, verb: Token, edge: Token) -> bool:
    """Tell the Lisbon of "met A in Lisbon on the sidelines of a summit", where they met.

    Not the Peru of "met the head of the mission in Peru, A, on the sidelines of a summit".
    """
    inside = (t for t in reader.scene.doc[verb.i + 1 : edge.i] if t.lower_ in {"in", "at"})
    spots = ((prep, spot) for prep in inside for spot in reader.scene.spots(prep.i + 1))
    return any(spot.is_town or prep.head == verb for prep, spot in spots)


def _met_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, sides: Sequence[Actor]
) -> Iterator[Candidate]:
    """Read "met with growers in Lima", "will have talks with officials and donors in Peru"."""
    told = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    objects = [*told, *(t for thing in told for t in measured(thing))]
    with_whom = [h for head in (verb, *objects) for c in head.children for h in c.children]
    met = [h for h in with_whom if h.head.lower_ == "with"]
    heads = [verb, *objects, *met, *(listed for h in met for listed in h.conjuncts)]
    preps = [c for head in heads for c in head.children if c.lower_ in {"in", "at"}]
    # "met bankers from around the world in Lima", which is no part of the world met
    preps += [t for t in verb.subtree if t.lower_ == "in" and is_of_whole_area(t)]
    for prep in sorted(preps, key=lambda prep: prep.i):
        spots = reader.scene.spots(prep.i + 1) if prep.i > verb.i else []
        for spot in spots:
            distant = prep.head not in {verb, *objects} and not spot.is_town
            if distant or reader.is_behest(spot):
                continue  # "with growers in Peru" may be anywhere, "in Lima" is there
            for side in sides:
                known = bool(side.reference.name and side.reference.role_kind)
                known = known or (spot.is_town and is_sent(side))
                if known and not side.reference.guessed and side.country != spot.country:
                    yield from _met(reader, verb, rule, guest=side, hosts=(), spot=spot)
        if spots:
            return


def _found_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, others: Sequence[Actor], spot: Spot
) -> Iterator[Candidate]:
    """Read "I met the premier in Lima", whoever says it: the premier was there."""
    subject = reader.scene.subject(verb)
    if subject is None or subject.lower_ not in {"i", "we", "he", "she", "they"}:
        return
    for other in others:
        single = other.reference.name and other.reference.role_kind
        if single and not other.reference.guessed and other.country != spot.country:
            yield from _met(reader, verb, rule, guest=other, hosts=(), spot=spot)


def _met(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    guest: Actor,
    hosts: Sequence[Actor],
    spot: Spot | None,
    at: Actor | None = None,
) -> Iterator[Candidate]:
    """Yield the trip of one side of a meeting, if it is abroad.

    Args:
        at: the host who was called on at home.
    """
    visiting = is_visiting(reader, guest)
    country = at.country if at else _meeting_place(guest, hosts, spot, visiting=visiting)
    if country is None or country == guest.country or guest.reference.guessed:
        return
    if is_seated(guest, country):
        return
    fact = fact_of_verb(verb)
    at_host = any(host.country == country for host in hosts)
    yield reader.make(
        rule,
        verb,
        actor=guest,
        spot=spot if spot and spot.country == country else None,
        destination=country,
        fact=Fact("ongoing") if visiting and fact.status == "completed" else fact,
        hosts=tuple(h for h in hosts if h.country == country),
        score=rule.score + 0.2 * visiting + 0.08 * at_host,
        notes=("meeting",) if _is_whole_trip(rule) else ("meeting", "inside"),
    )


def _is_on_their_tour(
    reader: ArgumentReader, sides: Sequence[Actor], other: Actor, spot: Spot | None
) -> bool:
    """Tell the Fijian of "toured Peru and Fiji. She held talks with her Fijian counterpart, B".

    Wherever the sentence is thought to be, B is met at home, where the tour went as well.
    """
    keys = {side.key for side in sides}
    stops = [c for c in reader.told if c.actor is not None and c.actor.key in keys]
    at = {c.at for c in stops if c.destination == other.country}
    return spot is not None and any(c.at in at and c.destination == spot.country for c in stops)


def _is_whole_trip(rule: VerbRule) -> bool:
    """Tell "visited the pope on Monday", the day of the trip, from "met the pope on Monday"."""
    return rule.id in word_set("trip_to_host")


def _meeting_place(
    guest: Actor, hosts: Sequence[Actor], spot: Spot | None, *, visiting: bool
) -> str | None:
    if visiting:
        return host_country(hosts, guest)
    return spot.country if spot is not None else None


__all__ = ["join", "meet"]
