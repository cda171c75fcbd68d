"""Those told but as somebody's wife or husband: "Ana Ruiz, the wife of the envoy Luis Rojas"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.neighbours import text_at
from pipeline.stages.entities.person import Person

#: How far behind "wife of" the name may stand of whose she is, in tokens.
_REACH = 10


def give_spouses(doc: Doc, persons: Sequence[Person]) -> None:
    """Give a relative of no told country that of whose wife or husband they are said to be.

    "Ana Ruiz, the wife of the envoy Luis Rojas" fires once his country is known; "Ana Ruiz, wife of
    a fisherman, met Luis Rojas" does not.
    """
    kin = [person for person in persons if person.is_relative and person.country is None]
    if not kin:
        return
    starts = {span.start: person for person in persons for span in person.spans}
    for person in kin:
        for office in person.offices:
            other = _whose(doc, office.head_end, starts)
            if other is not None and other is not person and other.country is not None:
                office.country = other.country
                break


def _whose(doc: Doc, at: int, starts: dict[int, Person]) -> Person | None:
    """Return the Luis Rojas of "of former envoy Luis Rojas" that begins at token `at`."""
    if text_at(doc, at) != "of":
        return None
    for i in range(at + 1, min(at + _REACH, len(doc))):
        if i in starts:
            return starts[i]
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT"} or doc[i].lower_ in {"a", "an"}:
            return None
    return None


__all__ = ["give_spouses"]
