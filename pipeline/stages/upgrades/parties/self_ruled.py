"""Taiwan by another name: "the self-ruled island", and "the island" right after it was named."""

from __future__ import annotations

from pipeline.discourse.scene import Scene
from pipeline.neighbours import text_at
from pipeline.stages.upgrades.tables import words

#: How many tokens before "island" what it is called may take.
_CALLED = 3
#: How many sentences back Taiwan may be named that "the island" takes up.
_LOOK_BACK = 3


def is_self_ruled(scene: Scene, i: int) -> bool:
    """Tell "the self-ruled island", as Taiwan is called, from other islands."""
    doc = scene.doc
    before = doc[max(0, i - _CALLED) : i].text.lower()
    of = any(t.lower_ == "of" for t in doc[i + 1 : i + 2])
    if of and any(t.pos_ == "PROPN" for t in doc[i + 2 : i + 3]):
        return False  # "island of Bougainville"
    return any(before.endswith(called) for called in words("self_ruled")) or _is_told(scene, i)


def _is_told(scene: Scene, i: int) -> bool:
    """Tell "the island's ministry" where Taiwan, and no other island, is named a little before."""
    if not i or scene.doc[i].lower_ != "island" or scene.doc[i - 1].lower_ != "the":
        return False
    if text_at(scene.doc, i + 1) not in words("island_behind"):
        return False
    number = scene.sentence_of[i]
    first = scene.sentences[max(0, number - _LOOK_BACK)].start
    named = {r.country for at in range(first, i) for r in scene.at(at)}
    return "TWN" in named and named.isdisjoint(words("island_states"))


__all__ = ["is_self_ruled"]
