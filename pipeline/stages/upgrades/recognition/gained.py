"""What is gained by a change for the worse: ties cut with one for those with another."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import OBJECTS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words

_AIMS = frozenset({"advcl", "xcomp", "acl"})


def cut_for(verb: Token) -> Token | None:
    """Return the "cut" of "cut ties with Peru to open relations with Chad", which did both.

    Not that of "was told to cut ties to keep those with Chad".
    """
    if tense_of(verb) != "infinitive":
        return None
    over = verb.head
    if over.pos_ in {"NOUN", "PROPN", "ADP"}:
        over = next((t for t in over.ancestors if t.pos_ in VERBS), over)
    lemma = over.lemma_.lower()
    if verb.dep_ not in _AIMS or over.i > verb.i or lemma not in words("cuts", "forsakes"):
        return None
    objects = [c for c in over.children if c.dep_ in OBJECTS and c.i < verb.i]
    objects += prep_objects(over, "with")
    if not any(o.pos_ == "PROPN" or o.lemma_.lower() in words("relation") for o in objects):
        return None
    return over if tense_of(over) not in {"infinitive", "none"} and not is_negated(over) else None


__all__ = ["cut_for"]
