"""Every regular expression of the program, and its worst input.

    python -m tests.regexes

collects what the package compiles, at import, from its tables and in passing, feeds each the
strings on which it would backtrack most, worked out from its own parse tree, and tells which take
time in the square of the length, or worse.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Literal, get_args, get_origin, get_type_hints

PACKAGE = "pipeline"
ROOT = Path(__file__).parents[1]
#: Modules that make tables, and are no part of the program.
NOT_RUN = re.compile(r"\.make_\w+$|^pipeline\.__main__$")
FUNCTIONS = (
    "compile",
    "search",
    "match",
    "fullmatch",
    "split",
    "findall",
    "finditer",
    "sub",
    "subn",
)
#: Where patterns are none of the package's own: the shapes of words that the model's rules ask for.
FOREIGN = frozenset(("pipeline/inference/words.py",))

#: Patterns of tables and lists that are only held against one place of a text.
HELD = frozenset(
    {
        "pipeline/stages/dates/grammar.py:CompiledRule",
        "pipeline/stages/dates/pattern.py:_SYMBOL",
        "pipeline/datelines/calendar.py:_COMPILED",
        "pipeline/datelines/dateline.py:_ENDS",
        "pipeline/datelines/dateline.py:_PLACE",
        "pipeline/stages/ingest/pagetop.py:_FILLERS",
    }
)
#: Guards of dates: what stands before is looked for in so many characters, what follows is held
#: against the place behind.
GUARDS = "pipeline/stages/dates/guards.py:_compiled"

_PARSER: Any = importlib.import_module("re._parser")
_CONSTANTS: Any = importlib.import_module("re._constants")

Site = tuple[str, int]


@dataclass(frozen=True)
class Found:
    """A pattern and where it is compiled."""

    source: str | bytes
    flags: int
    file: str
    line: int

    @property
    def owner(self) -> str:
        """The file and the constant or function that holds it."""
        return f"{self.file}:{_owners(self.file).get(self.line, '')}"

    @property
    def anchored(self) -> bool:
        """Whether it is only held against one place of a text, and never looked for."""
        if self.owner in HELD or (self.owner == GUARDS and self.source in _guards("after")):
            return True
        name = self.owner.partition(":")[2]
        used = _methods(self.file).get(name, frozenset())
        return bool(used) and used <= {"match", "fullmatch"}

    @property
    def longest(self) -> int:
        """The most characters in which it is looked for."""
        short = self.owner == GUARDS and self.source in _guards("before")
        return int(_guards_module().LOOK_BACK) if short else MOST


@cache
def _guards(part: str) -> frozenset[str]:
    lexicon = importlib.import_module("pipeline.lexicon")
    rows = lexicon.load_table("pipeline.stages.dates", "guards.toml", _guards_module().Guard)
    return frozenset(getattr(row, part) for row in rows)


def _guards_module() -> ModuleType:
    return importlib.import_module("pipeline.stages.dates.guards")


@cache
def _owners(file: str) -> Mapping[int, str]:
    """Return, for each line of a file, the constant or function at its top that it is part of."""
    found = {}
    for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        name = getattr(node, "name", None) or getattr(targets[0], "id", "")
        found.update(dict.fromkeys(range(node.lineno, (node.end_lineno or 0) + 1), name))
    return found


@cache
def _methods(file: str) -> Mapping[str, frozenset[str]]:
    """Return, for each name of a file, what is called on it ("_LINE.match", "_line().match")."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            of = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(of, ast.Name):
                used.setdefault(of.id, set()).add(node.attr)
    return {name: frozenset(called) for name, called in used.items()}


# Collecting


def collect() -> list[Found]:
    """Import the package and fill its tables; return all patterns.

    Raises:
        LookupError: a pattern is made at a place that was not passed.
    """
    found: dict[tuple[str | bytes, str], Found] = {}
    compiled: Any = getattr(re, "_compile")  # noqa: B009 - what all of the module's functions call

    def note(pattern: Any, flags: Any) -> Any:
        made = compiled(pattern, flags)
        if isinstance(pattern, str | bytes):
            site = _caller(sys._getframe(1))
            if site is not None:
                found.setdefault((pattern, site[0]), Found(pattern, int(made.flags), *site))
        return made

    setattr(re, "_compile", note)  # noqa: B010 - as above
    try:
        for module in list(_modules()):
            _fill_tables(module)
        for rule in importlib.import_module("pipeline.stages.dates.grammar").load_grammar().rules:
            assert rule.expression  # compiled when it is asked for
        levels = importlib.import_module("pipeline.stages.upgrades.levels.level_names")
        for hint in levels.names_by_hint():
            assert levels.fixed_names(hint)  # likewise
    finally:
        setattr(re, "_compile", compiled)  # noqa: B010 - as above
    passed = {(each.file, each.line) for each in found.values()}
    for site, constant in _written_sites():
        if constant is not None:
            found.setdefault((constant, site[0]), Found(constant, 0, *site))
        elif site[0] not in FOREIGN and not any(
            file == site[0] and abs(line - site[1]) <= 6 for file, line in passed
        ):
            raise LookupError(f"{site[0]}:{site[1]}: what is compiled here was not collected")
    return sorted(found.values(), key=lambda each: (each.file, each.line, str(each.source)))


