"""Who is told below another noun: "the Kingdom of Peru's premier", "the emir of Qatar's envoy".

Also behind what is told of his office: "the first leader to meet the king, Premier X, flew in".
"""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.groups import Actor
from pipeline.discourse.subjects import SubjectReader
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.neighbours import word_behind
from pipeline.signs import GENITIVES

#: Within how many tokens behind a country its officer is named.
_HELD_REACH = 8


class OwnedReader(SubjectReader):
    """Finds whom the parse hangs below the land or the office that he is of."""

    def _holder_behind(self, party: Reference) -> Actor | None:
        """Return X of "US Under Secretary of State X", whose parse has the US for its head."""
        end = self.bounds(party)[1]
        if not self._stands_before_own(party, end):
            return None
        held = (r for r in self.at(end) if r.kind == "person" and r.country == party.country)
        return next((Actor(r, end, 0.9) for r in held), None)

    def _holder_of(self, party: Reference, head: Token) -> Actor | None:
        """Return the premier of "The Kingdom of Morocco's premier", who is parsed below Kingdom."""
        end = self.bounds(party)[1]
        if head.i >= end - 1 or self.doc[end : end + 1].text not in GENITIVES:
            return None
        near = [(t.i, r) for t in self.doc[end + 1 : end + 1 + _HELD_REACH] for r in self.at(t.i)]
        held = ((i, r) for i, r in near if r.kind in PERSONAL_KINDS and r.country == party.country)
        return next((Actor(r, i, 0.9) for i, r in held), None)

    def _owned_by_office(self, office: Reference) -> Token | None:
        """Return the envoy of "the emir of Qatar's envoy", who is parsed below the emir.

        So the brother of "the emir of Qatar's brother"; the jet and the visit of such are his own.
        """
        last = self.bounds(office)[1] - 1
        owner = self.doc[last]
        if office.form != "office" or word_behind(owner) not in GENITIVES:
            return None
        owned = owner.head
        of_land = any(r.kind in PARTY_KINDS for r in self.at(last))
        if not of_land or owner.dep_ != "poss" or owned.i < last:
            return None
        folk = owned.lemma_.lower() in words("other_folk")
        return owned if folk or any(r.kind in PERSONAL_KINDS for r in self.at(owned.i)) else None

    def _called_behind_clause(self, head: Token) -> Token:
        """Return X of "The first leader to meet the king after the war, Premier X,", else the head.

        The office is without a land and a clause stands between; not "the minister who met Y, a
        friend of X's".
        """
        clauses = [c for c in head.children if c.dep_ == "relcl" and c.i > head.i]
        if not clauses or head.tag_ not in {"NN", "NNP"} or head.dep_ not in SUBJECTS:
            return head
        called = [c for c in head.children if c.dep_ == "appos" and c.i > clauses[-1].i]
        told = self.at(head.i)
        unnamed = bool(told) and all(r.kind == "office" and not r.country for r in told)
        known = unnamed and len(called) == 1 and self.at(called[0].i)
        return called[0] if known and any(r.kind == "person" and r.name for r in known) else head


__all__ = ["OwnedReader"]
