"""Which of the days beside a verb are those of the event that it tells to be held."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import says_next
from pipeline.discourse.timing.of_trips import Clock, Phase, When
from pipeline.iso_lengths import DAY
from pipeline.labels import SUBJECTS
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.events.events_of_verbs import (
    gets_under_way,
    host_under,
)
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.events.told_occasions import occasion_of

#: How far a date may stand from a verb that is its own, in tokens.
NEAR = 5
_DAYS = frozenset({"day", "part_of_day"})
#: What an event's time may be if no day of it is told.
_SPELLS = frozenset({"week", "weekend", "month", "year"})


def first_days(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> tuple[int, When]:
    """Return the first days told behind a verb, else those that open its sentence, and where."""
    behind = [d for d in clock.between(verb.i + 1, sentence.end) if _is_its_day(verb, *d[:2])]
    if verb.lemma_ == "be" and not host_under(verb):
        behind = [date for date in behind if date[0] - verb.i <= NEAR]  # "will be on Saturday"
    before, first = clock.between(sentence.start, verb.i), verb.left_edge.i + NEAR
    amid = max((c.i for c in verb.children if c.dep_ in SUBJECTS), default=verb.i)
    opening = [date for date in before if date[0] < first or date[0] > amid]
    opening = [date for date in opening if not _is_of_word(verb, verb.doc[date[0]])]
    opening = [date for date in opening if not _is_of_subject(verb, date[0])]
    if verb.dep_ == "relcl":  # "his arrival on Monday opens a week at the summit that Lima hosts"
        opening = [date for date in opening if date[0] > verb.head.i]
    if verb.lemma_ in words("attends_rite"):  # not "said on Monday that leaders will attend it"
        opening = [date for date in opening if date[0] >= verb.left_edge.i]
    deed = bool(occasion_of(verb))
    for start, _, told in (*behind, *opening):
        if deed and told.grain not in _DAYS:
            break  # "would open an office in mid May, she said on Monday"
        if told.grain in _DAYS:
            opens = (verb.lemma_ in words("opens_trip") or gets_under_way(verb)) and not deed
            phase: Phase = "arrive" if opens else "whole"
            held = clock.when([scene.doc[start]], phase=phase)
            is_day = held.start is not None and len(held.start) == DAY
            return start, held if is_day else When()
    return _coarse(scene, clock, [*behind, *opening])


def _is_its_day(verb: Token, start: int, end: int) -> bool:
    """Tell "held on Monday" from "held hours after the blast on Monday", "Sunday's blast"."""
    doc = verb.doc
    if _is_of_word(verb, doc[start]) or _is_of_place(verb, doc[start]):
        return False
    ahead = verb.lemma_ == "go"  # "will go ahead on Monday"
    between = {t.lower_ for t in doc[verb.i + 1 + ahead : start]}
    owned = doc[end : end + 1].text in APOSTROPHE_S
    of_event = any(t.lemma_.lower() in words("event") for t in doc[end + 1 : end + NEAR])
    return not between & words("after_trip", "before_trip") and (of_event or not owned)


def _is_of_subject(verb: Token, day: int) -> bool:
    """Tell the Monday of "Her arrival on Monday opens the summit": it is not the summit's."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ == "NOUN"]
    subjects = [c for c in subjects if noun_of(c) not in words("event") and c.i < day]
    return any(day <= c.right_edge.i for c in subjects)


def _is_of_place(verb: Token, day: Token) -> bool:
    """Tell the May of "held in the town where the pact was signed in May": it is the pact's."""
    over = governing_verb(day)
    where = over is not None and any(c.lower_ == "where" for c in over.lefts)
    return where and over is not None and over.dep_ == "relcl" and verb in over.ancestors


def _is_of_word(verb: Token, day: Token) -> bool:
    """Tell the Monday of "leaders will attend the funeral, it said on Monday": it is no funeral's.

    So of "it said on Monday that the summit will be held next week".
    """
    over = governing_verb(day)
    return over is not None and over != verb and over.lemma_ in words("speech")


def _coarse(
    scene: Scene, clock: Clock, told: Sequence[tuple[int, int, DateExpression]]
) -> tuple[int, When]:
    """Return the week, month or year of "will be held next month", where it is the only time."""
    if len(told) != 1 or told[0][2].grain not in _SPELLS:
        return 0, When()
    if told[0][2].grain == "year" and not says_next(told[0][2]):
        return 0, When()  # "the war, which began in 2022"
    return told[0][0], clock.when([scene.doc[told[0][0]]], phase="whole")


__all__ = ["NEAR", "first_days"]
