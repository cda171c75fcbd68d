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
    """

    name: str
    find: Find
    makes: tuple[type[Record], ...]
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    libraries: tuple[str, ...] = ()
