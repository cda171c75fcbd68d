"""Trips that were off before: "Xi comes on Monday. In 2016 he was due in Nepal, but cancelled"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span

from models.visit import OFF
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.iso_lengths import YEAR
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: The note of a telling of a trip that was off before the one of which the news tells.
OFF_BEFORE = "off before"
#: How far before "due" the "was" of it may stand ("was not originally due"), in tokens.
_REACH = 4


def told_off_before(scene: Scene, told: Sequence[Candidate]) -> list[Candidate]:
    """Make one telling of a trip that had been expected and was off, years before the one to come.

    "Earlier, X had been due in Peru, but the visit was cancelled" fires where another sentence
    before it tells of X's coming to Peru; "X was due in Peru on Monday, but cancelled" does not.
    """
    kept = list(told)
    for off in (c for c in told if c.status in OFF):
        number = scene.sentence_of[off.at]
        sentence = scene.sentences[number]
        plan = next((c for c in kept if _is_plan(scene, c, off)), None)
        at = plan.at if plan is not None else off.at
        news = off.fact.reason == "perfect"  # "has been cancelled"
        if news or not (_was_expected(sentence, at) and _is_of_before(scene, sentence, off.at)):
            continue
        others = [c for c in told if scene.sentence_of[c.at] < number and _is_other(c, plan)]
        if not others or any(c.status in OFF for c in others):
            continue
        kept.remove(off)
        if plan is None:
            trace.dropped("a trip that was off before the one that is told of", off)
            continue
        when = plan.when or off.when
        notes = (*plan.notes, OFF_BEFORE)
        kept[kept.index(plan)] = replace(plan, fact=off.fact, when=when, notes=notes)
    return kept


def _is_plan(scene: Scene, plan: Candidate, off: Candidate) -> bool:
    """Tell what was planned and is said to be off later in the same sentence."""
    beside = scene.sentence_of[plan.at] == scene.sentence_of[off.at] and plan.at < off.at
    same = off.destination in {None, plan.destination}
    return beside and same and plan.status == "planned" and plan.actor is not None


def _is_other(told: Candidate, plan: Candidate | None) -> bool:
    """Tell another telling of a journey of that person to that land."""
    if told.actor is None or told.destination is None:
        return False
    if plan is None:
        return told.status is not None
    return told.is_of(plan.actor) and told.destination == plan.destination


def _was_expected(sentence: Span, at: int) -> bool:
    """Tell "was expected to visit", "had been due in", said before a token of the sentence."""
    words = [t.lower_ for t in sentence if t.i < at]
    due = (i for i, word in enumerate(words) if word in word_set("expected_once"))
    return any(not word_set("was_once").isdisjoint(words[max(0, i - _REACH) : i]) for i in due)


def _is_of_before(scene: Scene, sentence: Span, end: int) -> bool:
    """Tell a sentence that says, before a token, that it tells of an earlier time."""
    published = scene.article.published
    words = [t.lower_ for t in sentence if t.i < end]
    years = [w for w in words if len(w) == YEAR and w.isdigit() and w.startswith(("19", "20"))]
    if any(published is None or year < published[:YEAR] for year in years):
        return True
    told = {*words, *(" ".join(pair) for pair in pairwise(words))}
    return not word_set("time_before").isdisjoint(told)


__all__ = ["OFF_BEFORE", "told_off_before"]
