"""Trips told by where one comes from: "arrived from Lima", "left Lima for home"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models import Reference
from models.entity import PERSONAL_KINDS
from models.visit import MADE
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.lists.by_land import opens_entry
from pipeline.stages.visits.tables import NounRule, VerbRule, word_set
from pipeline.stages.visits.tours.stop_before import left_behind
from pipeline.stages.visits.travel.homeward import HOMEWARD, left_from

#: How many sentences back the trip may be told from which one lands at home.
_TRIP_REACH = 5


def leave_from(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    actors: Sequence[Actor],
    ends: Sequence[Spot],
    fact: Fact,
) -> Iterator[Candidate]:
    """Read the country behind in "left Britain for Brussels", where it is not home.

    Who "will leave here" is there still.
    """
    if verb.lemma_ not in words("departs") or verb.i + 1 == len(verb.doc):
        return
    abroad = [spot for spot in reader.scene.spots(verb.i + 1)[:1] if spot.start <= verb.i + 4]
    here = reader.here(verb.i + 1, {actor.country for actor in actors})
    if here is not None and fact.status == "planned":
        fact = Fact("ongoing", weak=True)
    for spot in abroad or ([here] if here is not None else []):
        for actor in actors:
            if actor.country in {None, spot.country} or spot.country in {e.country for e in ends}:
                continue
            if is_seated(actor, spot.country):
                continue
            if fact.status is not None:
                yield reader.make(
                    rule,
                    verb,
                    actor=actor,
                    spot=spot,
                    fact=replace(fact, reason="", weak=fact.weak or fact.status == "planned"),
                    phase="leave",
                    score=rule.score * 0.8,
                )


def landing_at_home(
    reader: ArgumentReader, verb: Token, rule: VerbRule, own: Collection[str | None]
) -> list[Candidate]:
    """Read "landed on Sunday at the airport of Apia" of a Samoan: the trip told ends then."""
    if rule.id not in word_set("arrival"):
        return []
    preps = [c for c in verb.children if c.lower_ in {"at", "in", "to"} and c.i > verb.i]
    spots = [s for c in preps for t in c.subtree for s in reader.scene.spots(t.i)]
    if not (spots or _has_come_back(reader, verb)) or any(s.country not in own for s in spots):
        return []
    fact = replace(fact_of_verb(verb), reason=HOMEWARD)
    made = [
        reader.make(
            rule,
            verb,
            actor=actor,
            spot=None,
            fact=fact,
            phase="leave",
            score=0.55,
            joins=True,
        )
        for actor in reader.travellers(verb)
        if fact.status is not None
    ]
    return [replace(c, rule="come_home", when=When(None, c.when.end)) for c in made]


def _has_come_back(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "landed at noon" of one of whom it was just told that he has come back.

    "Is back from Lima. He landed there on Friday", "he had landed" are not of his coming home.
    """
    if not reader.told or fact_of_verb(verb).reason == "pluperfect":
        return False
    if any(c.lower_ in {"there", "from"} for c in verb.children):
        return False
    told, scene = reader.told[-1], reader.scene
    near = 0 <= scene.sentence_of[verb.i] - scene.sentence_of[told.at] <= 1
    back = told.rule in word_set("has_come_home") or any(
        t.lemma_ == "return" for t in scene.doc[told.at].ancestors
    )
    own = told.actor is not None and told.actor.key in {a.key for a in reader.travellers(verb)}
    beside = [t for t in reader.told if scene.sentence_of[t.at] == scene.sentence_of[told.at]]
    alone = {t.destination for t in beside} == {
        told.destination
    }  # not "stopped in Bonn on his way"
    return near and back and own and alone and told.status == "completed"


def is_back_from_abroad(
    reader: ArgumentReader, verb: Token, spots: Sequence[Spot], own: Collection[str | None]
) -> bool:
    """Tell "wrapped up a visit to Lima. He landed in Nairobi on Friday" of a Kenyan.

    Not "landed in Mombasa on Friday" of one of whom no trip abroad is told right before.
    """
    number, keys = reader.scene.sentence_of, {a.key for a in reader.travellers(verb)}
    near = [c for c in reader.told if 0 < number[verb.i] - number[c.at] <= _TRIP_REACH]
    last = next((c for c in reversed(near) if c.actor is not None and c.actor.key in keys), None)
    if last is None or last.actor is None or last.status not in MADE:
        return False
    home = last.actor.country
    back = home is not None and all(spot.country == home for spot in spots)
    return back and last.destination not in {None, home, *own}


