"""The land of hosts who are none: a parliament, a town, "the country", "it"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.neighbours import agents_of, prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def host_land(reader: ArgumentReader, verb: Token, homes: Collection[str | None]) -> Spot | None:
    """Return Peru of "the Peruvian parliament hosted the premier", "was received by" it.

    "The parliament", of no land told, is that of the land in which the report is set. Peru, too,
    of "Peru has been busy. It received X", "the country hosted X".
    """
    agents = agents_of(verb)
    subject = agents[0] if agents else reader.scene.subject(verb)
    if subject is not None and (meant := _land_meant(reader.scene, subject, homes)) is not None:
        return meant
    if subject is None or subject.lemma_.lower() not in word_set("sends_as_state"):
        return None
    beside = [*subject.children, *prep_objects(subject, "of")]
    near = (r for c in beside for r in reader.scene.at(c.i) if r.kind == "country")
    told = next((r for r in near if is_country(r.country or "")), None)
    if told is None:
        alone = [c.lower_ for c in subject.children if c.dep_ in {"det", "poss"}] == ["the"]
        return reader.understood.set_in(verb.i, but=homes) if alone else None
    return Spot(told.country or "", None, told, *reader.scene.bounds(told))


def host_town(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return Geneva of "Geneva hosted the premier", Camp David of "Camp David welcomed him"."""
    subject = reader.scene.subject(verb)
    named = reader.scene.places_in(subject.i, subject.i + 1) if subject is not None else []
    starts = [reader.scene.bounds(r)[0] for r in named if r.kind == "place" and r.country]
    if subject is not None and subject.lemma_.lower() in words("town_noun"):
        starts = starts or [subject.left_edge.i]  # "the Swiss capital is hosting him"
    return next(iter(reader.scene.spots(starts[0])), None) if starts else None


def _land_meant(scene: Scene, subject: Token, homes: Collection[str | None]) -> Spot | None:
    """Return the land that "the country", "it" as a subject means, none of the guests' own."""
    if subject.lower_ != "it":
        return scene.meant(subject.left_edge.i, homes)
    number = scene.sentence_of[subject.i]
    before = scene.beside(number, step=-1)
    governor = next((t for t in subject.ancestors if t.i < subject.i and scene.subject(t)), None)
    verb = governor if governor is not None else before.root if before is not None else None
    told = scene.subject(verb) if verb is not None else None
    if told is None:
        return None
    spots = [s for s in scene.spots(told.i) if s.country not in homes]
    lands = [r for r in scene.at(told.i) if r.kind == "country" and r.country not in homes]
    if spots:
        return spots[0]
    return Spot(lands[0].country or "", None, lands[0], *scene.bounds(lands[0])) if lands else None


__all__ = ["host_land", "host_town"]
