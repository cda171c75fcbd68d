"""Ctrl-C, also where a library hides it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from models import Article
from pipeline.config import load_settings
from pipeline.interrupts import interrupts_held, interrupts_noted, stop_if_interrupted
from pipeline.runner import run
from tests import fakes
from tests.cli.conftest import call


def hide_an_interrupt(*_: object, **__: object) -> None:
    """Do as a library that takes Ctrl-C for a failure of its own."""
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        raise OSError("no such model") from None


def test_a_hidden_interrupt_is_remembered() -> None:
    with interrupts_noted():
        stop_if_interrupted()
        with pytest.raises(OSError, match="no such model"):
            hide_an_interrupt()
        with pytest.raises(KeyboardInterrupt):
            stop_if_interrupted()


def test_an_interrupt_is_forgotten_with_the_next_call() -> None:
    with interrupts_noted(), pytest.raises(OSError, match="no such model"):
        hide_an_interrupt()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with interrupts_noted():
        stop_if_interrupted()


def test_where_interrupts_are_ignored_they_stay_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts_noted():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_program_tells_a_hidden_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cli.run.run_inputs", hide_an_interrupt)
    result = call("run", ".")
    assert result.exit_code == 130
    assert "the same command goes on from there" in result.stderr


def test_no_article_is_rejected_for_an_interrupt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(self: fakes.FakeParser, article: Article, /) -> bytes:
        hide_an_interrupt()
        return b""

    with monkeypatch.context() as patched:
        patched.setattr(fakes.FakeParser, "parse", parse)
        with interrupts_noted(), pytest.raises(KeyboardInterrupt):
            run(fakes.build, load_settings(), tmp_path, fakes.articles(3))
    report = run(fakes.build, load_settings(), tmp_path, fakes.articles(3))
    assert report.manifest.input.done == 3


@pytest.mark.parametrize("taken_elsewhere", [False, True])
def test_an_interrupt_waits_until_it_may_come(taken_elsewhere: bool) -> None:
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait, daemon=True)
    if taken_elsewhere:
        other.start()  # before the block, so that this thread does not block the signal
    finished = False
    try:
        with pytest.raises(KeyboardInterrupt), interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            finished = True
    finally:
        waiting.set()
    assert finished
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_without_an_interrupt_nothing_is_raised() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_held():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_while_python_ends_changes_nothing() -> None:
    program = """
import atexit, signal, sys, time
from pipeline.cli import main, program
signal.signal(signal.SIGINT, signal.default_int_handler)
def last():
    sys.stderr.write("ending")
    time.sleep(1)
program.Program._invoke = lambda self, ctx: atexit.register(last)
sys.argv = ["communique", "doctor"]
main()
"""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        assert process.stderr.read(6) == b"ending"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 0


def test_an_interrupt_in_code_run_from_a_string_has_the_status_of_any_other(
    tmp_path: Path,
) -> None:
    (tmp_path / "as_module.py").write_text("""
import sys
from pipeline.cli import main, program
def loading(self, ctx):
    program.say("begun")  # what prints is loaded by now, as it is in a run
    exec("raise KeyboardInterrupt")
program.Program._invoke = loading
sys.argv = ["communique", "doctor"]
main()
""")
    call = [sys.executable, "-m", "as_module"]
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(
        call, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}
    )
    assert ended.returncode == 130
    assert ended.stderr.splitlines()[1].startswith("interrupted: ")


@pytest.mark.parametrize(("asked", "status"), [("visit", 0), ("embassy", 2)])
def test_what_is_done_ends_at_once_with_all_that_it_printed(
    tmp_path: Path, asked: str, status: int
) -> None:
    (tmp_path / "as_module.py").write_text(f"""
import os, sys
from pipeline.cli import main
class Held:
    def __del__(self):
        os.write(1, b"taken down piece by piece")
held = Held()
sys.argv = ["communique", "schema", "{asked}"]
main()
""")
    call = [sys.executable, "-m", "as_module"]
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    ended = subprocess.run(call, capture_output=True, env={**os.environ, "PYTHONPATH": paths})
    assert ended.returncode == status
    assert b"taken down" not in ended.stdout
    told = json.loads(ended.stdout) if not status else ended.stderr
    assert asked in str(told).lower()
