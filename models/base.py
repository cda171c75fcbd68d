"""What every record of the pipeline has in common."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.showing import record_html

#: A calendar date at the precision the text supports: `2024`, `2024-08` or `2024-08-18`.
PartialDate = Annotated[
    str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
]

#: A full calendar date, `2024-08-18`.
FullDate = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
]

#: An ISO 3166-1 alpha-3 code (`XKX` for Kosovo), an ISO 3166-3 alpha-4 one for a former state as
#: it is mentioned, or the usual short name of an organization that acts like a party (`EU`).
PartyCode = Annotated[str, StringConstraints(min_length=2, max_length=32)]


class Record(BaseModel):
    """An immutable row that crosses a stage's border."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def _repr_html_(self) -> str:
        """Return the record as a notebook shows it."""
        return record_html(type(self).__name__, self.model_dump(mode="json"))


class Span(Record):
    """A stretch of one article; offsets count code points in its `text`, end exclusive."""

    article_id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Evidence(Span):
    """The sentence that proves a record, and the rule that read it."""

    rule: str = ""
    #: When its article was published, and the status that it told; set on merged records.
    published: PartialDate | None = None
    status: str | None = None


class Variant(Record):
    """A value of a field that some articles tell, where others tell another."""

    value: bool | int | str
    articles: tuple[str, ...]


#: By field (`start`, `visitor.name`), the values told, the one that the record has first.
Variants = dict[str, tuple[Variant, ...]]


class Provenance(Record):
    """Where a record comes from, in the terms of W3C PROV."""

    #: Ids of the articles that tell of it.
    was_derived_from: tuple[str, ...] = ()
    #: Names of the rules that read their sentences.
    was_generated_by: tuple[str, ...] = ()
    #: The program and the model, with their versions.
    was_attributed_to: tuple[str, ...] = ()


PublishedBy = Literal["metadata", "dateline", "url", "filename", "option"]
