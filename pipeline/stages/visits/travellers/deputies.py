"""Deputies who stay at home: "B will act for the president while he is away"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import OPENERS, VERBS
from pipeline.stages.visits.tables import word_set


def acts_at_home(scene: Scene, verb: Token) -> bool:
    """Tell "will act in his stead", "will stand in for him while he is abroad": nobody travels.

    "Will stand in for him at the summit, in his absence" tells of one who goes.
    """
    if verb.lemma_ in word_set("acts_for_chief"):
        return True
    for token in scene.sentence(verb.i):
        if token.lower_ not in word_set("chief_is_out"):
            continue
        clause = token if token.pos_ in VERBS else token.head
        marks = {c.lower_ for c in clause.children if c.dep_ in OPENERS}
        if marks & word_set("while_out") and clause != verb:
            return True
    return False


__all__ = ["acts_at_home"]
