"""Chiefs that are named behind another's office: "the envoy of UN chief X"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.labels import NOMINALS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

#: How far behind a body's name its "chief" may stand, in tokens.
_REACH = 3
#: How far before its end the "a" of "a special envoy" may stand, in tokens.
_LONGEST = 4


def is_chief_named(doc: Doc, i: int) -> bool:
    """Tell the "chief X" of "the envoy of UN chief X", who is not X, behind the body at token `i`.

    "the envoy of UN chiefs of staff" does not fire.
    """
    for at in range(i, min(i + _REACH, len(doc) - 1)):
        if doc[at].lower_ in word_set("chief_title"):
            return doc[at + 1].pos_ == "PROPN" and doc[at + 1].ent_type_ == "PERSON"
        if doc[at].pos_ not in NOMINALS:
            return False
    return False


def land_of_leader_named(doc: Doc, i: int, lands: Mapping[int, PartySpan]) -> PartySpan | None:
    """Return the Chile of "an envoy of the President of Chile X", behind the envoy at token `i`.

    So of "the wife of the President of Chile X". "The envoy of the President of Chile X" is X as a
    rule, and so is "Aide to the President of Chile X".

    Args:
        lands: the parties that the text names, by their first tokens.
    """
    if text_at(doc, i) not in {"of", "to", "for"} or text_at(doc, i + 1) != "the":
        return None
    if word_at(doc, i + 2) not in word_set("leading_title") or not _is_one_of(doc, i):
        return None
    at = i + 3 + (text_at(doc, i + 3) == "Minister")
    if text_at(doc, at) != "of":
        return None
    land = lands.get(at + 1 + (text_at(doc, at + 1) == "the"))
    if land is None or not land.is_country:
        return None
    named = doc[land.end : land.end + 2]
    if len(named) < 2:
        return None
    apart = named[0].text == ","
    told = named[1].ent_type_ == "PERSON" if apart else named[0].pos_ == named[1].pos_ == "PROPN"
    return land if told else None


def _is_one_of(doc: Doc, end: int) -> bool:
    """Tell "an envoy", "one aide", "the wife", who are not those named behind."""
    if word_at(doc, end - 1) in word_set("beside_leader"):
        return True
    before = doc[max(0, end - _LONGEST) : end - 1]
    return any(t.lower_ in {"a", "an", "another", "one"} for t in before)


__all__ = ["is_chief_named", "land_of_leader_named"]
