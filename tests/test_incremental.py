"""A folder that is run on again and again holds what a first run over the same articles makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import Article, Entity, Record, Reject
from pipeline.config import Settings
from pipeline.memo import Group, Memo
from pipeline.plan import ArticleInput, Plan, Stretch
from pipeline.runner import rerun, run
from pipeline.share import Share, alone
from pipeline.stages.write import FolderWriter
from tests import fakes

SETTINGS = Settings()


def updated(articles: Iterable[ArticleInput], /, *, memo: Memo, share: Share) -> Iterator[Group]:
    """Merge the names of all articles, each a group of its own."""
    merged = list(fakes.merge(told.result() for told in articles))
    groups = {f"entity {one.id}": one for one in merged if isinstance(one, Entity)}
    for name, print_ in memo.changed((name, repr(one)) for name, one in groups.items()):
        yield Group(name, print_, [groups[name]])


def build(settings: Settings) -> Plan:
    return fakes.build_with()


def build_groups(settings: Settings) -> Plan:
    plan = fakes.build_with()
    return replace(plan, corpus=replace(plan.corpus, update=updated))


def articles_of(told: dict[int, str]) -> list[Article | Reject]:
    return [fakes.article(f"{number:02}", text) for number, text in told.items()]


class _Cut(FolderWriter):
    """A writer that breaks off at a table."""

    table = ""

    @property
    def outputs(self) -> dict[str, type[Record]]:
        return dict(fakes.FakeWriter().outputs)

    def write_lines(
        self,
        folder: Path,
        name: str,
        lines: Iterable[str | Stretch],
        /,
        *,
        again: bool,
        share: Share = alone,
    ) -> tuple[dict[str, str], int]:
        if name == self.table:
            raise KeyboardInterrupt
        return super().write_lines(folder, name, lines, again=again, share=share)


TEXTS = st.sampled_from(
    [
        "Anna",
        "Anna met Boris in 1990",
        "Cem in 2001 and 2002",
        "\u2028Dora, 1999",
        "nothing",
        "boom",
    ]
)
STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 9), TEXTS, max_size=7),
        st.sampled_from(["", "", "articles", "entities", "dates"]),
        st.sampled_from(["", "numbers", "names", "merge", "write"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, max_examples=40)
@given(steps=STEPS, grouped=st.booleans())
def test_every_way_leads_to_the_same_files(
    steps: list[tuple[dict[int, str], str, str]], grouped: bool
) -> None:
    """Articles come, go and change; runs break off while they write; stages run again."""
    plan = build_groups if grouped else build

    def cut(settings: Settings) -> Plan:
        made = plan(settings)
        writer = _Cut()
        object.__setattr__(writer, "table", broken)
        return replace(made, writer=writer)

    with TemporaryDirectory() as place:
        for number, (told, broken, stage) in enumerate(steps):
            folder, fresh = Path(place, "out"), Path(place, f"fresh-{number}")
            if broken:
                with suppress(KeyboardInterrupt):
                    run(cut, SETTINGS, folder, articles_of(told))
            run(plan, SETTINGS, folder, articles_of(told))
            run(plan, SETTINGS, fresh, articles_of(told))
            assert fakes.sums(folder) == fakes.sums(fresh)
            if stage:
                rerun(plan, SETTINGS, folder, stage)
                assert fakes.sums(folder) == fakes.sums(fresh)


def test_rows_are_taken_over_and_tables_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {number: f"Anna met Boris{number} in {1990 + number}" for number in range(5)}
    run(build_groups, SETTINGS, tmp_path, articles_of(told))
    tables: dict[str, list[str | Stretch]] = {}
    whole = FolderWriter.write_lines

    def write_lines(
        self: FolderWriter,
        folder: Path,
        name: str,
        lines: Iterable[str | Stretch],
        /,
        *,
        again: bool,
        share: Share,
    ) -> tuple[dict[str, str], int]:
        assert again
        tables[name] = list(lines)
        return whole(self, folder, name, tables[name], again=again, share=share)

    monkeypatch.setattr(FolderWriter, "write_lines", write_lines)
    told[2] = "Cem"
    run(build_groups, SETTINGS, tmp_path, articles_of(told))
    kept = {
        name: [line if isinstance(line, Stretch) else "new" for line in lines]
        for name, lines in tables.items()
    }
    assert kept == {
        "articles": [Stretch(2, kept=True), Stretch(1, kept=False), "new", Stretch(2, kept=True)],
        "dates": [Stretch(2, kept=True), Stretch(1, kept=False), Stretch(2, kept=True)],
        "entities": [
            *(Stretch(1, kept=False), "new"),  # Anna
            *(Stretch(2, kept=True), Stretch(1, kept=False), Stretch(2, kept=True)),
            "new",
        ],
    }
    tables.clear()
    told[5] = "nobody in 2020"
    run(build_groups, SETTINGS, tmp_path, articles_of(told))
    assert tables.keys() == {"articles", "dates"}


def test_files_of_other_rows_are_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(build_groups, SETTINGS, tmp_path / "out", fakes.articles())
    monkeypatch.setattr("pipeline.store.Store.count_records", lambda *_: 99)
    more = [*fakes.articles(), fakes.article("zz", "Zoe")]
    run(build_groups, SETTINGS, tmp_path / "out", more)
    run(build_groups, SETTINGS, tmp_path / "fresh", more)
    assert fakes.sums(tmp_path / "out") == fakes.sums(tmp_path / "fresh")
