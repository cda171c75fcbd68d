"""Guests told in a body, and named behind: "leaders flew in, among them A and B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.discourse.scene import Actor, Scene
from pipeline.reference.countries import is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How far behind a body of guests some of them may be named, in tokens.
_REACH = 45


def each_named(scene: Scene, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a telling once for each of "leaders such as A and B", else as it is.

    "Malian ministers, including A" stays one: of a delegation its head would be told.
    """
    actor = candidate.actor
    body = actor is not None and actor.reference.kind == "office" and actor.reference.plural
    vague = body and candidate.origin is None and actor is not None and not actor.reference.members
    named = list(named_of(scene, actor)) if vague and actor is not None else []
    told = [a for a in named if a.country != candidate.destination]
    if not told:
        yield candidate
    for one in told:
        yield replace(candidate, actor=one, origin=one.country, count=1)


def some_named(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """Return actors, "European leaders" among them as those who are named behind "including"."""
    found: list[Actor] = []
    for actor in actors:
        reference = actor.reference
        body = reference.kind == "office" and reference.plural and not reference.members
        named = list(named_of(scene, actor)) if body and reference.country is None else []
        found += named or [actor]
    return found


def named_of(scene: Scene, body: Actor) -> Iterator[Actor]:
    """Yield those who are named behind "including", or before "among them"."""
    doc = scene.doc
    sentence = scene.sentence(body.token)
    for i in range(body.token + 1, min(sentence.end, body.token + _REACH)):
        if doc[i : i + 2].text.lower() == "among them" and doc[i - 1].text not in {
            ",",
            ";",
            "–",
            "—",
            "-",
        }:
            last = next((r for r in scene.at(i - 1) if r.kind == "person"), None)
            found = scene.actors_before(Actor(last, i - 1)) if last is not None else []
        else:
            marks = [
                m for m in word_set("names_some") if doc[i : i + len(m.split())].text.lower() == m
            ]
            at = i + max((len(m.split()) for m in marks), default=0)
            at += doc[at : at + 1].text == ":"
            found = scene.listed_at(at) if marks else []
        if found:
            yield from (a for a in found if a.reference.name and is_country(a.country or ""))
            return


__all__ = ["each_named", "some_named"]
