"""Each record's announcements in order, and what was announced and never came."""

from __future__ import annotations

from collections.abc import Iterator

from models import Evidence, LedgerEntry, Upgrade, Visit
from pipeline.stages.normalize.days import Days, days_of, trip_days


def ledger(record: Visit | Upgrade, *, newest: Days | None) -> Iterator[LedgerEntry]:
    """Yield what each article told of a record's status, in order of publication.

    Args:
        newest: when the newest article read was published.
    """
    told: dict[str, Evidence] = {}
    for proof in record.evidence:
        told.setdefault(proof.article_id, proof)
    phantom = is_phantom(record, newest=newest)
    for number, proof in enumerate(sorted(told.values(), key=_order), start=1):
        yield LedgerEntry(
            id=f"{record.id}-{number:04}",
            record_id=record.id,
            record_type="visit" if isinstance(record, Visit) else "upgrade",
            number=number,
            article_id=proof.article_id,
            published=proof.published,
            status=proof.status or record.status,
            sentence=proof.text,
            rule=proof.rule,
            phantom=phantom,
        )


def _order(proof: Evidence) -> tuple[int, int, str]:
    days = days_of(proof.published)
    return (*days, proof.article_id) if days else (0, 0, proof.article_id)


def is_phantom(record: Visit | Upgrade, *, newest: Days | None) -> bool:
    """Tell whether a record is announced for days that have passed, and nothing more was told."""
    return is_past(due(record), newest=newest)


def due(record: Visit | Upgrade) -> int | None:
    """Return the last day for which a record is announced, None for one that is not or undated.

    An invitation is no announcement; a month is past when its last day is.
    """
    if record.status != "planned":
        return None
    if isinstance(record, Visit):
        days = trip_days(record.start, record.end)[0]
    else:
        days = days_of(record.date)
    return days.last if days else None


def is_past(due: int | None, *, newest: Days | None) -> bool:
    """Tell whether a day lies before the newest article."""
    return due is not None and newest is not None and due < newest.first


__all__ = ["due", "is_past", "is_phantom", "ledger"]
