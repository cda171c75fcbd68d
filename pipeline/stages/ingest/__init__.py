"""The ingest stage: raw rows to articles."""

from pipeline.stages.ingest.article import MAX_CHARACTERS, make_article
from pipeline.stages.ingest.raw import RawRow

__all__ = ["MAX_CHARACTERS", "RawRow", "make_article"]
