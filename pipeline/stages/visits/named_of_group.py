"""Those of a counted group by name: "three kings have visited Peru: A in 1990, B in 2006"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.discourse.scene import Actor
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.forerunners import behind_names

#: What stands before each of those named.
_OPENS = frozenset({":", ",", ";", "-", "–", "—", "and", "(", "then"})
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
    """Yield the trips of the list ": A in 1990, B in 2006" at token `i`."""
    scene, doc, at = reader.scene, reader.scene.doc, i
    end = scene.sentence(i - 1).end
    while at < end and doc[at].lower_ in _OPENS:
        while at < end and doc[at].lower_ in _OPENS:
            at += 1
        named = (
            r for n in range(at, min(end, at + _TITLE)) for r in scene.at(n) if r.form == "name"
        )
        person = next((r for r in named if r.kind == "person"), None)
        if person is None or person.country not in {None, model.origin}:
            return
        behind = behind_names(reader, scene.bounds_of(person)[1])
        dates = reader.clock.behind(behind)
        if not dates:
            return
        group = model.actor.reference if model.actor is not None else person
        told = {"country": model.origin, "role": person.role or group.role}
        told |= {"role_kind": person.role_kind or group.role_kind}
        yield replace(
            model,
            at=behind - 1,
            actor=Actor(person.model_copy(update=told), behind - 1, 0.9),
            when=reader.clock.when(dates, phase="whole"),
            day=None,
            first=False,
            count=1,
            hosts=(),
        )
        at = dates[0].i
        while at < end and at in reader.clock.covered:
            at += 1


__all__ = ["named_of_group"]
