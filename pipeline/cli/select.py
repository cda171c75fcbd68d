"""Which records of a table are wanted: the filters of `communique inspect`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import get_args

import typer

from models import (
    Article,
    Conflict,
    DateExpression,
    Entity,
    LedgerEntry,
    Record,
    RelationStep,
    Upgrade,
    Visit,
)
from models.upgrade import UpgradeStatus
from models.visit import VisitStatus
from pipeline.iso_lengths import month_end
from pipeline.reference.countries import country_codes, is_country
from pipeline.reference.fold import fold
from pipeline.reference.organizations import organization_code

#: The tables on which each filter makes sense.
FILTERED: Mapping[str, tuple[str, ...]] = {
    "country": ("entities", "visits", "upgrades", "relations"),
    "person": ("entities", "visits"),
    "status": ("visits", "upgrades", "ledger"),
    "since": ("articles", "dates", "visits", "upgrades", "ledger", "relations"),
    "until": ("articles", "dates", "visits", "upgrades", "ledger", "relations"),
    "level": ("upgrades", "relations"),
    "article": ("articles", "entities", "dates", "visits", "upgrades", "ledger", "conflicts"),
    "confidence": ("visits", "upgrades"),
    "text": (
        "articles",
        "entities",
        "dates",
        "visits",
        "upgrades",
        "ledger",
        "conflicts",
        "relations",
        "rejects",
    ),
}
#: The statuses of visits and upgrades.
STATUSES = tuple(dict.fromkeys((*get_args(VisitStatus), *get_args(UpgradeStatus))))


@dataclass(frozen=True)
class Filters:
    """What is asked for; None where it does not matter. Dates are partial (`2024`, `2024-08`)."""

    country: str | None = None
    person: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    level: str | None = None
    article: str | None = None
    confidence: float | None = None
    text: str | None = None

    def choose(self, table: str, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records that are asked for.

        Raises:
            BadParameter: a filter makes no sense on the table.
        """
        tests = [
            _TESTS[field.name](getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) is not None and self._fits(table, field.name)
        ]
        return (record for record in records if all(test(record) for test in tests))

    def _fits(self, table: str, name: str) -> bool:
        if table not in FILTERED[name]:
            tables = ", ".join(FILTERED[name])
            raise typer.BadParameter(f"{table} have none; {tables} have", param_hint=f"--{name}")
        return True


Test = Callable[[Record], bool]


def _by_country(code: str) -> Test:
    wanted = _code(code)
    return lambda record: wanted in _codes(record)


def _code(told: str) -> str:
    """Return the code that is asked for; a country may also be asked for by its name.

    Raises:
        BadParameter: it is no code, and names no country or more than one.
    """
    if is_country(told.upper()):
        return told.upper()
    if (body := organization_code(told)) is not None:
        return body
    named = country_codes(told) or country_codes(told.title())
    if len(named) != 1:
        such = f": {' or '.join(named)}?" if named else ", like FJI or ASEAN"
        raise typer.BadParameter(f"{told!r} is no code of a country{such}", param_hint="--country")
    return named[0]


def _codes(record: Record) -> set[str | None]:
    if isinstance(record, Visit):
        return {record.origin.code if record.origin else None, record.destination.code}
    if isinstance(record, Upgrade):
        return {party.code for party in record.parties}
    if isinstance(record, RelationStep):
        return {record.party, record.other_party}
    return {record.country} if isinstance(record, Entity) else set()


def _by_person(name: str) -> Test:
    wanted = fold(name).split()

    def test(record: Record) -> bool:
        return any(all(word in fold(known) for word in wanted) for known in _persons(record))

    return test


def _persons(record: Record) -> Iterator[str]:
    if isinstance(record, Visit):
        yield f"{record.visitor.role or ''} {record.visitor.name or ''}"
        yield from record.hosts
    elif isinstance(record, Entity) and record.kind == "person":
        yield record.name
        yield from record.aliases


