from __future__ import annotations

import gzip
import io
import json
import logging

import pandas
import pytest

from models import Article, Reject
from pipeline.errors import ConfigError, ReaderError
from pipeline.readers import READERS, read_inputs
from tests.readers.given import TEXT, articles, rejects, write

WESTERN = "Pérez “landed”." + " On the day he was received." * 4
CYRILLIC = "Президент прибыл в Пекин с визитом. " * 5
ODD = "‘Quoted’ — ﬁne\u00a0space\u2028line &amp; so\r\non"


def rows() -> list[dict[str, object]]:
    return [
        {"id": "first", "text": TEXT, "title": "One", "published": "2024-08-18"},
        {"id": 2, "text": TEXT + "More.", "url": "https://a.example/2024/05/16/x"},
        {"text": TEXT + "Much more.", "source": "Paper", "language": "en-GB"},
    ]


def table(suffix: str) -> bytes:
    frame = pandas.DataFrame(rows())
    buffer = io.BytesIO()
    if suffix == ".parquet":
        frame.astype({"id": str}).to_parquet(buffer)
    elif suffix == ".csv":
        frame.to_csv(buffer, index=False)
    elif suffix == ".jsonl":
        buffer.write("\n\n".join(json.dumps(row) for row in rows()).encode())
    else:
        buffer.write(json.dumps(rows(), indent=2).encode())
    return buffer.getvalue()


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".parquet"])
def test_tabular_formats_give_the_same_articles(tmp_path, suffix, packed):
    path = write(tmp_path / f"rows{suffix}{packed}", table(suffix))
    one, two, three = articles(path)
    assert (one.id, one.title, one.published, one.published_by) == (
        "first", "One", "2024-08-18", "metadata",
    )  # fmt: skip
    assert (two.id, two.published, two.published_by) == ("2", "2024-05-16", "url")
    assert three.id.startswith("article-")
    assert (three.source, three.language, three.published) == ("Paper", "en", None)
    assert [article.text for article in (one, two, three)] == [row["text"] for row in rows()]
    assert one.source_path == str(path)
    assert one.characters == len(TEXT)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.txt.gz", "A.TXT"])
def test_plain_text_is_kept_whole(tmp_path, name):
    [article] = articles(write(tmp_path / name, TEXT))
    assert article.text == TEXT
    assert article.title is None
    assert article.language == "en"


def test_header_lines_are_read_and_cut_off(tmp_path):
    header = "TITLE: Premier lands\npublished: 2024-08-18\nSource: Paper\nUrl: https://a.example\n"
    header += "Id: p-1\nLanguage: en\n"
    [article] = articles(write(tmp_path / "a.txt", header + "\n" + TEXT))
    assert article.text == TEXT
    assert (article.title, article.published, article.source, article.url, article.id) == (
        "Premier lands", "2024-08-18", "Paper", "https://a.example", "p-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Title: Premier lands\nAuthor of this: unknown\n\n" + TEXT,
        "Title: Premier lands\n" + TEXT,
        "Hanoi: the premier landed.\n\n" + TEXT,
        "\nTitle: behind a blank line\n\n" + TEXT,
    ],
)
def test_a_block_with_anything_else_is_text(tmp_path, text):
    [article] = articles(write(tmp_path / "a.txt", text))
    assert article.text == text
    assert article.title is None


