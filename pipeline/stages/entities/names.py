"""Stretches that name a person: what the model marks, mended, and what titles betray."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.reference.leaders import leaders_by_name
from pipeline.reference.places import find_place
from pipeline.stages.entities.gazetteer import Gazetteer
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan
from pipeline.stages.entities.tables import (
    institution_words,
    modifiers,
    name_words,
    not_names,
    word_set,
)

#: A city of at least so many inhabitants outweighs the model's PERSON on a single word.
CITY_POPULATION = 100_000
MAX_NAME_TOKENS = 9
_HYPHENS = frozenset({"-", "–", "‑"})


@lru_cache(maxsize=1)
def _leaders() -> Gazetteer[bool]:
    names = {
        spelled
        for rows in leaders_by_name().values()
        for row in rows
        for spelled in (row.name, *row.aliases)
    }
    return Gazetteer((name, True) for name in sorted(names) if " " in name)


class NameFinder:
    """Finds names in one Doc."""

    def __init__(
        self, doc: Doc, parties: Sequence[PartySpan], offices: Sequence[OfficeSpan]
    ) -> None:
        self.doc = doc
        self.in_party = {i: party for party in parties for i in range(party.start, party.end)}
        self.in_office = {
            i: office for office in offices for i in range(office.head_start, office.head_end)
        }
        self.offices = offices
        self.title_ends = {office.end for office in offices}

    def find(self) -> list[NameSpan]:
        """Return the names from left to right, none overlapping another."""
        found: dict[int, NameSpan] = {}
        for source, spans in (
            ("styled leader", self._of_styled_leaders()),
            ("title", self._after_titles()),
            ("leader", self._of_leaders()),
            ("honorific", self._after_honorifics()),
            ("model", self._of_model()),
            ("apposition", self._before_appositions()),
        ):
            for start, end in spans:
                styled = source == "styled leader"
                if styled and self._complete(start, end) > end:
                    styled, start = False, start + 1
                mended = (start, end) if styled else self._mend(start, end)
                if mended is None:
                    continue
                start, end = mended
                if any(i in found for i in range(start, end)):
                    continue
                text = _text(self.doc, start, end)
                span = NameSpan(start, end, text, source)
                for i in range(start, end):
                    found[i] = span
        for span in self._repeats(found):
            found[span.start] = span
        unique = {id(span): span for span in found.values()}
        return sorted(unique.values(), key=lambda span: span.start)

    def _repeats(self, found: Mapping[int, NameSpan]) -> Iterator[NameSpan]:
        """Yield words of names that stand alone where the model missed them ("Roble announced")."""
        doc = self.doc
        whole = [span for span in found.values() if span.end - span.start > 1]
        surnames = {doc[span.end - 1].text for span in whole}
        first_names = {doc[span.start].text for span in whole}
        for token in doc:
            if len(token.text) < 3 or token.i in found or token.i in self.in_party:
                continue
            called = token.text in first_names and token.pos_ == "PROPN"
            if token.text not in surnames and not called:
                continue
            if token.i in self.in_office or token.lower_ in not_names():
                continue
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            before = doc[token.i - 1] if token.i and not token.is_sent_start else None
            joined = [t for t in (before, after) if t is not None and t.pos_ == "PROPN"]
            if all(t.i in self.in_office or t.i in self.in_party for t in joined):
                yield NameSpan(token.i, token.i + 1, token.text, "repeat")

    # Where names are looked for

    def _after_titles(self) -> Iterator[tuple[int, int]]:
        for office in self.offices:
            at = self._skip_honorifics(office.end)
            end = self._collect(at) if at < len(self.doc) else at
            if end == at and self._is_short_name_word(at):
                end = self._collect(at + 1)
            if end > at:
                yield at, end

    def _is_short_name_word(self, i: int) -> bool:
        """Tell the "To" of "To Lam", which elsewhere is a preposition."""
        doc = self.doc
        if i + 1 >= len(doc) or doc[i].is_sent_start or not doc[i].text.istitle():
            return False
        return doc[i].lower_ in not_names() and self._is_name_part(doc[i + 1], first=True)

    def _after_honorifics(self) -> Iterator[tuple[int, int]]:
        honorifics = name_words()["honorific"]
        for token in self.doc[:-1]:
            if token.lower_ in honorifics and token.text[:1].isupper():
                at = self._skip_honorifics(token.i + 1)
                end = self._collect(at)
                if end > at:
                    kept = end - at == 1 and token.lower_ in word_set("kept_style")
                    yield (token.i if kept else at), end

    def _of_leaders(self) -> Iterator[tuple[int, int]]:
        for hit in _leaders().find(self.doc):
            yield hit.start, hit.end

    def _of_styled_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield known names whose first word elsewhere is a style ("U Nu", "Sheikh Hasina")."""
        for start, end in self._of_leaders():
            if self.doc[start].lower_ in name_words()["honorific"]:
                yield start, end

    def _of_model(self) -> Iterator[tuple[int, int]]:
        for ent in self.doc.ents:
            if ent.label_ == "PERSON":
                yield ent.start, ent.end

    def _before_appositions(self) -> Iterator[tuple[int, int]]:
        """Yield the capitalized words before ", president of X" or "(Nepal)"."""
        for office in self.offices:
            comma = office.start - 1
            if comma < 2 or self.doc[comma].text != "," or office.plural:
                continue
            start = comma
            while start > 0 and self._is_name_part(self.doc[start - 1], first=False):
                start -= 1
            if 2 <= comma - start <= 5 and self.doc[start - 1].lower_ not in {"of", "the"}:
                yield start, comma

    # How far a name reaches

    def _skip_honorifics(self, i: int) -> int:
        honorifics = name_words()["honorific"]
        while i < len(self.doc) - 1 and (
            self.doc[i].lower_ in honorifics or (self.doc[i].text == "." and i > 0)
        ):
            i += 1
        return i

    def _collect(self, i: int) -> int:
        """Return the end of the name that starts at token `i`; `i` itself where none does."""
        doc = self.doc
        if i >= len(doc) or not self._is_name_part(doc[i], first=True):
            return i
        end = i + 1
        while end < len(doc) and end - i < MAX_NAME_TOKENS:
            if self._is_name_part(doc[end], first=False):
                end += 1
                continue
            jump = self._jump(end)
            if not jump:
                break
            end = jump
        return end

    def _jump(self, i: int) -> int:
        """Return the end of a connector and the name part behind it, or 0."""
        doc = self.doc
        at = i
        while at < len(doc) - 1 and at - i < 4:
            token = doc[at]
            joint = token.text in _HYPHENS and not doc[at - 1].whitespace_
            particle = token.lower_ in name_words()["particle"]
            if not joint and not particle:
                break
            at += 1
            if self._is_name_part(doc[at], first=False):
                return at + 1
            if joint and doc[at].is_alpha and not token.whitespace_:
                return at + 1
        return 0

    def _is_name_part(self, token: Token, *, first: bool) -> bool:
        text = token.text
        if any(c.isdigit() for c in text):
            return False
        if not text[:1].isupper() or not any(c.isalpha() for c in text):
            following = self.doc[token.i + 1 : token.i + 2].text
            return first and token.lower_ in {"al", "el"} and following in _HYPHENS
        if token.i in self.in_party or (token.i in self.in_office and token.is_sent_start is False):
            return False
        lower = token.lower_
        if lower in not_names() or lower in institution_words():
            return self._model_says_person(token) and lower not in institution_words()
        if token.is_sent_start and not first:
            return False
        return token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ", "NUM"} or (
            token.ent_type_ == "PERSON"
        )

    def _model_says_person(self, token: Token) -> bool:
        return token.ent_type_ == "PERSON" and token.ent_iob_ == "I"

    # What is no name

    def _mend(self, start: int, end: int) -> tuple[int, int] | None:
        """Cut what is no part of a name; return None where no name is left."""
        doc = self.doc
        if end - start > 1 and not (
            end - start == 2 and doc[start].lower_ in word_set("kept_style")
        ):
            start = self._skip_honorifics(start)
        titled = start in self.title_ends
        while start < end and not titled and self._is_foreign_head(doc[start]):
            start += 1
        while end > start and self._is_foreign_tail(doc[end - 1]):
            end -= 1
        if start >= end:
            return None
        end = self._complete(start, end)
        if end - start > 2 and doc[start].lower_ in word_set("kept_style"):
            start += 1
        if self._is_something_else(start, end):
            return None
        return start, end

    def _is_foreign_head(self, token: Token) -> bool:
        lower = token.lower_
        if token.i in self.in_party or token.i in self.in_office:
            return True
        if lower in modifiers():
            return True
        if not any(c.isalpha() for c in token.text):
            return True
        particle = lower in name_words()["particle"]
        return (lower in not_names() and not particle) or token.text in {"'s", "’s"}

    def _is_foreign_tail(self, token: Token) -> bool:
        text = token.text
        if not text[:1].isupper() and not text[:1].isalpha():
            return True
        lower = token.lower_
        if text in {"'s", "’s", "s"} or token.i in self.in_office:
            return True
        if lower in not_names():
            return True
        return text.islower() and lower not in word_set("lower_tail")

    def _complete(self, start: int, end: int) -> int:
        """Let a name run on over a hyphen or particle that the model stopped at."""
        jump = self._jump(end) if end < len(self.doc) else 0
        return self._complete(start, jump) if jump else end

    def _is_something_else(self, start: int, end: int) -> bool:
        doc = self.doc
        words = name_words()
        lowers = [token.lower_ for token in doc[start:end]]
        if any(lower in institution_words() for lower in lowers):
            return True
        if any(c.isdigit() for lower in lowers for c in lower):
            return True
        following = doc[end] if end < len(doc) else None
        if following is not None and following.text[:1].isupper():
            lower = following.lower_
            if lower in words["facility"] or lower in institution_words():
                return not following.is_sent_start
        if any(lower in words["facility"] for lower in lowers[1:]):
            return True
        if start and doc[start - 1].lower_ in words["ship"]:
            return True
        return end - start == 1 and self._is_single_place(start)

    def _is_single_place(self, i: int) -> bool:
        token = self.doc[i]
        if i in self.title_ends:
            return False
        if len(token.text) < 3 and not token.text[:1].isupper():
            return True
        places = find_place(token.text)
        return any(place.capital or place.population >= CITY_POPULATION for place in places)


def _text(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


__all__ = ["NameFinder"]
