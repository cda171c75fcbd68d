"""The trip to a meeting of one of its sides, and who met somebody abroad that is not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import host_country, is_seated, is_visiting
from pipeline.stages.visits.meetings.local_places import is_of_whole_area
from pipeline.stages.visits.meetings.ranks import is_sent, leads
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.trigger_senses import measured


def met_apart(
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
                yield from trip_to_meet(reader, verb, rule, guest=guest, hosts=[host], spot=own)


def met_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, sides: Sequence[Actor]
) -> Iterator[Candidate]:
    """Read "met with growers in Lima", "will have talks with officials and donors in Peru"."""
    told = [c for c in verb.children if c.dep_ in OBJECTS]
    objects = [*told, *(t for thing in told for t in measured(thing))]
    with_whom = [h for head in (verb, *objects) for c in head.children for h in c.children]
    met = [h for h in with_whom if h.head.lower_ == "with"]
    met += [h for whole in (*told, *met) for h in _of_group(whole)]
    settled = [c for h in (*told, *met) for c in h.children if _settles(c)]
    heads = [verb, *objects, *met, *settled, *(listed for h in met for listed in h.conjuncts)]
    preps = [c for head in heads for c in head.children if c.lower_ in {"in", "at"}]
    # "met bankers from around the world in Lima", which is no part of the world met
    preps += [t for t in verb.subtree if t.lower_ == "in" and is_of_whole_area(t)]
    for prep in sorted(preps, key=lambda prep: prep.i):
        spots = reader.scene.spots(prep.i + 1) if prep.i > verb.i else []
        for spot in spots:
            near = {verb, *objects, *(met if verb.lemma_ == "meet" else ()), *settled}
            distant = prep.head not in near and not spot.is_town
            if distant or reader.is_behest(spot):
                continue  # "talks with growers in Peru" may be anywhere; they "met with" are there
            for side in sides:
                known = bool(side.reference.name and side.reference.role_kind)
                known = known or (spot.is_town and (is_sent(side) or leads(side)))
                if known and not side.reference.guessed and side.country != spot.country:
                    yield from trip_to_meet(reader, verb, rule, guest=side, hosts=(), spot=spot)
        if spots:
            return
    here = next((c for h in heads for c in h.children if c.i > verb.i and _is_here(c)), None)
    ground = reader.scene.here if here is not None else None
    for side in sides if ground is not None else ():
        known = bool(side.reference.name and side.reference.role_kind)
        if ground is not None and known and not side.reference.guessed:
            yield from trip_to_meet(reader, verb, rule, guest=side, hosts=(), spot=ground)


def _is_here(token: Token) -> bool:
    return token.lower_ == "here" and token.pos_ == "ADV"


def _of_group(whole: Token) -> list[Token]:
    """Return the diaspora of "members of the diaspora"."""
    if whole.lemma_.lower() not in word_set("part_of_group"):
        return []
    return prep_objects(whole, "of")


def _settles(verb: Token) -> bool:
    """Tell the "living" of "met nationals living in Lima", whom one meets there."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.lemma_ in word_set("dwells")


def found_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, others: Sequence[Actor], spot: Spot
) -> Iterator[Candidate]:
    """Read "I met the premier in Lima", "nurses met the premier in Lima": he was there."""
    subject = reader.scene.subject(verb)
    told = subject is not None and subject.pos_ in NOUNS and verb.lemma_ == "meet"
    if subject is None or not (told or subject.lower_ in {"i", "we", "he", "she", "they"}):
        return
    for other in others:
        single = other.reference.name and other.reference.role_kind
        if single and not other.reference.guessed and other.country != spot.country:
            yield from trip_to_meet(reader, verb, rule, guest=other, hosts=(), spot=spot)


def trip_to_meet(
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
    if country is None or country == guest.country:
        return
    sentence = reader.scene.sentence(verb.i)
    told = spot is not None and sentence.start <= spot.start < sentence.end
    if guest.reference.guessed and not (told and _meets_host(guest, hosts, country)):
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


def _meets_host(guest: Actor, hosts: Sequence[Actor], country: str) -> bool:
    """Tell "Premier X met Peruvian President A in Lima": X is no Peruvian, whose else he may be."""
    own = guest.reference
    leads = bool(own.name) and own.role_kind in words("leading_class")
    named = (h.reference for h in hosts if h.country == country and not h.reference.guessed)
    return leads and any(h.name and h.role_kind in words("leading_class") for h in named)


def _is_whole_trip(rule: VerbRule) -> bool:
    """Tell "visited the pope on Monday", the day of the trip, from "met the pope on Monday"."""
    return rule.id in word_set("trip_to_host")


def _meeting_place(
    guest: Actor, hosts: Sequence[Actor], spot: Spot | None, *, visiting: bool
) -> str | None:
    if visiting:
        return host_country(hosts, guest)
    return spot.country if spot is not None else None


__all__ = ["found_abroad", "met_abroad", "met_apart", "trip_to_meet"]
