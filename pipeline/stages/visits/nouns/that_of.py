"""Trips named by "that" or "one": "A's visit to Lima in 2021 and that of B in 2022"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.timing.order import order_over
from pipeline.labels import SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.instances import some_named
from pipeline.stages.visits.nouns.noun_owners import noun_actors
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import behind_names, list_at, trip_told

#: The words that stand for a trip's noun.
THAT_OF = frozenset({"that", "those"})
ONE_BY = frozenset({"one", "that"})
_ONE = frozenset({"one"})
_ALONE = _ONE | {"another"}
_SEVERAL = frozenset({"ones"})
#: What stands before "second" that means a trip.
_BEFORE_COUNT = frozenset({"his", "her", "their", "the", "a"})
#: How what "one" means is told of between a trip and it ("a trip to Lima and wrote two letters").
_THINGS = frozenset({"dobj", "obj", "attr", "dative", "nsubj", "nsubjpass"})
#: How surely "one by B to Quito" means a trip.
_SCORE = 0.78


def one_to_words() -> frozenset[str]:
    """Return the words at which `one_to` reads: "one", "ones", "another", "a second"."""
    return _ALONE | _SEVERAL | word_set("nth_one")


def that_of(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "A's visit to Lima in 2021 and that of B in 2022", "was followed by that of B".

    "A's visit to Lima cost more than that of B", "a speech in Lima and that of B" do not fire: the
    trip goes along with the other, and a noun tells both. That of B "to Quito" is read as a visit.
    """
    doc = token.doc
    joint = doc[token.i - 1].lower_ if token.i else ""
    behind = text_at(doc, token.i + 1)
    if behind not in {"of", "by"} or joint not in word_set("before_that_of"):
        return
    model = _trip_named(reader, token)
    if model is None or model.destination is None:
        return
    fact = Fact("completed") if joint in word_set("goes_before") else model.fact
    at = token.i + 2
    at += word_at(doc, at) in {"his", "her", "its", "their"}
    told = list_at(reader, at)
    owners = some_named(reader.scene, told)  # A and B of "that of leaders including A and B"
    last = max((reader.scene.bounds_of(a.reference)[1] for a in owners), default=at)
    shared = reader.clock.behind(behind_names(reader, last)) if owners != told else []
    for actor in owners:
        end = reader.scene.phrase_end(actor.reference)  # "the premier, Ms B, in 2022"
        end = behind_names(reader, max(end, reader.scene.bounds_of(actor.reference)[1]))
        # "that of Foreign Minister B" is not the host's for all that Lima was named last
        origin = actor.country if actor.country != model.destination else None
        if origin is None and _is_of_host(reader, range(at, end), model.destination):
            continue  # "and that of Peruvian President B", who goes the other way
        if (origin or model.origin) is None or actor.is_party or text_at(doc, end) == "to":
            continue
        dates = reader.clock.behind(end) or shared
        yield replace(
            model.another("likewise", token.i, score=model.score * 0.85),
            actor=actor,
            origin=origin or model.origin,
            fact=fact,
            when=reader.clock.when([token, *dates], phase="whole", fact=fact) if dates else When(),
        )


def is_with_that_of(noun: Token) -> bool:
    """Tell the "visits" of "the visits to Lima by A in May and that of B", of which A made one."""
    behind = noun.doc[noun.i : noun.sent.end]
    return any(
        t.lower_ == "that"
        and text_at(noun.doc, t.i + 1) == "of"
        and t.nbor(-1).lower_ in word_set("before_that_of")
        for t in behind[1:]
    )


