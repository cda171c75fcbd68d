"""Names of lists that pair each with a country: "Peru – Ana Ruiz", "Luis Rojas - Chile"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.signs import ANY_LIST_JOINTS, STROKES
from pipeline.stages.entities.names.name_reach import NameReach
from pipeline.stages.entities.spans import PartySpan

#: What stands between a country and who represents it in a list.
_COLON = ":"
#: How many pairs make a list, and how many tokens the name in one has at least.
_LEAST, _SHORTEST = 2, 2


@dataclass(frozen=True)
class _Pair:
    """A pair of a list: its bounds, those of the name if that is told, and the country."""

    start: int
    end: int
    name: tuple[int, int] | None
    code: str


class PairedNames(NameReach):
    """Reads the names of one Doc that stand beside their countries, in lines or in one."""

    def of_pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the names of a list of pairs, which the model often misses.

        "Peru – Ana Ruiz⏎Chile – Luis Rojas" fires, and "the premiers of Peru, Ana Ruiz, and Chile,
        Luis Rojas"; "Peru – Ana Ruiz said no" alone does not.
        """
        pairs: list[_Pair] = []
        for party in dict.fromkeys(self.in_party.values()):
            if party.form != "name" or not party.is_country:
                continue
            last = pairs[-1].end if pairs else -1
            pair = self._behind_land(party, last) or self._before_land(party)
            pairs += [pair] if pair is not None else []
        if len({pair.code for pair in pairs}) >= _LEAST:
            yield from (pair.name for pair in pairs if pair.name is not None)

    def _behind_land(self, party: PartySpan, last: int) -> _Pair | None:
        """Return the pair of "Peru: Ana Ruiz", "PERU – President Ana Ruiz"."""
        doc, sign = self.doc, party.end
        in_turn = text_at(doc, sign) == "," and self._is_of_several(party.start, last)
        if not in_turn and not (is_pairing(doc, sign) and self._is_opened(party.start, last)):
            return None
        at = self._skip_honorifics(sign + 1)
        if at in self.in_office:
            return _Pair(party.start, at + 1, None, party.code)
        end = self._collect(at)
        told = in_turn and end < len(doc) and doc[end].pos_ in VERBS
        if end - at < _SHORTEST or not (self._is_closed(end) or told):
            return None
        return _Pair(party.start, end, (at, end), party.code)

    def _is_of_several(self, at: int, last: int) -> bool:
        """Tell the lands of "the premiers of Peru, Ana Ruiz, and the Gambia, Omar Keita"."""
        at -= text_at(self.doc, at - 1) == "the"
        if text_at(self.doc, at - 1) == "of":
            return at > 1 and at - 2 in self.in_office and self.doc[at - 2].tag_ == "NNS"
        while 0 < last < at and self.doc[at - 1].text in ANY_LIST_JOINTS:
            at -= 1
        return at == last

    def _before_land(self, party: PartySpan) -> _Pair | None:
        """Return the pair of "Ana Ruiz – Peru" that stands in a line of its own."""
        doc, sign = self.doc, party.start - 1
        if sign < 1 or doc[sign].text not in STROKES or not is_pairing(doc, sign):
            return None
        start = doc[sign].sent.start
        at = self._skip_honorifics(start)
        if sign - at < _SHORTEST or self._collect(at) != sign or not self._is_closed(party.end):
            return None
        return _Pair(start, party.end, (at, sign), party.code)

    def _is_opened(self, at: int, last: int) -> bool:
        """Tell the start of a line, or what stands right behind the pair before."""
        while last < at and text_at(self.doc, at - 1) in ANY_LIST_JOINTS:
            at -= 1
        return at == last or begins_line(self.doc, at)

    def _is_closed(self, end: int) -> bool:
        """Tell the end of a line, or a sign or a country, behind a pair."""
        if ends_line(self.doc, end):
            return True
        behind = self.doc[end]
        return end in self.in_party or (behind.is_punct and behind.text not in STROKES)


def is_pairing(doc: Doc, at: int) -> bool:
    """Tell the dash of "Peru – Ana", "Ana – Peru", the colon of "Peru: Ana" at token `at`."""
    if not 0 < at < len(doc) - 1:
        return False
    if doc[at].text in STROKES:
        return bool(doc[at - 1].whitespace_)
    return doc[at].text == _COLON


def begins_line(doc: Doc, at: int) -> bool:
    """Tell the first token of a line or of a sentence, a number before it left out."""
    token: Token = doc[at]
    if at == 0 or token.is_sent_start or doc[at - 1].is_space:
        return True
    numbered = doc[at - 1].text in {".", ")"} and doc[at - 2 : at - 1].text.isdigit()
    return numbered or doc[at - 1].text.rstrip(".)").isdigit()


def ends_line(doc: Doc, end: int) -> bool:
    """Tell whether a line or a sentence ends before token `end`."""
    return end >= len(doc) or begins_line(doc, end) or doc[end].is_space


__all__ = ["PairedNames", "begins_line", "ends_line", "is_pairing"]
