"""Who has just set out, whose "the trip" is: "X sets off on Monday. The trip will include Lima"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def sets_out_alone(verb: Token) -> bool:
    """Tell "departs", "sets off", "flies out"."""
    return verb.lemma_ in word_set("departs") or (
        verb.lemma_ in word_set("departs_off")
        and any(c.lower_ in word_set("off_or_out") for c in verb.children if c.i > verb.i)
    )


def set_out_before(reader: ArgumentReader, token: Token) -> Actor | None:
    """Return X of the sentence before, where nobody is told since to travel.

    "X sets off on Monday. The trip will include Lima" is X's, whoever travelled in the text above;
    "X sets off fireworks", "X and Y set off on Monday" do not fire.
    """
    before = reader.scene.beside(reader.scene.sentence_of[token.i], step=-1)
    verb = before.root if before is not None else None
    if verb is None or not sets_out_alone(verb) or is_negated(verb):
        return None
    if any(c.dep_ in OBJECTS for c in verb.children):
        return None
    if any(c.at >= verb.sent.start and c.actor is not None for c in reader.told):
        return None
    told = [actor for actor in reader.travellers(verb) if not actor.is_party]
    return told[0] if len(told) == 1 and not told[0].reference.plural else None


__all__ = ["set_out_before", "sets_out_alone"]
