"""What confidence says, held against how often records are right."""

from __future__ import annotations

import pytest

from pipeline.evaluation.reliability import Bin, Judged, bins, calibration_error
from pipeline.evaluation.report import Report, Tally


def judged(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(confidence, right) for confidence, right in pairs]


def test_records_go_to_the_bin_of_their_confidence() -> None:
    found = bins(judged((0.95, True), (1.0, True), (0.9, False), (0.55, True)))
    assert found == [Bin(0.5, 0.6, 1, 0.55, 1.0), Bin(0.9, 1.0, 3, 0.95, 0.6667)]


def test_every_record_is_in_one_bin() -> None:
    many = judged(*((step / 100, step % 2 == 0) for step in range(101)))
    assert sum(one.records for one in bins(many)) == 101


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([], 0.0),
        ([(0.9, True)] * 9 + [(0.9, False)], 0.0),
        ([(0.9, True), (0.9, False)], 0.4),
        ([(0.9, True)] * 9 + [(0.9, False)] + [(0.55, False)] * 10, 0.275),
    ],
)
def test_the_error_is_the_mean_gap(pairs: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(judged(*pairs)) == pytest.approx(error)


def test_the_report_shows_it_as_text_and_as_json() -> None:
    tally = Tally()
    tally.judged["visits"] = judged((0.9, True), (0.94, False))
    report = Report({"dev": tally})
    assert report.to_dict()["dev"]["confidence"] == {
        "visits": {
            "error": 0.42,
            "bins": [{"low": 0.9, "high": 1.0, "records": 2, "said": 0.92, "right": 0.5}],
        }
    }
    text = report.to_text()
    assert "confidence of visits, off by 0.42" in text
    assert "  0.9 to 1.0" in text
