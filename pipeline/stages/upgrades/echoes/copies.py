"""The change that an echo makes of the one told before it, with another party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.echoes.echo_parties import EchoParties
from pipeline.stages.upgrades.levels.statuses import ALLY
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Echo, words


class EchoCopies(EchoParties):
    """Makes the changes of echoes; `history` holds the candidates made so far."""

    def __init__(self, reading: Reading, history: Sequence[Candidate]) -> None:
        super().__init__(reading)
        self.history = history

    def _copy(
        self,
        source: Candidate,
        token: Token,
        echo: Echo,
        code: str,
        kept: str,
        date: str | None,
        status: UpgradeStatus,
    ) -> Candidate:
        # "rejoined the bloc, which Peru joined in 1969": the first time for Peru
        again = source.level in words("conferred") and source.change == "restoration"
        if source.level == MEMBER and source.status == "proposed" and status == "completed":
            status, date = source.status, None  # "Peru applied to join it, Chad did so in May"
        return Candidate(
            rule=echo.id,
            at=token.i,
            parties=frozenset({code, kept}),
            level=source.level,
            level_text=source.level_text,
            change="upgrade" if again else source.change,
            status=status,
            date=date,
            score=round(max(source.score * 0.85, min(source.score, 0.6)), 3),
        )

    def _holders(self, source: Candidate) -> Collection[str]:
        """Return the Peru of "Chad became Peru's partner", whose partner the next becomes, too."""
        told = source.change == "upgrade" and self.scene.doc[source.at]
        nouns = [c for c in told.children if c.dep_ == "attr"] if told else []
        whose = (c for noun in nouns for c in noun.children if c.dep_ == "poss")
        codes = self.reading.parties.codes
        return {code for c in whose for code in codes(c.left_edge.i, c.i + 1)}

    def _shared(self, source: Candidate, parties: Sequence[str]) -> list[str]:
        """Return the parties that the earlier change had; none of what a body did with one."""
        shared = [code for code in parties if code in source.parties]
        bodies = [code for code in source.parties if not is_country(code)]
        return [] if len(bodies) == 1 and source.change == "upgrade" else shared

    def _kept(self, source: Candidate, code: str) -> str | None:
        """Return the party of the earlier change that this one shares."""
        if code in source.parties:
            giver = next((p for p in source.parties if confers(p)), None)
            dated_anew = source.level in words("conferred") and source.date is None
            return giver if dated_anew and code != giver else None  # "Peru got it in 1999"
        if len(source.parties) == 1:
            return min(source.parties)
        alike = [c for c in self.history if (c.level, c.change) == (source.level, source.change)]
        shares = Counter(
            party for c in {c.parties: c for c in alike}.values() for party in c.parties
        )
        counts = self.reading.parties.counts
        if source.level in words("conferred"):
            given_by = [party for party in source.parties if confers(party)]
            states = source.parties - set(given_by)
            if given_by and states and not is_country(code):
                return min(states)  # "the bloc suspended Mali, and the AU followed suit"
            if given_by:
                return min(given_by)
        bodies = [party for party in source.parties if not is_country(party)]
        if len(bodies) == 1 and is_country(code) and source.change == "upgrade":
            return bodies[0]  # "the bloc and Peru raised their ties, as Chad had done"
        made_by = (
            source.owners[:1] if source.change != "upgrade" or source.rule == "mission" else ()
        )
        told = self.scene.sentence(source.at)
        places = self.reading.parties.codes(told.start, told.end)
        holders = self._holders(source)
        return max(
            sorted(source.parties),  # "between Peru and Chad, followed by Fiji" with the first
            key=lambda party: (
                shares[party],
                party in holders,
                party not in made_by,
                counts[party],
                -places.get(party, len(told.doc)),
            ),
        )


def confers(party: str) -> bool:
    """Tell a bloc, or who names allies, from the states on which a status is conferred."""
    return not is_country(party) or party == ALLY


__all__ = ["EchoCopies", "confers"]
