"""How far a date stands from a trigger, in tokens and in the parse."""

from __future__ import annotations

from spacy.tokens import Doc, Token


def cost(doc: Doc, start: int, end: int, anchor: Token) -> float:
    """Return how far a date stands from an anchor, in tokens, verbs between weighing more."""
    if start <= anchor.i < end:
        return 0
    low, high = (end, anchor.i) if end <= anchor.i else (anchor.i + 1, start)
    between = doc[low:high]
    distance = float(len(between))
    if _is_joined(doc, start, end, anchor):
        return min(distance, 30) * 0.4
    distance += sum(
        6
        for token in between
        if token.pos_ == "VERB" and (token.tag_ != "VBG" or token.dep_ in {"pcomp", "advcl"})
    )
    distance += sum(2 for token in between if token.text in {",", ";", "—"})
    return distance


def _is_joined(doc: Doc, start: int, end: int, anchor: Token) -> bool:
    """Tell whether a date hangs on the anchor, or both on one verb."""
    for token in doc[start:end]:
        node = token
        for _ in range(5):
            node = node.head
            if node == anchor:
                return True
            if node.pos_ in {"VERB", "AUX"} or node.head == node:
                break
    return False


__all__ = ["cost"]
