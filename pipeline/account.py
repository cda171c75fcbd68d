"""What a run did, stage by stage, and the manifest made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from models import Manifest
from models.manifest import InputCount, Program, StageCount
from pipeline.config import Settings
from pipeline.fingerprint import library_version
from pipeline.plan import Plan

PROGRAM = "communique"


@dataclass
class Account:
    """Counts by stage name: artefacts made and kept, seconds, rows held."""

    ran: Counter[str] = field(default_factory=Counter)
    fresh: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def spend(self, name: str, seconds: float) -> None:
        """Add to the time that a stage took."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add the block's time to a stage's."""
        start = perf_counter()
        try:
            yield
        finally:
            self.spend(name, perf_counter() - start)

    def stage(self, name: str) -> StageCount:
        """Return a stage's line of the manifest."""
        return StageCount(
            name=name,
            records=self.records[name],
            seconds=round(self.seconds.get(name, 0.0), 3),
            fresh=self.fresh[name],
            run=self.ran[name],
        )


def manifest(
    plan: Plan,
    settings: Settings,
    *,
    account: Account,
    counts: InputCount,
    files: Mapping[str, str],
    first: str,
) -> Manifest:
    """Return the account of a run; `first` is the name under which reading stands."""
    names = (first, *stage_names(plan))
    return Manifest(
        program=Program(name=PROGRAM, version=library_version(PROGRAM)),
        model=plan.parser.identity(),
        libraries={name: library_version(name) for name in sorted(_libraries(plan))},
        settings=settings.model_dump(mode="json"),
        input=counts,
        stages=tuple(account.stage(name) for name in names),
        files=dict(sorted(files.items())),
    )


def stage_names(plan: Plan) -> Iterable[str]:
    """Return the names of a plan's parts, in order."""
    articles = (stage.name for stage in plan.stages)
    return (plan.parser.name, *articles, plan.corpus.name, plan.writer.name)


def _libraries(plan: Plan) -> set[str]:
    stages = (name for stage in plan.stages for name in stage.libraries)
    return {"pydantic", *plan.parser.libraries, *stages, *plan.corpus.libraries}
