"""The last day of an event whose first is told: "opened on Monday and ends on Friday"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved
from pipeline.discourse.timing.of_trips import Clock, When
from pipeline.discourse.verb_forms import has_weekday
from pipeline.iso_lengths import DAY
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.candidate import is_stay
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.tables import word_set

#: How far behind its verb the last day may stand, in tokens.
_NEAR = 6
_WEEK_DAYS = 7


def with_end(
    scene: Scene, clock: Clock, verb: Token, when: When, *, events: frozenset[str]
) -> When:
    """Return the days of an event, its last one as a verb beside or right behind tells it.

    "The summit opens on Monday and runs until Wednesday", "opens on Monday. It ends on Friday";
    not "opens on Monday. The strike ends on Friday".

    Args:
        verb: the verb that tells its first day.
        events: what the event is called.
    """
    if when.start is None or when.end is not None or len(when.start) < DAY:
        return when
    for other in _of_same_event(scene, verb, events):
        last = _last_day(clock, other)
        if last is None:
            continue
        until = replace(when, end=last)
        if last < when.start and has_weekday(other):  # "opens on Monday. It ends on Friday"
            until = replace(when, end=moved(When(last), days=-_WEEK_DAYS).start)
        if until.end is not None and until.end >= when.start and is_stay(until):
            return until
    return when


def _of_same_event(scene: Scene, verb: Token, events: frozenset[str]) -> Iterator[Token]:
    """Yield what is told of an event beside its verb, over its clause, in the next sentence."""
    yield from (c for c in verb.conjuncts if not any(t.dep_ in SUBJECTS for t in c.children))
    if verb.dep_ == "relcl" and verb.head.dep_ in SUBJECTS:
        yield verb.head.head  # "the summit, which opened on Monday, runs until Friday"
    number = scene.sentence_of[verb.i] + 1
    for token in scene.sentences[number] if number < len(scene.sentences) else ():
        if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT":
            known = word_set("called_event") | events
            if token.lower_ == "it" or noun_of(token) in known:
                yield token.head


def _last_day(clock: Clock, verb: Token) -> str | None:
    """Return the day behind "ends on", "closes on", "runs until", "goes on to"."""
    ends = verb.lemma_ in words("finish")
    if not ends and verb.lemma_ not in word_set("lasts_until"):
        return None
    for start, _, _ in clock.between(verb.i + 1, verb.i + 1 + _NEAR):
        if ends or verb.doc[start - 1].lower_ in words("until"):
            day = clock.when([verb.doc[start]], phase="whole").end
            return day if day is not None and len(day) == DAY else None
    return None


__all__ = ["with_end"]
