"""A record in one line, for people."""

from __future__ import annotations

from functools import singledispatch

from models import Article, DateExpression, Entity, Evidence, Record, Reject, Upgrade, Visit
from pipeline.cli.screen import clean, shortened


@singledispatch
def _describe(record: Record) -> str:
    return record.model_dump_json()


@_describe.register
def _(visit: Visit) -> str:
    who = visit.visitor.name or visit.visitor.role or "delegation"
    origin = visit.origin.code if visit.origin else "?"
    where = visit.destination.place or visit.destination.name or "?"
    when = _period(visit.start, visit.end)
    count = "" if visit.count == 1 else f" ×{visit.count or 'several'}"
    kind = f" {visit.kind}" if visit.kind else ""
    return f"{who} {origin} → {visit.destination.code or '?'} ({where}), {when}, {visit.status}" + (
        kind + count
    )


@_describe.register
def _(upgrade: Upgrade) -> str:
    parties = " – ".join(party.code for party in upgrade.parties)
    level = upgrade.level or "no level named"
    return f"{parties}: {upgrade.change} to {level}, {upgrade.date or 'no date'}, {upgrade.status}"


@_describe.register
def _(entity: Entity) -> str:
    roles = "; ".join(role.title for role in entity.roles[:2])
    parts = [entity.kind, entity.name, entity.country or "", roles]
    return ", ".join(part for part in parts if part)


@_describe.register
def _(date: DateExpression) -> str:
    span = f"{date.earliest} … {date.latest}" if date.earliest else "not on the calendar"
    return f"“{date.text}” {date.type} {date.value} ({span})"


@_describe.register
def _(article: Article) -> str:
    return f"{article.title or article.text} ({article.published or 'no date'})"


@_describe.register
def _(reject: Reject) -> str:
    return f"{reject.source_path}: {reject.reason}: {reject.detail}"


def describe(record: Record) -> str:
    """Return a record's main values as one line that is safe on a terminal."""
    return shortened(_describe(record), 200)


def sentences(record: Record) -> list[str]:
    """Return the sentences that prove a record."""
    evidence: tuple[Evidence, ...] = getattr(record, "evidence", ())
    return [clean(span.text) for span in evidence]


def _period(start: str | None, end: str | None) -> str:
    if start == end:
        return start or "no date"
    return f"{start or '…'} to {end or '…'}"
