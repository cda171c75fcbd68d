"""The word lists of the normalize stage, loaded once."""

from __future__ import annotations

from pipeline.lexicon import word_lists

PACKAGE = "pipeline.stages.normalize"

word_set = word_lists(PACKAGE, "words.toml")

__all__ = ["PACKAGE", "word_set"]
