"""What a run does between reading and writing: the parts that the runner is given.

The runner knows none of them by name; `pipeline.stages.build_stages` puts the program's own
together, tests put together others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from models import Article, Manifest, Record, Reject
from models.manifest import Model
from pipeline.memo import Group, Memo
from pipeline.share import Share, alone
from pipeline.stage import Made, Stage

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Parser(Protocol):
    """Make the Doc that every article stage reads, and carry it to disk and back.

    Loads its model when it first parses, so that a run with nothing to parse loads none.
    """

    @property
    def name(self) -> str:
        """Return the name under which its Docs are stored."""

    @property
    def packages(self) -> tuple[str, ...]:
        """Return the packages that hold its code."""

    @property
    def libraries(self) -> tuple[str, ...]:
        """Return the distributions whose version decides how it parses."""

    def identity(self) -> Model:
        """Tell which model parses, without loading it."""

    def parse(self, article: Article, /) -> bytes:
        """Return the serialized Doc of an article."""

    def read(self, data: bytes, /) -> Doc:
        """Return the Doc that `parse` serialized; needs no model."""

    def words(self, data: bytes, /) -> str:
        """Return all words and lemmas of the Doc that `parse` serialized, in lower case, in lines.

        A word that stands several times is there once.
        """

    def let_go(self, doc: Doc, /) -> None:
        """Give the memory of a Doc back that `read` returned and nobody uses any more."""

    def release(self) -> None:
        """Let go of what Docs read so far hold; none of them may be used any more."""

    def unload(self) -> None:
        """Let go of the model, too, until it is needed again."""


@dataclass(frozen=True)
class ArticleResult:
    """An article and the rows that the article stages made of it."""

    article: Article
    rows: Mapping[type[Record], Sequence[Record]]

    def of(self, kind: type[Made]) -> Sequence[Made]:
        """Return the rows of one type."""
        return self.rows.get(kind, ())  # type: ignore[return-value]  # keyed by type


@dataclass(frozen=True)
class ArticleInput:
    """An article and its rows, not read yet.

    Args:
        content: hash of all that the corpus stage reads of it.
        load: fetches it as it is stored; returns what reads it, here or in another process.
    """

    article_id: str
    content: str
    load: Callable[[], Callable[[], ArticleResult]]

    def result(self) -> ArticleResult:
        """Read it."""
        return self.load()()


class Combine(Protocol):
    """Bring the results of all articles together."""

    def __call__(self, results: Iterable[ArticleResult], /) -> Iterable[Record]:
        """Read the results once, in order of article id, and yield finished records."""


class Update(Protocol):
    """Bring the results of all articles together, and make only what changed since."""

    def __call__(
        self, articles: Iterable[ArticleInput], /, *, memo: Memo, share: Share
    ) -> Iterable[Group]:
        """Read the articles once, in order of their ids, and yield the groups that changed.

        Args:
            memo: what was made before, and which groups changed; it is asked of all of them.
            share: does what other processes may help with.
        """


@dataclass(frozen=True)
class CorpusStage:
    """The stage that brings the rows of all articles together.

    Args:
        name: as on the command line (`normalize`).
        combine: yields finished records.
        makes: record types that it yields.
        needs: names of the stages whose rows it reads.
        packages: as for a `Stage`.
        libraries: as for a `Stage`.
        reads: record types that it reads of what these stages made; None for all.
        update: makes the records of `combine`, of those made before only what changed; None where
            all are always made.
    """

    name: str
    combine: Combine
    makes: tuple[type[Record], ...]
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    reads: tuple[type[Record], ...] | None = None
    update: Update | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many rows of a table as it was last written, which come next.

    Args:
        kept: whether they stand, or are no more.
    """

    rows: int
    kept: bool


class Writer(Protocol):
    """Put records into files, whole or not at all."""

    @property
    def name(self) -> str:
        """Return the stage's name as on the command line (`write`)."""

    @property
    def packages(self) -> tuple[str, ...]:
        """Return the packages that hold its code and tables."""

    @property
    def outputs(self) -> Mapping[str, type[Record]]:
        """Return the record types that are written, by file name without suffix."""

    def write_table(self, folder: Path, name: str, records: Iterable[Record], /) -> dict[str, str]:
        """Write one record type, in the order given; return the sha256 of each file made."""

    @property
    def takes_over(self) -> bool:
        """Return whether it can take rows over from the files that stand."""

    def write_lines(
        self,
        folder: Path,
        name: str,
        lines: Iterable[str | Stretch],
        /,
        *,
        again: bool,
        share: Share = alone,
    ) -> tuple[dict[str, str], int]:
        """Write records that come as JSON; return the sha256 of each file, and how many they are.

        Args:
            again: whether `lines` tells of every row of the files that stand in the folder, too.
            share: does what other processes may help with.

        Raises:
            RowsMissingError: they hold other rows than it tells of.
        """

    def write_package(self, folder: Path, sums: Mapping[str, str], /) -> dict[str, str]:
        """Write what describes the tables; return the sha256 of each file made.

        Args:
            sums: sha256 of the tables' files.
        """

    def write_rejects(self, folder: Path, rejects: Iterable[Reject], /) -> dict[str, str]:
        """Write the rejects; return the sha256 of each file made."""

    def write_manifest(self, folder: Path, manifest: Manifest, /) -> None:
        """Write the account of the run."""


@dataclass(frozen=True)
class Plan:
    """The parts of a run, in order."""

    parser: Parser
    stages: tuple[Stage, ...]
    corpus: CorpusStage
    writer: Writer
