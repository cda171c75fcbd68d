"""Rule tables: read once, every row checked by a frozen pydantic model.

TOML tables hold one array of tables, `[[row]]`; CSV tables have a header line. A row that does
not fit its model is a `LexiconError` naming file and row.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from importlib.resources import files
from itertools import zip_longest
from typing import Annotated, Any, NoReturn, ParamSpec, Protocol, TypeVar

import tomli
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from typing_extensions import override

from pipeline.errors import LexiconError


class Row(BaseModel):
    """Base of the table rows: frozen, no unknown column."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Row):
    """A rule row: a name, a sentence on which it fires and one on which it must not."""

    id: str
    example: str
    counter: str


class WordList(Row):
    """Words of one use, and what they are for."""

    id: str
    why: str
    words: tuple[str, ...]


class Words(Protocol):
    """Returns the words of a list, or of several together, by their names."""

    def __call__(self, *names: str) -> frozenset[str]:
        """Return the words; a list of no such name is a `KeyError`."""
        ...


def _parted(cell: object) -> object:
    return tuple(cell.split("|")) if isinstance(cell, str) else cell


#: A column whose cells hold several values each, parted by "|".
Values = Annotated[tuple[str, ...], BeforeValidator(_parted)]

AnyRow = TypeVar("AnyRow", bound=Row)
Rows = TypeVar("Rows")
Given = ParamSpec("Given")
Told = TypeVar("Told")

#: What is asked for of tables by word, the innermost `noting` last; nothing where nobody notes it.
_NOTES: list[set[tuple[str, str]]] = []
#: Answers that `once_a_word` keeps.
_KEPT = 50_000

#: Texts tried in place of tables, by package and file; see `pipeline.renewal.trying`.
TRIED: dict[tuple[str, str], str] = {}


def table_text(package: str, file: str) -> str:
    """Return the text of a table that lies in a package, or the one tried in its place."""
    tried = TRIED.get((package, file))
    return (files(package) / file).read_text(encoding="utf-8") if tried is None else tried


@cache
def load_table(package: str, file: str, model: type[AnyRow]) -> tuple[AnyRow, ...]:
    """Return the rows of a table that lies in a package, in file order.

    Raises:
        LexiconError: the table is missing, is no TOML or CSV, or a row does not fit `model`.
    """
    try:
        text = table_text(package, file)
    except (OSError, ModuleNotFoundError) as error:
        raise LexiconError(file, None, f"cannot be read: {error}") from error
    raw = _toml_rows(file, text) if file.endswith(".toml") else _csv_rows(text)
    rows = []
    for number, cells in enumerate(raw, start=1):
        try:
            rows.append(model.model_validate(cells))
        except ValidationError as error:
            first = error.errors()[0]
            column = ".".join(str(part) for part in first["loc"])
            raise LexiconError(file, number, f"{column}: {first['msg']}") from error
    return tuple(rows)


class ByWord(dict[str, Rows]):
    """Rows by the words at which they are read, and not otherwise.

    An article that holds no word of a row so is none that the row can touch; nor is one of which
    no reader asked for the word (see `noting`).
    """

    def __init__(self, name: str, rows: Mapping[str, Rows]) -> None:
        """Take rows, and what they are called where it is noted which are asked for."""
        super().__init__(rows)
        self.name = name

    @override
    def __getitem__(self, word: str) -> Rows:
        if _NOTES:
            _NOTES[-1].add((self.name, word))
        return super().__getitem__(word)

    @override
    def __contains__(self, word: object) -> bool:
        if _NOTES:
            _NOTES[-1].add((self.name, str(word)))
        return super().__contains__(word)

    @override
    def get(self, word: str, default: Any = None) -> Any:
        """Return the rows of a word."""
        if _NOTES:
            _NOTES[-1].add((self.name, word))
        return super().get(word, default)

    @override
    def __iter__(self) -> NoReturn:
        """Raise: who went through all rows would read those of words that the article has not.

        Raises:
            TypeError: always.
        """
        raise TypeError("rows are read at their words")

    keys = values = items = __iter__


@contextmanager
def noting() -> Iterator[set[tuple[str, str]]]:
    """Note inside the block the words for which rows are asked, found or not, as they are asked.

    Each is noted with the name of the rows (`ByWord`).

    What was kept before of an article, or of words by anything but `once_a_word`, hides them.
    """
    asked: set[tuple[str, str]] = set()
    _NOTES.append(asked)
    try:
        yield asked
    finally:
        _NOTES.pop()


def once_a_word(read: Callable[Given, Told]) -> Callable[Given, Told]:
    """Remember what is read of words alone by what tables say of them, and what was asked for."""
    kept = lru_cache(maxsize=_KEPT)(read)
    noted: dict[Any, tuple[Told, set[tuple[str, str]]]] = {}

    @wraps(read)
    def remembered(*words: Given.args, **named: Given.kwargs) -> Told:
        if not _NOTES:
            return kept(*words, **named)  # type: ignore[arg-type]  # words can be hashed
        if words not in noted:
            with noting() as asked:
                told = read(*words, **named)
            noted[words] = told, asked
        told, asked = noted[words]
        _NOTES[-1].update(asked)
        return told

    return remembered


def word_lists(package: str, *tables: str) -> Words:
    """Return what reads the word lists of a package, each table when first asked."""

    @cache
    def lists() -> Mapping[str, tuple[str, ...]]:
        rows = (row for table in tables for row in load_table(package, table, WordList))
        return {row.id: row.words for row in rows}

    @cache
    def words(*names: str) -> frozenset[str]:
        found = lists()
        return frozenset[str]().union(*(found[name] for name in names))

    return words


def any_of(forms: Iterable[str], *, blank: str = r"\s+") -> str:
    r"""Return a pattern of any of several wordings, the longest first.

    Args:
        blank: the pattern of what stands for a blank of theirs; any space, if none is told.

    >>> any_of(("flew", "flew back"))
    'flew\\s+back|flew'
    """
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", blank) for form in ordered)


@cache
def _sorted_lines(package: str, file: str) -> list[str]:
    """Return the lines of a sorted table without its header."""
    try:
        return table_text(package, file).splitlines()[1:]
    except OSError as error:
        raise LexiconError(file, None, f"cannot be read: {error}") from error


def find_lines(package: str, file: str, key: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line whose first cell is `key`, found by bisection.

    For tables of many rows, sorted, of which an article asks for few; rows count from 1.

    Raises:
        LexiconError: the table is missing.
    """
    lines = _sorted_lines(package, file)
    for at in range(bisect_left(lines, f"{key},"), len(lines)):
        if not lines[at].startswith(f"{key},"):
            return
        yield at + 1, lines[at]


def has_line_from(package: str, file: str, begin: str) -> bool:
    """Tell whether a line of a sorted table begins so, found by bisection.

    Raises:
        LexiconError: the table is missing.
    """
    lines = _sorted_lines(package, file)
    at = bisect_left(lines, begin)
    return at < len(lines) and lines[at].startswith(begin)


def _toml_rows(file: str, text: str) -> Iterator[dict[str, Any]]:
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise LexiconError(file, None, str(error)) from error
    yield from data.get("row", ())


def _csv_rows(text: str) -> Iterator[dict[str, Any]]:
    lines = csv.reader(text.splitlines())
    columns = next(lines, [])
    for cells in filter(None, lines):
        # An empty cell means "not given", so that the model's default applies. A row of more cells
        # than columns has one of no name, which fits no model.
        yield {column: cell for column, cell in zip_longest(columns, cells) if cell != ""}
