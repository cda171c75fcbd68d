"""Styles before a name that are written short, which the tokenizer would part from their stop."""

from __future__ import annotations

#: Read as one word each: of "Hon | . | Ana Ruiz" the parser makes two sentences.
WHOLE = (
    "Hon.", "Amb.", "Brig.", "Maj.", "Lt.", "Col.", "Capt.", "Engr.", "Smt.", "Cde.",
)  # fmt: skip

__all__ = ["WHOLE"]
