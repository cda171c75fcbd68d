"""What a stored artefact depends on, as one hash.

An artefact is fresh while its fingerprint is what would be made now: the article, the files of
the stage's packages (code and tables), its section of the settings, its libraries' versions, and
the fingerprints of the artefacts that it was made from.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from models import Article
from models.manifest import Model
from pipeline.errors import ModelError

#: Packages on which the result of every stage depends: how tables and stored Docs are read, too.
COMMON_PACKAGES = (
    "models",
    "pipeline.stage",
    "pipeline.lexicon",
    "pipeline.article_doc",
    "pipeline.once_a_doc",
    "pipeline.docs",
    "pipeline.parsing",
    "pipeline.shown",
    "pipeline.neighbours",
    "pipeline.asides",
)
#: Article fields that say where it was found, not what it says.
PLACE_FIELDS = frozenset({"source_path", "other_paths"})
#: Bytes of a file that are read at a time.
_PART = 1 << 20


def digest(*parts: str) -> str:
    """Return one hash over several strings, none of which can run into the next."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def article_digest(article: Article) -> str:
    """Return a hash over all that stages may read of an article."""
    return digest(article.model_dump_json(exclude=set(PLACE_FIELDS)))


def code_digest(
    packages: Iterable[str],
    *,
    libraries: Iterable[str] = (),
    settings: Mapping[str, Any],
    without: Collection[Path] = (),
    sums: dict[str, str] | None = None,
) -> str:
    """Return a hash over a stage's own files, but those `without`, settings and libraries.

    Args:
        sums: of the files that were read before, to which those of this stage are added.
    """
    known = {} if sums is None else sums
    names = sorted({*COMMON_PACKAGES, *packages})
    versions = [f"{name}=={library_version(name)}" for name in sorted(set(libraries))]
    return digest(
        *(f"{name}:{_files_digest(name, without, known)}" for name in names),
        *versions,
        platform.python_version_tuple()[0],
        json.dumps(settings, sort_keys=True),
    )


@lru_cache(maxsize=256)
def library_version(name: str) -> str:
    """Return the installed version of a distribution, `missing` for none."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _files_digest(package: str, without: Collection[Path], sums: dict[str, str]) -> str:
    """Hash every file of a package or module; a changed table row changes it, a move does not."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(package)
    if spec.submodule_search_locations:
        files = sorted(_files_in(next(iter(spec.submodule_search_locations))))
    else:
        files = [(Path(str(spec.origin)).name, str(spec.origin))]
    if without:
        others = frozenset(map(str, without))
        files = [(name, path) for name, path in files if path not in others]
    for _, path in files:
        if path not in sums:
            sums[path] = file_digest(path)
    return digest(*(f"{name}:{sums[path]}" for name, path in files))


def _files_in(folder: str, under: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name, by its place in the folder, and the path of each file that counts.

    There are many, and each run asks for them: a Path would take several times as long.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files_in(entry.path, f"{under}{entry.name}/")
            elif entry.is_file() and not entry.name.startswith("."):
                yield under + entry.name, entry.path


def file_digest(path: Path | str) -> str:
    """Return the sha256 of a file, in hex."""
    made = hashlib.sha256()
    with Path(path).open("rb") as file:
        # `hashlib.file_digest` makes room for 256 KB each time: for a thousand small files of a
        # run that takes longer than to read them.
        while part := file.read(_PART):
            made.update(part)
    return made.hexdigest()


@dataclass(frozen=True)
class ModelFiles:
    """An installed spaCy pipeline, found without importing spaCy."""

    name: str
    version: str
    folder: Path

    def sums(self) -> dict[str, str]:
        """Return the sha256 of each file, by its path in the pipeline's folder."""
        found = sorted(_files_in(str(self.folder)), key=lambda file: file[0].split("/"))
        return {name: file_digest(path) for name, path in found}

    def identity(self) -> Model:
        """Return name, version and one sum over all files."""
        lines = (f"{path}:{total}" for path, total in self.sums().items())
        return Model(name=self.name, version=self.version, sha256=digest(*lines))


def find_model(name: str) -> ModelFiles:
    """Find a pipeline by package name or folder.

    Raises:
        ModelError: none is installed under that name.
    """
    folder = Path(name) if Path(name).is_dir() else _package_folder(name)
    meta = _read_meta(folder, name)
    inner = folder / f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return ModelFiles(
        name=name,
        version=str(meta.get("version", "unknown")),
        folder=inner if inner.is_dir() else folder,
    )


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"no spaCy pipeline named {name!r} is installed; "
            "`communique doctor` tells the command that brings the default one"
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _read_meta(folder: Path, name: str) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{name!r} is no spaCy pipeline: {folder}/meta.json: {error}") from error
    if not isinstance(meta, dict):
        raise ModelError(f"{name!r} is no spaCy pipeline: meta.json holds no object")
    return meta
