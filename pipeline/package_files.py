"""The files of packages: which there are, when they changed, and in which package one lies."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path


def files_of(packages: Iterable[str]) -> dict[Path, tuple[int, int]]:
    """Return time and size of every file of some packages."""
    found: dict[Path, tuple[int, int]] = {}
    for root in _roots(packages):
        for path in root.rglob("*"):
            if path.suffix in {".py", ".toml", ".csv"}:
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def lie_in(packages: Iterable[str], paths: Iterable[Path]) -> bool:
    """Tell whether one of some files lies in one of some packages."""
    roots = _roots(packages)
    return any(path.is_relative_to(root) for root in roots for path in paths)


def _roots(packages: Iterable[str]) -> list[Path]:
    """Return the folders of packages; a module by itself has none."""
    specs = (find_spec(package) for package in packages)
    return [Path(root) for spec in specs if spec for root in spec.submodule_search_locations or ()]


__all__ = ["files_of", "lie_in"]
