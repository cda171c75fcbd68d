"""The country for which an article writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.reference.countries import is_country
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan


def home_country(
    persons: Sequence[Person], parties: Sequence[PartySpan], outlet: Sequence[str]
) -> str | None:
    """Return the country for which an article writes: whose offices it gives without a country.

    An Irish paper's "the Foreign Minister" is Ireland's. Known leaders whose office stands
    without a country vote first, then where the outlet is; then the country named most.

    Args:
        outlet: what tells the outlet's country, the surest first: its domain, its dateline.
    """
    votes: Counter[str] = Counter()
    for person in persons:
        bare = [office for office in person.offices if not office.country]
        if person.leader is not None and bare and is_country(person.leader.code):
            # The one told of first is whose outlet this is most likely to be.
            votes[person.leader.code] += 1 if votes else 3
    for weight, code in zip((3, 1), outlet, strict=False):
        if code:
            votes[code] += weight
    if votes and votes.most_common(1)[0][1] > 1:
        return votes.most_common(1)[0][0]
    named = Counter(party.code for party in parties if party.is_country)
    ranked = named.most_common(2)
    sure = bool(ranked) and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1])
    if votes and (not sure or ranked[0][0] in votes):
        return votes.most_common(1)[0][0]
    return ranked[0][0] if sure else None


def assign_home(persons: Sequence[Person], offices: Sequence[OfficeSpan], home: str | None) -> None:
    """Give the home country to offices of a state that stand without one."""
    if home is None:
        return
    foreign = {"counterpart"}
    for person in persons:
        if person.country is None:
            for office in person.offices:
                if office.form.scope in {"national", "royal", "subnational", "party"}:
                    office.country = home
                    person.guessed = True
    for office in offices:
        bare = office.country is None and office.determiner in {None, "the", "our"}
        national = office.form.scope == "national" and office.kind not in foreign
        if bare and national and not office.plural:
            office.home = home


__all__ = ["assign_home", "home_country"]
