"""How far a name reaches from its first word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.labels import OPENERS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import ANY_CLOSING_QUOTES, HYPHENS, OPENING_QUOTES
from pipeline.stages.entities.names.raised_styles import is_parted_style, is_raising, is_short_style
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import (
    institution_words,
    modifiers,
    name_words,
    not_names,
    word_set,
)

MAX_NAME_TOKENS = 9
#: What the model takes words of names for, and what is a name only where English has no such word.
_NAME_CLASSES = frozenset({"PROPN", "NOUN", "ADJ", "X", "INTJ", "NUM"})
_CLOSED_CLASSES = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"})
#: A text is all in capitals where so large a share of its words of so many letters is.
_LONG_WORD, _MOSTLY = 4, 0.7
#: How many words a nickname has at most ("El Tigre").
_NICKNAME_WORDS = 3
#: How far behind "as" an office may begin.
_OFFICE_AHEAD = 3
#: What a quotation has between its signs rather than a nickname does ("“Strongly Condemned”").
_ACTING = frozenset({"ADV", "AUX", "VERB"})
_OPENING, _CLOSING = OPENING_QUOTES | {"'"}, ANY_CLOSING_QUOTES
#: Signs for the glottal stop at the start of a word, some of them quotation marks elsewhere.
_GLOTTALS = frozenset({"'", "‘", "’", "ʻ", "`"})
#: A surname behind an article or a preposition that has lost its vowel.
_ELIDED = re.compile(r"(?:d|l|dell|nell)['’][A-ZÀ-Ý]")
#: A footnote's mark or a dash without a space, which spaCy leaves on a word.
_NOTE = re.compile(r"(?:[.,;:]?\[\d+\]?|[-–])$")


def without_note(text: str) -> str:
    """Return a word without the mark glued to it ("Fox.[5", "Quashie-")."""
    return text if text.isalpha() else _NOTE.sub("", text)


def is_capitalized(text: str) -> bool:
    """Tell "Ruiz", "McKay", "Ta'ufo'ou" from "ruiz" and "RUIZ"."""
    return text[:1].isupper() and not text.isupper()


def is_unknown(token: Token) -> bool:
    """Tell a word that the model has met in no text in small letters, as surnames are."""
    return token.i in getattr(token.doc, "unseen", ())


class NameReach:
    """Reads names of one Doc word by word."""

    def __init__(
        self,
        doc: Doc,
        parties: Sequence[PartySpan],
        offices: Sequence[OfficeSpan],
        *,
        year: int | None = None,
    ) -> None:
        self.doc, self.year = doc, year
        self.in_party = {i: party for party in parties for i in range(party.start, party.end)}
        self.in_office = {
            i: office for office in offices for i in range(office.head_start, office.head_end)
        }
        self.offices = offices
        self.title_ends = {office.end for office in offices}
        words = [token.text for token in doc if token.is_alpha and len(token) >= _LONG_WORD]
        capitals = sum(map(str.isupper, words))
        self._is_wholly_capital = bool(words) and capitals > _MOSTLY * len(words)

    def _skip_honorifics(self, i: int) -> int:
        doc, honorifics = self.doc, name_words()["honorific"]
        while i < len(doc) - 1 and (
            (
                doc[i].lower_ == "the"
                and doc[i + 1].lower_ in word_set("articled")
                and doc[i + 1].text.istitle()
            )
            or (
                doc[i].lower_ in honorifics
                and doc[i + 1].text not in HYPHENS
                and doc[i + 1].lower_ not in word_set("filiation")  # "Sultan bin Khalid"
                and not self._is_given_don(i)
                and not self._is_family_tan(i)
            )
            or self._is_double_rank(i)
            or is_raising(doc, i)
            or is_short_style(doc, i)
            or is_parted_style(doc, i)
            or is_parted_style(doc, i - 1)
            or (doc[i].text == "." and i > 0 and not doc[i + 1].is_sent_start)
            or self._is_space(i)
        ):
            i += 1
        return i

    def _is_double_rank(self, i: int) -> bool:
        """Tell the "Colonel" or the hyphen of "Colonel-Major Sanogo" from a name's."""
        doc, honorifics = self.doc, name_words()["honorific"]
        if doc[i].text in HYPHENS:
            i -= 1
        if i < 0 or text_at(doc, i + 1) not in HYPHENS or doc[i].whitespace_:
            return False
        return {doc[i].lower_, word_at(doc, i + 2)} <= honorifics

    def _is_space(self, i: int) -> bool:
        """Tell the second of two spaces from what parts paragraphs."""
        doc = self.doc
        if not doc[i].is_space or i + 1 >= len(doc):
            return False
        return not doc[i].is_sent_start and not doc[i + 1].is_sent_start

    def _collect(self, i: int) -> int:
        """Return the end of the name that starts at token `i`; `i` itself where none does."""
        doc = self.doc
        if i >= len(doc) or not self._is_name_part(doc[i], first=True):
            return i
        end = i + 1
        hyphens = 0
        while end < len(doc) and end - i - hyphens < MAX_NAME_TOKENS:
            if self._is_name_part(doc[end], first=False):
                end += 1
                if without_note(doc[end - 1].text) != doc[end - 1].text:
                    break
                continue
            jump = self._jump(end)
            if not jump:
                break
            hyphens += 2 * (doc[end].text in HYPHENS)  # "Al-Mustafa" is one word
            end = jump
        return end

    def _jump(self, i: int) -> int:
        """Return the end of a connector and the name part behind it, or 0."""
        doc = self.doc
        at = i
        while at < len(doc) - 1 and at - i < 4:
            token = doc[at]
            joint = token.text in HYPHENS and not doc[at - 1].whitespace_
            joint = joint or self._is_glottal(at) or self._is_inner_stop(at)
            joint = joint or (at == i and self._is_closing_glottal(at))
            spaced = at == i and self._is_space(at)
            joint = joint or spaced
            particle = token.lower_ in name_words()["particle"]
            particle = particle and token.dep_ not in OPENERS  # "met X as Lima said"
            particle = particle and not self._opens_office(at)
            if not joint and not particle and not self._is_nickname(at):
                break
            quoted = self._is_nickname(at)
            if quoted:
                return quoted
            inner = self._is_inner_stop(at) and doc[at + 1 : at + 2].text.istitle()
            glottal = self._is_closing_glottal(at)
            at += 1 + 2 * self._is_behind_van(at)
            if glottal:
                return at + 3
            if inner or self._is_name_part(doc[at], first=False):
                return at + 1
            if doc[at].lower_ in word_set("bound_participle"):
                return 0  # "the Ravi Kant-led government"
            if joint and not spaced and doc[at].is_alpha and not token.whitespace_:
                return at + 1
        return 0

    def _opens_office(self, i: int) -> bool:
        """Tell the "as" of "named X as Honorary President" from that of "Omar as Sabah"."""
        if self.doc[i].text != "as" or not self.doc[i].whitespace_:
            return False
        behind = self.doc[i + 1 : i + 1 + _OFFICE_AHEAD]
        return any(token.i in self.in_office or token.lower_ in modifiers() for token in behind)

    def _is_behind_van(self, i: int) -> bool:
        """Tell the "van" of "van 't Hoff", behind which an article has lost its vowel."""
        doc = self.doc
        clipped = text_at(doc, i + 1) in _GLOTTALS and text_at(doc, i + 2) in {"t", "s"}
        return clipped and doc[i].lower_ == "van" and not doc[i + 1].whitespace_

    def _is_glottal(self, i: int) -> bool:
        """Tell the sign that opens the "'Utoikamanu" of a Polynesian name from a quotation mark."""
        doc = self.doc
        if doc[i].text not in _GLOTTALS or doc[i].whitespace_ or not doc[i - 1].whitespace_:
            return False
        closing = doc[i + 2].text if i + 2 < len(doc) else ""
        return doc[i + 1 : i + 2].text.istitle() and closing not in _GLOTTALS

    def _is_closing_glottal(self, i: int) -> bool:
        """Tell the sign that closes the "Shia'" of "Shia' al-Sudani" from a quotation mark."""
        doc = self.doc
        if doc[i].text not in _GLOTTALS or doc[i - 1].whitespace_ or not doc[i].whitespace_:
            return False
        article = word_behind(doc[i]) in {"al", "el"}
        return article and text_at(doc, i + 2) in HYPHENS

    def _is_nickname(self, i: int) -> int:
        """Return the end of the “Jokowi” Widodo of "Joko “Jokowi” Widodo", or 0.

        It may stand in brackets as well: "Joko (“Jokowi”) Widodo", "Joko (Joe) Widodo".
        """
        doc = self.doc
        bracket = doc[i].text == "("
        if bracket and self._is_bracketed_name(i):
            return i + 4
        at = i + bracket
        if text_at(doc, at) not in _OPENING or doc[i].whitespace_:
            return 0
        close = at + 1
        while close <= at + _NICKNAME_WORDS and doc[close : close + 1].text.istitle():
            close += 1
        end = close + 1 + bracket
        said = close > at + 2 and any(t.pos_ in _ACTING for t in doc[at + 1 : close])
        closed = close > at + 1 and not said and text_at(doc, close) in _CLOSING
        if not closed or (bracket and doc[close + 1 : end].text != ")"):
            return 0
        while text_at(doc, end) in name_words()["particle"]:
            end += 1  # "Ronald 'Bato' dela Cruz"
        return end + 1 if end < len(doc) and self._is_name_part(doc[end], first=False) else 0

    def _is_bracketed_name(self, i: int) -> bool:
        """Tell the bracket of "Steven (Steve) Kellow" from "Ana Ruiz (Peru) Luis Rojas (Chile)"."""
        doc = self.doc
        if i < 1 or i + 3 >= len(doc) or doc[i + 2].text != ")" or not doc[i - 1].whitespace_:
            return False
        inner, last = doc[i + 1], doc[i + 3]
        if not inner.text.istitle() or not inner.is_alpha or inner.whitespace_:
            return False
        other = inner.ent_type_ in {"ORG", "NORP", "GPE", "DATE"} or bool(find_place(inner.text))
        other = other or i + 1 in self.in_party or inner.lower_ in institution_words()
        whole = all(self._is_name_part(doc[at], first=True) for at in (i - 1, i + 1, i + 3))
        named = doc[i - 1].text.istitle() and last.text.istitle() and doc[i + 2].whitespace_ != ""
        return named and whole and not other

    def _is_inner_stop(self, i: int) -> bool:
        """Tell the full stop of "Ma. Teresita" and "Kh.Battulga" from the end of a sentence."""
        if self.doc[i].text != ".":
            return False
        short = self.doc[i - 1].lower_ in word_set("short_given")
        return short or self._joins_initial(i) or self._ends_initial(i)

    def _ends_initial(self, i: int) -> bool:
        """Tell the full stop of "Zh. Asanov" from that of "He met Yu. Beijing said"."""
        doc = self.doc
        initial, behind = doc[i - 1 : i], doc[i + 1 : i + 2]
        told = doc[i].text == "." and initial.text.istitle() and behind.text.istitle()
        if (
            not told
            or i + 1 in self.in_party
            or initial[0].lower_ not in word_set("two_letter_initial")
        ):
            return False
        if initial[0].lower_ not in word_set("initial_too") or not behind[0].is_sent_start:
            return True
        return text_at(doc, i - 2) in {",", "and"}  # "A. Asanov and Yu. Petrov"

    def _joins_initial(self, i: int) -> bool:
        doc = self.doc
        if not 0 < i < len(doc) - 1 or doc[i].whitespace_ or doc[i - 1].whitespace_:
            return False
        return len(doc[i - 1]) <= 2 and doc[i - 1].text.istitle() and doc[i + 1].text.istitle()

    def _is_name_part(self, token: Token, *, first: bool) -> bool:
        text = token.text
        if without_note(text) != text and not first:
            return self._is_noted_name(token)
        plain = text.isalpha()
        if not plain and any(c.isdigit() for c in text):
            return False
        if not first and _ELIDED.match(text):
            return True  # the "d'Aubigny" behind "Senator Xavier"
        if not text[:1].isupper() or not (plain or any(c.isalpha() for c in text)):
            following = text_at(self.doc, token.i + 1)
            return first and token.lower_ in {"al", "el"} and following in HYPHENS
        if token.i in self.in_party or (token.i in self.in_office and token.is_sent_start is False):
            return False
        lower = token.lower_
        if not first and lower in word_set("calendar_too"):
            i = token.i
            if self._is_between_names(i) or (text.istitle() and self._ends_name(i)):
                return True
        if lower in not_names() or lower in institution_words():
            if text == "Said" and self.doc[token.i - 1].lower_ in word_set("filiation"):
                return not first
            return self._model_says_person(token) and lower not in institution_words()
        if token.is_sent_start and not first and not self._is_behind_short_given(token.i):
            return False
        # A little word that English has not is a name ("Helen Askwith", taken for a preposition).
        behind = not first or token.i in self.title_ends  # "Chief of Staff Reince Priebus"
        odd = token.pos_ in _CLOSED_CLASSES and not token.is_stop and behind and text.istitle()
        odd = odd or (token.pos_ == "PUNCT" and behind)  # "Va'aleto'a"
        odd = odd or self._is_no_verb(token, first=first)
        return odd or token.pos_ in _NAME_CLASSES or token.ent_type_ == "PERSON"

    def _is_no_verb(self, token: Token, *, first: bool) -> bool:
        """Tell the "Beddoes" that the model takes for a verb from one: English has no such word.

        So the "Witold" of "Witold Banas", behind a title or beside another such word.
        """
        if token.pos_ != "VERB" or not token.text.istitle() or token.ent_type_:
            return False
        if not first:
            return self.doc[token.i - 1].ent_type_ == "PERSON" and is_unknown(token)
        behind = self.doc[token.i + 1 : token.i + 2]
        if not behind.text.istitle() or not is_unknown(token):
            return False
        titled = token.i in self.title_ends or is_name_word(token.text)
        return titled or is_unknown(behind[0])

    def _is_behind_short_given(self, i: int) -> bool:
        """Tell the "Fahimul" of "Md. Fahimul Islam" from the first word of a sentence.

        So the "Ana" of "in Bethesda, Md. Ana Ruiz" is one.
        """
        doc = self.doc
        before = word_at(doc, i - 1)
        town = i > 2 and doc[i - 2].text == "," and doc[i - 3].ent_type_ == "GPE"
        return not town and before.endswith(".") and before[:-1] in word_set("short_given")

    def _is_given_don(self, i: int) -> bool:
        """Tell the given name of "Senator Don Beyer" from the style of "Don Luis Rojas"."""
        doc = self.doc
        if doc[i].text != "Don" or not doc[i + 1 : i + 2].text.istitle():
            return False
        behind = doc[i + 2 : i + 3]
        longer = behind.text.istitle() and not behind[0].is_sent_start
        return not longer or i + 2 in self.in_office or i + 2 in self.in_party

    def _is_family_tan(self, i: int) -> bool:
        """Tell the family name of "President Tan Wei" from the style of "Tan Sri Luis"."""
        return self.doc[i].lower_ == "tan" and word_behind(self.doc[i]).lower() not in {
            "sri",
            "seri",
        }

    def _is_noted_name(self, token: Token) -> bool:
        """Tell a surname with a footnote's mark or a dash glued to it."""
        name = without_note(token.text)
        told = name.isalpha() and name[:1].isupper() and token.pos_ == "PROPN"
        other = name.lower() in not_names() or name.lower() in institution_words()
        return told and not other and not token.is_sent_start

    def _is_between_names(self, i: int) -> bool:
        """Tell the "Thu" of "Le Thu Ha" from a day of the week."""
        doc = self.doc
        if i < 1 or i + 1 >= len(doc) or doc[i + 1].is_sent_start:
            return False
        if doc[i].pos_ in {"ADP", "PART"} and i > 1 and doc[i - 2].text.istitle():
            return False  # "Premier Sends Ana Ruiz To Represent Him"
        return doc[i - 1].text.istitle() and doc[i + 1].text.istitle() and doc[i].text.istitle()

    def _ends_name(self, i: int) -> bool:
        """Tell the "Jun" of "Zhao Jun, director of" from a month."""
        doc = self.doc
        before, after = doc[i - 1], text_at(doc, i + 1)
        return before.ent_type_ == "PERSON" and before.text.istitle() and after in {",", "("}

    def _model_says_person(self, token: Token) -> bool:
        if token.ent_type_ != "PERSON":
            return False
        return token.ent_iob_ == "I" or (
            token.lower_ in word_set("given_too") and self._is_followed_in_name(token)
        )

    def _is_followed_in_name(self, token: Token) -> bool:
        if token.ent_type_ != "PERSON" or token.i + 1 >= len(self.doc):
            return False
        following = self.doc[token.i + 1]
        return following.ent_type_ == "PERSON" and following.ent_iob_ == "I"


__all__ = ["NameReach", "is_capitalized", "is_unknown", "without_note"]
