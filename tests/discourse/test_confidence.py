"""How features become a chance, and that the table weighs what the stages tell."""

from __future__ import annotations

import math

import pytest

from models import Evidence, Party
from models.upgrade import Upgrade
from pipeline.discourse import confidence
from pipeline.discourse.confidence import LEVEL, probability, recording, strength, weights
from pipeline.discourse.factuality import Fact
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.upgrades import confidence as of_upgrades
from pipeline.stages.upgrades.candidate import Candidate as Change
from pipeline.stages.visits import confidence as of_visits
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip


def trip(*scores: float) -> Trip:
    tellings = [
        Candidate(
            rule="visit",
            at=at,
            actor=None,
            origin="FJI",
            spot=None,
            destination="AUS",
            fact=Fact("completed"),
            when=When(),
            score=score,
        )
        for at, score in enumerate(scores)
    ]
    return Trip("Ana Tora", "FJI", "AUS", tellings)


def upgrade() -> Upgrade:
    return Upgrade(
        id="upgrade-1",
        parties=(Party(code="AUS", name="Australia"), Party(code="FJI", name="Fiji")),
        change="upgrade",
        status="completed",
        confidence=0.5,
        evidence=(Evidence(article_id="a", start=0, end=4, text="Ana "),),
    )


def change() -> Change:
    parties = frozenset({"AUS", "FJI"})
    return Change(
        rule="raise",
        at=0,
        parties=parties,
        change="upgrade",
        status="completed",
        date=None,
        score=0.8,
    )


def test_a_chance_is_the_logistic_of_the_weighted_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "weights", lambda kind: {LEVEL: 1.0, "dated": 0.5})
    assert probability("visits", "v", {}) == round(1 / (1 + math.exp(-1)), 2)
    assert probability("visits", "v", {"dated": 2.0}) == round(1 / (1 + math.exp(-2)), 2)
    assert probability("visits", "v", {"unheard_of": 9.0}) == probability("visits", "v", {})


def test_nothing_is_said_to_be_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "weights", lambda kind: {LEVEL: 30.0, "bad": -60.0})
    assert probability("visits", "v", {}) == confidence.CEILING
    assert probability("visits", "v", {"bad": 1.0}) == confidence.FLOOR


def test_more_and_better_tellings_are_stronger() -> None:
    assert strength([0.6]) < strength([0.9])
    assert strength([0.9]) < strength([0.9, 0.6])


def test_features_are_recorded_by_record() -> None:
    probability("visits", "before", {"dated": 1.0})
    with recording() as seen:
        probability("visits", "v", {"dated": 1.0})
    probability("visits", "after", {"dated": 1.0})
    assert seen == {"v": {"dated": 1.0}}


def test_the_table_weighs_only_what_the_stages_tell() -> None:
    told = set(of_visits.features_of(trip(0.9, 0.6), "FJI", When("2024")))
    assert set(weights("visits")) <= told | {LEVEL}
    told = set(of_upgrades.features_of(upgrade(), [change()]))
    assert set(weights("upgrades")) <= told | {LEVEL}


def test_a_trip_told_twice_with_its_day_is_surer() -> None:
    once = of_visits.features_of(trip(0.7), "FJI", When())
    twice = of_visits.features_of(trip(0.7, 0.7), "FJI", When("2024-05-16"))
    assert probability("visits", "a", once) < probability("visits", "b", twice)
