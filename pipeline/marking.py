"""Marks: the stretches of an article that its records stand on, for showing them in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models import DateExpression, Entity, Evidence, Record, Upgrade, Visit

Label = Literal["PERSON", "COUNTRY", "ORG", "PLACE", "DATE", "LEVEL"]
LABELS: Mapping[str, Label] = {
    "person": "PERSON",
    "country": "COUNTRY",
    "organization": "ORG",
    "place": "PLACE",
}
#: displaCy's colours, by label; text on them is black in light and dark alike.
COLOURS: Mapping[Label, str] = {
    "PERSON": "#aa9cfc",
    "COUNTRY": "#feca74",
    "ORG": "#7aecec",
    "PLACE": "#ff9561",
    "DATE": "#bfe1d9",
    "LEVEL": "#ffeb80",
}
#: As near to them as a terminal of sixteen colours comes.
TERMINAL_COLOURS: Mapping[Label, str] = {
    "PERSON": "bright_magenta",
    "COUNTRY": "bright_yellow",
    "ORG": "bright_cyan",
    "PLACE": "bright_red",
    "DATE": "bright_green",
    "LEVEL": "bright_blue",
}


@dataclass(frozen=True)
class Mark:
    """One stretch of an article: offsets in code points, end exclusive."""

    start: int
    end: int
    label: Label
    record_id: str = ""
    #: The country's code of an entity, the value of a date.
    note: str = ""
    name: str = ""


def marks_by_article(
    entities: Iterable[Entity], dates: Iterable[DateExpression]
) -> dict[str, list[Mark]]:
    """Return the mentions of entities and dates of each article, sorted, none over another."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for entity in entities:
        for span in entity.mentions:
            mark = Mark(
                span.start,
                span.end,
                LABELS[entity.kind],
                entity.id,
                entity.country or "",
                entity.name,
            )
            found[span.article_id].append(mark)
    for date in dates:
        mark = Mark(date.start, date.end, "DATE", date.id, date.value, date.text)
        found[date.article_id].append(mark)
    return {article: apart(marks) for article, marks in found.items()}


def apart(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks of which none overlaps another: of two the longer stays."""
    kept: list[Mark] = []
    end = 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.label)):
        if mark.start >= end:
            kept.append(mark)
            end = mark.end
        elif mark.end - mark.start > kept[-1].end - kept[-1].start:
            kept[-1] = mark
            end = mark.end
    return kept


def own_marks(record: Record, span: Evidence, marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks inside a record's sentence that the record speaks of, and its dates."""
    inside = (mark for mark in marks if span.start <= mark.start and mark.end <= span.end)
    found = [mark for mark in inside if mark.label == "DATE" or _speaks_of(record, mark)]
    level = getattr(record, "level_text", None)
    if level:
        at = " ".join(span.text.split()).casefold().find(level.casefold())
        exact = span.text.casefold().find(level.casefold()) if at >= 0 else -1
        if exact >= 0:
            start = span.start + exact
            found.append(Mark(start, start + len(level), "LEVEL", name=level))
    return apart(found)


def _speaks_of(record: Record, mark: Mark) -> bool:
    if isinstance(record, Visit):
        codes = {record.origin.code if record.origin else None, record.destination.code}
        if mark.label == "PERSON":
            return mark.record_id == record.visitor.entity_id or mark.name in record.hosts
        return mark.note in codes and mark.label in {"COUNTRY", "PLACE", "ORG"}
    if isinstance(record, Upgrade):
        codes = {party.code for party in record.parties}
        return mark.note in codes and mark.label in {"COUNTRY", "ORG"}
    return False


def pieces(
    text: str, marks: Sequence[Mark], *, start: int, end: int
) -> Iterator[tuple[str, Mark | None]]:
    """Cut a stretch of a text at its marks: each piece with the mark that it is, or none."""
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        if mark.start > at:
            yield text[at : mark.start], None
        yield text[mark.start : mark.end], mark
        at = mark.end
    if at < end:
        yield text[at:end], None


__all__ = [
    "COLOURS",
    "LABELS",
    "TERMINAL_COLOURS",
    "Label",
    "Mark",
    "apart",
    "marks_by_article",
    "own_marks",
    "pieces",
]
