"""Where one goes who is thanked "for his visit to her country": to hers who thanks him."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.neighbours import word_at
from pipeline.stages.visits.tables import word_set

_OWNERS = frozenset({"his", "her", "their"})


def owned_land(scene: Scene, i: int, but: Collection[str | None]) -> Spot | None:
    """Return the country of the one other party that a sentence names before "her country".

    "Peru's premier thanked the king of Chad for his visit to her country" fires; "the king will
    return to his country", "thanked him for his visits to his own country" do not.

    Args:
        scene: the text.
        i: the token at which "her country" begins.
        but: the travellers' own countries.
    """
    if word_at(scene.doc, i) not in _OWNERS or not set(but) - {None}:
        return None
    land = scene.doc[i].head
    own = any(child.lower_ == "own" for child in land.children)
    if land.lemma_.lower() not in words("own_land") or land.i < i or own or not _is_gone_to(land):
        return None
    before = range(scene.sentence(i).start, i)
    owners = {
        reference.country: reference
        for at in before
        for reference in scene.at(at)
        if reference.kind not in LAND_KINDS and reference.country and reference.country not in but
    }
    if len(owners) != 1:
        return None
    country, owner = next(iter(owners.items()))
    return Spot(country, None, owner, i, i + 1)


def inviters_land(scene: Scene, i: int) -> Spot | None:
    """Return Peru of "Peru's premier invited the king to visit the country".

    Whatever land was named last. "Asked the king to leave the country" does not fire.

    Args:
        scene: the text.
        i: the token at which "the country" begins.
    """
    if word_at(scene.doc, i) != "the":
        return None
    land = scene.doc[i].head
    asked = land.head if land.head.lower_ != "to" else land.head.head
    if land.lemma_.lower() not in word_set("bare_land") or not _is_gone_to(land):
        return None
    over = asked.head
    if asked.tag_ != "VB" or over.lemma_ not in word_set("asks_to_come"):
        return None
    subject = scene.subject(over)
    hosts = scene.actors(subject) if subject is not None else []
    if len(hosts) != 1 or hosts[0].country is None:
        return None
    return Spot(hosts[0].country, None, hosts[0].reference, i, i + 1)


def _is_gone_to(land: Token) -> bool:
    """Tell "to visit her country", "a trip to her country", "to come to her country"."""
    over = land.head
    if over.lower_ != "to":
        return land.dep_ in OBJECTS and over.lemma_ in word_set("sees_land")
    above = over.head
    trip = above.lemma_ in words("trip_noun") and above.lemma_ not in word_set("way_back")
    return trip or above.lemma_ in word_set("comes_over")


__all__ = ["inviters_land", "owned_land"]
