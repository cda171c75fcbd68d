"""Where visits lead that a land has had: "Hanoi has seen a flurry of visits, including by X"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def had_by_land(reader: ArgumentReader, noun: Token, but: Collection[str | None]) -> list[Spot]:
    """Return Vietnam of "Hanoi has had a string of visits", "Vietnam enjoyed several visits".

    Not of "Germany and Vietnam have seen a string of visits", of which each has had some.
    """
    had = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        had = noun.head.head
        if had.lemma_.lower() not in words("quantity_of"):
            return []
    verb = had.head
    if noun.tag_ not in PLURALS or had.dep_ not in OBJECTS or had.i < verb.i:
        return []
    if verb.lemma_ not in word_set("sees_guests"):
        return []
    subject = reader.scene.subject(verb)
    if subject is None or any(c.dep_ == "conj" for c in subject.children):
        return []
    return [
        spot
        for spot in reader.scene.spots(subject.i)[:1]
        if spot.reference.kind in LAND_KINDS and spot.reference.form != "adjective"
        if is_country(spot.country) and spot.country not in but
    ]


__all__ = ["had_by_land"]
