"""The day between a guest's arrival and a change, on which the two sides met."""

from __future__ import annotations

from pipeline.discourse.scene import Scene
from pipeline.iso_lengths import DAY
from pipeline.stages.upgrades.merging.steps import Step

#: How many sentences before a change the day is looked for.
_BACK = 3
#: What those are who meet.
_PEOPLE = frozenset({"person", "office", "group"})


def day_since_arrival(scene: Scene, step: Step, arrival: str | None) -> str | None:
    """Return the Tuesday of "X arrived on Monday. On Tuesday he met Y. They raised their ties".

    None where the sentence of a later day names a third country or nobody who could meet, as "the
    rains stopped on Tuesday", and where that day is yet to come.
    """
    published = scene.article.published
    if arrival is None or published is None or min(len(arrival), len(published)) < DAY:
        return None
    number = scene.sentence_of[step.candidates[0].at]
    for back in range(1, _BACK + 1):
        sentence = scene.beside(number, step=-back)
        if sentence is None:
            return None
        told = scene.dates_in(sentence.start_char, sentence.end_char)
        days = {d.earliest for d in told if d.type == "DATE" and d.earliest == d.latest}
        later = sorted(day for day in days if day and arrival < day <= published)
        if later and _tells_of_both(scene, sentence.start, sentence.end, step):
            return later[-1]
    return None


def _tells_of_both(scene: Scene, start: int, end: int, step: Step) -> bool:
    """Tell a stretch of tokens in which people act, of no country but the parties of a change."""
    told = [r for i in range(start, end) for r in scene.at(i)]
    people = any(r.kind in _PEOPLE for r in told) or any(
        t.tag_ == "PRP" and t.dep_ == "nsubj" and t.lower_ != "it" for t in scene.doc[start:end]
    )
    return people and all(r.country in step.parties for r in told if r.country)


__all__ = ["day_since_arrival"]
