"""Meetings, who meets at them and where: the trips of those who are not at home there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PAST, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import place_of_journey
from pipeline.stages.visits.hosts.at_home import met_at_home
from pipeline.stages.visits.hosts.calls_on_hosts import (
    asks_host,
    called_on_guests,
    calls_at_home,
    is_aim_of_trip,
    is_at_lodging,
    is_call,
)
from pipeline.stages.visits.hosts.next_guests import place_of_next_guest
from pipeline.stages.visits.hosts.receive_verbs import beside_object, passive_sides, receive
from pipeline.stages.visits.lists.instances import some_named
from pipeline.stages.visits.meetings.elsewhen import is_elsewhen
from pipeline.stages.visits.meetings.joined_there import joined_there
from pipeline.stages.visits.meetings.letters_brought import letter_told_of, sent_by
from pipeline.stages.visits.meetings.meeting_places import (
    at_event,
    is_beside_assembly,
    lead_place,
    place_of_told,
    place_told_next,
    seat_of_delegations,
)
from pipeline.stages.visits.meetings.meeting_sides import is_family, meeting_sides, those_of_pronoun
from pipeline.stages.visits.meetings.meeting_trips import (
    found_abroad,
    met_abroad,
    met_apart,
    trip_to_meet,
)
from pipeline.stages.visits.meetings.meetings_ahead import place_ahead
from pipeline.stages.visits.meetings.met_in_places import each_in_its_place, in_their_lands
from pipeline.stages.visits.meetings.ranks import called_on_leader
from pipeline.stages.visits.meetings.sidelines import is_edge
from pipeline.stages.visits.nouns.counts import times
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set
from pipeline.stages.visits.tours.stop_before import stop_before

#: How far behind "and later with" its town may stand, in tokens.
_LATER_REACH = 10


def meet(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A met B in X": who is not at home in X has travelled."""
    if _is_phoned(verb) if rule.id in word_set("calls") else reader.is_remote(verb):
        return
    if rule.id == "call_on" and asks_host(reader, verb):
        return
    aim = verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB"
    if _is_of_noun_before(verb.head if aim else verb):
        return
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if passive and not is_call(verb, rule) and rule.id not in word_set("given_by_guest"):
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
    if rule.id in word_set("sees_official") and not any(b.reference.role_kind for b in others):
        return  # "will see a mine in Peru"
    for town in _later_towns(reader, verb):
        for side in (a for a in sides if a.reference.name and a.reference.role_kind):
            yield from trip_to_meet(reader, verb, rule, guest=side, hosts=(), spot=town)
    if at_homes := in_their_lands(reader, verb, others):
        for guest, host in ((a, b) for a in sides for b in at_homes):
            yield from trip_to_meet(
                reader, verb, rule, guest=guest, hosts=[host], spot=None, at=host
            )
        return
    local, journey = reader.local_spot(verb, None), place_of_journey(reader, verb)
    if local is not None and (event := _event_told_of(verb, rule, local)) is not None:
        for side in sides if _is_own_event(event) else ():
            yield from trip_to_meet(reader, verb, rule, guest=side, hosts=(), spot=local)
        return
    if local is not None and rule.id in word_set("may_be_afar") and _of_topic(verb, local):
        return
    if local is not None and ((journey and local.start < verb.i) or is_elsewhen(verb, local)):
        local = None  # "held talks in Muscat and went to Doha to meet B"
    if local is None and journey is None and is_beside_assembly(reader, verb):
        return
    ahead, later = place_ahead(reader, verb, [*sides, *others]) if local is None else (False, None)
    if ahead and later is None:
        return
    spot = (
        local
        or journey
        or later
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
        yield from met_abroad(reader, verb, rule, sides=sides)
    if others and not sides and local is not None and local.is_town:
        yield from found_abroad(reader, verb, rule, others=others, spot=local)
    if local is None:
        hosting = met_at_home(reader, verb.i, sides, others)
        others = [other for other in others if other not in hosting]
    if not sides or not others:
        return
    apart = list(each_in_its_place(reader, verb, others))
    if apart:
        yield from met_apart(reader, verb, rule, sides=sides, apart=apart)
        return
    # Whom one calls on is at home, wherever the report was written.
    lodged = is_call(verb, rule) and is_at_lodging(reader, verb)
    at_home = (local is None and is_call(verb, rule) and not lodged) or is_aim_of_trip(verb)
    if lodged and spot is None:
        yield from called_on_guests(reader, verb, rule, callers=sides, guests=others)
        return
    if at_home and spot is None:
        yield from calls_at_home(reader, verb, rule, sides=sides, others=others)
        return
    if spot is None and rule.id not in word_set("may_be_afar"):
        for guest, host in called_on_leader(reader, verb, sides, others):
            yield from trip_to_meet(
                reader, verb, rule, guest=guest, hosts=[host], spot=None, at=host
            )
        return
    # "flew to Peru and Chile to meet leaders, including B", who was in but one of them
    lands = {s.country for s in reader.scene.spots(spot.start)} if spot is not None else set()
    somewhere = local is None and len(lands) > 1
    if spot is not None and spot is journey and not spot.is_town:
        # "arrived in Peru to meet the presidents of Peru and Chile", wherever he of Chile is met
        somewhere = somewhere or any(b.country == spot.country for b in others)
    on_tour = local is None or bool(reader.where(verb))
    abroad = [b for b in others if not (on_tour and _is_on_their_tour(reader, sides, b, spot))]
    abroad = [b for b in abroad if not _is_met_besides(reader, b) and not _are_any_officials(b)]
    edges = (t for t in reader.scene.sentence(verb.i) if is_edge(t))
    if any(next((a for a in t.ancestors if a.pos_ == "VERB"), None) == verb for t in edges):
        abroad = [b for b in abroad if b.reference.name]  # "met his counterparts on the sidelines"
    given = rule.id in word_set("given_by_guest")  # "conveyed an invitation to B to visit Lima"
    guests = [] if at_home or somewhere or given else [(b, sides) for b in abroad]
    counted = journey is not None and times(reader.scene, verb.head) != 1
    goers = [] if counted else [(a, others) for a in sides]  # "flew to Lima twice to meet B"
    for guest, hosts in goers + guests:
        if not guest.is_party and guest.country is not None:
            yield from trip_to_meet(reader, verb, rule, guest=guest, hosts=hosts, spot=spot)
            further = reader.scene.spots(spot.start)[1:] if spot is not None else []
            for place in further if all(host.reference.plural for host in hosts) else ():
                yield from trip_to_meet(reader, verb, rule, guest=guest, hosts=hosts, spot=place)
    if spot is not None and spot is local:
        away = [a for a in sides if a.reference.name and a.country != spot.country]
        fact = fact_of_verb(verb)
        yield from stop_before(reader, verb, rule, actors=away, ends=[spot], fact=fact)


def _is_phoned(verb: Token) -> bool:
    """Tell "made a phone call to B" from "made a call on B", "paid a courtesy call"."""
    calls = (c for c in verb.children if c.dep_ in UNDERGONE)
    return any(c.lower_ in words("remote") for call in calls for c in call.children)


def _are_any_officials(other: Actor) -> bool:
    """Tell "met officials of Peru and the UN in Lima": those of the UN are there anyway.

    So is whoever is met among many; ministers and delegations come for it.
    """
    who = other.reference
    return who.plural and not who.name and who.role_kind == "official"


def _is_of_noun_before(verb: Token) -> bool:
    """Tell the "convened" of "were asked to a summit in Lima today convened by X", by any parse."""
    own = {c.dep_ for c in verb.children}
    return verb.tag_ in PAST and "agent" in own and own.isdisjoint({"aux", "auxpass", *SUBJECTS})


def _is_met_besides(reader: ArgumentReader, other: Actor) -> bool:
    """Tell B of "will hold talks in Lima and with B", who is met elsewhere, as the "and" tells."""
    doc, at = reader.scene.doc, reader.scene.bounds_of(other.reference)[0] - 1
    at -= word_at(doc, at) == "the"
    joined = doc[max(0, at - 1) : at + 1].text.lower() == "and with"
    return joined and any(reader.scene.places_in(at - 2, at - 1))


def _who_meet(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, passive: bool
) -> tuple[list[Actor], list[Actor]] | None:
    """Return both sides of a meeting; None where what the verb tells is none."""
    sides, others = meeting_sides(reader, verb)
    if passive:  # "the king was called on by X", "a letter was handed to the king by X"
        others, sides = passive_sides(reader, verb)
        given = rule.id in word_set("given_by_guest")
        others = beside_object(reader, verb, rule) if given else others
        if given and not others:
            letter = letter_told_of(reader, verb)
            others, sides = letter.reached, sent_by(sides, letter)
    elif rule.beside:
        others = beside_object(reader, verb, rule)
        if rule.id in word_set("done_to_one") and not others:
            return None  # "A and B signed a pact" is told as a presence
    if rule.id in word_set("may_be_afar") and _may_be_afar(reader, verb):
        return None
    if rule.id in word_set("told_to_team") and not _is_to_team(reader, verb, rule):
        return None
    sides, others = some_named(reader.scene, sides), some_named(reader.scene, others)
    if not sides and not others:
        sides = those_of_pronoun(reader, verb, rule)
    return sides, others


def _is_to_team(reader: ArgumentReader, verb: Token, rule: VerbRule) -> bool:
    """Tell "talked to a team led by B", "told a team" from "talked to B", who may be far away."""
    heads = [h for c in verb.children if c.lower_ in rule.beside for h in c.children]
    heads += [c for c in verb.children if c.dep_ in UNDERGONE | {"dative"}]
    return any(r.kind == "delegation" and not r.plural for h in heads for r in reader.scene.at(h.i))


def join(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A joined B in Oslo for talks", "A was joined in Oslo by B": both were there.

    "A joined B in condemning the raid in Oslo" does not fire. Who joins those of his own land
    abroad is not their host either.
    """
    passive = any(c.dep_ in {"nsubjpass", "agent"} for c in verb.children)
    sides, others = passive_sides(reader, verb) if passive else meeting_sides(reader, verb)
    lands = {a.country for a in sides}
    fellows = [a for a in others if a.country in lands and a.reference.name and not passive]
    others = [a for a in others if a.country not in lands] or fellows
    spot = reader.local_spot(verb, None) if sides and others else None
    deed = any(c.dep_ == "pcomp" for prep in verb.children for c in prep.children)
    if deed or reader.is_remote(verb) or _is_on_sidelines(reader, verb):
        return
    if spot is None:
        yield from joined_there(reader, verb, rule)
        return
    for guest in (a for a in (*sides, *others) if a.reference.role_kind and not a.is_party):
        yield from trip_to_meet(reader, verb, rule, guest=guest, hosts=(), spot=spot)


def _may_be_afar(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "will discuss tea with B", and "discussed tea with B" beside a sentence of a call."""
    number = reader.scene.sentence_of[verb.i]
    beside = reader.scene.sentences[max(0, number - 1) : number + 2]
    called = any(t.lower_ in words("remote") for sentence in beside for t in sentence)
    return called or (fact_of_verb(verb).status != "completed" and not _in_town(reader, verb))


def _of_topic(verb: Token, spot: Spot) -> bool:
    """Tell "discussed the talks in Rome with his ministers", where the talks are in Rome."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
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
            if place.pos_ in VERBS:
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


def _is_on_sidelines(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a meeting on the sidelines of an event from one told behind such a one.

    Who "met A in Lisbon on the sidelines of a summit" is said to have been in Lisbon; "on the
    sidelines of the summit in Lisbon" places the summit alone.
    """
    for token in reader.scene.sentence(verb.i):
        if is_edge(token):
            own = next((t for t in token.ancestors if t.pos_ == "VERB"), verb)
            above = own in verb.ancestors and own.lemma_ != "meet"
            if token.i > verb.i or own == verb or above:
                return not _is_placed(reader, verb, token)
    return False


def _is_placed(reader: ArgumentReader, verb: Token, edge: Token) -> bool:
    """Tell the Lisbon of "met A in Lisbon on the sidelines of a summit", where they met.

    So the "here" of "met A here on the sidelines", and the Lisbon of "on the sidelines of a summit
    met A in Lisbon". Not the Peru of "met the head of the mission in Peru, A, on the sidelines".
    """
    end = edge.i if edge.i > verb.i else reader.scene.sentence(verb.i).end
    inside = reader.scene.doc[verb.i + 1 : end]
    if any(t.lower_ == "here" and reader.scene.spots(t.i) and verb in t.ancestors for t in inside):
        return True
    preps = (t for t in inside if t.lower_ in {"in", "at"})
    spots = ((prep, spot) for prep in preps for spot in reader.scene.spots(prep.i + 1))
    own = edge.i > verb.i
    return any((own and spot.is_town) or prep.head == verb for prep, spot in spots)


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


__all__ = ["join", "meet"]
