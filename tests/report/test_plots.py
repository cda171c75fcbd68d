"""The plots: counts that are right, and specifications that Vega-Lite and Vega take."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair
import pytest
import vl_convert

from pipeline.report.plots import (
    GROUND,
    INK,
    VISIT_GROUPS,
    WIDTH,
    graph,
    matrix,
    pairs_of,
    upgrades_over_time,
    vega_script,
    visits_over_time,
)
from tests.records import upgrades, visits

NAMES = {"ZAF": "South Africa", "FJI": "Fiji", "MLI": "Mali", "JPN": "Japan"}


def filled(spec: Any) -> Any:
    places = {WIDTH: 400, INK: "black", GROUND: "white"}
    if isinstance(spec, dict):
        return {key: filled(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [filled(value) for value in spec]
    return places.get(spec, spec) if isinstance(spec, str) else spec


def test_every_status_has_its_group() -> None:
    from typing import get_args

    from models.upgrade import Change, UpgradeStatus
    from models.visit import VisitStatus
    from pipeline.report.plots import UPGRADE_GROUPS, UPGRADE_STATES

    assert set(VISIT_GROUPS) == set(get_args(VisitStatus))
    assert set(UPGRADE_GROUPS) == set(get_args(Change))
    assert set(UPGRADE_STATES) == set(get_args(UpgradeStatus))


def test_visits_are_counted_by_month_and_group() -> None:
    spec = visits_over_time(visits())
    assert spec is not None
    made, planned, years = (part["data"]["values"] for part in spec["vconcat"])
    assert made == [{"day": "2024-05-01", "group": "Made", "state": "Made", "visits": 1}]
    assert [value["day"] for value in planned] == ["2025-10-01"]
    assert [value["day"] for value in years] == ["2024-01-01", "2025-01-01"]


def test_pairs_count_what_a_record_stands_for() -> None:
    twice = visits()[0].model_copy(update={"count": 2})
    several = visits()[0].model_copy(update={"count": 0, "status": "cancelled"})
    assert pairs_of([twice, several]) == {
        ("ZAF", "FJI"): Counter({"Made": 2, "Cancelled or postponed": 1})
    }


@pytest.mark.parametrize(
    "spec",
    [
        visits_over_time(visits()),
        upgrades_over_time(upgrades()),
        matrix(pairs_of(visits()), NAMES),
    ],
)
def test_vega_lite_takes_the_specification(spec: Any) -> None:
    assert altair.Chart.from_dict(filled(spec)).to_dict()
    assert "<svg" in vl_convert.vegalite_to_svg(filled(spec))


def test_vega_takes_the_graph() -> None:
    svg = vl_convert.vega_to_svg(filled(graph(pairs_of(visits()), NAMES)))
    assert "ZAF" in svg
    assert "NaN" not in svg


def test_nothing_makes_no_plot() -> None:
    assert visits_over_time([]) is None
    assert matrix({}, {}) is None
    assert graph({}, {}) is None
    home = {("FJI", "FJI"): Counter({"Made": 1})}
    assert graph(home, NAMES) is None


def test_vega_comes_from_the_package_and_keeps_to_itself() -> None:
    script = vega_script()
    assert script.startswith("(() => {")
    assert "window.vegaEmbed" in script
