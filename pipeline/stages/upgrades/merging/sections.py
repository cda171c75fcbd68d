"""Sections of a page, one a country: of its partners, or of who joined a body, under the name."""

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
#: What parts the two of a heading, and what may stand behind them.
_BETWEEN = re.compile(r"\s{0,3}[–—]\s{0,3}|\s{1,3}(?:-|/|&|and)\s{1,3}")
_TIES = re.compile(r"\s{1,3}(?:bilateral )?(?:relations|ties)$", re.IGNORECASE)
#: A bracket behind a heading's name ("SERBIA (candidate since 2012)").
_BRACKET = re.compile(r"\([^()]{1,50}\)\s{0,3}[.:]?$")
#: A name with which a paragraph opens that is of it ("Serbia (since 2012). The country …").
_RUN_IN = re.compile(
    r"^[ \t#*•·–-]*(?P<name>[A-Z][^\n().,:;–—]{2,40}?)(?:\s*\([^()]{1,50}\)[.:]|[.:])\s"
)


class Sections:
    """The headings of one story that are the name of a country or organization alone.

    Also what opens a paragraph so: "Serbia: The country applied in 2009".
    """

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
        self._pairs = _pairs_over(text, scene.extent[0])
        if len({code for code in self._codes if code}) < _LEAST:
            self._starts, self._codes = [], []

    def partner(self, offset: int) -> str | None:
        """Return the code of the heading over an offset in the article's text."""
        at = bisect_right(self._starts, offset) - 1
        return self._codes[at] if at >= 0 else None

    def pair(self, offset: int) -> frozenset[str] | None:
        """Return the two of the heading over an offset: "Iceland – Ghana", above its section."""
        at = bisect_right(self._pairs, offset, key=lambda pair: pair[0]) - 1
        return self._pairs[at][1] if at >= 0 and self.start(offset) <= self._pairs[at][0] else None

    def start(self, offset: int) -> int:
        """Return where the heading over an offset begins, in the article's text; 0 for none."""
        at = bisect_right(self._starts, offset) - 1
        return self._starts[at] if at >= 0 else 0

    def subject(self, weights: Mapping[str, int]) -> str | None:
        """Return the party told of most that no heading names: whose relations they are."""
        headed = set(self._codes)
        rest = [code for code in weights if code not in headed]
        return max(rest, key=lambda code: (weights[code], code), default=None)


def _pairs_over(text: str, at: int) -> list[tuple[int, frozenset[str]]]:
    """Return where each line begins that is a pair of parties alone, with them; none of one."""
    found = []
    for line in text.splitlines(keepends=True):
        name = line.strip(_MARKS_BEHIND + "\n") if len(line) <= _LONGEST else ""
        sides = _BETWEEN.split(_TIES.sub("", name))
        codes = {code for side in sides if (code := party_named(side.strip(_MARKS_BEFORE)))}
        if len(sides) == len(codes) == 2:
            found.append((at, frozenset(codes)))
        at += len(line)
    return found if len({pair for _, pair in found}) >= _LEAST else []


def _partner_of(line: str) -> str | None:
    """Return the code of the party whose name a line is, else None."""
    run_in = _RUN_IN.match(line)
    if run_in is not None:
        return party_named(run_in["name"])
    name = _BRACKET.sub("", line.strip()).rstrip() if len(line) <= _LONGEST else ""
    return party_named(_LEAD.sub("", name.lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)))


__all__ = ["Sections"]
