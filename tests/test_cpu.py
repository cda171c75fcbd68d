from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from pipeline import cpu

WIDE = "fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl"


@pytest.mark.parametrize(
    ("vendor", "flags", "chosen"),
    [
        ("AuthenticAMD", WIDE, "SkylakeX"),
        ("AuthenticAMD", "fpu avx2", None),
        ("GenuineIntel", WIDE, None),
    ],
)
def test_kernels_fit_the_processor(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    vendor: str,
    flags: str,
    chosen: str | None,
) -> None:
    told = tmp_path / "cpuinfo"
    one = f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: {flags}\n"
    told.write_text(f"{one}\n{one}\n")
    monkeypatch.setattr(cpu, "_PROCESSORS", told)
    monkeypatch.setattr(os, "environ", {})
    cpu.prepare()
    assert os.environ.get("OPENBLAS_CORETYPE") == chosen
    assert {os.environ[name] for name in cpu.THREAD_VARIABLES} == {"1"}


def test_a_choice_that_was_made_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "_PROCESSORS", tmp_path / "none")
    monkeypatch.setattr(os, "environ", {"OPENBLAS_CORETYPE": "Haswell"})
    cpu.prepare()
    assert os.environ["OPENBLAS_CORETYPE"] == "Haswell"


def test_the_collector_looks_less_often() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        cpu.spare_collector()
        assert gc.get_threshold() == (cpu.BETWEEN_COLLECTIONS, 10, 10)
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
