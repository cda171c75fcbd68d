"""The country for which an article writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.reference.countries import is_country
from pipeline.stages.entities.outlet import Sign
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import word_set

#: Scopes of offices that are a country's.
NATIONAL = frozenset({"national", "royal", "subnational", "party"})
#: From so many votes on a country is the article's own.
SURE_VOTES = 2


def home_country(
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    outlet: Sequence[Sign],
) -> str | None:
    """Return the country for which an article writes: whose offices it gives without a country.

    An Irish paper's "the Foreign Minister" is Ireland's. Known leaders whose office stands
    without a country vote, the higher the office the more, and what tells the outlet's country;
    one whose officials are given with their country is rather another. Without votes it is the
    country named most.
    """
    votes = _votes_of_leaders(persons)
    for code, weight in outlet:
        votes[code] += weight
    named_whole = {office.country for office in offices if office.country and not office.plural}
    for code in named_whole & set(votes):
        votes[code] -= 1
    best = votes.most_common(1)
    if best and best[0][1] >= SURE_VOTES:
        return best[0][0]
    named = Counter(party.code for party in parties if party.is_country)
    ranked = named.most_common(2)
    sure = bool(ranked) and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1])
    if votes and (not sure or ranked[0][0] in votes):
        return votes.most_common(1)[0][0]
    return ranked[0][0] if sure else None


def _votes_of_leaders(persons: Sequence[Person]) -> Counter[str]:
    """Let each known leader whose office stands without a country vote for theirs."""
    votes: Counter[str] = Counter()
    told_first = sorted(persons, key=lambda person: person.spans[0].start)
    for person in told_first:
        leader = person.leader
        if leader is None or not is_country(leader.code) or person.countries:
            continue
        if any(office.country for office in person.offices):
            continue
        kinds = {o.form.office for o in person.offices if o.form.scope in NATIONAL}
        if kinds:
            # The one told of first is whose outlet this is most likely to be.
            votes[leader.code] += 1 + bool(kinds & word_set("top_office")) + (not votes)
    return votes


def assign_home(persons: Sequence[Person], offices: Sequence[OfficeSpan], home: str | None) -> None:
    """Give the home country to offices of a state that stand without one."""
    if home is None:
        return
    for person in persons:
        if person.country is None and not person.is_relative:
            for office in person.offices:
                if speaks_for_state(office):
                    office.country = home
                    person.guessed = True
    for office in offices:
        bare = office.country is None and office.determiner in {None, "the", "our"}
        national = office.form.scope == "national" and office.kind != "counterpart"
        if bare and national and not office.plural:
            office.home = home


def speaks_for_state(office: OfficeSpan) -> bool:
    """Tell whether an office without a country is one of some state."""
    if office.form.scope in NATIONAL:
        return True
    return office.form.scope == "organization" and office.public and not office.organization


__all__ = ["NATIONAL", "assign_home", "home_country", "speaks_for_state"]
