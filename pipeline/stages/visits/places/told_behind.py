"""Where an event was held, as the sentence behind it tells."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.editions import is_past_edition
from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.events.event_seats import held_at, is_occasion
from pipeline.stages.visits.events.placed_events import (
    is_kin,
    is_of_this_year,
    names_of,
    noun_of,
)
from pipeline.stages.visits.tables import word_set

_DEFINITE = frozenset({"the", "this"})


def place_told_behind(scene: Scene, event: Token) -> Spot | None:
    """Return Lima of "A attended the ceremony. It was held in Lima".

    "The two-day meeting took place in Lima" tells it of a summit too; "It denied that the raid had
    taken place in Lima", "The APEC meeting took place in Lima" do not.
    """
    number = scene.sentence_of[event.i]
    behind = scene.beside(number, step=1)
    held = word_set("holds_event", "begins_event")
    for verb in behind or ():
        if verb.pos_ != "VERB" or verb.lemma_ not in held or verb.dep_ != "ROOT":
            continue
        for subject in verb.children:
            if subject.dep_ in SUBJECTS and _means(scene, subject, event):
                return held_at(scene, subject)
    return None


def _means(scene: Scene, subject: Token, event: Token) -> bool:
    """Tell "it" and "the meeting" behind an event."""
    if subject.lower_ == "it":
        sentence = scene.sentence(event.i)
        return not any(is_occasion(t) for t in sentence.doc[event.i + 1 : sentence.end])
    published = scene.article.published
    if is_past_edition(subject, published) and not is_past_edition(event, published):
        return False  # "will attend the summit. The most recent summit was held in Lima"
    if scene.sentence_of[subject.i] in scene.former and is_of_this_year(scene, event):
        return False  # "spoke at the congress on Monday. The congress was in Lima last year"
    known = any(c.lower_ in _DEFINITE for c in subject.children)
    if not known or not is_occasion(subject) or names_of(scene, subject):
        return False
    vague = word_set("any_event", "any_solemn_event")
    return (
        noun_of(subject) in vague
        or is_kin(noun_of(subject), noun_of(event))
        or is_kin(noun_of(event), noun_of(subject))
    )


__all__ = ["place_told_behind"]
