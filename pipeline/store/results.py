"""What the corpus stage made: results that are kept, and the finished records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from models import Record
from pipeline.codec import pack, pack_record, unpack, unpack_record
from pipeline.memo import Group
from pipeline.store.database import PAGE
from pipeline.store.written import WrittenTables

AnyRecord = TypeVar("AnyRecord", bound=Record)


class ResultTables(WrittenTables):
    """The tables of the corpus stage."""

    #: Whether changes of finished records are noted: they need not be where all is to be written.
    _noting = False

    # Blocks

    def block(self, name: str, fingerprint: str) -> str | None:
        """Return what was made of a block, None where it was made of other rows or not at all."""
        rows = self._rows(
            "SELECT made FROM blocks WHERE name = ? AND fingerprint = ?", name, fingerprint
        )
        return unpack(rows[0][0]) if rows else None

    def put_block(self, name: str, fingerprint: str, made: str) -> None:
        """Keep what was made of a block, in place of an earlier result."""
        self._rows("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", name, fingerprint, pack(made))

    def keep_blocks(self, names: AbstractSet[str]) -> None:
        """Forget all blocks but these."""
        for (name,) in self._rows("SELECT name FROM blocks"):
            if name not in names:
                self._rows("DELETE FROM blocks WHERE name = ?", name)

    # Finished records

    def replace_records(
        self, kinds: Sequence[type[Record]], records: Iterable[Record]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store finished records in place of all earlier ones of their kinds.

        Yields those that appeared, vanished or changed, as pairs of before and after; they are
        stored one by one as the pairs are taken, and what is the same is not written again.
        """
        by_name = {kind.__name__: kind for kind in kinds}
        self._rows("DELETE FROM groups")
        self._begin_keeping()
        for record in records:
            kind, made = _key(record)
            self._rows("INSERT INTO kept VALUES (?, ?)", kind, made)
            yield from self._put_record(by_name, record, "")
        for kind in by_name:
            yield from ((old, None) for old in self._drop_others(by_name[kind]))
        self._rows("DELETE FROM kept")

    def _begin_asking(self) -> None:
        self._rows(
            "CREATE TEMP TABLE IF NOT EXISTS kept (kind TEXT, id TEXT, PRIMARY KEY (kind, id))"
        )

    def _begin_keeping(self) -> None:
        self._begin_asking()
        self._rows("DELETE FROM kept")
        self._noting = self.knows_written

    def _put_record(
        self, kinds: Mapping[str, type[Record]], record: Record, group: str
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store a record; yield what it was and is where that differs."""
        kind, made = _key(record)
        packed = pack_record(record)
        found = self._rows("SELECT record, grp FROM records WHERE kind = ? AND id = ?", kind, made)
        if found and (bytes(found[0][0]), found[0][1]) == (packed, group):
            return
        if self._noting:
            self._note_unwritten(kind, made, stood=bool(found))
        self._rows("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", kind, made, packed, group)
        if not found or bytes(found[0][0]) != packed:
            yield (unpack_record(kinds[kind], found[0][0]) if found else None), record

    def changed_groups(self, groups: Sequence[tuple[str, str]]) -> list[str]:
        """Return the names of the groups whose records were made of other things, or not at all.

        While `replace_groups` is at work, all of these are kept.

        Args:
            groups: name of each, and of what its records would be made.
        """
        self._rows(
            "CREATE TEMP TABLE IF NOT EXISTS asked (name TEXT PRIMARY KEY, fingerprint TEXT)"
        )
        self._rows("DELETE FROM asked")
        with self._guard():
            self._db.executemany("INSERT INTO asked VALUES (?, ?)", groups)
        self._begin_asking()
        self._rows("INSERT OR IGNORE INTO kept SELECT '', name FROM asked")
        found = self._rows(
            "SELECT name FROM asked LEFT JOIN groups USING (name) "
            "WHERE groups.fingerprint IS NOT asked.fingerprint ORDER BY asked.rowid"
        )
        return [str(name) for (name,) in found]

    def replace_groups(
        self, kinds: Sequence[type[Record]], groups: Iterable[Group]
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Store groups of finished records in place of all earlier records of their kinds.

        Yields pairs as `replace_records` does, where nothing is stored yet before the record is;
        those that `changed_groups` is asked of meanwhile stay as they are where they do not come.
        """
        by_name = {kind.__name__: kind for kind in kinds}
        grouped = bool(self._rows("SELECT 1 FROM groups LIMIT 1"))
        self._begin_keeping()
        if not grouped and not self._rows("SELECT 1 FROM records LIMIT 1"):
            yield from self._put_first(groups)
            return
        for group in groups:
            self._rows("INSERT OR IGNORE INTO kept VALUES ('', ?)", group.name)
            yield from self._replace_group(by_name, group)
        vanished = "SELECT name, ids FROM groups WHERE name NOT IN (SELECT id FROM kept)"
        for name, ids in self._rows(vanished):
            yield from self._drop_records(by_name, json.loads(ids), name)
            self._rows("DELETE FROM groups WHERE name = ?", name)
        if not grouped:
            for name in by_name:
                loose = self._rows("SELECT kind, id FROM records WHERE kind = ? AND grp = ''", name)
                yield from self._drop_records(by_name, loose, "")
        self._rows("DELETE FROM kept")

    def _put_first(self, groups: Iterable[Group]) -> Iterator[tuple[None, Record]]:
        """Store groups where nothing is stored yet, so that nothing need be looked up."""
        records: list[tuple[str, str, bytes, str]] = []
        made: list[tuple[str, str, str]] = []
        for group in groups:
            keys = []
            for record in group.records:
                key = _key(record)
                keys.append(key)
                records.append((*key, pack_record(record), group.name))
                yield None, record
            made.append((group.name, group.fingerprint, json.dumps(keys)))
            if len(records) >= PAGE:
                self._put_all(records, made)
        self._put_all(records, made)
        self._rows("DELETE FROM kept")

    def _put_all(
        self, records: list[tuple[str, str, bytes, str]], groups: list[tuple[str, str, str]]
    ) -> None:
        """Store records and groups that are not stored yet, and empty the lists of them."""
        with self._guard():
            self._db.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", records)
            self._db.executemany("INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", groups)
        if self._noting:
            for kind, made, *_ in records:
                self._note_unwritten(kind, made, stood=False)
        records.clear()
        groups.clear()

    def _replace_group(
        self, kinds: Mapping[str, type[Record]], group: Group
    ) -> Iterator[tuple[Record | None, Record | None]]:
        found = self._rows("SELECT ids FROM groups WHERE name = ?", group.name)
        old = {(kind, made) for kind, made in json.loads(found[0][0])} if found else set()
        new: list[tuple[str, str]] = []
        for record in group.records:
            new.append(_key(record))
            yield from self._put_record(kinds, record, group.name)
        yield from self._drop_records(kinds, sorted(old.difference(new)), group.name)
        self._rows(
            "INSERT OR REPLACE INTO groups VALUES (?, ?, ?)",
            group.name,
            group.fingerprint,
            json.dumps(new),
        )

    def _drop_records(
        self, kinds: Mapping[str, type[Record]], keys: Iterable[tuple[str, str]], group: str
    ) -> Iterator[tuple[Record | None, Record | None]]:
        """Forget records, but those that another group has taken over; yield them."""
        for kind, made in keys:
            found = self._rows(
                "DELETE FROM records WHERE kind = ? AND id = ? AND grp = ? RETURNING record",
                kind,
                made,
                group,
            )
            for (packed,) in found:
                if self._noting:
                    self._note_unwritten(kind, made, stood=True)
                yield unpack_record(kinds[kind], packed), None

    def _drop_others(self, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Forget the records of a kind that were not kept; yield them."""
        while page := self._rows(
            "SELECT id, record FROM records WHERE kind = ?1 AND id NOT IN "
            "(SELECT id FROM kept WHERE kind = ?1) LIMIT ?2",
            kind.__name__,
            PAGE,
        ):
            for made, packed in page:
                if self._noting:
                    self._note_unwritten(kind.__name__, made, stood=True)
                self._rows("DELETE FROM records WHERE kind = ? AND id = ?", kind.__name__, made)
                yield unpack_record(kind, packed)

    def records(self, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Yield the finished records of a kind, in order of id."""
        return (unpack_record(kind, data) for data in self._packed_records(kind))

    def record_lines(self, kind: type[Record]) -> Iterator[str]:
        """Yield the finished records of a kind as JSON, in order of id."""
        return map(unpack, self._packed_records(kind))

    def record_line(self, kind: type[Record], made: str) -> str:
        """Return a finished record as JSON."""
        ((packed,),) = self._rows(
            "SELECT record FROM records WHERE kind = ? AND id = ?", kind.__name__, made
        )
        return unpack(packed)

    def _packed_records(self, kind: type[Record]) -> Iterator[bytes]:
        last = ""
        while page := self._rows(
            "SELECT id, record FROM records WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
            kind.__name__,
            last,
            PAGE,
        ):
            last = page[-1][0]
            yield from (data for _, data in page)


def _key(record: Record) -> tuple[str, str]:
    return type(record).__name__, getattr(record, "id")  # noqa: B009 - Record has none


__all__ = ["ResultTables"]
