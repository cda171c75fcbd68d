"""Readers, one a format."""

from pipeline.readers.inputs import READERS, read_files, read_inputs

__all__ = ["READERS", "read_files", "read_inputs"]
