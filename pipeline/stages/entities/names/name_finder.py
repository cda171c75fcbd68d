"""Stretches that name a person, from all that betrays one: what the model marks, mended, first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipeline.labels import SUBJECTS, TIMES
from pipeline.neighbours import text_at
from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name, leaders_by_surname
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import ANY_QUOTES, GENITIVES, HYPHENS, STROKES
from pipeline.stages.entities.names.bylines import MIDDLE, Bylines
from pipeline.stages.entities.names.glued_names import is_run_on, over_editors_bracket, unglued
from pipeline.stages.entities.names.headings import Headings
from pipeline.stages.entities.names.known_names import also_called, stands_behind_phrase
from pipeline.stages.entities.names.leader_spans import LeaderSpans
from pipeline.stages.entities.names.name_contexts import NameContexts
from pipeline.stages.entities.names.name_reach import is_unknown, without_note
from pipeline.stages.entities.names.paired_names import PairedNames, begins_line
from pipeline.stages.entities.names.titled_names import TitledNames
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import callings, name_words, not_names, word_set

_NICKNAME = re.compile(
    r"""(?<!\s)\s+(?:\(?[“"‘'](?P<quoted>\w+(?: \w+){0,2})[”"’']\)?|\((?P<inner>\w+)\))\s+"""
)
#: Letters of agencies and channels ("CGTN"), longer than which a word in capitals is a name.
_LONGEST_LETTERS = 5
#: So often is a word marked as a person's name that nothing else is one.
_OFTEN = 2
#: What tells of a name in capitals that it is one.
_SURE = frozenset({"leader", "styled leader", "alias", "heading"})
#: How many tokens a name that the model cut in two has at most.
_LONGEST_NAME = 5
#: How many tokens "Ruto–Arce" has.
_PAIRED = 3
#: How many tokens before a name its office begins at most.
_OFFICE_REACH = 7
#: How far before an alias the name stands, in tokens.
_ALIAS = 7
#: The tokens of a name with a word in quotation marks are more.
_NICKNAMED = 4
_INITIALLED = re.compile(r"[A-Z][a-z]?\.[A-Z][a-z]{2,}")


class NameFinder(LeaderSpans, TitledNames, Bylines, Headings, PairedNames, NameContexts):
    """Finds names in one Doc."""

    def find(self) -> list[NameSpan]:
        """Return the names from left to right, none overlapping another."""
        found: dict[int, NameSpan] = {}
        #: Words that elsewhere are told to be a group's or a firm's name.
        nouns = word_set("group_noun")
        self.groups = {
            before.text
            for before, token in pairwise(self.doc)
            if token.lower_ in nouns and before.text.istitle()
        }
        for source, spans in (
            ("styled leader", self._of_styled_leaders()),
            ("heading", self.of_headings()),
            ("title", self._after_titles()),
            ("leader", self._of_leaders()),
            ("honorific", self._after_honorifics()),
            ("byline", self._of_bylines()),
            ("pair", self.of_pairs()),
            ("nickname", self._of_nicknames()),
            ("model", self._of_model()),
            ("apposition", self._before_appositions()),
            ("initial", self._of_initials()),
            ("middle initial", self._of_middle_initials()),
            ("faith", self._of_faiths()),
            ("alias", self._of_single_leaders()),
            ("surname", self._of_bare_leaders()),
            ("context", self._of_contexts(found)),
        ):
            for start, end in spans:
                if self.doc[start].text.startswith("#"):
                    continue  # a tag, as "#AnaRuiz", of whom the text tells by name
                styled = source == "styled leader"
                if styled and self._goes_beyond_style(end):
                    styled, start = False, start + 1
                    end = self._collect(start)
                whole = styled or source == "heading"
                known = source == "leader"
                mended = (start, end) if whole else self._mend(start, end, known=known)
                if mended is None:
                    continue
                start, end = mended
                cut = source == "model" and self._is_cut_from_land(start, end)
                if cut or self._is_shouted(source, start, end):
                    continue
                end = over_editors_bracket(self.doc, start, self._without_credit(start, end))
                if any(i in found for i in range(start, end)) or self._is_alias(start, found):
                    continue
                text = unglued(_text(self.doc, start, end), self._words, self._marked)
                if is_run_on(text):
                    continue
                span = NameSpan(start, end, text, source, nickname=_nickname(self.doc, start, end))
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

    def _is_cut_from_land(self, start: int, end: int) -> bool:
        """Tell the "Antigua" of "Prime Minister, Antigua and Barbuda" from a person."""
        land = self.in_party.get(start)
        if land is None or not land.is_country or land.form != "name":
            return False
        return end <= land.end and end - start < land.end - land.start

    def _is_alias(self, start: int, found: Mapping[int, NameSpan]) -> bool:
        """Tell the Y of "X, alias Y" and "X, also known as Y" from a person of their own."""
        doc = self.doc
        if start > 1 and start - 2 in found and _nickname_behind(doc, start - 1):
            return True  # "Pushpa Kamal Dahal ‘Prachanda’"
        known = start > 1 and doc[start - 2 : start].text.lower() == "known as"
        if not known and (not start or doc[start - 1].lower_ not in word_set("alias")):
            return False
        return any(i in found for i in range(max(doc[start].sent.start, start - _ALIAS), start))

    def _without_credit(self, start: int, end: int) -> int:
        """Return the end of a name without the agency in "Ana Ruiz / Sipa / Getty"."""
        for i in range(start + 1, end):
            if "/" in self.doc[i].text:
                return i if self.doc[i].text == "/" else i + 1
        return end

    def _is_shouted(self, source: str, start: int, end: int) -> bool:
        """Tell capital words of a headline, or of a text all in capitals, from a name.

        There capitals tell nothing: only titles and known names do.
        """
        doc = self.doc
        if source in _SURE or not doc[start:end].text.isupper():
            return False
        if source == "model" and begins_line(doc, start) and text_at(doc, end) in STROKES:
            return True  # "AL SAKHIR — The king …", a town
        if source == "byline" and doc[start - 1].text == "BY" and not self._is_wholly_capital:
            return False
        if self._is_wholly_capital:
            return source not in {"title", "repeat"} and not self._is_addressed(start)
        known = {token.text.upper() for token in doc if token.text.istitle()}
        if doc[end - 1].text in known or fold(doc[end - 1].text) in leaders_by_surname():
            return False
        if source == "title" and end - start > 1:
            return False
        letters = end - start == 1 and 1 < len(doc[start].text) <= _LONGEST_LETTERS
        return letters or self._is_among_capitals(start, end)

    def _is_among_capitals(self, start: int, end: int) -> bool:
        """Tell whether capital words stand on either side."""
        sides = [token for token in self.doc[max(0, start - 3) : end + 3] if token.is_alpha]
        return sum(token.text.isupper() for token in sides) > end - start + 1

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
        if token.text in self.groups and token.text not in known:
            return True  # "Wagner confirmed losses", of the Wagner group
        sure = token.text in known or fold(token.text) in leaders_by_name()
        if sure or fold(token.text) in leaders_by_surname():
            return False
        if span.start + 2 < len(doc) and doc[span.end].text == "," and doc[span.end + 1].is_digit:
            return False
        near = {t.lower_ for t in doc[max(0, span.start - 3) : span.start]}
        if token.text in self._actors or self._is_crowned(span.end):
            return False
        human = token.dep_ in SUBJECTS and token.head.lemma_ in word_set("human_verb")
        joined = token.dep_ == "conj" and (
            token.head.i in found
            or token.head.ent_type_ == "PERSON"
            or token.head.i in self.in_office
        )
        called = doc[span.start - 1 - (doc[span.start - 1].text == ",")].lower_ in callings()
        beside = called or self._is_behind_office(span.start)
        owned = doc[span.start - 1].text in GENITIVES and span.start - 2 in self.in_party
        beside = beside or (owned and is_unknown(token))  # "Malta's Hartono and Peru's Ruiz met"
        return not (human or joined or (span.start > 1 and beside) or near & word_set("kin"))

    def _is_crowned(self, at: int) -> bool:
        """Tell what is told behind "Ana", of "Ana, Queen of Peru", "Felipe, the crown prince"."""
        doc = self.doc
        at += 1 + (text_at(doc, at + 1) == "the") if text_at(doc, at) == "," else 0
        titles = word_set("crown") | word_set("crowned")
        near = {t.lower_ for t in doc[at : at + 2] if t.i in self.in_office}
        return text_at(doc, at - 1) in {",", "the"} and not near.isdisjoint(titles)

    @cached_property
    def _actors(self) -> frozenset[str]:
        """The words that the model takes for persons each time, and who do or have something."""
        marked = Counter(ent.text for ent in self.doc.ents if ent.label_ == "PERSON")
        other = {t.text for t in self.doc if t.ent_type_ not in {"", "PERSON"}}
        acting = {
            t.text
            for t in self.doc
            if t.dep_ == "poss" or (t.dep_ == "nsubj" and t.head.pos_ == "VERB")
        }
        often = {word for word, count in marked.items() if count >= _OFTEN}
        return frozenset(often & acting - other)

    def _is_behind_office(self, start: int) -> bool:
        """Tell Z of "the Duchess of Kent, Z", "the Queen of the Belgians, Z"."""
        before = self.doc[max(0, start - _OFFICE_REACH) : start]
        if before[-1:].text != ",":
            return False
        inner = [t.i for t in before[:-1]]
        while inner and inner[-1] not in self.in_office and self.doc[inner[-1]].text.istitle():
            inner.pop()
        while inner and self.doc[inner[-1]].lower_ in {"of", "the"}:
            inner.pop()
        return bool(inner) and inner[-1] in self.in_office

    def _repeats(self, found: Mapping[int, NameSpan]) -> Iterator[NameSpan]:
        """Yield words of names that stand alone where the model missed them ("Roble announced")."""
        doc = self.doc
        whole = [span for span in found.values() if span.end - span.start > 1]
        surnames = {self._surname(span) for span in whole}
        surnames |= {called for span in whole for called in also_called(span)}
        titled = {text for text in self._titled_words(found) if text not in surnames}
        first_names = {doc[span.start].text for span in whole}
        for token in doc:
            called = token.text in first_names and token.pos_ == "PROPN"
            called = called or (token.text in titled and self._is_called_again(token))
            if token.text not in surnames and not called:
                continue
            if token.i in found or token.i in self.in_party or not self._may_repeat(token):
                continue
            acts = token.dep_ in {"nsubj", "poss"} and token.text in surnames
            if token.i in self.in_office or (token.lower_ in not_names() and not acts):
                continue
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            start = self._over_own_particles(token, whole)
            alone = doc[start].is_sent_start or stands_behind_phrase(doc[start])
            before = doc[start - 1] if start and not alone else None
            beside = [t for t in (before, after) if t is not None and t.pos_ == "PROPN"]
            joined = [t for t in beside if t.ent_type_ not in TIMES]  # "In March Roble"
            joined = [t for t in joined if not self._is_place_ahead(t.i)]  # "From Lima Roble"
            if all(t.i in self.in_office or t.i in self.in_party for t in joined):
                yield NameSpan(start, token.i + 1, doc[start : token.i + 1].text, "repeat")

    def _titled_words(self, found: Mapping[int, NameSpan]) -> Iterator[str]:
        """Yield the Kishiba of "President Kishiba", by which alone he is called."""
        for span in found.values():
            titled = span.source in {"title", "honorific"} or span.start - 1 in self.in_office
            if titled and span.end - span.start == 1:
                yield span.text

    def _is_called_again(self, token: Token) -> bool:
        """Tell the Kishiba behind "President Kishiba" from a town or a people of that name."""
        name = token.ent_type_ or token.pos_
        if name not in {"ORG", "PERSON", "PROPN"} or not token.text.istitle():
            return False
        if token.dep_ in {*SUBJECTS, "poss"}:
            return True
        return token.dep_ in {"pobj", "dobj"} and not find_place(token.text)

    def _over_own_particles(self, surname: Token, whole: Iterable[NameSpan]) -> int:
        """Return where "de Guindos" begins that repeats "Ana de Guindos", told in small letters."""
        doc, start = self.doc, surname.i
        told = {
            doc[span.end - 2].text
            for span in whole
            if doc[span.end - 1].text == surname.text and span.end - span.start > 2
        }
        before = doc[start - 1] if start else None
        if before is None or before.text not in told or not before.text.islower():
            return start
        return start - 1 if before.lower_ in name_words()["particle"] else start

    def _may_repeat(self, token: Token) -> bool:
        """Tell the short surname of "the Modi-Xi talks" from a particle or an abbreviation."""
        if len(token.text) > 2:
            return True
        named = len(token.text) == 2 and token.text.istitle() and token.tag_ == "NNP"
        return named and not token.is_sent_start and token.lower_ not in name_words()["particle"]

    def _surname(self, span: NameSpan) -> str:
        """Return the last word of a name but for its "Jr."."""
        words = [token.text for token in self.doc[span.start : span.end] if token.text[-1:] != ","]
        while len(words) > 1 and words[-1].rstrip(".").lower() in {"", *word_set("generation")}:
            words.pop()
        if len(words) > 2 and words[-1] in word_set("family_number"):
            words.pop()  # "John D. Miller III", not "Felipe VI"
        return words[-1]

    # Where names are looked for

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of the text."""
        return frozenset(token.text for token in self.doc)

    @cached_property
    def _marked(self) -> frozenset[str]:
        """The names of several words that the model marks."""
        return frozenset(e.text for e in self.doc.ents if e.label_ == "PERSON" and len(e) > 1)

    def _of_initials(self) -> Iterator[tuple[int, int]]:
        """Yield the "Kh.Battulga" of Mongolian names, one token or three."""
        doc = self.doc
        for token in doc:
            if "." not in token.text:
                continue
            if _INITIALLED.fullmatch(token.text):
                yield token.i, token.i + 1
            elif token.text == "." and self._joins_initial(token.i):
                yield token.i - 1, token.i + 2

    def _of_middle_initials(self) -> Iterator[tuple[int, int]]:
        """Yield the "Peter J. Amsel" that the model missed."""
        doc = self.doc
        for token in doc[1:-1]:
            if len(token.text) != len("J.") or not MIDDLE.fullmatch(token.text):
                continue
            given, last = doc[token.i - 1], doc[token.i + 1]
            if last.is_sent_start:
                continue
            if token.ent_type_ not in {"", "ORG"} or (given.i and doc[given.i].ent_iob_ == "I"):
                continue
            words = [word for word in (given, last) if word.is_alpha and word.text.istitle()]
            if len(words) == 2 and self._is_name_part(given, first=True):
                end = self._collect(token.i + 1)
                if end > token.i + 1:
                    yield given.i, end

    def _of_faiths(self) -> Iterator[tuple[int, int]]:
        """Yield the "Sirajul" of a "Sirajul Islam" that the model missed."""
        surnames = word_set("surname_of_faith")
        for given, token in pairwise(self.doc):
            if token.lower_ not in surnames or not given.text.istitle():
                continue
            named = given.lower_.endswith("ul") or is_name_word(given.text)
            if named and self._is_name_part(given, first=True) and self._is_surname(token):
                yield given.i, token.i

    def _of_nicknames(self) -> Iterator[tuple[int, int]]:
        """Yield the "Panu “Mike” Jaidee" that the model missed."""
        doc = self.doc
        for token in doc[1:-1]:
            if token.text not in ANY_QUOTES and token.text != "(":
                continue
            given = doc[token.i - 1]
            if not given.whitespace_ or not given.text.istitle():
                continue
            last = self._is_nickname(token.i)
            named = last > 0 and self._is_name_part(given, first=True)
            known = is_name_word(given.text) or given.ent_type_ == "PERSON"
            inner = not given.is_sent_start and {given.pos_, doc[last - 1].pos_} == {"PROPN"}
            if named and (known or inner):
                before = doc[given.i - 1] if given.i and not given.is_sent_start else given
                double = before.text.istitle() and is_name_word(before.text)
                double = double and before.i < given.i and self._is_name_part(before, first=True)
                yield given.i - double, self._collect(last - 1)

    def _of_model(self) -> Iterator[tuple[int, int]]:
        start = end = 0
        for ent in self.doc.ents:
            if ent.label_ != "PERSON":
                continue
            if start < end == ent.start and self._is_one_name(start, ent.start, ent.end):
                end = ent.end  # "Kacou Houadja | Leon Adom"
                continue
            yield from self._apart(start, end)
            start, end = ent.start, ent.end
        yield from self._apart(start, end)

    def _apart(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield a name, the two of "Ruto–Arce" where both are known by that word."""
        doc = self.doc
        paired = end - start == _PAIRED and doc[start + 1].text in HYPHENS
        if paired and {doc[start].text, doc[end - 1].text} <= self.last_words:
            yield start, start + 1
            yield end - 1, end
        elif start < end:
            yield start, end

    def _is_one_name(self, start: int, middle: int, end: int) -> bool:
        """Tell one name that the model took for two from two that stand side by side."""
        doc = self.doc
        cut = doc[middle - 1].dep_ == "compound" and doc[middle - 1].head.i == middle
        if cut and end - middle == 1 and not doc[middle].is_sent_start:
            return True  # "Abebe Tadesse | Woldemariam"
        first, last = doc[start:middle].root, doc[middle:end].root
        bound = first.dep_ == "compound" and middle <= first.head.i < end and first.head == last
        hyphened = 2 * sum(token.text in HYPHENS for token in doc[start:end])  # "Al-Amin" is a word
        fits = end - start - hyphened <= _LONGEST_NAME
        return bound and fits and not doc[middle].is_sent_start


def _nickname(doc: Doc, start: int, end: int) -> str:
    """Return the "Jokowi" of "Joko “Jokowi” Widodo", "Joko Widodo ‘Jokowi’", or ""."""
    quoted = _NICKNAME.search(doc[start:end].text) if end - start > _NICKNAMED else None
    called = quoted["quoted"] or quoted["inner"] if quoted else _nickname_behind(doc, end)
    return called if " " not in called else ""  # "El Tigre" is two words


def _nickname_behind(doc: Doc, at: int) -> str:
    """Return the word in quotation marks that open at token `at`, right behind a name, or ""."""
    quoted = doc[at : at + 3]
    if len(quoted) < 3 or quoted[0].text not in ANY_QUOTES or quoted[2].text not in ANY_QUOTES:
        return ""
    close = not quoted[0].whitespace_ and not quoted[1].whitespace_ and doc[at - 1].whitespace_
    return quoted[1].text if close and quoted[1].text.istitle() else ""


def _text(doc: Doc, start: int, end: int) -> str:
    text = _NICKNAME.sub(" ", " ".join(doc[start:end].text.split()))
    text = text.partition("/")[0]  # "Ana Ruiz/Sipa"
    if text.endswith(".") and doc[end - 1].lower_.rstrip(".") in word_set("surname_of_calendar"):
        text = text[:-1]  # the full stop of "Zhang Jun." ends the sentence
    text = without_note(text).replace("] ", " ")
    return text.replace(")", "") if ")" in text and "(" not in text else text


__all__ = ["NameFinder"]
