"""Which files of a folder are read."""

from __future__ import annotations

import errno
import io
import logging
import os
from pathlib import Path

from models import Article, Reject
from pipeline.readers import READERS, read_files
from pipeline.readers.walk import list_files
from tests.readers.given import TEXT, articles, rejects, write


def test_folders_are_walked_in_order(tmp_path, caplog):
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt", "b/.x.txt", "b/x.pdf", "c/X"):
        write(tmp_path / name, f"The story {name} came.")
    write(tmp_path / "old/communique.db", "")
    write(tmp_path / "old/articles.json", "[]")
    (tmp_path / "b/loop").symlink_to(tmp_path)
    with caplog.at_level(logging.WARNING):
        made = articles(tmp_path / "b", tmp_path, tmp_path / "a.txt")
    names = [os.path.relpath(article.source_path, tmp_path) for article in made]
    assert names == ["a.txt", "b/10.txt", "b/2.txt"]
    assert "1 .pdf, 1 no suffix" in caplog.text


def test_links_to_nothing_stop_no_folder(tmp_path):
    write(tmp_path / "good.txt", TEXT)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "round.txt").symlink_to("round.txt")
    files = list_files([tmp_path], suffixes=READERS)
    made = list(read_files(files))
    assert [isinstance(item, Article) for item in made] == [False, True, False]
    assert [item.reason for item in made if isinstance(item, Reject)] == ["unreadable"] * 2


def test_a_folder_that_cannot_be_listed_is_a_reject(tmp_path, monkeypatch):
    write(tmp_path / "good.txt", TEXT)
    closed = tmp_path / "closed"
    write(closed / "a.txt", TEXT)
    scan = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    made = list(read_files(list_files([tmp_path], suffixes=READERS)))
    lost = [item for item in made if isinstance(item, Reject)]
    assert [(item.source_path, item.reason) for item in lost] == [(str(closed), "unreadable")]
    assert len(made) == 2


def test_a_file_that_may_not_be_looked_at_is_a_reject(tmp_path, monkeypatch):
    closed = write(tmp_path / "closed.txt", TEXT)
    look, unpack = os.stat, io.open

    def refused(path):
        return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def stat(path, **given):
        if str(path) == str(closed):
            raise refused(path)
        return look(path, **given)

    def opened(path, *given, **named):
        if str(path) == str(closed):
            raise refused(path)
        return unpack(path, *given, **named)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(io, "open", opened)
    made = list(read_files(list_files([tmp_path], suffixes=READERS)))
    assert [item.reason for item in made] == ["unreadable"]


def test_a_pipe_in_a_folder_is_left_out(tmp_path, caplog):
    os.mkfifo(tmp_path / "pipe.txt")
    with caplog.at_level(logging.WARNING):
        assert list_files([tmp_path], suffixes=READERS) == []
    assert "1 pipe or device" in caplog.text


def test_a_file_named_outright_with_an_unknown_suffix_is_rejected(tmp_path):
    assert rejects(write(tmp_path / "a.pdf", "x")) == [(None, "unknown-suffix")]
