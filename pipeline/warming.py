"""One article of our own that is read before any other, so that all that is needed is loaded."""

from __future__ import annotations

from models import Article
from pipeline.engine import work_batch
from pipeline.plan import Plan
from pipeline.worker import Task

#: Longest that it may take, in seconds of processor time.
_SECONDS = 120
#: News in which each stage finds something: most tables are read when something asks for them.
_TEXT = """\
LIMA, May 14 (Reuters) - Kenyan Foreign Minister Alfred Mutua arrived in Peru on Monday for a \
three-day official visit, the foreign ministry said in a statement.

He will meet President Dina Boluarte on Tuesday before he travels to Chile next week. "We \
agreed to raise our relations to a strategic partnership," his spokesman said. The two \
countries established diplomatic relations in 1975, and Peru reopened its embassy in Nairobi in \
March 2022. The president had been due to visit Kenya last year, but her trip was cancelled. \
Former U.S. Secretary of State John Kerry, who led a delegation to the talks, left for \
Washington on May 12, 2024."""


def warm(plan: Plan) -> None:
    """Load the model and the tables by reading an article of which nothing is kept.

    Raises:
        PipelineError: the program cannot do any article.
    """
    article = Article(
        id="article-warm",
        source_path="warm.txt",
        published="2024-05-14",
        text=_TEXT,
        characters=len(_TEXT),
    )
    names = (plan.parser.name, *(stage.name for stage in plan.stages))
    work_batch(plan, [Task(article, None, {}, names, seconds=_SECONDS)])


__all__ = ["warm"]
