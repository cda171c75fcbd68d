from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import (
    Article,
    Conflict,
    DateExpression,
    Destination,
    Entity,
    Evidence,
    LedgerEntry,
    Party,
    Record,
    Reject,
    RelationStep,
    Role,
    Upgrade,
    Variant,
    Visit,
    Visitor,
)
from pipeline.errors import RowsMissingError, StoreError
from pipeline.plan import Stretch
from pipeline.stages.write import FolderWriter, writer
from pipeline.stages.write.atomic import replacing
from pipeline.stages.write.flat import column_names, flatten, guarded
from pipeline.stages.write.writer import OUTPUTS, csv_page, read_manifest, read_table

EVIDENCE = (
    Evidence(article_id="a1", start=0, end=20, text="Nia Dlamini came to Suva", rule="came-to"),
    Evidence(article_id="a2", start=5, end=9, text="She came", rule="came"),
)
VISIT = Visit(
    id="visit-1",
    visitor=Visitor(name="Nia Dlamini", role="foreign minister", entity_id="person-1"),
    origin=Party(code="ZAF", name="South Africa"),
    destination=Destination(code="FJI", name="Fiji", place="Suva"),
    hosts=("Ratu Vuli", "Ana Tora"),
    start="2024-05",
    end="2024-05",
    status="completed",
    confidence=0.9,
    evidence=EVIDENCE,
    journey_id="journey-1",
    leg=2,
    event="APEC summit",
    return_of="visit-0",
    upgrades=("upgrade-1",),
    cameo=("042", "043"),
    plover="CONSULT/visit",
    variants={"start": (Variant(value="2024-05", articles=("a1",)),)},
)
UPGRADE = Upgrade(
    id="upgrade-1",
    parties=(Party(code="FJI", name="Fiji"), Party(code="ZAF", name="South Africa")),
    level="strategic_partnership",
    level_text="Strategic Partnership",
    change="upgrade",
    date="2024",
    status="completed",
    confidence=0.8,
    evidence=EVIDENCE[:1],
    occasion="visit-1",
    event="APEC summit",
    issuer="GENERAL",
    level_rank=2,
    previous_level="comprehensive_partnership",
    plover="SUPPORT",
)
ENTITY = Entity(
    id="person-1",
    kind="person",
    name="Nia Dlamini",
    aliases=("Dlamini",),
    country="ZAF",
    roles=(Role(title="foreign minister", country="ZAF"), Role(title="envoy")),
)
DATE = DateExpression(
    id="date-1",
    article_id="a1",
    start=1,
    end=5,
    text="2024",
    type="DATE",
    value="2024",
    earliest="2024-01-01",
    latest="2024-12-31",
    anchor="explicit",
    flags=("odd",),
)
ARTICLE = Article(id="a1", source_path="in/a.txt", text="Línea\nuno", characters=9)
SAMPLES: dict[str, Record] = {
    "articles": ARTICLE,
    "entities": ENTITY,
    "dates": DATE,
    "visits": VISIT,
    "upgrades": UPGRADE,
    "ledger": LedgerEntry(
        id="visit-1-0001",
        record_id="visit-1",
        record_type="visit",
        number=1,
        article_id="a1",
        published="2024-05",
        status="planned",
        sentence="She is to come.",
        rule="came",
        phantom=True,
    ),
    "conflicts": Conflict(
        id="visit-1-start-001",
        record_id="visit-1",
        record_type="visit",
        field="start",
        value="2024-05",
        chosen=True,
        compatible=True,
        articles=("a1", "a2"),
    ),
    "relations": RelationStep(
        id="relation-FJI-ZAF-001",
        party="FJI",
        other_party="ZAF",
        date="2024",
        from_level="comprehensive_partnership",
        to_level="strategic_partnership",
        change="upgrade",
        issuer="GENERAL",
        level_rank=2,
        upgrade_id="upgrade-1",
    ),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", OUTPUTS)
def test_records_come_back(name: str, tmp_path: Path) -> None:
    record = SAMPLES[name]
    FolderWriter().write_table(tmp_path, name, [record, record])
    assert list(read_table(tmp_path / f"{name}.json", OUTPUTS[name])) == [record, record]
    assert (
        json.loads((tmp_path / f"{name}.json").read_text()) == [record.model_dump(mode="json")] * 2
    )
    assert len(rows(tmp_path / f"{name}.csv")) == 2


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_empty_table_has_its_header(name: str, tmp_path: Path) -> None:
    FolderWriter().write_table(tmp_path, name, [])
    assert json.loads((tmp_path / f"{name}.json").read_text()) == []
    header = (tmp_path / f"{name}.csv").read_text().strip().split(",")
    assert header == column_names(name)


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_column_has_a_field(name: str) -> None:
    """Plain fields of a record have a column; an article's text is in the JSON alone."""
    plain = {
        field
        for field, value in SAMPLES[name].model_dump().items()
        if isinstance(value, str | int | float)
    }
    assert plain - {"text", "body_start"} <= set(column_names(name))
    assert set(flatten(name, SAMPLES[name])) == set(column_names(name))


def test_a_visit_as_a_row(tmp_path: Path) -> None:
    FolderWriter().write_table(tmp_path, "visits", [VISIT])
    (row,) = rows(tmp_path / "visits.csv")
    assert row == {
        "id": "visit-1",
        "visitor_name": "Nia Dlamini",
        "visitor_role": "foreign minister",
        "visitor_entity_id": "person-1",
        "origin_code": "ZAF",
        "origin_name": "South Africa",
        "destination_code": "FJI",
        "destination_name": "Fiji",
        "destination_place": "Suva",
        "hosts": "Ratu Vuli; Ana Tora",
        "start": "2024-05",
        "end": "2024-05",
        "kind": "",
        "status": "completed",
        "first": "false",
        "count": "1",
        "confidence": "0.9",
        "evidence_article_id": "a1",
        "evidence_start": "0",
        "evidence_end": "20",
        "evidence_text": "Nia Dlamini came to Suva",
        "evidence_rule": "came-to",
        "evidence_count": "2",
        "journey_id": "journey-1",
        "leg": "2",
        "transit": "false",
        "event": "APEC summit",
        "return_of": "visit-0",
        "upgrades": "upgrade-1",
        "cameo": "042; 043",
        "plover": "CONSULT/visit",
        "disputed_fields": "start",
    }


def test_what_is_not_there_is_empty(tmp_path: Path) -> None:
    bare = VISIT.model_copy(update={"origin": None, "visitor": Visitor(), "hosts": ()})
    row = flatten("visits", bare)
    assert row["origin_code"] is None
    assert row["visitor_name"] is None
    assert row["hosts"] == ""
    assert flatten("entities", ENTITY)["mention_text"] is None
    assert flatten("entities", ENTITY)["roles"] == "foreign minister; envoy"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_guarded(start: str, tmp_path: Path) -> None:
    article = ARTICLE.model_copy(update={"title": start})
    FolderWriter().write_table(tmp_path, "articles", [article])
    (row,) = rows(tmp_path / "articles.csv")
    assert row["title"] == f"'{start}"
    assert json.loads((tmp_path / "articles.json").read_text())[0]["title"] == start


def test_numbers_are_not_guarded() -> None:
    assert guarded(-5) == -5
    assert guarded("a=b") == "a=b"


def test_letters_stay_letters(tmp_path: Path) -> None:
    FolderWriter().write_table(tmp_path, "articles", [ARTICLE])
    assert "Línea\\nuno" in (tmp_path / "articles.json").read_text(encoding="utf-8")


def test_an_invalid_record_is_not_written(tmp_path: Path) -> None:
    broken = VISIT.model_copy(update={"status": "perhaps"})
    with pytest.raises(StoreError, match="a Visit that is none"):
        FolderWriter().write_table(tmp_path, "visits", [broken])
    assert list(tmp_path.iterdir()) == []


def test_rows_are_read_back_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [TITLES[number % len(TITLES)] for number in range(25)]
    made = [
        ARTICLE.model_copy(update={"id": f"a{number:02}", "title": title})
        for number, title in enumerate(titles)
    ]
    FolderWriter().write_table(tmp_path, "articles", made)
    at_once = (tmp_path / "articles.csv").read_bytes()
    monkeypatch.setattr(writer, "PAGE", 4)
    FolderWriter().write_table(tmp_path, "articles", made)
    assert (tmp_path / "articles.csv").read_bytes() == at_once
    assert [row["id"] for row in rows(tmp_path / "articles.csv")] == [one.id for one in made]


def test_a_row_that_reads_back_as_another_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = writer.CsvRows.add_plain

    def add_plain(self: writer.CsvRows, rows: list[list[str]]) -> None:
        whole(self, [[cell.replace("b", "") for cell in cells] for cells in rows])

    assert writer.csv_page([["a", ""], ["b", "c"]]) == b"a,\nb,c\n"
    monkeypatch.setattr(writer.CsvRows, "add_plain", add_plain)
    with pytest.raises(StoreError, match=r"as it was meant: \['b', 'c'\]"):
        writer.csv_page([["a", ""], ["b", "c"]])


TITLES = (None, 'Suva, "May"', "two\nlines\r\nof it", "=1+1", "plain", "\u2028 \x0b \x85")


def numbered(number: int, title: str | None) -> str:
    return ARTICLE.model_copy(update={"id": f"a{number:02}", "title": title}).model_dump_json()


def dated(number: int, titles: list[str | None]) -> Iterator[str]:
    for place, title in enumerate(titles):
        told = {"id": f"date-{9 - place}", "article_id": f"a{number:02}", "text": title or "2024"}
        yield DATE.model_copy(update=told).model_dump_json()


def mended(name: str, before: list[str], after: list[str]) -> Iterator[str | Stretch]:
    """Yield what becomes of each row, and the rows that come, in order of the table."""
    for way, line in merged(name, before, after):
        if way == "+":
            yield line
        else:
            yield Stretch(1, kept=way == " ")


def merged(name: str, before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    field = "article_id" if name == "dates" else "id"
    for key in sorted({json.loads(line)[field] for line in (*before, *after)}):
        old, new = (
            [line for line in lines if json.loads(line)[field] == key] for lines in (before, after)
        )
        if old == new:
            yield from ((" ", line) for line in old)
        else:
            yield from [*(("-", line) for line in old), *(("+", line) for line in new)]


drawn = st.dictionaries(st.integers(0, 12), st.sampled_from(TITLES), max_size=12)


@settings(deadline=None, max_examples=60)
@given(before=drawn, after=drawn)
def test_rows_that_stand_are_taken_over(
    before: dict[int, str | None], after: dict[int, str | None]
) -> None:
    """Articles come, go and change: the files are those of writing all of them."""
    for name in ("articles", "dates"):

        def lines(told: dict[int, str | None], name: str = name) -> list[str]:
            ordered = sorted(told.items())
            if name == "articles":
                return [numbered(*one) for one in ordered]
            return [
                line for n, title in ordered for line in dated(n, [title, None, title][: n % 4])
            ]

        with TemporaryDirectory() as place:
            fresh, folder = Path(place, "fresh"), Path(place, "folder")
            fresh.mkdir(), folder.mkdir()
            FolderWriter().write_lines(folder, name, lines(before), again=False)
            told = list(mended(name, lines(before), lines(after)))
            made = FolderWriter().write_lines(folder, name, told, again=True)
            assert made == FolderWriter().write_lines(fresh, name, lines(after), again=False)
            for path in fresh.iterdir():
                assert (folder / path.name).read_bytes() == path.read_bytes()


def test_few_rows_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [numbered(number, TITLES[number % 6]) for number in range(30)]
    FolderWriter().write_lines(tmp_path, "articles", lines, again=False)
    made: list[str] = []
    read = writer.read_line

    def read_line(kind: type[Record], line: str) -> Record:
        made.append(line)
        return read(kind, line)

    monkeypatch.setattr(writer, "read_line", read_line)
    told = [
        *(Stretch(3, kept=True), Stretch(2, kept=False), numbered(3, "other")),
        *(Stretch(25, kept=True), numbered(31, "new")),
    ]
    _, count = FolderWriter().write_lines(tmp_path, "articles", told, again=True)
    assert made == [numbered(3, "other"), numbered(31, "new")]
    assert count == 30


@pytest.mark.parametrize("rows", [29, 31])
def test_files_that_hold_other_rows_than_is_told_stay(tmp_path: Path, rows: int) -> None:
    lines = [numbered(number, TITLES[number % 6]) for number in range(30)]
    FolderWriter().write_lines(tmp_path, "articles", lines, again=False)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RowsMissingError, match=r"articles\.json has too"):
        FolderWriter().write_lines(tmp_path, "articles", [Stretch(rows, kept=True)], again=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_parquet_file_is_made_of_all_rows() -> None:
    assert FolderWriter().takes_over
    assert not FolderWriter(parquet=True).takes_over


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "visits.json"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt), replacing(path) as file:
        file.write("half")
        raise KeyboardInterrupt
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["visits.json"]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="cannot be written: No such file"),
        replacing(tmp_path / "none" / "x.json"),
    ):
        pass


def test_rejects(tmp_path: Path) -> None:
    reject = Reject(source_path="a.jsonl", row=2, reason="bad-json", detail="=cut")
    sums = FolderWriter().write_rejects(tmp_path, [reject])
    assert list(sums) == ["rejects.json"]
    assert json.loads((tmp_path / "rejects.json").read_text()) == [
        {"source_path": "a.jsonl", "row": 2, "reason": "bad-json", "detail": "=cut"}
    ]


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="`communique run` makes it"):
        read_manifest(tmp_path)


def test_a_row_with_a_carriage_return_alone_is_quoted() -> None:
    page = csv_page([["a", 1, ""], ["b\rc", 2, "x"], ["d", 0.5, "true"]])
    assert page == b'a,1,\n"b\rc","2","x"\nd,0.5,true\n'
