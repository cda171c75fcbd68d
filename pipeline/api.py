"""The program from Python: a text in, records out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from models import Article, DateExpression, Entity, Record, Reject, Upgrade, Visit
from pipeline.codec import unpack_rows
from pipeline.config import Settings, load_settings
from pipeline.errors import ReaderError, StageError
from pipeline.explain import Explanation, explain_article
from pipeline.plan import ArticleResult
from pipeline.showing import article_html, records_html
from pipeline.stages import build_stages
from pipeline.stages.ingest import RawRow, make_article
from pipeline.stages.ingest.published import check_option
from pipeline.stages.write.flat import column_names, flatten
from pipeline.worker import ARTICLE_NAMED, Task, work

if TYPE_CHECKING:
    from pandas import DataFrame

AnyRecord = TypeVar("AnyRecord", bound=Record)

#: What stands in an article's `source_path` where it came from no file.
NO_FILE = "-"


@dataclass(frozen=True)
class Extraction:
    """The records of one text, merged within it."""

    article: Article
    entities: tuple[Entity, ...]
    dates: tuple[DateExpression, ...]
    visits: tuple[Visit, ...]
    upgrades: tuple[Upgrade, ...]

    def _repr_html_(self) -> str:
        """Return the article with its records marked, and its visits and upgrades as tables."""
        told: list[Visit | Upgrade] = [*self.visits, *self.upgrades]
        shown = article_html(self.article, entities=self.entities, dates=self.dates, records=told)
        tables = (records_html("visits", self.visits), records_html("upgrades", self.upgrades))
        return "".join((shown, *tables))

    def entities_frame(self) -> DataFrame:
        """Return the entities as a data frame with the columns of entities.csv."""
        return _frame("entities", self.entities)

    def dates_frame(self) -> DataFrame:
        """Return the dates as a data frame with the columns of dates.csv."""
        return _frame("dates", self.dates)

    def visits_frame(self) -> DataFrame:
        """Return the visits as a data frame with the columns of visits.csv."""
        return _frame("visits", self.visits)

    def upgrades_frame(self) -> DataFrame:
        """Return the upgrades as a data frame with the columns of upgrades.csv."""
        return _frame("upgrades", self.upgrades)


class Pipeline:
    """The whole program in one process, for texts that are at hand.

    Loads its model with the first text; keep one and use it again.
    """

    def __init__(self, *, model: str | None = None, settings: Settings | None = None) -> None:
        """Prepare the stages.

        Args:
            model: an installed spaCy pipeline; stands above the settings.
            settings: as made by `load_settings`; by default those of environment and file.

        Raises:
            ConfigError: a setting cannot be used.
            ModelError: no pipeline of that name is installed.
        """
        chosen = settings or load_settings()
        if model is not None:
            parse = chosen.parse.model_copy(update={"model": model})
            chosen = chosen.model_copy(update={"parse": parse})
        self.settings = chosen
        self._plan = build_stages(chosen)

    def extract(
        self,
        text: str,
        *,
        published: str | None = None,
        title: str | None = None,
        url: str | None = None,
        id: str | None = None,  # noqa: A002 - the record's own name for it
    ) -> Extraction:
        """Return the records of one article's text.

        Args:
            published: the article's date (`2024`, `2024-08` or `2024-08-18`), the anchor of
                relative dates; without one the text's dateline or url may tell.

        Raises:
            ConfigError: `published` is no date.
            ReaderError: the text is empty, too long or no text.
            StageError: a stage failed on it.
        """
        article = self._article(text, published=published, title=title, url=url, id=id)
        result = self._read(article)
        finished = list(self._plan.corpus.combine([result]))
        return Extraction(
            article=article,
            entities=_of(Entity, finished),
            dates=tuple(result.of(DateExpression)),
            visits=_of(Visit, finished),
            upgrades=_of(Upgrade, finished),
        )

    def explain(
        self, text: str, *, published: str | None = None, title: str | None = None
    ) -> Explanation:
        """Return why a text gives the visits and upgrades that it gives, trigger by trigger.

        Raises:
            ConfigError: `published` is no date.
            ReaderError: the text is empty, too long or no text.
        """
        article = self._article(text, published=published, title=title)
        return explain_article(self._plan, article)

    def _article(
        self,
        text: str,
        *,
        published: str | None,
        title: str | None,
        url: str | None = None,
        id: str | None = None,  # noqa: A002 - as in `extract`
    ) -> Article:
        date = check_option(published)
        row = RawRow(source_path=NO_FILE, text=text, id=id, title=title, published=date, url=url)
        article = make_article(
            row,
            published=self.settings.ingest.published,
            max_characters=self.settings.ingest.max_characters,
        )
        if isinstance(article, Reject):
            raise ReaderError(NO_FILE, article.reason, article.detail)
        return article

    def _read(self, article: Article) -> ArticleResult:
        plan = self._plan
        names = (plan.parser.name, *(stage.name for stage in plan.stages))
        outcome = work(plan, Task(article, doc=None, rows={}, run=names))
        if outcome.reject is not None:
            failed = outcome.reject.reason.removesuffix("-failed")
            cause = outcome.reject.detail.removeprefix(ARTICLE_NAMED.format(id=article.id))
            raise StageError(failed, article.id, cause)
        rows: dict[type[Record], list[Record]] = {}
        for stage in plan.stages:
            rows |= unpack_rows(stage.makes, outcome.made[stage.name].payload)
        return ArticleResult(article, rows)


def _of(kind: type[AnyRecord], records: Iterable[Record]) -> tuple[AnyRecord, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def _frame(table: str, records: tuple[Record, ...]) -> DataFrame:
    from pandas import DataFrame  # takes half a second to import

    rows = [flatten(table, record) for record in records]
    return DataFrame(rows, columns=column_names(table))
