"""A tiny TimeML folder of our own against scores counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import DateExpression
from pipeline.errors import ReaderError
from pipeline.evaluation.timeml import evaluate_timeml, read_timeml

DOCUMENT = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="TIME" value="2024-08-16T10:00:00"
 functionInDocument="CREATION_TIME">August 16</TIMEX3></DCT>
<TEXT>
The premier <EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1" type="DATE" value="2024-08-15">on
Thursday</TIMEX3> after <TIMEX3 tid="t2" type="DURATION" value="P3D">three days</TIMEX3> in Oslo,
and <EVENT eid="e2">will be <TIMEX3 tid="t3" type="DATE" value="2024-08-19">back</TIMEX3></EVENT>.
</TEXT>
</TimeML>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.tml").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def expression(text: str, words: str, kind: str, value: str) -> DateExpression:
    start = text.index(words)
    return DateExpression.model_validate(
        {
            "id": f"date-{start}",
            "article_id": "",
            "start": start,
            "end": start + len(words),
            "text": words,
            "type": kind,
            "value": value,
            "anchor": "none",
        }
    )


def test_reads_text_creation_date_and_offsets(folder: Path) -> None:
    document = read_timeml(folder / "deep" / "a.tml")
    assert document.published == "2024-08-16"
    assert [timex.text for timex in document.timexes] == ["on\nThursday", "three days", "back"]
    for timex in document.timexes:
        assert document.text[timex.start : timex.end] == timex.text


def test_scores_by_the_convention(folder: Path) -> None:
    def find(text: str, published: str | None) -> list[DateExpression]:
        assert published == "2024-08-16"
        return [
            expression(text, "Thursday", "DATE", "2024-08-15"),
            expression(text, "three days", "DURATION", "P4D"),
            expression(text, "Oslo", "DATE", "2024"),
        ]

    report = evaluate_timeml(folder, find=find)
    scores = report.counts["all"].scores()
    assert scores["strict"] == pytest.approx(1 / 3)
    assert scores["relaxed"] == pytest.approx(2 / 3)
    assert scores["type"] == pytest.approx(2 / 3)
    assert scores["value"] == pytest.approx(1 / 3)
    assert report.counts["DATE"].gold == 2
    assert report.counts["DATE"].found == 2
    assert len(report.misses) == 4
    assert "Oslo" in report.text(misses=True)
    assert report.as_dict()["documents"] == 1


def test_own_finder_and_a_single_file(folder: Path) -> None:
    report = evaluate_timeml(folder / "deep" / "a.tml")
    assert report.counts["all"].value == 2


def test_broken_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="empty"):
        evaluate_timeml(tmp_path)
    (tmp_path / "b.tml").write_text("<TimeML><TEXT>", encoding="utf-8")
    with pytest.raises(ReaderError, match="bad-timeml"):
        evaluate_timeml(tmp_path)
    (tmp_path / "b.tml").write_text("<TimeML/>", encoding="utf-8")
    with pytest.raises(ReaderError, match="no TEXT"):
        evaluate_timeml(tmp_path)
