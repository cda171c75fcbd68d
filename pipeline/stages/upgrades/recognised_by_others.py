"""Recognition of which the subject of the sentence only speaks."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.stages.upgrades.passing import is_judged
from pipeline.stages.upgrades.tables import words


def is_by_others(noun: Token) -> bool:
    """Tell "Serbia fights the recognition of Kosovo", "lobbied against it": it recognises nobody.

    Neither does "In recognition of Kenya's independence, Britain gave a mace". "Announced the
    recognition of Kosovo" is one's own; "the decision to recognise it was hailed by Peru" none of
    Peru's.
    """
    if noun.pos_ != "NOUN":
        decision = noun.head
        owned = any(c.dep_ == "poss" or c.lower_ in {"of", "by"} for c in decision.children)
        return noun.dep_ == "acl" and not owned and is_judged(decision.head)
    if noun.i and noun.nbor(-1).lower_ == "in" and noun.dep_ == "pobj":
        return noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "of"
    if any(c.dep_ == "poss" for c in noun.children):
        return False
    verb = governing_verb(noun)
    subject = noun.dep_ in {"nsubj", "nsubjpass"} and verb is noun.head
    speaks = words("against_recognition") | words("judges")
    return verb is not None and not subject and verb.lemma_ in speaks


__all__ = ["is_by_others"]
