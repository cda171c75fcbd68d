"""Tables of trips of several travellers: cells between bars, under a row that names the columns.

A page's table comes as lines, "Date | Visitor | Country" and "May 2011 | Prime Minister X | Peru".
Whose cell stands for several rows is named in the first of them alone. Tables of one traveller,
whom their heading names, and of guests of one land are registers (`registers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from spacy.tokens import Span

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.exchanges import guests_of_line, heading_of
from pipeline.stages.visits.lists.register_days import days_in_line, is_year
from pipeline.stages.visits.lists.register_lines import each_land, places_at, text_lines
from pipeline.stages.visits.lists.registers import as_of, kind_of_line
from pipeline.stages.visits.tables import noun_rules, word_set

#: How surely a row tells a trip.
_SCORE = 0.8
#: A line of three cells at least; a page of a table has more bars than this.
_ROW = re.compile(r"^(?:[ \t]*\|)?(?P<told>[^|\n]*(?:\|[^|\n]*){2,})$", re.MULTILINE)
_FEWEST_BARS = 6
#: What the name of a column has in brackets, and its words.
_ASIDE, _WORD = re.compile(r"\(\w+\)"), re.compile(r"\w+")
#: What parts the row of names from those below it.
_RULE = re.compile(r"[\s|:=–—-]*")
#: The kinds of columns that such a table has.
_COLUMNS = ("column_of_days", "column_of_guests", "column_of_lands")
_Cells = Sequence[Span | None]


def trip_tables(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the trips of all such tables by the token at which each row begins."""
    scene = reader.scene
    text, first = scene.article.text, scene.extent[0]
    if text.count("|", first, scene.extent[1]) < _FEWEST_BARS:
        return {}
    found: dict[int, list[Candidate]] = {}
    columns: Mapping[str, int] = {}
    carried: list[Actor] = []
    home: str | None = None
    for row in _ROW.finditer(text, first, scene.extent[1]):
        named = _columns(row["told"])
        if named:
            columns, carried, home = named, [], _home(reader, row.start())
        elif columns and not _RULE.fullmatch(row["told"]):
            cells = _cells(scene, row)
            carried = _carried(reader, cells, columns, carried, home=home)
            for each in _trips(reader, cells, columns, carried):
                found.setdefault(each.at, []).append(each)
    return found


def _home(reader: ArgumentReader, offset: int) -> str | None:
    """Return the land that the last heading above a table names as its travellers' home."""
    lines = text_lines(reader.scene, next(reader.scene.tokens_from(0)).i)
    told = [heading_of(reader, line) for line in lines if line.start_char < offset]
    return next((h.home.country for h in reversed(told) if h and h.home), None)


def _columns(row: str) -> Mapping[str, int]:
    """Return where a table has which kind of column, nothing of a row that does not name them."""
    told = (_ASIDE.sub("", name) for name in row.split("|"))
    names = [" ".join(_WORD.findall(name)).lower() for name in told]
    found = {
        kind: number
        for kind in _COLUMNS
        for number, name in reversed([*enumerate(names)])
        if name in word_set(kind)
    }
    return found if len(found) == len(_COLUMNS) else {}


def _cells(scene: Scene, row: re.Match[str]) -> _Cells:
    """Return the cells of a row, None for an empty one."""
    at, cells = row.start("told"), list[Span | None]()
    for cell in row["told"].split("|"):
        begin = at + len(cell) - len(cell.lstrip())
        told = scene.doc.char_span(begin, begin + len(cell.strip()), alignment_mode="expand")
        cells.append(told if cell.strip() else None)
        at += len(cell) + 1
    return cells


def _shifted(reader: ArgumentReader, cells: _Cells, columns: Mapping[str, int]) -> bool:
    """Tell a row that lacks the cell of its traveller, who is that of the row above."""
    days = columns["column_of_days"]
    left = columns["column_of_guests"] < days
    return (
        left
        and not _is_dated(reader, cells[days : days + 1])
        and _is_dated(reader, cells[days - 1 : days])
    )


def _is_dated(reader: ArgumentReader, cells: _Cells) -> bool:
    return any(
        cell is not None and (is_year(cell) or bool(reader.clock.between(cell.start, cell.end)))
        for cell in cells
    )


def _carried(
    reader: ArgumentReader,
    cells: _Cells,
    columns: Mapping[str, int],
    carried: list[Actor],
    *,
    home: str | None,
) -> list[Actor]:
    """Return who travels in a row: those whom it names, else those of the rows above.

    Args:
        home: the land of those who do not tell theirs, if the table's heading does.
    """
    at = columns["column_of_guests"]
    cell = cells[at] if at < len(cells) else None
    if cell is None or _shifted(reader, cells, columns):
        return carried
    own = list(guests_of_line(reader.scene, cell, None, None))
    return own or list(guests_of_line(reader.scene, cell, home, None))


def _trips(
    reader: ArgumentReader, cells: _Cells, columns: Mapping[str, int], actors: Sequence[Actor]
) -> Iterator[Candidate]:
    back = _shifted(reader, cells, columns)
    days, land = (columns[kind] - back for kind in ("column_of_days", "column_of_lands"))
    if max(days, land) >= len(cells) or cells[days] is None or cells[land] is None:
        return
    scene, told, named = reader.scene, cells[days], cells[land]
    assert told is not None
    assert named is not None
    when = days_in_line(reader, told, told, fact=Fact("completed"))
    spots = each_land(places_at(scene, named.start))
    for actor, spot in product(actors, spots if when else ()):
        if spot.country == actor.country:
            continue
        opens = next(cell for cell in cells if cell is not None)[0]
        made = reader.make(
            noun_rules()["visit"],
            opens,
            actor=actor,
            spot=spot,
            fact=Fact("completed"),
            score=_SCORE,
        )
        kind = next((k for cell in cells if cell is not None and (k := kind_of_line(cell))), None)
        fact = as_of(reader, when) or made.fact
        yield replace(made, when=when, fact=fact, kind=kind, count=1)


__all__ = ["trip_tables"]
