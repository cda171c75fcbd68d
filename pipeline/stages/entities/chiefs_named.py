"""Chiefs that are named behind another's office: "the envoy of UN chief X"."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.stages.entities.tables import word_set

#: How far behind a body's name its "chief" may stand, in tokens.
_REACH = 3


def is_chief_named(doc: Doc, i: int) -> bool:
    """Tell the "chief X" of "the envoy of UN chief X", who is not X, behind the body at token `i`.

    "the envoy of UN chiefs of staff" does not fire.
    """
    for at in range(i, min(i + _REACH, len(doc) - 1)):
        if doc[at].lower_ in word_set("chief_title"):
            return doc[at + 1].pos_ == "PROPN" and doc[at + 1].ent_type_ == "PERSON"
        if doc[at].pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return False
    return False


__all__ = ["is_chief_named"]
