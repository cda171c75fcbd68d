"""Speeches to a foreign parliament: who speaks in a house has come to its country."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models import Reference
from models.entity import ACTOR_KINDS, LAND_KINDS
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS
from pipeline.neighbours import agents_of, prep_objects, text_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule, word_set

#: How far behind the verb the house may be named, in tokens.
_REACH = 12
#: How many sentences back the house may be told that "the parliament" means.
_LOOK_BACK = 3


def speak_in_house(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "addressed the Ghanaian parliament in 2016", "spoke before the Bundestag".

    "addressed the parliament of his country", "spoke to lawmakers by video link" do not fire.
    """
    passive = (c for c in verb.children if c.dep_ == "nsubjpass")
    members = word_set("members_of_house")
    addressed = next((c for c in passive if is_house(c) or c.lower_ in members), None)
    house = addressed or _house(reader, verb, rule)
    if house is None or reader.is_remote(verb) or _is_from_afar(reader, verb):
        return
    agents = agents_of(verb)
    subject = reader.scene.subject(verb)
    heads = agents or ([subject] if subject is not None and subject != house else [])
    of_world = _is_world_body(reader, house)
    for actor in [a for head in heads for a in reader.scene.actors(head)]:
        spot = stands_in(reader, house, actor.country)
        if spot is None or actor.is_party or actor.reference.guessed or not _is_official(actor):
            continue
        yield reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact_of_verb(verb),
            notes=("presence",) if of_world else ("presence", "inside"),
        )


