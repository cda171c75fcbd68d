from __future__ import annotations

import mmap
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import engine, pages
from pipeline.engine import Alone
from pipeline.pages import enlarge_pages
from pipeline.worker import Task
from tests import fakes


def test_what_memory_holds_stays() -> None:
    size = 8 << 20
    with mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as held:
        for at in range(0, size, mmap.PAGESIZE):
            held[at] = at // mmap.PAGESIZE % 251
        enlarge_pages()
        enlarge_pages()
        told = [held[at] for at in range(0, size, mmap.PAGESIZE)]
    assert told == [number % 251 for number in range(size // mmap.PAGESIZE)]


def test_only_memory_of_its_own_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "maps"
    told.write_text(
        "55d0a000-55d0b000 r-xp 00000000 fe:00 41 /usr/bin/python3\n"
        "55d0b000-55d0c000 rw-p 00001000 fe:00 41 /usr/bin/python3\n"
        "55e00000-56400000 rw-p 00000000 00:00 0                  [heap]\n"
        "7f000000-7f800000 rw-p 00000000 00:00 0 \n"
        "7f900000-7fa00000 rw-s 00000000 00:01 12 /dev/shm/x\n"
        "7fb00000-7fb21000 rw-p 00000000 00:00 0                  [stack]\n"
    )
    monkeypatch.setattr(pages, "_MAPS", told)
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(
        pages, "_advise", lambda: lambda start, size, _: asked.append((start, start + size))
    )
    enlarge_pages()
    assert asked == [(0x55E00000, 0x56400000), (0x7F000000, 0x7F800000)]


def test_elsewhere_than_on_linux_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MAPS", tmp_path / "none")
    enlarge_pages()
    monkeypatch.setattr(pages, "_advise", lambda: None)
    enlarge_pages()


@pytest.mark.parametrize(("batches", "times"), [(0, 0), (1, 0), (2, 1), (5, 1)])
def test_a_run_of_one_batch_leaves_pages_alone(
    monkeypatch: pytest.MonkeyPatch, batches: int, times: int
) -> None:
    done: list[None] = []
    monkeypatch.setattr(engine, "enlarge_pages", lambda: done.append(None))
    task = Task(fakes.article("a", "Anna 1990"), None, {}, ("parse", "numbers", "names"))
    handed: Sequence[Sequence[Task]] = [[task]] * batches
    assert len(list(Alone(fakes.build_with()).outcomes(handed))) == batches
    assert len(done) == times
