"""The articles of a chunk in short: what several of them say stands there once.

Of all rows kept in short every merging reads all, so they hold no more than it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.stages.normalize.entities import OtherKey
from pipeline.stages.normalize.heads import Head, Taken, with_roles_numbered
from pipeline.stages.normalize.plain import Plain, hash_of, written_hash


@dataclass(frozen=True)
class ChunkHeads:
    """The articles of a chunk in short, their persons numbered among all that were seen."""

    _plain: Plain
    #: Number of its first person, and of the chunk.
    _first: int
    _chunk: int

    def articles(self) -> Iterator[Head]:
        """Yield each article."""
        roles, _, articles = self._plain
        first = self._first
        for plain in articles:
            yield Head.read(plain, roles=roles, first=first, chunk=self._chunk)
            first += len(plain[3])

    @property
    def persons(self) -> int:
        """Return how many persons the articles name, each article its own."""
        return sum(len(plain[3]) for plain in self._plain[2])

    def others(self) -> Iterator[tuple[OtherKey, int, Sequence[str] | None]]:
        """Yield other entities: key, sum of the hashes of the rows, aliases of an organization."""
        for kind, name, country, total, aliases in self._plain[1]:
            yield (kind, name, country), hash_of(total), aliases


def chunk_heads(articles: Sequence[Taken]) -> Plain:
    """Return what `ChunkHeads` reads: roles, other entities, and the articles with the rest."""
    roles: dict[str, int] = {}
    heads = [with_roles_numbered(taken.head, roles) for taken in articles]
    return [list(roles), _others(articles), heads]


def _others(articles: Sequence[Taken]) -> Plain:
    totals: dict[OtherKey, int] = defaultdict(int)
    aliases: dict[OtherKey, set[str]] = {}
    for taken in articles:
        for (kind, name, country), told, forms in taken.others:
            totals[kind, name, country] += hash_of(told)
            if forms is not None:
                aliases.setdefault((kind, name, country), set()).update(forms)
    return [
        [*key, written_hash(total), sorted(aliases[key]) if key in aliases else None]
        for key, total in totals.items()
    ]


__all__ = ["ChunkHeads", "chunk_heads"]
