"""Calls on a host, who is at home: "paid a courtesy call on the king of Jordan"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_visiting
from pipeline.stages.visits.meetings.meeting_trips import trip_to_meet
from pipeline.stages.visits.nouns.counts import times
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set

#: How far before a leader's name his land may stand ("Chinese leader X"), in tokens.
_TITLE_REACH = 5


def is_call(verb: Token, rule: VerbRule) -> bool:
    """Tell what is paid to one who is at home: a call, an audience."""
    objects = {c.lemma_ for c in verb.children if c.dep_ in OBJECTS}
    return rule.id in word_set("calls") or "audience" in objects


def asks_host(reader: ArgumentReader, verb: Token, aims: str = "aim_of_call") -> bool:
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
        r.kind in PERSONAL_KINDS for h in heads if h.i > verb.i for r in reader.scene.at(h.i)
    )


def is_aim_of_trip(verb: Token) -> bool:
    """Tell "during a visit to meet the king", who is at home, wherever else the sentence is."""
    return verb.tag_ == "VB" and verb.dep_ in ADNOMINAL and verb.head.lemma_ in noun_rules()


def calls_at_home(
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
    if len(others) != 1 or (rule.id == "call_on" and asks_host(reader, verb, "sure_aim_of_call")):
        return
    host, visits = others[0], rule.id == "visit_host"
    leads = host.reference.role_kind in leading or (visits and _leads_land(reader, host))
    if not leads or not (is_country(host.country or "") or host.country == "VAT"):
        return
    away = any(t.destination for t in reader.told_of(host))
    if away or is_visiting(reader, host) or host.reference.plural:
        return
    often = times(reader.scene, verb) if visits else 1
    asking = rule.id == "call_on" and any(c.lower_ == "for" for c in verb.children)
    if here is not None and here.country != host.country and often == 1:
        return  # both may be where the article is set, but not "three times since 2020"
    for guest in sides:
        reference = guest.reference
        foreign = guest.country not in {None, host.country} and not reference.guessed
        official = reference.role_kind in leading or _is_sent_from_home(guest, asking=asking)
        official = official or (visits and _leads_land(reader, guest))
        if foreign and official and not reference.plural:
            told = trip_to_meet(reader, verb, rule, guest=guest, hosts=others, spot=None, at=host)
            yield from (replace(one, count=often) for one in told)


def called_on_guests(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    callers: Sequence[Actor],
    guests: Sequence[Actor],
) -> Iterator[Candidate]:
    """Read "Peru's president paid a courtesy call on the king of Jordan at his hotel": in Peru.

    One who is himself told to be on a trip calls on fellow guests.
    """
    leads = words("leading_class") - {"leader"}
    homes = [c for c in callers if c.reference.role_kind in leads and is_country(c.country or "")]
    if len(callers) != 1 or not homes:
        return
    home = homes[0]
    here = reader.scene.here
    away = any(t.is_of(home) and t.status and t.destination for t in reader.told)
    if away or is_visiting(reader, home) or (here is not None and here.country != home.country):
        return
    for guest in guests:
        foreign = guest.country not in {None, home.country} and not guest.reference.guessed
        if foreign and guest.reference.role_kind in leads and not guest.reference.plural:
            yield from trip_to_meet(
                reader, verb, rule, guest=guest, hosts=callers, spot=None, at=home
            )


def is_at_lodging(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a call on somebody "at his hotel", not what is done at one after the call."""
    for token in reader.scene.sentence(verb.i):
        if token.i > verb.i and token.lower_ in word_set("stays_at"):
            return True
        if token.i > verb.i and token.pos_ == "VERB" and token.dep_ == "conj":
            return False
    return False


def _is_sent_from_home(guest: Actor, *, asking: bool) -> bool:
    """Tell special envoys, members of parliament and heads of a state's bodies from residents.

    Not the one of "Lawmaker X called on the president for an inquiry", who asks from home.
    """
    role, kind = (guest.reference.role or "").lower(), guest.reference.role_kind
    if kind == "envoy":
        return "special" in role
    if asking or not is_country(guest.country or "") or guest.reference.name is None:
        return False
    head = role.partition(" of ")[0].split()
    chairs = bool(head) and head[-1].removeprefix("vice-") in word_set("chairs_body")
    return kind in word_set("sent_to_call") or (kind == "official" and chairs)


def _leads_land(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "Chinese leader X" from "opposition leader X", "Hamas leader X"."""
    reference = actor.reference
    if reference.role_kind != "leader" or (reference.role or "").lower() != "leader":
        return False
    before = range(max(0, actor.token - _TITLE_REACH), actor.token)
    lands = (r.country for i in before for r in reader.scene.at(i) if r.kind == "country")
    return reference.name is not None and actor.country in lands


__all__ = [
    "asks_host",
    "called_on_guests",
    "calls_at_home",
    "is_aim_of_trip",
    "is_at_lodging",
    "is_call",
]
