"""Whatever is said or done in a foreign town: "warned in Lima that", "gave a lecture in Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of, prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.places.place_arguments import antecedent_of
from pipeline.stages.visits.places.speech_places import addressed, spoken_in
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

_FINITE = frozenset({"VBD", "VBZ"})
_PAST = frozenset({"VBD", "VBG"})  # "ends in Lima on Friday" is to come
#: How far behind "in" a town may begin ("in the Norwegian capital"), and how long it may be.
_REACH, _LONGEST = 3, 4
#: How far beside a town its day may stand, in tokens.
_DAY_REACH = 4


def in_town(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "warned in Lima that", "gave an interview in Lima", "slept in Lima on Friday".

    "condemned the raid in Lima on Friday", of which the place and the day may be the raid's, does
    not fire.
    """
    if verb.pos_ != "VERB" or verb.dep_ in {"acl", "amod"} or reader.is_remote(verb):
        return  # nor is "X, exiled in Lima" there on a visit
    aside = verb.tag_ == "VBN" and verb.dep_ == "advcl"  # "Interviewed in Lima, A said"
    passive = aside or any(c.dep_ == "nsubjpass" for c in verb.children)
    spots = _of_all_done(reader, verb) or _where_done(reader, verb, passive=passive)
    spots = spots or list(_towns(reader, verb, passive=passive))[:1]
    if passive and not spots:
        spots = _of_questions(reader, verb)
    subject = reader.scene.subject(verb) if spots else None
    if subject is None:
        return
    fact = fact_of_verb(verb.head if aside else verb)
    if fact.status not in MADE:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    named = [h for h in _hearers(verb) if h.pos_ == "PROPN"]  # "A told B in Lima that"
    actors = [a for head in (subject, *named) for a in reader.scene.actors(head)]
    for spot in spots:
        for made in done(reader, verb, rule, actors=actors, spot=spot, within=True):
            yield replace(made, fact=fact) if passive else made


