"""The country of a seat: "Texas", "the Catholic Diocese of Oyo", "Mali's Archdiocese of Bamako"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How many tokens a seat's name has at most ("the Catholic Archdiocese of Lima in Peru").
_REACH = 10
#: How many words stand before the adjective of "the central Bosnian town" at most.
_ADJECTIVES = 3
#: How many letters the code of a country in brackets has.
_LETTERS = 3
_WITHIN = frozenset({"the", "of", "in", "and"})


def seat_at(
    doc: Doc, at: int, party_start: Mapping[int, PartySpan], place_start: Mapping[int, PlaceSpan]
) -> str | None:
    """Return the country of the place at a token, or of the see or district that begins there.

    "Bishop Ana Ruiz of | the Diocese of Oyo in Nigeria" fires; "Bishop Ana Ruiz of | the talks in
    Peru" does not.
    """
    if at in place_start:
        return place_start[at].country
    found, sees, end = None, False, at
    for token in doc[at : at + _REACH]:
        party, place = party_start.get(token.i), place_start.get(token.i)
        if party is not None and party.is_country:
            found, end = found or party.code, max(end, party.end)
        elif place is not None:
            found, end = found or place.country, max(end, place.end)
        sees = sees or token.lower_ in word_set("seat_noun")
        if found and sees:
            return found
        named = token.text[:1].isupper() or token.text in GENITIVES or token.i < end
        if not named and token.lower_ not in _WITHIN:
            break
    return None


def seated_in_town(
    doc: Doc, at: int, party_start: Mapping[int, PartySpan], place_start: Mapping[int, PlaceSpan]
) -> str | None:
    """Return the country of "the central Bosnian town of Travnik", "Kingsbridge, England"."""
    place = place_start.get(at)
    if place is not None:
        land = (
            party_start.get(place.end + 1) if doc[place.end : place.end + 1].text == "," else None
        )
        return land.code if land is not None and land.form == "name" and land.is_country else None
    for i in range(at, min(at + _ADJECTIVES + 1, len(doc) - 1)):
        party = party_start.get(i)
        if party is not None:
            town = doc[party.end : party.end + 1].text in word_set("settlement")
            return party.code if town and party.form == "adjective" else None
        if doc[i].pos_ not in {"DET", "ADJ"}:
            return None
    return None


def seat_of_learning(
    doc: Doc, at: int, party_start: Mapping[int, PartySpan], place_start: Mapping[int, PlaceSpan]
) -> str | None:
    """Return the country of the land or town at a token of whose name a university's ends.

    "the Federal University of | Peru", "| Lima University", "the Institute of Law in | Lima" fire;
    "the Institute for the Study of | Peru" does not.
    """
    land, place = party_start.get(at), place_start.get(at)
    learned = word_set("learned_body")
    if place is not None and word_at(doc, place.end) in word_set("institution"):
        goes_on = word_at(doc, place.end + 1) == "of"  # "Lima University of Peru"
        return place.country if text_at(doc, place.end).istitle() and not goes_on else None
    lead = at - 1 - (word_at(doc, at - 1) == "the")
    if lead < 1 or doc[lead].lower_ not in {"of", "in"}:
        return None
    if doc[lead].lower_ == "of":
        told = doc[lead - 1].lower_ in learned and doc[lead - 1].text.istitle()
        of_land = land is not None and land.is_country and land.form == "name"
        code = land.code if of_land and land is not None else place and place.country
        return code or None if told else None
    for token in reversed(doc[max(0, lead - _REACH) : lead]):
        if token.lower_ in learned and token.text.istitle():
            return place.country if place is not None else None
        if not token.text[:1].isupper() and token.lower_ not in _WITHIN | {"for"}:
            break
    return None


def coded_in_brackets(doc: Doc, opens: int) -> str | None:
    """Return the country of "(GER)", "(FIN CHOD)" at token `opens`, in a text with several such.

    "Ana Ruiz (GER) beat Lena Holm (NOR)" fires; "Ana Ruiz (VIP)" does not.
    """
    code = _country_of_code(doc[opens + 1 : opens + 2].text)
    if code is None:
        return None
    told = {doc[i + 1].text for i in where(doc, frozenset({"("})) if i + 1 < len(doc)}
    return code if sum(_country_of_code(text) is not None for text in told) > 1 else None


@lru_cache(maxsize=512)
def _country_of_code(text: str) -> str | None:
    """Return the country of "GER" or "DEU"."""
    if len(text) != _LETTERS or not (text.isascii() and text.isupper()):
        return None
    own = dict(pair.split() for pair in word_set("bracket_code"))
    found = own.get(text, text)
    return found if is_country(found) else None


__all__ = ["coded_in_brackets", "seat_at", "seat_of_learning", "seated_in_town"]
