"""What a speaker tells of himself: "Chad announced on Sunday that it had cut its ties"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import UNDERGONE
from pipeline.stages.upgrades.tables import words


def deed_told(root: Token) -> Token:
    """Return the "cut" of "announced on Sunday that Chad had cut its ties", else the root."""
    told = (c for c in root.children if c.dep_ == "ccomp" and c.i > root.i and c.tag_ == "VBN")
    return next((c for c in told if c.lemma_.lower() in words("cuts")), root)


def says_own_deed(root: Token) -> bool:
    """Tell "said on Monday that it has decided to restore its ties", what it does itself."""
    for clause in (c for c in root.children if c.dep_ == "ccomp" and c.i > root.i):
        doer = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if doer is None or doer.lemma_.lower() not in words("oneself", "state_body"):
            continue
        nouns = (t for t in clause.subtree if t.lemma_.lower() in words("tie"))
        if any(n.dep_ in UNDERGONE and n.head.lemma_.lower() in words("bare_verb") for n in nouns):
            return True
    return False


__all__ = ["deed_told", "says_own_deed"]
