"""From files to blocks of articles, read by whichever machine is free.

Files are read by the readers of the local engine. What that does one article after the other, to
give no id twice and to know a story that comes again, is done here by id: what came first by path
and row keeps the id.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models import Article, Reject
from pipeline.config import IngestSettings
from pipeline.distributed.keyed import Keyed, Known, dumped, of_kind
from pipeline.distributed.shards import Shard, ShardWriter
from pipeline.distributed.storage import Storage
from pipeline.fingerprint import digest
from pipeline.readers.inputs import ENGLISH, content_id_of, read_file
from pipeline.readers.remote import is_remote, opened
from pipeline.readers.walk import STDIN

#: Small files are read together until they hold so many bytes, or so many they are.
UNIT_BYTES, UNIT_FILES = 8_000_000, 512
#: A unit ends behind a file whose name hashes to 0 of so many, so that a file that is added or
#: taken away leaves the units behind it as they are.
CUT = 64
NAME_DIGITS = 24


@dataclass(frozen=True)
class Unit:
    """Files that are read together; `name` also tells which state they were in."""

    name: str
    files: tuple[str, ...]


@dataclass
class Read:
    """What came of a unit."""

    name: str
    articles: int = 0
    #: Blocks by name, in order, each with the file of its articles.
    blocks: list[tuple[str, Shard]] = field(default_factory=list)
    shards: list[Shard] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)


def units_of(files: Sequence[str], *, code: str, settings: IngestSettings) -> Iterator[Unit]:
    """Yield files, which come sorted, in units.

    Args:
        code: of all that decides how a file is read.
    """
    held: list[str] = []
    states: list[str] = []
    size = 0
    for path in files:
        state, file_bytes = _state(path)
        held.append(path)
        states.append(f"{path}\0{state}")
        size += file_bytes
        cut = int(hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:8], 16) % CUT == 0
        if cut or size >= UNIT_BYTES or len(held) >= UNIT_FILES:
            yield Unit(digest(code, settings.model_dump_json(), *states)[:NAME_DIGITS], tuple(held))
            held, states, size = [], [], 0
    if held:
        yield Unit(digest(code, settings.model_dump_json(), *states)[:NAME_DIGITS], tuple(held))


def _state(path: str) -> tuple[str, int]:
    """Return what changes when a file does, and its size."""
    if path == STDIN:
        return os.urandom(8).hex(), 0
    try:
        if is_remote(path):
            files, name = opened(path)
            return str(files.ukey(name)), int(files.size(name) or 0)
        told = Path(path).stat()
    except OSError as error:
        return str(error.errno), 0
    return f"{told.st_size} {told.st_ino} {told.st_mtime_ns} {told.st_ctime_ns}", told.st_size


def read_unit(
    unit: Unit, storage: Storage, folder: str, settings: IngestSettings, *, block_characters: int
) -> Read:
    """Read a unit's files into blocks of about so many characters."""
    made = Read(unit.name)
    foreign: Counter[str] = Counter()
    stem = f"{folder}/{unit.name}"
    with ShardWriter(storage, stem) as notes:
        articles = _articles(unit, settings, notes, foreign)
        for number, block in enumerate(_blocks(articles, block_characters)):
            name = f"{unit.name}-{number:05}"
            with ShardWriter(storage, f"{folder}/{name}") as writer:
                for at, (path, order, article) in enumerate(block):
                    writer.add(Keyed("article", article.id, article.model_dump_json()))
                    notes.add(claim(name, at, path, order, article))
            made.articles += len(block)
            made.blocks.append((name, writer.shards[0]))
    made.shards, made.foreign = notes.shards, dict(foreign)
    return made


def _articles(
    unit: Unit, settings: IngestSettings, notes: ShardWriter, foreign: Counter[str]
) -> Iterator[tuple[str, int, Article]]:
    for path in unit.files:
        found = read_file(
            path, published=settings.published, max_characters=settings.max_characters
        )
        for order, item in enumerate(found):
            if isinstance(item, Reject):
                notes.add(Keyed("reject", "", item.model_dump_json()))
                continue
            if item.language not in (None, ENGLISH):
                foreign[str(item.language)] += 1
            yield path, order, item


def _blocks(
    articles: Iterator[tuple[str, int, Article]], characters: int
) -> Iterator[list[tuple[str, int, Article]]]:
    block: list[tuple[str, int, Article]] = []
    held = 0
    for item in articles:
        block.append(item)
        held += len(item[2].text)
        if held >= characters:
            yield block
            block, held = [], 0
    if block:
        yield block


def claim(block: str, at: int, path: str, order: int, article: Article) -> Keyed:
    """Return what an article claims: an id that it brought, else the one that its content gives."""
    content = content_id_of(article)
    body = {
        "from": [path, order],
        "where": [block, at],
        "id": article.id,
        "content": content,
        # What the local engine calls one story: equal text, title and date.
        "story": digest(article.text, article.title or "", str(article.published)),
        "text": digest(article.text)[:8],
        "title": article.title is None,
        "path": article.source_path,
    }
    return Keyed("given" if article.id != content else "claim", article.id, dumped(body))


def settle(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Leave a given id to the first article that brought it, and to others of its content."""
    claims = sorted((json.loads(body) for body in of_kind(rows, "given")), key=_from)
    owner = claims[0]["content"]
    for claim in claims:
        made = key if claim["content"] == owner else claim["content"]
        yield Keyed("claim", made, dumped(claim))


def take(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Keep one article of each story that claims an id; the later stories get ids of their own.

    Yields a `verdict` for each article that is not to be taken as it was read.
    """
    claims = sorted((json.loads(body) for body in of_kind(rows, "claim")), key=_from)
    kept: dict[str, list[dict[str, Any]]] = {}
    ids: dict[str, list[Any]] = {}
    for claim in claims:
        made, story = key, [claim["story"], claim["title"]]
        while ids.setdefault(made, story) != story:
            made = f"{made}-{claim['text']}"
        kept.setdefault(made, []).append(claim)
    for made, same in kept.items():
        first, *others = same
        paths = sorted({claim["path"] for claim in same} - {first["path"]})
        if made != first["id"] or paths:
            yield _verdict(first, {"id": made, "other_paths": paths})
        for other in others:
            yield _verdict(other, None)


def rule(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Bring the verdicts on a block's articles together."""
    verdicts = sorted(json.loads(body) for body in of_kind(rows, "verdict"))
    yield Keyed("rules", key, dumped(verdicts))


def _verdict(claim: dict[str, Any], update: dict[str, Any] | None) -> Keyed:
    block, at = claim["where"]
    return Keyed("verdict", block, dumped([at, update]))


def _from(claim: dict[str, Any]) -> tuple[str, int]:
    path, order = claim["from"]
    return path, order


def ruled(articles: Sequence[str], rules: str | None) -> Iterator[Article]:
    """Yield a block's articles as the verdicts on them say."""
    verdicts: dict[int, Any] = dict(json.loads(rules or "[]"))
    for at, body in enumerate(articles):
        article = Article.model_validate_json(body)
        if at not in verdicts:
            yield article
        elif (update := verdicts[at]) is not None:
            update["other_paths"] = tuple(update["other_paths"])
            yield article.model_copy(update=update)


__all__ = ["Read", "Unit", "claim", "read_unit", "rule", "ruled", "settle", "take", "units_of"]
