"""What the program needs, what is there of it, and what brings the rest."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.config import DEFAULT_MODEL
from pipeline.errors import ModelError
from pipeline.fingerprint import ModelFiles, file_digest, find_model, library_version
from pipeline.model_sums import known_sums

#: The oldest Python that the program runs on.
OLDEST_PYTHON = (3, 11)
#: The spaCy that the models are read with.
SPACY_LINE = "3.8."
#: Distributions that a run needs; their installation is the program's own.
NEEDED = (
    "babel",
    "dateparser",
    "ftfy",
    "holidays",
    "pandas",
    "pyarrow",
    "pydantic",
    "rapidfuzz",
    "tomli",
    "trafilatura",
    "vl-convert-python",
)
#: Modules that nobody has to have, what brings each, and what it is for.
EXTRAS = (
    ("ray", "pip install 'ray[data]'", "communique run --engine ray"),
    ("datasette", "pip install 'datasette>=0.65,<1'", "communique serve"),
)
REPAIR = "pip install --no-deps -r requirements.lock"


class State(StrEnum):
    """How a thing is."""

    fine = "ok"
    missing = "missing"
    wrong = "wrong"
    absent = "absent"  # an extra that nobody has to have


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and the command that mends it."""

    what: str
    state: State
    detail: str
    remedy: str = ""

    @property
    def hinders(self) -> bool:
        """Tell whether the program cannot run so."""
        return self.state in (State.missing, State.wrong)


def examine(model: str) -> Iterator[Finding]:
    """Yield what stands in the way of a run, and what does not."""
    yield _python()
    yield _spacy()
    yield from _model(model)
    for name in NEEDED:
        version = library_version(name)
        if version == "missing":
            yield Finding(name, State.missing, "not installed", REPAIR)
        else:
            yield Finding(name, State.fine, version)
    for module, command, purpose in EXTRAS:
        if importlib.util.find_spec(module) is None:
            yield Finding(f"extra {module}", State.absent, f"for {purpose}", command)
        else:
            yield Finding(f"extra {module}", State.fine, library_version(module))


def _python() -> Finding:
    version = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", State.wrong, version, "install Python 3.11 or newer")
    return Finding("Python", State.fine, version)


def _spacy() -> Finding:
    version = library_version("spacy")
    if version == "missing":
        return Finding("spaCy", State.missing, "not installed", REPAIR)
    if not version.startswith(SPACY_LINE):
        return Finding("spaCy", State.wrong, f"{version}, needs {SPACY_LINE}*", REPAIR)
    return Finding("spaCy", State.fine, version)


def _model(name: str) -> Iterator[Finding]:
    what = f"model {name}"
    try:
        files = find_model(name)
    except ModelError as error:
        remedy = REPAIR if name == DEFAULT_MODEL else f"pip install {name.replace('_', '-')}"
        yield Finding(what, State.missing, str(error).split(";", maxsplit=1)[0], remedy)
        return
    yield Finding(what, State.fine, f"{files.version} in {files.folder}")
    yield _sums(files)


def _sums(files: ModelFiles) -> Finding:
    what = f"sums of {files.name}"
    known = [row for row in known_sums(files.name) if row.version == files.version]
    if not known:
        return Finding(what, State.absent, "not among the models whose files are known")
    wrong = []
    for row in known:
        path = files.folder / row.file
        if not path.is_file() or file_digest(path) != row.hex:
            wrong.append(row.file)
    if wrong:
        remedy = f"pip install --force-reinstall --no-deps {files.name.replace('_', '-')}"
        detail = f"not those of the official pipeline: {', '.join(wrong)}"
        return Finding(what, State.wrong, detail, f"{remedy}=={files.version}")
    return Finding(what, State.fine, f"{len(known)} files are those of the official pipeline")
