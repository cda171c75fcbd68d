"""Run the parts of a plan over a store: skip what is fresh, keep what is made, write the files.

The runner knows no stage by name. Each batch of articles is one transaction, so that a run that
is interrupted or killed goes on where it stopped, and ends with the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models import Article, Reject
from pipeline.article_work import ArticleWork
from pipeline.changes import Changes
from pipeline.config import Settings
from pipeline.context import Context, RunReport
from pipeline.corpus_work import INGEST, CorpusWork
from pipeline.crew import Crew
from pipeline.engine import Alone, BuildPlan, Engine
from pipeline.errors import ConfigError, StoreError
from pipeline.freshness import Freshness
from pipeline.intake import Intake, StoredNotes, take_in
from pipeline.lock import folder_lock
from pipeline.plan import Plan
from pipeline.progress import Progress, Silent
from pipeline.readers.known import KnownFiles
from pipeline.store import Store

__all__ = ["RunReport", "rerun", "run"]

#: A run that has worked off so many articles merges them in more memory than the model may keep
#: meanwhile.
MANY = 2_000
#: Note under which the store keeps the stamp of its input.
STAMP = "input"


def run(
    build: BuildPlan,
    settings: Settings,
    folder: Path,
    inputs: Iterable[Article | Reject] | KnownFiles,
    *,
    stamp: str | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Process a folder's input and write its records.

    Args:
        build: makes the plan; a top-level function, since every worker calls it.
        inputs: what the readers yield, or files to read; afterwards the folder holds the records
            of just these.
        stamp: tells inputs apart; those of the run before are not read again. None reads always.

    Raises:
        PipelineError: settings, tables, model or store cannot be used.
    """
    with _opened(build, settings, folder, progress, create=True) as context:
        corpus, articles = CorpusWork(context), ArticleWork(context)
        if not context.store.last_run:  # all is to be made: so let it load while the input is read
            plan = context.plan
            context.engine.expect([plan.parser.name, *(stage.name for stage in plan.stages)])
        if _is_the_same(context, stamp):
            context.account.fresh[INGEST] = context.store.count_articles()
            if corpus.is_settled():
                return corpus.account_again()
            articles.work(articles.stale())
        else:
            corpus.unsettle()
            articles.work(articles.stale(_taken(context, inputs, stamp)))
        if context.done >= MANY:
            context.plan.parser.unload()
        context.summarize()
        corpus.combine(again=False)
        report = corpus.finish(again=False)
        corpus.settle()
        return report


def _is_the_same(context: Context, stamp: str | None) -> bool:
    """Tell whether the input is that of the run before."""
    store = context.store
    return stamp is not None and store.meta(STAMP) == stamp and not store.interrupted


def _taken(
    context: Context, inputs: Iterable[Article | Reject] | KnownFiles, stamp: str | None
) -> Iterator[list[str]]:
    """Read the input; yield the ids of its articles as they are stored."""
    store, account = context.store, context.account
    store.set_meta(STAMP, "")  # a run that breaks off leaves no stamp of another's input
    intake = Intake()
    known = inputs.read(StoredNotes(store)) if isinstance(inputs, KnownFiles) else inputs
    taken = take_in(store, known, progress=context.progress, intake=intake)
    while True:
        with account.timed(INGEST):
            ids = next(taken, None)
        if ids is None:
            break
        yield ids
    account.ran[INGEST] = intake.articles
    store.set_meta(STAMP, "" if intake.passing else stamp or "")


def rerun(
    build: BuildPlan,
    settings: Settings,
    folder: Path,
    name: str,
    *,
    article_id: str | None = None,
    again: bool = True,
    progress: Progress | None = None,
) -> RunReport:
    """Run a stage and those that build on it again, from the stored artefacts above it.

    Args:
        name: of an article stage, the corpus stage or the writer.
        article_id: only this article's artefacts are made again.
        again: whether also those that the stage made with just the code and of just the artefacts
            that it has now.

    Raises:
        StoreError: the folder holds no finished run, or no such article.
    """
    with _opened(build, settings, folder, progress, create=False) as context:
        articles, corpus = ArticleWork(context), CorpusWork(context)
        corpus.unsettle()
        articles.check_complete()
        if name in {stage.name for stage in context.plan.stages}:
            articles.work(articles.chosen(name, article_id, again=again))
        elif article_id is not None:
            raise ConfigError(f"{name} works on all articles at once: it takes no article")
        context.summarize()
        corpus.combine(again=name == context.plan.corpus.name)
        return corpus.finish(again=name == context.plan.writer.name)


@contextmanager
def _opened(
    build: BuildPlan, settings: Settings, folder: Path, progress: Progress | None, *, create: bool
) -> Iterator[Context]:
    plan = build(settings)
    freshness = Freshness(plan, settings)
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}") from error
    if not folder.is_dir():
        raise StoreError(f"no folder {folder}: `communique run` makes it")
    with (
        folder_lock(folder),
        Store(folder, create=create) as store,
        closing(_engine(build, settings, plan)) as engine,
    ):
        yield Context(
            plan,
            settings,
            folder,
            store,
            progress or Silent(),
            freshness,
            engine,
            changes=None if create else Changes(),
        )


def _engine(build: BuildPlan, settings: Settings, plan: Plan) -> Engine:
    return Alone(plan) if settings.run.workers == 1 else Crew(build, settings)
