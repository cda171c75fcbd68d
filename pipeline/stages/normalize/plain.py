"""Rows in short as JSON, and hashes of texts."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

#: What JSON reads: rows in short are lists, not records, since all of them are read each time.
Plain = Any
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


__all__ = ["Plain", "digest_of", "dumped"]
