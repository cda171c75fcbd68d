"""Whom the text sends abroad: "Opposition Leader X left for Canberra" is no Australian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.stages.entities.countries.home_legs import comes_home
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How far behind his name the verb may stand, and behind the verb the place, in tokens.
_VERB_REACH, _PLACE_REACH = 4, 3
#: How far behind the verb "from" may stand of one who comes home, and behind it the land.
_FROM_REACH, _LAND_REACH = 5, 6


def note_bound_abroad(
    doc: Doc,
    persons: Sequence[Person],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> None:
    """Note of which land those of no told country are not: "X departs for Lima", "X landed in".

    So of "X on Monday returned from Lima". Not where it is said that he returns to it, nor of who
    "left for the airport"; nor where the text tells of one land alone, within which officials
    travel as well.
    """
    lands = {place.start: place.country for place in places}
    lands |= {party.start: party.code for party in parties if party.is_country}
    for person in persons if len(set(lands.values())) > 1 else ():
        if person.country is not None or person.foreign_to is not None or not person.offices:
            continue
        for span in person.spans:
            left = _land_left(doc, span.end, lands)
            if left is not None:
                person.foreign_to, person.home_again = left, True
                break
            behind = doc[span.end : span.end + _VERB_REACH]
            verb = next((t for t in behind if t.lemma_ in word_set("sets_out_abroad")), None)
            if verb is None or any(t.text in {",", "."} for t in doc[span.end : verb.i]):
                continue
            near = range(verb.i + 2, min(verb.i + 2 + _PLACE_REACH, len(doc)))
            at = next((i for i in near if i in lands), None)
            leads = doc[verb.i + 1 : verb.i + 2].text in word_set("leads_abroad")
            if at is not None and leads and not comes_home(doc, verb, at + 1):
                person.foreign_to = lands[at]
                break


def _land_left(doc: Doc, end: int, lands: Mapping[int, str]) -> str | None:
    """Return Peru of "X on Monday, returned from Lima, Peru", whose name ends at `end`."""
    day = end + 2 if word_at(doc, end) in word_set("before_day_of_return") else end
    behind = doc[day : day + 1 + _VERB_REACH]
    verb = next((t for t in behind if t.lemma_ in word_set("comes_home")), None)
    if verb is None or any(t.text in {",", "."} for t in doc[end : verb.i - 1]):
        return None
    near = range(verb.i + 1, min(verb.i + 1 + _FROM_REACH, len(doc)))
    out = next((i for i in near if word_at(doc, i) == "from"), None)
    if out is None or any(word_at(doc, i) in word_set("no_way_home") for i in range(verb.i, out)):
        return None
    if verb.lemma_ not in word_set("comes_home_alone") and not any(
        word_at(doc, i) in word_set("way_home") for i in range(verb.i, out)
    ):
        return None
    land = next((i for i in range(out + 1, out + 1 + _LAND_REACH) if i in lands), None)
    leads = land is not None and word_at(doc, land - 1) in word_set("leads_from_land")
    return lands[land] if land is not None and leads else None


__all__ = ["note_bound_abroad"]
