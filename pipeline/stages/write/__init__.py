"""The write stage: finished records into files, whole or not at all."""

from pipeline.stages.write.writer import FolderWriter

__all__ = ["FolderWriter"]
