"""Regions and subregions of countries, by the geoscheme of the United Nations (M49)."""

from __future__ import annotations

from functools import cache

from pydantic import field_validator

from pipeline.lexicon import Row, load_table


class Region(Row):
    """One subregion and the codes of its countries; Kosovo and Taiwan stand where they lie."""

    region: str
    subregion: str
    codes: tuple[str, ...]

    @field_validator("codes", mode="before")
    @classmethod
    def _split(cls, cell: object) -> object:
        return tuple(cell.split()) if isinstance(cell, str) else cell


@cache
def _by_code() -> dict[str, Region]:
    rows = load_table("pipeline.colt", "regions.csv", Region)
    return {code: row for row in rows for code in row.codes}


def region_of(code: str | None) -> tuple[str, str]:
    """Return a country's region and subregion, empty for what is no country."""
    row = _by_code().get(code or "")
    return (row.region, row.subregion) if row else ("", "")


__all__ = ["Region", "region_of"]
