"""Countries by which only somebody or something foreign is told: "the Norwegian city of Bergen".

Such a mention does not tell that an article is written in, or for, that country.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set


def foreign_marks(
    doc: Doc,
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    offices: Sequence[OfficeSpan] = (),
) -> frozenset[int]:
    """Return the tokens at which countries and places begin that only mark what is foreign.

    "The Norwegian city of Bergen", "flown in from Norway", "the Norwegian embassy", "Ana Ruiz
    (Peru)", "the UN envoy for Norway" and "the University of Bergen in Norway" do; "Norway's
    parliament" does not.
    """
    found = {
        party.start
        for office in offices
        if office.kind == "envoy"
        for party in parties
        if party.is_country and office.head_end <= party.start < office.end
        if word_at(doc, party.start - 1) != "of"
    }
    by_start = {place.start: place for place in places}
    by_end = {place.end: place for place in places}
    for party in parties:
        if not party.is_country:
            continue
        at = party.start - (word_at(doc, party.start - 1) == "the")
        led = word_at(doc, at - 1)
        if led == "from" or (led == "(" and text_at(doc, party.end) == ")"):
            found.add(party.start)
        if led == "in" and at - 1 in by_end:
            found |= {party.start, by_end[at - 1].start}
        if party.form == "adjective":
            noun = word_at(doc, party.end)
            if noun in word_set("foreign_noun"):
                found.add(party.start)
            if noun in word_set("settlement") and word_at(doc, party.end + 1) == "of":
                found |= {party.start} | ({party.end + 2} & by_start.keys())
    return frozenset(found)


__all__ = ["foreign_marks"]
