"""Sections of a page on a country's foreign relations, one a partner, under the partner's name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.parties.headline import party_named

#: A page has sections where so many headings name a country of their own.
_LEAST = 2
#: No heading is longer, in characters.
_LONGEST = 60
_MARKS_BEFORE, _MARKS_BEHIND = " \t#*=_-0123456789.)|", " \t#*=_:|"
_LEAD = re.compile(r"^(?:(?:bilateral )?relations with|ties with|the)\s+", re.IGNORECASE)


class Sections:
    """The headings of one story that are the name of a country or organization alone."""

    def __init__(self, scene: Scene) -> None:
        at, end = scene.extent
        text = scene.article.text[at:end]
        self._starts: list[int] = []
        self._codes: list[str | None] = []
        for line in text.splitlines(keepends=True):
            code = _partner_of(line)
            if code is not None and at >= scene.article.body_start:
                self._starts.append(at)
                self._codes.append(code)
            at += len(line)
        if len({code for code in self._codes if code}) < _LEAST:
            self._starts, self._codes = [], []

    def partner(self, offset: int) -> str | None:
        """Return the code of the heading over an offset in the article's text."""
        at = bisect_right(self._starts, offset) - 1
        return self._codes[at] if at >= 0 else None

    def subject(self, weights: Mapping[str, int]) -> str | None:
        """Return the party told of most that no heading names: whose relations they are."""
        headed = set(self._codes)
        rest = [code for code in weights if code not in headed]
        return max(rest, key=lambda code: (weights[code], code), default=None)


def _partner_of(line: str) -> str | None:
    """Return the code of the party whose name a line is, else None."""
    if len(line) > _LONGEST or not line.strip():
        return None
    return party_named(_LEAD.sub("", line.strip().lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)))


__all__ = ["Sections"]
