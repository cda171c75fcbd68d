"""Offices: from the country before the head to the end of what it is the office of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.lexicon import Row, load_table
from pipeline.reference.offices import (
    OfficeForm,
    office_forms,
    office_modifiers,
    office_parties,
)
from pipeline.stages.entities.gazetteer import Gazetteer, Hit
from pipeline.stages.entities.spans import OfficeSpan, PartySpan

_PACKAGE = "pipeline.stages.entities"
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "another"}
)
_ORIGIN_CONNECTORS = frozenset({"of"})
_CONNECTORS = frozenset({"of", "for", "and", "the", "&", "in", "on", "to", "charge", "'s", "’s"})
_OPENERS = frozenset({"of", "for", "to", "in", "on", "at"})


class Modifier(Row):
    """A word before an office and what it does to it."""

    word: str
    effect: str


class Generic(Row):
    """An office so general that it covers others; `covers` lists their classes, `*` all."""

    form: str
    kind: str
    plural: Literal["yes", "no"]
    covers: str = ""


class InstitutionWord(Row):
    """A word of which names of institutions are made, lower case."""

    word: str


@lru_cache(maxsize=1)
def modifiers() -> Mapping[str, str]:
    """Return the words before an office and what each does to it."""
    effects = {
        row.form: "former" if row.kind in {"former", "late"} else "none"
        for row in office_modifiers()
        if " " not in row.form
    }
    rows = load_table(_PACKAGE, "modifiers.csv", Modifier)
    return effects | {row.word: row.effect for row in rows}


@lru_cache(maxsize=1)
def institution_words() -> frozenset[str]:
    """Return the words of which names of institutions are made, lower case."""
    rows = load_table(_PACKAGE, "institution_words.csv", InstitutionWord)
    return frozenset(row.word for row in rows)


@lru_cache(maxsize=1)
def generic_offices() -> tuple[Generic, ...]:
    """Return the offices that cover others ("leader", "visitor")."""
    return load_table(_PACKAGE, "generic_offices.csv", Generic)


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[OfficeForm]:
    general = [
        OfficeForm(row.form, row.kind, "other", True, False, row.plural == "yes")
        for row in generic_offices()
    ]
    forms = [*general, *office_forms()]
    return Gazetteer([(form.form, form) for form in forms], lower=True)


def find_offices(doc: Doc, parties: Sequence[PartySpan]) -> Iterator[OfficeSpan]:
    """Yield the offices named in `doc`, from left to right.

    "Azerbaijani Minister of Defence" fires with AZE; "presidential" does not.
    """
    finder = _OfficeFinder(doc, parties)
    previous: OfficeSpan | None = None
    for hit in _gazetteer().find(doc):
        if (previous is not None and hit.start < previous.end) or not finder.is_office(hit):
            continue
        office = finder.read(hit)
        if previous is not None and office.country is None:
            office.country = finder.shared_country(previous, office)
        previous = office
        yield office


@lru_cache(maxsize=1)
def _head_words() -> frozenset[str]:
    return frozenset(word for form in office_forms() for word in form.form.lower().split())


def _heads_office(word: str) -> bool:
    return word in _head_words()


#: Words of portfolios that also stand in names of offices.
_PORTFOLIOS = frozenset(
    {
        "external",
        "foreign",
        "trade",
        "tourism",
        "culture",
        "defence",
        "defense",
        "finance",
        "international",
        "national",
        "regional",
        "public",
        "energy",
    }
)


class _OfficeFinder:
    """Reads the words around an office's head."""

    def __init__(self, doc: Doc, parties: Sequence[PartySpan]) -> None:
        self.doc = doc
        self.by_end = {party.end: party for party in parties}
        self.by_start = {party.start: party for party in parties}
        self.is_posting = False
        self.covering = {i: party for party in parties for i in range(party.start, party.end)}

    def is_office(self, hit: Hit[OfficeForm]) -> bool:
        """Tell a noun that names an office from a verb or part of a longer name."""
        last = self.doc[hit.end - 1]
        first = self.doc[hit.start]
        form = hit.payload
        if self._is_in_name(hit.start):
            return False
        if form.capitalised and not first.text[:1].isupper():
            return False
        if form.form.isupper() and first.text != form.form:
            return False
        if last.pos_ in {"VERB", "AUX", "ADV", "ADJ"} and last.text.islower():
            return False
        following = self.doc[hit.end] if hit.end < len(self.doc) else None
        return not (following is not None and following.text == "-" and not last.whitespace_)

    def _is_in_name(self, i: int) -> bool:
        """Tell the "Sultan" of "Zayed bin Sultan" and the "King" of "Mackenzie King"."""
        if i == 0:
            return False
        token, before = self.doc[i], self.doc[i - 1]
        following = self.doc[i + 1].lower_ if i + 1 < len(self.doc) else ""
        if before.lower_ in {"bin", "ibn", "bint"} or following in {"bin", "ibn", "bint"}:
            return True
        inside = token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and token.text.istitle()
        return (
            inside
            and before.ent_type_ == "PERSON"
            and before.ent_iob_ == "B"
            and (
                before.text.istitle()
                and before.lower_ not in modifiers()
                and i - 1 not in self.covering
                and not any(
                    before.lower_ == word for word in ("mr", "mrs", "ms", "dr", "h.e.", "sheikh")
                )
                and not _heads_office(before.lower_)
            )
        )

    def read(self, hit: Hit[OfficeForm]) -> OfficeSpan:
        """Return the office whose head was hit."""
        start, words, party, countries, determiner = self._left(hit.start)
        self.is_posting = hit.payload.scope == "diplomatic" or hit.payload.office == "envoy"
        end, complement, inner = self._right(hit.end)
        if (
            inner is None
            and party is None
            and (hit.payload.plural or hit.payload.office == "delegation")
        ):
            inner = self._far_owner(hit.end)
        effects = {modifiers().get(word, "none") for word in words}
        owner = party or inner
        country = owner.code if owner and (owner.is_country or owner.acts) else None
        country = country or office_parties().get(hit.payload.form)
        body = owner if owner and not owner.is_country else None
        title = self._title(hit, words, complement)
        return OfficeSpan(
            start=start,
            end=end,
            head_start=hit.start,
            head_end=hit.end,
            form=hit.payload,
            title=title,
            country=country,
            organization=self.doc[body.start : body.end].text if body else None,
            plural=hit.payload.plural,
            former="former" in effects,
            deputy="deputy" in effects,
            determiner=determiner,
            countries=countries if len(countries) > 1 else self._listed(hit.end, end),
            modifiers=frozenset(words),
        )

    def shared_country(self, previous: OfficeSpan, office: OfficeSpan) -> str | None:
        """Return the country that a list gives but once ("the Azerbaijani A, the B and the C")."""
        between = [token.lower_ for token in self.doc[previous.end : office.start]]
        if between not in (["and"], [","], [",", "and"]) or office.form.scope == "other":
            return None
        return previous.country if office.determiner in {None, "the"} else None

    def _left(self, i: int) -> tuple[int, list[str], PartySpan | None, tuple[str, ...], str | None]:
        """Read modifiers, the owning party and the determiner before token `i`."""
        words: list[str] = []
        party: PartySpan | None = None
        countries: list[str] = []
        determiner = None
        while i > 0:
            before = self.doc[i - 1]
            found = self.by_end.get(i)
            if found is None and before.text in {"'s", "’s", "'", "’"}:
                found = self.by_end.get(i - 1)
                if found is None:
                    break
                i -= 1
            if found is not None and party is None:
                party = found
                countries.append(found.code)
                i = found.start
                continue
            if found is not None and countries and self.doc[i].text in {"and", ","}:
                countries.append(found.code)
                i = found.start
                continue
            if party and before.text in {"and", ","} and self.by_end.get(i - 1):
                i -= 1
                continue
            if before.lower_ in _DETERMINERS:
                determiner = before.lower_
                i -= 1
                break
            if before.lower_ in modifiers():
                words.append(before.lower_)
                i -= 1
                continue
            if before.text == "-" and i > 1 and self.doc[i - 2].lower_ in modifiers():
                i -= 1
                continue
            break
        ordered = tuple(reversed(countries))
        return i, words[::-1], party, ordered, determiner

    def _right(self, i: int) -> tuple[int, tuple[int, int], PartySpan | None]:
        """Read what an office is the office of; return its end, bounds and the owning party."""
        doc = self.doc
        straddling = self.covering.get(i - 1)
        if straddling is not None and straddling.start < i < straddling.end:
            # "President of the | Republic of Botswana": the country's long name began in the head.
            return straddling.end, (i, i), straddling
        if i >= len(doc) or not (doc[i].lower_ in _OPENERS or self._goes_on(i)):
            return i, (i, i), None
        opener = doc[i].lower_
        in_charge = doc[i : i + 2].text.lower() == "in charge"
        if opener in {"in", "at", "on", "to"} and not self.is_posting and not in_charge:
            return i, (i, i), None
        at, kept, party = i, i, None
        while at < len(doc):
            token = doc[at]
            found = self.by_start.get(at)
            if found is not None and not self._is_title_country(found, kept, i):
                if party is None and (found.is_country or found.acts) and opener == "of":
                    party = found
                at = kept = found.end
                continue
            if token.text == "," and party is not None and at + 1 in self.by_start:
                at += 1
                continue
            posted = opener == "of" and self.is_posting
            if party is not None and token.lower_ in {"to", "in", "on", "for"} and not posted:
                break
            if token.lower_ in _CONNECTORS:
                if token.lower_ == "and" and at + 1 < len(doc) and doc[at + 1].lower_ == "the":
                    break
                at += 1
                continue
            if token.text == "(" and at + 2 < len(doc) and doc[at + 2].text == ")":
                at += 3
                continue
            if self._is_complement(token):
                at += 1
                kept = at
                continue
            break
        return kept, (i, kept), party

    def _goes_on(self, i: int) -> bool:
        """Tell the rest of "minister for foreign affairs | and external trade"."""
        doc = self.doc
        if doc[i].lower_ not in {"and", "&"} or i + 1 >= len(doc):
            return False
        following = doc[i + 1]
        in_portfolio = doc[i - 1].lower_ in institution_words()
        return (
            in_portfolio
            and following.lower_ in institution_words()
            and (not _heads_office(following.lower_) or following.lower_ in _PORTFOLIOS)
        )

    def _listed(self, start: int, end: int) -> tuple[str, ...]:
        """Return the countries of "the presidents of Togo, Benin and Ghana"."""
        codes = dict.fromkeys(
            self.by_start[i].code
            for i in range(start, end)
            if i in self.by_start and self.by_start[i].is_country
        )
        return tuple(codes) if len(codes) > 1 else ()

    def _far_owner(self, i: int) -> PartySpan | None:
        """Read the party of "delegations from state agencies and unions of Vietnam"."""
        doc = self.doc
        if i >= len(doc) or doc[i].lower_ not in {"of", "from"}:
            return None
        for at in range(i, min(i + 12, len(doc))):
            if doc[at].pos_ in {"VERB", "AUX", "PUNCT"}:
                return None
            party = self.by_start.get(at)
            if party is not None and doc[at - 1].lower_ in {"of", "from", "the"}:
                return party
        return None

    def _is_title_country(self, found: PartySpan, kept: int, opened: int) -> bool:
        """Tell a country that begins the next title ("… of the Duma, Russian President …")."""
        return kept > opened and found.form == "adjective" and self.doc[found.start - 1].text == ","

    def _is_complement(self, token: Token) -> bool:
        if token.ent_type_ == "PERSON":
            return False
        if token.lower_ in institution_words():
            return True
        if token.pos_ in {"VERB", "AUX", "PRON", "PUNCT", "SCONJ", "NUM"}:
            return False
        return token.ent_type_ in {"ORG", "GPE"} and token.text[:1].isupper()

    def _title(self, hit: Hit[OfficeForm], words: list[str], bounds: tuple[int, int]) -> str:
        doc = self.doc
        kept = [word for word in words if modifiers().get(word) in {"deputy", "former"}]
        kept += [word for word in words if word in {"acting", "interim", "special"}]
        if "deputy" in words or "vice" in words or doc[hit.start].lower_ in {"deputy", "vice"}:
            kept += [word for word in words if word == "first"]  # "First Deputy", not "the first"
        ordered = [word for word in words if word in kept]
        head = doc[hit.start : self._head_end(hit)].text
        start, end = self._without_owner(*bounds)
        tail = _plain(doc, start, end)
        left = [doc[i].text for i in range(max(0, hit.start - 6), hit.start)]
        spelled = [next((w for w in left if w.lower() == word), word) for word in ordered]
        return " ".join([*spelled, head, tail]).strip()

    def _head_end(self, hit: Hit[OfficeForm]) -> int:
        """Leave out "of the Republic" where it begins a country's long name."""
        straddling = self.covering.get(hit.end - 1)
        if straddling is None or straddling.end <= hit.end:
            return hit.end
        at = straddling.start
        while at > hit.start + 1 and self.doc[at - 1].lower_ in {"the", "of"}:
            at -= 1
        return max(at, hit.start + 1)

    def _without_owner(self, start: int, end: int) -> tuple[int, int]:
        """Drop a last "of the Republic of X" from a complement."""
        at = end
        party = self.by_end.get(at)
        while party is not None and party.is_country and party.start >= start:
            at = party.start
            while at > start and self.doc[at - 1].lower_ in {"the", "of", "for", "to", "and", ","}:
                at -= 1
            party = self.by_end.get(at)
        return start, at


def _plain(doc: Doc, start: int, end: int) -> str:
    """Return the text of a stretch without abbreviations in brackets."""
    pieces = []
    depth = 0
    for token in doc[start:end]:
        if token.text == "(":
            depth += 1
        if not depth:
            pieces.append(token.text_with_ws)
        if token.text == ")":
            depth -= 1
    return " ".join("".join(pieces).split())


__all__ = ["find_offices", "generic_offices", "institution_words", "modifiers"]
