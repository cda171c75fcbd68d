"""The matters that a minister is charged with: "for Energy, Mines and Rural Electrification"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.names import is_name_word
from pipeline.stages.entities.offices.office_matters import OfficeMatters, portfolio_words
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, name_words, word_set

#: How many words a name behind the name of an institution has.
_NAME_LENGTHS = range(2, 5)
#: What stands between a minister and a matter; how many words its first matter has at most.
_MATTER_OPENERS = frozenset({"of", "for"})
_HEAD_WORDS = 8
#: What stands behind a name that ends there.
_AFTER_NAMES = frozenset({",", ";", ".", ":", "and", "(", "at", "in", "on", "from", "with", "who"})


class Portfolios(OfficeMatters):
    """Tells the words of portfolios behind the heads of offices in one Doc."""

    #: The parties by the tokens that they cover.
    covering: Mapping[int, PartySpan]

    def _is_matter(self, i: int) -> bool:
        """Tell the "on" of "Adviser on Commerce", the "at" of "Secretary at the Presidency"."""
        doc = self.doc
        at = i + 1 + (word_at(doc, i + 1) == "the")
        return at < len(doc) and doc[at].text.istitle() and self._is_subject_matter(doc[at])

    def _is_subject_matter(self, token: Token) -> bool:
        known = token.lower_ in institution_words() or token.lower_ in portfolio_words()
        return (
            known and token.lower_ not in word_set("office_noun") and token.i not in self.covering
        )

    def _portfolio_list(self, at: int) -> int:
        """Return the end of ", Energy and Rural Electrification" that goes on at `at`, or 0.

        Only words of portfolios may open its parts, so that ", Energy Minister Smith" does not. In
        small letters it is one minister's: those "of finance, health and trade" are three.
        """
        doc, end, i = self.doc, 0, at
        heads = [t for t in doc[max(0, at - 12) : at] if t.lower_ in word_set("portfolio_head")]
        if not heads or (heads[-1].lower_.endswith("s") and doc[at + 1 : at + 2].text.islower()):
            return 0
        while i + 1 < len(doc) and doc[i].text in {",", "and", "&"}:
            i += 1 + (doc[i].text == "," and doc[i + 1].lower_ in {"and", "&"})
            i += word_at(doc, i) == "the" and self._is_matter(i - 1)  # "… and the Diaspora"
            start = i
            while i < len(doc) and self._is_portfolio_word(doc[i], first=i == start):
                if i > start and self._is_name_at(i):
                    break
                i += 1 if self._joined(i) is None else 3
            last = end and i == start and doc[start - 1].lower_ in {"and", "&"}
            after = text_at(doc, i + 1)
            closed = after == "," or after.lower() in name_words()["honorific"]
            if last and doc[i].text.istitle() and closed:
                return i + 1  # "…, Food Security and Nutrition, Thabo Mofosi"
            if i == start or (i < len(doc) and doc[i].lower_ in word_set("office_noun")):
                break
            end = i
        return end

    def _is_portfolio_word(self, token: Token, *, first: bool) -> bool:
        if token.i in self.covering or token.lower_ in word_set("office_noun"):
            return False
        if token.text.islower():  # "industry, investment and commerce of Jamaica"
            return token.lower_ in portfolio_words()
        if not token.text[:1].isupper():
            return False
        if token.ent_type_ == "PERSON":  # "… and Development | Ravi Perera"
            return token.ent_iob_ == "B" and token.lower_ in institution_words()
        joined = self._joined(token.i)
        if joined is not None:
            return joined in institution_words() | portfolio_words()
        if not first or self._is_subject_matter(token):
            return True
        behind = self.doc[token.i + 1 : token.i + 2]  # "… and Tribal Affairs"
        return behind.text.istitle() and self._is_subject_matter(behind[0])

    def _minister_matter(self, head: int, at: int) -> int:
        """Return the end of the "Urbanism" of "Minister of | Urbanism Ana Ruiz", or 0.

        What one is minister of or for is no name, whatever the word; what "and" or a comma adds is
        none if texts have it in small letters and no name is known by it.

        Args:
            head: where the head of the office ends.
            at: where the matter or another of it begins.
        """
        doc = self.doc
        if at >= len(doc) or not self._is_matter_of_head(head, at):
            return 0
        added = doc[at - 1].lower_ not in _MATTER_OPENERS
        if not self._is_matter_word(doc[at], added=added):
            return 0
        end = at + 1
        while end < len(doc) and self._is_matter_word(doc[end], added=True):
            end += 1
        closed = end >= len(doc) or not doc[end].text.islower() or doc[end].pos_ in VERBS
        return end if closed or doc[end].lower_ in _AFTER_NAMES else 0

    def _is_matter_of_head(self, head: int, at: int) -> bool:
        """Tell a place behind "Minister of", or behind "Minister of Trade and"."""
        doc = self.doc
        led = [token.lower_ for token in doc[max(0, head - _HEAD_WORDS) : at]]
        first = next((n for n, w in enumerate(led) if w in word_set("portfolio_head")), None)
        if first is None or not word_set("top_minister").isdisjoint(led[:first]):
            return False
        joint = led[-1]
        listed = joint in {",", "and", "&"} or joint in portfolio_words()
        return joint in _MATTER_OPENERS or (
            listed and not _MATTER_OPENERS.isdisjoint(led[first + 1 :])
        )

    def _adds_matter(self, head: int, at: int) -> int:
        """Return the end of ", Dawah" or "and Airports" behind "Minister of Ports", or 0."""
        joint, doc = text_at(self.doc, at), self.doc
        if joint not in {",", "and", "&"}:
            return 0
        body = self.by_start.get(at + 1)
        if body is not None and not body.is_country and self._is_matter_of_head(head, at + 1):
            named = body.form == "name" and is_name_word(text_at(doc, body.end))
            return body.end if named else 0  # "… and Francophonie | Ana Ruiz"
        end = self._minister_matter(head, at + 1)
        if not end or (joint == "," and text_at(doc, end) not in {",", "and", "&"}):
            return 0
        return end

    def _is_matter_word(self, token: Token, *, added: bool) -> bool:
        """Tell a word of a matter; one that is `added` to another may be the name behind."""
        if not token.text.istitle() or token.i in self.covering or token.is_stop:
            return False
        if token.i in self.head_starts or token.lower_ in word_set("office_noun"):
            return False
        if not added:
            return True
        named = is_name_word(token.text) or token.i in getattr(self.doc, "unseen", ())
        return not named and token.lower_ not in name_words()["honorific"]

    def _joined(self, i: int) -> str | None:
        """Return the "cooperation" that "Co-operation" spells, if token `i` begins such a word."""
        doc = self.doc
        if text_at(doc, i + 1) != "-" or doc[i].whitespace_ or doc[i + 1].whitespace_:
            return None
        return (doc[i].text + text_at(doc, i + 2)).lower()

    def _is_name_at(self, at: int) -> bool:
        """Tell whether some words that are no institution's stand at token `at` behind one's."""
        doc = self.doc
        if doc[at - 1].lower_ not in institution_words():
            return False
        if doc[at].lower_ in word_set("office_noun") or doc[at].text in word_set("continent"):
            return False  # "envoy for the Western | Balkans Ana Ruiz"
        i = at
        while i < len(doc) and doc[i].text.istitle() and doc[i].is_alpha and not doc[i].is_stop:
            if self._is_subject_matter(doc[i]) or i in self.covering:
                return False
            i += 1
        ended = i >= len(doc) or doc[i].lower_ in _AFTER_NAMES or doc[i].pos_ in VERBS
        return ended and i - at in _NAME_LENGTHS


__all__ = ["Portfolios"]
