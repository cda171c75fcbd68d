"""A browser over all records of an output folder: tables for people, in Datasette."""

from pipeline.serving.browse import BROWSE_FILE, browse_database

__all__ = ["BROWSE_FILE", "browse_database"]
