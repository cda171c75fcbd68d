"""Steps that another step of the same article tells already."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.labels import PRESENT
from pipeline.stages.upgrades.dates.long_before import is_long_before
from pipeline.stages.upgrades.merging.coarser import is_break_by_another_word, is_summed_up
from pipeline.stages.upgrades.merging.days_of_folds import (
    is_about_then,
    is_apart,
    is_day_of,
    is_news,
    is_one_year,
    months_between,
)
from pipeline.stages.upgrades.merging.misread_steps import is_ruled_out
from pipeline.stages.upgrades.merging.normalised import is_normalised
from pipeline.stages.upgrades.merging.returns import (
    is_bid_taken,
    is_of_associate,
    is_of_partner,
    is_of_return,
)
from pipeline.stages.upgrades.merging.steps import LOWER, Step, is_one_time
from pipeline.stages.upgrades.tables import words

#: Changes by which relations are opened.
_OPENS = frozenset({"establishment", "restoration"})
#: How the value of a weekday begins in a text whose day is not known.
_SOME_WEEKDAY = "XXXX-WXX"
#: Levels by which relations themselves are told, not an embassy.
_TIES = frozenset({None, "diplomatic_relations"})


def is_told_already(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell a step that is but a part of another, or another telling of it."""
    return (
        _is_part(scene, step, steps)
        or _is_opened_again(step, steps)
        or _is_switched_back(scene, step, steps)
        or _is_told_of_ties(scene, step, steps)
        or is_normalised(step, steps)
        or _is_set_for(scene, step, steps)
        or _is_reopened(step, steps)
        or _is_fulfilled(scene, step, steps)
        or _was_intended(scene, step, steps)
        or _is_of_full_relations(scene, step, steps)
        or _is_the_broken(scene, step, steps)
        or _is_restored_of_late(scene, step, steps)
        or is_break_by_another_word(step, steps)
        or is_summed_up(scene, step, steps)
        or _is_named_shorter(step, steps)
        or is_ruled_out(scene, step, steps)
        or is_of_return(step, steps)
        or is_of_partner(step, steps)
        or is_of_associate(scene, step, steps)
        or is_bid_taken(step, steps)
    )


