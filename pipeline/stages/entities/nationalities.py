"""The countries that stand beside names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

_GENITIVES = frozenset({"'s", "’s", "'", "’"})
#: The party and state of a member of the US Congress: "(R-SC)".
_US_SEAT = re.compile(r"\s*\([RDI][-–][A-Z]{2}\)")


class Nationalities:
    """Reads the countries beside the names of one Doc."""

    def __init__(
        self,
        doc: Doc,
        names: Sequence[NameSpan],
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self.doc = doc
        self.names = {name.start: name for name in names}
        self.name_ends = {name.end: name for name in names}
        self.by_end = {office.end: office for office in offices}
        self.by_start = {office.start: office for office in offices}
        self.party_end = {party.end: party for party in parties}
        self.party_start = {party.start: party for party in parties}
        self.place_start = {place.start: place for place in places}
        #: Offices told behind a name, which the next name has no share in.
        self.told: set[int] = set()

    def country_beside(self, name: NameSpan) -> str | None:
        """Read "Malaysia's Anwar Ibrahim", "Anwar Ibrahim (Malaysia)", "Ben Sasse (Nebraska)"."""
        doc, at = self.doc, name.start
        if at > 1 and doc[at - 1].text in _GENITIVES and at - 1 in self.party_end:
            return self.party_end[at - 1].code
        if at in self.party_end and self.party_end[at].form == "adjective":
            return self.party_end[at].code
        end = name.end
        if end + 1 >= len(doc):
            return None
        if doc[end].text == "(" and _US_SEAT.match(doc[end : end + 6].text):
            return "USA"
        if doc[end].text in {"(", "of", "from"}:
            return self._country_behind(end)
        return self._country_apposed(end) if doc[end].text == "," else None

    def _country_apposed(self, comma: int) -> str | None:
        """Read ", a Malian officer", ", who leads France's mission", ", the UN's man"."""
        doc, at = self.doc, comma + 1
        if doc[at].lower_ == "who" and at + 1 < len(doc):
            if doc[at + 1].lemma_ not in word_set("leads"):
                return None
            return self._owner(at + 2 + (doc[at + 2 : at + 3].text.lower() in {"the", "a"}))
        article = doc[at].lower_ in {"a", "an", "the"}
        party = self.party_start.get(at + article)
        if party is None or party.end + 1 >= len(doc):
            return None
        following = doc[party.end]
        if following.text in _GENITIVES:
            stands = doc[party.end + 1].lower_ in word_set("stands_for")
            return party.code if stands else None
        told = party.form == "adjective" and doc[at].lower_ in {"a", "an"}
        return party.code if told and following.text[:1].islower() else None

    def _owner(self, at: int) -> str | None:
        """Return the party of "France's mission" or "Spanish embassy" that begins at `at`."""
        party = self.party_start.get(at)
        if party is None or party.end >= len(self.doc):
            return None
        owns = party.form == "adjective" or self.doc[party.end].text in _GENITIVES
        return party.code if owns or party.end + 1 == len(self.doc) else None

    def _country_behind(self, sign: int) -> str | None:
        """Read the country in "(Malaysia)", "of the Maldives", "from Chile", "(Ohio)"."""
        doc = self.doc
        party = self.party_start.get(sign + 1) or self.party_start.get(sign + 2)
        if party is not None:
            closed = doc[sign].text != "(" or doc[party.end : party.end + 1].text == ")"
            seat = party.form == "metonym" and doc[party.end : party.end + 1].text in _GENITIVES
            return party.code if closed and (party.form == "name" or seat) else None
        place = self.place_start.get(sign + 1)
        if place is None or doc[sign].text != "(" or doc[place.end : place.end + 1].text != ")":
            return None
        return place.country

    def give_seat(self, name: NameSpan) -> None:
        """Read the country of the seat in "Representative Ronny Jackson of Texas"."""
        place = self.place_start.get(name.end + 1)
        if place is None or self.doc[name.end].text not in {"of", "from"}:
            return
        for office in name.offices:
            seated = office.form.scope == "subnational" or office.form.office in word_set("seated")
            if seated and office.country is None:
                office.country = place.country


__all__ = ["Nationalities"]
