"""What stands left and right of an office's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.reference.offices import office_forms
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, modifiers, word_set

_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_LISTS = frozenset({"and", ","})
#: How far behind a plural its party is looked for, in tokens.
_OWNER_REACH = 12


@dataclass
class Left:
    """What stands before an office's head, and the token at which it starts."""

    start: int
    words: list[str] = field(default_factory=list)
    party: PartySpan | None = None
    countries: list[str] = field(default_factory=list)
    determiner: str | None = None


@dataclass
class Right:
    """What an office is the office of, from token `start` to `end`, and the party in it."""

    start: int
    end: int
    #: Where the words of the title end; `end` is further where only the party follows.
    title_end: int
    party: PartySpan | None = None


@lru_cache(maxsize=1)
def head_words() -> frozenset[str]:
    """Return the words of which offices' heads are made, lower case."""
    return frozenset(word for form in office_forms() for word in form.form.lower().split())


class OfficeWords:
    """Reads the words around the heads of offices in one Doc."""

    def __init__(self, doc: Doc, parties: Sequence[PartySpan]) -> None:
        self.doc = doc
        self.by_end = {party.end: party for party in parties}
        self.by_start = {party.start: party for party in parties}
        self.covering = {i: party for party in parties for i in range(party.start, party.end)}

    # Left of the head

    def left(self, i: int) -> Left:
        """Read modifiers, the owning party and the determiner before token `i`."""
        read = Left(i)
        while read.start > 0 and self._step_left(read):
            pass
        read.words.reverse()
        read.countries.reverse()
        return read

    def _step_left(self, read: Left) -> bool:
        """Take in what ends where the reading starts; tell whether more may stand before."""
        before = self.doc[read.start - 1]
        found = self.by_end.get(read.start)
        if found is None and before.text in _GENITIVES:
            found = self.by_end.get(read.start - 1)
            if found is None:
                return False
            read.start -= 1
        if found is not None and self._owns(read):
            read.party = read.party or found
            read.countries.append(found.code)
            read.start = found.start
            return True
        if read.party and before.text in _LISTS and self.by_end.get(read.start - 1):
            read.start -= 1
            return True
        return self._step_over_word(read, before)

    def _owns(self, read: Left) -> bool:
        """Tell whether a party before what is read owns the office, by itself or in a list."""
        return read.party is None or self.doc[read.start].text in _LISTS

    def _step_over_word(self, read: Left, before: Token) -> bool:
        if before.lower_ in word_set("determiner"):
            read.determiner = before.lower_
            read.start -= 1
            return False
        modifies = before.lower_ in modifiers()
        if modifies:
            read.words.append(before.lower_)
        i = read.start
        if modifies or (before.text == "-" and i > 1 and self.doc[i - 2].lower_ in modifiers()):
            read.start -= 1
            return True
        return False

    # Right of the head

    def right(self, i: int, *, posting: bool) -> Right:
        """Read what an office is the office of, from token `i` on.

        Args:
            posting: whether the office is a diplomat's, who is posted "in" or "to" a country.
        """
        doc = self.doc
        straddling = self.covering.get(i - 1)
        if straddling is not None and straddling.start < i < straddling.end:
            # "President of the | Republic of Botswana": the country's long name began in the head.
            return Right(i, straddling.end, i, straddling)
        read = Right(i, i, i)
        if i >= len(doc) or not (doc[i].lower_ in word_set("office_opener") or self._goes_on(i)):
            return read
        posted = posting or doc[i : i + 2].text.lower() == "in charge"
        if doc[i].lower_ in word_set("posting_opener") and not posted:
            return read
        at = i
        while at < len(doc):
            step = self._step_right(read, at, posting=posting)
            if not step:
                break
            at += step
        read.title_end = read.end
        return read

    def _step_right(self, read: Right, at: int, *, posting: bool) -> int:
        """Take in what starts at token `at`; return how many tokens to go on by, 0 to stop."""
        token = self.doc[at]
        opener = self.doc[read.start].lower_
        found = self.by_start.get(at)
        if found is not None and not self._begins_title(found, read):
            if read.party is None and (found.is_country or found.acts) and opener == "of":
                read.party = found
            read.end = found.end
            return found.end - at
        if read.party is not None:
            if token.text == "," and at + 1 in self.by_start:
                return 1
            if token.lower_ in word_set("other_matter") and (opener != "of" or not posting):
                return 0
        return self._step_over_right(read, token)

    def _step_over_right(self, read: Right, token: Token) -> int:
        doc, at = self.doc, token.i
        if token.lower_ in word_set("office_connector"):
            next_office = token.lower_ == "and" and doc[at + 1 : at + 2].text.lower() == "the"
            return 0 if next_office else 1
        if token.text == "(" and at + 2 < len(doc) and doc[at + 2].text == ")":
            return 3
        if _is_complement(token):
            read.end = at + 1
            return 1
        return 0

    def _goes_on(self, i: int) -> bool:
        """Tell the rest of "minister for foreign affairs | and external trade"."""
        doc = self.doc
        if doc[i].lower_ not in {"and", "&"} or i + 1 >= len(doc):
            return False
        following = doc[i + 1].lower_
        if not {doc[i - 1].lower_, following} <= institution_words():
            return False
        return following not in head_words() or following in word_set("portfolio")

    def _begins_title(self, found: PartySpan, read: Right) -> bool:
        """Tell a country that begins the next title ("… of the Duma, Russian President …")."""
        apart = found.form == "adjective" and self.doc[found.start - 1].text == ","
        return apart and read.end > read.start

    # Both

    def listed(self, start: int, end: int) -> tuple[str, ...]:
        """Return the countries of "the presidents of Togo, Benin and Ghana"."""
        found = (self.by_start.get(i) for i in range(start, end))
        codes = dict.fromkeys(party.code for party in found if party and party.is_country)
        return tuple(codes) if len(codes) > 1 else ()

    def far_owner(self, i: int) -> PartySpan | None:
        """Read the party of "delegations from state agencies and unions of Vietnam"."""
        doc = self.doc
        if i >= len(doc) or doc[i].lower_ not in {"of", "from"}:
            return None
        for at in range(i, min(i + _OWNER_REACH, len(doc))):
            if doc[at].pos_ in {"VERB", "AUX", "PUNCT"}:
                return None
            party = self.by_start.get(at)
            if party is not None and doc[at - 1].lower_ in {"of", "from", "the"}:
                return party
        return None


def _is_complement(token: Token) -> bool:
    if token.ent_type_ == "PERSON":
        return False
    if token.lower_ in institution_words():
        return True
    if token.pos_ in {"VERB", "AUX", "PRON", "PUNCT", "SCONJ", "NUM"}:
        return False
    return token.ent_type_ in {"ORG", "GPE"} and token.text[:1].isupper()


__all__ = ["Left", "OfficeWords", "Right", "head_words"]
