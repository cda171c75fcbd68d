"""The country of a lawmaker by the town for which they sit: "MP for Kandy", "Kisumu East MP"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.reference.places import Place, find_place
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many words the name of the town has, the longest first.
_LENGTHS = (3, 2, 1)
#: From so many inhabitants on a town is the one meant, whatever countries are told of.
_CITY_POPULATION = 300_000


def constituency_country(doc: Doc, office: OfficeSpan, told: Collection[str]) -> str | None:
    """Return the country of "MP for Kandy", "Kisumu East lawmaker", or None.

    A small town must be of a country that is told of; "MP for North Ayr" tells nothing.

    Args:
        told: the countries of which the article tells.
    """
    for places in (_behind(doc, office), _before(doc, office)):
        here = [place for place in places if place.country in told]
        large = [place for place in places if place.population >= _CITY_POPULATION]
        largest = max(here or large, key=lambda place: place.population, default=None)
        if largest is not None:
            return largest.country
    return None


def _behind(doc: Doc, office: OfficeSpan) -> Sequence[Place]:
    at = office.head_end
    if word_at(doc, at) not in {"for", "from"} or not text_at(doc, at + 1).istitle():
        return ()
    named = (find_place(doc[at + 1 : at + 1 + length].text) for length in _LENGTHS)
    return next(filter(None, named), ())


def _before(doc: Doc, office: OfficeSpan) -> Sequence[Place]:
    end = office.head_start
    end -= word_at(doc, end - 1) in word_set("town_part")
    if end < 1 or doc[end].is_sent_start or not text_at(doc, end - 1).istitle():
        return ()
    named = (find_place(doc[max(0, end - length) : end].text) for length in _LENGTHS)
    return next(filter(None, named), ())


__all__ = ["constituency_country"]
