"""The day on which others judge a change, which is not that of the change."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import VERBS
from pipeline.stages.upgrades.dates.dating import verb_of
from pipeline.stages.upgrades.tables import words

#: How many words above a trigger the verb is looked for that judges it.
_REACH = 8
#: How many words behind that verb its day may begin: "hailed on Monday the move".
_BEHIND = 2


def is_day_of_judging(scene: Scene, trigger: Token, day: str) -> bool:
    """Tell the day of "Fiji on Monday hailed the accord of Peru and Chad to open ties".

    Nor that of "said on Monday the opening of ties will help". Not that of "hailed the opening of
    ties on Monday", which may be of either.
    """
    above = islice(trigger.ancestors, _REACH)
    judging = next((t for t in above if t.pos_ in VERBS), None)
    if judging is not None and _is_spoken_of(trigger, judging):
        judging = judging.head
    elif judging is None or judging.lemma_.lower() not in words("judges"):
        return False
    if _answers_with(judging, trigger):
        return False
    sentence = scene.sentence(trigger.i)
    for told in scene.dates_in(sentence.start_char, sentence.end_char):
        span = scene.doc.char_span(told.start, told.end, alignment_mode="expand")
        if span is None or told.earliest is None or not told.earliest.startswith(day):
            continue
        if trigger in span.root.ancestors:
            continue  # "hailed last month's opening of ties"
        if verb_of(span.root) == judging and span.start <= judging.i + _BEHIND:
            return True
    return False


def _is_spoken_of(trigger: Token, verb: Token) -> bool:
    """Tell "the opening of ties will help, he said", which only speaks of it."""
    topic = trigger.pos_ == "NOUN" and (trigger.dep_, verb.dep_) == ("nsubj", "ccomp")
    return topic and trigger.head == verb and verb.lemma_.lower() not in words("made_known_then")


def _answers_with(verb: Token, trigger: Token) -> bool:
    """Tell "Peru responded on Monday by cutting ties", "that it was cutting ties", its own step."""
    if verb.lemma_.lower() not in words("responds"):
        return False
    by = trigger.dep_ == "pcomp" and trigger.head.lower_ in {"by", "with"}
    own = trigger.dep_ == "ccomp" and trigger.head == verb
    return own or (by and trigger.head.head == verb)


__all__ = ["is_day_of_judging"]