def one_by(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "A's visit to Lima follows one by B to Quito in May", "the trip, after one by B".

    So of "follows one paid by B to Quito" and "that paid by B".
    "A landed in Lima. His visit follows one by B" is to Lima as well, or by A's host to his land.
    "A speech in Lima followed one by B to parliament" does not fire, nor does "on a visit to Lima
    read a letter, one by B to Quito's mayor".
    """
    doc, scene = token.doc, reader.scene
    by = _maker_behind(token)
    if by is None:
        return
    opening = doc[scene.sentence(token.i).start : token.i]
    named = any(t.lemma_ in noun_rules() and t.pos_ == "NOUN" for t in opening)
    ordered = order_over(token) is not None or doc[token.i - 1].lower_ in word_set("goes_before")
    if not (named and ordered):
        return
    ahead = doc[token.i - 1].lower_ in words("before_trip")
    for actor in list_at(reader, by + 1):
        end = behind_names(reader, scene.bounds_of(actor.reference)[1])
        early = reader.clock.behind(end)
        while early and end < len(doc) and (end <= early[0].i or end in reader.clock.covered):
            end += 1
        led = text_at(doc, end) == "to"
        spots = reader.spots(end + 1, {actor.country}) if led else []
        if not led and (made := _likewise_there(reader, token, actor, early, ahead=ahead)):
            yield made
        for spot in spots if not actor.is_party else ():
            dates = reader.clock.behind(spot.end) or early
            if actor.country is None or actor.country == spot.country:
                continue
            fact = Fact("planned" if ahead else "completed")
            yield _made(reader, token, actor, spot, fact=fact, dates=dates)


def _maker_behind(token: Token) -> int | None:
    """Return the "by" of "one by B", "one paid by B", "that paid by B"; of "that by B" none."""
    doc, at = token.doc, token.i + 1
    if at < len(doc) and doc[at].tag_ == "VBN" and doc[at].lemma_ in words("pays"):
        at += 1
    elif token.lower_ in THAT_OF:
        return None
    return at if text_at(doc, at) == "by" else None


def _likewise_there(
    reader: ArgumentReader, token: Token, actor: Actor, dates: Sequence[Token], *, ahead: bool
) -> Candidate | None:
    """Return the trip of B where "one by B" goes where the one led that was told last."""
    model = trip_told(reader, token)
    if model is None or actor.is_party or actor.country is None or model.is_of(actor):
        return None
    back = actor.country == model.destination
    land = model.origin if back else model.destination
    if land is None or land == actor.country:
        return None
    made = model.another("likewise", token.i, score=model.score * 0.85)
    fact = Fact("planned" if ahead else "completed")
    when = reader.clock.when(dates, phase="whole") if dates else When()
    spot = None if back else model.spot
    return replace(
        made, actor=actor, origin=actor.country, destination=land, spot=spot, fact=fact, when=when
    )


def one_to(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read Quito of "a trip to Lima in March and one to Quito", "his second to Quito in May".

    "A trip to Lima and one to remember", "a letter to Lima and one to Quito" do not fire, nor
    "a trip to Lima and two letters, one to Quito" and "his next to Quito is in May", of which its
    own verb tells.
    """
    doc = token.doc
    if token.dep_ in SUBJECTS and token.head.i > token.i:
        return
    before = doc[token.i - 1].lower_ if token.i else ""
    counted = token.lower_ in word_set("nth_one") and before in _BEFORE_COUNT
    if text_at(doc, token.i + 1) != "to" or not (counted or token.lower_ in _ALONE | _SEVERAL):
        return
    if is_one_before(token):
        yield from _one_before(reader, token)
        return
    model = _trip_named(reader, token)
    if model is None or model.spot is None or model.count != 1 or token.lower_ in _SEVERAL:
        return
    between = doc[model.spot.end : token.i]
    things = (t for t in between if t.dep_ in _THINGS and t.lower_ not in one_to_words())
    if any(t.pos_ == "NOUN" for t in things):
        return
    for spot in reader.spots(token.i + 2, {model.origin}):
        dates = reader.clock.behind(spot.end)
        if spot.country in {model.destination, model.origin}:
            continue
        yield replace(
            model,
            at=token.i,
            spot=spot,
            destination=spot.country,
            score=model.score * 0.9,
            when=reader.clock.when(dates, phase="whole", fact=model.fact) if dates else When(),
            day=None,
            first=False,
            hosts=(),
        )


def is_one_before(token: Token) -> bool:
    """Tell the "one" of "his second trip abroad, after one to Quito", made before that trip."""
    if token.lower_ not in _ONE | _SEVERAL or text_at(token.doc, token.i + 1) != "to":
        return False
    return bool(token.i) and token.nbor(-1).lower_ in word_set("goes_before")


def _one_before(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read Quito of "his second trip abroad, after one to Quito in May"; not "one by B to"."""
    start = reader.scene.sentence(token.i).start
    named = [t for t in token.doc[start : token.i] if t.lemma_ in noun_rules()]
    trip = next((t for t in reversed(named) if t.pos_ == "NOUN"), None)
    actor = _owner_of(reader, trip) if trip is not None else None
    if actor is None or actor.is_party:
        return
    spots = reader.spots(token.i + 2, {actor.country})
    spots += reader.further(spots[-1].end, ("to",)) if spots and token.lower_ in _SEVERAL else []
    for spot in spots:
        dates = reader.clock.behind(spot.end)
        if spot.country == actor.country or text_at(token.doc, spot.end) == "by":
            continue
        yield _made(reader, token, actor, spot, fact=Fact("completed"), dates=dates)


def _made(
    reader: ArgumentReader,
    token: Token,
    actor: Actor,
    spot: Spot,
    *,
    fact: Fact,
    dates: Sequence[Token],
) -> Candidate:
    """Return a trip told by a pronoun or the like, on its own dates alone."""
    rule = noun_rules()["visit"]
    made = reader.make(rule, token, actor=actor, spot=spot, fact=fact, score=_SCORE)
    when = reader.clock.when(dates, phase="whole") if dates else When()
    return replace(made, when=when, day=None)


def _owner_of(reader: ArgumentReader, trip: Token) -> Actor | None:
    """Return whose a trip is by its own words, else who made the one told last."""
    owner = next(iter(noun_actors(reader, trip)), None)
    told = trip_told(reader, trip) if owner is None else None
    return owner if told is None else told.actor


def _is_of_host(reader: ArgumentReader, named: range, host: str) -> bool:
    """Tell "Peruvian President B", "B of Peru" from the "Foreign Minister B" of a trip to Peru."""
    told = (r for i in named for r in reader.scene.at(i) if r.kind == "country")
    return any(r.country == host for r in told)


def _trip_named(reader: ArgumentReader, token: Token) -> Candidate | None:
    """Return the last trip that a noun names before a token of its sentence."""
    start = reader.scene.sentence(token.i).start
    for told in reversed(reader.told):
        if told.at < start:
            return None
        if token.doc[told.at].lower_ in one_to_words():
            continue
        if told.status is not None and told.spot is not None and told.at < token.i:
            return told if token.doc[told.at].pos_ == "NOUN" else None
    return None


__all__ = [
    "ONE_BY",
    "THAT_OF",
    "is_one_before",
    "is_with_that_of",
    "one_by",
    "one_to",
    "one_to_words",
    "that_of",
]
