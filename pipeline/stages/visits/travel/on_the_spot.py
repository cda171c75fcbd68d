"""Where an act was done in person whose verb names no place of its own."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import OBJECTS, TENSED, UNDERGONE, VERBS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.houses import house_at

#: How many sentences back it may be told where one's land signed.
_BACK = 2


def is_in_person(verb: Token) -> bool:
    """Tell what one does in person where one is: "signed", "put their names to"."""
    if verb.lemma_ in word_set("done_on_the_spot"):
        return True
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    return any(c.lemma_ in word_set("signature") for c in objects)


def act_place(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where an act was done by "here", "in the city", the ceremony, those who did it.

    "A and B signed the pact here", "signed it at a ceremony in Lima" fire; "signed a pact on ties
    with Lima" does not.
    """
    place = _by_adverb(reader, verb) or _by_noun(reader, verb)
    if place is None and is_in_person(verb):
        place = _by_ceremony(reader, verb) or _of_signers(reader, verb) or _of_land(reader, verb)
    if place is None and verb.lemma_ in word_set("settled_together"):
        place = _by_talks(reader, verb)
    return place or _by_speech(reader, verb)


def _by_adverb(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Read "told reporters here", "laid a wreath there"."""
    for token in verb.subtree:
        adverb = token.lower_ in {"here", "there"} and token.dep_ in {"advmod", "npadvmod"}
        if adverb and token.i > verb.i and token.head in _of_act(verb):
            spot = reader.understood.adverb(token.i, token.lower_)
            return None if token.lower_ == "here" and _may_be_home(reader, verb, spot) else spot
    return None


def _of_act(verb: Token) -> set[Token]:
    """Return the words of an act of its own: not those of "says that B will be in the country"."""
    told = {c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i}
    return {verb, *verb.children} - told


def _may_be_home(reader: ArgumentReader, verb: Token, here: Spot | None) -> bool:
    """Tell whether "here" of a report without a dateline may well be the doer's own land.

    So it is in "Premier A of Peru said here that talks with Chile went on", of which no word tells
    that A is away: Peru is named as well, or Chile but once.
    """
    if here is None or reader.scene.here is not None:
        return False
    subject = reader.scene.subject(verb)
    own = {a.country for a in reader.scene.actors(subject)} if subject is not None else set()
    lands = {code for code in own if is_country(code or "")}
    if not lands or here.country in lands or reader.understood.is_away(lands, here.country):
        return False
    towns = (r for r in reader.scene.places_in(0, verb.i) if r.kind == "place")
    if any(town.country == here.country for town in towns):
        return False  # "Peru and Chile met in Lima. The Chilean premier said here"
    named = any(reader.scene.is_named_in_opening(code or "") for code in lands)
    return named or reader.scene.ground(lands, least=2) is None


def _by_noun(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Read "told reporters in the city", "met the press on the island"."""
    for token in verb.subtree:
        if token.lower_ not in {"in", "on"} or token.dep_ != "prep" or token.i < verb.i:
            continue
        spoken = verb.lemma_ in word_set("of_a_matter")  # "discussed the vote in that country"
        spoken = spoken or token.head.lemma_.lower() in word_set("opened_by_decree")
        if token.head != verb and (spoken or token.head not in _of_act(verb)):
            continue
        same = reader.understood.same(token.i + 1)
        named = reader.scene.spots(token.i + 1)
        spot = same or (None if named else reader.understood.land(token.i + 1))
        if spot is not None:
            return spot
    return None


def _by_ceremony(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Read "signed … at a ceremony in Lima", wherever the parse hangs the ceremony."""
    doc, sentence = reader.scene.doc, reader.scene.sentence(verb.i)
    for i in range(verb.i + 1, sentence.end):
        if doc[i].pos_ == "VERB" and doc[i].dep_ in {"conj", "ccomp", "advcl"}:
            break
        spot = _event_spot(reader, i)
        if spot is not None:
            return spot
    return None


def _by_talks(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Read "after four days of talks in Lima, A and B agreed"."""
    doc, start = reader.scene.doc, reader.scene.sentence(verb.i).start
    for i in range(start, verb.i):
        if doc[i].tag_ in TENSED:
            return None
        spot = _event_spot(reader, i)
        if spot is not None:
            return spot
    return None


def _by_speech(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Read "in an address to the summit the premier said": where the event is held."""
    speeches = word_set("speech_noun")
    if speeches.isdisjoint(reader.scene.forms(verb.i)):
        return None
    for noun in reader.scene.sentence(verb.i):
        if noun.lemma_.lower() not in speeches or verb not in noun.ancestors:
            continue
        over = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
        held = over == verb and noun.head.lower_ in {"in", "during"}
        for prep in noun.children if held else ():
            heads = list(prep.children) if prep.lower_ in {"to", "at", "before"} else []
            for event in (h for h in heads if is_event(h)):
                return event_place(reader, verb, event)
            for house in heads:
                if (spot := house_at(reader, house)) is not None:
                    return spot
    return None


def _event_spot(reader: ArgumentReader, i: int) -> Spot | None:
    """Return the place of "talks in Lima" at token `i`."""
    doc = reader.scene.doc
    event = {doc[i].lemma_.lower(), doc[i].lower_} & (words("event") | word_set("talks_noun"))
    if event and word_at(doc, i + 1) in {"in", "at"}:
        return next(iter(reader.scene.spots(i + 2)), None)
    return None


def _of_signers(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where the text is set, if one of two who sign together is at home there."""
    signed = {c.lemma_.lower() for c in verb.children if c.dep_ in UNDERGONE}
    if signed & word_set("signed_at_home"):
        return None
    sentence = reader.scene.sentence(verb.i)
    countries = {
        reference.country
        for i in range(sentence.start, sentence.end)
        for reference in reader.scene.at(i)
        if reference.kind in PERSONAL_KINDS and reference.country
    }
    if len(countries) < 2:
        return None
    spot = reader.understood.last_place(verb.i, reach=2)
    if spot is not None and spot.country in countries and not _is_where_set(reader, spot):
        spot = reader.scene.here  # "A of the Republic of Peru met B. The two signed a pact"
    if spot is not None and tense_of(verb) == "past" and _is_ahead(reader, spot):
        return None
    return spot if spot is not None and spot.country in countries else None


def _is_ahead(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell the Lima of "a summit will be held in Lima", where nothing has been signed yet."""
    told = governing_verb(reader.scene.doc[reader.scene.bounds(spot.reference)[0]])
    return told is not None and tense_of(told) == "future"


def _of_land(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the Lima of "Chad signed the treaty in Lima. Minister A of Chad signed the text"."""
    subject = reader.scene.subject(verb)
    own = {a.country for a in reader.scene.actors(subject)} if subject is not None else set()
    number, papers = reader.scene.sentence_of[verb.i], word_set("signed_paper")
    if not any(c.lemma_.lower() in papers for c in verb.children if c.dep_ in OBJECTS):
        return None  # "signed the law"
    for sentence in reader.scene.sentences[max(0, number - _BACK) : number]:
        for other in sentence:
            if other.pos_ not in VERBS or other.lemma_ != verb.lemma_ or not is_in_person(other):
                continue
            signer = reader.scene.subject(other)
            lands = reader.scene.at(signer.i) if signer is not None else ()
            if not any(r.kind == "country" and r.country in own for r in lands):
                continue
            spot = reader.local_spot(other, None) or _by_ceremony(reader, other)
            if spot is not None and spot.is_town and spot.country not in own:
                return replace(spot, start=verb.i, end=verb.i + 1)
    return None


def _is_where_set(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "in Lima", "visited Peru" from a country that but has a part in what is told."""
    start, _ = reader.scene.bounds(spot.reference)
    before = {t.lower_ for t in reader.scene.doc[max(0, start - 2) : start]}
    named = spot.reference.kind == "country" and not before & {"in", "to", "at", "visited"}
    return spot.is_town or not named


__all__ = ["act_place", "is_in_person"]