def test_seven_ways_to_hold_nothing(tmp_path):
    write(tmp_path / "binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    write(tmp_path / "controls.txt", bytes(range(32)) * 9)
    write(tmp_path / "digits.txt", "1 2 3\n")
    write(tmp_path / "empty.txt", "")
    write(tmp_path / "header.txt", "Source: x\nPublished: 2024-08-18\n")
    write(tmp_path / "nul.txt", b"\x00" * 50)
    write(tmp_path / "space.txt", " \n\ufeff\n")
    assert rejects(tmp_path) == [
        (None, "binary"), (None, "binary"), (None, "no-text"), (None, "empty"), (None, "empty"),
        (None, "empty"), (None, "empty"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("\ufeffPérez landed.".encode(), "Pérez landed."),
        ("Pérez landed.".encode("utf-16"), "Pérez landed."),
        ("Pérez landed.".encode("utf-16-le"), "Pérez landed."),
        (WESTERN.encode("cp1252"), WESTERN),
        (CYRILLIC.encode("cp1251"), CYRILLIC),
        ("PÃ©rez landed.".encode(), "Pérez landed."),
        ("“Pérez” é".encode() + b" landed\xe9.", "“Pérez” é landed\ufffd."),
        ("P\x00érez lan\x00ded.".encode(), "Pérez landed."),
        (ODD.encode(), ODD),
    ],
)
def test_text_is_decoded_and_repaired_and_else_kept(tmp_path, data, expected):
    [article] = articles(write(tmp_path / "a.txt", data))
    assert article.text == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Two envoys landed in Lima."),
        ("a.html", "<html><body><p>Two envoys landed in Lima.</p></body></html>"),
        ("a.json", '[{"text": "Two envoys landed in Lima."}]'),
        ("b.json", '{"text": "Two envoys landed in Lima."}'),
        ("a.jsonl", '{"text": "Two envoys landed in Lima."}\n'),
        ("a.csv", "text,title\nTwo envoys landed in Lima.,Landing\n"),
    ],
)
def test_plain_letters_of_two_bytes_each_are_read(tmp_path, name, content, encoding):
    [article] = articles(write(tmp_path / name, content.encode(encoding)))
    assert article.text.strip() == "Two envoys landed in Lima."


def test_lone_surrogates_in_json_are_replaced(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"text": "The \\ud83d visit \\ud83d\\ude00 began."}')
    [article] = articles(path)
    assert article.text == "The \ufffd visit 😀 began."
    article.text.encode()


def test_bad_lines_among_good_ones_are_single_rejects(tmp_path):
    lines = ['{"text": "One came."}', "{broken", "[1]", '{"title": "no text"}', '{"text": 5}',
             '{"text": " "}', '{"text": "Two came."}']  # fmt: skip
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    made = list(read_inputs([path]))
    assert [row.text for row in made if isinstance(row, Article)] == ["One came.", "Two came."]
    assert rejects(path) == [
        (2, "bad-json"), (3, "bad-row"), (4, "no-text"), (5, "no-text"), (6, "empty"),
    ]  # fmt: skip


def test_bad_elements_of_an_array_are_single_rejects(tmp_path):
    parts = ['{"text": "One came. [\\"{,"}', '{"text": nonsense}', '"string"',
             '{"text": "Two came.", "tags": ["a", {"b": [1, 2]}]}']  # fmt: skip
    path = write(tmp_path / "a.json", "[" + ", ".join(parts) + "]\n")
    made = list(read_inputs([path]))
    assert [row.text for row in made if isinstance(row, Article)] == ['One came. ["{,', "Two came."]
    assert rejects(path) == [(2, "bad-json"), (3, "bad-row")]


@pytest.mark.parametrize("cut", range(1, 60))
def test_an_array_is_split_the_same_wherever_its_blocks_end(tmp_path, monkeypatch, cut):
    monkeypatch.setattr("pipeline.readers.from_json.BLOCK", cut)
    data = '[{"text": "A \\\\ \\" é ] , [ came."}, {"text": "B came.", "x": [[], {}]}]'
    path = write(tmp_path / "a.json", data)
    assert [article.text for article in articles(path)] == ['A \\ " é ] , [ came.', "B came."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", []),
        ("[ ]", []),
        ('[{"text": "One came."}', [(2, "bad-json")]),
        ('[{"text": "One ca', [(1, "bad-json")]),
        ('{"text": ', [(None, "bad-json")]),
        ("hello", [(None, "bad-json")]),
        ("", [(None, "empty")]),
        ("[" * 100_000, [(1, "bad-json")]),
        ("[" * 50_000 + "]" * 50_000, [(1, "bad-json")]),
        ('{"a":' * 50_000, [(None, "bad-json")]),
    ],
)
def test_broken_json_is_named(tmp_path, content, expected):
    assert rejects(write(tmp_path / "a.json", content)) == expected


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "One came."}',
        '{"articles": [{"text": "One came."}]}',
        '{"text": "One came."}\n',
        '[\n  {"text": "One came."}\n]',
    ],
)
def test_shapes_of_a_json_file(tmp_path, content):
    [article] = articles(write(tmp_path / "a.json", content))
    assert article.text == "One came."


