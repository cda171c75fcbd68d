"""Where levels stand on whose ladder, and the codes of records."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from models.upgrade import Change, UpgradeStatus
from models.visit import VisitStatus
from pipeline.lexicon import load_table
from pipeline.stages.normalize import normalize
from pipeline.stages.normalize.ladders import PACKAGE, Rung, Standing, rungs_between, standing
from tests.stages.normalize.records import Step, Trip, only_upgrade, only_visit, told

STANDINGS = [
    ("AUS VNM", "comprehensive_strategic_partnership", None, Standing("VNM", 3)),
    ("FJI ZAF", "strategic_partnership", None, Standing("GENERAL", 2)),
    ("FJI ZAF", "diplomatic_relations", None, Standing("DIPLOMATIC", 2)),
    ("CHN SRB", "all_round_strategic_cooperative_partnership", None, Standing("CHN", 3)),
    ("CHN VNM", "comprehensive_strategic_cooperative_partnership", None, Standing("CHN", 4)),
    ("CHN VNM", "comprehensive_strategic_partnership", None, Standing("VNM", 3)),
    ("CHN HUN", "all_weather_comprehensive_strategic_partnership", None, Standing("CHN", 5)),
    ("CHN KAZ", "comprehensive_strategic_partnership",
     "comprehensive strategic partnership of coordination for a new era", Standing("CHN", 5)),
    ("KEN USA", "major_non_nato_ally", None, Standing("USA", None)),
    ("LAO VNM", "special_partnership", None, Standing("VNM", None)),
    ("BRA FRA", "green_partnership", None, None),
    ("ASEAN MAR", "sectoral_dialogue_partner", None, Standing("ASEAN", 1)),
    ("FJI ZAF", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("parties", "level", "text", "expected"), STANDINGS)
def test_standing(
    parties: str, level: str | None, text: str | None, expected: Standing | None
) -> None:
    assert standing(parties.split(), level, text) == expected
    assert standing(reversed(parties.split()), level, text) == expected


def test_ladders_have_no_gap_and_no_row_twice() -> None:
    rows = load_table(PACKAGE, "ladders.csv", Rung)
    keys = [(row.issuer, row.words, row.phrase) for row in rows]
    assert len(set(keys)) == len(keys)
    for issuer in {row.issuer for row in rows}:
        ranks = {row.rank for row in rows if row.issuer == issuer and row.rank}
        assert ranks == set(range(1, max(ranks) + 1)), issuer


def test_rungs_between() -> None:
    assert rungs_between("VNM", 1, 3) == ("strategic",)
    assert rungs_between("VNM", 1, 2) == ()
    assert rungs_between("VNM", None, 2) == ()
    assert rungs_between("CHN", 4, 6) == ()


def test_an_upgrade_has_its_rung() -> None:
    upgrade = only_upgrade(told("a1", None, Step(("AUS", "VNM"), date="2018")))
    assert (upgrade.issuer, upgrade.level_rank) == ("VNM", 2)


@pytest.mark.parametrize("status", get_args(VisitStatus))
def test_every_visit_has_codes(status: VisitStatus) -> None:
    visit = only_visit(told("a1", None, Trip("Rui Sa", ("PRT", "AGO"), "2024", status=status)))
    assert visit.cameo
    assert visit.plover


@pytest.mark.parametrize(
    ("change", "status"), [*product(get_args(Change), get_args(UpgradeStatus))], ids=str
)
def test_every_upgrade_has_codes(change: Change, status: UpgradeStatus) -> None:
    upgrade = only_upgrade(told("a1", None, Step(("AUS", "VNM"), status=status, change=change)))
    assert upgrade.cameo
    assert upgrade.plover


def test_codes_of_what_is_told_besides() -> None:
    text = "Rui Sa was in Luanda in May for the SADC summit."
    visit = only_visit(told("a1", None, Trip("Rui Sa", ("PRT", "AGO"), "2024-05", text=text)))
    assert (visit.event, visit.plover) == ("SADC summit", "CONSULT/multilateral")
    assert visit.cameo == ("042", "043", "044")
    signed = Step(("AUS", "VNM"), text="They signed a joint declaration on a partnership.")
    assert only_upgrade(told("a1", None, signed)).cameo == ("050", "057")
    recognised = Step(("AUS", "VNM"), "recognition", change="establishment")
    assert only_upgrade(told("a1", None, recognised)).cameo == ("054",)
    as_relations = Step(
        ("AUS", "VNM"), "diplomatic_relations", change="establishment", level_text="recognised"
    )
    assert only_upgrade(told("a1", None, as_relations)).cameo == ("054",)
    opened = replace(as_relations, level_text="diplomatic relations")
    assert only_upgrade(told("a1", None, opened)).cameo == ("050",)


def test_an_upgrade_at_a_summit_has_its_event() -> None:
    trip = Trip("Rui Sa", ("AUS", "VNM"), "2024-05-07", text="He was in Hanoi for the APEC summit.")
    (upgrade,) = normalize(
        [told("a1", "2024-05-09", trip, Step(("AUS", "VNM"), date="2024-05-07", at_trip=0))]
    ).upgrades
    assert upgrade.event == "APEC summit"