def _is_restored_of_late(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "steps towards restoring ties", and another day of it, where they were restored of late.

    The embassies, too, for a mere wish. Not where they were cut between the one and the other.
    """
    wished = step.status == "proposed" and step.date is None
    if step.kind != "restoration" or step.level not in _TIES or not (wished or step.date):
        return False
    levels = {*_TIES, "ambassador_level"} if wished else _TIES
    day = step.date or scene.article.published
    cut = max(
        (o.date or "" for o in steps if o.parties == step.parties and o.kind in LOWER), default=""
    )
    return any(
        (other.parties, other.kind) == (step.parties, step.kind)
        and (other.status == "completed" or (wished and other.status == "planned"))
        and other.level in levels
        and is_one_year(other.date, day)
        and (wished or "" < (other.date or "") < (step.date or ""))
        and (not cut or (other.date or day or "") > cut)
        for other in steps
    )


def _is_named_shorter(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "the partnership agreement signed today" beside the "strategic partnership" of that day.

    Two make no two partnerships in one day.
    """
    day = _day_told(step)
    if step.kind != "upgrade" or step.status != "completed" or day is None or len(day) != DAY:
        return False
    own = set((step.level or "").split("_"))
    for other in steps:
        same = (other.parties, other.kind, other.status) == (step.parties, step.kind, step.status)
        longer = "partnership" in own and own < set((other.level or "").split("_"))
        raised = any(c.previous == step.level for c in other.candidates)
        if same and longer and not raised and _day_told(other) == day:
            return True
    return False


def _day_told(step: Step) -> str | None:
    first = step.candidates[0]
    return step.date or first.report or first.spoken


def _is_the_broken(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "restored ties after they broke them off. Ties were cut in 2019", which is one break.

    Not "restored ties in 2010 after they broke them off. They cut ties on Monday", nor "Peru cuts
    ties with Chad. They had been cut in 2009 and were restored in 2010", nor "Peru has cut ties
    with Chad over the war. It had already cut them in 2009".
    """
    if step.kind not in LOWER or step.status != "completed" or step.date is not None:
        return False
    if any(scene.doc[c.at].tag_ in PRESENT for c in step.candidates):
        return False
    own = [o for o in steps if o.parties == step.parties and o.status == "completed" and o.date]
    healed = max((o.date or "" for o in own if o.kind == "restoration"), default="")
    breaks = [o for o in own if o.kind == step.kind and o.level == step.level]
    if len(breaks) != 1 or _is_before_news(scene, breaks[0], step):
        return False
    return (breaks[0].date or "") < healed


def _is_before_news(scene: Scene, old: Step, step: Step) -> bool:
    """Tell "it had already cut them in 2009" behind the sentence that opens with a break."""
    first = scene.doc[step.candidates[0].at]
    told_first = first.dep_ == "ROOT" and all(c.at > first.i for c in old.candidates)
    opens = scene.sentence_of[first.i] <= 1
    return told_first and opens and any(_is_of_before(scene.doc[c.at]) for c in old.candidates)


def _is_of_before(verb: Token) -> bool:
    """Tell "had already cut", "previously cut"."""
    near = {c.lower_ for c in verb.children}
    return verb.pos_ == "VERB" and bool(near & words("done_sooner"))


def give_day_of_folded(step: Step, folded: Sequence[Step]) -> None:
    """Give relations that were opened on no day told that of their other telling.

    "In May they agreed to normalise ties. … Chad followed them in opening relations": in May.
    """
    own = [o for o in folded if o.parties == step.parties and o.status == step.status]
    days = {o.date for o in own if o.kind in _OPENS and o.level in _TIES and o.date}
    if step.date is None and step.kind in _OPENS and step.level in _TIES and len(days) == 1:
        step.give_day(days.pop())


def _is_part(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell an embassy opened as part of relations that were opened or restored themselves."""
    raised = any(candidate.rule == "raise_mission" for candidate in step.candidates)
    return (
        step.level == "ambassador_level"
        and not raised
        and any(
            other.parties == step.parties
            and other.level in {"diplomatic_relations", None}
            and other.candidates[0].change in {"restoration", "establishment"}
            and other.status != "proposed"
            and is_one_year(step.date or scene.article.published, other.date)
            and not _has_own_day(scene, step, other)
            and not _opens_news(scene, step, other)
            and (
                not _is_of_long_before(scene, other, step)
                or all(is_long_before(scene.doc[c.at]) for c in step.candidates)
            )
            for other in steps
        )
    )


def _opens_news(scene: Scene, step: Step, other: Step) -> bool:
    """Tell "Peru reopened its embassy in Chad", behind which is told that ties were restored.

    With that the news opens, and what "comes a week after they restored ties" is another step.
    """
    done = step.kind == "restoration" and step.status == "completed"
    verbs = (scene.doc[c.at] for c in step.candidates if scene.sentence_of[c.at] <= 1)
    roots = (verb for verb in verbs if verb.dep_ == "ROOT" and verb.tag_ in {"VBD", "VBZ"})
    return done and any(all(c.at > v.sent.end for c in other.candidates) for v in roots)


def _is_of_long_before(scene: Scene, ties: Step, step: Step) -> bool:
    """Tell "opened an embassy, months after it opened relations", however often these are told."""
    before = [c for c in ties.candidates if is_long_before(scene.doc[c.at])]
    beside = {scene.sentence_of[c.at] for c in step.candidates}
    said = any(scene.sentence_of[c.at] in beside for c in before)
    return said or len(before) == len(ties.candidates)


def _is_told_of_ties(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell recognition lost or switched where the relations themselves are told to be."""
    first = step.candidates[0]
    if step.level != "recognition":
        return False
    if first.change == "establishment" and _is_of_restored(step, steps):
        return True
    lost = first.change in LOWER
    alone = lost or first.rule == "switch"
    return any(
        other.parties == step.parties
        and other.level == "diplomatic_relations"
        and (alone or _is_switch(other) or _is_one_opening(scene, step, other))
        and other.status != "proposed"
        and (other.candidates[0].change in LOWER) == lost
        and is_one_year(step.date, other.date)
        for other in steps
    )


def _is_one_opening(scene: Scene, step: Step, other: Step) -> bool:
    """Tell "recognised it and opened relations with it in 1970", which is one establishment.

    Not "recognised it in 1970 and opened relations in 1975", nor "was one of the first to
    recognise it, and relations were opened in 1970".
    """
    first, second, now = step.date, other.date, scene.article.published
    if step.status != other.status or (first and second and first != second):
        return False
    told = {scene.doc[c.at] for c in step.candidates}
    if (second or not first) and any(scene.doc[c.at].head in told for c in other.candidates):
        return True
    if step.status != "completed":
        return False
    if first is not None:
        return len(first) == DAY if second else is_one_year(first, now)
    return (second is None or is_news(second, now)) and not _names_some_time(scene, step)


def _names_some_time(scene: Scene, step: Step) -> bool:
    """Tell "recognised it in June", in a text of no year, from "said on Monday to recognise it"."""
    sentences = [scene.sentence(c.at) for c in step.candidates]
    told = [d for s in sentences for d in scene.dates_in(s.start_char, s.end_char)]
    told = [d for d in told if not d.value.startswith(_SOME_WEEKDAY)]
    return any(not is_news(d.earliest, scene.article.published) for d in told)


def _is_of_restored(step: Step, steps: Sequence[Step]) -> bool:
    """Tell "it recognised the government in Beijing" beside ties restored, which it did so."""
    return any(
        other.parties == step.parties
        and other.kind == "restoration"
        and other.status == "completed"
        and (not (step.date and other.date) or is_about_then(step.date, other.date))
        for other in steps
    )


def _has_own_day(scene: Scene, step: Step, other: Step) -> bool:
    """Tell an embassy whose opening has a day of its own, apart from that of the relations."""
    if step.date is None or other.date is None:
        aside = step.kind == "upgrade" and any(
            scene.doc[c.at].dep_ == "relcl" for c in step.candidates
        )  # "restored ties with Chad, which opened its embassy in 1995"
        return step.date is not None and (aside or _is_of_old(scene, step, other))
    apart = months_between(step.date, other.date) > 1
    if apart and (step.kind == "restoration" or step.date > other.date):
        return True
    if other.candidates[0].change != "restoration":
        done = step.status == "completed"
        if done and step.date[:YEAR] > other.date[:YEAR]:
            return True  # "opened an embassy in 2021, after last year's accord to open relations"
        if done and min(len(step.date), len(other.date)) < MONTH:
            return _is_told_apart(scene, step, other)
        return (done or len(step.date) == DAY) and not is_one_time(step.date, other.date)
    if len(step.date) != DAY:
        return False
    # What is restored is restored by the embassies, unless weeks lie between.
    told = any(scene.doc[c.at].pos_ == "VERB" for c in step.candidates)
    return told and step.candidates[0].change == "restoration" and is_apart(step.date, other.date)


def _is_told_apart(scene: Scene, step: Step, other: Step) -> bool:
    """Tell two steps of which no sentence tells both."""
    numbers = {scene.sentence_of[c.at] for c in other.candidates}
    return numbers.isdisjoint(scene.sentence_of[c.at] for c in step.candidates)


def _is_of_old(scene: Scene, step: Step, other: Step) -> bool:
    """Tell "opened its embassy in May" from the relations that another sentence only recalls."""
    return (
        step.status == "completed" == other.status
        and other.kind == "establishment"
        and all(c.report is None for c in other.candidates)
        and _is_told_apart(scene, step, other)
    )


def _is_opened_again(step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "established" that another telling restores that day, or some weeks later."""
    first = step.candidates[0]
    day = step.date or first.report
    return first.change == "establishment" and any(
        other.parties == step.parties
        and other.candidates[0].change == "restoration"
        and other.level is not None
        and day is not None
        and is_day_of(day, other.date or other.candidates[0].report)
        for other in steps
    )


def _is_switched_back(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "switched its ties to Peru" where these are told to be restored soon after.

    Not where their restoration is only sought, which the switch is.
    """
    first = step.candidates[0]
    if first.change != "establishment" or not _is_switch(step):
        return False
    return any(
        other.parties == step.parties
        and other.candidates[0].change == "restoration"
        and other.level in {"diplomatic_relations", None}
        and not (step.status == "completed" and other.status == "proposed")
        and not _is_fulfilled(scene, other, steps)
        and is_one_year(step.date, other.date)
        and (not (step.date and other.date) or months_between(step.date, other.date) <= 1)
        and not is_normalised(other, steps)
        for other in steps
    )


def _is_fulfilled(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "their desire to resume relations" in the report by which they are opened."""
    if step.status == "completed" or step.kind not in _OPENS:
        return False
    if step.level not in {None, "diplomatic_relations"}:
        return False
    now = scene.article.published
    if step.date is not None and (now is None or step.date > now[: len(step.date)]):
        return False
    return any(
        other.parties == step.parties
        and other.status == "completed"
        and other.kind in _OPENS
        and other.level == "diplomatic_relations"
        and (
            is_news(other.date or other.candidates[0].report, now)
            or (step.status == "proposed" and _is_switch(other) and is_one_year(other.date, now))
        )
        for other in steps
    )


def _is_switch(step: Step) -> bool:
    return all(c.rule == "switch" for c in step.candidates)


def _was_intended(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "announced in March his intention to make it an ally" where it was made one lately."""
    if step.status == "completed" or step.level is None:
        return False
    return any(
        (other.parties, other.level, other.kind) == (step.parties, step.level, step.kind)
        and other.status == "completed"
        and is_news(other.date or other.candidates[0].report, scene.article.published)
        for other in steps
    )


def _is_set_for(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell a recognition "decided on Monday" that is set for a day to come."""
    now = scene.article.published
    if step.level != "recognition" or now is None or not is_news(step.date, now):
        return False
    return any(
        (other.parties, other.level, other.kind) == (step.parties, step.level, step.kind)
        and other.is_planned
        and other.date is not None
        and other.date > now
        for other in steps
    )


def _is_reopened(step: Step, steps: Sequence[Step]) -> bool:
    """Tell an embassy to be "opened" that another telling reopens."""
    return (step.level, step.kind) == ("ambassador_level", "upgrade") and any(
        (other.parties, other.level, other.kind) == (step.parties, step.level, "restoration")
        and (not (step.date and other.date) or is_about_then(step.date, other.date))
        for other in steps
    )


def _is_of_full_relations(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell ties "raised to full diplomatic relations" where these are told to be restored.

    Also "raised the level of their ties and restored full relations", which is one step.
    """
    if (step.kind, step.level, step.date) == ("upgrade", None, None):
        number = scene.sentence_of[step.candidates[0].at]
        return any(
            other.parties == step.parties
            and other.kind in _OPENS
            and other.level == "diplomatic_relations"
            and any(scene.sentence_of[c.at] == number for c in other.candidates)
            for other in steps
        )
    return (step.kind, step.level) == ("upgrade", "diplomatic_relations") and any(
        other.parties == step.parties
        and other.kind in _OPENS
        and other.level in {None, "diplomatic_relations"}
        and (not (step.date and other.date) or is_one_time(step.date, other.date))
        for other in steps
    )


__all__ = ["give_day_of_folded", "is_told_already"]