def test_malformed_rows_of_a_csv_are_single_rejects(tmp_path):
    lines = ["id,text", "1,One came.", "2,Two came.,extra", '3,"Three" came.', '4,"Four\ncame."',
             "", "5,", '6,"Six never ends']  # fmt: skip
    path = write(tmp_path / "a.csv", "\n".join(lines))
    made = list(read_inputs([path]))
    assert [row.id for row in made if isinstance(row, Article)] == ["1", "4"]
    assert rejects(path) == [(2, "bad-csv"), (3, "bad-csv"), (5, "no-text"), (6, "bad-csv")]


def test_a_broken_header_of_a_csv_is_one_reject(tmp_path):
    assert rejects(write(tmp_path / "a.csv", "id,te\rxt\n1,One came.\n")) == [(None, "bad-csv")]


def test_an_undecodable_line_spoils_no_other(tmp_path):
    good = b'{"text": "One came."}\n'
    path = write(tmp_path / "a.jsonl", good + b"%PDF\xff\xfe\x81\n" + good + b"\xff\x00\n" + good)
    assert rejects(path) == [(2, "bad-json"), (4, "bad-json")]
    assert sum(isinstance(row, Article) for row in read_inputs([path])) == 3


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_and_column_names(tmp_path, delimiter):
    head, row = ["ID", "Headline", " Body "], ["9", "Landing", "One, they say, came."]
    path = write(tmp_path / "a.csv", delimiter.join(head) + "\n" + delimiter.join(row))
    [article] = articles(path)
    assert (article.id, article.title, article.text) == ("9", "Landing", "One, they say, came.")


def test_a_table_without_text_is_one_reject(tmp_path):
    write(tmp_path / "a.csv", "id,name\n1,x\n")
    pandas.DataFrame({"id": ["1"]}).to_parquet(tmp_path / "a.parquet")
    write(tmp_path / "b.parquet", b"PAR1 not really")
    assert rejects(tmp_path) == [(None, "no-text"), (None, "no-text"), (None, "unreadable")]


def test_too_large_is_told_and_reading_goes_on(tmp_path):
    big = "A " * 40_000
    data = [{"text": "One came."}, {"text": big}, {"text": "Two came."}, {"text": "A " * 60}]
    write(tmp_path / "a.json", json.dumps(data))
    write(tmp_path / "b.jsonl", "\n".join(json.dumps(row) for row in data))
    write(tmp_path / "c.csv", "text\n" + "\n".join(str(row["text"]) for row in data))
    write(tmp_path / "d.txt", big)
    write(tmp_path / "e.txt.gz", big * 100)
    made = list(read_inputs([tmp_path], max_characters=100))
    texts = [row.text for row in made if isinstance(row, Article)]
    assert sorted(set(texts)) == ["One came.", "Two came."]
    assert len(texts) == 6
    assert {row.reason for row in made if isinstance(row, Reject)} == {"too-large"}
    assert len(made) == 14


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.readers.source.RATIO_FROM", 1_000_000)
    monkeypatch.setattr("pipeline.readers.source.MAX_RATIO", 10)
    path = write(tmp_path / "a.jsonl.gz", b"\n" * 5_000_000)
    assert rejects(path) == [(None, "too-large")]


