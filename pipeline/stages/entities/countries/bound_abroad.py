"""Whom the text sends abroad: "Opposition Leader X left for Canberra" is no Australian."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.stages.entities.countries.home_legs import comes_home
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How far behind his name the verb may stand, and behind the verb the place, in tokens.
_VERB_REACH, _PLACE_REACH = 4, 3


def note_bound_abroad(
    doc: Doc,
    persons: Sequence[Person],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> None:
    """Note of which land those of no told country are not: "X departs for Lima", "X landed in".

    Not where it is said that he returns, nor of who "left for the airport"; nor where the text
    tells of one land alone, within which officials travel as well.
    """
    lands = {place.start: place.country for place in places}
    lands |= {party.start: party.code for party in parties if party.is_country}
    for person in persons if len(set(lands.values())) > 1 else ():
        if person.country is not None or person.foreign_to is not None or not person.offices:
            continue
        for span in person.spans:
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


__all__ = ["note_bound_abroad"]
