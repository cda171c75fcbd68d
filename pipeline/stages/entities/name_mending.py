"""Names cut to what is theirs, and completed where the model stopped short."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.stages.entities.name_reach import HYPHENS, QUOTES, is_capitalized, without_note
from pipeline.stages.entities.not_persons import NotPersons
from pipeline.stages.entities.once import once
from pipeline.stages.entities.tables import (
    callings,
    institution_words,
    modifiers,
    name_words,
    not_names,
    word_set,
)

#: Suffixes of father and son, who share the rest of a name.
GENERATIONS = frozenset({"jr", "sr"})
#: How many tokens of an office may stand between a bracket and a name.
_BRACKET = 6
#: What stands behind a whole name.
_AFTER_NAMES = frozenset({",", ".", ";", ":", "(", ")", "/", "and", "'s", "’s", "who"})
#: The longest words of places in capitals that are no longer told so ("Hà NỘI").
_SHORT = 3
#: Of how many years one is told in "Rasel, 40,".
_YOUNGEST, _OLDEST = 15, 104
_NUMERAL = re.compile(r"[IVX]+")
_LETTERS = re.compile(r"(?:[A-Z]\.){3,}")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}|[A-Z]")
_JOINED_INITIALS = re.compile(r"[A-Z]{2}")


class NameMending(NotPersons):
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
        while start < end and doc[start].text in HYPHENS:
            start += 1  # "the envoy - Ana Ruiz - said"
        while end - start > 2 and self._is_of_title(doc[start]):
            start += 1  # "Minister of Trade and Development Ana Ruiz"
        if end - start > 1 and self._is_place_ahead(start):
            start += 1
        while end - start > 2 and self._is_bound_tail(end):
            end -= 2
        while end > start and self._is_foreign_tail(doc[end - 1]):
            end -= 1
        verb = next((t.i for t in doc[start + 1 : end] if self._is_headline_verb(t)), end)
        end = min(end, verb)
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
        if doc[end : end + 1].text not in QUOTES:
            return end
        opens = next((i for i in range(end - 1, start, -1) if doc[i].text in QUOTES), end)
        return opens if opens > start and self._is_nickname(opens) else end

    def _is_headline_verb(self, token: Token) -> bool:
        """Tell the "Visits" of "Chakwera Visits Mozambique", which the model takes for a name."""
        return token.text.istitle() and token.lower_ in word_set("headline_verb")

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
        behind = doc[end : end + 1].text
        if doc[start:end].text.isupper() and end - start > 2 and behind in {"(", ",", "—", "–"}:
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
        if last < end or doc[last : last + 1].text not in {"—", "–", "-", ",", "("}:
            return 0
        firsts = [at - 1] if len(doc[at - 1]) <= _SHORT else []
        firsts += [at] if last - at > 1 else []
        return next((i for i in firsts if find_place(doc[i:last].text)), 0)

    def _over_generation(self, end: int) -> int:
        """Return the end of a name with the "Jr." or ", Jr." behind it."""
        doc = self.doc
        comma = doc[end : end + 1].text == ","
        if doc[end + comma : end + comma + 1].text.rstrip(".").lower() in GENERATIONS:
            end += comma + 1
        if doc[end - 1].lower_ in GENERATIONS and doc[end : end + 1].text == ".":
            end += 1
        return end

    def _over_given_names(self, start: int, end: int) -> int:
        """Return where the given names begin before a surname that the model marked alone."""
        doc = self.doc
        cut = doc[start].text.islower() and doc[start].lower_ in name_words()["particle"]
        whole = " " in doc[start:end].text and not cut  # the model stopped on purpose
        if not whole and self._is_after_saint(start):
            return start - 2
        while start > 0 and not doc[start].is_sent_start and start not in self.title_ends:
            if self._is_double(start - 2):
                start -= 2  # the "Jean-" before "Baptiste Kaboré"
                continue
            if self._is_double(start - 3) and doc[start - 1].whitespace_:
                start -= 3
                continue
            before = doc[start - 1]
            dashed = start > 1 and doc[start - 2].text in {"-", "–", "—"}
            aged = before.ent_iob_ != "I" and self._has_age(end)  # "Prith | Bindu Das, 39,"
            if whole and not dashed and not aged and not is_name_word(before.text):
                break
            unmarked = before.ent_type_ == "" or dashed or aged
            told = before.pos_ == "PROPN" and unmarked and is_capitalized(before.text)
            if start > 1 and doc[start - 2].text in HYPHENS and not doc[start - 2].whitespace_:
                break  # "for Ibero-America Ana Ruiz"
            bound = before.dep_ in {"compound", "amod"} and start <= before.head.i < end
            lower = before.lower_
            if not (told and bound and self._is_name_part(before, first=True)):
                break
            if lower in name_words()["honorific"] or lower in modifiers():
                break
            no_name = lower in callings() or lower in word_set("no_first_name")
            if no_name or before.i in self.in_office:
                break
            start -= 1
        return start

    def _is_double(self, i: int) -> bool:
        """Tell the "Jean-Baptiste" that begins at token `i` from the "Jordan-Chad" of "talks"."""
        if i < 0:
            return False
        doc = self.doc
        first, hyphen, second = doc[i : i + 3]
        joined = hyphen.text in HYPHENS and not (first.whitespace_ or hyphen.whitespace_)
        if not joined or not (first.text.istitle() and second.text.istitle()):
            return False
        named = is_name_word(first.text) and is_name_word(second.text)
        apart = i in self.in_party or first.text in self.last_words or second.is_sent_start
        return named and not apart and self._is_name_part(first, first=True)

    def _is_after_saint(self, start: int) -> bool:
        """Tell the surname "St. Clair" behind a given name from the saint of a church."""
        doc = self.doc
        if start < 2 or doc[start - 1].lower_ not in {"st", "st."} or doc[start].is_sent_start:
            return False
        given = doc[start - 2]
        named = given.text.istitle() and self._is_name_part(given, first=True)
        return named and (given.ent_type_ == "PERSON" or start - 2 in self.title_ends)

    def _over_initials(self, start: int) -> int:
        """Return where the initials before a name begin ("P.V. Narasimha Rao")."""
        doc = self.doc
        at = start
        joint = at > 1 and doc[at - 1].text == "."
        if joint and (self._joins_initial(at - 1) or self._ends_initial(at - 1)):
            return at - 2  # "Ts.Sharavdorj"
        if at > 0 and doc[at - 1].text == "Said" and doc[start].text.istitle():
            at -= 1  # the verb is small: "Said Ali" is a name
        while at > 0 and _INITIALS.fullmatch(doc[at - 1].text):
            if doc[at - 1].text in {"A", "I"} or doc[at - 1].lower_ in name_words()["honorific"]:
                break
            if at - 1 in self.in_party:
                break  # "ambassador to the U.N. Ana Ruiz"
            at -= 1
        if at == start and self._is_joined_initials(at - 1):
            at -= 1
        joined = at and doc[at - 1].text in {"'", "’", "-", "."} and not doc[at].is_sent_start
        return start if joined else at

    def _is_joined_initials(self, i: int) -> bool:
        """Tell the "BP" of "the first premier, BP Koirala," from "PM Oli", "the BP chief"."""
        if i < 0 or i in self.in_office or i in self.in_party or self._is_wholly_capital:
            return False
        token = self.doc[i]
        letters = _JOINED_INITIALS.fullmatch(token.text) and token.whitespace_
        if not letters or token.lower_ in word_set("no_initials"):
            return False
        bound = token.dep_ == "compound" and token.head.i > i and self.doc[i + 1].text.istitle()
        before = self.doc[i - 1] if i and not token.is_sent_start else None
        return bound and (before is None or not before.text.istitle() or i - 1 in self.in_office)

    def _is_acronym(self, token: Token) -> bool:
        """Tell the "JKIA" before "Mudavadi" from a name in capitals."""
        following = self.doc[token.i + 1 : token.i + 2].text
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
        return (lower in not_names() and not particle) or token.text in {"'s", "’s"}

    def _is_foreign_tail(self, token: Token) -> bool:
        text = token.text
        if not text[:1].isupper() and not text[:1].isalpha():
            return True
        lower = token.lower_
        if text in {"'s", "’s", "s"} or token.i in self.in_office:
            return True
        name_end = lower in word_set("calendar_too") and self._ends_name(token.i)
        surnames = word_set("surname_of_calendar", "surname_of_nation")
        if name_end or (lower in surnames and self._is_surname(token)):
            return False
        if text == "Said" and token.i and self.doc[token.i - 1].lower_ in word_set("filiation"):
            return False
        if lower in word_set("given_though_word"):
            return not self._is_given_word(token)
        if lower in not_names() or lower in word_set("tail_honorific"):
            return True
        if text.isupper() and lower in word_set("postnominal") and not self._is_wholly_capital:
            return True  # "Ana Ruiz AO"
        if self._is_joined(token):
            return False
        return text.islower() and lower not in word_set("lower_tail")

    def _is_bound_tail(self, end: int) -> bool:
        """Tell the "-led" of "the Manmohan Singh-led government"."""
        doc = self.doc
        return doc[end - 1].lower_ in word_set("bound_participle") and doc[end - 2].text in HYPHENS

    def _is_surname(self, token: Token) -> bool:
        """Tell the "May" of "Theresa May" from the month of "told Theresa May 5"."""
        doc, i = self.doc, token.i
        if not i or not token.text.istitle() or token.is_sent_start:
            return False
        before = doc[i - 1]
        if not before.text.istitle() and before.lower_ not in name_words()["particle"]:
            return False
        if before.lower_ in not_names() or before.i in self.in_office or before.i in self.in_party:
            return False
        after = doc[i + 1].text if i + 1 < len(doc) else ""
        return not after[:1].isdigit() and not after[:1].isupper()

    def _is_given_word(self, token: Token) -> bool:
        """Tell the "He" of "Vice Premier Liu He said" from one that opens a sentence or a title."""
        doc, i = self.doc, token.i
        if not i or not token.text.istitle() or not doc[i - 1].text.istitle():
            return False
        if doc[i - 1].lower_ in not_names() or doc[i - 1].i in self.in_office:
            return False
        after = doc[i + 1].text if i + 1 < len(doc) else ""
        return not after[:1].isupper() and not after[:1].isdigit()

    def _is_joined(self, token: Token) -> bool:
        """Tell the "chil" of "Sun-chil"."""
        doc, i = self.doc, token.i
        hyphen = i > 1 and doc[i - 1].text in HYPHENS and not doc[i - 1].whitespace_
        return hyphen and not doc[i - 2].whitespace_ and doc[i - 2].text.istitle()

    def _complete(self, start: int, end: int) -> int:
        """Let a name run on over a hyphen or particle that the model stopped at."""
        doc = self.doc
        land = self.in_party.get(end)
        if land is not None and leaders_by_name().get(fold(doc[start : land.end].text)):
            return land.end  # "Prime Minister Madhav Kumar Nepal"
        jump = self._jump(end) if end < len(doc) else 0
        if jump and doc[end].text in HYPHENS and end - start > 1:
            # "the Xi Jinping-Joe Biden meeting"
            jump = 0 if fold(doc[start:end].text) in leaders_by_name() else jump
        if jump and doc[end].text in QUOTES | {"("}:
            jump = self._collect(jump - 1)  # "Juan “El Tigre” Soto | Mora"
        if jump:
            return self._complete(start, jump)
        if doc[end : end + 1].text in word_set("patronymic_tail"):
            return end + 1  # "Damir Asanov uulu"
        noted = end < len(doc) and without_note(doc[end].text) != doc[end].text
        if noted and doc[end - 1].whitespace_ and self._is_name_part(doc[end], first=False):
            return end + 1
        if end < len(doc) and doc[end].lower_ in word_set("surname_of_calendar"):
            alone = end - start == 1 or doc[end - 1].lower_ in word_set("filiation")
            return end + 1 if alone and self._is_surname(doc[end]) else end
        if end - start > 1:
            for last in (end, end + 1):
                if self._is_last_word(end, last):
                    return last + 1
        if end < len(doc) and doc[end].lower_ in word_set("given_though_word"):
            opens = doc[end].is_sent_start and end - start > 1  # "Ana Ruiz. She said", not "Liu He"
            return end + 1 if self._is_given_word(doc[end]) and not opens else end
        if doc[end : end + 1].text.lower() in word_set("surname_of_faith"):
            return end + 1 if self._is_surname(doc[end]) else end
        if end - start == 1 and doc[end : end + 1].text == ")" and self._opens_bracket(start):
            return self._collect(end + 1)  # "(President Vladimir) Putin"
        return end

    def _is_last_word(self, end: int, last: int) -> bool:
        """Tell the surname that the model cut off ("Rochas Anayo | Okorocha,").

        Or two of them, to whose last word what stands before belongs ("Jean-Luc | Diallo Bamba").
        """
        doc = self.doc
        if last >= len(doc) or doc[end - 1].dep_ != "compound" or doc[end - 1].head.i != last:
            return False
        if not all(self._may_end_name(doc[i]) for i in range(end, last + 1)):
            return False
        if last > end and doc[end].head.i != last:
            return False
        after = doc[last + 1] if last + 1 < len(doc) else None
        if after is None or after.text in _AFTER_NAMES or after.pos_ in {"VERB", "AUX"}:
            return True
        if after.pos_ == "ADP" and after.text.islower():
            return True  # "Gustavo Moran | Ossandon from Chile"
        return bool(after.is_sent_start) or (after.i in self.in_office and after.text.islower())

    def _may_end_name(self, token: Token) -> bool:
        """Tell a word of a name that the model marks for nothing, or for a thing by itself."""
        if token.pos_ != "PROPN" or not is_capitalized(token.text) or token.is_sent_start:
            return False
        whole = token.i + 1 >= len(self.doc) or self.doc[token.i + 1].ent_iob_ != "I"
        if token.ent_type_ and (token.ent_iob_ == "I" or not whole):
            return False
        if token.ent_type_ in {"DATE", "TIME"} or not self._is_name_part(token, first=False):
            return False
        other = self._names_a_thing(token) or token.lower_ in name_words()["honorific"]
        return not other and not find_place(token.text)

    def _begun_before(self, style: int) -> int:
        """Return where "Omar Sheikh Nur" begins, of which the style is a part, or `style`."""
        at = style
        while at > 0 and self._is_marked_name(self.doc[at - 1]):
            at -= 1
        return at

    def _is_marked_name(self, token: Token) -> bool:
        """Tell a word of a name that the model marks and that is no title or place."""
        named = token.ent_type_ == "PERSON" and self._is_name_part(token, first=True)
        styled = token.lower_ in name_words()["honorific"]
        other = token.i in self.in_office or token.i in self.in_party or find_place(token.text)
        letters = token.lower_ in word_set("letters_of_name")
        return named and (token.text.istitle() or letters) and not (styled or other)

    def _has_age(self, at: int) -> bool:
        """Tell the ", 40," and "(40)" that begin at token `at`."""
        texts = [token.lower_ for token in self.doc[at : at + 3]]
        if len(texts) < 3 or texts[0] not in {",", "("} or texts[2] not in {",", ")", ".", ";"}:
            return False
        return texts[1].isascii() and texts[1].isdigit() and _YOUNGEST <= int(texts[1]) <= _OLDEST

    def _opens_bracket(self, start: int) -> bool:
        """Tell a given name that closes a bracket before its surname."""
        doc = self.doc
        if start + 2 >= len(doc) or not self._is_name_part(doc[start + 2], first=True):
            return False
        return "(" in {token.text for token in doc[max(0, start - _BRACKET) : start]}


__all__ = ["GENERATIONS", "NameMending"]
