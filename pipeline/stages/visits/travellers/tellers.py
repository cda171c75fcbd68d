"""Who tells of another's trip: "A will visit Peru, his spokesman B said. He will fly on"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the trip may be told of which somebody speaks, and he who speaks of it.
_REACH = 3


def chief_of(scene: Scene, verb: Token, teller: Actor, told: Sequence[Candidate]) -> Actor | None:
    """Return A for "he" of "A will visit Peru. B, his spokesman, said so. He will fly to Quito".

    None where "he" means no such teller, or where a trip of the teller himself has been told.

    Args:
        verb: what is told of "him".
        teller: whom "he" would mean.
        told: the trips told so far.
    """
    reference = teller.reference
    if reference.form != "pronoun" or reference.plural:
        return None
    if reference.role_kind not in word_set("tells_for_chief") or not _spoke(scene, verb, teller):
        return None
    number = scene.sentence_of
    near = [c for c in told if 0 <= number[verb.i] - number[c.at] <= _REACH]
    made = [c for c in near if c.actor is not None and c.status and c.destination]
    actors = [c.actor for c in made if c.actor is not None]
    if not actors or any(actor.key == teller.key for actor in actors):
        return None
    chief = actors[-1]
    fits = chief.country == teller.country and not chief.reference.plural
    return chief if fits else None


def _spoke(scene: Scene, verb: Token, teller: Actor) -> bool:
    """Tell whether nothing but words of his was told of somebody, last by name, before "he"."""
    number = scene.sentence_of[verb.i]
    acts = words("speech") | word_set("onlooker")
    for back in range(1, _REACH + 1):
        sentence = scene.sentences[max(0, number - back)]
        named = [
            token
            for token in sentence
            if token.dep_ in SUBJECTS
            and any(
                r.actor == teller.reference.actor and r.form != "pronoun" for r in scene.at(token.i)
            )
        ]
        if named:
            return all(token.head.lemma_ in acts for token in named)
    return False


__all__ = ["chief_of"]
