"""Files that every machine of a run reaches: a shared folder, or any path that fsspec opens."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from pipeline.errors import StoreError
from pipeline.readers.remote import opened


@lru_cache(maxsize=64)
def _opened(url: str) -> tuple[Any, str]:
    return opened(url)


@dataclass(frozen=True)
class Storage:
    """A folder; paths are relative to it. A file is there whole or not at all."""

    url: str

    @property
    def _files(self) -> Any:
        return _opened(self.url)[0]

    def _path(self, path: str) -> str:
        root = _opened(self.url)[1]
        return f"{root.rstrip('/')}/{path}"

    @contextmanager
    def _guard(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise StoreError(f"{self.url} lost {path}: run again") from error
        except OSError as error:
            raise StoreError(f"{self.url}: {path}: {error.strerror or error}") from error

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        with self._guard(path):
            return bool(self._files.exists(self._path(path)))

    def names(self, folder: str) -> set[str]:
        """Return the names in a folder; none where there is no such folder."""
        with self._guard(folder):
            try:
                found = self._files.ls(self._path(folder), detail=False, refresh=True)
            except FileNotFoundError:
                return set()
            return {str(name).rstrip("/").rsplit("/", 1)[-1] for name in found}

    def size(self, path: str) -> int:
        """Return the bytes of a file."""
        with self._guard(path):
            return int(self._files.size(self._path(path)))

    @contextmanager
    def reading(self, path: str) -> Iterator[BinaryIO]:
        """Open a file."""
        with self._guard(path), self._files.open(self._path(path), "rb") as file:
            yield cast("BinaryIO", file)

    @contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        """Give a file of this machine, which is at `path` when the block ends well."""
        suffix = Path(path).suffix
        with tempfile.NamedTemporaryFile(prefix="communique-", suffix=suffix) as held:
            yield Path(held.name)
            with self._guard(path), open(held.name, "rb") as made:  # noqa: PTH123 - as the next
                self._put(made, path)

    def _put(self, made: BinaryIO, path: str) -> None:
        """Copy an open file to a draft beside its place, then move it there."""
        target = self._path(path)
        folder, _, name = target.rpartition("/")
        draft = f"{folder}/.{name}.{uuid4().hex}"
        self._files.makedirs(folder, exist_ok=True)
        try:
            with self._files.open(draft, "wb") as file:
                shutil.copyfileobj(made, file, 1 << 20)
            self._files.mv(draft, target)
        except BaseException:
            if self._files.exists(draft):
                self._files.rm(draft)
            raise

    def read_json(self, path: str) -> Any:
        """Return what `write_json` wrote."""
        with self.reading(path) as file:
            return json.loads(file.read())

    def write_json(self, path: str, value: Mapping[str, Any]) -> None:
        """Write plain values."""
        with self.writing(path) as held:
            held.write_text(json.dumps(value, ensure_ascii=False, sort_keys=True), encoding="utf-8")

    def remove(self, folder: str) -> None:
        """Remove a folder and all in it."""
        with self._guard(folder):
            if self._files.exists(self._path(folder)):
                self._files.rm(self._path(folder), recursive=True)


__all__ = ["Storage"]
