"""Files that have not changed are not read again, and the run is that of reading them."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Article, Reject
from pipeline.config import load_settings
from pipeline.readers import READERS, read_files
from pipeline.readers.known import KnownFiles, Noted, Standing
from pipeline.readers.walk import list_files
from pipeline.runner import RunReport, run
from pipeline.stages.ingest import RawRow
from tests import fakes

SETTINGS = load_settings(run={"batch_characters": 60})
MOST = 2_000_000
#: Rows of a file: one text under several ids, several texts under one, and no articles.
ROWS = (
    {"text": "Anna met Boris in 1990."},
    {"text": "Anna met Boris in 1990.", "url": "https://a.example/other"},
    {"id": "one", "text": "Anna met Boris in 1990."},
    {"id": "one", "text": "Clara met Dora in 1991."},
    {"id": "two", "text": "Clara met Dora in 1991.", "published": "2024-08-19"},
    {
        "id": "two",
        "text": "Prezident přijel do Prahy a setkal se tam s premiérem.",
    },
    {"text": 3},
    {"id": "boom", "text": "Emil boom 1992."},
)
files = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.integers(0, len(ROWS) - 1), max_size=3),
    max_size=3,
)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files that are read; their state is told by what they hold."""
    from pipeline.readers import known

    paths: list[str] = []

    def noted(whole: Callable[..., object]) -> Callable[..., object]:
        def reading(path: str, **given: object) -> object:
            paths.append(Path(path).stem)
            return whole(path, **given)

        return reading

    for name in ("read_file", "read_rows"):
        monkeypatch.setattr(known, name, noted(getattr(known, name)))
    monkeypatch.setattr(
        known, "file_stamp", lambda path: f"{path} {sha256(Path(path).read_bytes()).hexdigest()}"
    )
    return paths


def put(folder: Path, told: dict[str, list[int]]) -> list[str]:
    """Write just these files into a folder; return them as they are listed."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, rows in told.items():
        lines = "".join(json.dumps(ROWS[row]) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines)
    return list_files([folder], suffixes=READERS)


def go(folder: Path, listed: Sequence[str]) -> RunReport:
    return run(fakes.build, SETTINGS, folder, KnownFiles(listed, None, MOST))


def test_a_file_that_has_not_changed_is_not_read(
    tmp_path: Path, read: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    listed = put(tmp_path / "in", {"a": [0, 6], "b": [4, 5, 6], "c": [2]})
    first = go(tmp_path / "out", listed)
    assert read == ["a", "b", "c"]
    read.clear()
    listed = put(tmp_path / "in", {"a": [0, 6], "b": [4, 5, 6], "c": [3]})
    with caplog.at_level(logging.WARNING):
        again = go(tmp_path / "out", listed)
    assert read == ["b", "c"]  # in b an id belonged to another article
    assert again.rejects == first.rejects
    assert again.manifest.input.unchanged == 3


def test_other_options_read_all_again(tmp_path: Path, read: list[str]) -> None:
    listed = put(tmp_path / "in", {"a": [0]})
    go(tmp_path / "out", listed)
    run(fakes.build, SETTINGS, tmp_path / "out", KnownFiles(listed, "2024-08-19", MOST))
    assert read == ["a", "a"]
    assert '"published":"2024-08-19"' in (tmp_path / "out" / "articles.json").read_text()


def test_a_file_that_could_not_be_read_is_tried_again(tmp_path: Path, read: list[str]) -> None:
    listed = put(tmp_path / "in", {"a": [0]})
    (tmp_path / "in" / "b.txt.gz").write_bytes(b"no gzip")
    listed = list_files([tmp_path / "in"], suffixes=READERS)
    assert [reject.reason for reject in go(tmp_path / "out", listed).rejects] == ["unreadable"]
    assert [reject.reason for reject in go(tmp_path / "out", listed).rejects] == ["unreadable"]
    assert read == ["a", "b.txt", "b.txt"]


def test_a_file_whose_name_is_no_utf8_is_read_and_told_of(tmp_path: Path, read: list[str]) -> None:
    put(tmp_path / "in", {"a": [0]})
    (tmp_path / "in" / "a.jsonl").rename(tmp_path / "in" / os.fsdecode(b"caf\xe9.jsonl"))
    (tmp_path / "in" / os.fsdecode(b"caf\xe9.json")).write_text("no JSON")
    listed = list_files([tmp_path / "in"], suffixes=READERS)
    for _ in range(2):
        (reject,) = go(tmp_path / "out", listed).rejects
        assert reject.source_path == str(tmp_path / "in" / r"caf\xe9.json")
        (made,) = json.loads((tmp_path / "out" / "articles.json").read_text())
        assert made["source_path"] == str(tmp_path / "in" / r"caf\xe9.jsonl")
    assert len(read) == 2  # in the first run alone


def test_an_id_that_was_given_to_another_text_is_free_when_that_is_gone(
    tmp_path: Path, read: list[str]
) -> None:
    """The id that a text has by its content may be given to others by their files."""
    (made,) = read_files(put(tmp_path / "in", {"a": [0]}))
    assert isinstance(made, Article)
    listed: list[str] = []
    for name, text in (("a", "Emil went home."), ("c", "Frieda stayed.")):
        put(tmp_path / "in", {"b": [0]})
        told = json.dumps([{"id": made.id, "text": text}])
        (tmp_path / "in" / f"{name}.json").write_text(told)
        listed = list_files([tmp_path / "in"], suffixes=READERS)
        go(tmp_path / "out", listed)
    go(tmp_path / "fresh", listed)
    assert fakes.sums(tmp_path / "out") == fakes.sums(tmp_path / "fresh")


def test_a_file_that_changed_just_now_is_read_again(tmp_path: Path) -> None:
    listed = put(tmp_path / "in", {"a": [0]})
    go(tmp_path / "out", listed)
    listed = put(tmp_path / "in", {"a": [3]})
    go(tmp_path / "out", listed)
    assert "Clara" in (tmp_path / "out" / "articles.json").read_text()


def made_from(
    monkeypatch: pytest.MonkeyPatch, folder: Path, listed: Sequence[str]
) -> tuple[list[str], RunReport]:
    """Run over files; return the ids or texts of the articles that are made of their rows."""
    from pipeline.readers import inputs

    texts: list[str] = []
    whole = inputs.make_article

    def make_article(row: RawRow, **given: object) -> Article | Reject:
        texts.append(str(row.text))
        return whole(row, **given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(inputs, "make_article", make_article)
        return texts, go(folder, listed)


def test_of_a_file_of_lines_only_other_lines_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state is not known: it was changed just now."""

    def step(rows: list[int]) -> list[str]:
        return made_from(monkeypatch, tmp_path / "out", put(tmp_path / "in", {"a": rows}))[0]

    texts = [str(row["text"]) for row in ROWS]
    assert step([0, 2, 6]) == [texts[0], texts[2], texts[6]]
    assert step([7, 0, 2, 6]) == [texts[7], texts[6]]  # a reject tells the number of its row
    assert step([0, 7]) == []
    assert step([2, 0, 7]) == [texts[2]]
    go(tmp_path / "fresh", put(tmp_path / "in", {"a": [2, 0, 7]}))
    assert fakes.sums(tmp_path / "out") == fakes.sums(tmp_path / "fresh")


