"""Which tellings of one visitor and place are of one trip, by their dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.stages.normalize.calendar import Calendar
from pipeline.stages.normalize.cluster import (
    NEAR_DAYS,
    SLACK_DAYS,
    AnyTelling,
    Cluster,
    Phase,
    Telling,
    clashes,
    nearest,
    open_to,
)
from pipeline.stages.normalize.days import Days, Grain

#: Undated tellings of one trip do not spread over more.
SPREAD_DAYS = 90
#: So long before may the only known trip be announced.
FAR_DAYS = 366
#: Without limit.
EVER = 10**7


@dataclass(frozen=True)
class Recurrence:
    """How often a fact of one kind happens again, which tells how far apart one is told.

    Args:
        near_days: undated tellings published within so many days of another are one.
        spread_days: and they do not spread over more.
        after_days: so long after the only dated fact may it be told without a date.
        before_days: so long before may it be announced without a date.
    """

    near_days: int = NEAR_DAYS
    spread_days: int = SPREAD_DAYS
    after_days: int = EVER
    before_days: int = FAR_DAYS


#: A person's journeys to one country: the only one known is told of for ever.
JOURNEYS = Recurrence()
#: What the holders of an office do, and ties that are cut and mended.
REPEATED = Recurrence(after_days=NEAR_DAYS)
#: What two countries conclude but once.
ONCE = Recurrence(EVER, EVER, EVER, EVER)


def cluster(tellings: Iterable[AnyTelling], *, recurrence: Recurrence) -> list[Cluster[AnyTelling]]:
    """Return the trips told, whatever the order of the tellings."""
    by_grain: dict[Grain, list[AnyTelling]] = {}
    for telling in sorted(tellings, key=_order):
        by_grain.setdefault(telling.grain, []).append(telling)
    clusters = _by_day(by_grain.get(Grain.DAY, []))
    calendar: Calendar[Cluster[AnyTelling]] = Calendar()
    for found in clusters:
        calendar.add(_days(found), found)
    for grain in (Grain.WEEK, Grain.MONTH, Grain.YEAR):
        made = _place_coarse(calendar, by_grain.get(grain, []))
        for found in made:
            calendar.add(_days(found), found)
        clusters += made
    clusters += _place_undated(clusters, calendar, by_grain.get(Grain.NONE, []), recurrence)
    return clusters


def _order(telling: Telling) -> tuple[Grain, Days, Days, tuple[str, str]]:
    nowhere = Days(0, 0)
    return telling.grain, telling.days or nowhere, telling.published or nowhere, telling.key


def _by_day(tellings: Sequence[AnyTelling]) -> list[Cluster[AnyTelling]]:
    clusters: list[Cluster[AnyTelling]] = []
    active: list[Cluster[AnyTelling]] = []
    for telling in tellings:
        days = _days(telling)
        active = [c for c in active if c.days and days.first - c.days.last <= SLACK_DAYS]
        fitting = [c for c in active if telling.key[0] not in c.articles]
        if not fitting:
            fitting = [Cluster()]
            active += fitting
            clusters += fitting
        fitting[-1].add(telling)
    return clusters


def _place_coarse(
    finer: Calendar[Cluster[AnyTelling]], tellings: Sequence[AnyTelling]
) -> list[Cluster[AnyTelling]]:
    """Join a month or year to the one trip that lies in it, else to its equals; return these."""
    made: list[Cluster[AnyTelling]] = []
    equals: Calendar[Cluster[AnyTelling]] = Calendar()
    for telling in tellings:
        inside = _meeting(finer, telling)
        target = inside[0] if len(inside) == 1 else nearest(inside, telling)
        if target is None:
            same = _meeting(equals, telling)
            target = same[0] if same else Cluster()
            if not same:
                made.append(target)
            target.add(telling)
            equals.add(_days(target), target)
        else:
            target.add(telling)
    return made


def _meeting(
    calendar: Calendar[Cluster[AnyTelling]], telling: AnyTelling
) -> list[Cluster[AnyTelling]]:
    """Return the trips that share a day with a telling and are open to it."""
    days = _days(telling)
    return [found for found in open_to(calendar.near(days), telling) if _days(found).gap(days) == 0]


def _place_undated(
    dated: Sequence[Cluster[AnyTelling]],
    calendar: Calendar[Cluster[AnyTelling]],
    tellings: Sequence[AnyTelling],
    recurrence: Recurrence,
) -> list[Cluster[AnyTelling]]:
    """Join tellings without a date to the trip that they mean, else to each other."""
    rest = []
    for telling in tellings:
        target = _dated_trip_of(dated, calendar, telling, recurrence)
        if target is None:
            rest.append(telling)
        else:
            target.add(telling)
    made: list[Cluster[AnyTelling]] = []
    active: list[Cluster[AnyTelling]] = []
    for telling in (telling for telling in rest if telling.published):
        active = [found for found in active if _is_recent(found, telling, recurrence)]
        target = next((found for found in active if _same_news(found, telling, recurrence)), None)
        if target is None:
            target = Cluster()
            active.append(target)
            made.append(target)
        target.add(telling)
    timeless = [telling for telling in rest if not telling.published]
    return made + _place_timeless([] if dated else made, timeless)


def _is_recent(found: Cluster[AnyTelling], telling: AnyTelling, recurrence: Recurrence) -> bool:
    """Tell whether a telling, or one published after it, can still be of these undated ones."""
    if telling.published is None or found.published is None:
        return True
    return telling.published.first - found.published.last <= recurrence.near_days


def _dated_trip_of(
    dated: Sequence[Cluster[AnyTelling]],
    calendar: Calendar[Cluster[AnyTelling]],
    telling: AnyTelling,
    recurrence: Recurrence,
) -> Cluster[AnyTelling] | None:
    if telling.published is not None:
        around = calendar.near(telling.published, slack_days=NEAR_DAYS)
        close = nearest(list(open_to(around, telling)), telling)
        if close is not None:
            return close
    only = next(open_to(dated, telling), None) if len(dated) == 1 else None
    if only is None or clashes(telling, only):
        return None
    if telling.published is None:
        # What an article of unknown date plans or sees under way may be of any year.
        told_after = telling.phase in {Phase.AFTER, Phase.ANY}
        return only if told_after or recurrence is ONCE else None
    if telling.phase is Phase.DURING:
        return None
    after = telling.phase is Phase.AFTER
    limit_days = recurrence.after_days if after else recurrence.before_days
    gap_days = only.days.gap(telling.published) if only.days else 0
    return only if gap_days <= limit_days else None


def _same_news(found: Cluster[AnyTelling], telling: AnyTelling, recurrence: Recurrence) -> bool:
    """Tell whether an undated telling continues undated ones published before it."""
    published, before = telling.published, found.published
    if published is None or before is None or telling.key[0] in found.articles:
        return False
    happened = found.happened is not None and found.happened < published.first
    if telling.phase is Phase.BEFORE and happened:
        return False
    near = published.gap(before) <= recurrence.near_days
    return near and published.first - before.first <= recurrence.spread_days


def _place_timeless(
    clusters: Sequence[Cluster[AnyTelling]], tellings: Sequence[AnyTelling]
) -> list[Cluster[AnyTelling]]:
    """Join tellings without any date to the only undated trip there is, else to each other."""
    only = clusters[0] if len(clusters) == 1 else None
    made: list[Cluster[AnyTelling]] = []
    for telling in tellings:
        pool = made if only is None else [only, *made]
        target = next((c for c in open_to(pool, telling) if not clashes(telling, c)), None)
        if target is None:
            target = Cluster()
            made.append(target)
        target.add(telling)
    return made


def _days(dated: Telling | Cluster[AnyTelling]) -> Days:
    assert dated.days is not None  # what is undated is placed elsewhere
    return dated.days


__all__ = ["JOURNEYS", "ONCE", "REPEATED", "Recurrence", "cluster"]
