"""Changes long done when another thing is: "opened an embassy months after it cut ties"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.upgrades.tables import words


def is_long_before(token: Token) -> bool:
    """Tell the "cut" of "months after it cut ties", which is not of its sentence's other day.

    Not the "restored" of "months after the coup, it restored ties", nor that of "hours after".
    """
    for node in (token, *token.ancestors):
        marks = [c for c in node.children if c.dep_ == "mark"]
        if node.dep_ in {"pcomp", "pobj"}:
            marks.append(node.head)
        if any(_is_units_after(mark) for mark in marks):
            return True
    return False


def _is_units_after(mark: Token) -> bool:
    if mark.lower_ != "after" or not mark.i:
        return False
    return mark.nbor(-1).lemma_.lower() in words("long_units")


__all__ = ["is_long_before"]
