"""What a stage that was run again did to the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models import DateExpression, Record, Span


@dataclass(frozen=True)
class Change:
    """One record that appeared, vanished or has other values; `fields` names those that differ."""

    kind: Literal["appeared", "vanished", "changed"]
    before: Record | None
    after: Record | None
    fields: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """Return the record as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None  # one of the two is always there
        return found


@dataclass
class Changes:
    """All changes, by record type."""

    by_type: dict[type[Record], list[Change]] = field(default_factory=dict)

    def compare(
        self, kind: type[Record], before: Iterable[Record], after: Iterable[Record]
    ) -> None:
        """Add what differs between two sets of records of a kind."""
        found = list(_compare(before, after))
        if found:
            self.by_type.setdefault(kind, []).extend(found)

    def _repr_html_(self) -> str:
        """Return the changes as a notebook shows them."""
        from pipeline.showing import changes_html

        return changes_html(self)

    def __len__(self) -> int:
        return sum(len(found) for found in self.by_type.values())


def _compare(before: Iterable[Record], after: Iterable[Record]) -> Iterator[Change]:
    old, new = _by_id(before), _by_id(after)
    gone = {key: record for key, record in old.items() if key not in new}
    for key, record in new.items():
        # An id is made of a record's main values, so that a changed value often means a new id:
        # what stands on the same words is the same record.
        earlier = old.get(key) or _take_twin(record, gone)
        if earlier is None:
            yield Change("appeared", None, record)
        elif earlier != record and (fields := _differing(earlier, record)):
            yield Change("changed", earlier, record, fields)
    for record in gone.values():
        yield Change("vanished", record, None)


def _by_id(records: Iterable[Record]) -> dict[str, Record]:
    return {str(getattr(record, "id", record)): record for record in records}


def _take_twin(record: Record, gone: dict[str, Record]) -> Record | None:
    place = _place(record)
    for key, other in gone.items():
        if place is not None and _place(other) == place:
            return gone.pop(key)
    return None


def _place(record: Record) -> object:
    """Return where a record stands: its own words or those of its first evidence."""
    evidence = getattr(record, "evidence", ())
    span = evidence[0] if evidence else record
    if not isinstance(span, Span | DateExpression):
        return None
    visitor = getattr(record, "visitor", None)
    return (span.article_id, span.start, span.end, getattr(visitor, "name", None))


def _differing(before: Record, after: Record) -> tuple[str, ...]:
    old: Mapping[str, object] = before.model_dump()
    new: Mapping[str, object] = after.model_dump()
    return tuple(name for name in new if old.get(name) != new[name])
