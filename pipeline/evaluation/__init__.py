"""The measure: gold against outputs."""

from pipeline.evaluation.report import Report
from pipeline.evaluation.score import evaluate, score

__all__ = ["Report", "evaluate", "score"]
