"""Titles of rulers that are given names as well: "Amir Peretz", "Bosnia's Emir Hodzic"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.reference.fold import fold
from pipeline.reference.leaders import leaders_by_name
from pipeline.reference.offices import OfficeForm
from pipeline.signs import GENITIVES
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import name_words, word_set

#: How many words of a name are held against those of rulers.
_NAME = 4


def is_given(doc: Doc, hit: Hit[OfficeForm], by_end: Mapping[int, PartySpan]) -> bool:
    """Tell the "Amir" of "the minister, Amir Peretz" from a ruler's, "Qatar's Amir Tamim".

    A ruler is "the Amir", some land's, or is called by more titles ("Amir Sheikh Tamim"). "Emir
    Hodzic" is a name where the land before it, or any land of the text, is no emirate.
    """
    first = doc[hit.start]
    if hit.payload.form not in word_set("title_or_given") or not first.text.istitle():
        return False
    before = doc[hit.start - 1] if hit.start else None
    ruled = before is not None and (
        before.lower_ in word_set("before_ruler") or before.ent_type_ in {"GPE", "NORP"}
    )
    behind = doc[hit.end : hit.end + _NAME]
    called = len(behind) > 0 and (behind[0].text.istitle() or behind[0].text in {"al", "el"})
    styled = called and behind[0].lower_ in name_words()["honorific"] | word_set("sheikh_word")
    names = [behind[:n].text for n in range(1, len(behind) + 1)]
    names += [f"{first.text} {name}" for name in names]
    known = any(
        row.office == "head_of_state"
        for name in names
        for row in leaders_by_name().get(fold(name), ())
    )
    if not called or styled or known:
        return False
    if hit.payload.form not in word_set("emir_word"):
        return not ruled
    owner = by_end.get(hit.start - (before is not None and before.text in GENITIVES))
    if owner is not None and owner.is_country:
        return owner.code not in word_set("emirate")
    if ruled:
        return False
    apart = hit.payload.form == "emir" and any(
        party.code in word_set("emirate") for party in by_end.values()
    )
    return not apart


__all__ = ["is_given"]
