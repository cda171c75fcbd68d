"""Steps in a body that somebody else feels about: "regretted the exit of Mali from ECOWAS"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import OBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: In how many sentences from a report's beginning the step is news, and nothing of old.
_LEAD = 3
#: How many words may stand over a step up to what is felt: its preposition, "decision", "to".
_REACH = 6


def is_reacted_to(reading: Reading, step: Token) -> bool:
    """Tell the lead's "regretted Mali's exit", "voiced sorrow over the exit of Mali", "hailed it".

    Not "would regret its exit", "did not regret it", "regretted it" far down in a report.
    """
    if reading.scene.sentence_of[step.i] >= _LEAD:
        return False
    felt = _felt_of(step)
    verb = felt if felt is None or felt.pos_ == "VERB" else verb_above(felt)
    if verb is None or is_negated(verb):
        return False
    told = tense_of(verb) in {"past", "present", "progressive"}
    return told and not auxiliaries_of(verb) & words("future", "modal")


def is_to_choose(verb: Token) -> bool:
    """Tell "has the choice to join it" from "hailed the choice of Peru to join it"."""
    choice = verb.head
    made = choice.lemma_.lower() == "choice" and verb.dep_ == "acl"
    return made and choice.head.lemma_.lower() in words("has_choice")


def day_of_step(reading: Reading, step: Token) -> str | None:
    """Return the day of "voiced regret on Monday over its exit on Sunday"; of the first, none."""
    return reading.clock.within(step.left_edge.i, step.right_edge.i + 1)


def _felt_of(step: Token) -> Token | None:
    """Return the "regretted" or the "sorrow" over a step."""
    below = step
    for over in islice(step.ancestors, _REACH):
        feels = _feels(over) and below.dep_ in {"prep", "agent"}
        feels = feels or (over.pos_ == "VERB" and _is_with_feeling(over))
        judged = over.lemma_.lower() in words("judges_done") and below.dep_ in UNDERGONE
        if feels or judged:
            return over
        if below.pos_ == "VERB" and below.dep_ != "acl":
            return None  # "regretted that talks on its exit had begun"
        below = over
    return None


def _is_with_feeling(verb: Token) -> bool:
    """Tell "voiced sorrow over it", "was met with regret", which the parse hangs on the verb."""
    own = (c for c in verb.children if c.dep_ in OBJECTS)
    return any(map(_feels, (*own, *prep_objects(verb, "with"))))


def _feels(word: Token) -> bool:
    return word.lemma_.lower() in words("feeling")


__all__ = ["day_of_step", "is_reacted_to", "is_to_choose"]
