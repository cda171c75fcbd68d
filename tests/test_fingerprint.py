from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.fingerprint import article_digest, code_digest, digest, find_model, library_version
from tests import fakes


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "rules_of_a_stage"
    (folder / "tables").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "tables" / "verbs.toml").write_text("[[row]]\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    return folder


def code(**given: object) -> str:
    return code_digest(("rules_of_a_stage",), settings=given)


def test_what_changes_a_stages_print(package: Path) -> None:
    first = code()
    assert code() == first
    assert code(limit=3) != first
    assert code_digest(("rules_of_a_stage",), libraries=("spacy",), settings={}) != first
    (package / "tables" / "verbs.toml").write_text("[[row]]\nverb = 'visit'\n")
    second = code()
    assert second != first
    (package / "new.py").write_text("")
    assert code() != second


def test_what_does_not(package: Path) -> None:
    first = code()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"x")
    (package / ".verbs.toml.swp").write_bytes(b"x")
    assert code() == first


def test_a_module_counts_as_a_package() -> None:
    assert code_digest(("pipeline.nlp",), settings={}) != code_digest((), settings={})


def test_a_package_that_is_not_there() -> None:
    with pytest.raises(ModuleNotFoundError):
        code_digest(("pipeline.nowhere",), settings={})


def test_parts_do_not_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_where_an_article_lies_does_not_count() -> None:
    here = fakes.article("a", "Text")
    assert article_digest(here) == article_digest(
        here.model_copy(update={"source_path": "there", "other_paths": ("x",)})
    )
    assert article_digest(here) != article_digest(here.model_copy(update={"published": "2024"}))


def test_a_model_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "name": "x", "version": "2.1"}))
    model = find_model(str(tmp_path))
    assert model.version == "2.1"
    before = model.identity()
    (tmp_path / "weights").write_bytes(b"1")
    assert find_model(str(tmp_path)).identity() != before


@pytest.mark.parametrize("name", ["no_such_model", "not a name", "json"])
def test_no_model(name: str) -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        find_model(name)


def test_a_broken_model(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("[]")
    with pytest.raises(ModelError, match="holds no object"):
        find_model(str(tmp_path))


def test_versions() -> None:
    assert library_version("pydantic")[0].isdigit()
    assert library_version("no-such-distribution") == "missing"
