"""What an output folder holds, read back table by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from models import (
    Article,
    Conflict,
    DateExpression,
    Entity,
    Manifest,
    Record,
    Reject,
    Upgrade,
    Visit,
)
from pipeline.errors import StoreError
from pipeline.stages.write.writer import read_manifest, read_table

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Results:
    """The tables of one output folder, each read when it is first asked for.

    Raises:
        StoreError: a table is missing, or not as it was written; from every property.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> Manifest:
        """The account of the last run."""
        return read_manifest(self.folder)

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """The articles by id."""
        return {article.id: article for article in self.read("articles", Article)}

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """The persons, countries, organizations and places."""
        return list(self.read("entities", Entity))

    @cached_property
    def dates(self) -> Sequence[DateExpression]:
        """The temporal expressions."""
        return list(self.read("dates", DateExpression))

    @cached_property
    def visits(self) -> Sequence[Visit]:
        """The visits."""
        return list(self.read("visits", Visit))

    @cached_property
    def upgrades(self) -> Sequence[Upgrade]:
        """The changes of relations."""
        return list(self.read("upgrades", Upgrade))

    @cached_property
    def rejects(self) -> Sequence[Reject]:
        """What could not be read or done."""
        return list(self.read("rejects", Reject))

    @cached_property
    def conflicts(self) -> Sequence[Conflict]:
        """Where articles tell different values of one record, a value a row."""
        # A folder that an earlier version wrote has none until the next run.
        if not (self.folder / "conflicts.json").is_file():
            return ()
        return list(self.read("conflicts", Conflict))

    def read(self, table: str, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Yield the records of a table, one at a time."""
        path = self.folder / f"{table}.json"
        if not path.is_file():
            raise StoreError(f"no {path.name} in {self.folder}: `communique run` makes it")
        try:
            for record in read_table(path, kind):
                assert isinstance(record, kind)
                yield record
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise StoreError(f"{path} is not as it was written: run again ({error})") from error


__all__ = ["Results"]
