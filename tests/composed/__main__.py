"""Print how much is found of texts composed at random: `python -m tests.composed --help`."""

from __future__ import annotations

from tests.composed.draws import GRIDS, drawn
from tests.composed.trial import Trial, tried
from tests.reading import Reader
from tests.trial_options import trial_options


def main() -> None:
    """Read texts of each grid asked for, and print the shares found."""
    parser = trial_options("composed", __doc__, draws=300, stdin=False)
    parser.add_argument("grids", nargs="*", default=list(GRIDS), help=f"of {', '.join(GRIDS)}")
    parser.add_argument("--parts", type=int, default=0, help="show the parts that lose most")
    asked = parser.parse_args()
    reader = Reader()
    for grid in asked.grids:
        trial = tried(reader, list(drawn(grid, asked.draws, asked.seed)))
        print(f"{grid}: found {trial.found:.3f} of {trial.wanted}, {trial.false} false")
        _detail(trial, asked.parts, asked.show)


def _detail(trial: Trial, parts: int, show: int) -> None:
    for share, wanted, kind, part in trial.by_part()[:parts]:
        print(f"  {share:.2f} of {wanted:<4} {kind}: {part}")
    worse = [outcome for outcome in trial.outcomes if outcome.lost or outcome.false]
    for outcome in worse[:show]:
        lost = ", ".join(_line(wanted) for wanted in outcome.lost)
        print(f"  lost {lost or 'none'}; false {', '.join(outcome.false) or 'none'}:")
        print("   ", outcome.composed.text.replace("\n\n", " ¶ "))


def _line(wanted: object) -> str:
    fields = vars(wanted).values()
    return " ".join(str(value) for value in fields if value)


main()
