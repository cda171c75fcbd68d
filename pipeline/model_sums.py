"""Known models: which package holds which official pipeline, and the sums of its files."""

from __future__ import annotations

import base64

from pipeline.lexicon import Row, load_table


class ModelSum(Row):
    """One file of a known model; `sha256` url-safe base64 without padding, as in RECORD files."""

    package: str
    version: str
    file: str
    sha256: str

    @property
    def hex(self) -> str:
        """Return the sum as hexadecimal digits."""
        return base64.urlsafe_b64decode(self.sha256 + "=").hex()


def known_sums(package: str) -> tuple[ModelSum, ...]:
    """Return the sums of a package's files, empty for a model that nobody has checked."""
    rows = load_table("pipeline", "model_sums.csv", ModelSum)
    return tuple(row for row in rows if row.package == package)
