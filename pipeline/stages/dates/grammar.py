"""Rules as data: patterns over token classes, compiled to regular expressions.

A pattern is written with category names (`MONTH`), words in quotes (`"of"`), macros (`@DATE`),
groups, `|` and `?`, and captures (`d:DAY`):

    m:MONTH "."? d:DAY ("," y:YEAR)?

Only `?` repeats, so that a match is bounded and the whole scan is linear in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import LexiconError
from pipeline.lexicon import Row, Rule, load_table
from pipeline.stages.dates.holidays import holiday_patterns
from pipeline.stages.dates.lexer import (
    SCANNED,
    Lexer,
    Tokens,
    number_categories,
    ordinal_categories,
)

PACKAGE = "pipeline.stages.dates"
_SYMBOL = re.compile(r'\s*("[^"]*"|[a-z]\w*:|@?[A-Z][A-Z0-9]*|[()|?])')


class Word(Row):
    """A row of words.toml."""

    category: str
    value: str
    forms: tuple[str, ...]
    capital: bool = False


class Macro(Row):
    """A row of macros.toml: a name for a pattern that several rules share."""

    name: str
    pattern: str


class DateRule(Rule):
    """A row of rules.toml.

    Args:
        pattern: what must stand in the text.
        read: name of the reader that gives the meaning.
        after, not_after: category or words of which one must, or none may, stand just before.
        before, not_before: the same for just behind.
        give: what the reader needs to know besides.
    """

    pattern: str
    read: str
    after: str = ""
    not_after: str = ""
    before: str = ""
    not_before: str = ""
    give: str = ""


@dataclass(frozen=True)
class CompiledRule:
    """A rule, its expression, and the categories of its captures by group name."""

    row: DateRule
    expression: re.Pattern[str]
    categories: Mapping[str, str]
    firsts: frozenset[str]


@dataclass(frozen=True)
class Grammar:
    """The lexer, the rules by the class with which they may begin, and the scan."""

    lexer: Lexer
    rules: tuple[CompiledRule, ...]
    by_first: Mapping[str, tuple[CompiledRule, ...]]
    starts: re.Pattern[str]
    values: Mapping[tuple[str, str], str]

    def places(self, tokens: Tokens) -> Iterator[int]:
        """Yield the tokens at which some rule may begin, in order."""
        return (found.start() for found in self.starts.finditer(tokens.classes))

    def hits(self, tokens: Tokens, position: int) -> list[tuple[CompiledRule, re.Match[str]]]:
        """Return the rules that match at a token, longest match first, then in table order."""
        found = []
        for order, rule in enumerate(self.by_first.get(tokens.classes[position], ())):
            match = rule.expression.match(tokens.classes, position)
            if match and match.end() > position:
                found.append((-match.end(), order, rule, match))
        found.sort(key=lambda item: item[:2])
        return [(rule, match) for _, _, rule, match in found]


@dataclass(frozen=True)
class _Node:
    """A parsed pattern: its expression with `{NAME}` for categories, and how it may begin."""

    source: str
    firsts: frozenset[str]
    nullable: bool


class _Parser:
    """Recursive descent over one pattern; names of captures are numbered to be unique."""

    def __init__(self, pattern: str, macros: Mapping[str, str]) -> None:
        self.macros = macros
        self.captures: dict[str, str] = {}
        self._counts: dict[str, int] = defaultdict(int)
        self._symbols = self._split(pattern)
        self._at = 0

    def parse(self) -> _Node:
        node = self._choice()
        if self._at != len(self._symbols):
            raise ValueError(f"unexpected {self._symbols[self._at]!r}")
        return node

    @staticmethod
    def _split(pattern: str) -> list[str]:
        symbols, at = [], 0
        while at < len(pattern.rstrip()):
            match = _SYMBOL.match(pattern, at)
            if not match:
                raise ValueError(f"cannot read {pattern[at : at + 20]!r}")
            symbols.append(match[1])
            at = match.end()
        return symbols

    def _peek(self) -> str:
        return self._symbols[self._at] if self._at < len(self._symbols) else ""

    def _choice(self) -> _Node:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        return _Node(
            "(?:" + "|".join(option.source for option in options) + ")",
            frozenset().union(*(option.firsts for option in options)),
            any(option.nullable for option in options),
        )

    def _sequence(self) -> _Node:
        source, firsts, nullable = "", frozenset[str](), True
        while self._peek() not in ("", "|", ")"):
            item = self._item()
            source += item.source
            if nullable:
                firsts |= item.firsts
            nullable = nullable and item.nullable
        return _Node(source, firsts, nullable)

    def _item(self) -> _Node:
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
            node = _Node(f"(?P<{unique}>{node.source})", node.firsts, node.nullable)
        if self._peek() == "?":
            self._at += 1
            node = _Node(f"(?:{node.source})?", node.firsts, True)
        return node

    def _atom(self) -> _Node:
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
            return _Node("{" + symbol + "}", frozenset({symbol}), False)
        raise ValueError(f"unexpected {symbol!r}")

    def _macro(self, name: str) -> _Node:
        if name not in self.macros:
            raise ValueError(f"no macro {name}")
        outer, self._symbols, at = self._symbols, self._split(self.macros[name]), self._at
        self._at = 0
        node = self._choice()
        self._symbols, self._at = outer, at
        return _Node(f"(?:{node.source})", node.firsts, node.nullable)


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """Compile the tables once.

    Raises:
        LexiconError: a table or a pattern is broken; the message names file and row.
    """
    macros = {row.name: row.pattern for row in load_table(PACKAGE, "macros.toml", Macro)}
    macros["HOLIDAY"] = " | ".join(
        " ".join(f'"{word}"' for word in words) for words in holiday_patterns()
    )
    parsed = list(_parse_rules(load_table(PACKAGE, "rules.toml", DateRule), macros))
    words = load_table(PACKAGE, "words.toml", Word)
    literals = {
        symbol
        for row, node, _ in parsed
        for symbol in re.findall(r'\{("[^"]*")\}', node.source) + _edge_literals(row)
    }
    alphabet = _Alphabet(words, literals)
    rules = tuple(_compile(row, node, captures, alphabet) for row, node, captures in parsed)
    by_first: dict[str, list[CompiledRule]] = defaultdict(list)
    for rule in rules:
        for character in rule.firsts:
            by_first[character].append(rule)
    values = {(row.category, form): row.value for row in words for form in row.forms}
    return Grammar(
        alphabet.lexer(),
        rules,
        {key: tuple(found) for key, found in by_first.items()},
        re.compile("[" + "".join(by_first) + "]"),
        values,
    )


def _parse_rules(
    rows: Iterable[DateRule], macros: Mapping[str, str]
) -> Iterator[tuple[DateRule, _Node, dict[str, str]]]:
    for number, row in enumerate(rows, start=1):
        parser = _Parser(row.pattern, macros)
        try:
            yield row, parser.parse(), parser.captures
        except ValueError as error:
            raise LexiconError("rules.toml", number, f"{row.id}: {error}") from error


def _edge_literals(row: DateRule) -> list[str]:
    edges = f"{row.after} {row.not_after} {row.before} {row.not_before}"
    return re.findall(r'"[^"]*"', edges)


class _Alphabet:
    """One private character for each set of categories that a token can have."""

    def __init__(self, words: Iterable[Word], literals: Iterable[str]) -> None:
        small: dict[str, set[str]] = defaultdict(set)
        large: dict[str, set[str]] = defaultdict(set)
        for row in words:
            for form in row.forms:
                large[form].add(row.category)
                if not row.capital:
                    small[form].add(row.category)
        for literal in literals:
            form = literal[1:-1]
            small[form].add(literal)
            large[form].add(literal)
        self._sets: dict[frozenset[str], str] = {}
        self.of_set(frozenset())
        self._small = {form: self.of_set(frozenset(found)) for form, found in small.items()}
        self._large = {form: self.of_set(frozenset(found)) for form, found in large.items()}
        for categories in SCANNED.values():
            self.of_set(frozenset(categories))
        for number in range(2300):
            self.of_set(number_categories(str(number)))
            self.of_set(number_categories(f"{number:02d}"))
            self.of_set(number_categories(f"{number:04d}"))
        for categories_of in (number_categories("99999"), number_categories("2999")):
            self.of_set(categories_of)
        for number in (0, 31, 32):
            self.of_set(ordinal_categories(f"{number}th"))

    def of_set(self, categories: frozenset[str]) -> str:
        """Return the character of a set, a new one for a new set."""
        return self._sets.setdefault(categories, chr(0xE000 + len(self._sets)))

    def characters(self, symbol: str) -> str:
        """Return the characters of all sets that hold a category."""
        found = "".join(char for held, char in self._sets.items() if symbol in held)
        if not found:
            raise ValueError(f"no word has the category {symbol}")
        return found

    def lexer(self) -> Lexer:
        """Return the scanner that writes these characters."""
        sets = dict(self._sets)
        nothing = sets[frozenset()]
        return Lexer(self._small, self._large, lambda held: sets.get(held, nothing))


def _compile(
    row: DateRule, node: _Node, captures: dict[str, str], alphabet: _Alphabet
) -> CompiledRule:
    def fill(match: re.Match[str]) -> str:
        return "[" + alphabet.characters(match[1]) + "]"

    try:
        source = re.sub(r"\{(\"[^\"]*\"|[A-Z0-9]+)\}", fill, node.source)
        source = (
            _edge("(?<=", row.after, alphabet)
            + _edge("(?<!", row.not_after, alphabet)
            + source
            + _edge("(?=", row.before, alphabet)
            + _edge("(?!", row.not_before, alphabet)
        )
        firsts = frozenset("".join(alphabet.characters(symbol) for symbol in node.firsts))
        return CompiledRule(row, re.compile(source), captures, firsts)
    except (ValueError, re.error) as error:
        raise LexiconError("rules.toml", None, f"{row.id}: {error}") from error


def _edge(opening: str, symbols: str, alphabet: _Alphabet) -> str:
    if not symbols:
        return ""
    characters = "".join(
        alphabet.characters(symbol) for symbol in re.findall(r'"[^"]*"|[A-Z0-9]+', symbols)
    )
    return f"{opening}[{characters}])"
