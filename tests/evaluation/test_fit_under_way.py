"""Learning which trips are under way."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pipeline.evaluation.fit_under_way import Example, fit, gather, main
from pipeline.stages.visits.outcome.under_way import LEVEL


def trips(number: int = 200) -> list[Example]:
    """Return trips of which those of the day are under way three times in four."""
    chance = random.Random(5)
    made: list[Example] = []
    for at in range(number):
        today = at % 2 == 0
        signs = (
            {LEVEL}
            | ({"today"} if today else set())
            | ({"odd"} if chance.random() < 0.5 else set())
        )
        made.append((frozenset(signs), today and chance.random() < 0.75, 1.0))
    return made


def test_what_goes_with_being_there_weighs_more() -> None:
    weights = fit(trips())
    assert weights["today"] > 1
    assert abs(weights["odd"]) < weights["today"] / 2
    assert weights[LEVEL] < 0


def test_rare_signs_teach_nothing() -> None:
    assert "rare" not in fit([*trips(), (frozenset({LEVEL, "rare"}), True, 1.0)])


@pytest.mark.slow
def test_a_labelled_folder_teaches(tmp_path: Path) -> None:
    told = "Estonian President Kersti Kaljulaid met the king in Oslo on Tuesday."
    text = f"Published: 2021-03-09\n\n{told}\n"
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(text, encoding="utf-8")
    visit = {"visitor": "Kersti Kaljulaid", "origin": "EST", "destination": "NOR"}
    more = {**visit, "start": None, "end": None, "status": "ongoing", "count": 1, "first": False}
    gold = {"article": "one.txt", "part": "dev", "visits": [more]}
    (tmp_path / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    ((signs, under_way, _),) = gather(tmp_path)
    assert under_way
    assert LEVEL in signs
    table = tmp_path / "weights.csv"
    with pytest.raises(SystemExit):  # one trip teaches nothing
        main([str(tmp_path), "--table", str(table)])
    main([*[str(tmp_path)] * 6, "--light", str(tmp_path), "--table", str(table)])
    assert table.read_text(encoding="utf-8").startswith("sign,weight\n")
