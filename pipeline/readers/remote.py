"""Inputs on other file systems: what fsspec opens, by a path like `s3://bucket/news/*.parquet`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import ConfigError, ReaderError

_WILD = frozenset("*?[")


def is_remote(path: str) -> bool:
    """Tell whether a path names its file system (`s3://…`, `file://…`, `hdfs://…`)."""
    return "://" in path


def opened(url: str) -> tuple[Any, str]:
    """Return the file system of a path, and the path in it.

    Raises:
        ConfigError: no library is installed that opens such paths.
    """
    try:
        import fsspec
    except ImportError as error:
        raise ConfigError(f"{url}: such paths need an extra: pip install 'ray[data]'") from error
    try:
        files, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ConfigError(f"{url} cannot be opened: {error}") from error
    return files, str(root)


def list_remote(url: str, *, is_input: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files that a path names: a file, all inputs below a folder, or a pattern.

    Raises:
        ReaderError: there is none (`missing`).
    """
    files, root = opened(url)
    try:
        if _WILD & set(root):
            found = [name for name in files.glob(root) if files.isfile(name)]
        elif files.isfile(root):
            yield url
            return
        else:
            found = [name for name in files.find(root) if is_input(name)]
            shown = len(root.rstrip("/"))
            found = [name for name in found if "/." not in name[shown:]]
    except OSError as error:
        raise ReaderError(url, "unreadable", str(error)) from error
    if not found:
        raise ReaderError(url, "missing", "no such file or folder")
    yield from (str(files.unstrip_protocol(name)) for name in found)


__all__ = ["is_remote", "list_remote", "opened"]
