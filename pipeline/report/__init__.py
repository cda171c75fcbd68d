"""The report page."""

from pipeline.report.page import render

__all__ = ["render"]
