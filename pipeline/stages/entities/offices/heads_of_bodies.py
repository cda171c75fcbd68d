"""Who leads a body of states, by a word that may lead anything: "the NATO head", "chief of the UN".

A body of states may also be told by what it is, where the text has named it: "the head of the
alliance", "the lender's chief".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc

from pipeline.labels import NOMINALS
from pipeline.neighbours import word_at
from pipeline.reference.offices import OfficeForm, office_forms
from pipeline.signs import GENITIVES
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

#: The form of the office of all who lead a body of states.
_LEADS_BODY = "head of the organization"
#: How many words may stand between "of the" and the noun for the body ("regional trade").
_BETWEEN = 3


class HeadsOfBodies:
    """Reads, in one Doc, which bodies those lead who are called their head or chief."""

    def __init__(
        self, doc: Doc, by_start: Mapping[int, PartySpan], by_end: Mapping[int, PartySpan]
    ) -> None:
        self.doc, self.by_start, self.by_end = doc, by_start, by_end

    def read(self, hit: Hit[OfficeForm]) -> Hit[OfficeForm]:
        """Return a hit as the head of a body of states, where it is one.

        "The NATO head", "the chief of the UN", "the alliance's boss", "the head of the bloc" fire;
        "the UN head of mission", "the head of the UN mission", "the army chief" do not.
        """
        form = hit.payload
        alone = hit.end == hit.start + 1 and form.form in word_set("head_of_body")
        if not alone or not (self._is_behind_body(hit) or self._is_before_body(hit.end)):
            return hit
        return Hit(hit.start, hit.end, _forms()[_LEADS_BODY])

    def _is_behind_body(self, hit: Hit[OfficeForm]) -> bool:
        """Tell "NATO's | head", "the alliance | chief" from the head "of" anything."""
        end = hit.start - (hit.start > 0 and self.doc[hit.start - 1].text in GENITIVES)
        return self._is_body(end) and self._is_last(hit.end, led=False)

    def _is_before_body(self, at: int) -> bool:
        """Tell "head | of the UN", "head | of the regional bloc" from "of the UN mission"."""
        if word_at(self.doc, at) != "of":
            return False
        first = at + 1 + (word_at(self.doc, at + 1) == "the")
        party = self.by_start.get(first)
        if party is not None and self._is_body(party.end) and self._is_last(party.end, led=True):
            return True
        ends = range(first + 1, first + 2 + _BETWEEN) if first > at + 1 else range(0)
        return any(self._is_called_body(end) and self._is_last(end, led=True) for end in ends)

    def _is_body(self, end: int) -> bool:
        party = self.by_end.get(end)
        if party is not None:
            return party.acts and not party.is_country
        return self._is_called_body(end)

    def _is_called_body(self, end: int) -> bool:
        """Tell "the alliance", "the world body" that end before token `end`."""
        noun = self.doc[end - 1].lower_ if 0 < end <= len(self.doc) else ""
        return noun in word_set("body_of_states") and end not in self.by_end

    def _is_last(self, at: int, *, led: bool) -> bool:
        """Tell whether no noun or matter goes on with what ends before token `at`."""
        if at >= len(self.doc):
            return True
        token = self.doc[at]
        if token.text in GENITIVES:
            return not led
        if token.lower_ in word_set("goes_on_title"):
            return led
        return not (token.pos_ in NOMINALS and token.text.islower()) and token.text != "-"


@cache
def _forms() -> Mapping[str, OfficeForm]:
    return {form.form: form for form in office_forms()}


__all__ = ["HeadsOfBodies"]
