"""The matters that a minister is charged with: "for Energy, Mines and Rural Electrification"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.entities.offices.office_matters import OfficeMatters, portfolio_words
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, name_words, word_set

#: How many words a name behind the name of an institution has.
_NAME_LENGTHS = range(2, 5)
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

        Only words of portfolios may open its parts, so that ", Energy Minister Smith" does not.
        """
        doc, end, i = self.doc, 0, at
        if not {token.lower_ for token in doc[max(0, at - 12) : at]} & word_set("portfolio_head"):
            return 0
        while i + 1 < len(doc) and doc[i].text in {",", "and", "&"}:
            i += 1 + (doc[i].text == "," and doc[i + 1].lower_ in {"and", "&"})
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
        if not token.text[:1].isupper() or token.i in self.covering:
            return False
        if token.lower_ in word_set("office_noun"):
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
