"""The report page."""

from pipeline.report.choose import Limits
from pipeline.report.page import render

__all__ = ["Limits", "render"]
