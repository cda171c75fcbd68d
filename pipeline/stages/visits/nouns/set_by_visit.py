"""Where a trip leads on whose account something happens: "two bombs went off in Lima during it"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import OBJECTS, UNDERGONE
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: What of a clause may hold the town: "strikes in Damascus killed", "staged rallies in Lima".
_OWN_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "advmod", "acomp", "prep"})


def host_where_set(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> str | None:
    """Return Peru of "bombs went off in Lima during a visit by X", "rallied in Lima against it".

    Also of "the curfew in Lima was lifted for it", "a man was freed in Lima days after it",
    "security was tight in Lima ahead of it", "preparations are under way in Lima for it".
    "Israel killed a man in Beirut during a visit by X", "shares fell in Tokyo ahead of it", "bombs
    went off in Oslo during a visit by the Norwegian premier" do not fire.
    """
    verb, foreign = governing_verb(noun), {a.country for a in own if a.country}
    if verb is None or not foreign or noun.lemma_ not in word_set("comes_to_hosts"):
        return None
    if _leads_on(noun) or _is_doubted(verb) or not _goes_with(reader, noun, verb):
        return None
    subject = reader.scene.subject(verb)
    doers = set(_lands(reader, subject, noun)) if subject is not None else set()
    if preposition_of(noun) not in word_set("in_course") and doers & foreign:
        return None  # "Kenyan troops were deployed in Haiti ahead of a visit by Kenya's president"
    doers -= foreign
    towns = set(_towns(reader, verb, noun))
    land = next(iter(towns)) if len(towns) == 1 else None
    return land if land not in foreign and doers <= {land} and is_country(land or "") else None


def _is_doubted(verb: Token) -> bool:
    """Tell "no flags were hung in Lima for a visit by X", "if flags were hung for it"."""
    parts = (g for c in verb.children if c.dep_ in _OWN_PARTS for g in c.children)
    none = any(g.lower_ == "no" for g in parts)
    doubts = (c.lower_ in word_set("doubts") for c in verb.children if c.dep_ == "mark")
    return none or any(doubts) or is_negated(verb)


def _leads_on(noun: Token) -> bool:
    """Tell "a visit to farmers by X", "a tour of Africa", which has a place or hosts of its own."""
    preps = {"to", "at", "with"} | ({"of", "through", "across"} if noun.lemma_ == "tour" else set())
    return any(c.lower_ in preps and c.i > noun.i for c in noun.children)


def _goes_with(reader: ArgumentReader, noun: Token, verb: Token) -> bool:
    """Tell what happens where one comes: in the course of a visit, or on account of it."""
    drawn = {c.lemma_ for c in verb.children if c.dep_ == "dobj"}
    if noun.dep_ == "nsubj":  # "a visit by X drew crowds in Lima", not "sparked anger in Lima"
        if verb.lemma_ in word_set("upsets_town"):
            return True
        stirred = drawn & word_set("unrest", "stirred_by_guest", "made_ready")
        return bool(stirred) and verb.lemma_ in word_set("stirs_hosts")
    around = preposition_of(noun)
    afar = verb.lemma_ in word_set("told_from_afar")
    if around in word_set("in_course"):
        return not afar
    parts = [c for c in verb.children if c.dep_ in _OWN_PARTS]
    if any(part.lemma_.lower() in word_set("no_place_readied") for part in parts):
        return False  # "stocks rallied in Lima ahead of a visit by X"
    if around in words("on_account"):
        return not afar
    if around not in word_set("set_around_trip", "opposes_visit") | words("after_trip"):
        return False
    near = {t.lemma_ for t in (verb, *_meanwhile(verb))} | drawn
    stirred = near & word_set("unrest", "stirred_by_guest")
    incident = verb.lemma_ in word_set("incident_in_town")
    return bool(stirred) or incident or readies_place(verb) or _is_ready(reader, noun, verb)


def _is_ready(reader: ArgumentReader, noun: Token, verb: Token) -> bool:
    """Tell "preparations are under way in Lima", "security was tight in Lima" before a visit."""
    tight = verb.lemma_ == "be" and any(c.dep_ == "acomp" for c in verb.children)
    before = preposition_of(noun) in word_set("set_around_trip")
    return before and (tight or has_readied(reader, verb))


def readies_place(verb: Token) -> bool:
    """Tell "tightened security", "freed 40 dissidents" for a guest; not "released a report"."""
    if verb.lemma_ in word_set("frees"):
        held = (c.lemma_ in word_set("held_by_state") for c in verb.children if c.dep_ in UNDERGONE)
        return any(held)
    return verb.lemma_ in word_set("readies_place")


def has_readied(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "preparations are under way", "has begun preparations".

    Not "no preparations", "if preparations were under way", "security was discussed".
    """
    subject = reader.scene.subject(verb)
    parts = [c for c in verb.children if c.dep_ in OBJECTS]
    parts += [subject] if subject is not None else []
    ready = any(part.lemma_ in word_set("made_ready") for part in parts)
    return ready and verb.lemma_ in word_set("makes_ready") and not _is_doubted(verb)


def _meanwhile(verb: Token) -> list[Token]:
    """Return the rally of "was arrested during a rally in Lima", "burnt a flag at a rally"."""
    preps = (c for c in verb.children if c.lower_ in {"during", "at"} and c.dep_ == "prep")
    return [h for prep in preps for h in prep.children if h.dep_ == "pobj"]


def _towns(reader: ArgumentReader, verb: Token, noun: Token) -> Iterator[str]:
    """Yield the countries of the places of what a verb tells, but for those of the trip.

    Protests are where they are held, even if nobody goes there for all that.
    """
    subject = reader.scene.subject(verb)
    if subject is not None and subject != noun:
        yield from _towns_of(reader, subject)
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


def _towns_of(reader: ArgumentReader, subject: Token) -> Iterator[str]:
    """Yield the country of "Lima was cleaned", "the streets of Lima were cleaned"."""
    ofs = (c for c in subject.children if c.lower_ == "of")
    for at in (subject.left_edge.i, *(c.i + 1 for c in ofs)):
        for spot in reader.scene.spots(at)[:1]:
            own = at != subject.left_edge.i or spot.start <= subject.i < spot.end
            if own and spot.is_town:
                yield spot.country


def _lands(reader: ArgumentReader, subject: Token, noun: Token) -> Collection[str]:
    """Return the countries told of in a subject, but for those of the trip itself."""
    own = {t.i for t in noun.subtree}
    return [
        reference.country
        for token in subject.subtree
        for reference in reader.scene.at(token.i)
        if token.i not in own and reference.country and is_country(reference.country)
    ]


__all__ = ["has_readied", "host_where_set", "readies_place"]
