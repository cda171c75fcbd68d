"""Names that titles and forms of address betray: "President X", "Mrs X", "X, president of Y"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_surname
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import HYPHENS
from pipeline.stages.entities.names.name_mending import NameMending
from pipeline.stages.entities.names.name_reach import is_unknown
from pipeline.stages.entities.names.paired_names import ends_line
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import name_words, not_names, word_set

#: What stands behind a name that no verb follows.
_ENDED = frozenset({",", ".", "and"})
#: How many tokens a bracket between a title and a name has at most.
_BRACKET = 8
#: A town of so many people is named without a word for it.
_SURE_TOWN = 300_000
#: Ends of verbs and adverbs behind a name in a text all in capitals.
_VERBAL = ("ED", "LY")
#: What may go on behind a name between commas ("with the manager, Ana Ruiz announcing a loss").
_GOES_ON = frozenset({"ADP", "AUX", "PART", "VERB"})
#: Longest of the little words that begin names ("To Lam", "Sun Yat-sen").
_LONGEST_SHORT = 3
#: So many tokens has a name before its office at most.
_LONGEST_APPOSED = 6


class TitledNames(NameMending):
    """Finds names beside titles."""

    def _after_titles(self) -> Iterator[tuple[int, int]]:
        for office in self.offices:
            if self._ends_in_adjective(office):
                continue
            at = self._skip_honorifics(office.end)
            end = self._collect(at) if at < len(self.doc) else at
            if end == at + 1 and self._is_seat_of_body(at, office):
                continue
            if self._is_wholly_capital and end > at:
                end = at if office.plural else self._cut_shouted(at, end)
            if end == at and text_at(self.doc, at) == ",":
                at, end = at + 1, self._explained(office, at + 1)
            if end == at and self._is_known_surname(at, office):
                end = at + 1
            elif end == at and self._is_short_name_word(at):
                end = self._collect(at + 1)
            elif end == at and self._is_bracketed_given_name(at):
                at, end = at + 1, self._collect(at + 3)
            elif end == at and (behind := self._behind_bracket(office, at)):
                at, end = behind, self._collect(behind)
            if end > at:
                yield at, end

    def _ends_in_adjective(self, office: OfficeSpan) -> bool:
        """Tell "president of the Georgian | Red Cross", whose body goes on, from a title."""
        party = self.in_party.get(office.end - 1)
        if party is None or party.start < office.head_end:
            return False
        return party.form == "adjective"

    def _behind_bracket(self, office: OfficeSpan, at: int) -> int:
        """Return where X begins in "chair of the Riigikogu | (Parliament of Estonia) X said", or 0.

        Not in "the minister of Peru (Monday) Ana", one word that no verb follows.
        """
        doc = self.doc
        if word_at(doc, at) == "of":
            at += 1 + (word_at(doc, at + 1) == "the")
            at += text_at(doc, at).istitle()
        if text_at(doc, at) != "(" or office.plural:
            return 0
        close = next((i for i in range(at + 2, at + _BRACKET) if text_at(doc, i) == ")"), 0)
        end = self._collect(close + 1) if close else 0
        if end - close - 1 < 2 or end >= len(doc):
            return 0
        ended = doc[end].pos_ in VERBS or doc[end].pos_ == "ADP" or doc[end].text in _ENDED
        return close + 1 if ended and not find_place(doc[close + 1 : end].text) else 0

    def _is_seat_of_body(self, at: int, office: OfficeSpan) -> bool:
        """Tell the town of "Deputy Commander of the Joint Force Command | Naples, General X"."""
        if office.end <= office.head_end or text_at(self.doc, at + 1) not in {",", "("}:
            return False
        towns = find_place(self.doc[at].text)
        return any(town.capital or town.population >= _SURE_TOWN for town in towns)

    def _is_known_surname(self, at: int, office: OfficeSpan) -> bool:
        """Tell a leader's surname that the model takes for a verb ("met President Kaljulaid")."""
        token = self.doc[at] if at < len(self.doc) else None
        if token is None or token.pos_ != "VERB" or not token.text.istitle():
            return False
        titled = self.doc[office.head_start].text.istitle() and not office.plural
        return titled and fold(token.text) in leaders_by_surname()

    def _cut_shouted(self, start: int, end: int) -> int:
        """Return where a name ends in a text in capitals, in which verbs look like names too."""
        words = [token.text for token in self.doc[start:end]]
        for length in range(1, len(words)):
            if words[length].endswith(_VERBAL) or words[length] in word_set("verb_in_capitals"):
                return start + length
        return end

    def _explained(self, office: OfficeSpan, at: int) -> int:
        """Return the end of the name in "the Chief of Staff, Femi Gbajabiamila, …"; else `at`."""
        doc = self.doc
        at = self._skip_honorifics(at)
        capital = doc[office.head_start].text[:1].isupper()
        told = capital or office.determiner == "the" or office.country is not None
        if office.plural or not told:
            return at
        end = self._collect(at)
        if end == at and self._is_short_name_word(at):
            end = self._collect(at + 1)  # "the foreign minister, Than Shwe, …"
        closed = ends_line(doc, end) or doc[end].text in {",", ".", ";", "and", ")", "("}
        closed = closed or doc[end].pos_ in _GOES_ON
        titled = office.form.scope == "royal" and text_at(doc, end) == ","
        shortest = 1 if titled else 2  # "the Duchess of Avon, Clara, arrived"
        hyphened = 2 * sum(token.text == "-" for token in doc[at:end])  # "Essa Ali Al-Duhailan"
        return end if shortest <= end - at - hyphened <= 4 and closed else at

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
        if len(doc[i]) > _LONGEST_SHORT and doc[i].lower_ not in word_set("given_too"):
            return False  # "Leaders Meet CAIRO"
        if doc[i].lower_ in word_set("never_given"):
            return False  # "Nominee And Prisoner Of War"
        return doc[i].lower_ in not_names() and self._is_name_part(doc[i + 1], first=True)

    def _after_honorifics(self) -> Iterator[tuple[int, int]]:
        honorifics = name_words()["honorific"]
        for token in self.doc[:-1]:
            if token.lower_ in honorifics and token.text[:1].isupper():
                if word_at(self.doc, token.i + 1) in word_set("filiation"):
                    continue  # "Sultan bin Khalid"
                given = self._is_given_don(token.i)
                at = token.i if given else self._skip_honorifics(token.i + 1)
                end = self._collect(at)
                if end > at and not find_place(self.doc[max(0, token.i - 1) : end].text):
                    style = token.lower_ in word_set("kept_style")
                    within = style or (token.ent_iob_ == "I" and token.ent_type_ == "PERSON")
                    begun = self._begun_before(token.i) if within else token.i
                    inside = begun < token.i or (style and end - at == 1)
                    yield (begun if inside else at), end

    def _before_appositions(self) -> Iterator[tuple[int, int]]:
        """Yield the capitalized words before ", president of X" or "(Nepal)"."""
        for office in self.offices:
            comma = office.start - 1
            if comma < 1 or self.doc[comma].text != "," or office.plural:
                continue
            start = self._first_word(comma)
            start -= start < comma and self._opens_name(start - 1, comma)
            told = 2 <= comma - start <= _LONGEST_APPOSED and not self._is_of_thing(start, office)
            one = comma - start == 1
            if told or (one and self._is_listed_surname(start, office)):
                yield start, comma
            elif (one or start == comma) and self._is_only_name(comma - 1, office):
                yield comma - 1, comma

    def _first_word(self, comma: int) -> int:
        """Return where the words of a name before a comma begin, over particles and hyphens."""
        doc, start = self.doc, comma
        while start > 0:
            if self._is_name_part(doc[start - 1], first=False):
                start -= 1
                continue
            joint = doc[start - 1] if 1 < start < comma else None
            if joint is None or not self._is_name_part(doc[start - 2], first=start == 2):
                break
            hyphen = joint.text in HYPHENS and not (joint.whitespace_ or doc[start - 2].whitespace_)
            particle = joint.lower_ in name_words()["particle"] and not joint.is_stop
            if not hyphen and not particle:
                break
            start -= 2
        return start

    def _is_of_thing(self, start: int, office: OfficeSpan) -> bool:
        """Tell "the Bank of Nova Lima, head of …" from "the visit of Ana Ruiz, Peru's premier"."""
        doc = self.doc
        if doc[start - 1].lower_ not in {"of", "the"} or not start:
            return False
        owned = office.country is not None and doc[office.start].text[:1].isupper()
        words = doc[start : office.start - 1]
        named = all(is_name_word(t.text) or is_unknown(t) for t in words if t.text.istitle())
        small = doc[start - 2].text.islower()
        of = doc[start - 1].lower_ == "of" and small and owned and named
        return not of or bool(find_place(words.text))

    def _opens_name(self, at: int, comma: int) -> bool:
        """Tell the "Ana" of "Ana Ruiz, president of Peru" where it opens a sentence.

        So a word that no text has but in names, whatever the model takes it for.
        """
        token = self.doc[at] if at >= 0 else None
        if token is None or not token.is_sent_start or not token.text.istitle():
            return False
        within = token.dep_ == "compound" and at < token.head.i < comma
        within = within and token.pos_ == "PROPN" and self._is_name_part(token, first=True)
        other = token.i in self.in_office or token.i in self.in_party
        return within or (is_unknown(token) and not other and not find_place(token.text))

    def _is_listed_surname(self, at: int, office: OfficeSpan) -> bool:
        """Tell the "Titov" of "was met by Titov, mayor of Perm, and others" from other words."""
        doc, token = self.doc, self.doc[at]
        if office.determiner or not token.text.istitle() or token.pos_ != "PROPN":
            return False
        told = token.ent_type_ in {"", "PERSON", "GPE"} and not find_place(token.text)
        led = at > 0 and doc[at - 1].lower_ in word_set("before_surname")
        ended = text_at(doc, office.end) in {",", ".", ";", "and", "to"}
        return told and led and ended

    def _is_only_name(self, at: int, office: OfficeSpan) -> bool:
        """Tell Suryadi of "Suryadi, the trade minister of Indonesia, said" from other words.

        Not the "Davos" of "In Davos, the premier of Peru said", nor the firm of "Nova, the head of
        its board said".
        """
        doc, token, head = self.doc, self.doc[at], self.doc[office.head_end - 1]
        told = office.country is not None and office.determiner not in {"his", "her", "its"}
        if not told or not token.text.istitle() or token.pos_ != "PROPN" or find_place(token.text):
            return False
        if not self._is_name_part(token, first=True):
            return False
        apposed = head.dep_ == "appos" and head.head.i == at
        after = doc[office.end] if office.end < len(doc) else None
        led = (
            at
            and doc[at - 1].pos_ == "ADP"
            and doc[at - 1].lower_ not in word_set("before_surname")
        )
        alone = not led and (doc[at].is_sent_start or not doc[at - 1].text.istitle())
        ended = after is None or after.text in {",", ".", ";"}
        other = token.ent_type_ in {"DATE", "TIME", "NORP", "EVENT", "ORG"}
        return apposed and alone and ended and not other


__all__ = ["TitledNames"]
