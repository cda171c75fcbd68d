"""Whose office one is told to hold by another title: "an envoy of Kazakh President X"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.labels import PLURALS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.names import is_name_word
from pipeline.reference.offices import office_forms
from pipeline.reference.places import find_place
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.entities.offices.chiefs_named import is_chief_named, land_of_leader_named
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, modifiers, word_set

#: How many words of a title stand before a province told behind it, and of a name at least.
_TITLE, _WHOLE_NAME = 4, 2


class TitleOwners:
    """Tells the chiefs, peers and bureaus of whom an office is in one Doc."""

    doc: Doc
    by_start: Mapping[int, PartySpan]
    #: Where the heads of offices start.
    head_starts: frozenset[int] = frozenset()

    def _land_of_peer(self, i: int) -> PartySpan | None:
        """Return the Peru of "her counterpart from Peru Ana Soto", whose name follows at once."""
        doc = self.doc
        if i < 1 or text_at(doc, i) != "from" or doc[i - 1].lower_ not in word_set("peer"):
            return None
        land = self.by_start.get(i + 1 + (word_at(doc, i + 1) == "the"))
        if land is None or self._is_adjectival(land) or land.end >= len(doc):
            return None
        named = doc[land.end]
        told = named.pos_ == "PROPN" and named.text[:1].isupper()
        return land if told and land.end not in self.head_starts else None

    def _land_of_origin(self, i: int) -> PartySpan | None:
        """Return the Peru of "a minister | from Peru", "the ambassador from Peru to Chile".

        None of "recalled its ambassador from Peru", "expelled the envoy from Peru", "an envoy from
        Peru President X".
        """
        doc = self.doc
        if i < 1 or word_at(doc, i) != "from" or doc[i - 1].tag_ in PLURALS:
            return None
        land = self.by_start.get(i + 1 + (word_at(doc, i + 1) == "the"))
        if land is None or not land.is_country or land.form != "name":
            return None
        noun = doc[i - 1]
        while noun.dep_ == "compound" and noun.head.i > noun.i:
            noun = noun.head
        taken = {noun.head.lemma_, doc[i].head.lemma_} & word_set("takes_from")
        owned = any(child.tag_ == "PRP$" for child in noun.children)
        goes_on = text_at(doc, land.end) in APOSTROPHE_S or self._is_adjectival(land)
        goes_on = goes_on or word_at(doc, land.end) in word_set("leading_title")
        return None if taken or owned or goes_on else land

    def _region_behind(self, i: int) -> int:
        """Return the end of the Punjab of "Governor | Punjab Ali Raza", or 0.

        None where the word is a given name as well ("Governor Victoria Ruiz Soto"), where less than
        two words of a name follow, or those of an institution ("Speaker Punjab Assembly").
        """
        doc = self.doc
        title = doc[max(0, i - _TITLE) : i].text.lower()
        told = i > 0 and doc[i - 1].text.istitle()
        if not told or not title.endswith(tuple(word_set("told_of_region"))):
            return 0
        for length in (2, 1):
            end = i + length
            words, name = doc[i:end].text, doc[end : end + _WHOLE_NAME]
            whole = len(name) == _WHOLE_NAME and all(t.text.istitle() for t in name)
            if not whole or any(t.lower_ in institution_words() for t in name):
                continue
            regions = (place for place in find_place(words) if place.kind == "region")
            if any(regions) and words.istitle() and not is_name_word(words):
                return end
        return 0

    def _bureau_of_chief(self, i: int) -> int:
        """Return the end of the "at the Prime Minister's Office" of a minister there, or 0."""
        doc, at = self.doc, i + 2
        if doc[i:at].text.lower() not in {"at the", "in the", "of the"}:
            return 0
        while doc[at : at + 1].text.istitle() and doc[at].lower_ in head_words():
            at += 1
        named = at > i + 2 and text_at(doc, at) in APOSTROPHE_S
        return at + 2 if named and text_at(doc, at + 1) in word_set("bureau") else 0

    def _owner_of_title(self, i: int) -> PartySpan | None:
        """Return the Kazakh of "an envoy of Kazakh President X", the UN of "of UN chief X".

        So the Peru of "an envoy of Peru's President X", "an envoy from Peru President X".
        """
        doc = self.doc
        if word_at(doc, i) not in {"of", "to", "for", "from"}:
            return None
        found = self.by_start.get(i + 1 + (word_at(doc, i + 1) == "the"))
        if found is None:
            return land_of_leader_named(doc, i, self.by_start)
        at = found.end + (text_at(doc, found.end) in APOSTROPHE_S)
        title = word_at(doc, at)
        capital = found.is_country and text_at(doc, at).istitle()
        titled = self._is_adjectival(found) and title in word_set("leading_title")
        titled = titled or (capital and title in word_set("title_behind_land"))
        sent = found.is_country and title in word_set("leading_title")
        titled = titled or (sent and doc[i].lower_ == "from")  # "an envoy from Peru president X"
        return found if titled or is_chief_named(doc, found.end) else None

    def _is_adjectival(self, party: PartySpan) -> bool:
        named = self.doc[party.start : party.end].text.lower() in word_set("adjectival_name")
        return party.form == "adjective" or named

    def _is_of_titled(self, i: int) -> bool:
        """Tell the "to" of "an adviser to President X" from that of "adviser to the President"."""
        doc, at = self.doc, i + 1
        if word_at(doc, i) not in {"of", "to", "for"}:
            return False
        while at + 1 < len(doc) and doc[at].lower_ in modifiers() and at not in self.head_starts:
            at += 1
        if at + 1 in self.head_starts and doc[at].text == "Party":
            at += 1  # "a guest of Party General Secretary and President X"
        first = at
        while at < len(doc) and self._is_of_head(at, first):
            at += 1
        titled = first in self.head_starts and first < at < len(doc)
        return titled and doc[at].ent_type_ == "PERSON" and doc[at].text[:1].isupper()

    def _is_of_head(self, at: int, first: int) -> bool:
        """Tell the words of "Prime Minister", "Secretary-General" from a name's first."""
        token = self.doc[at]
        if token.text == "and" and at > first:
            return at + 1 in self.head_starts and self.doc[at + 1].text.istitle()
        joined = at > first and (token.text == "-" or self.doc[at - 1].text == "-")
        return token.text[:1].isupper() and (joined or token.lower_ in head_words())


@lru_cache(maxsize=1)
def head_words() -> frozenset[str]:
    """Return the words of which offices' heads are made, lower case."""
    return frozenset(word for form in office_forms() for word in form.form.lower().split())


__all__ = ["TitleOwners", "head_words"]
