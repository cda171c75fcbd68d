"""Input that is no good: done or rejected, with a reason that names file and row."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pandas
import pytest

from models import Article, Reject
from pipeline.limits import time_limit
from pipeline.readers import read_inputs

STORY = "<p>The President of Peru visited Chile on Monday and met her counterpart at the port.</p>"
#: Some of a character's own tricks: hidden, joining, and turning round what follows.
HIDDEN = "The premier\u200b of Pe\u00adru \u2067visited\u2069 Ch\u200dile.\u202e"


def read(folder: Path) -> list[Article | Reject]:
    return list(read_inputs([folder]))


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 200 + STORY + "</div>" * 200,
        "<p><b>The <i>President</b> of Peru <table><td>visited<tr><a href=x>Chile<li></p>" * 5_000,
        "<html><body>" + "<" * 50_000 + STORY,
        "<html><body><p>" + "&amp;&bogus;" * 10_000 + "He came." + STORY,
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><body>" + STORY * 5,
        "<html><body>\x00" + STORY * 3,
        "<!DOCTYPE html><html lang=en><body>" + STORY + "</p></div></html>" * 3_000,
    ],
)
def test_soup_is_read(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (found,) = read(tmp_path)
    assert isinstance(found, Article)
    assert "Peru" in found.text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 10_000 + STORY + "</div>" * 10_000,
        "<html><body><p" + " a=b" * 50_000,
        "<html><body>" + "<!-- " * 50_000 + STORY,
        "<html><body><script>" + 'a("</scrip' * 50_000 + STORY,
    ],
)
def test_soup_without_a_story_is_a_reject(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (found,) = read(tmp_path)
    assert isinstance(found, Reject)
    assert (found.source_path, found.reason) == (str(tmp_path / "a.html"), "no-text")


def test_entities_that_hold_each_other_are_not_put_in(tmp_path: Path) -> None:
    names = "abcdefghij"
    made = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    page = f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{made}]><body><p>&j;</p>{STORY * 3}</body>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (found,) = read(tmp_path)
    assert isinstance(found, Article)
    assert found.characters < 1_000


def test_a_page_that_takes_too_long_is_a_reject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_long(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr("trafilatura.bare_extraction", take_long)
    monkeypatch.setattr("pipeline.readers.from_html.PAGE_SECONDS", 1)
    (tmp_path / "a.html").write_text(STORY)
    (tmp_path / "b.txt").write_text("He came.")
    slow, other = read(tmp_path)
    assert isinstance(slow, Reject)
    assert (slow.reason, slow.detail) == (
        "too-slow",
        "took longer than 1 s (the most for one page)",
    )
    assert isinstance(other, Article)


def test_what_is_in_time_is_not_broken_off() -> None:
    with time_limit(1, "a test"):
        pass
    with pytest.raises(TimeoutError, match="took longer than 1 s"), time_limit(1, "a test"):
        while True:
            pass
    with pytest.raises(TimeoutError), time_limit(100, "a test", spent=101):
        while True:
            pass


def test_a_line_of_100_megabytes_is_a_reject_and_takes_little_memory(tmp_path: Path) -> None:
    ends = {
        "a.csv": ("text\n", ""),
        "b.html": ("", ""),
        "c.json": ('[{"text": "', '"}]'),
        "d.jsonl": ('{"text": "', '"}'),
        "e.txt": ("", ""),
    }
    for name, (head, tail) in ends.items():
        with (tmp_path / name).open("w") as file:
            file.write(head)
            for _ in range(100):
                file.write("a" * 1_000_000)
            file.write(tail)
    code = (
        "import resource, sys; from pipeline.readers import read_inputs\n"
        "import trafilatura; peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "for item in read_inputs([sys.argv[1]]): print(item.row, item.reason)\n"
        "print(peak() - before)"
    )
    call = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60)
    *told, grown = done.stdout.splitlines()
    assert told == [f"{row} too-large" for row in (1, None, 1, 1, None)]
    assert int(grown) < 90_000 * (1 if sys.platform == "linux" else 1024)


def test_broken_letters_in_a_table_spoil_no_other_row(tmp_path: Path) -> None:
    texts = [f"The premier of Peru came on day {number}." for number in range(70)]
    frame = pandas.DataFrame({"text": texts})
    frame.to_parquet(tmp_path / "a.parquet", compression="none")
    data = (tmp_path / "a.parquet").read_bytes()
    at = data.index(b"day 68.")
    (tmp_path / "a.parquet").write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    found = read(tmp_path)
    rejects = [(item.row, item.reason) for item in found if isinstance(item, Reject)]
    assert rejects == [(69, "bad-row")]
    assert len(found) == 70


def test_a_table_that_unpacks_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.readers.from_parquet.RATIO_FROM", 1_000_000)
    monkeypatch.setattr("pipeline.readers.from_parquet.MAX_RATIO", 10)
    frame = pandas.DataFrame({"text": ["a" * 3_000_000 + str(number) for number in range(3)]})
    frame.to_parquet(tmp_path / "a.parquet", compression="gzip")
    (found,) = read(tmp_path)
    assert isinstance(found, Reject)
    assert found.reason == "too-large"


def test_a_table_whose_columns_have_broken_names_is_unreadable(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"text": ["The premier of Peru came."], "zzzz": ["a"]})
    data = frame.to_parquet(compression="none")
    (tmp_path / "a.parquet").write_bytes(data.replace(b"zzzz", b"zz\x8ez"))
    (found,) = read(tmp_path)
    assert isinstance(found, Reject)
    assert found.reason == "unreadable"


def test_broken_facts_about_a_column_do_not_end_the_process(tmp_path: Path) -> None:
    # Its schema says that its column is of another type. No column of it may be asked for:
    # pyarrow ends the process.
    (tmp_path / "a.parquet").write_bytes(
        b"PAR1\x15\x04\x15\x18\x15\x18L\x15\x02\x15\x00\x12\x00\x00\x08\x00\x00\x00A visit.\x15\x00"
        b"\x15\x12\x15\x12,\x15\x02\x15\x10\x15\x06\x15\x06\x1c6\x00(\x08A visit.\x18\x08A visit."
        b"\x11\x11\x00\x00\x00\x02\x00\x00\x00\x02\x01\x01\x02\x00\x15\x04\x19,5\x00\x18\x06schema\x15\x02"
        b"\x00\x15\x00%\x02\x18\x04text%\x00L\x1c\x00\x00\x00\x16\x02\x19\x1c\x19\x1c&\x00\x1c\x15\x0c"
        b"\x195\x00\x06\x10\x19\x18\x04text\x15\x00\x16\x02\x16\x9c\x01\x16\x9c\x01&<&\x08\x1c6\x00("
        b"\x08A visit.\x18\x08A visit.\x11\x11\x00\x19,\x15\x04\x15\x00\x15\x02\x00\x15\x00\x15"
        b"\x10\x15\x02\x00<\x16\x10\x19\x06\x19&\x00\x02\x00\x00\x00\x16\x9c\x01\x16\x02&\x08\x16\x9c\x01\x00("
        b" parquet-cpp-arrow version 26.0.1\x19\x1c\x1c\x00\x00\x00\xb0\x00\x00\x00PAR1"
    )
    code = (
        "import sys; from pipeline.readers import read_inputs\n"
        "print(len([*read_inputs(sys.argv[1:])]))"
    )
    call = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "1\n"


def test_hidden_characters_are_kept_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HIDDEN, encoding="utf-8")
    (found,) = read(tmp_path)
    assert isinstance(found, Article)
    assert found.text == HIDDEN


def test_a_headline_alone_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nPeru's premier in Chile,\n,\n")
    (tmp_path / "b.txt").write_text("Title: Peru's premier in Chile\n\n \n")
    (tmp_path / "c.jsonl").write_text('{"title": "Peru\'s premier in Chile", "text": " "}\n{}\n')
    found = read(tmp_path)
    texts = [item.text for item in found if isinstance(item, Article)]
    assert texts == ["Peru's premier in Chile"] * 3
    rejects = [(item.row, item.reason) for item in found if isinstance(item, Reject)]
    assert rejects == [(2, "no-text"), (2, "no-text")]


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("a.jsonl", '{"text": null}', "nothing in `text`"),
        ("a.json", '[{"Body": null}]', "nothing in `Body`"),
        ("a.csv", "id,text\n1,\n", "nothing in `text`"),
        ("a.jsonl", '{"title": "Ties"}', "no column `text`"),
        ("a.csv", "", "nothing is in the file"),
        ("a.html", " \n", "nothing is in the file"),
        ("a.json", "", "nothing is in the file"),
    ],
)
def test_what_is_missing_is_told(tmp_path: Path, name: str, content: str, detail: str) -> None:
    (tmp_path / name).write_text(content)
    (found,) = read(tmp_path)
    assert isinstance(found, Reject)
    assert found.detail == detail


def test_waiting_for_the_processor_does_not_count() -> None:
    with time_limit(1, "a test"):
        time.sleep(1.3)
