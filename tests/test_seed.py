"""The seed article, of which it is settled what it must give."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from models import Article, DateExpression, Entity, Upgrade, Visit
from pipeline.readers import read_inputs
from pipeline.stages.normalize import ArticleRows, Normalized, normalize
from tests.reading import Reader

SEED = Path(__file__).parents[1].parent / "shared" / "seed"
FILES = sorted(SEED.glob("*.txt"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the seed article is not part of this project's files"),
]


class Seed(NamedTuple):
    """The seed article, read and normalized."""

    article: Article
    entities: list[Entity]
    dates: list[DateExpression]
    visits: list[Visit]
    upgrades: list[Upgrade]


@pytest.fixture(scope="module", params=[None, "2026-02-10"])
def seed(request: pytest.FixtureRequest, reader: Reader) -> Seed:
    (article,) = read_inputs(FILES, published=request.param)
    assert isinstance(article, Article)
    (reading,) = reader.annotate([article])
    rows = ArticleRows(
        article=article,
        entities=tuple(reading.of(Entity)),
        dates=tuple(reading.dates),
        visits=tuple(reading.visits),
        upgrades=tuple(reading.upgrades),
    )
    made: Normalized = normalize([rows])
    return Seed(article, list(made.entities), reading.dates, list(made.visits), list(made.upgrades))


def between(seed: Seed, origin: str, destination: str) -> list[Visit]:
    return [
        visit
        for visit in seed.visits
        if (visit.origin and visit.origin.code, visit.destination.code) == (origin, destination)
    ]


def by_name(seed: Seed, name: str) -> Visit:
    (visit,) = (visit for visit in seed.visits if visit.visitor.name == name)
    return visit


def test_visit_of_the_general_secretary(seed: Seed) -> None:
    visit = by_name(seed, "To Lam")
    assert visit in between(seed, "VNM", "AZE")
    assert (visit.start, visit.end, visit.status) == ("2025", "2025", "completed")
    assert (visit.first, visit.count) == (True, 1)
    assert visit.visitor.role
    assert "General Secretary" in visit.visitor.role


def test_visit_of_the_founding_president(seed: Seed) -> None:
    visit = by_name(seed, "Ho Chi Minh")
    assert visit in between(seed, "VNM", "AZE")
    assert (visit.start, visit.end, visit.status) == ("1959", "1959", "completed")
    assert visit.count == 1


def test_visit_of_the_vice_president_of_a_foundation(seed: Seed) -> None:
    visit = by_name(seed, "Leyla Aliyeva")
    assert visit in between(seed, "AZE", "VNM")
    assert (visit.kind, visit.status, visit.count) == ("official", "completed", 1)


@pytest.mark.parametrize("office", ["Minister of Defence", "Chief Justice", "Prosecutor General"])
def test_first_visits_of_unnamed_offices(seed: Seed, office: str) -> None:
    (visit,) = (v for v in between(seed, "AZE", "VNM") if office in (v.visitor.role or ""))
    assert visit.visitor.name is None
    assert (visit.status, visit.first, visit.count) == ("completed", True, 1)


def test_aggregates(seed: Seed) -> None:
    incoming = [visit for visit in between(seed, "AZE", "VNM") if visit.count != 1]
    assert sorted(visit.count for visit in incoming) == [0, 9]
    assert all(visit.visitor.name is None for visit in incoming)
    assert all(visit.status == "completed" for visit in incoming)
    (uncounted,) = (visit for visit in incoming if visit.count == 0)
    assert "minister" in (uncounted.visitor.role or "").lower()
    outgoing = [visit for visit in between(seed, "VNM", "AZE") if visit.count != 1]
    assert [(visit.count, visit.status) for visit in outgoing] == [(0, "completed")]


def test_no_other_visits(seed: Seed) -> None:
    hoped = [visit for visit in seed.visits if visit.status == "planned" and visit.count == 0]
    assert len(hoped) <= 1
    others = [visit for visit in seed.visits if visit not in hoped]
    assert len(others) == 9
    assert {visit.status for visit in others} == {"completed"}
    assert not [visit for visit in others if "Mehdizade" in (visit.visitor.name or "")]


def test_the_only_upgrade(seed: Seed) -> None:
    (upgrade,) = seed.upgrades
    assert [party.code for party in upgrade.parties] == ["AZE", "VNM"]
    assert (upgrade.level, upgrade.level_text) == ("strategic_partnership", "Strategic Partnership")
    assert (upgrade.change, upgrade.date, upgrade.status) == ("upgrade", "2025", "completed")
    assert upgrade.previous_level is None
    assert upgrade.occasion == by_name(seed, "To Lam").id
    assert len(upgrade.evidence) >= 3


def test_persons(seed: Seed) -> None:
    persons = {entity.name: entity for entity in seed.entities if entity.kind == "person"}
    assert {name: person.country for name, person in persons.items()} == {
        "Ho Chi Minh": "VNM",
        "To Lam": "VNM",
        "Ilham Aliyev": "AZE",
        "Leyla Aliyeva": "AZE",
        "Shovgi Kamal Oglu Mehdizade": "AZE",
    }
    for name, office in (
        ("Ho Chi Minh", "President"),
        ("Ilham Aliyev", "President"),
        ("Shovgi Kamal Oglu Mehdizade", "Ambassador"),
    ):
        assert any(office in role.title for role in persons[name].roles)


def test_the_partnership_is_no_organization(seed: Seed) -> None:
    names = {entity.name for entity in seed.entities if entity.kind == "organization"}
    assert not [name for name in names if "Strategic Partnership" in name]


def test_an_agency_and_its_abbreviation_are_one(seed: Seed) -> None:
    (agency,) = (e for e in seed.entities if "Business Development Agency" in e.name)
    assert "KOBIA" in agency.aliases


def test_dates(seed: Seed) -> None:
    found = {date.text.lower(): (date.type, date.value) for date in seed.dates}
    for text, answer in {
        "the 1950s": ("DATE", "195"),
        "2025": ("DATE", "2025"),
        "1959": ("DATE", "1959"),
        "1986": ("DATE", "1986"),
        "2026": ("DATE", "2026"),
        "every july": ("SET", "XXXX-07"),
        "three consecutive years": ("DURATION", "P3Y"),
    }.items():
        assert found[text] == answer
    assert sum(date.text == "2025" for date in seed.dates) == seed.article.text.count("2025")


def test_this_month_needs_the_day_of_publication(seed: Seed) -> None:
    (date,) = (date for date in seed.dates if date.text.lower() == "this month")
    if seed.article.published is None:
        assert (date.earliest, date.latest) == (None, None)
    else:
        assert date.value == "2026-02"
        assert (date.earliest, date.latest) == ("2026-02-01", "2026-02-28")


def test_evidence_is_quoted(seed: Seed) -> None:
    for record in (*seed.visits, *seed.upgrades):
        for proof in record.evidence:
            assert seed.article.text[proof.start : proof.end] == proof.text
