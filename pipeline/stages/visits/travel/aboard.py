"""Who travels by a vehicle: "his plane landed in Lima", "the aircraft carrying X"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.labels import PREMODIFIERS
from pipeline.stages.visits.tables import word_set

#: How many sentences before "the plane" it may be introduced.
_BACK = 5
#: How many tokens before "aboard", "was on board", "boarded" a name ends at most.
_NAME_REACH = 3


def aboard(scene: Scene, vehicle: Token, verb: Token) -> list[Actor]:
    """Return who travels by "his plane", "the aircraft carrying X", "the mission".

    "The jet flying from Oslo to Lima crashed", "the Kenya Airways plane" are nobody's of whom the
    text tells.
    """
    for child in vehicle.children:
        for inner in [child, *(c for c in child.children if c.dep_ in {"dobj", "pobj"})]:
            actors = [a for a in scene.actors(inner) if not a.is_party]
            if actors and child.dep_ in {"poss", "acl", "relcl"}:
                return actors
    if carried := _carried(scene, vehicle, verb):
        return carried
    owned = any(c.lower_ in {"his", "her"} for c in vehicle.children)
    definite = vehicle.tag_ != "NNS" and any(c.lower_ == "the" for c in vehicle.children)
    if not owned and (not definite or _is_anybodys(vehicle, verb)):
        return []
    if not owned and _is_strangers(scene, vehicle):
        return []
    focus = scene.focus(vehicle.i)
    return [focus] if focus is not None else []


def _carried(scene: Scene, vehicle: Token, verb: Token) -> list[Actor]:
    """Return X of "a flight of Kenya Airways carrying X", "a jet left Nairobi on Monday with X"."""
    inside = (t for t in scene.doc[vehicle.i + 1 : verb.i] if t.lower_ == "carrying")
    beside = (c for c in verb.children if c.lower_ == "with" and c.i > verb.i)
    if vehicle.lemma_.lower() not in word_set("craft"):
        return []
    for carries in (*inside, *beside):
        for one in carries.children:
            actors = [a for a in scene.actors(one) if not a.is_party]
            if actors and one.dep_ in {"dobj", "obj", "pobj"}:
                return actors
    return []


def _is_anybodys(vehicle: Token, verb: Token) -> bool:
    """Tell a plane of which it is told which one it is, whose it is or how it was lost."""
    if verb.head == vehicle or vehicle.head.lemma_ in word_set("is_lost"):
        return True
    kinds = [c for c in vehicle.children if c.dep_ in PREMODIFIERS]
    return any(c.ent_type_ == "ORG" or c.lower_ in word_set("for_passengers") for c in kinds)


def _is_strangers(scene: Scene, vehicle: Token) -> bool:
    """Tell the plane of "A jet made an emergency landing. The plane had left Oslo".

    Of "A jet carrying X landed", "took off with X aboard", "X boarded a jet" the text tells who is
    aboard.
    """
    if vehicle.lemma_.lower() not in word_set("craft"):
        return False
    number = scene.sentence_of[vehicle.i]
    for sentence in scene.sentences[max(0, number - _BACK) : number + 1]:
        for token in sentence:
            first = token.i < vehicle.i and any(c.lower_ in {"a", "an"} for c in token.children)
            if first and token.dep_ == "nsubj" and token.lemma_.lower() in word_set("craft"):
                carried = [*token.subtree, *(c for c in token.head.children if c.dep_ == "dobj")]
                told = any(scene.actors(t) for t in carried)
                return not told and not _is_one_aboard(scene, sentence.start, vehicle.i)
    return False


def _is_one_aboard(scene: Scene, start: int, end: int) -> bool:
    """Tell "with X aboard", "X was on board", "X boarded it" among tokens from `start` to `end`."""
    for token in scene.doc[start:end]:
        if token.lower_ not in word_set("told_aboard"):
            continue
        near = range(max(start, token.i - _NAME_REACH), token.i)
        if any(r.kind == "person" for i in near for r in scene.at(i)):
            return True
    return False


__all__ = ["aboard"]
