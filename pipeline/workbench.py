"""Articles at hand, parsed, on which changed code can be tried again and again.

The articles, their Docs and the rows of the stages are held in memory. Each try runs in a child
process, which has them from its parent at no cost, and imports the stages anew: changed code and
changed tables count, and a broken one breaks the child alone. Nothing is written.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from models import Article, Record
from pipeline.codec import unpack_rows
from pipeline.config import Settings
from pipeline.engine import BuildPlan
from pipeline.errors import ConfigError, StoreError
from pipeline.freshness import Freshness, dependants
from pipeline.lexicon import noting, table_text
from pipeline.package_files import lie_in
from pipeline.plan import ArticleInput, ArticleResult, CorpusStage, Plan
from pipeline.remerging import Merged, News, Records, merge_again
from pipeline.renewal import RENEWED, renew
from pipeline.stage import Case, Stage
from pipeline.store import Store
from pipeline.table_changes import Asked, asked_of, changed_words
from pipeline.tries import Try

if TYPE_CHECKING:
    from spacy.tokens import Doc

Rows = Mapping[type[Record], Sequence[Record]]
#: By article and stage, the rows that are not as they were.
Changed = dict[str, dict[str, Rows]]
#: By article and stage, what it asked of keyed tables.
_AskedOf = dict[str, dict[str, Asked]]
#: New records whole, those that were there before by their number.
_Answer = dict[type[Record], list[Record | int]]
#: Articles for which another process is worth its start.
FEWEST = 20
#: Of so many tokens at most what they tell is kept for all tries; each takes some 500 bytes.
SETTLED = 400_000
#: So many articles, from all over, have nearly all worked out that stages make when first asked.
WARMED = 16


@dataclass
class _Held:
    article: Article
    doc: Doc
    #: All words and lemmas of the Doc.
    words: str
    #: By stage, as the last try left them.
    rows: dict[str, Rows]
    #: By stage, what it asked of keyed tables when it last ran: where no such row changed, it makes
    #: the same again.
    asked: dict[str, Asked] = field(default_factory=dict)
    #: Number of the try that last changed them.
    of_try: int = 0


@dataclass(frozen=True)
class _Task:
    """What a try runs.

    Args:
        names: of the article stages that may run.
        due: of the stages that run whatever the rows are that they read.
        words: by stage, those of changed rows that it looks for in the text, and those of rows
            that it asks for: without one of them an article stays as it is.
    """

    names: tuple[str, ...]
    due: set[str]
    words: Mapping[str, tuple[Collection[str], Asked]]

    def is_due(self, name: str, held: _Held) -> bool:
        if name not in self.due or name not in self.words:
            return name in self.due
        sought, wanted = self.words[name]
        asked = held.asked.get(name)
        if asked is not None and not wanted.isdisjoint(asked):
            return True
        unknown = () if asked is not None else (word for _, word in wanted)
        return any(word in held.words for word in (*sought, *unknown))


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
        self._tries = 0
        self._merged = Merged()
        #: Packages that changed since this process imported them.
        self._renewed: set[str] = set()
        #: Texts of the keyed tables with which the rows at hand were made.
        self._texts: Mapping[str, str] = {}
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
                yield _Held(
                    store.article(state.article_id),
                    self.plan.parser.read(parsed),
                    self.plan.parser.words(parsed),
                    rows,
                )

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
        """Work out what does not change, so that no child has to: reference tables, tokens."""
        from pipeline.article_doc import ArticleDoc  # spaCy takes half a second to import

        for held in self._within_room():
            if isinstance(held.doc, ArticleDoc):
                held.doc.settle()
        some = self._held[:: max(1, len(self._held) // WARMED)]
        self._read_through(some, [stage.name for stage in self.plan.stages])
        results = (ArticleResult(held.article, _all_of(held.rows)) for held in some)
        deque(self.plan.corpus.combine(results), maxlen=0)

    def warm_readings(self, names: Collection[str]) -> None:
        """Let stages read all articles, so that no child reads again what they keep beside Docs.

        That takes about as long as a try in one process. Where a stage is broken, nothing is kept.
        """
        with suppress(Exception):  # the tries have told what is broken
            self._read_through(self._within_room(), names)

    def _within_room(self) -> Iterator[_Held]:
        """Yield the articles of which there is room to keep what is told."""
        room = SETTLED
        for held in self._held:
            room -= len(held.doc)
            if room >= 0:
                yield held

    def _read_through(self, articles: Iterable[_Held], names: Collection[str]) -> None:
        for held in articles:
            for stage in self.plan.stages:
                if stage.name in names:
                    list(stage.find(Case(held.article, held.doc, _needed(stage, held.rows))))

    def run(
        self,
        names: Sequence[str],
        before: Records,
        *,
        changed: Collection[Path] = (),
        everything: bool = True,
    ) -> Records:
        """Run stages and what combines their rows in a child; return the finished records.

        Args:
            names: of the article stages that may run; the rows of the others are as stored.
            before: records of the try before; those that are made again stay the same objects.
            changed: files of code and tables that changed since.
            everything: whether the stages run on all articles; else only where files changed that
                can make a difference to what they make of one, or the rows that they read.

        Raises:
            PipelineError: the code or a table is broken; says where.
        """
        corpus, texts = self.plan.corpus.name, self._texts_now()
        due = {*names, corpus} if everything else self._touched(changed)
        words = {} if everything else self._changed_words(due, changed, texts)
        if corpus in due:
            self._merged = Merged()
        self._renewed |= self._to_renew(names, changed)
        if everything:  # what this process keeps of articles would hide what is asked
            keyed = {stage.name for stage in self.plan.stages if stage.keyed}
            self._renewed |= {f"{RENEWED[0]}.{name}" for name in keyed.intersection(names)}
        self._tries += 1
        task = _Task(tuple(names), due, words)
        answer, rows, asked, news = Try(self._work, task, before).answer()
        self._texts = texts
        for held in self._held:
            held.asked |= asked.get(held.article.id, {})
            if new := rows.get(held.article.id):
                held.rows.update(new)
                held.of_try = self._tries
        if answer is None:
            return before
        self._merged.take(news)
        return {
            kind: [before[kind][new] if isinstance(new, int) else new for new in records]
            for kind, records in answer.items()
        }

    def _touched(self, paths: Iterable[Path]) -> set[str]:
        """Return the stages, the one that combines among them, in whose packages files lie."""
        changed = list(paths)
        parts: list[Stage | CorpusStage] = [*self.plan.stages, self.plan.corpus]
        return {part.name for part in parts if lie_in(part.packages, changed)}

    def _to_renew(self, names: Sequence[str], paths: Collection[Path]) -> set[str]:
        """Return the packages that a child imports anew after a change.

        The stages' own import each other not, but all of them those around. Before the first
        change there is none for its sake: this process has just imported them.
        """
        own = {f"{RENEWED[0]}.{stage}" for stage in (*names, self.plan.corpus.name)}
        lone = {package for package in own if lie_in([package], paths)}
        if all(lie_in(lone, [path]) for path in paths):
            return lone
        outside = any(not lie_in(RENEWED, [path]) for path in paths)
        around = self.packages(names[0] if names else self.plan.corpus.name)
        return {*RENEWED, *(around if outside else ())}

    def _texts_now(self) -> dict[str, str]:
        tables = [table for stage in self.plan.stages for table in stage.keyed]
        return {table.name: table_text(table.package, table.file) for table in tables}

    def _changed_words(
        self, due: Collection[str], paths: Collection[Path], texts: Mapping[str, str]
    ) -> dict[str, tuple[Collection[str], Asked]]:
        """Return by stage the words of changed rows that it looks for, and those it asks for.

        Stages of which more changed than keyed tables, or rows that they read in any case, have
        none.
        """
        found: dict[str, tuple[Collection[str], Asked]] = {}
        for stage in self.plan.stages:
            tables = {Path(str(files(table.package) / table.file)) for table in stage.keyed}
            own = [path for path in paths if lie_in(stage.packages, [path])]
            if stage.name not in due or not tables.issuperset(own):
                continue
            words = {table: changed_words([table], self._texts, texts) for table in stage.keyed}
            if None not in words.values():
                told = [(table.asked_as, word) for table in words for word in words[table] or ()]
                found[stage.name] = (
                    {word for name, word in told if name is None},
                    frozenset((name, word) for name, word in told if name is not None),
                )
        return found

    def _work(self, task: _Task, before: Records) -> tuple[_Answer | None, Changed, _AskedOf, News]:
        renew(self._renewed)
        changed, asked = self._changed_of_all(task)
        if not any(changed.values()) and self.plan.corpus.name not in task.due:
            return None, changed, asked, News()
        records, news = self._combined(changed, before)
        return _in_short(records, before), changed, asked, news

    def _combined(self, changed: Changed, before: Records) -> tuple[Records, News]:
        made: Records = {}
        inputs: list[ArticleInput] = []
        as_made = {*self.plan.writer.outputs.values()} - {*self.plan.corpus.makes, Article}
        for held in self._held:
            new = changed.get(held.article.id, {})
            merged = _all_of({**held.rows, **new})
            result = ArticleResult(held.article, merged)
            content = f"{held.article.id} {self._tries if new else held.of_try}"
            inputs.append(ArticleInput(held.article.id, content, partial(_loaded, result)))
            for kind in as_made:
                made.setdefault(kind, []).extend(merged.get(kind, ()))
        corpus = self.plan.corpus
        if corpus.update is not None:
            combined, news = merge_again(corpus.update, inputs, self._merged, before=before)
            return made | combined, news
        for record in corpus.combine(told.result() for told in inputs):
            made.setdefault(type(record), []).append(record)
        return made, News()

    def _changed_of_all(self, task: _Task) -> tuple[Changed, _AskedOf]:
        """Run stages on all articles, in as many processes as there are cores."""
        if not task.due & set(task.names):
            return {}, {}
        cores = min(os.cpu_count() or 1, len(self._held) // FEWEST + 1)
        # One article first, whatever it holds: so that the other processes need not import the
        # stages again, and a broken table is told.
        changed, asked = self._changed(self._held[:1], replace(task, words={}))
        tries = [Try(self._changed, self._held[n + 1 :: cores], task) for n in range(1, cores)]
        answers = [self._changed(self._held[1::cores], task), *(other.answer() for other in tries)]
        for more_changed, more_asked in answers:
            changed |= more_changed
            asked |= more_asked
        return changed, asked

    def _changed(self, share: Sequence[_Held], task: _Task) -> tuple[Changed, _AskedOf]:
        changed: Changed = {}
        asked: _AskedOf = {}
        for held in share:
            changed[held.article.id], told = self._changed_rows(held, task)
            if told:
                asked[held.article.id] = told
        return changed, asked

    def _changed_rows(self, held: _Held, task: _Task) -> tuple[dict[str, Rows], dict[str, Asked]]:
        rows = dict(held.rows)
        changed: dict[str, Rows] = {}
        told: dict[str, Asked] = {}
        for stage in self.plan.stages:
            due = task.is_due(stage.name, held) or changed.keys() & stage.needs
            if stage.name not in task.names or not due:
                continue
            made: dict[type[Record], list[Record]] = {}
            with noting() as asked:
                for row in stage.find(Case(held.article, held.doc, _needed(stage, rows))):
                    made.setdefault(type(row), []).append(row)
            if stage.keyed:
                told[stage.name] = asked_of(asked)
            if made != rows[stage.name]:
                rows[stage.name] = changed[stage.name] = made
        return changed, told


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


def _all_of(rows: Mapping[str, Rows]) -> dict[type[Record], Sequence[Record]]:
    """Return the rows of all stages together."""
    return {kind: found for each in rows.values() for kind, found in each.items()}


def _needed(stage: Stage, rows: Mapping[str, Rows]) -> dict[type[Record], Sequence[Record]]:
    return {kind: found for name in stage.needs for kind, found in rows[name].items()}


def _loaded(result: ArticleResult) -> Callable[[], ArticleResult]:
    return lambda: result


__all__ = ["Records", "Workbench"]
