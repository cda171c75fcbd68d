"""Parties, movements and agencies of one country, which tell whose their people are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc

from pipeline.lexicon import Row, load_table
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.outlet import Sign
from pipeline.stages.entities.gazetteer import Gazetteer, Hit
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import PACKAGE, word_set

#: How many words stand at most between a party and the office of its member.
_REACH = 3
#: What people belong to.
_JOINED = frozenset({"party", "movement"})
#: A party named so often tells for which country an article writes.
CLEAR_MENTIONS = 2
#: What `also` holds where parties of any country may have the name.
ANYWHERE = "*"
_SEAT = re.compile(
    r"\s*\([RDI]\) (?:of|from) [A-Z]"
    r"|\s*[,(]\s*(?:[RDI]\s?[-–]\s?|(?:L|DFL)[-–])(?!Day\b)"
    r"(?:[A-Z]\.?\s?[A-Z]|[A-Z][a-z]+(?: [A-Z][a-z]+)*)\s?[\s.,;):]"
)


class Affiliation(Row):
    """A party, a movement or an agency of one country.

    A court is a monarch's household ("Buckingham Palace"). `also` lists, between spaces, the
    countries that have one of the same name, `*` any. A row of kind `office` is an office's
    abbreviation, the usual one of that country.
    """

    form: str
    kind: Literal["movement", "agency", "party", "office", "court"]
    code: str
    also: str = ""


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[Affiliation]:
    rows = load_table(PACKAGE, "affiliations.csv", Affiliation)
    return Gazetteer((row.form, row) for row in rows if row.kind != "office")


@lru_cache(maxsize=1)
def usual_offices() -> Mapping[str, Affiliation]:
    """Return the abbreviations of offices that are one country's where nothing else is told."""
    rows = load_table(PACKAGE, "affiliations.csv", Affiliation)
    return {row.form: row for row in rows if row.kind == "office"}


def seat_of(doc: Doc, end: int) -> str | None:
    """Return USA for ", R-Ohio," or "(D-Pa.)" behind a name that ends at token `end`."""
    return "USA" if _SEAT.match(doc[end : end + 7].text_with_ws + " ") else None


