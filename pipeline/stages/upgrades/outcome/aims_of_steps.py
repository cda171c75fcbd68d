"""What a step that was told before is only meant for: "the decision aims to restore ties"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.echoes.echo_deeds import is_step_told
from pipeline.stages.upgrades.merging.steps import LOWER
from pipeline.stages.upgrades.tables import words

#: So many sentences before its aim a step may be told.
_BACK = 3


def is_aim_of_step(scene: Scene, token: Token, told: Sequence[Candidate]) -> bool:
    """Tell "they raised their ties. The move aims to restore normal relations", which adds nothing.

    What a step for the worse aims at is none of it, nor what one aims at that no change was told
    of before ("The talks aim to restore relations").

    Args:
        told: the changes told so far.
    """
    over = token.head
    if token.dep_ != "xcomp" or over.lemma_.lower() not in words("is_meant_for"):
        return False
    subject = scene.subject(over)
    if subject is None or not is_step_told(subject):
        return False
    number = scene.sentence_of[token.i]
    last = told[-1] if told else None
    if last is None or number - scene.sentence_of[last.at] > _BACK:
        return False
    return last.change not in LOWER and last.status != "proposed"


__all__ = ["is_aim_of_step"]
