"""The houses of bodies that are told of before their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from pipeline.reference.places import Place, find_place
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set


def body_house(
    token: Token, bodies: Mapping[int, PartySpan], town_behind: Callable[[int], Place | None]
) -> PlaceSpan | None:
    """Return the house of "the headquarters of the African Union", not "the AU's headquarters".

    Args:
        token: what may be the word for the house.
        bodies: the bodies of states by the token with which their names begin.
        town_behind: finds the town that is told behind a token's index.
    """
    if token.lower_ not in word_set("seat_of_body"):
        return None
    doc, at = token.doc, token.i + 2
    at += doc[at : at + 1].text.lower() == "the"
    body = bodies.get(at)
    if doc[token.i + 1 : token.i + 2].text != "of" or body is None:
        return None
    seat = f"{doc[at : body.end].text} {token.text}"
    place = next((p for p in find_place(seat) if p.kind == "landmark"), None)
    if place is None:
        return None
    text, town = doc[token.i : body.end].text, town_behind(body.end)
    if town is not None:  # "the headquarters of the United Nations in Geneva"
        return PlaceSpan(token.i, body.end, text, town.country, town.name)
    return PlaceSpan(token.i, body.end, text, place.country, place.city)
