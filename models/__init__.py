"""Pydantic records: what crosses a stage's border, and what is written."""

from models.article import Article, Reject
from models.base import Evidence, Record, Span
from models.date import DateExpression
from models.entity import Entity, Reference, Role
from models.manifest import Manifest
from models.upgrade import Upgrade
from models.visit import Destination, Party, Visit, Visitor

__all__ = [
    "Article",
    "DateExpression",
    "Destination",
    "Entity",
    "Evidence",
    "Manifest",
    "Party",
    "Record",
    "Reference",
    "Reject",
    "Role",
    "Span",
    "Upgrade",
    "Visit",
    "Visitor",
]
