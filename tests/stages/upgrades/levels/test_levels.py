"""Levels as they are read from the words of a sentence."""

from __future__ import annotations

import pytest

from pipeline.stages.upgrades.levels.level_names import find_levels


def names(text: str) -> list[str]:
    return [level.name for level in find_levels(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a strategic partnership", "strategic_partnership"),
        ("a Strategic Partnership", "strategic_partnership"),
        ("strategic partners", "strategic_partnership"),
        ("a comprehensive partnership", "comprehensive_partnership"),
        ("a comprehensive strategic partnership", "comprehensive_strategic_partnership"),
        ("a Comprehensive\nStrategic Partnership", "comprehensive_strategic_partnership"),
        ("a strategic and comprehensive partnership", "strategic_and_comprehensive_partnership"),
        (
            "a comprehensive strategic cooperative partnership",
            "comprehensive_strategic_cooperative_partnership",
        ),
        (
            "an all-weather strategic cooperative partnership",
            "all_weather_strategic_cooperative_partnership",
        ),
        ("a special strategic and global partnership", "special_strategic_and_global_partnership"),
        (
            "a special and privileged strategic partnership",
            "special_and_privileged_strategic_partnership",
        ),
        ("an enhanced strategic partnership", "enhanced_strategic_partnership"),
        ("diplomatic relations", "diplomatic_relations"),
        ("full diplomatic ties", "diplomatic_relations"),
        ("ambassadorial level", "ambassador_level"),
        ("the level of chargé d’affaires", "charge_d_affaires"),
        ("a major non-NATO ally", "major_non_nato_ally"),
        ("a sectoral dialogue partner", "sectoral_dialogue_partner"),
        ("a dialogue partner", "dialogue_partner"),
        ("observer status", "observer"),
        ("candidate status", "candidate"),
        ("an alliance", "alliance"),
        ("a strategic alliance", "alliance"),
        ("special relations", "special_relations"),
        ("a community with a shared future", "community_with_a_shared_future"),
    ],
)
def test_level(text: str, name: str) -> None:
    assert names(f"They built {text}.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "They are partners in trade.",
        "A strategic energy partnership links the two firms.",
        "The partnership is strong.",
        "They met at a high level.",
        "Their relations are good.",
        "A strategic plan was shown.",
        "Friendly relations came first.",
        "A comprehensive review of ties began.",
    ],
)
def test_no_level(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "They set up a strategic partnership for peace and prosperity in 2009.",
            "strategic partnership for peace and prosperity",
        ),
        (
            "They set up a comprehensive strategic partnership for a new era.",
            "comprehensive strategic partnership for a new era",
        ),
        ("They set up a Strategic Partnership in Lima.", "Strategic Partnership"),
    ],
)
def test_suffix_stands_in_the_text_alone(text: str, written: str) -> None:
    (level,) = find_levels(text)
    assert level.text == written
    assert "era" not in level.name
    assert "peace" not in level.name


def test_offsets_count_in_the_article() -> None:
    text = "From a comprehensive partnership to a strategic partnership, at last."
    levels = list(find_levels(text, offset=100))
    assert [level.name for level in levels] == [
        "comprehensive_partnership",
        "strategic_partnership",
    ]
    for level in levels:
        assert text[level.start - 100 : level.end - 100] == level.text
