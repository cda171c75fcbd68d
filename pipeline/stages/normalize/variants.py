"""What articles disagree on: every value told of a field, and who tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from models import Conflict, Upgrade, Variant, Visit
from models.base import Variants
from pipeline.reference.fold import fold

Value = bool | int | str
#: Values of fields told by one article, None where it tells nothing.
Told = Mapping[str, Value | None]

#: How far a visit or an upgrade has come; one status after another is news, not contradiction.
_PROGRESS = ("proposed", "invited", "planned", "ongoing", "completed")


def visit_values(visit: Visit) -> Told:
    """Return the fields of an article's visit that another article may contradict."""
    return {
        "visitor.name": visit.visitor.name,
        "visitor.role": visit.visitor.role,
        "origin.code": visit.origin.code if visit.origin else None,
        "destination.place": visit.destination.place,
        "hosts": "; ".join(sorted(visit.hosts)) or None,
        "start": visit.start,
        "end": visit.end,
        "kind": visit.kind,
        "status": visit.status,
    }


def upgrade_values(upgrade: Upgrade) -> Told:
    """Return the fields of an article's upgrade that another article may contradict."""
    return {
        "level": upgrade.level,
        "level_text": upgrade.level_text,
        "previous_level": upgrade.previous_level,
        "date": upgrade.date,
        "status": upgrade.status,
    }


def variants(told: Iterable[tuple[str, Told]], chosen: Told) -> Variants:
    """Return the fields of which more than one value is told, by name.

    Args:
        told: article and what it tells.
        chosen: the merged record's values; of a field's variants the chosen one comes first.
    """
    articles: dict[str, dict[Value, set[str]]] = defaultdict(lambda: defaultdict(set))
    forms: dict[tuple[str, str], Value] = {
        (field, _sense(field, value)): value for field, value in chosen.items() if value is not None
    }
    for article, values in told:
        for field, value in values.items():
            if value is not None:
                form = forms.setdefault((field, _sense(field, value)), value)
                articles[field][form].add(article)
    return {
        field: tuple(
            Variant(value=value, articles=tuple(sorted(articles[field][value])))
            for value in sorted(
                articles[field],
                key=lambda v: (v != chosen[field], -len(articles[field][v]), str(v)),
            )
        )
        for field in sorted(articles)
        if len(articles[field]) > 1
    }


def _sense(field: str, value: Value) -> str:
    """Return what makes two values one: of offices and levels not how they are capitalized."""
    text = str(value)
    return fold(text) if field in {"visitor.role", "level_text"} else text


def conflicts(record: Visit | Upgrade) -> Iterator[Conflict]:
    """Yield one row for each value told of each field that articles disagree on."""
    values = visit_values(record) if isinstance(record, Visit) else upgrade_values(record)
    for field, told in record.variants.items():
        chosen = values[field]
        for number, variant in enumerate(told, start=1):
            yield Conflict(
                id=f"{record.id}-{field}-{number:03}",
                record_id=record.id,
                record_type="visit" if isinstance(record, Visit) else "upgrade",
                field=field,
                value=variant.value,
                chosen=variant.value == chosen,
                compatible=_says_less(field, str(variant.value), str(chosen)),
                articles=variant.articles,
            )


def _says_less(field: str, value: str, chosen: str) -> bool:
    """Tell whether a value says the same as the chosen one, or a part of it."""
    if field in {"start", "end", "date"}:
        return chosen.startswith(value)
    if field == "status":
        known = value in _PROGRESS and chosen in _PROGRESS
        return value == chosen or (known and _PROGRESS.index(value) < _PROGRESS.index(chosen))
    if field in {"origin.code", "level", "previous_level"}:
        return value == chosen
    return set(fold(value).split()) <= set(fold(chosen).split())


__all__ = ["Told", "conflicts", "upgrade_values", "variants", "visit_values"]
