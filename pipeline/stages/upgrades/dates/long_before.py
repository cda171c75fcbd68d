"""Changes long done when another thing is: "opened an embassy months after it cut ties"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import PREP_COMPLEMENTS
from pipeline.stages.upgrades.dates.first_of_all import is_first_of_all
from pipeline.stages.upgrades.tables import words


def is_long_before(token: Token) -> bool:
    """Tell the "cut" of "months after it cut ties", which is not of its sentence's other day.

    Not the "restored" of "months after the coup, it restored ties", of "hours after it restored
    ties", or of "this week after it restored ties".
    """
    if is_first_of_all(token):
        return True
    for node in (token, *token.ancestors):
        marks = [c for c in node.children if c.dep_ == "mark"]
        if node.dep_ in PREP_COMPLEMENTS:
            marks.append(node.head)
        if any(_is_units_after(mark) for mark in marks):
            return True
    return False


def _is_units_after(mark: Token) -> bool:
    if mark.lower_ != "after" or not mark.i:
        return False
    unit = mark.nbor(-1)
    near = {c.lower_ for c in unit.children} | ({unit.nbor(-1).lower_} if unit.i else set())
    return unit.lemma_.lower() in words("long_units") and not near & words("which_unit")


__all__ = ["is_long_before"]
