"""Whom those are of who are sent or stood for: the parties, one each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set


def of_parties(actors: Sequence[Actor], parties: Sequence[str]) -> Iterator[Actor]:
    """Give those whose country the text leaves open the ones that send them, one each.

    As many named ones as there are countries are of these in their order.
    """
    unsure = all(a.reference.name and (a.reference.guessed or not a.country) for a in actors)
    if unsure and len(actors) == len(parties) > 1:
        for actor, code in zip(actors, parties, strict=True):
            told = {"country": code, "guessed": False}
            yield replace(actor, reference=actor.reference.model_copy(update=told))
        return
    for actor in actors:
        reference = actor.reference
        if reference.guessed and actor.country in parties:
            sure = reference.model_copy(update={"guessed": False})
            yield replace(actor, reference=sure)
            continue
        known = actor.country is not None and not reference.guessed
        if known or (reference.name and len(parties) > 1):
            yield actor
            continue
        for code in parties:
            own: dict[str, object] = {"country": code, "guessed": False}
            if not reference.name:
                own["actor"] = f"{actor.key}-{code}"
            if len(parties) > 1 and reference.kind == "delegation":
                own["plural"] = False  # "Peru and Chile sent delegations": one each
            yield Actor(reference.model_copy(update=own), actor.token, actor.share)


def parties_told(reader: ArgumentReader, head: Token, *, bodies: bool = False) -> list[str]:
    """Return the countries that a subject names: "Peru and Chile", "the government of Peru".

    "These countries" are those listed in the sentence before.

    Args:
        bodies: whether a body of several countries is one of them, which sends its own people.
    """
    told = {a.country: None for a in reader.scene.actors(head) if a.country}
    if not told:  # "Oslo sent its ministers"
        told = {r.country: None for r in reader.scene.at(head.i) if r.kind == "place" and r.country}
    if not told and head.lemma_.lower() in words("host_noun") | word_set("sends_as_state"):
        near = [c for c in head.children if c.dep_ in {"amod", "poss", "compound"}]
        near += prep_objects(head, "of")
        told = {r.country: None for c in near for r in reader.scene.at(c.i) if r.country}
    if not told and head.lower_ in words("lands"):
        told = dict.fromkeys(_listed_before(reader, head))
    return [code for code in told if code is not None and (bodies or is_country(code))]


def _listed_before(reader: ArgumentReader, head: Token) -> list[str]:
    """Return the countries listed in the sentence before "these countries"."""
    number = reader.scene.sentence_of[head.i]
    pointed = {c.lower_ for c in head.children} & word_set("looks_back")
    if not pointed or not number:
        return []
    before = reader.scene.sentences[number - 1]
    lists = ([s.country for s in reader.scene.spots(i)] for i in range(before.start, before.end))
    longest = max(lists, key=len, default=[])
    return longest if len(longest) > 1 else []


__all__ = ["of_parties", "parties_told"]
