"""The land of a small town that is told with it: "Hastings, Barbados", "Clark, Pampanga"."""

from __future__ import annotations

from collections.abc import Container, Mapping

from spacy.tokens import Doc

from pipeline.neighbours import text_at
from pipeline.reference.places import find_place
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

#: What follows a place that does or is something.
PREDICATES = frozenset({"VERB", "AUX", "ADV"})
#: How many words the name of a province has at most.
_PART_TOKENS = 3


def lies_in(doc: Doc, end: int, lands: Mapping[int, PartySpan]) -> str | None:
    """Return Ireland of "Castletown in southeast Ireland", behind the name's end.

    Args:
        lands: the countries that the text names, by the token with which their names begin.
    """
    at = end + 1
    if text_at(doc, end) != "in":
        return None
    while at < len(doc) and doc[at].lower_ in word_set("part_of_land"):
        at += 1
    owns = text_at(doc, at + 1) in APOSTROPHE_S
    land = lands.get(at)
    return None if at == end + 1 or owns or land is None else land.code


def told_with(doc: Doc, end: int, lands: Mapping[int, PartySpan]) -> str | None:
    """Return Barbados of "Hastings, Barbados": a town that shares its name with larger ones.

    Not where a list goes on, nor Iran of "In Geneva, Iran agreed".
    """
    land = lands.get(end + 1) if text_at(doc, end) == "," else None
    if land is None or land.form != "name" or len(doc) == land.end:
        return None
    behind = doc[land.end]
    acts = behind.pos_ in PREDICATES or doc[land.end - 1].dep_.startswith("nsubj")
    return None if acts or behind.text in word_set("goes_on_behind") else land.code


def land_of_part(doc: Doc, end: int, taken: Container[int]) -> str | None:
    """Return the Philippines of "Clark, Pampanga", whose part is of no other land.

    "Granada, Andalusia or Murcia" tells Spain of the first alike; "Clark, Punjab" tells none.

    Args:
        taken: the tokens of parties and persons.
    """
    at = end + 1
    if text_at(doc, end) != ",":
        return None
    for last in range(min(at + _PART_TOKENS, len(doc)), at, -1):
        if any(i in taken for i in range(at, last)):
            continue
        parts = find_place(doc[at:last].text)
        if any(part.kind == "region" for part in parts):
            lands = {part.country for part in parts}
            return lands.pop() if len(lands) == 1 else None
    return None


__all__ = ["PREDICATES", "land_of_part", "lies_in", "told_with"]
