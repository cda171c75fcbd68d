"""Of texts composed at random nearly all is found; `python -m tests.composed` tells more."""

from __future__ import annotations

import pytest

from tests.composed.draws import GRIDS, drawn
from tests.composed.grids import joined
from tests.composed.texts import Composed, Wanted
from tests.composed.trial import tried
from tests.reading import Reader

#: Texts drawn of each grid, and the share of their records that must be found, with all that is
#: asked of them. The first version tried found .91, .88, .99, .88, .96, .97, .93, of stays .82, of
#: lists of trips .37, of what ministries publish .86; of 240 pages on which nobody goes abroad 14
#: had a trip when such were first composed.
DRAWS = 120
LEAST = {
    "destinations": 0.97,
    "guests": 0.98,
    "names": 0.98,
    "days": 0.96,
    "changes": 0.96,
    "reports": 0.97,
    "pages": 0.95,
    "no_trips": 1.0,
    "named_again": 0.95,
    "rolls": 0.95,
    "ties": 0.97,
    "stays": 0.93,
    "trip_lists": 0.97,
    "releases": 0.87,
    "headlines": 0.93,
    "headlines_of_ties": 0.97,
    "in_passing": 0.93,
}

pytestmark = pytest.mark.slow


def test_every_grid_has_a_floor() -> None:
    assert set(LEAST) == set(GRIDS)


@pytest.mark.parametrize("grid", GRIDS)
def test_most_is_found(reader: Reader, grid: str) -> None:
    trial = tried(reader, list(drawn(grid, DRAWS)))
    assert trial.found >= LEAST[grid], trial.by_part()[:10]
    assert trial.false <= DRAWS / {"pages": 15, "named_again": 15, "ties": 15, "no_trips": 30}.get(
        grid, 50
    )


@pytest.mark.parametrize("grid", GRIDS)
def test_draws_are_the_same_for_a_seed(grid: str) -> None:
    assert list(drawn(grid, 20)) == list(drawn(grid, 20))
    assert list(drawn(grid, 20)) != list(drawn(grid, 20, seed=2))
    assert not [one.text for one in drawn(grid, 200) if "{" in one.text or ",." in one.text]


@pytest.mark.parametrize(
    ("wanted", "lost", "false"),
    [
        (Wanted("KEN", "PER", "2024-05-08", "2024-05-08", "completed", "William Ruto"), 0, 0),
        (Wanted("KEN", "PER", "2024-05-09"), 1, 0),
        (Wanted("KEN", "PER", state="planned"), 1, 0),
        (Wanted("KEN", "PER", name="Ana Ruiz"), 1, 0),
        (Wanted("KEN", "CHL"), 1, 1),
    ],
)
def test_trial_sees_what_is_wrong(reader: Reader, wanted: Wanted, lost: int, false: int) -> None:
    told = "Kenyan President William Ruto visited Peru on May 8."
    trial = tried(reader, [Composed(told, [wanted], {"telling": "visited"})])
    assert (trial.lost, trial.false) == (lost, false)
    assert trial.by_part() == [(1 - lost - false, 1, "telling", "visited")]


def test_strict_trial_sees_what_is_told_twice(reader: Reader) -> None:
    told = (
        "Kenyan President William Ruto visited Peru on May 8. "
        "Kenyan Foreign Minister Moses Mbae visited Peru on May 9."
    )
    wanted = [Wanted("KEN", "PER", "2024-05-08")]
    trials = (tried(reader, [Composed(told, wanted, strict=strict)]) for strict in (True, False))
    assert [trial.false for trial in trials] == [1, 0]


def test_lists_are_joined_as_told() -> None:
    assert joined(["Peru"], ("{first}, and {last}", ", ")) == "Peru"
    assert joined(["Peru", "Fiji", "Oman"], ("{first}, and {last}", ", ")) == "Peru, Fiji, and Oman"
