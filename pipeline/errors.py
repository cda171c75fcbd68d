"""The error tree.

    PipelineError
    ├── ConfigError                 a setting that cannot be used
    ├── LexiconError(file, row)     a broken row of a rule table
    ├── ModelError                  no spaCy pipeline of that name, or not the one expected
    ├── ReaderError(path, row)      an input that cannot be read as articles
    ├── StoreError                  the store is unusable: locked, corrupt, of another version
    │   └── RowsMissingError        files do not hold the rows that the store tells of
    └── StageError(stage, article)  a stage failed on one article

Settings and tables fail before a run starts; an input or an article that fails becomes a reject
and the run goes on.
"""

from __future__ import annotations


class PipelineError(Exception):
    """Base of every error that the program raises on purpose."""


class ConfigError(PipelineError):
    """A setting cannot be used."""


class LexiconError(PipelineError):
    """A rule table has a row that does not fit its model."""

    def __init__(self, file: str, row: int | None, cause: str) -> None:
        self.file, self.row = file, row
        where = file if row is None else f"{file}, row {row}"
        super().__init__(f"{where}: {cause}")


class ModelError(PipelineError):
    """The spaCy pipeline is missing or is not what its name says."""


class ReaderError(PipelineError):
    """An input cannot be read; `reason` is a short code, `row` counts from 1 or is None."""

    def __init__(self, path: str, reason: str, detail: str = "", row: int | None = None) -> None:
        self.path, self.reason, self.detail, self.row = path, reason, detail, row
        where = path if row is None else f"{path}, row {row}"
        super().__init__(f"{where}: {reason}" + (f" ({detail})" if detail else ""))


class StoreError(PipelineError):
    """The store cannot be used."""


class RowsMissingError(StoreError):
    """A table's files do not hold the rows that the store tells of."""


class StageError(PipelineError):
    """A stage failed on one article."""

    def __init__(self, stage: str, article_id: str, cause: str) -> None:
        self.stage, self.article_id = stage, article_id
        super().__init__(f"stage {stage} failed on article {article_id}: {cause}")
