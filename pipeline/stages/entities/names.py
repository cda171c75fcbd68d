"""Stretches that name a person: what the model marks, mended, and what titles betray."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name, leaders_by_surname
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
#: Shorter single words by which a leader is called are other words too often.
SURE_ALIAS = 5
_NICKNAME = re.compile(r"""\s+[“"‘']\w+[”"’']\s+""")
#: How many tokens before a name the word "ships" may stand.
_LIST_REACH = 8
_DASHED = re.compile(r"[.–-]{2,}")
_INITIALLED = re.compile(r"[A-Z][a-z]?\.[A-Z][a-z]{2,}")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}|[A-Z]")
_HYPHENS = frozenset({"-", "–", "‑"})
#: Signs for the glottal stop at the start of a word, some of them quotation marks elsewhere.
_OPENING, _CLOSING = frozenset({"“", '"', "‘", "``", "'"}), frozenset({"”", '"', "’", "''", "'"})
_GLOTTALS = frozenset({"'", "‘", "’", "ʻ", "`"})


@lru_cache(maxsize=1)
def _leaders() -> Gazetteer[bool]:
    names = {
        spelled
        for rows in leaders_by_name().values()
        for row in rows
        for spelled in (row.name, *row.aliases)
    }
    usual = {row.name for rows in leaders_by_name().values() for row in rows}
    return Gazetteer((name, name in usual) for name in sorted(names) if " " in name)