def _caller(frame: FrameType | None) -> Site | None:
    while frame is not None and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if frame is None:
        return None
    path = Path(frame.f_code.co_filename)
    if not path.is_relative_to(ROOT / PACKAGE):
        return None
    return str(path.relative_to(ROOT)), frame.f_lineno


def _modules() -> Iterator[ModuleType]:
    package = importlib.import_module(PACKAGE)
    for each in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not NOT_RUN.search(each.name):
            with suppress(ImportError):  # of an extra that is not installed
                yield importlib.import_module(each.name)


def _fill_tables(module: ModuleType) -> None:
    """Call the module's cached functions that take nothing: they are how tables are loaded."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module.__name__ or not hasattr(
            value, "cache_info"
        ):
            continue
        asked = inspect.signature(value).parameters.values()
        wanting = [each for each in asked if each.default is each.empty]
        if not wanting:
            value()
        elif len(wanting) == 1:
            # A table's kind: each that its type names.
            hint = get_type_hints(value)[wanting[0].name]
            for kind in get_args(hint) if get_origin(hint) is Literal else ():
                value(kind)


def _written_sites() -> Iterator[tuple[Site, str | bytes | None]]:
    """Yield each place that calls `re`, with the pattern where that is written there in full."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if NOT_RUN.search("." + path.stem):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if (
                not isinstance(owner, ast.Name)
                or owner.id != "re"
                or node.func.attr not in FUNCTIONS
            ):
                continue
            first = node.args[0]
            constant = first.value if isinstance(first, ast.Constant) else None
            with_flags = len(node.args) > 1 and node.func.attr == "compile"
            yield (name, node.lineno), None if with_flags else constant


# Attacking

#: Characters of all kinds that rules tell apart.
POOL = "aZé0_ \n\t.,;:-–'’\"”()[]<>/%$?!&"
TAILS = ("", "\x00", "!", "\n")
#: Pumped so often; a search that then takes longer than some milliseconds is looked at closely.
SHORT = 4_000
#: A pattern of hundreds of words takes its time at every place.
SHORT_OF_LONG, LONG_SOURCE = 250, 1_000
SUSPICIOUS_SECONDS = 0.003
MOST = 1_000_000
#: Four times the length may take so many times the time; in the square it would be 16.
MOST_TIMES = 8.0
FACTOR = 4
#: How often a pattern must be found to take too much more before it is called weak.
TURNS = 8
#: By the clock, on a machine that may have much else to do; what is endless takes far longer.
PATIENCE_SECONDS = 5


