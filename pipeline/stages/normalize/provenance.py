"""Where a record comes from: articles, rules, program and model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models import Evidence, Provenance, Upgrade, Visit
from pipeline.stages.normalize.sources import Source


def provenance(evidence: Sequence[Evidence], made_by: tuple[str, ...]) -> Provenance:
    """Return a merged record's provenance.

    Args:
        made_by: program and model with their versions.
    """
    return Provenance(
        was_derived_from=tuple(sorted({proof.article_id for proof in evidence})),
        was_generated_by=tuple(sorted({proof.rule for proof in evidence if proof.rule})),
        was_attributed_to=made_by,
    )


def place_key(record: Visit | Upgrade) -> str:
    """Return where a record is told first, as a text that sorts by article and place."""
    first = record.evidence[0]
    return f"{first.article_id}\0{first.start:09}\0{record.id}"


def sourced(evidence: Iterable[Evidence], source: Source, status: str) -> Iterator[Evidence]:
    """Yield an article's evidence with its date and the status that it tells."""
    for proof in evidence:
        yield proof.model_copy(update={"published": source.told, "status": status})


__all__ = ["place_key", "provenance", "sourced"]
