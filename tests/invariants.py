"""What holds of the records of any article, however odd its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models import Article, DateExpression, Entity, Record, Upgrade, Visit


def broken(article: Article, records: Sequence[Record]) -> list[str]:
    """Return what does not hold of an article's records, one line a fault."""
    return [*_spans(article, records), *_ids(records), *_days(records), *_links(records)]


def quoted(record: Record) -> Iterator[tuple[int, int, str]]:
    """Yield each stretch that a record quotes: offsets and words."""
    found: list[Record] = [record]
    if isinstance(record, Entity):
        found = list(record.mentions)
    elif isinstance(record, Visit | Upgrade):
        found = list(record.evidence)
    for each in found:
        start, end, text = (getattr(each, name, None) for name in ("start", "end", "text"))
        if isinstance(start, int) and isinstance(end, int) and isinstance(text, str):
            yield start, end, text


def _spans(article: Article, records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        for start, end, text in quoted(record):
            if article.text[start:end] != text or not text.strip():
                yield f"{type(record).__name__} {start}–{end} is not {text!r}"


def _ids(records: Sequence[Record]) -> Iterator[str]:
    kept = [r for r in records if isinstance(r, Entity | DateExpression | Visit | Upgrade)]
    ids = [record.id for record in kept]
    if len(set(ids)) != len(ids):
        yield f"an id twice among {sorted(ids)}"


def _days(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        if isinstance(record, DateExpression):
            first, last = record.earliest, record.latest
            if (first is None) != (last is None) or (first and last and first > last):
                yield f"{record.text!r} from {first} to {last}"
        elif isinstance(record, Visit) and record.start and record.end:
            length = min(len(record.start), len(record.end))
            if record.start[:length] > record.end[:length]:
                yield f"a visit from {record.start} to {record.end}"


def _links(records: Sequence[Record]) -> Iterator[str]:
    persons = {record.id for record in records if isinstance(record, Entity)}
    visits = {record.id for record in records if isinstance(record, Visit)}
    for record in records:
        if isinstance(record, Visit):
            if record.visitor.entity_id is not None and record.visitor.entity_id not in persons:
                yield f"no visitor {record.visitor.entity_id}"
        elif isinstance(record, Upgrade):
            codes = [party.code for party in record.parties]
            if codes != sorted(set(codes)):
                yield f"parties {codes}"
            if record.occasion is not None and record.occasion not in visits:
                yield f"no occasion {record.occasion}"


__all__ = ["broken", "quoted"]
