"""The countries of several who are named in turn: "Ana Ruiz, Peru; Luis Rojas, Chile"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pipeline.neighbours import text_at, word_at
from pipeline.signs import ANY_LIST_JOINTS, STROKES
from pipeline.stages.entities.names.paired_names import is_pairing
from pipeline.stages.entities.offices.aides import Aides
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan
from pipeline.stages.entities.tables import name_words, word_set

#: How many words stand before a land's name at most ("the Independent State of").
_STYLE = 6
#: What stands before the names of a list in lines.
BULLETS = frozenset({"-", "–", "—", "•", "·", "*", "●", "▪", "."})


class LandsInTurn(Aides):
    """Reads the countries that alternate with the names of one Doc."""

    names: Mapping[int, NameSpan]
    party_start: Mapping[int, PartySpan]
    party_end: Mapping[int, PartySpan]
    by_start: Mapping[int, OfficeSpan]

    def _gapped(self, name: NameSpan) -> str | None:
        """Read "Peru was represented by A, Chile by Premier X": X is of Chile.

        So of "as follows: Peru, by Premier A; Chile, by Senator the Hon. X".
        """
        first = min((o.start for o in name.offices if o.end <= name.start), default=name.start)
        first = min(first, self._entry_start(name.start))
        first -= word_at(self.doc, first - 1) == "the" and first > 1
        at = first - 1 if first and word_at(self.doc, first - 1) == "by" else 0
        comma = at > 1 and text_at(self.doc, at - 1) == ","
        party = self.party_end.get(at - comma) if at else None
        if party is None or party.form != "name" or not party.is_country:
            return None
        before = party.start - 1
        before -= word_at(self.doc, before) == "the"
        begun = text_at(self.doc, before) in ANY_LIST_JOINTS
        if comma:
            again = {i for i in self.party_end if self.doc[i : i + 2].text == ", by"}
            return party.code if len(again) > 1 else None
        told = self.doc[self.doc[at + 1].sent.start : party.start]
        return party.code if begun and any(t.lower_ == "by" for t in told) else None

    @cached_property
    def _paired(self) -> Mapping[int, str]:
        """Return the country beside each name of "Peru - Ana Ruiz, Chile - Luis Rojas".

        So of "Peru: Ana Ruiz", and behind it of "Ana Ruiz – Peru".
        """
        before: dict[int, str] = {}
        behind: dict[int, str] = {}
        for at, name in self.names.items():
            party = self.party_end.get(at - 1) if at > 1 else None
            if party is not None and party.form == "name" and is_pairing(self.doc, at - 1):
                before[at] = party.code
            party = self.party_start.get(name.end + 1)
            dashed = text_at(self.doc, name.end) in STROKES
            if party is not None and party.form == "name" and dashed and name.source == "pair":
                behind[at] = party.code
        found = before if len(before) >= len(behind) else behind
        found = found if len(set(found.values())) > 1 else {}
        bare = self._right_behind_land()
        return {**bare, **found} if len(set(bare.values())) > 1 else found

    def _right_behind_land(self) -> Mapping[int, str]:
        """Return the lands of "Presidents of Mali Omar Diallo, Peru Ana Ruiz, Chile Luis Rojas"."""
        found: dict[int, str] = {}
        for at in self.names:
            party = self.party_end.get(at)
            listed = party is not None and self.doc[party.start - 1].text in ANY_LIST_JOINTS
            if party is not None and listed and party.form == "name" and party.is_country:
                found[at] = party.code
        return found

    @cached_property
    def _in_turn(self) -> Mapping[int, str]:
        """Return the country of each name of "Ana Ruiz, Peru, and Luis Rojas, Chile".

        So of "Premier Ana Ruiz, Peru, …" and of "Ana Ruiz, Premier, Peru, …", and
        of "for Peru, Ana Ruiz, Chile, Luis Rojas, and Mali, Omar Diallo", before the names, and
        of the lines "Ana Ruiz, Peru⏎Luis Rojas, Chile".
        """
        doc, code, following = self.doc, {}, {}
        joined: set[int] = set()  # "A, and Chile, B"
        begun = {self._entry_start(at): at for at in self.names}
        for at, name in self.names.items():
            end = self._entry_end(name)
            if text_at(doc, end) not in {",", ";"}:
                continue
            last = end + 1 + (text_at(doc, end + 1) == "and")
            party = self._land_from(last + (word_at(doc, last) in {"from", "of", "for"}))
            if party is None or party.form != "name" or not party.is_country:
                continue
            if party.end in begun:
                continue  # "Mali Omar Diallo, Peru Ana Ruiz", each behind his land
            if text_at(doc, end) == ";" and text_at(doc, party.end) == ",":
                continue  # "from Mali, Omar Diallo; from Peru, Ana Ruiz"
            if last > end + 1:
                joined.add(at)
            behind = party.end
            while text_at(doc, behind) in ANY_LIST_JOINTS:
                behind += 1
            code[at], following[at] = party.code, begun.get(behind, behind)
        lines = {at: land for at, land in code.items() if self._is_line(at, following[at])}
        found: dict[int, str] = lines if len(lines) > 1 else {}
        for first in code.keys() - set(following.values()):
            chain = [first]
            while following.get(chain[-1]) in self.names:
                chain.append(following[chain[-1]])
            before = self._entry_start(first) - 1
            lead = self.party_end.get(before) if text_at(doc, before) == "," else None
            lands = [code[at] for at in chain if at in code]
            if lead is not None and lead.is_country and len(lands) < len(chain):
                found |= zip(chain, [lead.code, *lands], strict=True)
            elif len(lands) > 1 and joined.isdisjoint(chain):
                found |= zip(chain, lands, strict=False)
        alone = {at: land for at, land in code.items() if found and self._is_between(at)}
        return {**alone, **found}

    def _is_between(self, at: int) -> bool:
        """Tell "; Ana Ruiz, Premier, Peru;" of a list in which others are "Premier of Chile"."""
        before = self._entry_start(at) - 1
        return text_at(self.doc, before - (word_at(self.doc, before) == "and")) == ";"

    def _entry_start(self, at: int) -> int:
        """Return where "Hon. Premier | Ana Ruiz" begins, whose name begins at token `at`."""
        styles = name_words()["honorific"]
        while at > 0:
            office = self.by_end.get(at)
            if office is not None and not office.plural and not self._holds_land(office):
                at = office.start
            elif word_at(self.doc, at - 1) in styles:
                at -= 1
            elif text_at(self.doc, at - 1) == "." and word_at(self.doc, at - 2) in styles:
                at -= 2  # "Hon" and "." by themselves
            elif word_at(self.doc, at - 1) == "the" and word_at(self.doc, at) in styles:
                at -= 1  # "The Rt. Hon. Ana Ruiz"
            else:
                break
        return at

    def _land_from(self, at: int) -> PartySpan | None:
        """Return Samoa of "Independent State of Samoa", "the Republic of Peru" at token `at`."""
        style = word_set("state_style")
        for i in range(at, min(at + _STYLE, len(self.doc))):
            if i in self.party_start:
                return self.party_start[i]
            if word_at(self.doc, i) not in style:
                break
        return None

    def _entry_end(self, name: NameSpan) -> int:
        """Return the end of "Ana Ruiz, Premier and Minister of Finance", which a land may follow.

        It is the name's own where an office that stands behind it names its land.
        """
        end, signs = name.end, frozenset({","})
        while text_at(self.doc, end) in signs:
            office = self.by_start.get(end + 1)
            if office is None or office.plural or self._holds_land(office):
                break
            end, signs = office.end, frozenset({"and", "&"})
        return end

    def _holds_land(self, office: OfficeSpan) -> bool:
        """Tell "President of Peru", "Peruvian president"."""
        return any(i in self.party_start for i in range(office.start, office.end))

    def _is_line(self, at: int, end: int) -> bool:
        """Tell "Ana Ruiz, Peru", a line by itself, from token `at` to the one before `end`."""
        doc = self.doc
        at = self._entry_start(at)
        begins = bool(doc[at].is_sent_start) or doc[at - 1].text in BULLETS
        return begins and (end >= len(doc) or doc[end].is_space or bool(doc[end].is_sent_start))


__all__ = ["BULLETS", "LandsInTurn"]
