"""The visit at which a change was made, and the day of it on which the two sides met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import Visit
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as common_words
from pipeline.iso_lengths import DAY
from pipeline.stages.upgrades.merging.steps import Step

#: How many sentences before a change the day is looked for.
_BACK = 3
#: What those are who meet.
_PEOPLE = frozenset({"person", "office", "group"})


def visits_named(scene: Scene, step: Step, visits: Sequence[Visit]) -> Sequence[Visit]:
    """Return the visits whose traveller a change's "during …'s visit" names; all where it does not.

    "The first caller since the establishment of a partnership during Badu's visit" tells of the
    caller's visit too, at which nothing was established.
    """
    told = " ".join(_during(scene, step))
    named = [v for v in visits if v.visitor.name and v.visitor.name.split()[-1] in told.split()]
    return named or visits


def _during(scene: Scene, step: Step) -> Iterator[str]:
    """Yield the words of each "during …'s visit" that hangs on a trigger of a change."""
    for candidate in step.candidates:
        for prep in scene.doc[candidate.at].subtree:
            trips = (c for c in prep.children if c.lemma_.lower() in common_words("trip_noun"))
            if prep.lower_ == "during":
                yield from (token.text for trip in trips for token in trip.subtree)


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


__all__ = ["day_since_arrival", "visits_named"]
