"""`communique schema`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from models import Article, DateExpression, Entity, Manifest, Record, Upgrade, Visit

SCHEMAS: Mapping[str, type[Record]] = {
    "article": Article,
    "entity": Entity,
    "date": DateExpression,
    "visit": Visit,
    "upgrade": Upgrade,
    "manifest": Manifest,
}


def print_schema(name: str) -> None:
    """Print the JSON Schema of a record as it is written."""
    schema = SCHEMAS[name].model_json_schema(mode="serialization")
    print(json.dumps(schema, indent=2, ensure_ascii=False))
