"""Every row of delegations.toml gives companions a country, and not those who are met."""

from __future__ import annotations

import pytest

from pipeline.lexicon import load_table
from pipeline.stages.entities.references.delegations import DelegationRule
from tests.reading import Reader

#: An article of another country than the delegation's.
HOME = "KUWAIT: Prime Minister Ahmad Nawaf Al-Sabah opened the hall. "
ROWS = load_table("pipeline.stages.entities", "delegations.toml", DelegationRule)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out that his name is one of Mali, which is weighed where rules tell nothing."""
    monkeypatch.setattr("pipeline.stages.entities.persons.assign_likely", lambda *_: None)


def country_of_companion(reader: Reader, text: str) -> str | None:
    reading = reader.read(HOME + text)
    return {person.name: person.country for person in reading.entities("person")}["Oumar Dembele"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_companion_is_of_the_delegation(reader: Reader, row: DelegationRule) -> None:
    assert country_of_companion(reader, row.example) == "MLI"
    assert country_of_companion(reader, row.counter) == "KWT"
