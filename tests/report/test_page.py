from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models import (
    Article,
    Destination,
    Entity,
    Evidence,
    Manifest,
    Party,
    Reject,
    Role,
    Upgrade,
    Visit,
    Visitor,
)
from models.manifest import InputCount, Model, Program
from pipeline.errors import StoreError
from pipeline.report import render
from pipeline.report.page import AROUND, MOST_EVIDENCE, safe_link
from pipeline.stages.write import FolderWriter

EVIL = "<script>alert('x')</script>\"' onload=\"alert(1)\" {{ 7*7 }} &amp;"
TEXT = "Before. " * 60 + EVIL + " after." * 60
EVIDENCE = Evidence(
    article_id="a1",
    start=TEXT.index(EVIL),
    end=TEXT.index(EVIL) + len(EVIL),
    text=EVIL,
    rule="rule",
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = FolderWriter()
    article = Article(
        id="a1",
        source_path=EVIL,
        title=EVIL,
        text=TEXT,
        url="javascript:alert(1)",
        source=EVIL,
        characters=len(TEXT),
    )
    visit = Visit(
        id="visit-1",
        visitor=Visitor(name=EVIL, role=EVIL),
        origin=Party(code="ZAF", name=EVIL),
        destination=Destination(code="FJI", name=EVIL, place=EVIL),
        kind=EVIL,
        start="2024-05-01",
        status="completed",
        confidence=0.5,
        evidence=(EVIDENCE,) * (MOST_EVIDENCE + 2),
    )
    upgrade = Upgrade(
        id="upgrade-1",
        parties=(Party(code="FJI", name=EVIL), Party(code="ZAF", name=EVIL)),
        level_text=EVIL,
        change="upgrade",
        status="completed",
        confidence=0.5,
        evidence=(EVIDENCE,),
    )
    person = Entity(id="p1", kind="person", name=EVIL, roles=(Role(title=EVIL),))
    writer.write_table(tmp_path, "articles", [article])
    writer.write_table(tmp_path, "visits", [visit])
    writer.write_table(tmp_path, "upgrades", [upgrade])
    writer.write_table(tmp_path, "entities", [person])
    writer.write_table(tmp_path, "dates", [])
    writer.write_rejects(tmp_path, [Reject(source_path=EVIL, reason=EVIL, detail=EVIL)])
    writer.write_manifest(
        tmp_path,
        Manifest(
            program=Program(name="communique", version="1"),
            model=Model(name=EVIL, version="1", sha256="0"),
            libraries={},
            settings={},
            input=InputCount(read=1, done=1, rejected=0, unchanged=0),
            stages=(),
            files={},
        ),
    )
    return tmp_path


def test_nothing_from_an_article_is_more_than_text(folder: Path) -> None:
    tags = Tags()
    page = render(folder)
    tags.feed(page)
    assert [tag for tag, _ in tags.seen].count("script") == 1
    for _, attributes in tags.seen:
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "#").startswith("javascript")
    assert "".join(tags.text).count(EVIL) > 10
    assert "49" not in re.sub(r"\{\{ 7\*7 \}\}", "", "".join(tags.text))


def test_the_sentence_stands_in_its_place(folder: Path) -> None:
    page = render(folder)
    assert f"{MOST_EVIDENCE + 2} sentences" in page
    assert "and 2 more in the JSON file" in page
    before = page.split("<mark>")[0].split('<span class="soft">')[-1]
    assert before.startswith("…")
    assert before.removesuffix("</span>").endswith("Before. ")
    assert len(before) <= AROUND + len("…</span>")
    assert "2024-05-01 – …" in page


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
