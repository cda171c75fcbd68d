"""Names completed where the model stopped short: their given names, initials and last words."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.labels import TIMES, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import ANY_QUOTES, GENITIVES, HYPHENS, STROKES
from pipeline.stages.entities.names.name_reach import is_capitalized, is_unknown, without_note
from pipeline.stages.entities.names.not_persons import NotPersons
from pipeline.stages.entities.names.raised_styles import is_parted_style
from pipeline.stages.entities.tables import callings, modifiers, name_words, not_names, word_set

#: How many tokens of an office may stand between a bracket and a name.
_BRACKET = 6
#: What stands behind a whole name.
_AFTER_NAMES = frozenset({",", ".", ";", ":", "(", ")", "/", "and", "'s", "’s", "who"})
#: So many letters has a given name that no text has in small letters at least.
_SHORTEST_UNKNOWN = 3
#: What stands right before a whole name.
_BEFORE_NAMES = frozenset({"of", "with", "by", "and", "met", "from", "to", ",", *GENITIVES})
#: Of how many years one is told in "Rasel, 40,".
_YOUNGEST, _OLDEST = 15, 104
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}|[A-Z]")
_JOINED_INITIALS = re.compile(r"[A-Z]{2}")

#: What goes on behind a dash that is set without spaces.
_GOES_ON = frozenset({"PRON", "AUX", "VERB", "SCONJ", "CCONJ"})


class NameCompleting(NotPersons):
    """Completes names where the model stopped short of their first or last word."""

    def _over_generation(self, end: int) -> int:
        """Return the end of a name with the "Jr." or ", Jr." behind it."""
        doc = self.doc
        comma = text_at(doc, end) == ","
        if doc[end + comma : end + comma + 1].text.rstrip(".").lower() in word_set("generation"):
            end += comma + 1
        if doc[end - 1].lower_ in word_set("generation") and text_at(doc, end) == ".":
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
            if over := self._over_unknown(start):
                start -= over
                continue
            before = doc[start - 1]
            dashed = start > 1 and doc[start - 2].text in STROKES
            aged = before.ent_iob_ != "I" and self._has_age(end)  # "Prith | Bindu Das, 39,"
            named = is_name_word(before.text) or (before.is_sent_start and is_unknown(before))
            if whole and not dashed and not aged and not named:
                break
            unmarked = before.ent_type_ == "" or dashed or aged
            opens = bool(before.is_sent_start) and (cut or is_unknown(before))
            told = before.pos_ == "PROPN" or opens  # "Mutale | Nkandu Phiri spoke"
            told = told and unmarked and is_capitalized(before.text)
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

    def _over_unknown(self, start: int) -> int:
        """Return how many tokens are left of "Ati | George Duma", "Moncef | Ould Cheikh", or 0.

        So of "Siti binti | Yusof": words that stand in names alone, whatever the model takes
        them for.
        """
        doc = self.doc
        particle = doc[start - 1].lower_ in name_words()["particle"] and not doc[start - 1].is_stop
        at = start - 1 - (particle and start > 1 and not doc[start - 1].is_sent_start)
        token = doc[at]
        if not is_capitalized(token.text) or not is_unknown(token) or token.ent_iob_ == "I":
            return 0
        if token.text in self.last_words or not token.is_alpha or len(token) < _SHORTEST_UNKNOWN:
            return 0
        lower = token.lower_
        if lower in not_names() | name_words()["honorific"] | callings() or lower in modifiers():
            return 0
        if at in self.in_party or at in self.in_office or find_place(token.text):
            return 0
        behind = token.is_sent_start or word_at(doc, at - 1) in _BEFORE_NAMES
        bound = start <= token.head.i or particle or token.is_sent_start
        return start - at if behind and bound else 0

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
        if start - at > 1 and is_parted_style(doc, start - 2):
            return start  # "H E Ana Ruiz"
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
        if jump and doc[end].text in HYPHENS and doc[end + 1].pos_ in _GOES_ON:
            jump = 0  # "Ana Ruiz–who spoke"
        if jump and doc[end].text in ANY_QUOTES | {"("}:
            jump = self._collect(jump - 1)  # "Juan “El Tigre” Soto | Mora"
        if jump:
            return self._complete(start, jump)
        if text_at(doc, end) in word_set("patronymic_tail"):
            return end + 1  # "Damir Asanov uulu"
        noted = end < len(doc) and without_note(doc[end].text) != doc[end].text
        if noted and doc[end - 1].whitespace_ and self._is_name_part(doc[end], first=False):
            return end + 1
        if end < len(doc) and doc[end].lower_ in word_set("surname_of_calendar"):
            alone = end - start == 1 or doc[end - 1].lower_ in word_set("filiation")
            return end + 1 if alone and self._is_surname(doc[end]) else end
        if end - start > 1 or self._is_given_alone(start, end):
            for last in (end, end + 1):
                if self._is_last_word(end, last):
                    return last + 1
        if end < len(doc) and doc[end].lower_ in word_set("given_though_word"):
            opens = doc[end].is_sent_start and end - start > 1  # "Ana Ruiz. She said", not "Liu He"
            return end + 1 if self._is_given_word(doc[end]) and not opens else end
        if word_at(doc, end) in word_set("surname_of_faith"):
            return end + 1 if self._is_surname(doc[end]) else end
        bracketed = end - start == 1 and text_at(doc, end) == ")"
        if bracketed and not doc[start].text.isupper() and self._opens_bracket(start):
            return self._collect(end + 1)  # "(President Vladimir) Putin", not "(SOGI) Ana Ruiz"
        return end

    def _is_given_alone(self, start: int, end: int) -> bool:
        """Tell a given name that the model marked without its surname ("Alberto | Klaver")."""
        alone = end - start == 1 and end < len(self.doc) and is_unknown(self.doc[end])
        styled = word_at(self.doc, start) in name_words()["honorific"]
        return alone and not styled and is_name_word(self.doc[start].text)

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
        if after is None or after.text in _AFTER_NAMES or after.pos_ in VERBS:
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
        if token.ent_type_ in TIMES or not self._is_name_part(token, first=False):
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


__all__ = ["NameCompleting"]
