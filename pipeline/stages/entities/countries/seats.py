"""The country of a seat: "Texas", "the Catholic Diocese of Oyo", "Mali's Archdiocese of Bamako"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.signs import GENITIVES
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How many tokens a seat's name has at most ("the Catholic Archdiocese of Lima in Peru").
_REACH = 10
#: How many words stand before the adjective of "the central Bosnian town" at most.
_ADJECTIVES = 3
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


__all__ = ["seat_at", "seated_in_town"]