def test_a_line_whose_id_belongs_to_another_article_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = put(tmp_path / "in", {"a": [4], "b": [2, 7]})
    made_from(monkeypatch, tmp_path / "out", listed)
    listed = put(tmp_path / "in", {"a": [3], "b": [2, 7]})
    texts, _ = made_from(monkeypatch, tmp_path / "out", listed)
    assert texts == [ROWS[3]["text"], ROWS[2]["text"]]
    made_from(monkeypatch, tmp_path / "fresh", listed)
    assert fakes.sums(tmp_path / "out") == fakes.sums(tmp_path / "fresh")


def test_the_end_of_a_line_makes_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = put(tmp_path / "in", {"a": [0]})
    path = Path(listed[0])
    path.write_text(path.read_text().rstrip("\n"))
    go(tmp_path / "out", listed)
    path.write_bytes(path.read_bytes() + b"\r\n" + json.dumps(ROWS[3]).encode())
    assert made_from(monkeypatch, tmp_path / "out", listed)[0] == [ROWS[3]["text"]]


def test_of_a_large_file_the_first_lines_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.readers.known.MOST_ROWS", 2)
    listed = put(tmp_path / "in", {"a": [0, 2, 7]})
    go(tmp_path / "out", listed)
    assert made_from(monkeypatch, tmp_path / "out", listed)[0] == [ROWS[7]["text"]]


def test_a_file_cut_short_while_it_is_looked_at_is_rejected(
    tmp_path: Path, read: list[str]
) -> None:
    listed = put(tmp_path / "in", {"a": [0, 3]})
    noted: dict[str, list[Noted]] = {}

    class Notes:
        def rows(self, path: str, stamp: str, /) -> list[Noted] | None:
            return noted.get(path)

        def earlier(self, path: str, begin: str, /) -> list[Noted]:
            return []

        def note(self, path: str, stamp: str, rows: Sequence[Noted], /) -> None:
            noted[path] = list(rows)

        def keep(self, paths: set[str], /) -> None:
            assert paths == set(listed)

    assert len(list(KnownFiles(listed, None, MOST).read(Notes()))) == 2
    first, second = KnownFiles(listed, None, MOST).read(Notes())
    put(tmp_path / "in", {"a": [0]})
    assert isinstance(first, Standing)
    assert isinstance(second, Standing)
    assert isinstance(first.read(), Article)
    missing = second.read()
    assert isinstance(missing, Reject)
    assert (missing.source_path, missing.reason) == (listed[0], "unreadable")


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(files, min_size=2, max_size=4))
def test_what_is_known_is_what_would_be_read(
    steps: list[dict[str, list[int]]], read: list[str]
) -> None:
    with TemporaryDirectory() as place:
        inputs, folder = Path(place, "in"), Path(place, "out")
        for number, step in enumerate(steps):
            listed = put(inputs, step)
            known = go(folder, listed)
            fresh = Path(place, f"fresh-{number}")
            whole = run(fakes.build, SETTINGS, fresh, read_files(listed))
            assert fakes.sums(folder) == fakes.sums(fresh)
            assert known.rejects == whole.rejects
            assert known.manifest.input.read == whole.manifest.input.read
