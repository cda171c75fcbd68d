from __future__ import annotations

from pathlib import Path

import pytest

from models import DateExpression, Reject, Visit
from pipeline.changes import Changes
from pipeline.cli.rerun import lines, rerun_stage
from pipeline.config import load_settings
from pipeline.context import RunReport
from pipeline.runner import run
from tests import fakes
from tests.test_changes import THERE, visit


def told(changes: Changes) -> list[str]:
    report = RunReport(Path(), None, [], {}, changes)  # type: ignore[arg-type]
    return list(lines("visits", report))


def test_nothing_changed() -> None:
    assert told(Changes()) == ["Stage visits: no record changed."]


def test_each_change_is_told_with_its_sentence() -> None:
    changes = Changes()
    changes.compare(
        Visit,
        [visit("1"), visit("2", name="Ana Tora", evidence=THERE)],
        [visit("1", status="planned", start="2024-05"), visit("3", name="Emil Roos")],
    )
    assert told(changes) == [
        "~ changed Visit: Nia Dlamini ZAF → FJI (Fiji), 2024-05 to …, planned",
        "    start: none → 2024-05",
        "    status: completed → planned",
        "    “came”",
        "+ appeared Visit: Emil Roos ZAF → FJI (Fiji), no date, completed",
        "    “came”",
        "- vanished Visit: Ana Tora ZAF → FJI (Fiji), no date, completed",
        "    “went”",
        "Visit: 1 appeared, 1 vanished, 1 changed",
    ]


def test_evidence_is_told_by_its_rules() -> None:
    changes = Changes()
    changes.compare(Visit, [visit("1")], [visit("1", evidence=THERE)])
    assert "    evidence: 1 (came) → 1 (went)" in told(changes)


def test_dates_are_told_in_words() -> None:
    date = DateExpression(
        id="d", article_id="a", start=0, end=4, text="May", type="DATE", value="2024-05",
        anchor="publication",
    )  # fmt: skip
    changes = Changes()
    changes.compare(DateExpression, [], [date])
    assert told(changes)[0] == (
        "+ appeared DateExpression: “May” DATE 2024-05 (not on the calendar)"
    )


def test_rejects_that_stand_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings()
    bad = Reject(source_path="in/a.jsonl", row=3, reason="no-text", detail="no column `text`")
    run(fakes.build, settings, tmp_path, [*fakes.articles(2), bad])
    monkeypatch.setattr("pipeline.cli.rerun.build_stages", fakes.build)
    code = rerun_stage(
        "numbers", tmp_path, settings, article_id=None, again=False, show_progress=False
    )
    assert code == 1
    told = capsys.readouterr().err
    assert "rejected: in/a.jsonl, row 3: no-text: no column `text`" in told
