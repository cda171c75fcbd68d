"""Organizations that act like parties, and others that the news names by their letters."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from pipeline.lexicon import Row, load_table

PACKAGE = "pipeline.reference"

OrganizationFormKind = Literal["name", "abbreviation", "metonym", "head"]


class OrganizationForm(Row):
    """One way to write an organization, or the title of its head ("NATO chief")."""

    #: Its usual short name: ASEAN, Arab League.
    code: str = Field(min_length=2, max_length=32)
    form: str
    kind: OrganizationFormKind
    #: Whether it travels, hosts and signs as a party does; Amnesty International does not.
    party: bool
    #: Whether this is the form to show.
    usual: bool = False


@cache
def organization_forms() -> tuple[OrganizationForm, ...]:
    """Return every form of every organization, sorted by code and form."""
    return load_table(PACKAGE, "organizations.csv", OrganizationForm)


def organization_name(code: str) -> str | None:
    """Return the usual name of an organization, or None for a code that is none."""
    return _names().get(code)


def organization_code(told: str) -> str | None:
    """Return the code of an organization by its code or any of its names, in any case."""
    return _codes().get(told.casefold())


@cache
def _codes() -> dict[str, str]:
    forms = {row.form.casefold(): row.code for row in organization_forms() if row.kind != "head"}
    return forms | {row.code.casefold(): row.code for row in organization_forms()}


@cache
def _names() -> dict[str, str]:
    return {row.code: row.form for row in organization_forms() if row.usual}
