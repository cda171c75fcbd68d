"""Meetings named by where they are held: "a White House meeting with X", "Moscow talks with X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.factuality import fact_of_noun, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, VERBS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import verb_rules, word_set

#: How far behind the noun its "with" may stand, and before it its place, in tokens.
_WITH_REACH = 9
_PLACE_REACH = 3
#: How far behind a meeting's noun the place may begin that is said to be its own, in tokens.
_OWN_REACH = 18


def met_at_seat(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "during a White House meeting with X", "at talks in the Kremlin with X".

    X has come there, and so has who says it if he is the foreigner of the two. "The White House's
    talks with X" tells no place.
    """
    if reader.is_remote(noun):
        return
    spot = seat_before(reader, noun) or _place_behind(reader, noun)
    others = _met(reader, noun) if spot is not None else []
    fact = fact_of_noun(noun) if others else None
    if spot is None or fact is None or fact.status is None or _is_elsewhere(reader, noun, spot):
        return
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    at_home = [other for other in others if other.country == spot.country]
    sides = [*others, *(_tellers(reader, noun) if at_home else ())]
    for guest in sides:
        reference = guest.reference
        vague = guest.is_party or reference.plural or reference.guessed or not reference.role_kind
        leads = bool(reference.name) or reference.role_kind in words("leading_class")
        foreign = guest.country not in {None, spot.country}
        if vague or not leads or not foreign or is_seated(guest, spot.country):
            continue
        yield reader.make_met(
            rule,
            noun,
            actor=guest,
            spot=spot,
            fact=fact,
            hosts=tuple(at_home),
        )


def seat_before(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the seat or city right before the noun, with one word between at most."""
    for i in range(noun.i - 1, max(-1, noun.i - _PLACE_REACH), -1):
        for reference in reader.scene.at(i):
            if reader.scene.bounds(reference)[1] == i + 1 and _is_seat(reference):
                return _spot(reader, reference)
        if noun.doc[i].pos_ not in {"ADJ", "NOUN"}:
            return None
    return None


def own_seat(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return where a meeting is held by its own words and what is said of it.

    "Their Muscat summit", "the summit on trade in Muscat", "their meeting was held in May in
    Muscat" fire; "the summit condemned the raid in Muscat" does not.
    """
    if (before := seat_before(reader, noun)) is not None:
        return before
    held = word_set("holds_event", "begins_event") | words("plan") | {"be", "have"}
    doc, end = noun.doc, reader.scene.sentence(noun.i).end
    for token in doc[noun.i + 1 : min(end, noun.i + _OWN_REACH)]:
        other = token.pos_ == "VERB" and token.lemma_ not in held
        finite = token.pos_ == "VERB" and token.tag_ in FINITE and noun not in token.children
        off = token.lower_ in word_set("breaks_off_seat") or token.text in {";", ":"}
        if other or finite or off:
            return None
        if token.lower_ not in {"in", "at"} or reader.scene.is_of_matter(token.i + 1):
            continue
        spots = reader.scene.spots(token.i + 1)
        if spots:
            return spots[0]
    return None


def _place_behind(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the seat or city "in" or "at" which the noun's meeting with someone is held."""
    doc = noun.doc
    at = noun.i + 1
    if word_at(doc, at) not in {"in", "at"}:
        return None
    at += 1
    while word_at(doc, at) == "the" or doc[at : at + 1].text.isdigit():
        at += 1  # "at 10 Downing Street"
    found = next((r for r in reader.scene.at(at) if _is_seat(r)), None) if at < len(doc) else None
    return _spot(reader, found) if found is not None else None


def _spot(reader: ArgumentReader, reference: Reference) -> Spot:
    start, end = reader.scene.bounds(reference)
    place = reference.place if reference.kind == "place" else None
    return Spot(reference.country or "", place, reference, start, end)


def _is_seat(reference: Reference) -> bool:
    """Tell a city and the seat for which a government is named."""
    named = reference.kind == "place" or reference.form == "metonym"
    return named and is_country(reference.country or "")


def _met(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who stands behind the "with" of a meeting."""
    doc = noun.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + _WITH_REACH)
    for i in range(noun.i + 1, end):
        beside = doc[i - 1 : i + 1].text.lower() in word_set("beside")
        if doc[i].pos_ in VERBS or beside:
            return []
        if doc[i].lower_ == "with":
            heads = [h for h in doc[i].children if h.dep_ == "pobj"]
            told = [a for head in heads for a in reader.scene.actors(head)]
            return told or reader.scene.listed_at(i + 1)
    return []


def _tellers(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return the subject of the verb over a meeting: who says or does something at it."""
    verb = governing_verb(noun)
    subject = reader.scene.subject(verb) if verb is not None else None
    return reader.scene.actors(subject) if subject is not None else []


def _is_elsewhere(reader: ArgumentReader, noun: Token, spot: Spot) -> bool:
    """Tell "White House talks with X in Muscat", which another place behind them locates."""
    doc = noun.doc
    for i in range(max(noun.i, spot.end) + 1, reader.scene.sentence(noun.i).end):
        if doc[i].pos_ in VERBS:
            return False
        if doc[i].lower_ in {"in", "at"}:
            behind = reader.scene.spots(i + 1)
            if behind and behind[0].country != spot.country:
                return True
    return False


__all__ = ["met_at_seat", "own_seat", "seat_before"]
