"""Names cut to what is theirs."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.neighbours import text_at, word_at
from pipeline.reference.places import find_place
from pipeline.signs import ANY_QUOTES, APOSTROPHE_S, HYPHENS, OPENS_APPOSITION
from pipeline.stages.entities.names.name_completing import NameCompleting
from pipeline.stages.entities.once import once
from pipeline.stages.entities.tables import (
    institution_words,
    modifiers,
    name_words,
    not_names,
    word_set,
)

#: The longest words of places in capitals that are no longer told so ("Hà NỘI").
_SHORT = 3
_NUMERAL = re.compile(r"[IVX]+")
_LETTERS = re.compile(r"(?:[A-Z]\.){3,}")


class NameMending(NameCompleting):
    """Mends the bounds of names."""

    @once
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
        apposed = doc[start - 1].text == "," and start - 1 in self.title_ends
        titled = known or start in self.title_ends or apposed or self._is_addressed(start)
        while start < end and not titled and self._is_foreign_head(doc[start]):
            start += 1
        if end - start == 1 and word_at(doc, start - 1) in word_set("town_part"):
            return None  # "West | Mamprusi"
        while start < end and doc[start].text in HYPHENS:
            start += 1  # "the envoy - Ana Ruiz - said"
        while end - start > 2 and self._is_of_title(doc[start]):
            start += 1  # "Minister of Trade and Development Ana Ruiz"
        if end - start > 1 and self._is_place_ahead(start):
            start += 1
        start += self._post_ahead(start, end)
        while end - start > 2 and self._is_bound_tail(end):
            end -= 2
        while end > start and self._is_foreign_tail(doc[end - 1]):
            end -= 1
        named = start + (start not in self.title_ends)
        verb = next((t.i for t in doc[named:end] if self._is_headline_verb(t)), end)
        end = min(end, verb, end if known else self._before_of_land(start, end))
        if start >= end or all(_LETTERS.fullmatch(token.text) for token in doc[start:end]):
            return None  # "Cardinal Ana Ruiz, M.C.C.J., prefect of …"
        end = self._complete(start, self._before_open_quote(start, end))
        end = self._without_dateline(start, self._over_generation(end))
        start = start if known else self._over_given_names(start, end)
        start = self._over_initials(start)
        if doc[start : start + 3].text.lower() == "al-sultan" and end >= start + 3:
            start += 3  # "Al-Sultan Abdullah", as Malaysia's king is called
        if start >= end:
            return None
        if end - start > 2 and (doc[start].text, doc[start + 1].text.rstrip(".")) == ("H.", "E"):
            start += 2  # "H. E. Ana Ruiz"
        if end - start > 2 and doc[start].lower_ in word_set("kept_style"):
            start += 1
        if self._is_something_else(start, end) or self._is_mere_style(start, end):
            return None
        return start, end

    def _before_open_quote(self, start: int, end: int) -> int:
        """Return where the quotation opens that the model cut in two ("Arnon “Bear | ” Thong")."""
        doc = self.doc
        if text_at(doc, end) not in ANY_QUOTES:
            return end
        opens = next((i for i in range(end - 1, start, -1) if doc[i].text in ANY_QUOTES), end)
        return opens if opens > start and self._is_nickname(opens) else end

    def _is_headline_verb(self, token: Token) -> bool:
        """Tell the "Visits" of "Chakwera Visits Mozambique", which the model takes for a name.

        So the "Defends" of "Minister Defends Budget", the "Freed" of "Commissioner Freed".
        """
        if not token.text.istitle():
            return False
        befallen = token.lower_ in word_set("headline_participle") and token.i in self.title_ends
        return befallen or token.lower_ in word_set("headline_verb")

    def _is_of_title(self, token: Token) -> bool:
        """Tell the end of a title before a name ("… and Development", "Office Director")."""
        lower = token.lower_
        if self.doc[token.i + 1].text in HYPHENS:
            return False  # "Member-States"
        if lower in institution_words() or self._is_acronym(token):
            return True
        return token.text.istitle() and lower in word_set("office_noun")

    def _without_dateline(self, start: int, end: int) -> int:
        """Return the end of the name in "By Ana Ruiz SEOUL, Dec. 30"."""
        doc = self.doc
        behind = text_at(doc, end)
        if (
            doc[start:end].text.isupper()
            and end - start > 2
            and behind in {"(", ",", "—", "--", "–"}
        ):
            return end - 1 if find_place(doc[end - 1].text) else end  # "ANA RUIZ LIMA (AP)"
        for i in range(start + 1, end):
            text = doc[i].text
            saint = text in {"ST", "SAN", "SANTA"}  # "By Ana Ruiz ST JOHN'S, Antigua"
            if doc[i - 1].text in HYPHENS:
                continue  # "ANA RUIZ-CORTES"
            if text.isupper() and (len(text) > 2 or saint) and not doc[i - 1].text.isupper():
                first = self._shouted_place(i, end)
                if start < first < end:
                    return first
                placed = saint or find_place(text)
                return i if placed and not _NUMERAL.fullmatch(text) else end
        return end

    def _shouted_place(self, at: int, end: int) -> int:
        """Return where "HÀ NỘI", its short word told small, begins in "Ana Ruiz HÀ NỘI —", or 0."""
        doc, last = self.doc, at
        while last < len(doc) and doc[last].text.isupper() and doc[last].is_alpha:
            last += 1
        if last < end or text_at(doc, last) not in OPENS_APPOSITION:
            return 0
        firsts = [at - 1] if len(doc[at - 1]) <= _SHORT else []
        firsts += [at] if last - at > 1 else []
        return next((i for i in firsts if find_place(doc[i:last].text)), 0)

    def _is_acronym(self, token: Token) -> bool:
        """Tell the "JKIA" before "Mudavadi" from a name in capitals."""
        following = text_at(self.doc, token.i + 1)
        return (
            token.text.isupper()
            and len(token) > 2
            and token.lower_ not in word_set("letters_of_name")
            and following.istitle()
            and (following.isalpha())
        )

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
        if token.i + 1 in self.title_ends:
            return True  # "envoy for the Western Balkans | Ana Ruiz"
        if lower in modifiers() or (token.is_sent_start and lower in word_set("occupation")):
            return True
        if not any(c.isalpha() for c in token.text) or self._is_acronym(token):
            return True
        particle = lower in name_words()["particle"]
        if token.text.islower() and not particle and "-" not in lower and "'" not in lower:
            return True
        if lower in word_set("given_too") and self._is_followed_in_name(token):
            return False
        return (lower in not_names() and not particle) or token.text in APOSTROPHE_S

    def _is_foreign_tail(self, token: Token) -> bool:
        text = token.text
        if not text[:1].isupper() and not text[:1].isalpha():
            return True
        lower = token.lower_
        if text in {"'s", "’s", "s"} or token.i in self.in_office:
            return True
        name_end = lower in word_set("calendar_too") and self._ends_name(token.i)
        surnames = word_set("surname_of_calendar", "surname_of_nation")
        if _NUMERAL.fullmatch(text) and self._is_regnal(token):
            return False
        if name_end or (lower in surnames and self._is_surname(token)):
            return False
        if text == "Said" and token.i and self.doc[token.i - 1].lower_ in word_set("filiation"):
            return False
        if lower in word_set("given_though_word"):
            return not self._is_given_word(token)
        if lower in not_names() or lower in word_set("tail_honorific"):
            return True
        letters = text[-1:].isupper() and lower in word_set("postnominal")
        if letters and not self._is_wholly_capital:
            return True  # "Ana Ruiz AO", "Ana Ruiz PhD"
        if self._is_joined(token):
            return False
        return text.islower() and lower not in word_set("lower_tail")

    def _is_regnal(self, token: Token) -> bool:
        """Tell the "X" of "King Frederik X", also where he is told without his title."""
        doc, crowns = self.doc, word_set("first_named") | {"pope"}
        if not token.i or not doc[token.i - 1].text.istitle():
            return False
        called = doc[token.i - 1].text
        return any(t.text == called and t.i and doc[t.i - 1].lower_ in crowns for t in doc)

    def _is_bound_tail(self, end: int) -> bool:
        """Tell the "-led" of "the Manmohan Singh-led government"."""
        doc = self.doc
        return doc[end - 1].lower_ in word_set("bound_participle") and doc[end - 2].text in HYPHENS

    def _before_of_land(self, start: int, end: int) -> int:
        """Return the end of "Omar Keita | of Mali", which the model takes for one name."""
        led = (t.i for t in self.doc[start + 2 : end] if t.lower_ == "of")
        return next((i for i in led if {i + 1, i + 2} & self.in_party.keys()), end)

    def _is_joined(self, token: Token) -> bool:
        """Tell the "chil" of "Sun-chil"."""
        doc, i = self.doc, token.i
        hyphen = i > 1 and doc[i - 1].text in HYPHENS and not doc[i - 1].whitespace_
        return hyphen and not doc[i - 2].whitespace_ and doc[i - 2].text.istitle()


__all__ = ["NameMending"]
