"""What every block is told of all the others, gathered from the rows that hold it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from models import Entity
from pipeline.distributed.keyed import Known
from pipeline.stages.normalize.days import Days, days_of
from pipeline.stages.normalize.entities import OtherKey, settled_forms


def known_of(
    made_by: tuple[str, ...],
    *,
    published: Iterable[str],
    leaders: Iterable[tuple[str, str]],
    longer: Iterable[str],
) -> Known:
    """Return what is known of all articles.

    Args:
        made_by: program and model with their versions.
        published: publication dates, partial or empty.
        leaders: keys of known leaders, and whom they were merged to.
        longer: pairs of an organization known by its abbreviation and its longer form.
    """
    newest: Days | None = None
    for date in published:
        days = days_of(date or None)
        if days and (newest is None or days > newest):
            newest = days
    wholes: dict[OtherKey, OtherKey] = {}
    for body in longer:
        key, whole = json.loads(body)
        wholes[tuple(key)] = tuple(whole)
    persons = {leader: Entity.model_validate_json(body) for leader, body in leaders}
    return Known(made_by, newest, persons, settled_forms(wholes))


__all__ = ["known_of"]
