"""Whether an office may be that of one who is known to hold others."""

from __future__ import annotations

from functools import cache

from models import Reference
from pipeline.reference.leaders import leaders
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import covered_classes, word_set


def fits_office(kind: str, kinds: frozenset[str]) -> bool:
    """Tell whether an office of class `kind` may be held by one who holds `kinds`.

    "leader" fits a head of state; "foreign_minister" does not.
    """
    covered = covered_classes().get(kind, frozenset())
    return kind in kinds or "*" in covered or bool(covered & kinds)


def is_called_so(office: OfficeSpan, actor: Reference) -> bool:
    """Tell "the managing director", which the one told of before was called, whatever its class."""
    alone = office.determiner == "the" and " " in office.form.form
    return alone and f" {(actor.role or '').lower()}".endswith(f" {office.form.form}")


def is_second(role: str, office: OfficeSpan) -> bool:
    """Tell the deputy secretary, told of beside Secretary X, whom "the secretary" does not name."""
    ranks = word_set("second_rank")
    return not ranks.isdisjoint(role.split()) and ranks.isdisjoint(office.form.form.split())


def is_chief_over(role: str, office: OfficeSpan) -> bool:
    """Tell "the Secretary-General" beside "the Deputy Secretary-General, X", who is another."""
    chief = office.form.form in word_set("of_body_of_many")
    return chief and is_second(role.lower().replace("-", " "), office)


def is_mere_official(office: OfficeSpan, kinds: frozenset[str]) -> bool:
    """Tell "Peru's top trade official", as which news introduces no president.

    A former president may be "the envoy" if he was called one.

    Args:
        kinds: of the one who might be meant.
    """
    if not kinds & word_set("no_mere_official") or office.kind in kinds:
        return False
    return office.form.form.split()[-1] in word_set("mere_official")


def has_other_portfolio(office: OfficeSpan, kinds: frozenset[str]) -> bool:
    """Tell "the commerce minister", who is not the foreign minister told of before.

    Nor is "the deputy minister" the deputy of a parliament.
    """
    if office.kind == "deputy_minister" and office.form.form != "deputy":
        return kinds == {"legislator"}
    return office.kind == "minister" and office.kind not in kinds and " " in office.title


@cache
def _kingdoms() -> frozenset[str]:
    """Return the lands of which a king, a queen or an emir is known."""
    told = (
        (row.code, word)
        for row in leaders()
        if row.office == "head_of_state"
        for name in (row.name, *row.aliases)
        for word in name.lower().split()
    )
    return frozenset(code for code, word in told if word in word_set("crown"))


def has_other_crown(office: OfficeSpan, actor: Reference) -> bool:
    """Tell "the king", who is no president told of before, nor "the president" a king."""
    crowns = word_set("crown")
    role = set((actor.role or "").lower().split())
    called = set(office.form.form.split()) & crowns
    if called & word_set("any_crown"):
        return False
    if not role:  # one who is known by his name alone
        king = called - word_set("emir_word")
        return bool(king) and bool(actor.country) and actor.country not in _kingdoms()
    if called:
        alike = word_set("emir_word") if called & word_set("emir_word") else called
        return not role & alike and not role & word_set("any_crown_role")
    return office.form.form == "president" and bool(role & crowns)


__all__ = [
    "fits_office",
    "has_other_crown",
    "has_other_portfolio",
    "is_called_so",
    "is_chief_over",
    "is_mere_official",
    "is_second",
]
