"""Organizations by their codes, which are their usual short names."""

from __future__ import annotations

import pytest

from pipeline.reference.countries import is_country
from pipeline.reference.organizations import organization_code, organization_forms


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("LAS", "Arab League"),
        ("arab league", "Arab League"),
        ("asean", "ASEAN"),
        ("World Bank", "World Bank"),
        ("Commonwealth of Nations", "Commonwealth"),
        ("Peru", None),
    ],
)
def test_a_body_is_known_by_code_and_name(told: str, code: str | None) -> None:
    assert organization_code(told) == code


def test_no_code_is_a_country_or_differs_in_case_alone() -> None:
    codes = {row.code for row in organization_forms() if row.party} - {"PSE"}
    assert not [code for code in codes if is_country(code)]
    assert len({code.casefold() for code in codes}) == len(codes)


def test_no_code_is_two_words_run_together() -> None:
    """WORLDBANK is nobody's name for the World Bank."""
    rows = [row for row in organization_forms() if row.party and row.kind == "name"]
    joined = {(row.code, row.form) for row in rows if " " in row.form}
    assert not [code for code, form in joined if code == form.replace(" ", "").upper()]
