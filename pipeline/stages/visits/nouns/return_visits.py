"""Visits that two pay each other: "exchanged visits", "his counterpart paid a return visit"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import agents_of
from pipeline.reference.countries import is_country
from pipeline.reference.offices import match_offices
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import trip_told

#: The verb that alone tells of a visit paid back.
PAID_BACK = "reciprocate"
#: Within how many sentences a visit is told that another pays back.
_NEAR = 2
#: How many exchange visits.
_PAIR = 2


def paid_each_other(reader: ArgumentReader, noun: Token) -> list[Candidate]:
    """Read "A of Peru and B of Chile exchanged visits in 2021", "B then paid a return visit"."""
    verb = governing_verb(noun)
    if verb is None:
        return []
    if verb.lemma_ == "exchange" and noun.dep_ in OBJECTS:
        return list(_exchanged(reader, noun, verb))
    if verb.lemma_ in word_set("pays_back") and noun.dep_ in OBJECTS:
        return list(_paid_back(reader, noun, verb))
    return list(_returned(reader, noun, verb))


def _exchanged(reader: ArgumentReader, visits: Token, verb: Token) -> Iterator[Candidate]:
    """Read "A of Peru and B of Chile exchanged visits in 2021": each was in the other's land.

    "Peru and Chile exchanged visits", of no one told, and a habit do not fire.
    """
    subject = reader.scene.subject(verb)
    told = {c.lower_ for c in (*visits.children, *verb.children)}
    sides = [a for a in reader.scene.actors(subject) if not a.is_party] if subject else []
    if subject is not None and not sides:
        sides = list(_holders(reader, subject))
    if told & word_set("as_a_habit") or not _are_two(sides):
        return
    fact = fact_of_verb(verb)
    count = 0 if told & word_set("some_number") else 1
    for actor, other in zip(sides, reversed(sides), strict=True):
        yield reader.make(
            noun_rules()["visit"],
            visits,
            actor=actor,
            spot=None,
            destination=other.country,
            fact=fact,
            anchors=[verb],
            count=count,
        )


def _holders(reader: ArgumentReader, subject: Token) -> Iterator[Actor]:
    """Yield by office, one of each land told of, whom "the two foreign ministers" means.

    Of "the two sides", of no office, nobody.
    """
    scene = reader.scene
    group = next((r for r in scene.at(subject.i) if r.kind == "group"), None)
    held = list(match_offices(group.text)) if group is not None else []
    if group is None or len(held) != 1 or not held[0].form.plural or len(group.members) != _PAIR:
        return
    role = group.text[held[0].start : held[0].end].lower().removesuffix("s")
    kind = held[0].form.office
    own = {"kind": "office", "plural": False, "role": role, "role_kind": kind, "members": ()}
    for code in group.members:
        made = group.model_copy(update={**own, "country": code, "actor": f"office-{kind}-{code}"})
        yield Actor(made, subject.i)


def _are_two(sides: Sequence[Actor]) -> bool:
    """Tell two officials of two lands, each told of alone."""
    single = all(is_country(a.country or "") and not a.reference.plural for a in sides)
    return single and len(sides) == len({a.country for a in sides}) == 2


def _returned(reader: ArgumentReader, noun: Token, verb: Token) -> Iterator[Candidate]:
    """Read "A went to Peru in 2021. His counterpart paid a return visit in May": to A's land.

    Of one whose own land is told, or of a place, the noun is read as any other.
    """
    if not any(c.lower_ == "return" and c.i < noun.i for c in noun.children):
        return
    subject = reader.scene.subject(verb)
    owner = next((c for c in noun.children if c.dep_ == "poss"), subject)
    if owner is None or owner.lemma_ not in word_set("other_side"):
        return
    model = trip_told(reader, noun)
    if model is None or model.origin is None or model.destination is None:
        return
    actor = next(iter(reader.scene.actors(owner)), None)
    if actor is None or actor.country not in {None, model.destination, model.origin}:
        return
    own = {"country": model.destination, "guessed": False, "name": None, "entity_id": None}
    own |= {"actor": f"office-{actor.reference.role_kind}-{model.destination}"}
    guest = replace(actor, reference=actor.reference.model_copy(update=own))
    made = reader.make(
        noun_rules()["visit"],
        noun,
        actor=guest,
        spot=None,
        destination=model.origin,
        fact=fact_of_verb(verb),
        anchors=[verb],
    )
    yield replace(made, origin=model.destination)


def _paid_back(reader: ArgumentReader, noun: Token, verb: Token) -> Iterator[Candidate]:
    """Read "A of Peru received B of Chile in May. A returned the visit in June": to B's land.

    Of a traveller whom nobody came to see, or who came himself, nothing is read.
    """
    subject = reader.scene.subject(verb)
    actors = reader.scene.actors(subject) if subject is not None else []
    yield from _to_guests(reader, noun, verb, actors)


def _to_guests(
    reader: ArgumentReader, token: Token, verb: Token, actors: Sequence[Actor]
) -> Iterator[Candidate]:
    """Read that the first of these went where a guest of theirs, told of just before, is from."""
    number = reader.scene.sentence_of[token.i]
    near = [c for c in reader.told if number - reader.scene.sentence_of[c.at] <= _NEAR]
    for actor in actors[:1]:
        came = [c for c in near if c.destination == actor.country and c.origin and c.status]
        if actor.is_party or not came:
            continue
        yield reader.make(
            noun_rules()["visit"],
            token,
            actor=actor,
            spot=None,
            destination=came[-1].origin,
            fact=fact_of_verb(verb),
            anchors=[verb],
        )


def reciprocated(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "A went to Peru in May. B of Peru reciprocated in June", "a trip, reciprocated by B".

    So "a trip that B reciprocated". "B reciprocated the praise", "B reciprocated with tariffs",
    "his praise was reciprocated by B" do not fire.
    """
    trips = noun_rules()
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if verb.dep_ == "relcl" and verb.head.lemma_.lower() in trips:
        objects = [c for c in objects if c.lower_ not in {"that", "which"}]
    if verb.pos_ not in VERBS or objects:
        return
    agents = agents_of(verb)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if agents:
        sentence = reader.scene.sentence(verb.i)
        done = [c for c in verb.children if c.dep_ == "nsubjpass"] or [
            t for t in verb.doc[sentence.start : verb.i] if t.pos_ == "NOUN"
        ]
        if any(t.lemma_.lower() in trips for t in done):
            found = [a for head in agents for a in reader.scene.actors(head)]
            yield from _to_guests(reader, verb, verb, found)
    elif not passive and not any(c.lower_ in {"with", "by"} for c in verb.children):
        subject = reader.scene.subject(verb)
        found = reader.scene.actors(subject) if subject is not None else []
        yield from _to_guests(reader, verb, verb, found)


__all__ = ["PAID_BACK", "paid_each_other", "reciprocated"]