def _is_from_afar(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "addressed the UN from Lima", "addressed the parliament from his palace in Lima"."""
    sources = (h for c in verb.children if c.lower_ == "from" for h in c.subtree)
    return any(reader.scene.spots(token.i) for token in sources)


def _is_official(actor: Actor) -> bool:
    """Tell a named holder of an office, "the Peruvian president", and "ministers"."""
    reference = actor.reference
    named = bool(reference.name) or reference.role_kind in words("leading_class")
    return bool(reference.role_kind) and (
        reference.plural or (named and is_country(actor.country or ""))
    )


def is_house(token: Token) -> bool:
    """Tell a parliament by its word or its name."""
    nominal = token.pos_ in NOUNS
    words_told = {token.lower_, token.lemma_.lower()}
    general = token.i > 0 and token.nbor(-1).lower_ in word_set("other_assembly")
    return nominal and bool(words_told & word_set("house")) and not general


def _house(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Token | None:
    """Return the house that a verb's object or preposition names."""
    end = min(reader.scene.sentence(verb.i).end, verb.i + _REACH)
    led = verb.lemma_ in word_set("addresses")
    for token in verb.doc[verb.i + 1 : end]:
        if token.pos_ == "VERB" or token.text in {";", ":"}:
            return None
        led = led or token.lower_ in rule.preps
        if token.lower_ in word_set("of_a_topic") - {"of", *rule.preps}:
            return None
        members = token.lower_ in word_set("members_of_house") and (
            verb.lemma_ == "address" or text_at(verb.doc, token.i + 1) == "in"
        )
        if led and (members or is_house(token) or _is_world_body_at(reader, verb, token)):
            return token
    return None


def _is_world_body(reader: ArgumentReader, token: Token) -> bool:
    """Tell the last word of the United Nations by name, not the "UN" of "UN envoys"."""
    named = any(r.country == "UN" and r.form == "name" for r in reader.scene.at(token.i))
    behind = token.doc[token.i + 1 : token.i + 2]
    return named and not (len(behind) and behind[0].pos_ in {"NOUN", "PROPN", "PART"})


def _is_world_body_at(reader: ArgumentReader, verb: Token, token: Token) -> bool:
    """Tell "addressed the UN", "addressed leaders at the UN", "spoke before the United Nations".

    Not "addressed the UN's envoys", "addressed the matter at the UN", "spoke before the UN voted",
    "spoke to the UN", as one may by letter.
    """
    if not _is_world_body(reader, token):
        return False
    at = token.i - 1
    while at > verb.i and (reader.scene.at(at) or verb.doc[at].lower_ == "the"):
        at -= 1
    over = verb.doc[at]
    if over == verb:
        return verb.lemma_ == "address"
    there = over.lower_ in {"at", "before"} and over.dep_ != "mark"
    return there and (verb.lemma_ != "address" or _is_to_people(reader, verb))


def _is_to_people(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "addressed leaders", "addressed the delegates" from "addressed the matter"."""
    addressed = [c for c in verb.children if c.dep_ in OBJECTS]
    people = word_set("members_of_house", "hearers_at_body")
    kinds = {r.kind for c in addressed for r in reader.scene.at(c.i)}
    told = {c.lemma_.lower() for c in addressed}
    return bool(told & people) or not kinds.isdisjoint(ACTOR_KINDS)


def stands_in(reader: ArgumentReader, house: Token, own: str | None) -> Spot | None:
    """Return whose a house is: as told beside it, else that of the house told before.

    Args:
        own: the country of him who speaks there, whose own house it is not.
    """
    spot = _owner(reader, house) or _by_its_name(reader, house, own)
    if spot is not None:
        return spot if spot.country != own else None
    if not any(c.lower_ in {"the", "its", "a", "both"} for c in house.children):
        return None
    number = reader.scene.sentence_of[house.i]
    start = reader.scene.sentences[max(0, number - _LOOK_BACK)].start
    for i in range(house.i - 1, start - 1, -1):
        before = _owner(reader, reader.scene.doc[i]) if is_house(reader.scene.doc[i]) else None
        if before is not None:
            return before if before.country != own else None
    return None


def _owner(reader: ArgumentReader, house: Token) -> Spot | None:
    """Return the country of "Ghana's parliament", "the Senate of Chile", "the Knesset"."""
    scene = reader.scene
    before = [c for c in house.children if c.i < house.i]
    behind = prep_objects(house, "of", "in")
    for token in [house, *reversed(before), *behind]:
        for reference in scene.at(token.i):
            land = reference.kind in LAND_KINDS and reference.country
            if land and is_country(reference.country or ""):
                start, end = scene.bounds(reference)
                return Spot(reference.country or "", reference.place, reference, start, end)
    behind_it = word_behind(house)
    return next(iter(scene.spots(house.i + 2)), None) if behind_it in {"in", "of"} else None


def _by_its_name(reader: ArgumentReader, house: Token, own: str | None) -> Spot | None:
    """Return the United States of a "Congress" without more, for guests who have none at home.

    So of the United Nations, whose house stands there.
    """
    bare = house.text == "Congress" and not any(c.i < house.i for c in house.children)
    bare = bare and own not in word_set("<congress_at_home>")
    if own is None or not (bare or _is_world_body(reader, house)):
        return None
    name = Reference(
        article_id=reader.scene.article.id,
        start=house.idx,
        end=house.idx + len(house),
        text=house.text,
        kind="country",
        form="metonym",
        country="USA",
    )
    return Spot("USA", None, name, house.i, house.i + 1)


def house_at(reader: ArgumentReader, token: Token) -> Spot | None:
    """Return whose house a word names: Ghana of "in an address to the Ghanaian parliament"."""
    return _owner(reader, token) if is_house(token) else None


def visited_house(reader: ArgumentReader, verb: Token, thing: Token) -> Spot | None:
    """Return Finland of "the Slovak speaker visited the Finnish parliament", a host's house.

    So of "visited the Finnish foreign ministry"; not of a house of one's own, nor for those who
    hold no office.
    """
    if not is_house(thing) and thing.lemma_.lower() not in word_set("house_of_host"):
        return None
    spot = _owner(reader, thing)
    actors = reader.travellers(verb, [spot] if spot is not None else [])
    comes = (a.country is not None and bool(a.reference.role_kind) for a in actors)
    return spot if spot is not None and actors and all(comes) else None


__all__ = ["house_at", "is_house", "speak_in_house", "stands_in", "visited_house"]