def attacks(found: Found, count: int) -> Iterator[str]:
    """Yield strings on which a pattern backtracks most, each pumped `count` times."""
    source = found.source if isinstance(found.source, str) else found.source.decode("latin-1")
    tree = _PARSER.parse(source, found.flags & ~int(re.DEBUG))
    seen: set[tuple[str, str]] = set()
    for before, pump in [("", each) for each in POOL] + list(_pumps(tree, "")):
        if not pump or (before, pump) in seen:
            continue
        seen.add((before, pump))
        for tail in TAILS:
            yield before + pump * count + tail
        if before:
            yield (before + pump) * count
            yield (before + pump * 30) * (count // 30)


def _pumps(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield what comes before each repetition of a pattern, and what it may repeat."""
    for operation, given in tree:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, body = given
            if most > 3:
                for pump in _variants(body):
                    yield before, pump
            yield from _pumps(body, before)
        elif name == "SUBPATTERN":
            yield from _pumps(given[-1], before)
        elif name == "ATOMIC_GROUP":
            yield from _pumps(given, before)
        elif name == "BRANCH":
            for branch in given[1][:12]:
                yield from _pumps(branch, before)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from _pumps(given[1], before)
        before += _sample([(operation, given)])


def _variants(body: Any) -> list[str]:
    """Return strings that a repeated part matches: of a class, a character of each kind."""
    sample = _sample(body)
    made = [sample] if sample else []
    if len(body) == 1:
        matches = re.compile(_class_source(body[0])).fullmatch if _is_class(body[0]) else None
        if matches is not None:
            made += [char for char in POOL if matches(char)][:8]
        elif str(body[0][0]) == "BRANCH":
            made += [_sample(branch) for branch in body[0][1][1]][:12]
        elif str(body[0][0]) == "SUBPATTERN":
            made += _variants(body[0][1][-1])
    return list(dict.fromkeys(made))


def _is_class(node: Any) -> bool:
    return str(node[0]) in {"IN", "ANY", "NOT_LITERAL", "LITERAL"}


_CATEGORIES = {
    "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W", "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D",
}  # fmt: skip


def _class_source(node: Any) -> str:
    """Spell a class of characters again."""
    operation, given = str(node[0]), node[1]
    if operation == "ANY":
        return r"[^\n]"
    if operation in {"LITERAL", "NOT_LITERAL"}:
        return f"[{'^' if operation == 'NOT_LITERAL' else ''}{re.escape(chr(given))}]"
    parts = []
    for kind, value in given:
        if str(kind) == "NEGATE":
            parts.append("^")
        elif str(kind) == "LITERAL":
            parts.append(re.escape(chr(value)))
        elif str(kind) == "RANGE":
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[str(value)])
    return f"[{''.join(parts)}]"


def _sample(tree: Any) -> str:
    """Return a short string that a part of a pattern matches; borders and looks are passed over."""
    made = ""
    for operation, given in tree:
        name = str(operation)
        if name == "LITERAL":
            made += chr(given)
        elif name in {"IN", "ANY", "NOT_LITERAL"}:
            matches = re.compile(_class_source((operation, given))).fullmatch
            chars = POOL if name != "IN" else POOL + "".join(_first_of(given))
            made += next((char for char in chars if matches(char)), "")
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            made += _sample(given[2]) * max(1, given[0]) if given[1] else ""
        elif name == "SUBPATTERN":
            made += _sample(given[-1])
        elif name == "ATOMIC_GROUP":
            made += _sample(given)
        elif name == "BRANCH":
            made += _sample(given[1][0])
    return made


def _first_of(given: Sequence[Any]) -> Iterator[str]:
    for kind, value in given:
        if str(kind) == "LITERAL":
            yield chr(value)
        elif str(kind) == "RANGE":
            yield chr(value[0])


def worst(found: Found) -> str:
    """Return the attack that a pattern does not withstand, cut short; nothing where it does."""
    pattern = re.compile(found.source, found.flags)
    seconds = partial(_seconds, pattern, anchored=found.anchored)
    most, count = found.longest, SHORT if len(found.source) < LONG_SOURCE else SHORT_OF_LONG
    for short, long in zip(attacks(found, count), attacks(found, FACTOR * count), strict=True):
        short, long = short[-most:], long[-most:]
        try:
            if seconds(short, times=1) < SUSPICIOUS_SECONDS:
                continue
            if _grows(partial(seconds, short), partial(seconds, long)):
                return short[:60]
        except TimeoutError:
            return short[:60] + " (endless)"
    return ""


def _grows(short: Callable[..., float], long: Callable[..., float]) -> bool:
    """Whether what is longer takes too much more time, in turn after turn.

    What else the machine does lengthens a turn now and then, and hardly the least of several.
    """
    least_short = least_long = float("inf")
    for _ in range(TURNS):
        least_long = min(least_long, long(times=1))
        least_short = min(least_short, short(times=2))
        if least_long <= MOST_TIMES * least_short:
            return False
    return True


def _seconds(pattern: re.Pattern[Any], text: str, *, times: int, anchored: bool) -> float:
    """Return the least time that holding a pattern against a text, or finding it, takes."""
    given = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        with _patience():
            if anchored:
                pattern.match(given)
            else:
                deque(pattern.finditer(given), maxlen=0)
        best = min(best, time.process_time() - start)
    return best


@contextmanager
def _patience() -> Iterator[None]:
    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> None:
    """Print the patterns that do not withstand an attack, and how many there are, as JSON."""
    found = collect()
    weak = [
        {"at": f"{each.owner} ({each.line})", "pattern": str(each.source)[:200], "attack": attack}
        for each in found
        if (attack := worst(each))
    ]
    json.dump({"patterns": len(found), "weak": weak}, sys.stdout, indent=1, ensure_ascii=True)


if __name__ == "__main__":
    main()
