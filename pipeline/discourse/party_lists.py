"""Lists of countries and bodies: "Tuvalu, Palau and Nauru", "six states, including Chad"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models import Reference
from models.entity import PARTY_KINDS
from pipeline.discourse.tables import words
from pipeline.discourse.text import Text
from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import APOSTROPHE_S, STROKES

_OPENS_PARTY = frozenset({",", "and", "the", "from"})
_JOINT_LENGTHS = (2, 3)
#: How far behind "ministers of six states" some of the states may be named, in tokens.
_SOME_REACH = 12
#: How far before "including" it may be told that those told of are from several countries.
_FROM_REACH = 6
#: Within how many tokens behind "as well as" the lands begin, and the signs before these.
_GROUP_REACH = 9
_OPENS_LANDS = frozenset({*STROKES, ":", "("})


class PartyListReader(Text):
    """Reads on where a phrase begins to list countries and bodies."""

    def _further_members(self, reference: Reference) -> Iterator[str]:
        """Yield the parties with which "the leaders of Tuvalu, Palau" goes on."""
        at = self._behind_bracket(self.bounds_of(reference)[1])
        if joint := self._joint_at(at):
            yield from self._parties_at(at + joint)
            return
        if text_at(self.doc, at) in {",", "and"}:
            yield from self._parties_from(at)

    def _some_members(self, reference: Reference) -> Iterator[str]:
        """Yield Chad and Mali of "ministers of six states, including Chad and Mali"."""
        at = self.bounds_of(reference)[1]
        told = False  # "six presidents came, including those of Chad and Mali"
        for i in range(at, min(at + 2 * _SOME_REACH, len(self.doc) - 1)):
            token = self.doc[i]
            mark = next((n for n in (1, 2) if self._opens_some(i, i + n)), 0)
            if mark:
                behind = self.doc[i + mark : i + mark + 3].text.lower()
                those = next((n for n in words("those_of") if behind.startswith(n)), "")
                some = list(self._parties_at(i + mark + len(those.split())))
                if not told or len(those.split()) > 1 or self._is_from_states(i):
                    yield from some
                if some:
                    return
            told = told or token.pos_ in VERBS or i - at >= _SOME_REACH
            if token.text in {".", ";", "\n"} or token.is_sent_start:
                return

    def _is_from_states(self, mark: int) -> bool:
        """Tell "arrived from many states, including Chad", from "arrived with aid, including".

        "Arrived with gifts from many states", "to discuss trade from them" do not fire.
        """
        before = self.doc[max(0, mark - _FROM_REACH) : mark]
        came = any(t.lower_ == "from" and self._is_whence(t) for t in before)
        return came and any(t.lower_ in words("some_states") for t in before)

    def _is_whence(self, prep: Token) -> bool:
        """Tell the "from" of "arrived from", "arrived in Lima from", "came for talks from"."""
        over = prep.head
        return over.pos_ in {"VERB", "PROPN"} or over.lemma_.lower() in words("event")

    def _opens_some(self, start: int, end: int) -> bool:
        return self.doc[start:end].text.lower() in words("names_part")

    def parties_listed(self, at: int) -> list[str]:
        """Return the countries and bodies of the list that begins at token `at`."""
        return list(self._parties_at(at))

    def _parties_from(self, at: int) -> Iterator[str]:
        """Yield the countries and bodies of the list that begins behind a joint at token `at`."""
        if word_at(self.doc, at) in _OPENS_PARTY:
            yield from self._parties_at(at)

    def _parties_at(self, at: int) -> Iterator[str]:
        """Yield the countries and bodies of the list that begins at token `at`."""
        first = at
        while at == first or word_at(self.doc, at) in _OPENS_PARTY:
            while word_at(self.doc, at) in _OPENS_PARTY:
                at += 1
            party = self._party_at(at)
            end = self.bounds(party)[1] if party is not None else at
            behind = self.doc[end : end + 1]
            owner = behind.text in APOSTROPHE_S or (behind.text and behind[0].pos_ == "NOUN")
            owner = owner or (at > first and self._is_of_title(end))
            if party is None and at > first and self._is_misspelt(at):
                at += 1
                continue
            if party is None or owner:
                return
            yield party.country or ""
            at = self._behind_bracket(end)
            if joint := self._joint_at(at):
                first = at = at + joint

    def _is_of_title(self, i: int) -> bool:
        """Tell the "Secretary" of "the presidents of Peru and Chad, US Secretary of State X"."""
        told = (r for r in self.at(i) if r.kind == "person" and r.form == "office")
        return any(self.bounds(r)[0] <= i for r in told)

    def _joint_at(self, at: int) -> int:
        """Return how many tokens "as well as" or ", along with those of" has, or 0."""
        comma = text_at(self.doc, at) == ","
        rest = (self.doc[at + comma : at + comma + n].text.lower() for n in _JOINT_LENGTHS)
        known = words("joins_party")
        joints = (n for n, told in zip(_JOINT_LENGTHS, rest, strict=True) if told in known)
        end = at + next((comma + n for n in joints), 0)
        if end == at:
            return 0
        those = 2 * (self.doc[end : end + 2].text.lower() == "those of")
        return end - at + (those or self._to_lands(end))

    def _to_lands(self, at: int) -> int:
        """Return how many tokens lead to the lands of "from the Gulf states – Oman and Qatar"."""
        for i in range(at, min(at + _GROUP_REACH, len(self.doc) - 1)):
            if self.doc[i].text in _OPENS_LANDS:
                return i + 1 - at if self._party_at(i + 1) is not None else 0
            mark = next((n for n in (1, 2) if self._opens_some(i, i + n)), 0)
            if mark:
                return i + mark - at if self._party_at(i + mark) is not None else 0
            if self.doc[i].pos_ in {"VERB", "AUX", "PUNCT"} or self.doc[i].text == ",":
                return 0
        return 0

    def _is_misspelt(self, at: int) -> bool:
        """Tell Boliva of "the presidents of Peru, Boliva, Chile and Fiji", amid lands."""
        word, behind = self.doc[at : at + 1], text_at(self.doc, at + 1)
        known = any(r.kind in {"person", "office", "place"} for r in self.at(at))
        alone = word.text.istitle() and behind == "," and not known
        return alone and self._party_at(at + 2) is not None

    def _party_at(self, at: int) -> Reference | None:
        """Return the country, people or body named at token `at`: no "Peruvian" of another noun."""
        for reference in self.at(at):
            named = reference.form in {"name", "people"}
            if reference.kind in PARTY_KINDS and named and reference.country:
                return reference
        return None

    def _behind_bracket(self, i: int) -> int:
        """Return the token behind the bracket that opens at token `i` ("Peru (X)"), or `i`."""
        inside = [t.text for t in self.doc[i : i + 8]]
        opened = inside[:1] == ["("] and ")" in inside
        if inside[:1] == [","]:  # "X, left, and Y", "X, second from right, and Y"
            side = next((n for n, word in enumerate(inside[1:], 1) if word in {",", ")"}), 0)
            told = {word.lower() for word in inside[1:side]}
            return i + side if told and told <= words("side_in_picture") else i
        return i + inside.index(")") + 1 if opened else i


__all__ = ["PartyListReader"]
