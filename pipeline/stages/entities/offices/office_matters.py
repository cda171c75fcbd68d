"""What an office is for: a region, a committee's matter, two sides between which one goes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.reference.offices import offices
from pipeline.reference.places import find_place
from pipeline.signs import GENITIVES, HYPHENS
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, word_set

#: How far behind "for" a matter ends at most, in tokens.
_MATTER = 6


@lru_cache(maxsize=1)
def portfolio_words() -> frozenset[str]:
    """Return the words of which ministers' portfolios are made, lower case."""
    ministers = (o for o in offices().values() if any("minister" in p for p in o.patterns))
    portfolios = (portfolio for office in ministers for portfolio in office.portfolios)
    words = {word.strip(",") for portfolio in portfolios for word in portfolio.split()}
    return frozenset(words - {"and", "of", "the", "for"})


def is_federal_land(doc: Doc, at: int, covering: Mapping[int, PartySpan]) -> bool:
    """Tell the "Federation" of "Prime Minister of the Federation of Saint Kitts and Nevis".

    Not that of "president of the Federation of Peru's Farmers", a body.

    Args:
        at: the token of "Federation".
        covering: the parties by the tokens that they cover.
    """
    land = covering.get(at + 2)
    if doc[at - 2 : at + 2].text.lower() != "of the federation of" or land is None:
        return False
    return land.is_country and land.form == "name" and text_at(doc, land.end) not in GENITIVES


class OfficeMatters:
    """Tells matters and regions behind the heads of offices in one Doc."""

    doc: Doc
    by_start: Mapping[int, PartySpan]
    #: Where the heads of offices start.
    head_starts: frozenset[int] = frozenset()

    def _joins_next_title(self, i: int) -> bool:
        """Tell "the prime minister | and Foreign Secretary X", two persons, by their capitals.

        Not "the minister for foreign affairs and Foreign Trade", "the vice president and Foreign
        Minister X", who may be one.
        """
        doc = self.doc
        if i + 1 not in self.head_starts or not doc[i + 1].text.istitle():
            return False
        start = next((at for at in (i - 1, i - 2) if at in self.head_starts), 0)
        opens = start > 0 and doc[start - 1].lower_ == "the" and doc[start:i].text.islower()
        return opens and doc[start].lower_ not in word_set("second_in_office")

    def matter_abroad(self, i: int) -> int:
        """Return the end of "for national reconciliation in Myanmar" from token `i` on, or 0.

        The land is where the matter lies, and not the envoy's own.
        """
        doc, at = self.doc, i + 1
        if word_at(doc, i) not in {"for", "on"}:
            return 0
        while at < min(i + _MATTER, len(doc)) and (
            doc[at].text.islower() and (doc[at].pos_ in {"NOUN", "ADJ"} or doc[at].text == "and")
        ):
            at += 1
        if at == i + 1 or doc[at - 1].pos_ != "NOUN" or text_at(doc, at) != "in":
            return 0
        land = self.by_start.get(at + 1 + (text_at(doc, at + 1) == "the"))
        if land is None or not land.is_country or land.form != "name":
            return 0
        behind = doc[land.end : land.end + 1]
        return land.end if behind.text == "," or behind.text[:1].isupper() else 0

    def _is_affairs(self, i: int) -> bool:
        """Tell the "Caricom" of "Minister of Foreign and Caricom Affairs", which is a subject.

        So the "Russian" of "a professor of Russian literature".
        """
        return word_at(self.doc, i) in word_set("matters_of_state", "studied")

    def _is_matter_of_panel(self, at: int) -> bool:
        """Tell the China of "chair of the Select Committee on China", which it only deals with."""
        doc = self.doc
        at -= doc[at - 1].lower_ == "the"
        return doc[at - 1].lower_ == "on" and doc[at - 2].lower_ in word_set("panel")

    def _paired_matter(self, at: int, *, end: int) -> int:
        """Return how many tokens are left of "for the Belgrade | -Pristina dialogue", or 0.

        So of "for the Turkey | -Armenia peace process".
        """
        doc = self.doc
        pair = doc[at : at + 2]
        if end != at or pair[0].text not in HYPHENS or not pair[1:].text.istitle():
            return 0
        if doc[at - 1].whitespace_ or pair[0].whitespace_ or not doc[at - 1].text.istitle():
            return 0
        ahead = (n for n in (2, 3) if word_at(doc, at + n) in word_set("dealings"))
        return next((n + 1 for n in ahead if n == 2 or doc[at + 2].text.islower()), 0)

    def _is_region_too(self, i: int) -> bool:
        """Tell "envoy for the Middle East | and Africa", "for Trade | and the Pacific"."""
        doc = self.doc
        at = i + 1 + (doc[i + 1].lower_ == "the")
        known = doc[i - 1].text in word_set("continent") or doc[i - 1].lower_ in institution_words()
        if not known or text_at(doc, at) not in word_set("continent"):
            return False
        behind = word_at(doc, at + 1)
        return behind not in word_set("office_noun", "region_noun")

    def _is_behind_region(self, at: int) -> bool:
        """Tell the name of "envoy for the Middle East | Ana Ruiz" from the region's own words."""
        doc, region = self.doc, word_set("continent")
        if at < 1 or doc[at - 1].text not in region or not doc[at].text.istitle():
            return False
        return doc[at].text not in region and doc[at].lower_ not in institution_words()

    def _is_region(self, i: int) -> bool:
        """Tell the "Bago" of "Chief Minister of Bago Region", the "Nevis" of "Premier of Nevis"."""
        doc = self.doc
        if not doc[i].text.istitle() or doc[i - 1].lower_ not in {"of", "for"}:
            return False
        if word_at(doc, i + 1) in word_set("region_noun"):
            return True
        return doc[i].ent_type_ != "PERSON" and bool(find_place(doc[i].text))


__all__ = ["OfficeMatters", "is_federal_land", "portfolio_words"]
