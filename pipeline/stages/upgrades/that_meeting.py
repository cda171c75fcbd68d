"""The day of the meeting that a sentence takes up: "At that summit Peru was made an observer"."""

from __future__ import annotations

from spacy.tokens import Span

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing import partial
from pipeline.stages.upgrades.dating import single
from pipeline.stages.upgrades.tables import words

_OPENING = frozenset({"at", "during"})
_DEFINITE = frozenset({"that", "this", "the"})
#: How far into a sentence "during that meeting" may reach, in tokens.
_REACH = 5


def day_of_that_meeting(scene: Scene, sentence: Span) -> str | None:
    """Return the day that the sentence before gives the meeting with which a sentence opens.

    "The ministers held a meeting on 11 July. During that meeting …"; none where the sentence before
    has two days of two months, or tells of no such meeting.
    """
    if sentence[0].lower_ not in _OPENING or len(sentence) <= _REACH:
        return None
    if sentence[1].lower_ not in _DEFINITE:
        return None
    held = next((t for t in sentence[2:_REACH] if t.lemma_.lower() in words("gathering")), None)
    before = scene.beside(scene.sentence_of[sentence.start], step=-1)
    if held is None or before is None:
        return None
    met = words("agreed_at", "gathering")
    if all(t.lemma_.lower() not in met for t in before):
        return None
    told = map(partial, scene.dates_in(before.start_char, before.end_char))
    days = sorted({single(pair) for pair in told if pair is not None})
    return single((days[0], days[-1])) if days and days[0][:7] == days[-1][:7] else None


__all__ = ["day_of_that_meeting"]
