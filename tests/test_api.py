from __future__ import annotations

import importlib

import pytest

import models
import pipeline
from models import Article, Entity, Visit
from pipeline import Pipeline, PipelineError, load_settings
from pipeline.errors import ConfigError, ModelError, ReaderError, StageError
from tests import fakes

TEXT = (
    "South African Foreign Minister Nia Dlamini visited Fiji on Thursday, where she met "
    "Fijian President Ana Tora."
)


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize("module", [pipeline, models])
def test_public_names_are_there(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert sorted(names) == sorted(set(names))
    for name in names:
        assert getattr(module, name) is not None
        assert name in dir(module)


def test_what_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Pipe'"):
        _ = pipeline.Pipe  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["pipeline.readers", "pipeline.evaluation", "pipeline.report"])
def test_public_names_of_the_rooms(name: str) -> None:
    module = importlib.import_module(name)
    assert all(hasattr(module, public) for public in module.__all__)


def test_no_such_model() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        Pipeline(model="no_such_model")


def test_a_stage_that_fails_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.api.build_stages", fakes.build)
    with pytest.raises(StageError) as raised:
        Pipeline().extract("Anna boom 1999", id="anna")
    assert str(raised.value) == "stage numbers failed on article anna: ValueError: boom"


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01\x02\x03" * 50])
def test_a_text_that_is_none(text: str, reader: Pipeline) -> None:
    with pytest.raises(ReaderError):
        reader.extract(text)


def test_a_text_that_is_too_long() -> None:
    short = Pipeline(settings=load_settings(ingest={"max_characters": 20}))
    with pytest.raises(ReaderError, match="too-large"):
        short.extract(TEXT)


def test_a_date_that_is_none(reader: Pipeline) -> None:
    with pytest.raises(ConfigError):
        reader.extract(TEXT, published="soon")
    assert issubclass(ConfigError, PipelineError)


@pytest.mark.slow
def test_extract(reader: Pipeline) -> None:
    found = reader.extract(TEXT, published="2024-05-17", title="Minister in Suva", id="suva-1")
    assert isinstance(found.article, Article)
    assert found.article.id == "suva-1"
    assert found.article.title == "Minister in Suva"
    assert found.article.published == "2024-05-17"
    assert {entity.name for entity in found.entities} >= {"Nia Dlamini", "Ana Tora"}
    assert all(isinstance(entity, Entity) for entity in found.entities)
    (visit,) = found.visits
    assert isinstance(visit, Visit)
    assert visit.visitor.name == "Nia Dlamini"
    assert visit.destination.code == "FJI"
    assert found.upgrades == ()


@pytest.mark.slow
def test_frames(reader: Pipeline) -> None:
    found = reader.extract(TEXT, published="2024-05-17")
    assert list(found.visits_frame()["visitor_name"]) == ["Nia Dlamini"]
    assert len(found.entities_frame()) == len(found.entities)
    assert list(found.dates_frame()["text"]) == [date.text for date in found.dates]
    assert found.upgrades_frame().empty
    assert "party_codes" in found.upgrades_frame().columns


@pytest.mark.slow
def test_a_text_gives_the_same_twice(reader: Pipeline) -> None:
    assert reader.extract(TEXT) == reader.extract(TEXT)


@pytest.mark.slow
def test_a_text_that_opens_with_he_means_whom_its_title_begins_with(reader: Pipeline) -> None:
    text = "He arrived in Peru on Monday. Kenyan President William Ruto will stay for two days."
    of_title = reader.extract(text, published="2024-05-15", title="Ruto’s trip to Peru begins")
    assert [(v.visitor.name, v.destination.code) for v in of_title.visits] == [
        ("William Ruto", "PER")
    ]
    assert not reader.extract(text, published="2024-05-15", title="Peru awaits a guest").visits
