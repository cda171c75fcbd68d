"""The store: every stage's artefacts, and the only SQL of the program.

Statements are constants; values go in as parameters.
"""

from __future__ import annotations

from pipeline.store.articles import Artefact, ArticleTables, State
from pipeline.store.database import APPLICATION_ID, SCHEMA_VERSION, STORE_FILE
from pipeline.store.results import ResultTables
from pipeline.store.summaries import Summary
from pipeline.store.written import Unwritten


class Store(ArticleTables, ResultTables):
    """An open store; a context manager that closes it."""


__all__ = [
    "APPLICATION_ID",
    "SCHEMA_VERSION",
    "STORE_FILE",
    "Artefact",
    "State",
    "Store",
    "Summary",
    "Unwritten",
]
