"""Where: the places that a phrase lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from models.entity import PERSONAL_KINDS
from pipeline.discourse.spots import REACH_TOKENS, SpotReader
from pipeline.discourse.tables import words
from pipeline.discourse.text import Spot
from pipeline.labels import FINITE, TENSED, TIMES, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import (
    APOSTROPHE_S,
    DASHES,
    GENITIVES,
    HYPHENS,
    OPENING_QUOTES,
    OPENS_LIST,
)

_NEAR = frozenset({"near", "outside"})
#: What a list of lands has none of before its noun.
_NAMED = frozenset({"country", "place", "person"})
#: What stands behind a place of a list that ";" parts ("Lima, Peru; Quito, Ecuador (twice)").
_LIST_SIGNS = frozenset({",", ";", "(", ".", ")", "", *DASHES})
#: How long what a place of a list is said to be may be, in tokens.
_APPOSED_TOKENS = 12
#: How long "about 20 km (12 miles) north-east of" may be, in tokens.
_DISTANCE_TOKENS = 13

#: How many tokens a town not known, in the middle of a list of others, has at most.
_UNKNOWN_TOKENS = 6


class PlaceReader(SpotReader):
    """Reads places by position."""

    def spots(self, i: int) -> list[Spot]:
        """Read the places of the list that starts at token `i` ("Vietnam, Laos and Cambodia")."""
        if i not in self._listed_from:
            self._listed_from[i] = tuple(self._read_spots(i))
        return list(self._listed_from[i])

    def named_together(self, i: int) -> list[Spot]:
        """Read the list at token `i`, also where none goes: "the situation in Peru and Mali"."""
        return self.spots(i) or self._read_spots(i, matter=True)

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

    def _is_across_border(self, i: int) -> bool:
        """Tell the Chad of "a town that borders (on) Chad", which is not where one goes."""
        doc, at = self.doc, i
        while at > 0 and doc[at - 1].pos_ in {"PROPN", "DET"}:
            at -= 1
        for before in range(max(0, at - 2), at):
            if doc[before].pos_ == "VERB" and doc[before].lemma_ in words("borders_on"):
                return True
        return False

    def _read_spots(self, i: int, *, matter: bool = False) -> list[Spot]:
        i = self._over_space(i)
        i += text_at(self.doc, i) in OPENING_QUOTES  # "will visit "Peru, Mali and Chad""
        if i >= len(self.doc):
            return []  # behind the end of a text that breaks off
        i += 2 * (self.doc[i : i + 2].text.lower() in words("not_alone"))
        found: list[Spot] = []
        told = 0  # how many stand before the last comma
        none = (self.is_of_matter(i) and not matter) or self._is_of_pair(i)
        none = none or self._is_across_border(i)
        at = len(self.doc) if none else self._first_place(i)
        while at < len(self.doc):
            read = self._spot(at)
            if read is None:
                break
            spot, at = read
            if not self._within(spot, found):
                found.append(spot)
            at = self._skip_bracket(self._past_own_land(spot, at))
            joint = self._joint(at)
            if joint is None:
                break
            if self.doc[at].text == ",":
                told = len(found)
            at = joint
        if 0 < told < len(found) and self._tell(found[told].start, at):
            return found[:told]
        further = self._examples(at) if found else None
        if further is not None:
            listed = self.spots(further)
            found += [s for s in listed if s.country not in {spot.country for spot in found}]
        return found

    def _tell(self, first: int, end: int) -> bool:
        """Tell the capitals of "met in Vienna, the Kremlin and the White House said" from towns."""
        if end >= len(self.doc) or self.doc[end].lemma_ not in words("speech"):
            return False
        verb = self.doc[end]
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        finite = verb.tag_ in TENSED
        return finite and all(first <= subject.i < end for subject in subjects)

    def is_where(self, i: int) -> bool:
        """Tell "in Lima", "outside Lima", "on Easter Island", not "investments outside Peru"."""
        word = self.doc[i].lower_
        if word in _NEAR:
            return any(spot.is_town for spot in self.spots(i + 1)[:1])
        landed = word == "on" and {t.lower_ for t in self.doc[i + 1 : i + 5]} & words("land_on")
        return word in {"in", "at"} or bool(landed)

    def _is_of_pair(self, i: int) -> bool:
        """Tell the China of "in the China-Africa summit", held with it and anywhere."""
        doc = self.doc
        at = i + (word_at(doc, i) == "the")
        if text_at(doc, at + 1) not in HYPHENS:
            return False
        joined = text_at(doc, at).istitle() and text_at(doc, at + 2).istitle()
        joined = joined and not any(self.bounds(r)[1] > at + 1 for r in self.at(at))  # "Port-Vila"
        return joined and any(t.lemma_.lower() in words("event") for t in doc[at : at + 6])

    def _first_place(self, i: int) -> int:
        first = self._counted(i) or self._of_region(i) or self._past_town(i)
        return first or self._past_nationality(i) or i

    def _past_nationality(self, i: int) -> int:
        """Return where the town begins of "in Swiss Lausanne" at token `i`, or 0."""
        lands = [r for r in self.at(i) if r.kind == "country" and r.form == "adjective"]
        if not lands:
            return 0
        end = self.bounds(lands[0])[1]
        towns = self.at(end) if end < len(self.doc) else ()
        same = any(r.kind == "place" and r.country == lands[0].country for r in towns)
        return end if same else 0

    def _past_town(self, i: int) -> int:
        """Return where the country begins of "Argyle, Saint Vincent": of a town not known, or 0."""
        doc, at = self.doc, i + (word_at(self.doc, i) == "the")
        i = at
        while at < min(i + 4, len(doc)) and doc[at].pos_ == "PROPN" and not self.at(at):
            if doc[at].ent_type_ in TIMES or not doc[at].text.istitle():
                return 0
            at += 1
        if at == i or text_at(doc, at) != ",":
            return 0
        if town := self._town_beside(at + 1):
            return town
        land = self._place_reference(at + 1) if at + 1 < len(doc) else None
        if land is None or land.kind != "country" or land.form != "name" or self.is_owner(land):
            return 0
        behind = doc[self.bounds(land)[1] : self.bounds(land)[1] + 1]
        return 0 if any(t.pos_ in VERBS for t in behind) else at + 1

    def _town_beside(self, i: int) -> int:
        """Return where Milan begins of "Pontida, 20 km north of Milan" from token `i` on, or 0."""
        doc = self.doc
        for at in range(i, min(i + _DISTANCE_TOKENS, len(doc) - 1)):
            word = doc[at].lower_
            if word == "of" or word in _NEAR:
                lies = word != "of" or doc[at - 1].lower_ in words("compass")
                town = self._place_reference(at + 1)
                lies = lies and town is not None and town.kind == "place"
                return at + 1 if lies and town is not None and not self.is_owner(town) else 0
            if doc[at].pos_ not in {"NUM", "NOUN", "ADV", "ADJ", "PUNCT"} or word in {",", ";"}:
                return 0
        return 0

    def _counted(self, i: int) -> int:
        """Return where the places begin of "three countries: Peru and Chile" at token `i`, or 0.

        Also those of "the nations of", "South American states, including", "islands (Aruba …".
        """
        doc, lands = self.doc, words("lands")
        at, end = i, min(i + REACH_TOKENS, len(self.doc))
        while at < end and doc[at].lower_ not in lands:
            owns = text_at(doc, at + 1) in GENITIVES or doc[at].text in GENITIVES
            plain = doc[at].pos_ in {"DET", "NUM", "ADJ", "PROPN", "ADV", "PRON"}
            if not plain and not owns and doc[at].dep_ != "amod":
                return 0
            if any(r.kind in _NAMED and r.form != "adjective" for r in self.at(at)):
                return 0
            at += 1
        at = self._past_quality(at)
        sign = doc[at + 1 : at + 2].text
        behind = at + 1 + (sign in OPENS_LIST)
        while doc[behind : behind + 1].text.lower() in words("listing"):
            behind += 1
        first = behind + (doc[behind : behind + 1].text.lower() == "the")
        if behind == at + 1 or first == len(doc) or self._place_reference(first) is None:
            return 0
        plain = sign == "," and behind == at + 2
        return behind if not plain or self._is_listed(behind) else 0

    def _past_quality(self, i: int) -> int:
        """Return the "crisis" of "five countries in crisis: Peru and Chile" at its "countries".

        And the "week" of "three allies next week: Peru, Chile and Fiji".
        """
        doc = self.doc
        for at in range(i + 1, min(i + REACH_TOKENS, len(doc) - 1)):
            if doc[at + 1].text == ":" or doc[at + 1].text in DASHES:
                return at
            if doc[at].is_punct or doc[at].tag_ in FINITE or self.at(at):
                return i
        return i

    def _of_region(self, i: int) -> int:
        """Return where the places begin of "South America, including Peru and Chile", or 0."""
        doc, at = self.doc, i + (word_at(self.doc, i) == "the")
        begun = at
        while at < min(i + 5, len(doc)) and doc[at].pos_ == "PROPN" and not self.at(at):
            if doc[at].ent_type_ in {"DATE", "TIME", "PERSON"}:
                return 0
            at += 1
        if at == begun:
            return 0
        behind = at + (text_at(doc, at) in OPENS_LIST)
        if word_at(doc, behind) not in words("region_listing"):
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
            if doc[ahead].pos_ in VERBS and doc[ahead].lower_ != "including":
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

    def _past_own_land(self, spot: Spot, i: int) -> int:
        """Return the token behind "in Peru" of "Lima in Peru" at token `i`, else `i`."""
        if not spot.is_town or word_at(self.doc, i) != "in":
            return i
        land = self._place_reference(i + 1 + (word_at(self.doc, i + 1) == "the"))
        if land is None or land.kind != "country" or land.country != spot.country:
            return i
        return i if self.is_owner(land) else self.bounds(land)[1]

    def _skip_bracket(self, i: int) -> int:
        if i < len(self.doc) and self.doc[i].text == "(":
            for j in range(i, min(i + 10, len(self.doc))):
                if self.doc[j].text == ")":
                    return j + 1
        return i

    def _joint(self, i: int) -> int | None:
        """Return where the list goes on behind "," or "and", or None."""
        at = self._past_along(i)
        while at < len(self.doc) and self.doc[at].lower_ in words("land_joint"):
            if self.doc[at].lower_ == "by" and self.doc[at - 1].lower_ != "followed":
                return None  # "the visit to Riyadh by U.S. officials"
            if self.doc[at].lower_ == "as" and not self._is_as_well(at):
                return None  # "visited Chad, as Sudan's war went on"
            at = self._over_space(at + 1)
        at = self._past_but(i, at)
        leads = at > i and self.doc[at - 1].lower_ in words("before_second_to")
        at += leads and self.doc[at : at + 1].text == "to"  # "to Brunei and to Thailand"
        if at == i or at == len(self.doc):
            return None
        if self.doc[at].lower_ in {"a", "an"}:
            return self._past_apposition(at)
        following = self._spot(at)
        if following is None and self.doc[i].text == "," and self.doc[at].lower_ == "the":
            return self._past_apposition(at)  # "Peru, the site of an old mine, and Cuba"
        if following is None and (known := self._past_unknown(at)):
            return known
        if following is None or self.is_owner(following[0].reference):
            return None
        if self._acts(i, at, following[1]) or self.is_before_office(following[1]):
            return None  # "returned from Peru, Quito hosted"
        parted = self.doc[i].text == ";"
        return at if not parted or self._ends_entry(following) else None

    def _past_along(self, i: int) -> int:
        """Return the token behind the ", along with" of "Lima, along with Quito", else `i`."""
        at = i + (self.doc[i : i + 1].text == ",")
        return at + 2 if self.doc[at : at + 2].text.lower() in words("joins_party") else i

    def _past_unknown(self, i: int) -> int:
        """Return where Quito begins of "Lima, Foobar, Quito", a town not known at token `i`, or 0.

        "Visited Lima, Monday, and Quito", "Lima, Ana Ruiz and Quito": no town stands between.
        """
        doc, at = self.doc, i
        i = at = at + (doc[at].lower_ == "the")
        while at < min(i + _UNKNOWN_TOKENS, len(doc) - 2) and doc[at].text not in {",", "and"}:
            named = doc[at].pos_ == "PROPN" and doc[at].ent_type_ not in {"DATE", "PERSON", "ORG"}
            named = named and doc[at].text[:1].isupper() and not self.at(at)
            if not named and doc[at].text != "-":
                return 0
            at += 1
        if at == i or doc[at].text not in {",", "and"}:
            return 0
        at += 1 + (doc[at].text == "," and doc[at + 1].lower_ == "and")
        following = self._spot(at) if at < len(doc) else None
        return 0 if following is None or self.is_owner(following[0].reference) else at

    def _is_as_well(self, i: int) -> bool:
        """Tell either "as" at token `i` of "Chad as well as Niger" from "Chad, as Niger held back".

        So that of "Chad as well".
        """
        return "well" in {t.lower_ for t in (*self.doc[i - 1 : i], *self.doc[i + 1 : i + 2])}

    def _past_but(self, start: int, i: int) -> int:
        """Return the token behind "but also", or the "but" of "not only Peru but Chile", else `i`.

        Not behind that of "Peru but not Chile".
        """
        doc = self.doc
        if doc[i : i + 1].text.lower() != "but":
            return i
        if doc[i + 1 : i + 2].text.lower() == "also":
            return i + 2
        before = doc[max(0, start - REACH_TOKENS) : start].text.lower()
        return i + 1 if any(f"{told} " in before for told in words("not_alone")) else i

    def _ends_entry(self, read: tuple[Spot, int]) -> bool:
        """Tell a list's "Quito;", "Lima and Cusco in Peru;" from "went to Lima; Quito was next"."""
        end = self._past_own_land(*read)
        if self.doc[end : end + 1].text == "and":
            further = self._spot(end + 1) if end + 1 < len(self.doc) else None
            end = self._past_own_land(*further) if further is not None else end
        return self.doc[end : end + 1].text in _LIST_SIGNS

    def is_before_office(self, end: int) -> bool:
        """Tell the Chile of "visited Peru, Chile President Ana Soto said", which ends at `end`."""
        if end >= len(self.doc) or not self.doc[end].text[:1].isupper():
            return False
        return any(r.kind in PERSONAL_KINDS for r in self.at(end))

    def _acts(self, i: int, at: int, end: int) -> bool:
        """Tell a place behind a comma that is the subject of the verb right behind it.

        So the Chad of "sent its envoy to Lagos, and Chad reopened its embassy".
        """
        between = [token.lower_ for token in self.doc[i:at]]
        comma = between in ([","], [",", "and"])
        noun = self.doc[end - 1]
        follows = self.doc[end : end + 1]
        acting = len(follows) == 1 and follows[0].pos_ in VERBS
        return comma and acting and noun.dep_ == "nsubj" and noun.head.i > noun.i

    def _past_apposition(self, i: int) -> int | None:
        """Return where "Peru, a close Chilean ally, and Cuba" goes on behind what Peru is, or None.

        No list of countries goes on with "a".
        """
        doc = self.doc
        for at in range(i + 1, min(i + _APPOSED_TOKENS, len(doc) - 2)):
            if doc[at].text == "," or doc[at].pos_ in VERBS:
                further = doc[at].text == "," and doc[at + 1].lower_ == "and"
                return at + 2 if further and self._ends_list(at + 2) else None
        return None

    def _ends_list(self, i: int) -> bool:
        """Tell the Cuba of "Peru, an ally, and Cuba" from "and Cuba objects", "Cuba's army"."""
        read = self._spot(i) if self._is_place(i) else None
        behind = self.doc[read[1] : read[1] + 1] if read is not None else ()
        owned = any(t.pos_ in VERBS or t.text in APOSTROPHE_S for t in behind)
        return read is not None and not owned and self.doc[read[1] - 1].tag_ != "POS"


__all__ = ["PlaceReader"]