class Affiliations:
    """The parties, movements and agencies that one Doc names."""

    def __init__(self, doc: Doc) -> None:
        """Find them."""
        self.doc = doc
        self.hits = list(_gazetteer().find(doc))
        self._by_start = {hit.start: hit for hit in self.hits}
        self._by_end = {hit.end: hit for hit in self.hits}
        #: The parties of those told as their people, by where their names start.
        self.members: dict[int, Affiliation] = {}

    def signs(self) -> Iterator[Sign]:
        """Yield the countries whose own politics the article tells of.

        Parties tell so, for only their own country's papers name them without it.
        """
        parties = (hit.payload for hit in self.hits if hit.payload.kind == "party")
        named = Counter(row.code for row in parties if not row.also)
        for code, count in named.items():
            yield Sign(code, 1 + (count >= CLEAR_MENTIONS))

    def of(self, office: OfficeSpan) -> Affiliation | None:
        """Return whose the holder is in "Hamas leader", "Labour's health spokesman"."""
        member = self._by_start.get(office.head_start)  # "Republican X", by his party alone
        if member is not None and member.end < office.head_end:
            return None  # "Labour Minister X" of any country
        hit = member or self._before(office.head_start) or self._behind(office.head_end)
        if hit is None and self.doc[office.head_end : office.head_end + 1].text == "of":
            hit = self._led(office.head_end + 1)
        behind = hit is not None and hit.start >= office.head_end
        if hit and behind and hit.payload.kind == "agency" and office.form.form == "minister":
            return None  # "the Minister of Homeland Security", of more lands than one
        return hit.payload if hit else None

    def is_direct(self, office: OfficeSpan) -> bool:
        """Tell "Democratic senator X", "Democrat X" from "Democratic Party leader X"."""
        beside = office.head_start in self._by_end or office.head_start in self._by_start
        return beside and self.doc[office.head_start].lower_ != "party"

    def owner(self, person: Person) -> Affiliation | None:
        """Return the party or movement of "the SNP's X", "Hamas's X", "a member of Hamas, X"."""
        for span in person.spans:
            if span.start in self.members:
                return self.members[span.start]
            own = self._by_end.get(span.start - 1)
            if own is None or self.doc[span.start - 1].text not in GENITIVES:
                continue
            if own.payload.kind in _JOINED and self.stands_alone(own, span.start):
                return own.payload
        return None

    def add(self, hits: Iterable[Hit[Affiliation]]) -> None:
        """Add bodies that the text alone tells, but where the table knows one."""
        for hit in hits:
            if hit.start not in self._by_start and hit.end not in self._by_end:
                self.hits.append(hit)
                self._by_start[hit.start] = self._by_end[hit.end] = hit
        self.hits.sort(key=lambda hit: hit.start)

    def leave_out_foreign(self, named: Collection[str]) -> None:
        """Leave out "the National Front" of France where only other countries are named.

        Its name is one of words that parties anywhere have.
        """
        words = word_set("party_name_word")
        for hit in list(self.hits) if named else ():
            row = hit.payload
            generic = row.kind == "party" and not row.also
            if generic and row.code not in named and words.issuperset(row.form.lower().split()):
                self.hits.remove(hit)
                del self._by_start[hit.start], self._by_end[hit.end]

    def _led(self, at: int) -> Hit[Affiliation] | None:
        """Return the party of "the leader of | Yoon's People Power Party"."""
        doc = self.doc
        for i in range(at, min(len(doc), at + _REACH + 1)):
            if i in self._by_start and i > at and doc[i - 1].text in GENITIVES:
                return self._by_start[i]
            if doc[i].text not in GENITIVES and doc[i].pos_ not in {"PROPN", "PRON"}:
                return None
        return None

    def _before(self, at: int) -> Hit[Affiliation] | None:
        doc = self.doc
        for i in range(at, max(0, at - _REACH) - 1, -1):
            hit = self._by_end.get(i)
            if hit is not None:
                return hit if self.stands_alone(hit, at) and not self._is_portfolio(hit) else None
            if not i or doc[i - 1].pos_ not in {"NOUN", "ADJ", "PROPN", "PART"}:
                return None
        return None

    def stands_alone(self, hit: Hit[Affiliation], at: int) -> bool:
        """Tell "Democratic senator" from "Social Democratic" and "Democratic Alliance leader"."""
        doc = self.doc
        if not hit.payload.also:
            return True
        before = doc[hit.start - 1] if hit.start else None
        longer = before is not None and before.text.istitle() and not before.is_sent_start
        between = [t for t in doc[hit.end : at] if t.text not in {"Party", "'s", "’s"}]
        return not longer and all(token.text.islower() for token in between)

    def _is_portfolio(self, hit: Hit[Affiliation]) -> bool:
        """Tell "Labour CS X", a minister of labour, from "Labour MP X"."""
        behind = self.doc[hit.end : hit.end + 2].text
        return hit.payload.form.lower() in word_set("portfolio_or_party") and any(
            behind.startswith(head) for head in ("CS", "PS", "Cabinet", "Minister", "Secretary")
        )

    def _behind(self, at: int) -> Hit[Affiliation] | None:
        doc = self.doc
        if doc[at : at + 1].text.lower() not in {"of", "for", "from", "with", "in", "at"}:
            return None
        definite = doc[at + 1 : at + 2].text.lower() == "the"
        hit = self._by_start.get(at + 1 + definite)
        if hit is not None and self.goes_on(hit):
            return None  # "a spokesman for the Republican Front"
        return hit if hit and (definite or not hit.payload.also) else None

    def goes_on(self, hit: Hit[Affiliation]) -> bool:
        """Tell the name of which a party's is but the first word, from "the Labour Party"."""
        if not hit.payload.also:
            return False
        behind = self.doc[hit.end : hit.end + 1]
        title = behind.text.istitle() and behind.text.lower() not in word_set("party_noun")
        return title and not behind[0].is_sent_start


