"""Patterns over token classes: the notation of the rule table, and its parser.

A pattern is written with category names (`MONTH`), words in quotes (`"of"`), macros (`@DATE`),
groups, `|` and `?`, and captures (`d:DAY`):

    m:MONTH "."? d:DAY ("," y:YEAR)?

Only `?` repeats, so that a match is bounded and the whole scan is linear in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_SYMBOL = re.compile(r'\s*("[^"]*"|[a-z]\w*:|@?[A-Z][A-Z0-9]*|[()|?])')


#: How many symbols of a match's beginning are known.
_KNOWN = 2
Starts = frozenset[tuple[str, ...]]
_NOTHING: Starts = frozenset({()})


@dataclass(frozen=True)
class Node:
    """A parsed pattern: its expression with `{NAME}` for categories, and how it may begin.

    `starts` holds the first two symbols of every match; all of them of a shorter one.
    """

    source: str
    starts: Starts


class PatternParser:
    """Recursive descent over one pattern; names of captures are numbered to be unique.

    Args:
        parsed: nodes of macros that capture nothing, which other patterns may share.
    """

    def __init__(
        self, pattern: str, macros: Mapping[str, str], parsed: dict[str, Node] | None = None
    ) -> None:
        self.macros = macros
        self._parsed = {} if parsed is None else parsed
        self.captures: dict[str, str] = {}
        self._counts: dict[str, int] = defaultdict(int)
        self._symbols = _split(pattern)
        self._at = 0

    def parse(self) -> Node:
        """Return the whole pattern as one node.

        Raises:
            ValueError: it does not follow the notation, or names no macro there is.
        """
        node = self._choice()
        if self._peek():
            raise ValueError(f"unexpected {self._peek()!r}")
        return node

    def _peek(self) -> str:
        return self._symbols[self._at]

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        return Node(
            "(?:" + "|".join(option.source for option in options) + ")",
            frozenset().union(*(option.starts for option in options)),
        )

    def _sequence(self) -> Node:
        source, starts = "", _NOTHING
        while self._peek() not in ("", "|", ")"):
            item = self._item()
            source += item.source
            starts = _followed(starts, item.starts)
        return Node(source, starts)

    def _item(self) -> Node:
        name = ""
        if self._peek().endswith(":") and self._peek()[0] != '"':
            name = self._peek()[:-1]
            self._at += 1
        symbol = self._peek()
        node = self._atom()
        if name:
            self._counts[name] += 1
            unique = f"{name}_{self._counts[name]}"
            self.captures[unique] = symbol if symbol[0].isupper() else ""
            node = Node(f"(?P<{unique}>{node.source})", node.starts)
        if self._peek() == "?":
            self._at += 1
            node = Node(f"(?:{node.source})?", node.starts | _NOTHING)
        return node

    def _atom(self) -> Node:
        symbol = self._peek()
        self._at += 1
        if symbol == "(":
            node = self._choice()
            if self._peek() != ")":
                raise ValueError("a bracket is not closed")
            self._at += 1
            return node
        if symbol.startswith("@"):
            return self._macro(symbol[1:])
        if symbol and (symbol[0] == '"' or symbol[0].isupper()):
            return Node("{" + symbol + "}", frozenset({(symbol,)}))
        raise ValueError(f"unexpected {symbol!r}")

    def _macro(self, name: str) -> Node:
        if name not in self.macros:
            raise ValueError(f"no macro {name}")
        if name in self._parsed:
            return self._parsed[name]
        captures = len(self.captures)
        outer, self._symbols, at = self._symbols, _split(self.macros[name]), self._at
        self._at = 0
        node = self._choice()
        self._symbols, self._at = outer, at
        made = Node(f"(?:{node.source})", node.starts)
        if len(self.captures) == captures:
            self._parsed[name] = made
        return made


@lru_cache(maxsize=256)
def _split(pattern: str) -> tuple[str, ...]:
    """Return the symbols of a pattern, or of a macro that many patterns use, and an empty one."""
    symbols, at, end = [], 0, len(pattern.rstrip())
    while at < end:
        match = _SYMBOL.match(pattern, at)
        if not match:
            raise ValueError(f"cannot read {pattern[at : at + 20]!r}")
        symbols.append(match[1])
        at = match.end()
    return (*symbols, "")


def _followed(starts: Starts, following: Starts) -> Starts:
    """Return how what begins in one way and goes on in another begins."""
    whole = {start for start in starts if len(start) == _KNOWN}
    return frozenset(
        whole | {(*start, *more)[:_KNOWN] for start in starts - whole for more in following}
    )