def is_home_again(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> bool:
    """Tell "landed at the airport on Sunday from Lima" of a text that is not set abroad."""
    source = reader.source(verb) or _from_event(reader, verb)
    if source is None or source in own:
        return False
    abroad = [t for t in reader.told if t.status in MADE and t.destination]
    if abroad and {t.destination for t in abroad} == {source}:
        return True  # "a day after a visit to Lima he arrived from Lima"
    here = reader.scene.here or reader.scene.ground(own)
    return here is None or here.country in {source, *own}


def _from_event(reader: ArgumentReader, verb: Token) -> str | None:
    """Return the country of "flew in from talks in Lima"."""
    preps = (c for c in verb.children if c.lower_ == "from" and c.i > verb.i)
    return next((s.country for p in preps if (s := left_behind(reader, p)) is not None), None)


def come_from(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    actors: Sequence[Actor],
    ends: Sequence[Spot] = (),
    home: bool,
) -> Iterator[Candidate]:
    """Read the stop before in "arrived from (a summit in) Kiribati on Friday", if not home.

    So in "took off from Kiribati for Fiji on Friday", which is the last day there. None in
    "travelled by train from Poland".

    Args:
        ends: where the travellers arrived.
        home: whether they are home again, so that the day of their arrival is the trip's last.
    """
    fact = fact_of_verb(verb)
    home = home or rule.id in word_set("sets_off_from")
    here = (c for c in verb.children if c.lower_ == "here")
    for child in (*verb.children, *(c for word in here for c in word.children)):
        if child.lower_ != "from" or child.i < verb.i or fact.status is None:
            continue
        if _goes_overland(verb) or opens_entry(reader, child):
            continue
        stop = left_behind(reader, child)
        site = left_from(reader, verb)[:1] if rule.id in word_set("sets_off_from") else []
        beyond = [stop] if stop is not None else site
        for spot in reader.scene.spots(child.i + 1)[:1] or beyond:
            foreign = [a for a in actors if a.country not in {None, spot.country}]
            foreign = [a for a in foreign if not _is_based(a, spot.country)]
            if spot.country in {end.country for end in ends}:
                continue
            if any(a.country == spot.country and _are_many(a, foreign) for a in actors):
                continue  # "delegations arrived from many countries, including Peru and Chile"
            for actor in foreign:
                made = reader.make(
                    rule,
                    verb,
                    actor=actor,
                    spot=spot,
                    fact=fact if fact.status == "planned" else Fact("completed"),
                    phase="leave" if home else "none",
                    score=0.55,
                )
                when = When(None, made.when.end) if home else When()
                yield replace(made, rule="come_from", when=when)


def _goes_overland(verb: Token) -> bool:
    """Tell "travelled by train from Poland", of whoever but passed through it, from "flew from".

    Not "returned by train from Poland".
    """
    means = prep_objects(verb, "by")
    return verb.lemma_ != "return" and any(t.lemma_ in word_set("overland") for t in means)


def arrived_from(
    reader: ArgumentReader, noun: Token, rule: NounRule, *, actors: Sequence[Actor]
) -> Iterator[Candidate]:
    """Read the stop before in "on his arrival (in Accra) from Lima on Monday" of a Ghanaian.

    "After the arrival of aid from Lima", "bad weather held up his arrival from Lima" have none.
    """
    led = next((c for c in noun.children if c.lower_ == "from" and c.i > noun.i), None)
    spots = reader.scene.spots(led.i + 1)[:1] if led is not None else []
    told = noun.head.lower_ in words("upon") or noun.head.lower_ in words("after_trip")
    if rule.id != "arrival" or not spots or not told or _is_of_goods(reader, noun):
        return
    reached = {s.country for s in reader.places(noun, ("in", "at", "to"))}
    for actor in actors:
        if actor.country in {None, spots[0].country} or actor.is_party:
            continue
        if _is_based(actor, spots[0].country):
            continue
        here = reader.scene.here
        home = reached <= {actor.country} and (here is None or here.country == actor.country)
        made = reader.make(
            rule,
            noun,
            actor=actor,
            spot=spots[0],
            fact=Fact("completed"),
            phase="leave",
            score=0.55,
        )
        if made.when.start is None and spots[0].country not in reached:
            yield replace(made, rule="come_from", when=made.when if home else When())


def _is_of_goods(reader: ArgumentReader, arrival: Token) -> bool:
    """Tell "the arrival of vaccines from Lima" from "the arrival of President A from Lima"."""
    come = [t for t in prep_objects(arrival, "of") if t.dep_ == "pobj"]
    return any(not reader.scene.actors(each) for each in come)


def _is_based(actor: Actor, country: str | None) -> bool:
    """Tell whether who speaks for the UN works there: its envoy in Geneva, not its head."""
    heads = actor.reference.role_kind == "head_of_organization"
    based = f"{actor.country} {country}" in word_set("office_of_body")
    return is_seated(actor, country) or (based and not heads)


def gapped(
    reader: ArgumentReader, verb: Token, preps: Sequence[str]
) -> Iterator[tuple[Actor, Spot]]:
    """Read "and B to Chile" behind "A flew to Peru"."""
    doc = reader.scene.doc
    sentence = reader.scene.sentence(verb.i)
    for at in range(verb.i + 3, sentence.end - 1):
        if doc[at].lower_ not in preps:
            continue
        actors = [
            r
            for r in reader.scene.at(at - 1)
            if r.kind in PERSONAL_KINDS and reader.scene.bounds(r)[1] == at
        ]
        if not actors:
            continue
        opener = _opener(reader, actors[0])
        spots = reader.scene.spots(at + 1) if opener in {"and", ",", "while", ";", "but"} else []
        for spot in spots:
            yield Actor(actors[0], at - 1, 0.9), spot


def _opener(reader: ArgumentReader, reference: Reference) -> str:
    """Return the word before an actor and his title."""
    start = reader.scene.bounds(reference)[0]
    doc = reader.scene.doc
    at = start - 1
    inner = {"the", "of", "'s", "’s"}
    while at > 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in inner):
        at -= 1
    return doc[at].lower_ if at >= 0 else ""


def _are_many(actor: Actor, foreign: Sequence[Actor]) -> bool:
    """Tell the "delegations", the "leaders" of his country and of others."""
    told = {other.token for other in foreign}
    return actor.reference.kind == "delegation" or actor.token in told


__all__ = ["arrived_from", "come_from", "gapped", "is_home_again", "landing_at_home", "leave_from"]
