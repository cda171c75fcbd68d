"""Rows in short as JSON, and hashes of texts."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

#: What JSON reads: rows in short are lists, not records, since all of them are read each time.
Plain = Any
#: Above all hashes.
_MODULUS = 1 << 128
_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumped(plain: Plain) -> str:
    """Return JSON without spaces."""
    return _dumped(plain)


def digest_of(*parts: str) -> str:
    """Return a hash of texts in order."""
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(part.encode("utf-8", "surrogatepass"))
        total.update(b"\0")
    return total.hexdigest()


def hash_of(written: str) -> int:
    """Return a hash as a number: numbers are added up, and a sum does not depend on their order."""
    return int(written, 16)


def written_hash(total: int) -> str:
    """Return a hash, or a sum of some, as a text of one length."""
    return f"{total % _MODULUS:032x}"


__all__ = ["Plain", "digest_of", "dumped", "hash_of", "written_hash"]
