"""Holders of a plural office described behind it: "envoys, ex-premier A and general B"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import word_set

#: How many words the matter of "envoys in the dispute over water, A and B" has at most.
_MATTER = 6
#: How many words describe each at most ("deputy assistant secretary of state for Gulf affairs").
_DESCRIBED = 12
_DESCRIBES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT"})
_OF = frozenset({"of", "for"})
_JOINTS = frozenset({"and", "&"})


def apposed_holders(doc: Doc, names: Mapping[int, NameSpan], end: int) -> list[NameSpan]:
    """Return A and B of "Canada's envoys in the dispute, retired general A and minister B, left".

    Nobody of "the envoys, A and B said", "the envoys met A and B", "envoys in Lima, home of A".

    Args:
        names: the article's names by where they start.
        end: the token behind the plural office.
    """
    comma = next((t.i for t in doc[end : end + _MATTER] if t.text == ","), None)
    matter = doc[end : comma if comma is not None else end]
    if any(t.pos_ in {"VERB", "AUX", "PRON"} or t.i in names for t in matter):
        return []
    at, found, joined = end if comma is None else comma + 1, list[NameSpan](), False
    while (name := _described(doc, names, at)) is not None:
        found.append(name)
        at = name.end
        if joined:
            spoken = word_at(doc, at) in word_set("speech_tag")
            return [] if spoken else found
        at += text_at(doc, at) == ","
        joined = word_at(doc, at) in _JOINTS
        at += joined
    return []


def _described(doc: Doc, names: Mapping[int, NameSpan], at: int) -> NameSpan | None:
    """Return X of "the retired general X" at token `at`."""
    for i in range(at, min(at + _DESCRIBED, len(doc))):
        if i in names:
            return names[i]
        if doc[i].text in {",", ".", ";", ":", "("}:
            return None
        describes = doc[i].pos_ in _DESCRIBES or (doc[i].tag_ == "VBN" and i == at)  # "retired"
        if not describes and (doc[i].lower_ not in _OF or i == at):
            return None
    return None


__all__ = ["apposed_holders"]
