"""Which stages an article still needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from pipeline.config import Settings
from pipeline.fingerprint import code_digest, digest
from pipeline.plan import CorpusStage, Plan
from pipeline.stage import Stage
from pipeline.store import State, Summary


def fingerprint(code: str, content: str, upstream: Iterable[str]) -> str:
    """Return the fingerprint of what a stage makes of an article.

    Args:
        code: digest of the stage's code, tables, libraries and settings.
        content: digest of the article.
        upstream: digests of the artefacts that the stage reads; a stage above that makes the same
            as before leaves those below it fresh, whatever became of its code.
    """
    return digest(code, content, *upstream)


@dataclass(frozen=True)
class Prints:
    """What tells whether the stored artefacts of one article are fresh.

    Args:
        code: by part, the digest of its code.
        content: digest of the article.
        stored: by part, the fingerprint and the content's digest of the stored artefact.
    """

    code: Mapping[str, str]
    content: str
    stored: Mapping[str, tuple[str, str]]

    def of(self, name: str, upstream: Iterable[str]) -> str:
        """Return the fingerprint of a part, given the digests of what it reads."""
        return fingerprint(self.code[name], self.content, upstream)


@dataclass(frozen=True)
class Tables:
    """A stage's keyed tables: their texts by name, and the digest of all its code but these."""

    rest: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Need:
    """The parts that may have to run on an article, in order.

    Args:
        run: each runs unless what it reads turns out to be as it was.
        forced: those of them that run in any case.
    """

    run: tuple[str, ...]
    prints: Prints
    forced: tuple[str, ...] = ()


class Freshness:
    """Compare what is stored with what the present code, tables and settings would make."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        parser = plan.parser
        self._stages = plan.stages
        #: Which parts each one reads, in the order in which they run.
        self._reads: dict[str, tuple[str, ...]] = {parser.name: ()}
        self._reads |= {stage.name: (parser.name, *stage.needs) for stage in plan.stages}
        self._corpus = plan.corpus
        sums: dict[str, str] = {}
        self._code = {
            parser.name: digest(
                parser.identity().model_dump_json(),
                code_digest(
                    parser.packages,
                    libraries=parser.libraries,
                    settings=settings.section(parser.name),
                    sums=sums,
                ),
            )
        }
        parts: tuple[Stage | CorpusStage, ...] = (*plan.stages, plan.corpus)
        for part in parts:
            if not getattr(part, "keyed", ()):
                self._code[part.name] = _code_of(part, settings, sums)
        #: By stage, the tables of which articles that hold no word of a changed row read nothing.
        self.tables: dict[str, Tables] = {}
        for stage in plan.stages:
            if stage.keyed:
                tables = _tables_of(stage, settings, sums)
                self.tables[stage.name] = tables
                self._code[stage.name] = digest(tables.rest, *sorted(tables.texts.values()))
        # Finished records tell which model they are of, even where another one finds the same.
        model = parser.identity()
        self._code[plan.corpus.name] = digest(
            self._code[plan.corpus.name], model.name, model.version
        )

    @property
    def parts(self) -> Collection[str]:
        """The parser's and the article stages' names."""
        return self._reads.keys()

    @cached_property
    def code(self) -> str:
        """A digest over the code of all parts that make records."""
        return digest(*sorted(self._code.values()))

    def code_of(self, name: str) -> str:
        """Return the digest of a part's code."""
        return self._code[name]

    def made(self, state: State, name: str, *, code: str | None = None) -> str | None:
        """Return the fingerprint of what a stage would make of what is stored of an article.

        Args:
            code: digest of other code than the present one.
        """
        contents = [state.contents.get(part) for part in self._reads[name]]
        known = [content for content in contents if content is not None]
        if len(known) < len(contents):
            return None
        return fingerprint(code or self._code[name], state.content, known)

    def need(self, state: State) -> Need:
        """Return the parts whose artefacts are missing or stale, with those that read them."""
        prints = self._prints(state)
        run: list[str] = []
        for name, reads in self._reads.items():
            if set(reads) & set(run):
                run.append(name)
                continue
            if self._is_stale(state, name):
                run.append(name)
        return Need(tuple(run), prints)

    def again(
        self, state: State, name: str, dependants: Iterable[str], *, forced: bool
    ) -> Need | None:
        """Return a need to run a stage from upstream artefacts as they are stored.

        What was made from stale artefacts is stale itself once these are made anew, if that makes
        a difference. None where an upstream artefact is missing.

        Args:
            dependants: the stage and those that build on it.
            forced: whether the stage runs where just what it reads made what is stored, too; else
                nothing runs where that is so of all of them.
        """
        run, prints = tuple(dependants), self._prints(state)
        if any(part not in run and part not in state.fingerprints for part in self._reads):
            return None
        if forced:
            return Need(run, prints, forced=(name,))
        return Need(run if any(self._is_stale(state, part) for part in run) else (), prints)

    def _is_stale(self, state: State, name: str) -> bool:
        """Tell whether an artefact was not made of what is stored, or of other code."""
        made = self.made(state, name)
        return made is None or state.fingerprints.get(name) != made

    def _prints(self, state: State) -> Prints:
        made = state.fingerprints.items()
        return Prints(
            code=self._code,
            content=state.content,
            stored={name: (print_, state.contents[name]) for name, print_ in made},
        )

    def is_complete(self, state: State) -> bool:
        """Tell whether every stage's artefact is there, stale or not."""
        return all(stage.name in state.fingerprints for stage in self._stages)

    @property
    def corpus_code(self) -> str:
        """The digest of the corpus stage's own code, tables and libraries, and of the model."""
        return self._code[self._corpus.name]

    def corpus(self, summaries: Iterable[Summary]) -> str:
        """Return the fingerprint of the corpus stage over articles."""
        total = hashlib.sha256(self._code[self._corpus.name].encode())
        for summary in summaries:
            total.update(summary.merging.encode())
        return total.hexdigest()

    def summary(self, state: State) -> Summary:
        """Return an article that every stage has done in short."""
        contents = state.contents
        return Summary(
            article_id=state.article_id,
            merging=digest(
                state.article_id, state.content, *(contents[name] for name in self._corpus.needs)
            ),
            whole=digest(state.digest, *sorted(contents.values())),
        )


def dependants(plan: Plan, name: str) -> tuple[str, ...]:
    """Return an article stage's name and those of the stages that build on it, in order."""
    found = [name]
    for stage in plan.stages:
        if stage.name not in found and set(stage.needs) & set(found):
            found.append(stage.name)
    order: Callable[[str], int] = [stage.name for stage in plan.stages].index
    return tuple(sorted(found, key=order))


def _code_of(stage: Stage | CorpusStage, settings: Settings, sums: dict[str, str]) -> str:
    return code_digest(
        stage.packages,
        libraries=stage.libraries,
        settings=settings.section(stage.name),
        sums=sums,
    )


def _tables_of(stage: Stage, settings: Settings, sums: dict[str, str]) -> Tables:
    paths = {table.name: Path(str(files(table.package) / table.file)) for table in stage.keyed}
    rest = code_digest(
        stage.packages,
        libraries=stage.libraries,
        settings=settings.section(stage.name),
        without={*paths.values()},
        sums=sums,
    )
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    return Tables(rest, texts)
