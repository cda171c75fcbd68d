"""The page's plots: counts, and Vega-Lite specifications that show them.

The counts are made here, so that a plot is as quick for many records as for few. Widths and the
colours of light and dark are set by the page's script, which knows the screen: `WIDTH`, `INK` and
`GROUND` stand for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from models import Upgrade, Visit
from pipeline.iso_lengths import MONTH

WIDTH = "$width"
INK = "$ink"
GROUND = "$ground"
Spec = dict[str, Any]

#: What became of a visit, by its status.
VISIT_GROUPS: Mapping[str, str] = {
    "completed": "Made",
    "ongoing": "Made",
    "planned": "Planned or invited",
    "invited": "Planned or invited",
    "postponed": "Cancelled or postponed",
    "cancelled": "Cancelled or postponed",
}
UPGRADE_GROUPS: Mapping[str, str] = {
    "upgrade": "Raised",
    "establishment": "Opened or restored",
    "restoration": "Opened or restored",
    "downgrade": "Lowered or cut",
    "severance": "Lowered or cut",
}
UPGRADE_STATES: Mapping[str, str] = {
    "completed": "Made",
    "planned": "Planned",
    "proposed": "Proposed",
}
#: Three colours that those who see few can tell apart, at 3:1 on white and on near-black.
COLOURS = ("#3b7dd8", "#b7791f", "#d0342c")
#: Countries in the matrix, each way, and in the graph.
MOST_IN_MATRIX = 24
MOST_IN_GRAPH = 40
#: Counts up to which each has its tick.
FEW = 4
#: Years that the upper part of a timeline shows at first.
YEARS_SHOWN = 3


def visits_over_time(visits: Iterable[Visit]) -> Spec | None:
    """Return the timeline of visits: made, planned and called off each in a row of its own."""
    told = [
        (day, VISIT_GROUPS[visit.status], VISIT_GROUPS[visit.status])
        for visit in visits
        if (day := visit.start or visit.end)
    ]
    return _timeline(told, "visits", list(dict.fromkeys(VISIT_GROUPS.values())))


def upgrades_over_time(upgrades: Iterable[Upgrade]) -> Spec | None:
    """Return the timeline of upgrades: by what changed, coloured by whether it is done."""
    told = [
        (upgrade.date, UPGRADE_GROUPS[upgrade.change], UPGRADE_STATES[upgrade.status])
        for upgrade in upgrades
        if upgrade.date
    ]
    return _timeline(told, "upgrades", list(dict.fromkeys(UPGRADE_GROUPS.values())))


def _timeline(
    told: Sequence[tuple[str, str, str]], unit: str, groups: Sequence[str]
) -> Spec | None:
    """Return rows of months over a brush of years; None where nothing is dated."""
    if not told:
        return None
    states = [state for state in (*VISIT_GROUPS.values(), *UPGRADE_STATES.values())
              if any(state == other for _, _, other in told)]  # fmt: skip
    states = list(dict.fromkeys(states))
    months = _counted(((d[:7], g, s) for d, g, s in told if len(d) >= MONTH), unit)
    years = _counted(((d[:4], g, s) for d, g, s in told), unit)
    colour = {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": states, "range": list(COLOURS[: len(states)])},
        "legend": {"orient": "top", "title": None},
    }
    seen = [group for group in groups if any(each["group"] == group for each in months)]
    rows = [_row(months, group, unit, colour, last=group == seen[-1]) for group in seen]
    overview = _bars(years, unit, colour, time_unit="utcyear")
    overview["height"] = 50
    overview["encoding"]["y"]["title"] = "a year"
    overview["encoding"]["x"]["axis"] = {"format": "%Y", "labelOverlap": True, "title": None}
    overview["params"] = [
        {
            "name": "period",
            "select": {"type": "interval", "encodings": ["x"]},
            "value": {"x": _first_period([day for day, _, _ in told])},
        }
    ]
    return {"vconcat": [*rows, overview], "spacing": 8}


def _row(months: Sequence[Spec], group: str, unit: str, colour: Spec, *, last: bool) -> Spec:
    row = _bars([each for each in months if each["group"] == group], unit, colour,
                time_unit="utcyearmonth")  # fmt: skip
    row["height"] = 60
    row["title"] = {"text": group, "anchor": "start", "fontSize": 12, "offset": 2}
    row["encoding"]["x"]["scale"]["domain"] = {"param": "period"}
    row["encoding"]["x"]["axis"] = {
        "labels": last, "ticks": last, "title": None, "labelOverlap": True, "grid": False
    }  # fmt: skip
    return row


def _bars(values: Sequence[Spec], unit: str, colour: Spec, *, time_unit: str) -> Spec:
    pattern = "%Y" if time_unit == "utcyear" else "%B %Y"
    return {
        "data": {"values": list(values)},
        "width": WIDTH,
        "mark": {"type": "bar", "clip": True, "minBandSize": 2},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": time_unit,
                "scale": {"type": "utc"},
            },
            "y": {
                "field": unit,
                "type": "quantitative",
                "stack": "zero",
                "title": "a month",
                "axis": {"format": "d", "minExtent": 36, **_ticks(values, unit)},
            },
            "color": colour,
            "tooltip": [
                {
                    "field": "day",
                    "type": "temporal",
                    "timeUnit": time_unit,
                    "format": pattern,
                    "title": "when",
                },
                {"field": "group", "type": "nominal"},
                {"field": "state", "type": "nominal"},
                {"field": unit, "type": "quantitative", "format": "d"},
            ],
        },
    }


def _ticks(values: Sequence[Spec], unit: str) -> Spec:
    """Return how an axis of counts is divided: at whole numbers, also where all are small."""
    heights: Counter[str] = Counter()
    for value in values:
        heights[value["day"]] += value[unit]
    top = max(heights.values(), default=1)
    return {"values": list(range(top + 1))} if top < FEW else {"tickCount": 3}


def _counted(told: Iterable[tuple[str, str, str]], unit: str) -> list[Spec]:
    counts = Counter(told)
    return [
        {"day": f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01",
         "group": group, "state": state, unit: count}
        for (day, group, state), count in sorted(counts.items())
    ]  # fmt: skip


def _first_period(days: Sequence[str]) -> list[int]:
    """Return the last few years of which much is told, as times in milliseconds."""
    years = sorted(int(day[:4]) for day in days)
    # Of a hundred, the last is often a mistake or far ahead.
    last = years[int(0.98 * (len(years) - 1))] + 1
    first = max(years[0], last - YEARS_SHOWN)
    return [_time(first), _time(last)]


def _time(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000)


def years_of(visits: Iterable[Visit], upgrades: Iterable[Upgrade]) -> list[list[Any]]:
    """Return a row a year: visits made, planned, called off; upgrades raised, opened, lowered."""
    columns = [*dict.fromkeys(VISIT_GROUPS.values()), *dict.fromkeys(UPGRADE_GROUPS.values())]
    years: dict[str, Counter[str]] = {}
    for visit in visits:
        if day := visit.start or visit.end:
            years.setdefault(day[:4], Counter())[VISIT_GROUPS[visit.status]] += 1
    for upgrade in upgrades:
        if upgrade.date:
            years.setdefault(upgrade.date[:4], Counter())[UPGRADE_GROUPS[upgrade.change]] += 1
    return [
        [year, *(made[column] for column in columns)]
        for year, made in sorted(years.items(), reverse=True)
    ]


Pair = tuple[str, str]


def pairs_of(visits: Iterable[Visit]) -> dict[Pair, Counter[str]]:
    """Return how many visits of each group were made from one country to another."""
    pairs: dict[Pair, Counter[str]] = {}
    for visit in visits:
        if visit.origin is not None and visit.destination.code is not None:
            pair = (visit.origin.code, visit.destination.code)
            pairs.setdefault(pair, Counter())[VISIT_GROUPS[visit.status]] += max(1, visit.count)
    return pairs


def matrix(pairs: Mapping[Pair, Counter[str]], names: Mapping[str, str]) -> Spec | None:
    """Return the matrix of who visited whom: origins in rows, destinations in columns."""
    if not pairs:
        return None
    origins = _busiest(((origin, made.total()) for (origin, _), made in pairs.items()))
    hosts = _busiest(((host, made.total()) for (_, host), made in pairs.items()))
    values: list[Spec] = [
        {"origin": origin, "destination": host, "visits": made.total(),
         "from": names.get(origin, origin), "to": names.get(host, host)}
        for (origin, host), made in sorted(pairs.items())
        if origin in origins and host in hosts
    ]  # fmt: skip
    if not values:
        return None
    most = max(value["visits"] for value in values)
    x = {"field": "destination", "type": "nominal", "sort": hosts, "title": "to",
         "axis": {"orient": "top", "labelAngle": -90, "domain": False, "ticks": False}}  # fmt: skip
    y = {"field": "origin", "type": "nominal", "sort": origins, "title": "from",
         "axis": {"domain": False, "ticks": False}}  # fmt: skip
    tooltip = [{"field": name, "type": "nominal"} for name in ("from", "to", "visits")]
    return {
        "data": {"values": values},
        "width": WIDTH,
        "height": {"step": 18},
        "encoding": {"x": x, "y": y, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "rect", "color": COLOURS[0], "cursor": "pointer"},
                "encoding": {
                    "opacity": {
                        "field": "visits",
                        "type": "quantitative",
                        "scale": {"type": "log", "domain": [1, max(2, most)], "range": [0.25, 1]},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 10, "cursor": "pointer"},
                "encoding": {"text": {"field": "visits", "type": "quantitative", "format": "d"}},
            },
        ],
    }


def _busiest(counts: Iterable[tuple[str, int]], most: int = MOST_IN_MATRIX) -> list[str]:
    total: Counter[str] = Counter()
    for code, count in counts:
        total[code] += count
    return [code for code, _ in sorted(total.items(), key=lambda kv: (-kv[1], kv[0]))[:most]]


def graph(pairs: Mapping[Pair, Counter[str]], names: Mapping[str, str]) -> Spec | None:
    """Return the graph of who visited whom (Vega): countries, with an arc from guest to host."""
    ends = ((code, made.total()) for pair, made in pairs.items() for code in pair)
    busiest = _busiest(ends, MOST_IN_GRAPH)
    links = [
        {"source": busiest.index(origin), "target": busiest.index(host), "visits": made.total(),
         "origin": origin, "destination": host,
         "told": f"{names.get(origin, origin)} to {names.get(host, host)}: {made.total()}"}
        for (origin, host), made in sorted(pairs.items())
        if origin in busiest and host in busiest and origin != host
    ]  # fmt: skip
    if not links:
        return None
    weight: Counter[str] = Counter()
    for pair, made in pairs.items():
        for code in pair:
            weight[code] += made.total()
    nodes = [
        {"code": code, "visits": weight[code], "told": f"{names.get(code, code)}: {weight[code]}"}
        for code in busiest
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": WIDTH,
        "height": 460,
        "padding": 4,
        "data": [
            {"name": "countries", "values": nodes},
            {"name": "journeys", "values": links},
        ],
        "scales": [
            {"name": "size", "type": "sqrt", "zero": True, "range": [0, 1100],
             "domain": {"data": "countries", "field": "visits"}},
            {"name": "stroke", "type": "sqrt", "zero": True, "range": [0.5, 6],
             "domain": {"data": "journeys", "field": "visits"}},
        ],
        "marks": [_nodes(), _arcs(), _codes(halo=True), _codes(halo=False)],
    }  # fmt: skip


def _nodes() -> Spec:
    centre = {"signal": "width / 2"}, {"signal": "height / 2"}
    return {
        "name": "nodes",
        "type": "symbol",
        "zindex": 1,
        "from": {"data": "countries"},
        "encode": {
            "enter": {
                "fill": {"value": COLOURS[0]},
                "tooltip": {"field": "told"},
                "size": {"scale": "size", "field": "visits"},
            }
        },
        "transform": [
            {
                "type": "force",
                "signal": "settled",
                "iterations": 300,
                "static": True,
                "forces": [
                    {"force": "center", "x": centre[0], "y": centre[1]},
                    {"force": "collide", "radius": {"signal": "10 + min(width, 700) / 45"}},
                    {"force": "nbody", "strength": {"signal": "-min(width, 700) / 3"}},
                    {
                        "force": "link",
                        "links": "journeys",
                        "distance": {"signal": "min(width, 700) / 8"},
                    },
                    {"force": "x", "x": {"expr": "width / 2"}, "strength": 0.1},
                    {"force": "y", "y": {"expr": "height / 2"}, "strength": 0.16},
                ],
            }
        ],
    }


def _arcs() -> Spec:
    return {
        "type": "path",
        "from": {"data": "journeys"},
        "encode": {
            "update": {
                "stroke": {"value": "#8a94a0"},
                "strokeOpacity": {"value": 0.65},
                "strokeWidth": {"scale": "stroke", "field": "visits"},
                "tooltip": {"field": "told"},
                "cursor": {"value": "pointer"},
            }
        },
        "transform": [
            {
                "type": "linkpath",
                "require": {"signal": "settled"},
                "shape": "curve",
                "sourceX": "datum.source.x",
                "sourceY": "datum.source.y",
                "targetX": "datum.target.x",
                "targetY": "datum.target.y",
            }
        ],
    }


def _codes(*, halo: bool) -> Spec:
    """Return the countries' codes, or the ground around them that keeps them legible."""
    around = {"stroke": {"value": GROUND}, "strokeWidth": {"value": 3}} if halo else {}
    return {
        "type": "text",
        "zindex": 2,
        "interactive": False,
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "text": {"field": "datum.code"},
                "align": {"value": "center"},
                "baseline": {"value": "bottom"},
                "fontSize": {"value": 11},
                "fontWeight": {"value": 600},
                "fill": {"value": INK},
                **around,
            },
            "update": {"x": {"field": "x"}, "y": {"field": "y", "offset": -8}},
        },
    }


@lru_cache(maxsize=1)
def vega_script() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that sets `window.vegaEmbed`."""
    import vl_convert  # a JavaScript engine: half a second to start

    # In a scope of its own: its top-level names are short, and would take the page's.
    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub wants a snippet
    return f"(() => {{{bundle}\n}})();"


__all__ = [
    "WIDTH",
    "graph",
    "matrix",
    "pairs_of",
    "upgrades_over_time",
    "vega_script",
    "visits_over_time",
    "years_of",
]
