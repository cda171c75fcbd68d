"""Tellings for which no land is to be understood: they say where, and it is no country."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import PLURALS, UNDERGONE
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_seats import is_occasion
from pipeline.stages.visits.tables import word_set

_COMMON = frozenset({"NN", "NNS"})


def is_unplaced(scene: Scene, candidate: Candidate) -> bool:
    """Tell "a visit to an air base", "visits by X and Y": nobody knows in which land.

    Not "a visit to the country", "a visit to her counterpart", "after visits in 2019", nor "made
    many visits".
    """
    noun = scene.doc[candidate.at]
    if noun.pos_ != "NOUN":
        return False
    named = candidate.actor is not None and candidate.actor.reference.name
    if noun.tag_ in PLURALS and named and not candidate.when:
        verb = governing_verb(noun)
        made = verb is not None and verb.lemma_ in words("pays", "light")
        return not made or noun.dep_ not in UNDERGONE
    return any(_is_site(scene, goal, candidate.origin) for goal in _goals(noun))


def _goals(noun: Token) -> Iterator[Token]:
    """Yield what stands behind "to" and "at" of a trip."""
    for prep in noun.children:
        if prep.i > noun.i and prep.lower_ in {"to", "at"}:
            yield from (c for c in prep.children if c.dep_ == "pobj")


def _is_site(scene: Scene, goal: Token, origin: str | None) -> bool:
    """Tell "an air base", "the region" from "the country", "her counterpart", "the summit"."""
    lands = word_set("land_noun") | words("town_noun", "place_noun")
    named_so = goal.lemma_.lower() in lands - word_set("no_one_land")
    if goal.tag_ not in _COMMON or named_so or is_occasion(goal):
        return False
    told = (r for token in goal.subtree for r in scene.at(token.i))
    return all(r.country in {None, origin} and r.kind not in PERSONAL_KINDS for r in told)


__all__ = ["is_unplaced"]
