"""The headline of a report, whose present tells of a change of any day: "Peru Raises Ties"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.merging.steps import Step
from pipeline.stages.upgrades.tables import words


def by_the_body(scene: Scene, step: Step) -> Step:
    """Have a headline's present tell what is to come where the report below puts it later.

    "Peru Raises Ties With Chad <new paragraph> Peru will raise its ties with Chad next week" is
    planned. "<new paragraph> Peru will raise its ties, the ministry announced" is not, nor where
    the report has it done as well, nor "Peru Has Raised Ties <new paragraph> Peru will …".
    """
    below = [told for told in step.candidates if told.at >= scene.headline_end]
    if not below or not _is_put_later(scene, below[0]):
        return step
    if any(told.status == "completed" for told in below):
        return step
    return Step(step.parties, [_as_planned(scene, told) for told in step.candidates])


def _is_put_later(scene: Scene, told: Candidate) -> bool:
    """Tell "will raise ties next week", "plans to raise ties" from "will raise ties, he said"."""
    if told.status != "planned":
        return False
    now = scene.article.published
    if told.date is not None:
        return now is None or told.date >= now[: len(told.date)]
    return scene.doc[told.at].head.lemma_.lower() in words("planned")


def _as_planned(scene: Scene, told: Candidate) -> Candidate:
    above = told.at < scene.headline_end and told.status == "completed" and told.date is None
    if not above or tense_of(scene.doc[told.at]) != "present":
        return told
    return replace(told, status="planned", report=None)


def is_shortened(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell a headline's change whose level the report below gives in full.

    "Peru, Chad to Lift Ties to Strategic Partnership <new paragraph> Peru and Chad raised their
    relations to a comprehensive strategic partnership" is one change; of Peru and Mali below it is
    another, and so is a lower level that the report tells, too.
    """
    if step.level is None or any(told.at >= scene.headline_end for told in step.candidates):
        return False
    return any(
        other.parties == step.parties
        and other.level != step.level
        and (other.level or "").endswith(f"_{step.level}")
        and all(told.at >= scene.headline_end for told in other.candidates)
        and {told.change for told in other.candidates} & {told.change for told in step.candidates}
        for other in steps
    )


__all__ = ["by_the_body", "is_shortened"]
