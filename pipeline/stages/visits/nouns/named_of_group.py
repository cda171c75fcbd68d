"""Those of a counted group by name: "three kings have visited Peru: A in 1990, B in 2006"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models import Reference
from pipeline.discourse.scene import Actor
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.forerunners import behind_names

#: How many tokens of an office may stand before a name.
_TITLE = 5
_FEWEST = 2


def named_of_group(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Return the trips of those whom a list behind the trip of their group names, each dated.

    "Three Chilean kings have visited Peru: A in 1990, B in 2006 and C in 2022" fires; "three
    Chilean kings have visited Peru, A said in 2006" does not.
    """
    models = [c for c in made if c.spot is not None and c.status == "completed"]
    model = models[0] if len({c.destination for c in models}) == 1 else None
    if model is None or model.spot is None or model.actor is None or model.origin is None:
        return []
    if not model.actor.reference.plural or model.actor.reference.name:
        return []
    found = list(_listed(reader, model, model.spot.end))
    return found if len(found) >= _FEWEST else []


def _listed(reader: ArgumentReader, model: Candidate, i: int) -> Iterator[Candidate]:
    """Yield the trips of the list ": A in 1990, B and C in 2006" at token `i`."""
    doc, at = reader.scene.doc, i
    end = reader.scene.sentence(i - 1).end
    undated: list[Actor] = []
    while at < end and doc[at].lower_ in word_set("before_each_named"):
        while at < end and doc[at].lower_ in word_set("before_each_named"):
            at += 1
        person = _named_at(reader, model, at, end)
        if person is None:
            return
        at = behind_names(reader, reader.scene.bounds_of(person)[1])
        undated.append(_as_member(model, person, at - 1))
        dates = reader.clock.behind(at)
        if not dates:
            continue
        when = reader.clock.when(dates, phase="whole")
        yield from (_trip_of(model, actor, when) for actor in undated)
        undated, at = [], dates[0].i
        while at < end and at in reader.clock.covered:
            at += 1


def _named_at(reader: ArgumentReader, model: Candidate, at: int, end: int) -> Reference | None:
    """Return who is named, titles before the name, from token `at`; not behind "but not"."""
    reach = range(at, min(end, at + _TITLE))
    if any(reader.scene.doc[n].dep_ == "neg" for n in reach):
        return None
    named = (r for n in reach for r in reader.scene.at(n) if r.form == "name")
    person = next((r for r in named if r.kind == "person"), None)
    fits = person is not None and person.country in {None, model.origin}
    return person if fits else None


def _as_member(model: Candidate, person: Reference, at: int) -> Actor:
    """Return one of a group, who holds its office if none of his own is told."""
    group = model.actor.reference if model.actor is not None else person
    told = {"country": model.origin, "role": person.role or group.role}
    told |= {"role_kind": person.role_kind or group.role_kind}
    return Actor(person.model_copy(update=told), at, 0.9)


def _trip_of(model: Candidate, actor: Actor, when: When) -> Candidate:
    return replace(
        model, at=actor.token, actor=actor, when=when, day=None, first=False, count=1, hosts=()
    )


__all__ = ["named_of_group"]
