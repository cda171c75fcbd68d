"""Ids settled by blocks are those that are settled one article after the other."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import Article
from pipeline.config import IngestSettings
from pipeline.distributed import reading
from pipeline.distributed.keyed import Keyed, Known
from pipeline.intake import Intake, take_in
from pipeline.progress import Silent
from pipeline.readers.inputs import Ids, content_id_of
from pipeline.store import Store

Told = tuple[str | None, str, str | None, str]

told = st.tuples(
    st.sampled_from([None, None, "a", "b"]),  # the id that it brings
    st.sampled_from(["Anna met Boris.", "Anna  met Boris.", "Carla met Dora."]),
    st.sampled_from([None, "", "News"]),
    st.sampled_from(["in/1.jsonl", "in/2.jsonl", "in/3.jsonl"]),
)


def article(given_id: str | None, text: str, title: str | None, path: str) -> Article:
    made = Article(
        id=given_id or "x", source_path=path, text=text, title=title, characters=len(text)
    )
    return made.model_copy(update={"id": given_id or content_id_of(made)})


def one_by_one(articles: Sequence[Article]) -> list[str]:
    ids = Ids()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), create=True) as store:
        inputs = map(ids.settle, articles)
        for _ in take_in(store, inputs, progress=Silent(), intake=Intake()):
            pass
        found = [store.article(state.article_id) for state in store.states()]
    return sorted(each.model_dump_json() for each in found)


def by_blocks(articles: Sequence[Article], *, size: int, seed: int) -> list[str]:
    orders: dict[str, int] = defaultdict(int)
    blocks: dict[str, list[Article]] = defaultdict(list)
    rows: list[Keyed] = []
    for number, each in enumerate(articles):
        block = f"b{number // size}"
        path, order = each.source_path, orders[each.source_path]
        orders[each.source_path] += 1
        rows.append(reading.claim(block, len(blocks[block]), path, order, each))
        blocks[block].append(each)
    random.Random(seed).shuffle(rows)
    for merge in (reading.settle, reading.take, reading.rule):
        kinds = {reading.settle: "given", reading.take: "claim", reading.rule: "verdict"}
        by_key: dict[str, list[Keyed]] = defaultdict(list)
        for row in rows:
            if row.kind == kinds[merge]:
                by_key[row.key].append(row)
        rows = [row for row in rows if row.kind != kinds[merge]]
        for key, found in by_key.items():
            rows += merge(key, sorted(found), Known())
    rules = {row.key: row.body for row in rows if row.kind == "rules"}
    return sorted(
        each.model_dump_json()
        for block, held in blocks.items()
        for each in reading.ruled([a.model_dump_json() for a in held], rules.get(block))
    )


@settings(deadline=None, max_examples=100)
@given(drawn=st.lists(told, max_size=9), size=st.integers(1, 4), seed=st.integers(0, 9))
@example(  # two stories of one id, and one that comes again from another file
    drawn=[
        ("a", "Anna met Boris.", None, "in/1.jsonl"),
        ("a", "Carla met Dora.", None, "in/1.jsonl"),
        ("a", "Anna met Boris.", None, "in/2.jsonl"),
        (None, "Anna  met Boris.", None, "in/3.jsonl"),
    ],
    size=2,
    seed=0,
)
def test_ids(drawn: list[Told], size: int, seed: int) -> None:
    articles = sorted((article(*each) for each in drawn), key=lambda each: each.source_path)
    assert by_blocks(articles, size=size, seed=seed) == one_by_one(articles)


def test_units_keep_their_names_when_a_file_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CUT", 8)  # of 200 files, wherever they lie, some surely cut
    files = []
    for number in range(200):
        files.append(tmp_path / f"{number:03}.txt")
        files[-1].write_text("Anna met Boris.")

    def names() -> set[str]:
        listed = sorted(map(str, files))
        found = reading.units_of(listed, code="1", settings=IngestSettings())
        return {unit.name for unit in found}

    before = names()
    assert len(before) > 2
    files.append(tmp_path / "100b.txt")
    files[-1].write_text("Carla met Dora.")
    after = names()
    assert 1 <= len(after - before) <= 2  # its own unit, in two where it cuts
    assert len(before - after) <= 1  # none where it lies between two that cut
