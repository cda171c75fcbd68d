"""How rows and articles are put into the store: JSON, compressed.

No pickle: a store that comes from elsewhere can hold nothing but data.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NotRequired, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from models import Record
from pipeline.errors import StoreError

#: Of compression: higher ones take several times as long for a few bytes less.
_LEVEL = 2
#: Bytes up to which a text is compressed with a small window and little memory: to make the usual
#: 256 KB ready takes several times as long as to compress a row.
_SMALL = 4096
_SMALL_WINDOW_BITS, _SMALL_MEMORY = 12, 4
_DECODER = json.JSONDecoder()
AnyRecord = TypeVar("AnyRecord", bound=Record)
#: Rows by their type.
Rows = Mapping[type[Record], Sequence[Record]]


def pack(text: str) -> bytes:
    """Compress a text."""
    data = text.encode("utf-8")
    if len(data) > _SMALL:
        return zlib.compress(data, _LEVEL)
    small = zlib.compressobj(_LEVEL, zlib.DEFLATED, _SMALL_WINDOW_BITS, _SMALL_MEMORY)
    return small.compress(data) + small.flush()


def unpack(data: bytes) -> str:
    """Return the text of `pack`.

    Raises:
        StoreError: the bytes are none of ours.
    """
    try:
        return zlib.decompress(data).decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(f"the store holds a damaged row: {error}") from error


def payload_digest(payload: bytes) -> str:
    """Return a hash of an artefact's bytes."""
    return hashlib.blake2b(payload, digest_size=16).hexdigest()


def pack_record(record: Record) -> bytes:
    """Compress one record."""
    return pack(record.model_dump_json())


def unpack_record(kind: type[AnyRecord], data: bytes) -> AnyRecord:
    """Return the record of `pack_record`, validated."""
    try:
        return kind.model_validate_json(unpack(data))
    except ValidationError as error:
        raise StoreError(f"the store holds a damaged {kind.__name__}: {error}") from error


def pack_rows(rows: Iterable[Record]) -> bytes:
    """Compress the rows of one stage and article, by type, in the order given."""
    by_type: dict[type[Record], list[Record]] = {}
    for row in rows:
        by_type.setdefault(type(row), []).append(row)
    parts = (
        f"{json.dumps(kind.__name__)}:{_list_of(kind).dump_json(told).decode()}"
        for kind, told in by_type.items()
    )
    return pack("{" + ",".join(parts) + "}")


@cache
def _list_of(kind: type[AnyRecord]) -> TypeAdapter[list[AnyRecord]]:
    """Return what dumps rows of one type at once, in three fifths of the time of each alone."""
    return TypeAdapter(list[kind])  # type: ignore[valid-type]  # a type that is known by then


def unpack_rows(
    kinds: Iterable[type[Record]], data: bytes, *, only: Collection[type[Record]] | None = None
) -> dict[type[Record], list[Record]]:
    """Return the rows of `pack_rows`, validated.

    Args:
        kinds: types that may be among them.
        only: those that are wanted; None for all.
    """
    by_name = {kind.__name__: kind for kind in kinds}
    wanted = frozenset(by_name.values() if only is None else only)
    try:
        stored = _reader(tuple(by_name.values()), wanted).validate_json(unpack(data))
    except ValidationError as error:
        raise StoreError(f"the store holds rows that do not fit their records: {error}") from error
    return {by_name[name]: rows for name, rows in stored.items() if by_name[name] in wanted}


def row_lines(kind: type[Record], data: bytes) -> Iterator[str]:
    """Yield the rows of one type of `pack_rows`, each as the JSON that was put there.

    Raises:
        StoreError: the bytes are none of ours.
    """
    text, at = unpack(data), 1
    try:
        while not text.startswith("}", at):
            name, at = _DECODER.raw_decode(text, at + text.startswith(",", at))
            at += len(":[")
            while not text.startswith("]", at):
                start = at + text.startswith(",", at)
                _, at = _DECODER.raw_decode(text, start)
                if name == kind.__name__:
                    yield text[start:at]
            at += len("]")
    except ValueError as error:
        raise StoreError(f"the store holds a damaged row: {error}") from error


@cache
def _reader(
    kinds: tuple[type[Record], ...], wanted: frozenset[type[Record]]
) -> TypeAdapter[dict[str, list[Record]]]:
    """Return what reads and validates rows in one go, those that are not wanted left as they are.

    The types are few, and so are the readers.
    """
    fields: Any = {
        kind.__name__: NotRequired[list[kind if kind in wanted else Any]]  # type: ignore[misc]
        for kind in kinds
    }
    made: Any = TypedDict  # a type made at run time, which no type checker follows
    rows = made("Rows", fields)
    rows.__pydantic_config__ = ConfigDict(extra="forbid")
    return TypeAdapter(rows)
