"""Which stages an article still needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.config import Settings
from pipeline.fingerprint import code_digest, digest
from pipeline.plan import CorpusStage, Plan
from pipeline.stage import Stage
from pipeline.store import State


@dataclass(frozen=True)
class Need:
    """The stages to run on an article, and the fingerprints of all once they have run."""

    run: tuple[str, ...]
    fingerprints: Mapping[str, str]


class Freshness:
    """Compare what is stored with what the present code, tables and settings would make."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        parser = plan.parser
        self._parser = parser.name
        self._stages = plan.stages
        self._corpus = plan.corpus
        self._code = {
            parser.name: digest(
                parser.identity().model_dump_json(),
                code_digest(
                    parser.packages,
                    libraries=parser.libraries,
                    settings=settings.section(parser.name),
                ),
            )
        }
        parts: tuple[Stage | CorpusStage, ...] = (*plan.stages, plan.corpus)
        for stage in parts:
            self._code[stage.name] = _code_of(stage, settings)

    def need(self, state: State) -> Need:
        """Return the stages whose artefacts are missing or stale."""
        prints: dict[str, str] = {}
        self._print(self._parser, (), state, prints)
        for stage in self._stages:
            self._print(stage.name, (self._parser, *stage.needs), state, prints)
        stale = (name for name, made in prints.items() if state.fingerprints.get(name) != made)
        return Need(tuple(stale), prints)

    def forced(self, state: State, names: Iterable[str]) -> Need | None:
        """Return a need for the named stages, from upstream artefacts as they are stored.

        The fingerprints build on those stored, so that what was made from stale artefacts is
        stale itself. None where an upstream artefact is missing.
        """
        names = tuple(names)
        prints: dict[str, str] = {}
        for name in (self._parser, *(stage.name for stage in self._stages)):
            if name not in names:
                if name not in state.fingerprints:
                    return None
                prints[name] = state.fingerprints[name]
        for stage in self._stages:
            if stage.name in names:
                self._print(stage.name, (self._parser, *stage.needs), state, prints)
        return Need(names, prints)

    def _print(
        self, name: str, upstream: Iterable[str], state: State, prints: dict[str, str]
    ) -> None:
        made_from = (prints[needed] for needed in upstream)
        prints[name] = digest(self._code[name], state.content, *made_from)

    def is_complete(self, state: State) -> bool:
        """Tell whether every stage's artefact is there, stale or not."""
        return all(stage.name in state.fingerprints for stage in self._stages)

    @property
    def corpus_code(self) -> str:
        """The digest of the corpus stage's own code, tables and libraries."""
        return self._code[self._corpus.name]

    def corpus(self, states: Iterable[State]) -> str:
        """Return the fingerprint of the corpus stage over articles."""
        total = hashlib.sha256(self._code[self._corpus.name].encode())
        for state in states:
            total.update(digest(*corpus_inputs(self._corpus, state)).encode())
        return total.hexdigest()


def corpus_inputs(corpus: CorpusStage, state: State) -> Iterable[str]:
    """Yield what the corpus stage's result depends on of one article."""
    yield state.article_id
    yield from (state.fingerprints[name] for name in corpus.needs)


def dependants(plan: Plan, name: str) -> tuple[str, ...]:
    """Return an article stage's name and those of the stages that build on it, in order."""
    found = [name]
    for stage in plan.stages:
        if stage.name not in found and set(stage.needs) & set(found):
            found.append(stage.name)
    order: Callable[[str], int] = [stage.name for stage in plan.stages].index
    return tuple(sorted(found, key=order))


def _code_of(stage: Stage | CorpusStage, settings: Settings) -> str:
    return code_digest(
        stage.packages, libraries=stage.libraries, settings=settings.section(stage.name)
    )
