"""Sentences with their answers, kept as TOML tables beside the tests that read them.

`sentences.toml` holds what must be right, `misses.toml` what is known to be wrong, each with its
reason. An answer is one line of fields parted by bars, so that a sentence and what it must give
are seen together.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tests.reading import PUBLISHED

#: What a miss is due to; the words of the reason say more.
Cause = Literal["parse", "names", "gazetteer", "trigger", "argument", "date", "status", "discourse"]


class Sentence(BaseModel):
    """One text and all that must be found in it, one answer a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    answers: tuple[str, ...] = ()
    published: str | None = PUBLISHED


class Miss(Sentence):
    """One that the program gets wrong, and why."""

    cause: Cause
    reason: str


def load_sentences(path: Path) -> list[Sentence]:
    return [Sentence.model_validate(row) for row in _rows(path)]


def load_misses(path: Path) -> list[Miss]:
    return [Miss.model_validate(row) for row in _rows(path)]


def _rows(path: Path) -> list[object]:
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("sentence", [])
    assert isinstance(found, list)
    return found


def fields(answer: str, *, count: int) -> list[str]:
    """Return the first fields of an answer, and the rest, which may be empty, as the last."""
    parts = [part.strip() for part in answer.split("|")]
    assert count <= len(parts) <= count + 1, answer
    return [*parts, ""][: count + 1]


__all__ = ["Cause", "Miss", "Sentence", "fields", "load_misses", "load_sentences"]
