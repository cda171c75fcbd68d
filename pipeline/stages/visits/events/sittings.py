"""Events of which one day is told and no more: the days of a body that sits for weeks, and talks.

What one says there on a day is said on some day of a trip, as before a parliament.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.houses import is_house


def is_day_of_trip(scene: Scene, event: Token) -> bool:
    """Tell an event that a guest attends or speaks at on one of the days of his trip.

    "Addressed the General Assembly on Monday", "spoke during a meeting with Peru's president in
    Lima on Monday" fire; "spoke at a summit in Lima on Monday", "attended a Security Council
    meeting on Monday" do not.
    """
    return is_before_body(event) or _is_of_two(scene, event)


def is_before_body(event: Token) -> bool:
    """Tell "the General Assembly", "a session of the General Assembly", "of Congress"."""
    if _sits_for_weeks(event):
        return True
    if event.lemma_.lower() not in word_set("sitting_of_body"):
        return False
    bodies = prep_objects(event, "of")
    return any(is_house(body) or _is_assembly(body) for body in bodies)


def _sits_for_weeks(event: Token) -> bool:
    """Tell a body from one meeting of it ("a Security Council meeting on Monday")."""
    if _is_assembly(event):
        return True
    council = _is_named(event, "council_that_sits")
    return council and (event.dep_ != "compound" or event.head.pos_ == "PROPN")


def _is_assembly(event: Token) -> bool:
    return _is_named(event, "assembly_that_sits")


def _is_named(event: Token, name: str) -> bool:
    before = event.doc[max(0, event.i - 1) : event.i + 1].text.lower()
    return before in word_set(name) or event.lower_ in word_set(name)


def _is_of_two(scene: Scene, event: Token) -> bool:
    """Tell "a meeting with Peru's president", no "meeting of ministers with the president"."""
    if event.lemma_.lower() not in word_set("had_with_host"):
        return False
    if any(c.lower_ in {"of", "between"} and c.i > event.i for c in event.children):
        return False
    others = prep_objects(event, "with")
    return any(
        reference.kind == "person" and not reference.plural
        for other in others
        for at in range(other.left_edge.i, other.i + 1)
        for reference in scene.at(at)
    )


__all__ = ["is_before_body", "is_day_of_trip"]
