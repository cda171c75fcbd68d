"""One place at a word: "the small island nation of Mauritius", "Russia's Sochi"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.tables import words
from pipeline.discourse.text import Spot, Text
from pipeline.neighbours import text_at, word_at
from pipeline.signs import APOSTROPHE_S, GENITIVES, HYPHENS

#: How many words may stand before a place's name ("the small island of").
REACH_TOKENS = 9
#: Parts of speech of what describes a place before "of", and what it may name.
_DESCRIBES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV"})
#: Parts of speech of what stands behind a town in apposition.
_ENDS = frozenset({"PUNCT", "ADP", "ADV", "SPACE", "CCONJ", "SCONJ"})
#: How a word hangs on the noun that it describes.
_ATTRIBUTES = frozenset({"compound", "nmod", "amod"})
#: How many words the name of a building may have.
_VENUE = 7
_LANDS = frozenset({"country", "place", "group"})


class SpotReader(Text):
    """Reads one place by position."""

    def _is_place(self, i: int) -> bool:
        """Tell whether a place is named at token `i` and is no owner of an actor."""
        read = self._spot(i)
        return read is not None and not self.is_owner(read[0].reference)

    def _spot(self, i: int) -> tuple[Spot, int] | None:
        """Read one place at token `i`; return it and the token behind it."""
        at = self._described(i) or i
        reach = i + REACH_TOKENS
        while at < min(len(self.doc), reach):
            if (described := self._compound(at) or self._behind_bloc(at)) > 0:
                at, reach = described, max(reach, described + 1)
                continue
            reference = self._place_reference(at)
            if reference is not None and self._is_joined(reference):
                return None
            if reference is not None:
                neighbour = self._neighbour(self.bounds(reference)[1])
                if not neighbour:
                    return self._spot_of(reference)
                at = neighbour
                continue
            if at == i and (town := self._behind_venue(i)):
                at = town
                continue
            token = self.doc[at]
            if token.lower_ == "here" and at == i and self.here is not None:
                return replace(self.here, start=at, end=at + 1), at + 1
            if not self._may_precede_place(token):
                return None
            at += 2 if self._is_apposed_town(at) else 1
        return None

    def _behind_venue(self, i: int) -> int:
        """Return where the town stands in "the State House, Abuja", "the State House Abuja", or 0.

        None in "at the Congress Hall, Lima said".
        """
        doc = self.doc
        start = i + (doc[i].lower_ in words("article"))
        at = start
        while at < min(start + _VENUE, len(doc)) and _is_of_name(doc[at]) and not self.at(at):
            at += 1
        if at == start or doc[at - 1].lower_ not in words("venue"):
            return 0
        at += doc[at : at + 1].text == ","
        town = self._place_reference(at) if at < len(doc) else None
        if town is None or (town.kind != "place" and town.form != "metonym"):
            return 0
        end = self.bounds(town)[1]
        return at if all(token.pos_ in _ENDS for token in doc[end : end + 1]) else 0

    def _is_apposed_town(self, i: int) -> bool:
        """Tell the capital of "in the capital, Lima", not of "in the capital, Lima said"."""
        if self.doc[i].lower_ not in words("town_noun") or i + 2 >= len(self.doc):
            return False
        town = self._place_reference(i + 2) if self.doc[i + 1].text == "," else None
        if town is None or (town.kind != "place" and town.form != "metonym"):
            return False
        end = self.bounds(town)[1]
        return all(token.pos_ in _ENDS for token in self.doc[end : end + 1])

    def _described(self, i: int) -> int:
        """Return where the name begins in "the Indian Ocean island nation of Mauritius", or 0.

        What lies before "of" says where the country lies or whose it was: no one goes there.
        """
        doc, nouns = self.doc, words("place_noun")
        for at in range(i, min(i + REACH_TOKENS, len(doc) - 2)):
            word = doc[at]
            if word.pos_ not in _DESCRIBES and word.text != "-":
                return 0
            if word.lower_ not in nouns or doc[at + 1].lower_ != "of":
                continue
            start = at + 2 + (doc[at + 2].lower_ == "the")
            named = self._place_reference(start) if start < len(doc) else None
            told = [r for j in range(i, at) for r in self.at(j)]
            held = any(r.kind not in _LANDS for r in told)
            return 0 if named is None or named.form == "adjective" or held else start
        return 0

    def _is_joined(self, reference: Reference) -> bool:
        """Tell the first of "the Peru-Chile commission": no one is there for all that."""
        end = self.bounds(reference)[1]
        if end + 1 >= len(self.doc) or self.doc[end].text not in HYPHENS:
            return False
        further = self._place_reference(end + 1)
        countries = reference.kind == "country" and further is not None
        return countries and further is not None and further.kind == "country"

    def _compound(self, i: int) -> int:
        """Return the end of "Moroccan-ruled", "war-torn", "oil-rich," which starts at `i`, or 0.

        "Kenya - next week" is none.
        """
        doc = self.doc
        if i + 3 >= len(doc) or doc[i + 1].text != "-" or doc[i].is_punct or doc[i].whitespace_:
            return 0
        last = doc[i + 2]
        told = last.pos_ in {"ADJ", "VERB"} or self._is_named(i + 3)
        if self.at(i + 2) or (not told and last.lower_ not in words("ruled")):
            return 0
        return i + 3 + (doc[i + 3].text == ",")

    def _is_named(self, i: int) -> bool:
        """Tell a place's own name, as in "faraway Brussels", from "foreign Russian aid"."""
        reference = self._place_reference(i) if i < len(self.doc) else None
        return reference is not None and reference.form != "adjective"

    def _spot_of(self, reference: Reference) -> tuple[Spot, int] | None:
        """Read on from a place's first reference ("the Thai capital", "Baku's Congress Center")."""
        start, end = self.bounds(reference)
        if reference.form == "adjective" or self._describes(reference, end):
            end = self._adjective_place(end)
            if not end:
                return None
            city = self._place_reference(end)
            if city is not None and city.kind == "place":
                reference = city
                end = self.bounds(city)[1]
        if (town := self._own_town(reference, end)) is not None:
            reference, end = town, self.bounds(town)[1]
        end = self._behind(end)
        further = self._city_behind(reference, end) or self._city_apposed(reference, end)
        if further is not None:
            reference = further
            end = self.bounds(further)[1]
        elif self._is_mission(reference, end):
            city = self._place_reference(end + 1) if end + 1 < len(self.doc) else None
            if city is None or city.kind != "place":
                return None  # "at the U.S. Embassy", which stands elsewhere
            reference, end = city, self.bounds(city)[1]
        assert reference.country is not None
        place = reference.place if reference.kind == "place" else None
        return Spot(reference.country, place, reference, start, end), end

    def _describes(self, land: Reference, end: int) -> bool:
        """Tell the "US" of "visited US troops in Iraq" from that of "her US visit", "the US".

        Such short names stand for the adjective; of others the name is no attribute of a noun.
        """
        last = self.doc[end - 1]
        if last.text not in words("short_as_adjective") or last.dep_ not in _ATTRIBUTES:
            return False
        noun = last.head
        own = land.kind == "country" and noun.i >= end and noun.tag_ in {"NN", "NNS"}
        trip = {noun.lemma_, noun.lower_} & words("trip_noun", "event", "mission_house")
        return own and not trip

    def _is_mission(self, land: Reference, end: int) -> bool:
        """Tell the country of "the U.S. Embassy", which ends before token `end`."""
        house = self.doc[end : end + 1].text.lower() in words("mission_house")
        return house and land.kind == "country"

    def _own_town(self, reference: Reference, end: int) -> Reference | None:
        """Return Sochi of "Russia's Sochi", "Russia's Black Sea resort of Sochi"."""
        if text_at(self.doc, end) not in APOSTROPHE_S:
            return None
        for at in range(end + 1, min(end + REACH_TOKENS, len(self.doc))):
            town = self._place_reference(at)
            if town is not None and town.kind == "place":
                return town if town.country == reference.country else None
            if self.doc[at].pos_ not in _DESCRIBES and self.doc[at].lower_ != "of":
                return None
        return None

    def _place_reference(self, i: int) -> Reference | None:
        told = self.at(i)
        if not told:
            return None
        for reference in told:
            if reference.kind == "place" and reference.country:
                return reference
        for reference in told:
            if reference.kind == "country" and reference.form in {"name", "adjective", "metonym"}:
                return reference
        return None

    def _adjective_place(self, i: int) -> int:
        """Return the end of "capital", "island of" behind an adjective, or 0."""
        doc = self.doc
        for at in range(i, min(i + 4, len(doc))):
            if doc[at].lower_ in words("place_noun"):
                end = at + 1
                while end < len(doc) and doc[end].lower_ in {"of", ",", "city"}:
                    if self._place_reference(end + 1) is None:
                        break
                    end += 1
                return end
            if doc[at].pos_ not in {"ADJ", "NOUN", "PROPN"} and doc[at].text != "-":
                return 0
        return 0

    def _city_behind(self, reference: Reference, end: int) -> Reference | None:
        """Return the city that a landmark is said to be in ("the Peace Palace in Phnom Penh")."""
        doc = self.doc
        if reference.kind != "place" or end + 1 >= len(doc) or doc[end].lower_ != "in":
            return None
        other = self._place_reference(end + 1)
        if other is None or other.kind != "place" or other.country == reference.country:
            return None
        return other

    def _city_apposed(self, reference: Reference, end: int) -> Reference | None:
        """Return the city of "New Zealand, in Auckland,": the same country's."""
        doc = self.doc
        if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in {"in", "at"}:
            return None
        other = self._place_reference(end + 2)
        inside = other is not None and other.kind == "place" and reference.kind == "country"
        return (
            other if inside and other is not None and other.country == reference.country else None
        )

    def _neighbour(self, end: int) -> int:
        """Return where the place begins in "Ghana's neighbours, Togo", "Chad ally Niger", or 0."""
        doc = self.doc
        owned = text_at(doc, end) in APOSTROPHE_S
        for at in range(end + owned, min(end + (5 if owned else 1), len(doc))):
            if doc[at].lemma_.lower() not in words("related_land"):
                continue
            if owned:
                return at + 1 + (at + 1 < len(doc) and doc[at + 1].text == ",")
            return at + 1 if self._is_named(at + 1) else 0
        return 0

    def _behind(self, end: int) -> int:
        """Skip "'s capital", "City" and the like behind a place."""
        doc = self.doc
        if end < len(doc) and doc[end].text in APOSTROPHE_S:
            at = end + 1
            while at < len(doc) and (
                doc[at].pos_ in {"ADJ", "PROPN", "NOUN"} or doc[at].text == "-"
            ):
                at += 1
            return at
        return end

    def _may_precede_place(self, token: Token) -> bool:
        if token.lower_ in words("before_place_name"):
            return True
        if token.lower_ in words("institution") and text_at(self.doc, token.i + 1) == "of":
            return True  # "at the University of Lima"
        if token.pos_ in {"DET", "ADJ", "NUM"} or token.text == "-" or token.tag_ == "VBN":
            return not self.at(token.i)
        if token.lower_ in words("place_noun") or _is_degree(token) or self._is_of_bloc(token):
            return True
        if self._is_of_standing(token) or self._owns_town(token):
            return True
        describes = token.is_lower and token.pos_ in {"NOUN", "ADV"}
        describes = describes and token.lower_ not in words("denying_adverb")
        return describes and not self.at(token.i) and self._is_named(token.i + 1)

    def _owns_town(self, token: Token) -> bool:
        """Tell the "country" and "'s" of "the country's capital Lima"."""
        sign = token.i + (token.text not in APOSTROPHE_S)
        if sign + 2 >= len(self.doc) or self.doc[sign].text not in APOSTROPHE_S:
            return False
        owner, town = self.doc[sign - 1].lower_, self.doc[sign + 1].lower_
        return owner in words("place_noun") and town in words("town_noun")

    def _is_of_bloc(self, token: Token) -> bool:
        """Tell the "EU" of "EU candidate Moldova": what a land is to it tells which is meant."""
        if text_at(self.doc, token.i + 1) not in words("of_bloc") or not token.is_upper:
            return False
        further = token.i + 2 + (text_at(self.doc, token.i + 2) in words("land_of_bloc"))
        return self._is_named(further)

    def _behind_bloc(self, i: int) -> int:
        """Return where the name begins in "East African Community member state Peru", or 0."""
        told = [r for r in self.at(i) if r.kind == "organization" and r.form == "name"]
        bloc = told[0] if told else None
        if bloc is None or self.bounds(bloc)[0] != i:
            return 0
        at = self.bounds(bloc)[1]
        if text_at(self.doc, at) == "(" and text_at(self.doc, at + 2) == ")":
            at += 3
        if word_at(self.doc, at) not in words("of_bloc"):
            return 0
        at += 1 + (text_at(self.doc, at + 1) in words("land_of_bloc"))
        return at if self._is_named(at) else 0

    def _is_of_standing(self, token: Token) -> bool:
        """Tell the "bloc" of "fellow bloc members Peru", the "Gulf" of "Gulf states Oman".

        So that of "his country's allies Peru and Chile"; not what a person or another land owns.
        """
        for other in self.doc[token.i : token.i + 4]:
            if other.i > token.i and other.lemma_.lower() in words("of_bloc", "land_of_standing"):
                return self._is_named(other.i + 1)
            owner = other.text in GENITIVES
            if not (owner or other.pos_ in {"NOUN", "PROPN", "ADJ"}):
                return False
            blocs = other.i == token.i and token.i + 1 < len(self.doc) and not owner
            if [r for r in self.at(other.i) if not (blocs and r.kind == "organization")]:
                return False
            if other.ent_type_ in {"PERSON", "DATE"}:
                return False
        return False

    def places_in(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the references to countries by name and to places in a stretch of tokens."""
        for i in range(start, end):
            reference = self._place_reference(i)
            if reference is None or reference.form == "adjective":
                continue
            if not self._describes(reference, self.bounds(reference)[1]):
                yield reference


def _is_of_name(token: Token) -> bool:
    """Tell the words of a building's name: "Kenyatta International Convention Centre"."""
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "ADJ", "NOUN"}


def _is_degree(token: Token) -> bool:
    """Tell the "sparsely" of "sparsely populated Chad"."""
    return token.pos_ == "ADV" and token.lower_.endswith("ly")


__all__ = ["REACH_TOKENS", "SpotReader"]
