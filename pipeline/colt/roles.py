"""COLT's codes of the offices whose holders' trips it counts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pipeline.reference.leaders import leaders
from pipeline.reference.offices import former_words, match_offices

#: Head of state and government, of government, of state; minister of foreign affairs, of defence,
#: of finance; head of an organization; crown prince.
RoleCode = Literal["GS", "G", "S", "F", "D", "E", "I", "CP"]

_BY_KIND: dict[str, RoleCode] = {
    "head_of_government": "G",
    "head_of_state": "S",
    "pope": "S",
    "foreign_minister": "F",
    "defence_minister": "D",
    "finance_minister": "E",
    "head_of_organization": "I",
}
#: Heads of state and government.
HOGS: frozenset[RoleCode] = frozenset({"GS", "G", "S"})


def role_code(
    roles: Iterable[str | None], country: str | None, year: int | None
) -> RoleCode | None:
    """Return the code of the first role that has one, None where none has.

    A president is also head of government where the country has no other in that year.
    """
    for role in roles:
        code = _role_code(role, country, year) if role else None
        if code is not None:
            return code
    return None


@lru_cache(maxsize=4096)
def _role_code(role: str, country: str | None, year: int | None) -> RoleCode | None:
    words = role.lower().split()
    if set(words[:2]) & former_words() or "deputy" in words[:1] or "vice" in words[:1]:
        return None
    if "crown prince" in role.lower() and "deputy" not in words:
        return "CP"
    kinds = {match.form.office for match in match_offices(role)}
    if {"head_of_state", "head_of_government"} <= kinds:
        return "GS"
    for kind, code in _BY_KIND.items():
        if kind in kinds:
            alone = kind == "head_of_state" and not _has_premier(country, year)
            return "GS" if alone else code
    return None


@lru_cache(maxsize=4096)
def _has_premier(country: str | None, year: int | None) -> bool:
    """Tell whether a country has a head of government beside the head of state, if known."""
    rows = [row for row in leaders() if row.code == country]
    if not rows or year is None:
        return True
    return any(row.office == "head_of_government" and row.held_in(year) for row in rows)


__all__ = ["HOGS", "RoleCode", "role_code"]
