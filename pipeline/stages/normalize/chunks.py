"""Articles taken in by chunks: runs of some dozens whose rows are kept together.

Where a chunk ends is told by an article's id alone, so that an article more or less changes one
chunk, and the others are taken as they were kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.memo import Memo
from pipeline.share import Share, alone
from pipeline.stages.normalize.chunk_heads import ChunkHeads
from pipeline.stages.normalize.entities import OtherKey
from pipeline.stages.normalize.heads import ArticleRows, numbered, place_of
from pipeline.stages.normalize.jobs import FULL, TakenChunk, take_chunk
from pipeline.stages.normalize.plain import Plain, digest_of

#: Articles of a chunk, on the average and at most.
TYPICAL, MOST = 64, 256
#: Number of a person's sighting, or what makes another entity one.
EntityKey = int | OtherKey
#: Chunks that are looked up before those of them that are new are taken in.
TOGETHER = 32


@dataclass(frozen=True)
class Told:
    """An article that is to be merged with others.

    Args:
        content: hash of all that merging reads of it.
        load: fetches it as it is stored; returns what reads it, here or in another process.
    """

    article_id: str
    content: str
    load: Callable[[], Callable[[], ArticleRows]]


@dataclass(frozen=True)
class _Asked:
    """A chunk that is to be read."""

    name: str
    print_: str
    articles: Sequence[Told]
    #: Its articles in short as they were kept.
    kept: str | None


@dataclass(frozen=True)
class _Chunk:
    name: str
    print_: str
    #: Number of its first person.
    first: int


@dataclass
class Chunks:
    """The articles of one merging, as far as they have been read."""

    memo: Memo
    share: Share = alone
    _chunks: list[_Chunk] = field(default_factory=list)

    def read(self, articles: Iterable[Told]) -> Iterator[ChunkHeads]:
        """Yield all articles in short, by chunks."""
        first = 0
        asked = map(self._asked, _chunked(articles))
        while together := list(islice(asked, TOGETHER)):
            new = (told for told in together if told.kept is None)
            taken = self.share(take_chunk, ([one.load() for one in told.articles] for told in new))
            for told in together:
                heads = self._kept(told, taken)
                number = len(self._chunks)
                self._chunks.append(_Chunk(told.name, told.print_, first))
                chunk = ChunkHeads(json.loads(heads), first, number)
                yield chunk
                first += chunk.persons

    def _asked(self, told: Sequence[Told]) -> _Asked:
        name = told[-1].article_id
        print_ = digest_of(*(part for one in told for part in (one.article_id, one.content)))
        return _Asked(name, print_, told, self.memo.get(f"heads\0{name}", print_))

    def _kept(self, told: _Asked, taken: Iterator[TakenChunk]) -> str:
        """Return a chunk's articles in short; those of a new one are the next that are taken in."""
        if told.kept is not None:
            for kind in FULL:
                self.memo.keep(f"{kind}\0{told.name}")
            return told.kept
        made = next(taken)
        for kind, full in made.full.items():
            self.memo.put(f"{kind}\0{told.name}", told.print_, full)
        self.memo.put(f"heads\0{told.name}", told.print_, made.heads)
        return made.heads

    def entities(
        self, is_wanted: Callable[[EntityKey], bool]
    ) -> Iterator[tuple[EntityKey, str, str]]:
        """Yield entities in full: number of a person or key of another, place, and what to read.

        Args:
            is_wanted: tells so of a number or key.
        """
        for chunk, articles in self._full("entities", range(len(self._chunks))):
            first = chunk.first
            for article_id, persons, others in articles:
                for number, body in enumerate(persons):
                    if is_wanted(first + number):
                        yield first + number, place_of(article_id, number), body
                first += len(persons)
                for number, (kind, name, country, body) in enumerate(others):
                    key = kind, name, country
                    if is_wanted(key):
                        yield key, place_of(article_id, number), body

    def visits(self, chunks: Collection[int]) -> Iterator[tuple[str, str, str]]:
        """Yield the visits of some chunks in full: block, place, and what to read."""
        for chunk, articles in self._full("visits", chunks):
            first = chunk.first
            for article_id, persons, rows in articles:
                for order, (block, body) in enumerate(rows):
                    yield block, place_of(article_id, order), numbered(body, first=first)
                first += persons

    def upgrades(self, chunks: Collection[int]) -> Iterator[tuple[str, str, str]]:
        """Yield the upgrades of some chunks in full: block, place, and what to read."""
        for _, articles in self._full("upgrades", chunks):
            for article_id, rows in articles:
                for order, (block, body) in enumerate(rows):
                    yield block, place_of(article_id, order), body

    def _full(self, kind: str, numbers: Iterable[int]) -> Iterator[tuple[_Chunk, Plain]]:
        for number in sorted(numbers):
            chunk = self._chunks[number]
            kept = self.memo.get(f"{kind}\0{chunk.name}", chunk.print_)
            assert kept is not None  # it was put beside the heads
            yield chunk, json.loads(kept)


def _chunked(articles: Iterable[Told]) -> Iterator[list[Told]]:
    held: list[Told] = []
    for told in articles:
        held.append(told)
        ends = zlib.crc32(told.article_id.encode("utf-8", "surrogatepass")) % TYPICAL == 0
        if ends or len(held) >= MOST:
            yield held
            held = []
    if held:
        yield held


__all__ = ["Chunks", "EntityKey", "Told"]
