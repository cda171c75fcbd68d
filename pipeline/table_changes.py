"""Which articles a changed table can touch: none in which no word of a changed row stands.

Of a keyed table a stage reads just the rows whose words stand in the article (`KeyedTable`). The
store keeps the texts that such tables had when artefacts were made. Where nothing of a stage
changed since but rows of these tables, and the article holds no word of them, what is stored is
what the stage would make now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import tomli
from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.freshness import Freshness
from pipeline.plan import Plan
from pipeline.stage import KeyedTable
from pipeline.store import State, Store

#: So many codes of a stage are remembered with their tables, the latest first.
REMEMBERED = 6
#: Columns for those who read the tables; no stage is given them.
_FOR_READERS = ("example", "counter")
#: Words that differ; None where more differs than words.
Words = Collection[str] | None
#: Words for which rows were asked, in lower case, each with the name of the rows.
Asked = frozenset[tuple[str, str]]


class _Note(BaseModel):
    """A stage's code at some time: its digest, that of all but the tables, and their texts."""

    code: str
    rest: str
    texts: dict[str, str]


_NOTES = TypeAdapter(list[_Note])


class TableChanges:
    """Takes what a changed table cannot touch for what the stage would make now."""

    def __init__(self, plan: Plan, freshness: Freshness, store: Store) -> None:
        """Remember the tables as they are, before anything is made with them."""
        self._parser, self._freshness, self._store = plan.parser, freshness, store
        #: Stages that read their tables as they are now, so that a broken row is told.
        self._tried: set[str] = set()
        #: By stage and earlier code, the words that differ since.
        self._words: dict[str, Mapping[str, Words]] = {
            stage.name: self._since(stage.name, stage.keyed) for stage in plan.stages if stage.keyed
        }

    def _since(self, name: str, keyed: Iterable[KeyedTable]) -> dict[str, Words]:
        key, now = f"tables of {name}", self._freshness.tables[name]
        try:
            notes = _NOTES.validate_json(self._store.meta(key) or "[]")
        except ValidationError:
            notes = []
        present = _Note(code=self._freshness.code_of(name), rest=now.rest, texts=dict(now.texts))
        earlier = [note for note in notes if note.code != present.code]
        if notes[:1] != [present]:
            kept = [present, *earlier][:REMEMBERED]
            self._store.set_meta(key, _NOTES.dump_json(kept).decode())
        return {
            note.code: changed_words(keyed, note.texts, now.texts)
            for note in earlier
            if note.rest == now.rest
        }

    def settled(self, state: State) -> State:
        """Return an article's state, artefacts that no change can touch noted as made now."""
        for name, since in self._words.items():
            made = self._freshness.made(state, name)
            stored = state.fingerprints.get(name)
            if not since or made is None or stored is None or stored == made:
                continue
            by_code = {self._freshness.made(state, name, code=code): code for code in since}
            words = since[by_code[stored]] if stored in by_code else None
            if words is None or name not in self._tried or self._holds(state, words):
                self._tried.add(name)
                continue
            self._store.reprint(state.article_id, name, made)
            state = replace(state, fingerprints={**state.fingerprints, name: made})
        return state

    def _holds(self, state: State, words: Collection[str]) -> bool:
        """Tell whether an article holds one of some words."""
        parsed = self._store.payload(state.article_id, self._parser.name)
        if parsed is None:
            return True
        held = self._parser.words(parsed)
        return any(word in held for word in words)


def changed_words(
    keyed: Iterable[KeyedTable], before: Mapping[str, str], now: Mapping[str, str]
) -> Words:
    """Return the words, in lower case, of which rows of keyed tables say other things now.

    None where a table is broken, where other rows stand in another order, or where the stage asks
    for a changed row whether its words stand in the article or not.
    """
    found: set[str] = set()
    for table in keyed:
        old, new = (_rows_by_word(table, texts.get(table.name)) for texts in (before, now))
        if old is None or new is None:
            return None
        changed = {word for word, _ in old + new if _of(word, old) != _of(word, new)}
        if changed & {*table.always}:
            return None
        if [r for r in old if r[0] not in changed] != [r for r in new if r[0] not in changed]:
            return None
        found |= changed
    heads = frozenset(map(_head, found))
    # A word is looked for inside others as well: "land" in "lands".
    return None if "" in heads else heads


def asked_of(words: Iterable[tuple[str, str]]) -> Asked:
    """Return what was asked for, as `changed_words` tells words: each with the name of its rows."""
    return frozenset((name, _head(word)) for name, word in words)


def _head(word: str) -> str:
    """Return a word in lower case, of a phrase the first, which must stand there, too."""
    return word.lower().split()[0] if word.strip() else ""


_RowsByWord = list[tuple[str, dict[str, Any]]]


def _rows_by_word(table: KeyedTable, text: str | None) -> _RowsByWord | None:
    """Return each word of a table with what a row of it says, in the table's order."""
    if text is None:
        return None
    left_out = {table.column, *_FOR_READERS}
    try:
        rows = tomli.loads(text).get("row", [])
        return [
            (str(word), {column: cell for column, cell in row.items() if column not in left_out})
            for row in rows
            for word in row[table.column]
        ]
    except (tomli.TOMLDecodeError, KeyError, TypeError, AttributeError):
        return None


def _of(word: str, rows: _RowsByWord) -> list[dict[str, Any]]:
    return [row for each, row in rows if each == word]


__all__ = ["Asked", "TableChanges", "asked_of", "changed_words"]
