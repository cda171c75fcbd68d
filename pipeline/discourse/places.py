"""Where: the places that a phrase lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.tables import words
from pipeline.discourse.text import Spot, Text

#: How many words may stand before a place's name ("the small island of").
_REACH_TOKENS = 9
_NEAR = frozenset({"near", "outside"})
#: Adverbs that deny what stands behind them.
_NO = frozenset({"not", "never", "n't", "rather", "instead"})
#: What a list of lands has none of before its noun.
_NAMED = frozenset({"country", "place", "person"})
#: Parts of speech of what describes a place before "of", and what it may name.
_DESCRIBES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_LANDS = frozenset({"country", "place", "group"})
#: What parts "three countries" from their names.
_OPENING = frozenset({",", ":", "-", "--", "–", "—", "("})
#: What stands behind a place of a list that ";" parts ("Lima, Peru; Quito, Ecuador (twice)").
_LIST_SIGNS = frozenset({",", ";", "(", ".", ")", "–", "—", ""})


class PlaceReader(Text):
    """Reads places by position."""

    def spots(self, i: int) -> list[Spot]:
        """Read the places of the list that starts at token `i` ("Vietnam, Laos and Cambodia")."""
        if i not in self._listed_from:
            self._listed_from[i] = tuple(self._read_spots(i))
        return list(self._listed_from[i])

    @cached_property
    def _listed_from(self) -> dict[int, Sequence[Spot]]:
        """What was read before, since several rules ask at the same word."""
        return {}

    def _over_space(self, i: int) -> int:
        """Return the token behind superfluous spaces at token `i` within a sentence, else `i`."""
        doc = self.doc
        while i + 1 < len(doc) and doc[i].is_space and not doc[i + 1].is_sent_start:
            i += 1
        return i

    def _read_spots(self, i: int) -> list[Spot]:
        i = self._over_space(i)
        found: list[Spot] = []
        none = self.is_of_matter(i) or self._is_of_pair(i)
        at = len(self.doc) if none else self._first_place(i)
        while at < len(self.doc):
            read = self._spot(at)
            if read is None:
                break
            spot, at = read
            if not self._within(spot, found):
                found.append(spot)
            at = self._skip_bracket(at)
            joint = self._joint(at)
            if joint is None:
                break
            at = joint
        further = self._examples(at) if found else None
        if further is not None:
            listed = self.spots(further)
            found += [s for s in listed if s.country not in {spot.country for spot in found}]
        return found

    def is_where(self, i: int) -> bool:
        """Tell "in Lima", "outside Lima", "on Easter Island", not "investments outside Peru"."""
        word = self.doc[i].lower_
        if word in _NEAR:
            return any(spot.is_town for spot in self.spots(i + 1)[:1])
        landed = word == "on" and {t.lower_ for t in self.doc[i + 1 : i + 5]} & words("land_on")
        return word in {"in", "at"} or bool(landed)

    def _is_of_pair(self, i: int) -> bool:
        """Tell the China of "in the China-Africa summit", held with it and anywhere."""
        at = i + (self.doc[i : i + 1].text.lower() == "the")
        name, hyphen, other = ([t.text for t in self.doc[at : at + 3]] + [""] * 3)[:3]
        joined = name.istitle() and hyphen in {"-", "–"} and other.istitle()
        return joined and any(t.lemma_.lower() in words("event") for t in self.doc[at : at + 6])

    def _first_place(self, i: int) -> int:
        first = self._counted(i) or self._of_region(i) or self._past_town(i)
        return first or self._past_nationality(i) or i

    def _past_nationality(self, i: int) -> int:
        """Return where the town begins of "in Swiss Lausanne" at token `i`, or 0."""
        lands = [r for r in self.at(i) if r.kind == "country" and r.form == "adjective"]
        end = self.bounds(lands[0])[1] if lands else len(self.doc)
        towns = self.at(end) if end < len(self.doc) else ()
        same = any(r.kind == "place" and r.country == lands[0].country for r in towns)
        return end if same else 0

    def _past_town(self, i: int) -> int:
        """Return where the country begins of "Argyle, Saint Vincent": of a town not known, or 0."""
        doc, at = self.doc, i + (self.doc[i : i + 1].text.lower() == "the")
        i = at
        while at < min(i + 4, len(doc)) and doc[at].pos_ == "PROPN" and not self.at(at):
            if doc[at].ent_type_ in {"DATE", "TIME"} or not doc[at].text.istitle():
                return 0
            at += 1
        if at == i or doc[at : at + 1].text != ",":
            return 0
        land = self._place_reference(at + 1) if at + 1 < len(doc) else None
        if land is None or land.kind != "country" or land.form != "name" or self.is_owner(land):
            return 0
        behind = doc[self.bounds(land)[1] : self.bounds(land)[1] + 1]
        return 0 if any(t.pos_ in {"VERB", "AUX"} for t in behind) else at + 1

    def _counted(self, i: int) -> int:
        """Return where the places begin of "three countries: Peru and Chile" at token `i`, or 0.

        Also those of "the nations of", "South American states, including", "islands (Aruba …".
        """
        doc = self.doc
        at = i
        while at < min(i + _REACH_TOKENS, len(doc)) and doc[at].lower_ not in words("lands"):
            named = any(r.kind in _NAMED and r.form != "adjective" for r in self.at(at))
            if doc[at].pos_ not in {"DET", "NUM", "ADJ", "PROPN", "ADV", "PRON"} or named:
                return 0
            at += 1
        at = self._past_quality(at)
        sign = doc[at + 1 : at + 2].text
        behind = at + 1 + (sign in _OPENING)
        while doc[behind : behind + 1].text.lower() in words("listing"):
            behind += 1
        if behind == at + 1 or self._place_reference(behind) is None:
            return 0
        plain = sign == "," and behind == at + 2
        return behind if not plain or self._is_listed(behind) else 0

    def _past_quality(self, i: int) -> int:
        """Return the "crisis" of "five countries in crisis: Peru and Chile" at its "countries"."""
        doc = self.doc
        if doc[i + 1 : i + 2].text.lower() not in {"in", "of", "on", "at", "across", "affected"}:
            return i
        for at in range(i + 1, min(i + _REACH_TOKENS, len(doc) - 1)):
            if doc[at + 1].text == ":":
                return at
            if doc[at].is_punct or doc[at].tag_ in {"VBD", "VBZ", "VBP", "MD"} or self.at(at):
                return i
        return i

    def _of_region(self, i: int) -> int:
        """Return where the places begin of "South America, including Peru and Chile", or 0."""
        doc, at = self.doc, i + (self.doc[i : i + 1].text.lower() == "the")
        begun = at
        while at < min(i + 5, len(doc)) and doc[at].pos_ == "PROPN" and not self.at(at):
            if doc[at].ent_type_ in {"DATE", "TIME", "PERSON"}:
                return 0
            at += 1
        behind = at + (doc[at : at + 1].text in _OPENING)
        if at == begun or doc[behind : behind + 1].text.lower() not in words("region_listing"):
            return 0
        while doc[behind : behind + 1].text.lower() in words("listing") | {"notably"}:
            behind += 1
        first = self._place_reference(behind) if behind < len(doc) else None
        return behind if first is not None and not self.is_owner(first) else 0

    def _is_listed(self, i: int) -> bool:
        """Tell a place behind which a further one is named ("Peru and Chile", "Peru, Chile")."""
        read = self._spot(i)
        return read is not None and self._joint(read[1]) is not None

    def _examples(self, i: int) -> int | None:
        """Return where the places begin of ", as well as other countries, such as Peru"."""
        doc = self.doc
        at = i + (i < len(doc) and doc[i].text == ",")
        pair = doc[at : at + 2].text.lower()
        if pair not in {"as well", "and other", "and several", "and some"}:
            return None
        for ahead in range(at + 2, min(at + 9, len(doc) - 2)):
            pair = doc[ahead : ahead + 2].text.lower()
            if doc[ahead].pos_ in {"VERB", "AUX"} and doc[ahead].lower_ != "including":
                return None
            if doc[ahead].lower_ == "including":
                return ahead + 1
            if pair in {"such as", "among them"}:
                return ahead + 2
        return None

    def _within(self, spot: Spot, found: list[Spot]) -> bool:
        """Tell a country named behind its own city ("Baku, Azerbaijan")."""
        for number, other in enumerate(found):
            if other.country == spot.country:
                if other.place is None and spot.place is not None:
                    found[number] = replace(spot)
                elif spot.place is None and number == len(found) - 1:
                    found[number] = replace(other, end=spot.end)
                return True
        return False

    def _skip_bracket(self, i: int) -> int:
        if i < len(self.doc) and self.doc[i].text == "(":
            for j in range(i, min(i + 10, len(self.doc))):
                if self.doc[j].text == ")":
                    return j + 1
        return i

    def _joint(self, i: int) -> int | None:
        """Return where the list goes on behind "," or "and", or None."""
        at = i
        while at < len(self.doc) and self.doc[at].lower_ in {
            ",",
            "and",
            "&",
            "then",
            "followed",
            "by",
            "as",
            "well",
            "plus",
            "finally",
            "later",
            "before",
            "or",
            "onward",
            "/",
            ";",
        }:
            if self.doc[at].lower_ == "by" and self.doc[at - 1].lower_ != "followed":
                return None  # "the visit to Riyadh by U.S. officials"
            at = self._over_space(at + 1)
        again = at > i and self.doc[at - 1].lower_ == "and" and self.doc[at : at + 1].text == "to"
        at += again  # "a visit to Brunei and to Thailand"
        if at == i or at == len(self.doc):
            return None
        if self.doc[at].lower_ in {"a", "an"}:
            return self._past_apposition(at)
        following = self._spot(at)
        if following is None or self.is_owner(following[0].reference):
            return None
        if self._acts(i, at, following[1]):
            return None  # "returned from Peru, Quito hosted"
        parted = self.doc[i].text == ";"
        if parted and self.doc[following[1] : following[1] + 1].text not in _LIST_SIGNS:
            return None  # "went to Lima; Quito was next" is no list
        return at

    def _acts(self, i: int, at: int, end: int) -> bool:
        """Tell a place behind a comma alone that is the subject of the verb right behind it."""
        comma = self.doc[i].text == "," and at == i + 1
        noun = self.doc[end - 1]
        follows = self.doc[end : end + 1]
        acting = len(follows) == 1 and follows[0].pos_ in {"VERB", "AUX"}
        return comma and acting and noun.dep_ == "nsubj" and noun.head.i > noun.i

    def _past_apposition(self, i: int) -> int | None:
        """Return where "Peru, a close Chilean ally, and Cuba" goes on behind what Peru is, or None.

        No list of countries goes on with "a".
        """
        doc = self.doc
        for at in range(i + 1, min(i + _REACH_TOKENS, len(doc) - 2)):
            if doc[at].text == "," or doc[at].pos_ in {"VERB", "AUX"}:
                further = doc[at].text == "," and doc[at + 1].lower_ == "and"
                return at + 2 if further and self._is_place(at + 2) else None
        return None

    def _is_place(self, i: int) -> bool:
        """Tell whether a place is named at token `i` and is no owner of an actor."""
        read = self._spot(i)
        return read is not None and not self.is_owner(read[0].reference)

    def _spot(self, i: int) -> tuple[Spot, int] | None:
        """Read one place at token `i`; return it and the token behind it."""
        at = self._described(i) or i
        while at < len(self.doc) and at - i < _REACH_TOKENS:
            compound = self._compound(at)
            if compound:
                at = compound
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
            token = self.doc[at]
            if token.lower_ == "here" and at == i and self.here is not None:
                return replace(self.here, start=at, end=at + 1), at + 1
            if not self._may_precede_place(token):
                return None
            at += 1
        return None

    def _described(self, i: int) -> int:
        """Return where the name begins in "the Indian Ocean island nation of Mauritius", or 0.

        What lies before "of" says where the country lies or whose it was: no one goes there.
        """
        doc = self.doc
        for at in range(i, min(i + _REACH_TOKENS, len(doc) - 2)):
            if doc[at].pos_ not in _DESCRIBES and doc[at].text != "-":
                return 0
            if doc[at].lower_ not in words("place_noun") or doc[at + 1].lower_ != "of":
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
        if end + 1 >= len(self.doc) or self.doc[end].text not in {"-", "–"}:
            return False
        further = self._place_reference(end + 1)
        countries = reference.kind == "country" and further is not None
        return countries and further is not None and further.kind == "country"

    def _compound(self, i: int) -> int:
        """Return the end of "Moroccan-ruled", "war-torn", "oil-rich," which starts at `i`, or 0."""
        doc = self.doc
        if i + 3 >= len(doc) or doc[i + 1].text != "-" or doc[i].is_punct:
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
        if reference.form == "adjective":
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

    def _is_mission(self, land: Reference, end: int) -> bool:
        """Tell the country of "the U.S. Embassy", which ends before token `end`."""
        house = self.doc[end : end + 1].text.lower() in words("mission_house")
        return house and land.kind == "country"

    def _own_town(self, reference: Reference, end: int) -> Reference | None:
        """Return Sochi of "Russia's Sochi", "Russia's Black Sea resort of Sochi"."""
        if self.doc[end : end + 1].text not in {"'s", "’s"}:
            return None
        for at in range(end + 1, min(end + _REACH_TOKENS, len(self.doc))):
            town = self._place_reference(at)
            if town is not None and town.kind == "place":
                return town if town.country == reference.country else None
            if self.doc[at].pos_ not in _DESCRIBES and self.doc[at].lower_ != "of":
                return None
        return None

    def _place_reference(self, i: int) -> Reference | None:
        for reference in self.at(i):
            if reference.kind == "place" and reference.country:
                return reference
        for reference in self.at(i):
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
        owned = doc[end : end + 1].text in {"'s", "’s"}
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
        if end < len(doc) and doc[end].text in {"'s", "’s"}:
            at = end + 1
            while at < len(doc) and (
                doc[at].pos_ in {"ADJ", "PROPN", "NOUN"} or doc[at].text == "-"
            ):
                at += 1
            return at
        return end

    def _may_precede_place(self, token: Token) -> bool:
        if token.lower_ in {"of", "the", "a", "an", "its", "his", "her", "their", "both", "also"}:
            return True
        if (
            token.lower_ in words("institution")
            and self.doc[token.i + 1 : token.i + 2].text == "of"
        ):
            return True  # "at the University of Lima"
        if token.pos_ in {"DET", "ADJ", "NUM"} or token.text == "-" or token.tag_ == "VBN":
            return not self.at(token.i)
        if token.lower_ in words("place_noun") or _is_degree(token) or self._is_of_bloc(token):
            return True
        describes = token.is_lower and token.pos_ in {"NOUN", "ADV"} and token.lower_ not in _NO
        return describes and not self.at(token.i) and self._is_named(token.i + 1)

    def _is_of_bloc(self, token: Token) -> bool:
        """Tell the "EU" of "EU candidate Moldova": what a land is to it tells which is meant."""
        if not token.is_upper or self.doc[token.i + 1 : token.i + 2].text not in words("of_bloc"):
            return False
        further = token.i + 2 + (self.doc[token.i + 2 : token.i + 3].text in words("land_of_bloc"))
        return self._is_named(further)

    def places_in(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the references to countries by name and to places in a stretch of tokens."""
        for i in range(start, end):
            reference = self._place_reference(i)
            if reference is not None and reference.form != "adjective":
                yield reference


def _is_degree(token: Token) -> bool:
    """Tell the "sparsely" of "sparsely populated Chad"."""
    return token.pos_ == "ADV" and token.lower_.endswith("ly")


__all__ = ["PlaceReader"]
