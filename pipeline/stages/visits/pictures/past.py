"""What a dated picture shows, in the present: it has been."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from models.date import DateExpression
from models.visit import NOT_OVER
from pipeline.discourse.facts import TIMED
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import ADNOMINAL
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.pictures.caption import Caption, caption_of, is_seen
from pipeline.stages.visits.tables import word_set

#: How many words of a place or an agency may stand behind the day of a caption.
_BEHIND_DAY = 3


def as_pictured(scene: Scene, trigger: Token, fact: Fact, when: When) -> Fact:
    """Read "A meets B in Lima, May 3, 2016" as made, in a text of a later day or of none.

    So are captions written, also "A poses for a picture before talks with B in Lima, May 3, 2016",
    "A (L) meets B (R) in Lima", "A meets B in Lima. (C. Diaz/AP)". "A meets B in Lima on Tuesday"
    tells of no day, and of a stay from one day to another the calendar tells. "A waves as he leaves
    for Lima on Tuesday" shows him leaving on the Tuesday gone by, and what "A leaves for Lima. (C.
    Diaz/AP)" shows is the news.
    """
    if fact.status not in NOT_OVER:
        return fact
    now = scene.article.published
    if now is not None and _is_seen_leaving(trigger):
        gone = len(when.start or "") == len(now) == DAY and (when.start or "") <= now
        return replace(fact, status="completed", reason="arrived", weak=False) if gone else fact
    if fact.status == "ongoing" and not (fact.weak and fact.reason in {"present", TIMED}):
        return fact
    caption = caption_of(scene.sentence(trigger.i))
    if fact.status == "planned" and (
        now is not None or not (caption.is_seen and is_event(trigger))
    ):
        return fact  # "A speaks in Lima, May 3, 2016, ahead of a trip to Quito"
    over = _is_over(scene, caption, when, timed=fact.reason == TIMED)
    if over and not when and trigger.lemma_ in words("leaves_again"):
        return replace(fact, status="completed", reason="arrived", weak=False)
    return replace(fact, status="completed", reason="", weak=True) if over else fact


def _is_over(scene: Scene, caption: Caption, when: When, *, timed: bool) -> bool:
    """Tell a day, with its year, that is before the article's, or of which no article's tells.

    Args:
        timed: whether a weekday stands with it, which may be one to come.
    """
    now, sentence = scene.article.published, caption.sentence
    if when.end is not None and when.end != when.start:
        return False
    if now is None and len(when.start or "") == DAY and not timed:
        return True
    sure = caption.is_seen and (caption.says_sides or caption.has_credit)
    if sure and (now is None or (when.start or "") < now):
        return True
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = [d for d in told if d.grain == "day" and d.anchor == "explicit" and d.earliest]
    if now is None:
        return caption.is_seen and bool(days)
    shown = caption.is_seen and not _is_day(when)
    return any(
        (d.earliest or now) < now
        and not _is_of_other(sentence, d)
        and (d.earliest == when.start or (shown and _ends(sentence, d)))
        for d in days
    )


def _is_day(when: When) -> bool:
    return len(when.start or "") == DAY


def _is_of_other(sentence: Span, day: DateExpression) -> bool:
    """Tell "the accord of May 16, 2019", "runs from May 14, 2024", "a pact signed May 3, 2023"."""
    first = next((t for t in sentence if day.start <= t.idx < day.end), None)
    if first is None:
        return False
    before = sentence.doc[max(sentence.start, first.i - 1)].lower_
    if before in word_set("of_other_day"):
        return True
    over = next((a for a in first.ancestors if a.pos_ == "VERB"), None)
    return over is not None and over.dep_ in ADNOMINAL


def _ends(sentence: Span, day: DateExpression) -> bool:
    """Tell the day at a caption's end, behind which at most its place or agency stands."""
    behind = [t for t in sentence if t.idx >= day.end]
    return sum(t.is_alpha for t in behind) <= _BEHIND_DAY and all(t.pos_ != "VERB" for t in behind)


def _is_seen_leaving(trigger: Token) -> bool:
    """Tell the leaving of "waves as he leaves for Lima", "boards a plane before departing for"."""
    over = trigger.head.head if trigger.dep_ == "pcomp" else trigger.head
    beside = trigger.dep_ in {"advcl", "pcomp"} and trigger.lemma_ in words("leaves_again", "moves")
    shown = is_seen(over, also={"NNS"})  # "Rojas waves", taken for those of the sea
    return beside and shown and over.dep_ == "ROOT"


__all__ = ["as_pictured"]
