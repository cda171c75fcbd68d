"""The offices and countries that stand beside names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES, STROKES
from pipeline.stages.entities.countries.affiliations import Affiliations
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.countries.memberships import members_told
from pipeline.stages.entities.countries.party_members import give_memberships
from pipeline.stages.entities.countries.represented import Represented
from pipeline.stages.entities.names.told_lists import ToldLists
from pipeline.stages.entities.offices.apposed_holders import apposed_holders
from pipeline.stages.entities.offices.as_offices import attach_as
from pipeline.stages.entities.offices.offices_before import OfficesBefore
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import modifiers, name_words, word_set

_LISTED_BY = frozenset({",", "and", "&"})
#: How far behind an office the region of "of the three West Nordic countries" ends, in tokens.
_REGIONAL = 5
#: How many words may stand between whose an office is and the part of it that is known.
_QUALIFIED = 3
#: What may part a land from the name of him who is its.
_PARTS_LAND = frozenset({",", ":", *STROKES})
#: How many names and countries make a list of each.
_PAIR = 2
#: The word lists of "of the two countries", one behind the other.
_OF_PAIR = ("pair_of", "pair_the", "pair_count", "pair_noun")


def attach_offices(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    affiliations: Affiliations,
) -> None:
    """Give each name the offices and countries that stand beside it."""
    attacher = _Attacher(doc, names, offices, parties, places)
    attacher.pass_lands_on(offices)
    attacher.attach_in_turn(offices)
    for name in names:
        attacher.attach(name)
    attacher.attach_lists(offices)
    attacher.attach_nationals()
    attacher.attach_represented()  # before what "A, the Peruvian delegation by B" seems to say
    attacher.attach_identified()
    lands = {p.end: p.code for p in parties if p.is_country and p.form == "adjective"}
    give_memberships(names, affiliations, attacher.listed, lands)
    affiliations.members = dict(members_told(affiliations, names, attacher.listed, lands, parties))
    attach_as(doc, names, offices)


class _Attacher(OfficesBefore, Represented, ToldLists):
    """Looks around the names of one Doc, from left to right."""

    def attach(self, name: NameSpan) -> None:
        """Give a name what stands before and behind it."""
        for office in self._before(name):
            name.offices.append(office)
        for office in self._after(name):
            self.told.add(office.start)
            if office not in name.offices:
                name.offices.append(office)
        for office in name.offices:
            if office.country is None and office.end <= name.start:
                office.country = self._owner_before(office)
        name.country = name.country or self.country_beside(name)
        if not name.country and not any(office.country for office in name.offices):
            name.country = self.country_of_body(name)
        for office in name.offices:
            # "… of Chad, and Premier X of Peru": a premier of Peru, whoever stands before him
            beside = office.end <= name.start and name.country and is_country(name.country)
            if beside and not self._tells(office) and office.form.scope in NATIONAL:
                office.country = name.country
        if name.country:
            self.share_with_first(name)
        self.give_seat(name)

    def _owner_before(self, office: OfficeSpan) -> str | None:
        """Return the country of "Peru's former Information | Commissioner X", or None."""
        doc, at = self.doc, office.start
        while office.start - at < _QUALIFIED and at > 1 and doc[at - 1].text not in GENITIVES:
            if not doc[at - 1].text.istitle() and doc[at - 1].lower_ not in modifiers():
                return None
            at -= 1
        party = self.party_end.get(at - 1) if doc[at - 1].text in GENITIVES else None
        return party.code if party is not None and party.is_country else None

    # Lists

    def pass_lands_on(self, offices: Sequence[OfficeSpan]) -> None:
        """Give "Ministers" of "colleagues from Peru and Chile, Ministers A and B" their lands."""
        ends = {office.end: office for office in offices if len(office.countries) > 1}
        for office in offices:
            first = ends.get(office.start - 1)
            bare = office.plural and not (office.country or office.countries)
            if first is not None and bare and self.doc[first.end].text == ",":
                office.countries = first.countries

    def attach_in_turn(self, offices: Sequence[OfficeSpan]) -> None:
        """Give A and B of "the premiers of Peru, A, and the Gambia, B" the office, each his land.

        So of "the premiers of Peru A, Chile B and Mali C", "of Peru - A, Chile - B". None of "the
        premiers of Peru, A and B".
        """
        for office in offices:
            end = office.end if office.plural and office.country else 0
            land = self.party_end.get(end)
            found: list[tuple[NameSpan, str]] = []
            while land is not None and land.form == "name":
                name = self.names.get(self._behind_land_told(end))
                if name is None or name.offices:
                    break
                found.append((name, land.code))
                at = name.end
                while text_at(self.doc, at) in {*_LISTED_BY, ";", "the"}:
                    at += 1
                land = self.party_start.get(at) or self.party_start.get(at - 1)
                end = land.end if land is not None else 0
            for name, code in found if len(found) > 1 else ():
                name.country = code
                name.offices.append(_share(office, name, 0, 1))

    def _behind_land_told(self, end: int) -> int:
        """Return where a name may begin behind a land that ends at token `end`."""
        at = end + (text_at(self.doc, end) in _PARTS_LAND)
        while word_at(self.doc, at) in name_words()["honorific"]:
            at += 1 + (text_at(self.doc, at + 1) == ".")
        return at

    def attach_lists(self, offices: Sequence[OfficeSpan]) -> None:
        """Give a plural office to each name of the list behind it ("Presidents Xi and Putin")."""
        for office in offices:
            at = self._over_among(self._over_pair(office.end))
            listed = self.listed(at) if office.plural else []
            listed = [] if listed and self._is_before_subjects(office, listed) else listed
            listed = listed or (self._listed_before(office) if office.plural else [])
            if office.plural and not listed and office.country:
                listed = apposed_holders(self.doc, self.names, office.end)
            if office.plural and not listed:
                listed = self.told_list(office.head_start, office.end)
                self.lists += [(office, listed[-1].end)] if listed else []
            if listed and text_at(self.doc, listed[-1].end) in GENITIVES:
                listed = listed[:-1]  # "The judges, including A's friend B"
            self._give_in_turn(listed)
            office.countries = self._lands_of_owners(office, len(listed)) or office.countries
            in_turn = bool(office.country) and text_at(self.doc, office.end) == ","
            for index, name in enumerate(listed):
                if not name.offices:
                    name.country = (in_turn and self._own_party(name)) or name.country
                    name.offices.append(_share(office, name, index, len(listed)))
        for office, name in self.others_told():
            name.offices.append(_share(office, name, 0, 1))

    def _lands_of_owners(self, office: OfficeSpan, count: int) -> tuple[str, ...]:
        """Return the lands of "Peru and Chile were represented by their ministers, A and B".

        Nothing for more lands, or fewer, than there are names.
        """
        if office.determiner != "their" or count < _PAIR:
            return ()
        codes: list[str] = []
        at = self.doc[office.start].sent.start
        at += word_at(self.doc, at) == "the"
        while (party := self.party_start.get(at)) is not None and party.form == "name":
            codes += [party.code] * party.is_country
            at = party.end
            while text_at(self.doc, at) in {*_LISTED_BY, "the"}:
                at += 1
        return tuple(codes) if len(codes) == count else ()

    def _give_in_turn(self, listed: Sequence[NameSpan]) -> None:
        """Give A, B and C of "Presidents A, B and C of Peru, Chile and Mali" a country each."""
        if len(listed) < _PAIR or text_at(self.doc, listed[-1].end) != "of":
            return
        if any(name.country for name in listed[:-1]):
            return  # "Presidents A of Peru and B of Chile and Mali's premier"
        at, codes = listed[-1].end + 1, list[str]()
        while (party := self.party_start.get(at)) is not None and party.form == "name":
            codes.append(party.code)
            at = party.end
            while text_at(self.doc, at) in {*_LISTED_BY, "the"}:
                at += 1
        if len(codes) == len(listed):
            for name, code in zip(listed, codes, strict=True):
                name.country = code

    def _over_among(self, at: int) -> int:
        """Return the end of ", among them", "including" or "such as" at token `at`, else `at`."""
        led = at + (text_at(self.doc, at) == ",")
        if word_at(self.doc, led) in {"including", "namely"}:
            return led + 1
        if self.doc[led : led + 2].text.lower() == "such as":
            return led + 2
        return at + 3 if self.doc[at : at + 3].text.lower() == ", among them" else at

    def _is_before_subjects(self, office: OfficeSpan, listed: Sequence[NameSpan]) -> bool:
        """Tell "In talks with Israeli officials, X and Y said" from "the officials, X and Y"."""
        doc = self.doc
        if text_at(doc, office.end) != ",":
            return False
        led = doc[doc[office.head_start].sent.start].pos_ in {"ADP", "SCONJ", "VERB"}
        goes_on = text_at(doc, listed[-1].end)
        return led and bool(goes_on) and doc[listed[-1].end].pos_ in VERBS

    def _over_pair(self, at: int) -> int:
        """Return the end of "of the two (Baltic) countries" at token `at`, else `at`."""
        doc, end = self.doc, at
        for part in _OF_PAIR:
            counted = part is _OF_PAIR[-1]
            while counted and doc[end : end + 1].text.istitle() and end < at + _REGIONAL:
                end += 1
            if word_at(doc, end) not in word_set(part):
                return at
            end += 1
        return end

    def _own_party(self, name: NameSpan) -> str | None:
        """Return the country before a name of "the presidents of Chad, X, and Mali, Y"."""
        at = name.start - 1
        party = self.party_end.get(at) if at > 0 and self.doc[at].text == "," else None
        return party.code if party is not None and party.form == "name" else None

    def _listed_before(self, office: OfficeSpan) -> list[NameSpan]:
        """Return A and B of "A and B, the presidents of Chad and Mali", one for each country."""
        doc = self.doc
        at = office.start - 1
        if at < 1 or doc[at].text != "," or office.determiner not in {None, "the", "both"}:
            return []
        ends = {name.end: name for name in self.names.values()}
        found: list[NameSpan] = []
        while (name := ends.get(at)) is not None and not name.offices:
            found.insert(0, name)
            at = name.start
            while at > 0 and doc[at - 1].lower_ in _LISTED_BY:
                at -= 1
        told = len(office.countries) in {1, len(found)} and bool(office.countries)
        return found if told and len(found) > 1 else []


def _share(office: OfficeSpan, name: NameSpan, index: int, count: int) -> OfficeSpan:
    """Return a plural office as the one at `index` of `count` holders has it."""
    own = replace(office, plural=False)
    if len(office.countries) == count > 1:
        own.country = office.countries[index]
    elif name.country:
        own.country = name.country
    elif len(office.countries) > 1:
        own.country = None
    return own


__all__ = ["attach_offices"]
