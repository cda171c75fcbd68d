"""The meal of which a passage goes on to tell: "the dinner" that was given sentences before."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.stages.visits.tables import word_set

#: How many sentences back a meal may be told of, at which others were as well.
_REACH = 5


def meal_told(scene: Scene, meal: Token) -> Token | None:
    """Return the dinner of "hosted leaders to a dinner in Lima. … B also attended the dinner".

    "A dinner", "his dinner", which no sentence before tells of, have none.
    """
    name = meal.lemma_.lower()
    known = any(c.lower_ in {"the", "this"} for c in meal.children)
    if not known or name not in word_set("meal_of_visit"):
        return None
    for back, at in scene.backwards(scene.sentence_of[meal.i], _REACH):
        first = next((t for t in scene.sentences[at] if t.lemma_.lower() == name), None)
        if back and first is not None and not _is_known(first):
            return first
    return None


def _is_known(meal: Token) -> bool:
    return any(c.lower_ in {"the", "this"} for c in meal.children)


__all__ = ["meal_told"]
