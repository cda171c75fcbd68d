"""Whose "the Secretary-General" is in the UN's own press, which seldom says that it is the UN's."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc

from pipeline.reference.offices import OfficeForm
from pipeline.stages.entities.tables import word_set

_UN = "UN"


def usual_body(doc: Doc, form: OfficeForm, codes: Collection[str]) -> str | None:
    """Return the UN for "the Secretary-General" of a noon briefing by the latter's spokesman.

    So for his deputy and "the Special Envoy for Yemen"; not where another body that has a
    secretary-general is told of.

    Args:
        codes: those of the countries and bodies that the text names.
    """
    if form.form not in word_set("of_body_of_many", "sent_by_un"):
        return None
    if not (word_set("body_of_many") - {_UN}).isdisjoint(codes):
        return None
    text = doc.text.lower()
    return _UN if any(phrase in text for phrase in word_set("un_press")) else None


__all__ = ["usual_body"]
