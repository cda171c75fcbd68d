"""Reads news articles; finds persons, dates, visits and upgrades of relations.

from pipeline import Pipeline

extraction = Pipeline().extract("…text…", published="2024-08-16")
extraction.visits
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.api import Extraction, Pipeline
    from pipeline.config import Settings, load_settings
    from pipeline.errors import PipelineError

__all__ = ["Extraction", "Pipeline", "PipelineError", "Settings", "load_settings"]

_HOMES = {
    "Extraction": "pipeline.api",
    "Pipeline": "pipeline.api",
    "PipelineError": "pipeline.errors",
    "Settings": "pipeline.config",
    "load_settings": "pipeline.config",
}


def __getattr__(name: str) -> object:
    # Public names are imported when they are asked for: `communique --help` asks for none.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
