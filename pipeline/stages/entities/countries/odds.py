"""What the odds of a person's countries come to."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from pipeline.stages.entities.person import Person

#: From this probability on a country is taken as if the article told it.
BEYOND_DOUBT = 0.97


def choice(
    person: Person,
    odds: Mapping[str | None, float],
    gone_to: Collection[str],
    *,
    margin: float,
) -> str | None:
    """Return the likeliest country, or what rules say where the odds are near.

    Who came home from the one of two countries is of the other.

    Args:
        gone_to: the countries to which the person travels, who is of none of these.
        margin: how far the odds must be apart.
    """
    open_to = [code for code in odds if code not in gone_to] or [None]
    if (other := _other_land(person, odds)) is not None:
        return other
    best = max(open_to, key=lambda code: (odds.get(code, 0.0), code or ""))
    near = odds.get(best, 0.0) - odds.get(person.country, -math.inf) <= margin
    return person.country if near and person.country not in gone_to else best


def _other_land(person: Person, odds: Mapping[str | None, float]) -> str | None:
    """Return Chad of "the premier returned from Lima" in a text of Chad and Peru alone."""
    others = [code for code in odds if code not in {None, person.foreign_to}]
    return others[0] if person.home_again and len(others) == 1 else None


def is_beyond_doubt(person: Person, odds: Mapping[str | None, float], code: str | None) -> bool:
    """Tell whether a country is as good as told: nothing else comes near it."""
    if code is not None and code == _other_land(person, odds):
        return True
    if code is None or code not in odds:
        return False
    return 1 / sum(math.exp(other - odds[code]) for other in odds.values()) >= BEYOND_DOUBT


def part(counts: Mapping[str, int], code: str) -> float:
    """Return which part of all that is counted is of one country, 0 to 1."""
    return counts.get(code, 0) / max(1, sum(counts.values()))


def distance(places: Sequence[int], at: int) -> float:
    """Return how many tokens the nearest of some sorted places is from a token."""
    i = bisect_left(places, at)
    return min((abs(place - at) for place in places[max(0, i - 1) : i + 1]), default=math.inf)


__all__ = ["BEYOND_DOUBT", "choice", "distance", "is_beyond_doubt", "part"]