@lru_cache(maxsize=1)
def _single_leaders() -> frozenset[str]:
    """Return the single words that call one known leader alone ("Hu'akavameiliku")."""
    called: dict[str, set[str]] = {}
    for rows in leaders_by_name().values():
        for row in rows:
            for alias in row.aliases:
                if len(alias) >= SURE_ALIAS and " " not in alias:
                    called.setdefault(alias, set()).add(row.name)
    return frozenset(alias for alias, names in called.items() if len(names) == 1)


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
            ("byline", self._of_bylines()),
            ("model", self._of_model()),
            ("apposition", self._before_appositions()),
            ("initial", self._of_initials()),
            ("alias", self._of_single_leaders()),
        ):
            for start, end in spans:
                styled = source == "styled leader"
                if styled and self._complete(start, end) > end:
                    styled, start = False, start + 1
                known = source == "leader"
                mended = (start, end) if styled else self._mend(start, end, known=known)
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
        sure = {
            token.text
            for span in found.values()
            if span.source != "model" or span.end - span.start > 1
            for token in self.doc[span.start : span.end]
        }
        unique = {
            id(span): span for span in found.values() if not self._is_doubtful(span, found, sure)
        }
        return sorted(unique.values(), key=lambda span: span.start)

    def _is_doubtful(
        self, span: NameSpan, found: Mapping[int, NameSpan], known: Collection[str]
    ) -> bool:
        """Tell a single word of which only the model says that it is a person.

        Args:
            known: the words of names for which more speaks.
        """
        doc = self.doc
        if span.source != "model" or span.end - span.start > 1:
            return False
        token = doc[span.start]
        sure = token.text in known or fold(token.text) in leaders_by_name()
        if sure or fold(token.text) in leaders_by_surname():
            return False
        if span.start + 2 < len(doc) and doc[span.end].text == "," and doc[span.end + 1].is_digit:
            return False
        near = {t.lower_ for t in doc[max(0, span.start - 3) : span.start]}
        human = token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_ in word_set("human_verb")
        joined = token.dep_ == "conj" and (
            token.head.i in found
            or token.head.ent_type_ == "PERSON"
            or token.head.i in self.in_office
        )
        return not (human or joined or near & word_set("kin"))

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
            if end == at and self.doc[at : at + 1].text == ",":
                at, end = at + 1, self._explained(office, at + 1)
            if end == at and self._is_short_name_word(at):
                end = self._collect(at + 1)
            elif end == at and self._is_bracketed_given_name(at):
                at, end = at + 1, self._collect(at + 3)
            if end > at:
                yield at, end

    def _explained(self, office: OfficeSpan, at: int) -> int:
        """Return the end of the name in "the Chief of Staff, Femi Gbajabiamila, …"; else `at`."""
        doc = self.doc
        at = self._skip_honorifics(at)
        capital = doc[office.head_start].text[:1].isupper()
        told = capital or office.determiner == "the" or office.country is not None
        if office.plural or not told:
            return at
        end = self._collect(at)
        closed = end >= len(doc) or doc[end].text in {",", ".", ";", "and", ")", "("}
        return end if 2 <= end - at <= 4 and closed else at

    def _is_bracketed_given_name(self, i: int) -> bool:
        """Tell the "(Bronislaw)" of "President (Bronislaw) Komorowski"."""
        doc = self.doc
        if i + 3 >= len(doc) or doc[i].text != "(" or doc[i + 2].text != ")":
            return False
        given = self._is_name_part(doc[i + 1], first=True)
        return given and self._collect(i + 3) == i + 4

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

    def _of_bylines(self) -> Iterator[tuple[int, int]]:
        """Yield the writers and photographers of "By X", "Photo: Agency / X", "OPINION | X"."""
        doc = self.doc
        for token in doc[:-2]:
            if self._opens_byline(token):
                end = self._collect(token.i + 1)
                if 2 <= end - token.i - 1 <= 4:
                    yield token.i + 1, end

    def _opens_byline(self, token: Token) -> bool:
        doc, i = self.doc, token.i
        if token.lower_ == "by":
            made = i > 0 and doc[i - 1].lower_ in word_set("made_by")
            starred = i > 0 and doc[i - 1].text in {"*", "_", "**"}
            return bool(token.is_sent_start) or made or starred
        pictures = {"photo", "photos", "picture", "pictures", "image"}
        if token.text == "/":
            return bool(pictures & {other.lower_ for other in doc[max(0, i - 6) : i]})
        if token.text == ":":
            return i > 0 and doc[i - 1].lower_ in pictures | word_set("writer")
        return token.text == "|" and i > 0 and doc[i - 1].text.isupper() and doc[i - 1].is_alpha

    def _of_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield known names, with what the model takes in behind ("Santiago Peña | Palacios")."""
        for hit in _leaders().find(self.doc):
            end = hit.end
            while self._goes_on_in_name(end):
                end += 1
            yield hit.start, end

    def _goes_on_in_name(self, i: int) -> bool:
        doc = self.doc
        if i >= len(doc) or doc[i].ent_type_ != "PERSON" or doc[i].ent_iob_ != "I":
            return False
        return self._is_name_part(doc[i], first=False) and doc[i].is_alpha

    def _of_initials(self) -> Iterator[tuple[int, int]]:
        """Yield the "Kh.Battulga" of Mongolian names, one token or three."""
        doc = self.doc
        for token in doc:
            if _INITIALLED.fullmatch(token.text):
                yield token.i, token.i + 1
            elif token.text == "." and self._joins_initial(token.i):
                yield token.i - 1, token.i + 2

    def _joins_initial(self, i: int) -> bool:
        doc = self.doc
        if not 0 < i < len(doc) - 1 or doc[i].whitespace_ or doc[i - 1].whitespace_:
            return False
        return len(doc[i - 1]) <= 2 and doc[i - 1].text.istitle() and doc[i + 1].text.istitle()

    def _of_single_leaders(self) -> Iterator[tuple[int, int]]:
        called = _single_leaders()
        for token in self.doc:
            if token.text.replace("’", "'") in called and token.ent_type_ not in {"ORG", "FAC"}:
                yield token.i, token.i + 1

    def _of_styled_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield known names whose first word elsewhere is a style ("U Nu", "Sheikh Hasina")."""
        for hit in _leaders().find(self.doc):
            short = hit.end - hit.start == 2
            if self.doc[hit.start].lower_ in word_set("style_in_name") and (hit.payload or short):
                yield hit.start, hit.end

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
            joint = joint or self._is_glottal(at) or self._is_inner_stop(at)
            particle = token.lower_ in name_words()["particle"]
            if not joint and not particle and not self._is_nickname(at):
                break
            quoted = self._is_nickname(at)
            if quoted:
                return quoted
            inner = self._is_inner_stop(at) and doc[at + 1].text.istitle()
            at += 1
            if inner or self._is_name_part(doc[at], first=False):
                return at + 1
            if joint and doc[at].is_alpha and not token.whitespace_:
                return at + 1
        return 0

    def _is_glottal(self, i: int) -> bool:
        """Tell the sign that opens the "'Utoikamanu" of a Polynesian name from a quotation mark."""
        doc = self.doc
        if doc[i].text not in _GLOTTALS or doc[i].whitespace_ or not doc[i - 1].whitespace_:
            return False
        closing = doc[i + 2].text if i + 2 < len(doc) else ""
        return doc[i + 1].text.istitle() and closing not in _GLOTTALS

    def _is_nickname(self, i: int) -> int:
        """Return the end of the “Jokowi” Widodo of "Joko “Jokowi” Widodo", or 0."""
        doc = self.doc
        if i + 3 >= len(doc) or doc[i].text not in _OPENING or doc[i + 2].text not in _CLOSING:
            return 0
        words = doc[i + 1].text.istitle() and self._is_name_part(doc[i + 3], first=False)
        return i + 4 if words and not doc[i].whitespace_ else 0

    def _is_inner_stop(self, i: int) -> bool:
        """Tell the full stop of "Ma. Teresita" and "Kh.Battulga" from the end of a sentence."""
        if self.doc[i].text != ".":
            return False
        return self._joins_initial(i) or self.doc[i - 1].lower_ in word_set("short_given")

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
        if not first and lower in word_set("calendar_too") and self._is_between_names(token.i):
            return True
        if lower in not_names() or lower in institution_words():
            return self._model_says_person(token) and lower not in institution_words()
        if token.is_sent_start and not first:
            return False
        return token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ", "NUM"} or (
            token.ent_type_ == "PERSON"
        )

    def _is_between_names(self, i: int) -> bool:
        """Tell the "Thu" of "Le Thu Ha" from a day of the week."""
        doc = self.doc
        if i < 1 or i + 1 >= len(doc) or doc[i + 1].is_sent_start:
            return False
        return doc[i - 1].text.istitle() and doc[i + 1].text.istitle() and doc[i].text.istitle()

    def _model_says_person(self, token: Token) -> bool:
        return token.ent_type_ == "PERSON" and token.ent_iob_ == "I"

    # What is no name

    def _mend(self, start: int, end: int, *, known: bool = False) -> tuple[int, int] | None:
        """Cut what is no part of a name; return None where no name is left.

        Args:
            known: whether it is a known leader's whole name, of which nothing is cut ("To Lam").
        """
        doc = self.doc
        if end - start > 1 and not (
            end - start == 2 and doc[start].lower_ in word_set("kept_style")
        ):
            start = self._skip_honorifics(start)
        titled = known or start in self.title_ends or self._is_addressed(start)
        while start < end and not titled and self._is_foreign_head(doc[start]):
            start += 1
        while end > start and self._is_foreign_tail(doc[end - 1]):
            end -= 1
        if start >= end:
            return None
        end = self._complete(start, end)
        if doc[end - 1].lower_ in {"jr", "sr"} and doc[end : end + 1].text == ".":
            end += 1
        start = self._over_initials(start)
        if end - start > 2 and doc[start].lower_ in word_set("kept_style"):
            start += 1
        if self._is_something_else(start, end) or self._is_mere_style(start, end):
            return None
        return start, end

    def _over_initials(self, start: int) -> int:
        """Return where the initials before a name begin ("P.V. Narasimha Rao")."""
        doc = self.doc
        at = start
        if at > 0 and doc[at - 1].text == "Said" and doc[start].text.istitle():
            at -= 1  # the verb is small: "Said Ali" is a name
        while at > 0 and _INITIALS.fullmatch(doc[at - 1].text):
            if doc[at - 1].text in {"A", "I"} or doc[at - 1].lower_ in name_words()["honorific"]:
                break
            at -= 1
        return start if at and doc[at - 1].text in {"'", "’", "-", "."} else at

    def _is_mere_style(self, start: int, end: int) -> bool:
        """Tell a "H.H. Sheikh" or an "I." that the model took for a name."""
        honorifics = name_words()["honorific"]
        tokens = self.doc[start:end]
        if all(t.lower_ in honorifics or not any(map(str.isalpha, t.text)) for t in tokens):
            return True
        return not any(sum(char.isalpha() for char in token.text) > 1 for token in tokens)

    def _is_acronym(self, token: Token) -> bool:
        """Tell the "JKIA" before "Mudavadi" from a name in capitals."""
        following = self.doc[token.i + 1 : token.i + 2].text
        return token.text.isupper() and len(token) > 2 and following.istitle()

    def _is_addressed(self, start: int) -> bool:
        """Tell whether an honorific stands before a name ("U Than Swe")."""
        before = self.doc[start - 1] if start else None
        return (
            before is not None
            and before.lower_ in name_words()["honorific"]
            and before.text[:1].isupper()
            and self.doc[start].text.istitle()
        )

    def _is_foreign_head(self, token: Token) -> bool:
        lower = token.lower_
        if token.i in self.in_party or token.i in self.in_office:
            return True
        if lower in modifiers() or (token.is_sent_start and lower in word_set("occupation")):
            return True
        if not any(c.isalpha() for c in token.text) or self._is_acronym(token):
            return True
        particle = lower in name_words()["particle"]
        if lower in word_set("given_too") and self._is_followed_in_name(token):
            return False
        return (lower in not_names() and not particle) or token.text in {"'s", "’s"}

    def _is_followed_in_name(self, token: Token) -> bool:
        if token.ent_type_ != "PERSON" or token.i + 1 >= len(self.doc):
            return False
        following = self.doc[token.i + 1]
        return following.ent_type_ == "PERSON" and following.ent_iob_ == "I"

    def _is_foreign_tail(self, token: Token) -> bool:
        text = token.text
        if not text[:1].isupper() and not text[:1].isalpha():
            return True
        lower = token.lower_
        if text in {"'s", "’s", "s"} or token.i in self.in_office:
            return True
        if lower in not_names() or lower in word_set("tail_honorific"):
            return True
        if self._is_joined(token):
            return False
        return text.islower() and lower not in word_set("lower_tail")

    def _is_joined(self, token: Token) -> bool:
        """Tell the "chil" of "Sun-chil"."""
        doc, i = self.doc, token.i
        hyphen = i > 1 and doc[i - 1].text in _HYPHENS and not doc[i - 1].whitespace_
        return hyphen and not doc[i - 2].whitespace_ and doc[i - 2].text.istitle()

    def _complete(self, start: int, end: int) -> int:
        """Let a name run on over a hyphen or particle that the model stopped at."""
        jump = self._jump(end) if end < len(self.doc) else 0
        return self._complete(start, jump) if jump else end

    def _is_something_else(self, start: int, end: int) -> bool:
        doc = self.doc
        words = name_words()
        lowers = [token.lower_ for token in doc[start:end]]
        if self._is_plain_person(start, end):
            return False
        if any(lower in institution_words() for lower in lowers):
            return True
        if any(c.isdigit() for lower in lowers for c in lower) or _DASHED.search(lowers[-1]):
            return True
        if end - start == 1 and self._is_body_of(end):
            return True
        following = doc[end] if end < len(doc) else None
        if following is not None and following.text[:1].isupper():
            lower = following.lower_
            if lower in words["facility"] or lower in institution_words():
                return not following.is_sent_start
        if any(lower in words["facility"] for lower in lowers[1:]):
            return True
        if self._is_seat(start, end):
            return True
        if (start and doc[start - 1].lower_ in words["ship"]) or lowers[0] in words["ship"]:
            return True
        if doc[start].lower_ in words["ship"] and doc[start].text.isupper() and end - start > 1:
            return True
        if following is not None and following.lower_ in word_set("geographic_noun"):
            return start not in self.title_ends
        if {lowers[0], doc[start - 1].lower_ if start else ""} & word_set("storm"):
            return True
        if "+" in lowers[-1] or self._is_aboard(start):
            return True
        if start and doc[start - 1].lower_ in word_set("animal"):
            return True
        if end - start == 1:
            return self._is_single_place(start)
        return start not in self.title_ends and self._is_whole_place(start, end)

    def _is_seat(self, start: int, end: int) -> bool:
        """Tell the "Ialibu-Pangia" of "Ialibu-Pangia MP Peter O'Neill", where he was elected."""
        doc = self.doc
        if start in self.title_ends or " " in doc[start:end].text or end >= len(doc):
            return False
        return end in self.in_office and doc[end].text[:1].isupper() and not doc[end].is_sent_start

    def _is_aboard(self, start: int) -> bool:
        """Tell a further ship of a list ("the tugs Mosaed and | Ezzat Adel")."""
        doc, i = self.doc, start - 1
        while i > max(0, start - _LIST_REACH) and (
            doc[i].text in {",", "and"} or doc[i].text.istitle()
        ):
            i -= 1
        return i < start - 1 and i >= 0 and doc[i].lower_ in name_words()["ship"]

    def _is_body_of(self, end: int) -> bool:
        """Tell the "Gazprom" of "Gazprom's Alexei Miller" from a person."""
        doc = self.doc
        if end + 2 >= len(doc) or doc[end].text not in {"'s", "’s"}:
            return False
        owned = doc[end + 1 : end + 3]
        return all(t.ent_type_ == "PERSON" and t.text.istitle() for t in owned) and (
            doc[end - 1].text not in _single_leaders()
        )

    def _is_plain_person(self, start: int, end: int) -> bool:
        """Tell a person whose surname is a word of institutions ("Samantha Power")."""
        doc = self.doc
        surname = end - start == 2 and doc[end - 1].lower_ in word_set("surname_too")
        if not surname or (start and doc[start - 1].lower_ in {"the", "of", "in"}):
            return False
        marked = all(token.ent_type_ == "PERSON" for token in doc[start:end])
        after = doc[end] if end < len(doc) else None
        return (
            marked
            and doc[start].lower_ not in institution_words()
            and (after is None or not after.text[:1].isupper() or bool(after.is_sent_start))
        )

    def _is_whole_place(self, start: int, end: int) -> bool:
        """Tell a "Khon Kaen" that the model took for a person."""
        text = _text(self.doc, start, end)
        return not leaders_by_name().get(fold(text)) and bool(find_place(text))

    def _is_single_place(self, i: int) -> bool:
        token = self.doc[i]
        if i in self.title_ends:
            return False
        if len(token.text) < 3 and not token.text[:1].isupper():
            return True
        places = find_place(token.text)
        if i > 2 and self.doc[i - 1].lower_ == "of" and self.doc[i - 2].ent_type_ == "PERSON":
            return bool(places)
        placed = i > 0 and self.doc[i - 1].lower_ in word_set("locative")
        if placed and (places or self.doc[i - 1].lower_ == "in"):
            return token.text not in _single_leaders()
        return any(place.capital or place.population >= CITY_POPULATION for place in places)


def _text(doc: Doc, start: int, end: int) -> str:
    text = _NICKNAME.sub(" ", " ".join(doc[start:end].text.split()))
    return text.replace(")", "") if ")" in text and "(" not in text else text


__all__ = ["NameFinder"]