def _of_all_done(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return the places of "all that A did in Peru and Chile", "what A saw in Peru"."""
    whole = verb.dep_ == "relcl" and verb.head.lower_ in word_set("all_done")
    whole = whole or any(c.lower_ == "what" and c.dep_ == "dobj" for c in verb.children)
    if not whole or verb.lemma_ not in word_set("does_anything"):
        return []
    preps = [c for c in verb.children if c.lower_ in {"in", "at"} and c.i > verb.i]
    return [spot for prep in preps[:1] for spot in reader.scene.spots(prep.i + 1)]


def _where_done(reader: ArgumentReader, verb: Token, *, passive: bool) -> list[Spot]:
    """Return the town of "the hall in Lima where A danced", "the Lima bakery where A ate".

    Not of "the Lima school where A studied", "the clinic in Lima where A was treated".
    """
    if verb.dep_ != "relcl" or verb.tag_ != "VBD" or passive:
        return []
    dined = any(c.lemma_ in word_set("meal_of_visit") for c in verb.children if c.dep_ in OBJECTS)
    if verb.lemma_ in word_set("not_on_the_spot", "done_for_long") and not dined:
        return []
    site = antecedent_of(verb)
    told = site.pos_ == "NOUN" and site.lemma_.lower() not in word_set("no_site")
    return [spot for spot in reader.where(verb) if told and _is_town(spot)][:1]


def _of_questions(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return the place of "was asked at a news conference in Peru", whether town or country.

    So of "was asked about the raid at a news conference in Peru", which the parse hangs on the
    raid, not of "asked about B's remarks at one", "about one in Peru".
    """
    if verb.lemma_ not in word_set("asked_in_person"):
        return []
    if (spot := spoken_in(reader, verb)) is not None:
        return [spot]
    for prep in (c for matter in _matters(verb) for c in matter.children):
        held = [h for h in prep.children if h.lemma_.lower() in word_set("held_to_speak")]
        for place in (c for h in held for c in h.children if prep.lower_ in {"at", "during"}):
            if place.lower_ in {"in", "at"}:
                return reader.scene.spots(place.i + 1)[:1]
    return []


def _matters(verb: Token) -> list[Token]:
    """Return the "raid" of "was asked about the raid", not anyone's "remarks"."""
    asked = prep_objects(verb, "about", "on", "over")
    said = word_set("held_to_speak")
    return [h for h in asked if h.lemma_.lower() not in said and h.pos_ != "PROPN"]


def _towns(reader: ArgumentReader, verb: Token, *, passive: bool) -> Iterator[Spot]:
    """Yield the towns in which what a verb tells was done, not those of its topic."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    by_hand = verb.lemma_ in word_set("done_by_hand")
    own = [o for o in objects if not passive and (by_hand or _is_own(o, verb))]
    heard = _askers(verb) if passive else [*_hearers(verb), *own]
    afar = verb.lemma_ in word_set("not_on_the_spot")
    for at, spot in _towns_behind(reader, verb, heard):
        alone = not (passive or objects or afar) and verb.tag_ in _PAST
        says = not (passive or afar) and _says(verb)
        undergone = passive and verb.lemma_ in word_set("undergone_on_the_spot")
        if says or heard or undergone or (alone and _has_day(reader, at, spot.end)):
            yield spot
    yield from _sites(reader, verb, own)
    told = verb.tag_ == "VBD" or not afar
    if told and (between := _between(reader, verb)) is not None:
        yield between


def _towns_behind(
    reader: ArgumentReader, verb: Token, heard: Sequence[Token]
) -> Iterator[tuple[int, Spot]]:
    """Yield the towns behind a verb, below it or who hears, each with the token of its "in"."""
    for prep in (c for head in (verb, *heard) for c in head.children):
        if prep.dep_ != "prep" or prep.i < verb.i or not reader.scene.is_where(prep.i):
            continue
        spot = next(iter(reader.scene.spots(prep.i + 1)), None)
        if spot is not None and _is_town(spot) and spot.start - prep.i <= _REACH:
            yield prep.i, spot


def _sites(reader: ArgumentReader, verb: Token, own: Sequence[Token]) -> Iterator[Spot]:
    """Yield Lima of "paid tribute at a tomb in Lima", "handed over tents to a clinic in Lima".

    Args:
        own: what one does with one's own hands, where it is done to a thing.
    """
    by_hand = verb.lemma_ in word_set("done_by_hand")
    before = word_set("at_site", "at_receiver") if by_hand else word_set("at_site")
    preps = (c for head in (verb, *own) for c in head.children if own and c.i > verb.i)
    sites = (h for prep in preps if prep.lower_ in before for h in prep.children)
    for site in (h for h in sites if h.dep_ == "pobj"):
        for prep in (c for c in site.children if c.lower_ in {"in", "at"} and c.i > site.i):
            spot = next(iter(reader.scene.spots(prep.i + 1)), None)
            if spot is not None and _is_town(spot) and spot.start - prep.i <= _REACH:
                yield spot


def _says(verb: Token) -> bool:
    """Tell "warned that", "vowed to"."""
    vows = verb.lemma_ in word_set("vows") and any(c.dep_ == "xcomp" for c in verb.children)
    return vows or any(c.dep_ == "ccomp" for c in verb.children)


def _between(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "A and B in Lima jointly launched", right behind who does it."""
    if verb.tag_ not in _FINITE or "in" not in reader.scene.forms(verb.i):
        return None
    subject = reader.scene.subject(verb)
    if subject is None or subject.i > verb.i:
        return None
    dated = reader.clock.covered
    for prep in reversed(verb.doc[subject.i + 1 : verb.i]):
        spot = next(iter(reader.scene.spots(prep.i + 1)), None) if prep.lower_ == "in" else None
        if spot is None or not spot.is_town or spot.end > verb.i:
            continue
        behind = verb.doc[spot.end : verb.i]
        before = verb.doc[subject.i + 1 : prep.i]
        named = [r for r in reader.scene.at(prep.i - 1) if r.kind == "person" and r.name]
        named = named or [r for r in reader.scene.at(prep.i - 2) if before.text == ","]
        alone = bool(named) or all(t.i in dated or t.pos_ in {"ADV", "ADP"} for t in before)
        held = all(
            t.i in dated or t.pos_ == "ADV" or t.lower_ == "on" or t.text == "," for t in behind
        )
        return spot if alone and held else None
    return None


def _hearers(verb: Token) -> list[Token]:
    """Return the "students" of "told students", "spoke to students", who hear it where they are."""
    if verb.lemma_ not in word_set("heard_in_person"):
        return []
    bidding = any(c.dep_ == "xcomp" for c in verb.children)  # "told the envoy in Lima to return"
    return [] if bidding else list(addressed(verb))


def _askers(verb: Token) -> list[Token]:
    """Return the "reporters" of "was asked by reporters", who ask him where they are."""
    if verb.lemma_ not in word_set("asked_in_person"):
        return []
    agents = agents_of(verb)
    return [a for a in agents if a.lemma_.lower() in word_set("audience")]


def _is_own(thing: Token, verb: Token) -> bool:
    """Tell the "interview" of "gave an interview", not of "slammed X's interview"."""
    if thing.lemma_ not in word_set("held_to_speak", "done_in_person"):
        return False
    others = any(c.dep_ == "poss" and c.pos_ != "PRON" for c in thing.children)
    return not (others or verb.lemma_ in word_set("onlooker"))


def _is_town(spot: Spot) -> bool:
    """Tell a town, "the Ukrainian capital" from a country."""
    if spot.reference.kind == "place":
        return True  # "Dar es Salaam, Tanzania"
    named = spot.reference.form == "adjective" or spot.is_town
    return named and spot.end - spot.start <= _LONGEST


def _has_day(reader: ArgumentReader, start: int, end: int) -> bool:
    """Tell whether a day stands right beside a town: then both are the verb's own."""
    doc, sentence = reader.scene.doc, reader.scene.sentence(start)
    first = doc[max(sentence.start, start - _DAY_REACH)]
    last = doc[min(sentence.end, end + _DAY_REACH) - 1]
    near = reader.scene.dates_in(first.idx, last.idx + len(last))
    return any(date.type == "DATE" for date in near)


__all__ = ["in_town"]
