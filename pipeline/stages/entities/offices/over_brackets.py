"""Offices that the short name of their body stands in: "National Assembly (NA) Chairman"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.reference.offices import OfficeForm, office_forms
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.spans import PartySpan

#: How many words the name of a body has at most.
_BODY = 4


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, OfficeForm]:
    """Return the offices of several words by these, in small letters."""
    return {form.form.lower(): form for form in office_forms() if " " in form.form}


def over_bracket(
    doc: Doc, hit: Hit[OfficeForm], by_end: Mapping[int, PartySpan]
) -> Hit[OfficeForm]:
    """Return the whole "National Assembly (NA) Chairman" for its last word, else the hit itself.

    The words must be an office without the bracket, of a land's own body: "Kenya Airways (KQ)
    Chairman" and "Pan-African Parliament (PAP) president" are none.
    """
    start = hit.start - 3
    if start < 1 or (doc[start].text, doc[hit.start - 1].text) != ("(", ")"):
        return hit
    if not doc[start + 1].text.isupper():
        return hit
    head = doc[hit.start : hit.end].text.lower()
    for first in range(max(0, start - _BODY), start):
        form = _forms().get(f"{doc[first:start].text.lower()} {head}")
        if form is not None and _begins_body(doc, first, by_end):
            return replace(hit, start=first, payload=form)
    return hit


def _begins_body(doc: Doc, first: int, by_end: Mapping[int, PartySpan]) -> bool:
    """Tell whether nothing but a land stands before the name of a body, in its name's case."""
    if first == 0 or doc[first].is_sent_start or not doc[first - 1].text[:1].isupper():
        return True
    land = by_end.get(first)
    return land is not None and land.is_country


__all__ = ["over_bracket"]