def _by_status(status: str) -> Test:
    wanted = status.lower()
    if wanted not in STATUSES:
        problem = f"{status!r} is none of {', '.join(STATUSES)}"
        raise typer.BadParameter(problem, param_hint="--status")
    return lambda record: getattr(record, "status", None) == wanted


def _since(day: str) -> Test:
    first, _ = days_of(day, "--since")
    return lambda record: (held := _period(record)) is not None and held[1] >= first


def _until(day: str) -> Test:
    _, last = days_of(day, "--until")
    return lambda record: (held := _period(record)) is not None and held[0] <= last


def _period(record: Record) -> tuple[str, str] | None:
    """Return the first and the last day that a record may cover, None where it tells none."""
    if isinstance(record, Visit):
        told = (record.start or record.end, record.end or record.start)
    elif isinstance(record, Upgrade | RelationStep):
        told = (record.date, record.date)
    elif isinstance(record, DateExpression):
        told = (record.earliest, record.latest)
    elif isinstance(record, Article | LedgerEntry):
        told = (record.published, record.published)
    else:
        return None
    start, end = told
    return None if start is None or end is None else (days_of(start)[0], days_of(end)[1])


def days_of(day: str, option: str = "") -> tuple[str, str]:
    """Return the first and last day of a partial date (`2024-02`: 2024-02-01, 2024-02-29).

    Raises:
        BadParameter: it is none.
    """
    parts = day.split("-")
    try:
        numbers = [int(part) for part in parts]
        widths = [len(part) for part in parts]
        if widths != [4, 2, 2][: len(parts)] or not 1 <= [*numbers, 1][1] <= 12:
            raise ValueError
        year, month = numbers[0], numbers[1:2]
        if not month:
            return f"{day}-01-01", f"{day}-12-31"
        last = month_end(year, month[0]).day
        if len(parts) == 3 and not 1 <= numbers[2] <= last:
            raise ValueError
    except ValueError as error:
        problem = f"{day!r} is no date like 2024, 2024-08 or 2024-08-18"
        raise typer.BadParameter(problem, param_hint=option or None) from error
    return (day, day) if len(parts) == 3 else (f"{day}-01", f"{day}-{last:02}")


def _by_level(level: str) -> Test:
    wanted = level.lower().replace(" ", "_").replace("-", "_")

    def test(record: Record) -> bool:
        levels = (
            (record.level,)
            if isinstance(record, Upgrade)
            else (record.from_level, record.to_level)
            if isinstance(record, RelationStep)
            else ()
        )
        return any(wanted in (level or "") for level in levels)

    return test


def _by_article(article_id: str) -> Test:
    return lambda record: article_id in _articles(record)


def _articles(record: Record) -> set[str]:
    if isinstance(record, Article):
        return {record.id}
    if isinstance(record, DateExpression | LedgerEntry):
        return {record.article_id}
    if isinstance(record, Conflict):
        return set(record.articles)
    spans = (*getattr(record, "evidence", ()), *getattr(record, "mentions", ()))
    return {span.article_id for span in spans}


def _by_confidence(least: float) -> Test:
    return lambda record: getattr(record, "confidence", 0.0) >= least


def _by_text(words: str) -> Test:
    wanted = fold(words).split()

    def test(record: Record) -> bool:
        # Whole articles are not worth a place among the names that `fold` remembers.
        told = fold.__wrapped__(" ".join(_texts(record.model_dump(mode="json"))))
        return all(word in told for word in wanted)

    return test


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if not str(name).endswith("id"):
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


_TESTS: Mapping[str, Callable[..., Test]] = {
    "country": _by_country,
    "person": _by_person,
    "status": _by_status,
    "since": _since,
    "until": _until,
    "level": _by_level,
    "article": _by_article,
    "confidence": _by_confidence,
    "text": _by_text,
}

__all__ = ["FILTERED", "Filters", "days_of"]
