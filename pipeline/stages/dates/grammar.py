"""The rules and words of the tables, compiled: a lexer, and an expression a rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

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
from pipeline.stages.dates.pattern import Node, PatternParser, Starts

PACKAGE = "pipeline.stages.dates"
#: Stands for a second symbol where a match may end with the first.
END = ""


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
    """A rule, the source of its expression, and the categories of its captures by group name."""

    row: DateRule
    source: str
    categories: Mapping[str, str]
    #: The symbols with which a match may begin, each with those that may come second; `END` where
    #: nothing need come.
    starts: Mapping[str, frozenset[str]]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression; few articles ask for many, and to compile all takes a tenth of a second.

        Its source is put together of signs that cannot but fit, so that none fails here.
        """
        return re.compile(self.source)

    @cached_property
    def captures(self) -> Sequence[tuple[int, str, str]]:
        """The number of each group of the expression, the capture's name and its category."""
        numbers = self.expression.groupindex
        return [
            (numbers[group], group.rpartition("_")[0], category)
            for group, category in self.categories.items()
        ]


@dataclass(frozen=True)
class Grammar:
    """The lexer, the rules by the class with which they may begin, and the scan."""

    lexer: Lexer
    rules: tuple[CompiledRule, ...]
    by_first: Mapping[str, tuple[CompiledRule, ...]]
    starts: re.Pattern[str]
    values: Mapping[tuple[str, str], str]
    #: What a token of each class may be.
    symbols: Mapping[str, frozenset[str]]
    #: The rules that may match at two tokens of these classes, worked out when they are met.
    by_pair: dict[str, tuple[CompiledRule, ...]] = field(default_factory=dict)
    #: The rules that may begin with a token of a class, and what may stand second, likewise.
    seconds: dict[str, Sequence[tuple[CompiledRule, frozenset[str]]]] = field(default_factory=dict)

    def places(self, tokens: Tokens) -> Iterator[int]:
        """Yield the tokens at which some rule may begin, in order."""
        return (found.start() for found in self.starts.finditer(tokens.classes))

    def hits(self, tokens: Tokens, position: int) -> list[tuple[CompiledRule, re.Match[str]]]:
        """Return the rules that match at a token, longest match first, then in table order."""
        found = []
        for order, rule in enumerate(self.fitting(tokens.classes[position : position + 2])):
            match = rule.expression.match(tokens.classes, position)
            if match and match.end() > position:
                found.append((-match.end(), order, rule, match))
        found.sort(key=lambda item: item[:2])
        return [(rule, match) for _, _, rule, match in found]

    def fitting(self, pair: str) -> Sequence[CompiledRule]:
        """Return the rules of which a match may begin with tokens of two classes, in order."""
        if pair not in self.by_pair:
            second = self.symbols[pair[1]] | {END} if len(pair) > 1 else {END}
            seconds = self._seconds(pair[0])
            self.by_pair[pair] = tuple(rule for rule, due in seconds if not due.isdisjoint(second))
        return self.by_pair[pair]

    def _seconds(self, first: str) -> Sequence[tuple[CompiledRule, frozenset[str]]]:
        """Return the rules that may begin with a class, each with what may come second then."""
        if first not in self.seconds:
            self.seconds[first] = [
                (rule, frozenset().union(*(rule.starts.get(s, ()) for s in self.symbols[first])))
                for rule in self.by_first.get(first, ())
            ]
        return self.seconds[first]


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
        for character in frozenset("".join(map(alphabet.characters, rule.starts))):
            by_first[character].append(rule)
    values = {(row.category, form): row.value for row in words for form in row.forms}
    return Grammar(
        alphabet.lexer(),
        rules,
        {key: tuple(found) for key, found in by_first.items()},
        re.compile("[" + "".join(by_first) + "]"),
        values,
        alphabet.symbols(),
    )


def _parse_rules(
    rows: Iterable[DateRule], macros: Mapping[str, str]
) -> Iterator[tuple[DateRule, Node, dict[str, str]]]:
    shared: dict[str, Node] = {}
    for number, row in enumerate(rows, start=1):
        parser = PatternParser(row.pattern, macros, shared)
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
        #: By category, once all sets are there.
        self._characters: dict[str, str] = {}
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
        if symbol not in self._characters:
            found = "".join(char for held, char in self._sets.items() if symbol in held)
            if not found:
                raise ValueError(f"no word has the category {symbol}")
            self._characters[symbol] = found
        return self._characters[symbol]

    def symbols(self) -> Mapping[str, frozenset[str]]:
        """Return the set of categories of each character."""
        return {character: held for held, character in self._sets.items()}

    def lexer(self) -> Lexer:
        """Return the scanner that writes these characters."""
        sets = dict(self._sets)
        nothing = sets[frozenset()]
        return Lexer(self._small, self._large, lambda held: sets.get(held, nothing))


def _compile(
    row: DateRule, node: Node, captures: dict[str, str], alphabet: _Alphabet
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
        return CompiledRule(row, source, captures, _by_first(node.starts))
    except ValueError as error:
        raise LexiconError("rules.toml", None, f"{row.id}: {error}") from error


def _by_first(starts: Starts) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for first, *second in filter(None, starts):
        found[first].update(second or (END,))
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _edge(opening: str, symbols: str, alphabet: _Alphabet) -> str:
    if not symbols:
        return ""
    characters = "".join(
        alphabet.characters(symbol) for symbol in re.findall(r'"[^"]*"|[A-Z0-9]+', symbols)
    )
    edge = f"{opening}[{characters}])"
    # The start of the text is a gap too.
    return f"(?:{edge}|^)" if opening == "(?<=" and "GAP" in symbols else edge
