"""Who was the first to change his relations, which is of no day of the report's."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL
from pipeline.stages.upgrades.tables import words

#: How far over what was first done "was the first" stands, in words of the parse.
_CLAUSE_REACH = 4


def is_first_of_all(token: Token) -> bool:
    """Tell "Peru, the first in the region to have opened ties with it, sent an envoy"."""
    noun = token.head
    while noun.dep_ == "pobj" and noun.head.lower_ in {"in", "of"}:
        noun = noun.head.head
    around = {noun.lower_, *(child.lower_ for child in noun.children)}
    near = {c.lower_ for c in token.children if c.dep_ == "aux"}
    has = "have" in near
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if subject is not None and has and "to" in near:  # as the parse may have it
        return any(c.lower_ == "first" for c in subject.children)
    if noun.dep_ == "attr" and noun.head.lemma_ == "become":
        return False  # "on Monday became the first to have recognised it"
    told = token.dep_ in ADNOMINAL and "first" in around
    return told and (has or noun.dep_ == "appos")


def was_first(token: Token) -> bool:
    """Tell "Peru was the first to open ties with it", "was one of the first states to"."""
    if not any(c.lower_ == "to" for c in token.children if c.dep_ == "aux"):
        return False
    for over in islice(token.ancestors, _CLAUSE_REACH):
        if over.lower_ in words("did"):
            return any(t.lower_ == "first" for t in token.doc[over.i + 1 : token.i])
        if over.pos_ == "VERB":
            break
    return False


__all__ = ["is_first_of_all", "was_first"]
