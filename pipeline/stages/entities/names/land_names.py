"""Names that the model did not mark, told by the land beside them: "Omar Diallo (Mali)"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.names import is_name_word
from pipeline.signs import GENITIVES, STROKES
from pipeline.stages.entities.names.name_mending import NameMending
from pipeline.stages.entities.names.name_reach import is_unknown
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

_BESIDE = frozenset({"of", "from", "("})
#: What parts the names of a list.
_PARTED_BY = frozenset({",", ";", "and", "&", "•", *STROKES})


class LandNames(NameMending):
    """Reads runs of capitalized words as names where a land stands by them as by others."""

    def _is_of_land(self, run: Span, known: Collection[int]) -> bool:
        """Tell "Omar Diallo of Mali" where a word is a name's or a name beside has a land too.

        Or where it is of no words that texts have but in names ("Denmark's Baiba Bērziņa").

        Not the firm of "Nova Steel of Mali" by itself, nor "the Bank of Peru".
        """
        if run.root.tag_ == "NNPS" or run[0].lower_ in {"al", "el"}:
            return False  # "Rovers", "Al Hilal"
        if not self._has_land_behind(run.end) and not self._has_land_before(run):
            return False
        words = [token for token in run if len(token) > 2 and not token.is_lower]
        named = any(is_name_word(token.text) for token in words) or all(map(is_unknown, words))
        return (named and self._is_whole(run)) or self._is_beside_like(run, known)

    def _is_whole(self, run: Span) -> bool:
        """Tell a run of which no word is a firm's or a club's."""
        return not any(token.lower_ in word_set("private_body") for token in run)

    def _party_at(self, at: int) -> PartySpan | None:
        party = self.in_party.get(at)
        told = party is not None and party.is_country and party.form == "name"
        return party if told and party is not None and party.start == at else None

    def _has_land_behind(self, end: int) -> bool:
        """Tell a name that ends at token `end`, and behind it "of Mali,", "from Mali", "(Mali)"."""
        doc = self.doc
        if text_at(doc, end) not in _BESIDE:
            return False
        at = end + 1 + (word_at(doc, end + 1) == "the")
        party = self._party_at(at)
        if party is None:
            return False
        after = doc[party.end] if party.end < len(doc) else None
        if doc[end].text == "(":
            return after is not None and after.text == ")"
        return after is None or _closes(after)

    def _has_land_before(self, run: Span) -> bool:
        """Tell "Mali's Omar Diallo" that is closed or does something."""
        doc, at = self.doc, run.start - 2
        party = self.in_party.get(at) if at >= 0 and doc[at + 1].text in GENITIVES else None
        if party is None or not party.is_country or party.form != "name":
            return False
        after = doc[run.end] if run.end < len(doc) else None
        return after is None or _closes(after)

    def _is_beside_like(self, run: Span, known: Collection[int]) -> bool:
        """Tell a run that a comma, "and" or a line parts from a known name with a land beside it.

        Not the club of "Ana Ruiz of Peru praised Boca Juniors of Argentina".
        """
        return self._follows_like(run, known) or self._precedes_like(run, known)

    def _follows_like(self, run: Span, known: Collection[int]) -> bool:
        doc, at = self.doc, run.start
        owned = self._has_land_before(run)
        if owned:
            at = self.in_party[run.start - 2].start
            at -= doc[at - 1].lower_ == "the"
        while at > 0 and (doc[at - 1].text in _PARTED_BY or doc[at - 1].is_space):
            at -= 1
        if at == 0 or (at == run.start and not doc[at].is_sent_start):
            return False
        if owned:
            return at - 1 in known
        party = self.in_party.get(at - 1 - (doc[at - 1].text == ")"))
        first = party.start - 1 if party is not None else 0
        first -= first > 0 and doc[first].lower_ == "the"
        return first > 0 and first - 1 in known and doc[first].text == doc[run.end].text

    def _precedes_like(self, run: Span, known: Collection[int]) -> bool:
        doc, at = self.doc, run.end
        behind = self._has_land_behind(run.end)
        if behind:
            party = self._party_at(run.end + 1) or self._party_at(run.end + 2)
            at = party.end if party is not None else at
            at += text_at(doc, at) == ")"
        first = at
        while at < len(doc) - 1 and (doc[at].text in _PARTED_BY or doc[at].is_space):
            at += 1
        if at >= len(doc) or (at == first and not doc[at].is_sent_start):
            return False
        if not behind:
            party = self._party_at(at) or self._party_at(at + 1)
            return party is not None and party.end + 1 in known
        end = at
        while end < len(doc) and end in known:
            end += 1
        return end > at and self._has_land_behind(end) and doc[end].text == doc[run.end].text


def _closes(token: Token) -> bool:
    """Tell what stands behind one of a list of names with their lands."""
    return token.text in word_set("closes_land_entry") or token.pos_ in VERBS


__all__ = ["LandNames"]
