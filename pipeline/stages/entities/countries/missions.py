"""Whose diplomats are told of: those of the country whose embassy or legation the text names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.neighbours import word_at
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import word_set

#: How many sentences before a diplomat the embassy is looked for in which they serve.
_MISSION_SENTENCES = 2


class Missions(Ground):
    """Reads the country of "the American Legation", "the Embassy of Chile"."""

    #: Where the missions that the text names stand, and whose they are.
    missions: list[tuple[int, str]]

    def read_missions(self, parties: Sequence[PartySpan]) -> None:
        """Find the missions."""
        self.missions = sorted(self._missions(parties))

    def _missions(self, parties: Sequence[PartySpan]) -> Iterator[tuple[int, str]]:
        doc, words = self.doc, word_set("mission")
        for party in parties:
            at = party.end
            while at < party.end + 2 and word_at(doc, at) in word_set("of_mission"):
                at += 1
            if word_at(doc, at) in words and party.form != "metonym":
                yield at, party.code
            at = party.start - 1
            at -= at > 0 and doc[at].lower_ == "the"
            if at > 0 and doc[at].lower_ == "of" and doc[at - 1].lower_ in words:
                yield at - 1, party.code

    def of_mission(self, unit: Unit) -> str | None:
        """Return whose chargé or envoy stands without a country in a text about a mission.

        It is that of the diplomat told of before ("summoned Peru's ambassador"), of the mission in
        his sentence, else last before him, else of the only ones.
        """
        offices = [office for office in unit.name.offices if office.form.scope == "diplomatic"]
        if not offices:
            return None
        told = self._of_same_post(offices[0], unit.start)
        if told or not self.missions:
            return told
        first = self.sentence_start(unit.start)
        end = self.sentence_end(unit.start)
        here = [code for at, code in self.missions if first <= at < end]
        if here:
            return here[0]
        before = self.sentence_start(unit.start, back=_MISSION_SENTENCES)
        i = bisect_left(self.missions, (unit.start, "")) - 1
        if i >= 0 and self.missions[i][0] >= before:
            return self.missions[i][1]
        codes = {code for _, code in self.missions}
        return codes.pop() if len(codes) == 1 else None

    def _of_same_post(self, office: OfficeSpan, before: int) -> str | None:
        """Return whose ambassador was told of last before token `before`, or is alone told of."""
        told = [
            (self.sentence(other.head_start), other.country)
            for other in self.offices[: bisect_left(self.heads, before)]
            if other.form.office == office.form.office and other.country
        ]
        near = [pair for pair in told if pair[0] >= self.sentence(before) - _MISSION_SENTENCES]
        last = [code for at, code in near if at == near[-1][0]]
        codes = set(last or [code for _, code in told])
        return codes.pop() if len(codes) == 1 else None


__all__ = ["Missions"]
