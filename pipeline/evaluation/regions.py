"""In which part of the world a record lies, so that figures can be told by region."""

from __future__ import annotations

from models import Upgrade, Visit
from pipeline.evaluation.gold import GoldUpgrade, GoldVisit
from pipeline.reference.countries import continent

#: Where neither end of a record lies on a continent: bodies, and places untold.
NOWHERE = "no country"


def region_of(record: GoldVisit | GoldUpgrade | Visit | Upgrade) -> str:
    """Return the continent, by GeoNames, of a visit's destination or of an upgrade's first party.

    Of a visit without a destination it is that of the origin, of an upgrade with a body that of
    the first country; "no country" where there is none.
    """
    return next((place for code in _codes(record) if (place := continent(code))), NOWHERE)


def _codes(record: GoldVisit | GoldUpgrade | Visit | Upgrade) -> list[str]:
    if isinstance(record, GoldVisit):
        ends = [record.destination, record.origin]
    elif isinstance(record, Visit):
        ends = [record.destination.code, record.origin.code if record.origin else None]
    else:
        ends = [party if isinstance(party, str) else party.code for party in record.parties]
    return [code for code in ends if code]


__all__ = ["NOWHERE", "region_of"]
