"""What a stage is: a pure function that finds, and a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from models import Article, Record

if TYPE_CHECKING:  # most commands never need spaCy, and importing it takes half a second
    from spacy.tokens import Doc

Made = TypeVar("Made", bound=Record)


@dataclass(frozen=True)
class Case:
    """One article on its way through: all that an article stage may read.

    `doc.text` is as long as `article.text`, character for character (line breaks inside a
    wrapped paragraph read as spaces), so `token.idx` is an offset in the article.
    """

    article: Article
    doc: Doc
    rows: Mapping[type[Record], Sequence[Record]]

    def of(self, kind: type[Made]) -> Sequence[Made]:
        """Return the rows of one type that upstream stages made, in text order."""
        return self.rows.get(kind, ())  # type: ignore[return-value]


#: Read a case, yield new rows, change nothing.
Find = Callable[[Case], Iterable[Record]]


@dataclass(frozen=True)
class KeyedTable:
    """A TOML table of which a stage reads just the rows of words that stand in the article.

    It asks for them by the form of a token or by its lemma (`pipeline.lexicon.ByWord`), or looks
    for their words in the text. A row's place tells at most which of two rows of the article's
    words comes first. Of what a row says, its example and its counter are not read.

    Args:
        column: which holds a row's words or phrases; of a phrase the first word counts.
        always: words whose rows it asks for in any case.
        asked_as: the name of the rows among which it asks for them, at a single word; None where
            it looks for their words in the text.
    """

    package: str
    file: str
    column: str
    always: tuple[str, ...] = ()
    asked_as: str | None = None

    @property
    def name(self) -> str:
        """Return a name that no other table has."""
        return f"{self.package}/{self.file}"


@dataclass(frozen=True)
class Stage:
    """An article stage.

    Args:
        name: as on the command line (`entities`).
        find: the pure function.
        makes: record types that it yields.
        needs: names of the stages whose rows it reads.
        packages: the Python packages that hold its code and tables; a change of any file in them
            makes the stage's artefacts stale.
        libraries: distributions whose version decides what it finds.
        keyed: tables whose changes touch only articles that hold a word of what changed.
    """

    name: str
    find: Find
    makes: tuple[type[Record], ...]
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    keyed: tuple[KeyedTable, ...] = ()
