"""The account of a run."""

from __future__ import annotations

from models.base import Record


class Program(Record):
    """Which program made the files."""

    name: str
    version: str


class Model(Record):
    """Which spaCy pipeline read the articles, and the sum over its files."""

    name: str
    version: str
    sha256: str


class InputCount(Record):
    """What became of the articles: `read = done + rejected + unchanged`."""

    read: int
    done: int
    rejected: int
    unchanged: int


class StageCount(Record):
    """What a stage holds and did: `fresh` artefacts kept, `run` made anew, in `seconds`."""

    name: str
    records: int
    seconds: float
    fresh: int
    run: int


class Manifest(Record):
    """Everything needed to tell how a run came to its files."""

    program: Program
    model: Model
    libraries: dict[str, str]
    settings: dict[str, object]
    input: InputCount
    stages: tuple[StageCount, ...]
    files: dict[str, str]