def give_affiliations(
    offices: Sequence[OfficeSpan], affiliations: Affiliations, named: Mapping[str, int]
) -> None:
    """Give offices without a country that of the movement, agency or party they stand with.

    Parties of which several countries have one wait until it is known for which one writes; an
    agency ("officials of the Foreign Office") is that of the one named most.

    Args:
        named: how often each country, or a place in it, is named.
    """
    for office in offices:
        row = affiliations.of(office) if office.country is None else None
        if row is not None and row.kind == "agency":
            office.country = whose(row, named, None)
        elif row is not None and not row.also:
            office.country = row.code
    _give_courts(offices, affiliations)


def _give_courts(offices: Sequence[OfficeSpan], affiliations: Affiliations) -> None:
    """Give "the King" the country of the one court that the text names ("the Palace said").

    Not a king called by name, who may be its guest.
    """
    doc = affiliations.doc
    courts = {hit.payload.code for hit in affiliations.hits if hit.payload.kind == "court"}
    for office in offices if len(courts) == 1 else ():
        crowned = office.country is None and set(office.form.form.split()) & word_set("crown")
        named = any(token.ent_type_ == "PERSON" for token in doc[office.end : office.end + 1])
        if crowned and not named and doc[office.head_start].text.istitle():
            office.country = next(iter(courts))


def give_usual(
    persons: Sequence[Person],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    home: str | None,
) -> None:
    """Give "Rep. X", "House Speaker X" the country that calls its officials so.

    Not where the article writes for another that does, names one or more than one of its places,
    or says "Manila Rep. X", nor by "the first minister to go", "our first minister for peace".

    Args:
        home: the country for which the article is told to be written.
    """
    towns = Counter(code for _, code in {(place.name, place.country) for place in places})
    named = {party.code for party in parties if party.is_country} | {home}
    named |= {code for code, count in towns.items() if count > 1}
    of_place = {place.end: place.country for place in places}
    for person in persons:
        for office in person.offices if not person.countries else ():
            row = usual_offices().get(office.form.form) if office.country is None else None
            if row is None or not _is_so_called(office):
                continue
            if {*named, of_place.get(office.start)}.isdisjoint(row.also.split()):
                office.country = row.code


def _is_so_called(office: OfficeSpan) -> bool:
    """Tell "First Minister X" from "the first minister to go", "our first minister for peace"."""
    head = office.title[-len(office.form.form) :]
    ordinal = office.form.form in word_set("usual_in_capital") and head.islower()
    return head.lower() == office.form.form and not ordinal


def give_parties(
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    affiliations: Affiliations,
    parties: Sequence[PartySpan],
    home: str | None,
) -> None:
    """Give offices the country of a party whose name several countries have.

    Those of persons, and of delegations and officials without a name ("Taliban officials").

    Args:
        home: the country for which the article is told to be written.
    """
    named = Counter(party.code for party in parties if party.is_country)
    bodies = [office for office in offices if office.plural or office.kind == "delegation"]
    for office in (*(office for person in persons for office in person.offices), *bodies):
        row = affiliations.of(office) if office.country is None else None
        if row is not None:
            office.country = whose(row, named, home, direct=affiliations.is_direct(office))
    for person in persons:
        told = person.countries or any(office.country for office in person.offices)
        row = None if told else affiliations.owner(person)
        if row is not None and (code := whose(row, named, home)) is not None:
            person.countries.append(code)


def whose(
    row: Affiliation, named: Mapping[str, int], home: str | None, *, direct: bool = False
) -> str | None:
    """Return the country of a party: the article's own, else of those that have one the most named.

    A name of parties anywhere is the usual country's only where that is named, or where it stands
    for a member or right before the office ("Democratic senator X").

    Args:
        direct: whether it stands so.
    """
    if row.also == ANYWHERE:
        usual = home is None and (direct or named.get(row.code))
        return row.code if home == row.code or usual else None
    codes = (row.code, *row.also.split())
    return home if home in codes else max(codes, key=lambda code: named.get(code, 0))


__all__ = [
    "Affiliation",
    "Affiliations",
    "give_affiliations",
    "give_parties",
    "give_usual",
    "seat_of",
    "usual_offices",
    "whose",
]
