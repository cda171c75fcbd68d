"""Lands that are first counted and then named: "a trip to three Gulf allies: Oman, Qatar and …"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.labels import PLURALS, TIMES, VERBS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How far behind what they are called the names may begin, in tokens.
_REACH, _REACH_SINCE = 12, 20
_OPENING = frozenset({":", "(", *STROKES})
_SIGNS, _NAMELY = _OPENING | {","}, frozenset({"namely", "including"})


def apposed_lands(
    reader: ArgumentReader, prep: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return the lands of "to the two remaining allies in the region, Belize and Guatemala".

    "To the states in the Gulf, as Oman said" does not fire: several must be listed to the end of
    the phrase.

    Args:
        but: countries that it is not: the travellers' own.
    """
    called = next((c for c in prep.children if c.dep_ == "pobj" and c.tag_ in PLURALS), None)
    return lands_behind(reader, called, but) if called is not None else []


def lands_behind(
    reader: ArgumentReader, called: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return A, B and C of "(visited) three countries last week - A, B and C".

    So of "three countries since he took office: A, B and C", where only such a sign opens a list,
    and of "countries such as A and B". "Three countries, unlike A, B and C", "meetings with
    ministers of three lands: A, B and C" do not fire: the names follow at once, and nothing else in
    the plural stands before them.

    Args:
        called: the noun that calls them countries.
        but: countries that it is not: the travellers' own.
    """
    doc = called.doc
    if instances := _instances(reader, called, but):
        return instances
    since = word_behind(called) == "since"
    reach = _REACH_SINCE if since else _REACH
    for i in range(called.i + 1, min(reader.scene.sentence(called.i).end, called.i + reach)):
        other = doc[i].tag_ in PLURALS and doc[i].ent_type_ not in TIMES
        if (doc[i].pos_ in VERBS and not since) or other:
            return []
        if doc[i].text not in (_OPENING if since else _SIGNS):
            continue
        spots = reader.spots(i + 1 + (word_at(doc, i + 1) in _NAMELY), but)
        if len(spots) > 1:
            ends = _ends_list(reader, spots[-1].end)
            return list(spots) if ends and not _are_named(reader, called.i + 1, i) else []
    return []


def _instances(reader: ArgumentReader, called: Token, but: Collection[str | None]) -> list[Spot]:
    """Return A and B of "other nations such as A and B", "countries, including A and B".

    "Talks with states such as A and B" are left to who calls, "firms such as A" to no land.
    """
    if called.lemma_.lower() not in word_set("land_noun"):
        return []
    doc = called.doc
    at = called.i + 1 + (text_at(doc, called.i + 1) == ",")
    such_as = word_set("some_of_them")
    opens = next((n for n in (2, 1) if doc[at : at + n].text.lower() in such_as), 0)
    spots = list(reader.spots(at + opens, but)) if opens else []
    return spots if spots and _ends_list(reader, spots[-1].end) else []


def lands_beside(reader: ArgumentReader, end: int, but: Collection[str | None] = ()) -> list[Spot]:
    """Return A and B of "visited Peru and two other countries, namely A and B".

    Args:
        end: the token behind the place named first.
        but: countries that it is not: the travellers' own.
    """
    doc = reader.scene.doc
    at = end + (text_at(doc, end) == ",")
    if word_at(doc, at) != "and":
        return []
    for token in doc[at + 1 : at + 1 + _REACH // 2]:
        if token.tag_ in PLURALS:
            is_land = token.lemma_.lower() in word_set("land_noun")
            return lands_behind(reader, token, but) if is_land else []
        if token.pos_ not in {"NUM", "ADJ", "DET", "PROPN"}:
            return []
    return []


def _ends_list(reader: ArgumentReader, end: int) -> bool:
    """Tell "A, B and C.", "A, B and C from 3 to 5 May" from "A, B and C agreed"."""
    doc = reader.scene.doc
    if end >= len(doc) or doc[end].is_punct or doc[end].is_space:
        return True
    opens = doc[end].pos_ == "ADP"
    return end + opens in reader.clock.starts


def _are_named(reader: ArgumentReader, start: int, end: int) -> bool:
    """Tell whether a country is named before the sign already ("unlike Peru, Chile and Cuba")."""
    return any(is_country(r.country) for r in reader.scene.places_in(start, end) if r.country)


__all__ = ["apposed_lands", "lands_behind", "lands_beside"]
