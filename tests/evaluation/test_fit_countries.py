"""Learning the likeliest countries of persons."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pipeline.evaluation.fit_countries import (
    Example,
    fit,
    gather,
    gather_leaders,
    main,
    read_choices,
)


def choices(number: int = 200) -> list[Example]:
    """Return choices of which the near country is right three times in four."""
    chance = random.Random(3)
    made: list[Example] = []
    for _ in range(number):
        rows = [{"near": 1.0, "noise": chance.random()}, {"noise": chance.random()}, {"none": 1.0}]
        made.append((rows, 0 if chance.random() < 0.75 else chance.choice([1, 2])))
    return made


def test_what_is_right_more_often_weighs_more() -> None:
    weights = fit(choices())
    assert weights["near"] > 1
    assert abs(weights["noise"]) < weights["near"] / 2


def test_rare_features_teach_nothing() -> None:
    rare: Example = ([{"odd": 1.0}, {"none": 1.0}], 0)
    assert "odd" not in fit([*choices(), rare])


def test_weights_are_drawn_to_those_before() -> None:
    drawn = fit(choices(), towards={"near": -2.0, "gone": 1.0})
    assert -2 < drawn["near"] < fit(choices())["near"]
    assert drawn["gone"] == 1


def test_choices_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "choices.csv"
    file.write_text(
        "page,choice,country,right,features\n"
        "1,1,PER,,home; near=0.5\n"
        "1,1,,yes,none; none_is=private\n"
        "2,2,CHL,yes,near\n"
        "2,2,,,none\n",
        encoding="utf-8",
    )
    (first, right), (second, other) = read_choices(file)
    assert first[0] == {"home": 1.0, "near": 0.5, "is=private*home": 1.0}
    assert first[1] == {"none": 1.0, "none_is=private": 1.0}
    assert (right, other) == (1, 0)
    assert second[0] == {"near": 1.0}


def test_a_labelled_folder_teaches(tmp_path: Path) -> None:
    text = (
        "Delegates of Finland and Portugal sat down in Lisbon on Monday. "
        "Deputy minister Pekka Lehtovaara asked for a second round.\n"
    )
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(text, encoding="utf-8")
    persons = [{"name": "Pekka Lehtovaara", "country": "FIN"}]
    gold = {"article": "one.txt", "part": "dev", "persons": persons}
    (tmp_path / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    ((rows, right),) = gather(tmp_path)
    assert rows[right]["name"] > 0.8
    table = tmp_path / "weights.csv"
    with pytest.raises(SystemExit):  # one choice teaches nothing
        main([str(tmp_path), "--table", str(table)])
    assert not table.exists()
    main([*[str(tmp_path)] * 5, "--table", str(table)])
    assert table.read_text(encoding="utf-8").startswith("feature,weight\n")
    assert len(list(gather_leaders(tmp_path))) == 3  # as it is, and twice with nobody known
    main([*[str(tmp_path)] * 2, "--leaders", "--table", str(table)])
    assert "name," in table.read_text(encoding="utf-8")
