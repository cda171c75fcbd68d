from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.marking import Mark
from pipeline.report import Limits, render
from pipeline.report.packing import AROUND, LONG, Offsets, joined, pack, safe_link
from tests.records import EVIL, FORMULA, SUVA, TOKYO, write_folder


class Parts(HTMLParser):
    """The elements of a page, its texts, and the texts of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self.inside: dict[str, str | None] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.inside = dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.scripts.append((self.inside, data))
        else:
            self.text += data

    def packed(self) -> dict[str, Any]:
        (found,) = (data for attributes, data in self.scripts
                    if attributes.get("id") == "packed-records")  # fmt: skip
        return unpacked(found)  # type: ignore[no-any-return]

    def articles(self) -> dict[int, Any]:
        chunks = (data for attributes, data in self.scripts if "data-chunk" in attributes)
        return {row[0]: row[1:] for chunk in chunks for row in unpacked(chunk)}


def unpacked(data: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(data)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


def test_nothing_from_an_article_is_more_than_text(folder: Path) -> None:
    page = render(folder)
    parts = Parts(page)
    assert "<script>alert" not in page
    assert "onerror" not in page
    assert FORMULA not in page
    running = [text for attributes, text in parts.scripts if not attributes.get("type")]
    assert len(running) == 1
    for _, attributes in parts.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
        assert "src" not in attributes


def test_the_policy_lets_the_pages_own_scripts_run_and_nothing_else(folder: Path) -> None:
    parts = Parts(render(folder))
    (policy,) = (a["content"] for _, a in parts.tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert re.findall(r"'unsafe-inline'", policy) == ["'unsafe-inline'"]
    assert "style-src 'unsafe-inline'" in policy
    (script,) = (text for attributes, text in parts.scripts if not attributes.get("type"))
    vega = next(text for attributes, text in parts.scripts if attributes.get("id") == "packed-vega")
    for text in (script, gzip.decompress(base64.b64decode(vega)).decode()):
        total = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{total}'" in policy


def test_the_page_asks_for_nothing(folder: Path) -> None:
    parts = Parts(render(folder))
    (script,) = (text for attributes, text in parts.scripts if not attributes.get("type"))
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|WebSocket|https?://", script)
    assert "innerHTML" not in script


def test_the_packed_records_are_those_of_the_files(folder: Path) -> None:
    packed = Parts(render(folder)).packed()
    assert [row[0] for row in packed["visits"]] == ["visit-japan", "visit-fiji"]
    assert [row[0] for row in packed["upgrades"]] == ["upgrade-fiji"]
    assert packed["countries"]["FJI"] == "Fiji"
    assert packed["pairs"] == [["MLI", "JPN", 0, 1, 0], ["ZAF", "FJI", 1, 0, 0]]
    assert packed["rejects"] == [[EVIL, 3, "bad-json", FORMULA]]
    assert [row[0] for row in packed["articles"]] == ["article-tokyo", "article-suva"]
    assert [row[5] for row in packed["articles"]] == ["https://reef.example/tokyo", None]


def test_evidence_and_marks_cut_the_packed_text(folder: Path) -> None:
    parts = Parts(render(folder))
    packed, articles = parts.packed(), parts.articles()
    for row in packed["visits"]:
        number, start, end, rule, _ = row[14][0]
        ((_, text),) = articles[number][0]
        told = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        assert told == {1: SUVA, 0: TOKYO}[number].split(". ")[0] + "."
        assert rule == "visit"
    marks = articles[1][1]
    assert [SUVA[a:b] for a, b, *_ in marks] == ["Nia Dlamini", "Fiji", "Thursday"]


def test_offsets_count_as_browsers_do() -> None:
    text = "a😀b😀c"
    place = Offsets(text)
    units = text.encode("utf-16-le")
    for at, letter in enumerate(text):
        start, end = place(at), place(at + 1)
        assert units[2 * start : 2 * end].decode("utf-16-le") == letter


def test_a_long_article_is_shown_around_its_sentences(tmp_path: Path) -> None:
    from models import Article
    from tests.records import proof_of, visits

    text = "Nothing happened. " * 4000 + "She came. " + "Nothing happened. " * 4000
    article = Article(id="article-long", source_path="long.txt", text=text, characters=len(text))
    visit = visits()[0].model_copy(update={"evidence": (proof_of(article, "She came.", "come"),)})
    write_folder(tmp_path, articles=[article], visits=[visit], upgrades=[], entities=[], dates=[])
    parts = Parts(render(tmp_path))
    (_, start, end, *_) = parts.packed()["visits"][0][14][0]
    ((at, piece),) = parts.articles()[0][0]
    assert piece[start - at : end - at] == "She came."
    assert len(piece) == 2 * AROUND + len("She came.")
    assert len(text) > LONG


def test_windows_that_touch_are_one() -> None:
    assert joined([(-5, 10), (8, 20), (40, 90)], 60) == [(0, 20), (40, 60)]
    assert joined([], 100) == [(0, 100)]


def test_what_is_left_out_is_said(folder: Path) -> None:
    limits = Limits(records=1, articles=1, persons=1, others=2_000)
    page = render(folder, limits=limits)
    parts = Parts(page)
    told = " ".join(parts.text.split())
    assert "left out are 1 visits, 1 upgrades, 1 persons, 1 articles." in told
    assert "communique serve opens them in a browser" in told
    assert "1 visits are left out of this page" in told
    packed = parts.packed()
    assert [row[0] for row in packed["visits"]] == ["visit-japan"]
    assert packed["upgrades"] == []
    assert [row[0] for row in packed["articles"]] == ["article-tokyo"]
    assert "left out" not in Parts(render(folder)).text


def test_a_sentence_whose_article_is_left_out_is_still_there(folder: Path) -> None:
    packed = Parts(render(folder, limits=Limits(articles=1))).packed()
    proofs = {row[0]: row[14][0] for row in packed["visits"]}
    gone = [proof for proof in proofs.values() if proof[0] == -1]
    assert len(gone) == 1
    assert gone[0][5] in SUVA or gone[0][5] in TOKYO


def test_conflicts_are_shown_where_there_are_any(folder: Path) -> None:
    parts = Parts(render(folder))
    assert "Conflicts (2)" in parts.text
    packed = parts.packed()
    assert packed["conflicts"] == [
        ["visit-fiji", "start", "2024-05-16", 1, 1, [1]],
        ["visit-fiji", "start", FORMULA, 0, 0, [0]],
    ]
    (variants,) = (row[-1] for row in packed["visits"] if row[0] == "visit-fiji")
    assert variants == [["start", "2024-05-16", [1]], ["start", FORMULA, [0]]]
    (folder / "conflicts.json").unlink()
    assert "Conflicts" not in Parts(render(folder)).text


def test_the_same_folder_gives_the_same_page(folder: Path) -> None:
    assert render(folder) == render(folder)


def test_packing_ends_no_element() -> None:
    assert not re.search(r"[<>&]", pack(["</script><!--", EVIL]))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://reef.example/a", True),
        ("http://reef.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("http://[broken", True),
        (None, False),
        ("", False),
    ],
)
def test_links(url: str | None, safe: bool) -> None:
    assert safe_link(url) == (url if safe else None)


def test_no_results(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="`communique run` makes it"):
        render(tmp_path)


def test_a_file_that_was_edited(folder: Path) -> None:
    (folder / "visits.json").write_text('[\n{"id": 1}\n]\n')
    with pytest.raises(StoreError, match=r"visits\.json is not as it was written"):
        render(folder)


def test_marks_do_not_overlap() -> None:
    from pipeline.marking import apart

    marks = [Mark(0, 4, "PLACE"), Mark(2, 9, "ORG"), Mark(9, 12, "DATE"), Mark(10, 11, "PERSON")]
    assert [(mark.start, mark.end) for mark in apart(marks)] == [(2, 9), (9, 12)]
