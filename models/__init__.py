"""Pydantic records: what crosses a stage's border, and what is written."""

from models.article import Article, Reject
from models.base import Evidence, Provenance, Record, Span, Variant
from models.date import DateExpression
from models.entity import Entity, Reference, Role
from models.manifest import Manifest
from models.tables import Conflict, LedgerEntry, RelationStep
from models.upgrade import Upgrade
from models.visit import Destination, Party, Visit, Visitor

__all__ = [
    "Article",
    "Conflict",
    "DateExpression",
    "Destination",
    "Entity",
    "Evidence",
    "LedgerEntry",
    "Manifest",
    "Party",
    "Provenance",
    "Record",
    "Reference",
    "Reject",
    "RelationStep",
    "Role",
    "Span",
    "Upgrade",
    "Variant",
    "Visit",
    "Visitor",
]
