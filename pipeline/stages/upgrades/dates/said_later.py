"""The day on which a paper was signed of which it was said on a later one.

"Peru and Chad have opened relations, the ministry said on Saturday. The protocol was signed on
Friday": on Friday.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.tables import words as told_words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import partial
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.upgrades.dates.dates_beside import DatesBeside
from pipeline.stages.upgrades.dates.dating import verb_of
from pipeline.stages.upgrades.outcome.documents import signs_it
from pipeline.stages.upgrades.tables import words

#: So many days after the signing it may be told of.
_FRESH = 14


def day_of_signing_behind(clock: DatesBeside, token: Token, said: str) -> str | None:
    """Return the day that the next sentence gives the signing, if `said` is that of saying so.

    None where the day of the change is told ("opened them on Saturday"), and where the paper was
    signed later than it was spoken of.
    """
    scene = clock.scene
    behind = scene.beside(scene.sentence_of[token.i], step=1)
    if behind is None or len(said) != DAY or not _is_of_saying(clock, token, said):
        return None
    verb = _signing_told(behind)
    if verb is None:
        return None
    days = {
        pair[0]
        for _, _, date in clock.between(behind.start, behind.end)
        if (pair := partial(date)) is not None and pair[0] == pair[1] and len(pair[0]) == DAY
    }
    day = days.pop() if len(days) == 1 else None
    return day if day is not None and 0 < days_between(day, said) <= _FRESH else None


def _is_of_saying(clock: DatesBeside, token: Token, day: str) -> bool:
    """Tell whether all that a sentence tells of a day is when what it tells was said."""
    sentence = clock.scene.sentence(token.i)
    verbs = [
        verb_of(clock.scene.doc[start])
        for start, _, date in clock.between(sentence.start, sentence.end)
        if (pair := partial(date)) is not None and pair[0] == day
    ]
    return bool(verbs) and all(
        verb is not None and verb != token and verb.lemma_.lower() in told_words("speech")
        for verb in verbs
    )


def _signing_told(sentence: Span) -> Token | None:
    """Return the verb of "The protocol was signed", "He said the signing of it took place"."""
    verbs: list[Token] = [sentence.root]
    if sentence.root.lemma_.lower() in told_words("speech"):
        verbs += [c for c in sentence.root.children if c.dep_ == "ccomp" and c.pos_ in VERBS]
    for verb in verbs:
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        placed = verb.lemma_.lower() in words("took_place") | words("holds")
        signing = subject is not None and subject.lemma_.lower() in words("signing")
        if signs_it(verb) or (placed and signing and verb.tag_ in {"VBD", "VBN"}):
            return verb
    return None


__all__ = ["day_of_signing_behind"]
