"""What one is sent or charged for, told before the office: "the Ghanaian human rights envoy"."""

from __future__ import annotations

from pipeline.labels import NOMINALS
from pipeline.signs import GENITIVES
from pipeline.stages.entities.offices.office_doubts import OfficeDoubts
from pipeline.stages.entities.offices.office_matters import portfolio_words
from pipeline.stages.entities.offices.office_words import Left
from pipeline.stages.entities.tables import modifiers, word_set

#: How many words tell of the matter before the head, at most.
_REACH = 5


class MattersBefore(OfficeDoubts):
    """Reads matters between a land and the head of an office in one Doc."""

    def read_matter(self, read: Left, *, known: bool) -> None:
        """Read the owner of "the Ghanaian human rights | envoy", "Togo's cocoa | negotiators".

        "The Ghanaian football | official" tells of none.

        Args:
            known: whether only what ministers are charged with is such a matter.
        """
        doc, at = self.doc, read.start
        if read.determiner is not None:
            return
        while at > max(0, read.start - _REACH) and self._tells_matter(at - 1, known=known):
            at -= 1
        genitive = at > 0 and doc[at - 1].text in GENITIVES
        party = self.by_end.get(at - genitive)
        if party is None or at == read.start or not party.is_country or self._is_where(party):
            return
        if genitive or party.form == "adjective":
            read.party, read.start = party, party.start
            read.countries.append(party.code)
            if party.start and doc[party.start - 1].lower_ in word_set("determiner"):
                read.start, read.determiner = party.start - 1, doc[party.start - 1].lower_

    def _tells_matter(self, i: int, *, known: bool) -> bool:
        """Tell the "human rights" of an envoy from a party and from another's office."""
        token = self.doc[i]
        if i in self.covering or i in self.head_starts or token.is_sent_start:
            return False
        if (
            token.lower_ == "and"
            or token.lower_ in portfolio_words()
            or token.lower_ in modifiers()
        ):
            return True
        return not known and token.pos_ in NOMINALS and token.is_alpha


__all__ = ["MattersBefore"]
