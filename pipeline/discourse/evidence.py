"""The sentences that prove a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from models import Evidence
from pipeline.discourse.scene import Scene


class Telling(Protocol):
    """Whatever was read at a token by a rule."""

    @property
    def at(self) -> int:
        """Return the index of its trigger."""

    @property
    def rule(self) -> str:
        """Return the id of the rule that read it."""


def evidence_of(scene: Scene, tellings: Iterable[Telling]) -> Iterator[Evidence]:
    """Yield each sentence in which something was read, once, in text order.

    Offsets count code points of the article. Of several rules in one sentence the first is named.
    """
    seen: set[int] = set()
    for telling in sorted(tellings, key=lambda one: one.at):
        sentence = scene.sentence(telling.at)
        if sentence.start in seen:
            continue
        seen.add(sentence.start)
        start, end = scene.trimmed(sentence)
        yield Evidence(
            article_id=scene.article.id,
            start=start,
            end=end,
            text=scene.article.text[start:end],
            rule=telling.rule,
        )


__all__ = ["Telling", "evidence_of"]
