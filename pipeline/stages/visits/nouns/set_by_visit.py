"""Where a trip leads on whose account something happens: "two bombs went off in Lima during it"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: What of a clause may hold the town: "strikes in Damascus killed", "staged rallies in Lima".
_OWN_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "prep", "advmod"})
_OPPOSED = frozenset({"against", "over"})


def host_where_set(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> str | None:
    """Return Peru of "bombs went off in Lima during a visit by X", "rallied in Lima against it".

    "Israel killed a man in Beirut during a visit by X", "shares fell in Tokyo ahead of it", "bombs
    went off in Oslo during a visit by the Norwegian premier" do not fire.
    """
    verb, foreign = governing_verb(noun), {a.country for a in own if a.country}
    if verb is None or not foreign or noun.lemma_ not in word_set("comes_to_hosts"):
        return None
    if _leads_on(noun) or not _goes_with(noun, verb):
        return None
    subject = reader.scene.subject(verb)
    doers = set(_lands(reader, subject, noun)) - foreign if subject is not None else set()
    towns = set(_towns(reader, verb, noun))
    land = next(iter(towns)) if len(towns) == 1 else None
    return land if land not in foreign and doers <= {land} and is_country(land or "") else None


def _leads_on(noun: Token) -> bool:
    """Tell "a visit to farmers by X", "a tour of Africa", which has a place or hosts of its own."""
    preps = {"to", "at", "with"} | ({"of", "through", "across"} if noun.lemma_ == "tour" else set())
    return any(c.lower_ in preps and c.i > noun.i for c in noun.children)


def _goes_with(noun: Token, verb: Token) -> bool:
    """Tell what happens where one comes: in the course of a visit, or on account of it."""
    drawn = {c.lemma_ for c in verb.children if c.dep_ == "dobj"} & word_set("stirred_by_guest")
    if noun.dep_ == "nsubj":  # "a visit by X drew crowds in Lima", not "sparked anger in Lima"
        return bool(drawn) and verb.lemma_ in word_set("stirs_hosts")
    around = preposition_of(noun)
    if around == "during":
        return verb.lemma_ not in word_set("told_from_afar")
    parts = [c for c in verb.children if c.dep_ in _OWN_PARTS]
    if any(part.lemma_.lower() in word_set("no_place_readied") for part in parts):
        return False  # "stocks rallied in Lima ahead of a visit by X"
    stirs = {t.lemma_ for t in (verb, *_meanwhile(verb))} & word_set("stirred_by_guest")
    return bool(stirs or drawn) and (around in _OPPOSED or around in word_set("set_around_trip"))


def _meanwhile(verb: Token) -> list[Token]:
    """Return the rally of "was arrested during a rally in Lima", "burnt a flag at a rally"."""
    preps = (c for c in verb.children if c.lower_ in {"during", "at"} and c.dep_ == "prep")
    return [h for prep in preps for h in prep.children if h.dep_ == "pobj"]


def _towns(reader: ArgumentReader, verb: Token, noun: Token) -> Iterator[str]:
    """Yield the countries of the places of what a verb tells, but for those of the trip.

    Protests are where they are held, even if nobody goes there for all that.
    """
    parts = [c for c in verb.children if c.dep_ in _OWN_PARTS]
    parts += _meanwhile(verb)
    near = [verb, *(c for c in parts if c.lemma_.lower() not in word_set("talks_noun"))]
    within = {t.i for t in noun.subtree}
    for head in near:
        for prep in head.children:
            if prep.lower_ in word_set("stands_in") and prep.i not in within:
                spots = reader.scene.spots(prep.i + 1)
                yield from (spot.country for spot in spots[:1])
                if not spots and reader.scene.is_of_matter(prep.i + 1):
                    named = reader.scene.places_in(prep.i + 1, prep.right_edge.i + 1)
                    yield from (r.country for r in named if r.country)


def _lands(reader: ArgumentReader, subject: Token, noun: Token) -> Collection[str]:
    """Return the countries told of in a subject, but for those of the trip itself."""
    own = {t.i for t in noun.subtree}
    return [
        reference.country
        for token in subject.subtree
        for reference in reader.scene.at(token.i)
        if token.i not in own and reference.country and is_country(reference.country)
    ]


__all__ = ["host_where_set"]