def test_a_broken_archive_gives_what_came_before(tmp_path):
    whole = gzip.compress(
        "\n".join(json.dumps({"text": f"{n} came."}) for n in range(9_999)).encode()
    )
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.txt.gz").write_bytes(b"no archive")
    made = list(read_inputs([tmp_path]))
    assert sum(isinstance(row, Article) for row in made) > 1_000
    assert [row.reason for row in made if isinstance(row, Reject)] == ["unreadable", "unreadable"]


def test_reading_is_lazy(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"text": "One came."}\n' * 3)
    reading = read_inputs([path, tmp_path / "a.jsonl"])
    assert isinstance(next(reading), Article)
    path.unlink()
    assert isinstance(next(reading), Article)


def test_articles_in_other_languages_are_told(tmp_path, caplog):
    spanish = (
        "El presidente de la nación llegó el lunes a la ciudad y habló con los ministros. " * 3
    )
    write(tmp_path / "a.txt", TEXT)
    with caplog.at_level(logging.WARNING):
        articles(tmp_path)
        assert "language" not in caplog.text
        write(tmp_path / "b.txt", spanish)
        articles(tmp_path)
    assert "give hardly a record: 1 es" in caplog.text


def test_calls_that_are_wrong(tmp_path):
    with pytest.raises(ReaderError, match="missing"):
        read_inputs([tmp_path / "nowhere"])
    with pytest.raises(ConfigError):
        read_inputs([tmp_path], published="soon")


def test_ids_depend_on_the_content_alone(tmp_path):
    write(tmp_path / "a/one.txt", TEXT)
    write(tmp_path / "b/2024-08-18.txt", TEXT.replace("\r\n", "\n"))
    write(tmp_path / "c/three.txt", "Title: Three\n\n" + TEXT)
    one, two, three = articles(tmp_path)
    assert one.id == two.id != three.id
    assert two.published == "2024-08-18"


def test_no_two_articles_share_a_given_id(tmp_path):
    write(
        tmp_path / "a.jsonl", '{"id": "1", "text": "One came."}\n{"id": "../1", "text": "Three."}'
    )
    write(
        tmp_path / "b.jsonl", '{"id": "1", "text": "Two came."}\n{"id": "1", "text": "One came."}'
    )
    one, unsafe, two, again = articles(tmp_path)
    assert one.id == again.id == "1"
    assert two.id.startswith("article-")
    assert unsafe.id.startswith("article-")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (TEXT, [TEXT]),
        ("Title: One\n\nOne came.", ["One came."]),
        ('{"text": "One came."}\n{"text": "Two came."}\n', ["One came.", "Two came."]),
        ('[{"text": "One came."}]', ["One came."]),
        ('{\n "text": "One came."\n}', ["One came."]),
        ("[Photo] One came.", ["[Photo] One came."]),
    ],
)
def test_standard_input(monkeypatch, data, texts):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    made = articles("-")
    assert [article.text for article in made] == texts
    assert {article.source_path for article in made} == {"-"}


def test_empty_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert rejects("-") == [(None, "empty")]


def test_published_dates_what_nothing_else_dates(tmp_path):
    write(tmp_path / "2024-05-16.txt", "One came.")
    write(tmp_path / "other.txt", "Two came.")
    dated, undated = articles(tmp_path, published="2026-02-10")
    assert (dated.published, dated.published_by) == ("2024-05-16", "filename")
    assert (undated.published, undated.published_by) == ("2026-02-10", "option")


def test_dateline_is_kept_in_the_text(tmp_path):
    text = "LIMA, Aug 18 (Agency) – The premier landed on Sunday and will stay for two days."
    [article] = articles(write(tmp_path / "2024_08_19.txt", text))
    assert article.text == text
    assert text[article.body_start :].startswith("The premier")
    assert (article.dateline_place, article.published, article.published_by) == (
        "LIMA", "2024-08-18", "dateline",
    )  # fmt: skip


def test_every_format_of_the_contract_has_a_reader():
    assert list(READERS) == [".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".csv", ".parquet"]
