"""Articles at hand, parsed, on which changed code can be tried again and again.

The articles, their Docs and the rows of the stages are held in memory. Each try runs in a child
process, which has them from its parent at no cost, and imports the stages anew: changed code and
changed tables count, and a broken one breaks the child alone. Nothing is written.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import Article, Record
from pipeline.codec import unpack_rows
from pipeline.config import Settings
from pipeline.engine import BuildPlan
from pipeline.errors import ConfigError, PipelineError, StoreError
from pipeline.freshness import Freshness, dependants
from pipeline.lexicon import TRIED, load_table, table_text
from pipeline.plan import ArticleResult, CorpusStage, Plan
from pipeline.stage import Case, Stage
from pipeline.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

Rows = Mapping[type[Record], Sequence[Record]]
Records = dict[type[Record], list[Record]]
#: By article and stage, the rows that are not as they were.
Changed = dict[str, dict[str, Rows]]
#: New records whole, those that were there before by their number.
_Answer = dict[type[Record], list[Record | int]]
#: Articles for which another process is worth its start.
FEWEST = 20
#: Packages that a child imports anew, whatever changed: they import each other.
RENEWED = ("pipeline.stages", "pipeline.discourse")


@dataclass(frozen=True)
class _Held:
    article: Article
    doc: Doc
    #: By stage, as the last try left them.
    rows: dict[str, Rows]


class Workbench:
    """The articles of a finished run, ready for the stages."""

    def __init__(
        self, build: BuildPlan, settings: Settings, folder: Path, *, article_id: str | None = None
    ) -> None:
        """Read the articles from the store and parse none.

        Raises:
            StoreError: the folder holds no finished run, or no such article.
        """
        self.plan: Plan = build(settings)
        #: The stages whose rows in the store were made by other code.
        self.stale: set[str] = set()
        with Store(folder) as store:
            self._held = list(self._hold(store, Freshness(self.plan, settings), article_id))
            kinds = {*self.plan.corpus.makes}
            #: The finished records as they are stored.
            self.stored: Records = {kind: list(store.records(kind)) for kind in kinds}
        if not self._held:
            known = "finished article" if article_id is None else f"article {article_id!r}"
            raise StoreError(f"no {known} in {folder}: `communique run` first")

    def _hold(self, store: Store, freshness: Freshness, article_id: str | None) -> Iterator[_Held]:
        for state in store.states():
            if article_id not in (None, state.article_id):
                continue
            self.stale.update(freshness.need(state).run)
            if self.plan.parser.name in self.stale:
                raise StoreError(f"{store.path} was parsed by other code: `communique run` first")
            parsed = store.payload(state.article_id, self.plan.parser.name)
            rows: dict[str, Rows] = {}
            for stage in self.plan.stages:
                packed = store.payload(state.article_id, stage.name)
                if packed is not None:
                    rows[stage.name] = unpack_rows(stage.makes, packed)
            if parsed is not None and len(rows) == len(self.plan.stages):
                yield _Held(store.article(state.article_id), self.plan.parser.read(parsed), rows)

    @property
    def articles(self) -> list[Article]:
        """The articles at hand, in order of id."""
        return [held.article for held in self._held]

    def stages(self, name: str) -> tuple[str, ...]:
        """Return the article stages that a try of a stage runs.

        Raises:
            ConfigError: the stage makes no records of its own.
        """
        if name == self.plan.writer.name:
            raise ConfigError(f"{name} finds nothing: there is nothing to watch")
        return () if name == self.plan.corpus.name else dependants(self.plan, name)

    def packages(self, name: str) -> tuple[str, ...]:
        """Return the packages whose change is worth a try of a stage."""
        names = self.stages(name)
        parts: list[Stage] = [stage for stage in self.plan.stages if stage.name in names]
        packages = [package for stage in parts for package in stage.packages]
        return tuple(dict.fromkeys((*packages, *self.plan.corpus.packages)))

    def warm(self) -> None:
        """Load what does not change, so that no child has to: the reference tables."""
        first = self._held[0]
        for stage in self.plan.stages:
            list(stage.find(Case(first.article, first.doc, _needed(stage, first.rows))))

    def touched(self, paths: Iterable[Path]) -> set[str]:
        """Return the stages, the one that combines among them, in whose packages files lie."""
        changed = list(paths)
        parts: list[Stage | CorpusStage] = [*self.plan.stages, self.plan.corpus]
        return {
            part.name
            for part in parts
            if any(path.is_relative_to(root) for root in _roots(part.packages) for path in changed)
        }

    def run(
        self,
        names: Sequence[str],
        before: Records,
        *,
        touched: Collection[str] | None = None,
        renewed: Sequence[str] = RENEWED,
    ) -> Records:
        """Run stages and what combines their rows in a child; return the finished records.

        Args:
            names: of the article stages that may run; the rows of the others are as stored.
            before: records of an earlier try; those that are made again stay the same objects.
            touched: stages whose code or tables changed since; the others run only on articles
                whose rows above them changed. All of them by default.
            renewed: packages that are imported anew.

        Raises:
            PipelineError: the code or a table is broken; says where.
        """
        due = {*names, self.plan.corpus.name} if touched is None else set(touched)
        answer, changed = _Try(self._work, names, before, due, renewed).answer()
        for held in self._held:
            held.rows.update(changed.get(held.article.id, {}))
        if answer is None:
            return before
        return {
            kind: [before[kind][new] if isinstance(new, int) else new for new in records]
            for kind, records in answer.items()
        }

    def _work(
        self, names: Sequence[str], before: Records, due: set[str], renewed: Sequence[str]
    ) -> tuple[_Answer | None, Changed]:
        renew(renewed)
        changed = self._changed_of_all(names, due)
        if not any(changed.values()) and self.plan.corpus.name not in due:
            return None, changed
        return _in_short(self._combined(changed), before), changed

    def _combined(self, changed: Changed) -> Records:
        made: Records = {}
        results: list[ArticleResult] = []
        as_made = {*self.plan.writer.outputs.values()} - {*self.plan.corpus.makes, Article}
        for held in self._held:
            every = {**held.rows, **changed.get(held.article.id, {})}
            merged = {kind: found for each in every.values() for kind, found in each.items()}
            results.append(ArticleResult(held.article, merged))
            for kind in as_made:
                made.setdefault(kind, []).extend(merged.get(kind, ()))
        for record in self.plan.corpus.combine(results):
            made.setdefault(type(record), []).append(record)
        return made

    def _changed_of_all(self, names: Sequence[str], due: set[str]) -> Changed:
        """Run stages on all articles, in as many processes as there are cores."""
        if not due & set(names):
            return {}
        cores = min(os.cpu_count() or 1, len(self._held) // FEWEST + 1)
        # One article first, so that the other processes need not import the stages again.
        changed = self._changed(self._held[:1], names, due)
        tries = [
            _Try(self._changed, self._held[n + 1 :: cores], names, due) for n in range(1, cores)
        ]
        changed |= self._changed(self._held[1::cores], names, due)
        for other in tries:
            changed |= other.answer()
        return changed

    def _changed(self, share: Sequence[_Held], names: Sequence[str], due: set[str]) -> Changed:
        return {held.article.id: self._changed_rows(held, names, due) for held in share}

    def _changed_rows(self, held: _Held, names: Sequence[str], due: set[str]) -> dict[str, Rows]:
        rows = dict(held.rows)
        changed: dict[str, Rows] = {}
        for stage in self.plan.stages:
            if stage.name not in names or not (stage.name in due or changed.keys() & stage.needs):
                continue
            made: dict[type[Record], list[Record]] = {}
            for row in stage.find(Case(held.article, held.doc, _needed(stage, rows))):
                made.setdefault(type(row), []).append(row)
            if made != rows[stage.name]:
                rows[stage.name] = changed[stage.name] = made
        return changed


class _Try:
    """A function at work in a child process, which has from its parent all that it needs."""

    def __init__(self, work: Callable[..., Any], *arguments: Any) -> None:
        context = get_context("fork")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._child = context.Process(target=_answer, args=(theirs, work, arguments))
        self._child.start()
        theirs.close()

    def answer(self) -> Any:
        """Return what the function returned.

        Raises:
            PipelineError: it broke off; says where.
        """
        try:
            answer, broken = self._pipe.recv()
        except EOFError:
            answer, broken = None, "the try was killed"
        finally:
            self._pipe.close()
            self._child.join()
        if broken is not None:
            raise PipelineError(broken)
        return answer


def _answer(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # What the parent holds is never garbage: looking at it would only copy its pages.
    gc.disable()
    try:
        pipe.send((work(*arguments), None))
    except KeyboardInterrupt:
        return
    except PipelineError as error:
        pipe.send((None, f"{error}{_place(error)}"))
    except BaseException as error:  # noqa: BLE001 - whatever is broken is told, and mended
        pipe.send((None, f"{type(error).__name__}: {error}{_place(error)}"))


def _in_short(records: Records, before: Records) -> _Answer:
    """Put a number for each record that the parent has already: reading many takes long."""
    short: _Answer = {}
    for kind, made in records.items():
        places = {_id(record): n for n, record in enumerate(before.get(kind, ()))}
        short[kind] = [
            n
            if (n := places.get(_id(record))) is not None and before[kind][n] == record
            else record
            for record in made
        ]
    return short


def _id(record: Record) -> str:
    return str(getattr(record, "id", ""))


def _needed(stage: Stage, rows: Mapping[str, Rows]) -> dict[type[Record], Sequence[Record]]:
    return {kind: found for name in stage.needs for kind, found in rows[name].items()}


def renew(packages: Iterable[str]) -> None:
    """Forget modules, so that they are imported anew, with the tables that they read."""
    starts = tuple(packages)
    for name in list(sys.modules):
        if name in starts or name.startswith(tuple(f"{start}." for start in starts)):
            del sys.modules[name]
    importlib.invalidate_caches()
    load_table.cache_clear()


@contextmanager
def trying(package: str, file: str, change: Callable[[str], str]) -> Iterator[None]:
    """Let the stages read a changed table inside the block; the file stays as it is.

    `change` takes the table's text and returns another.

    Raises:
        LexiconError: when the table is next read, if the changed text is none.
    """
    key = (package, file)
    before = TRIED.get(key)
    TRIED[key] = change(table_text(package, file))
    renew(RENEWED)
    try:
        yield
    finally:
        TRIED.pop(key)
        if before is not None:
            TRIED[key] = before
        renew(RENEWED)


def _place(error: BaseException) -> str:
    """Return where in our own code an error arose."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "pipeline" in file.parts and file.name != Path(__file__).name:
            place = f" ({file.parent.name}/{file.name}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place


def files_of(packages: Iterable[str]) -> dict[Path, tuple[int, int]]:
    """Return time and size of every file of some packages."""
    found: dict[Path, tuple[int, int]] = {}
    for root in _roots(packages):
        for path in root.rglob("*"):
            if path.suffix in {".py", ".toml", ".csv"}:
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _roots(packages: Iterable[str]) -> list[Path]:
    """Return the folders of packages; a module by itself has none."""
    specs = (find_spec(package) for package in packages)
    return [Path(root) for spec in specs if spec for root in spec.submodule_search_locations or ()]


__all__ = ["RENEWED", "Records", "Workbench", "files_of", "renew", "trying"]
