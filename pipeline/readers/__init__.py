"""Readers, one a format."""

from pipeline.readers.inputs import READERS, read_inputs

__all__ = ["READERS", "read_inputs"]
