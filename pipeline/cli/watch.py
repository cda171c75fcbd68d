"""`communique stage STAGE --watch`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from models import DateExpression, Entity, Upgrade, Visit
from pipeline.changes import Changes
from pipeline.cli.program import say
from pipeline.cli.rerun import change_lines
from pipeline.cli.screen import clean
from pipeline.config import Settings
from pipeline.errors import ConfigError, PipelineError
from pipeline.evaluation import score
from pipeline.evaluation.found import AnyRecord, Found, arrange
from pipeline.evaluation.gold import GoldArticle, load_gold
from pipeline.evaluation.report import MEASURES
from pipeline.package_files import files_of
from pipeline.stages import build_stages
from pipeline.workbench import Records, Workbench

#: Gold that is used where none is named.
GOLD = Path("corpus/gold")
#: The part of gold on which rules may be written.
PART = "dev"
#: How often files are looked at, in seconds.
PAUSE = 0.15
#: The measures that a stage's change is told in.
TOLD: Mapping[str, tuple[str, ...]] = {
    "entities": ("persons.", "countries.", "visits.", "upgrades."),
    "dates": ("dates.", "visits.", "upgrades."),
    "visits": ("visits.", "upgrades."),
    "upgrades": ("upgrades.",),
    "normalize": ("visits.", "upgrades.", "persons."),
}

Scores = dict[str, float]


def watch_stage(
    name: str, output: Path, settings: Settings, *, article_id: str | None, gold: Path | None
) -> None:
    """Run a stage again whenever its code or tables change, until interrupted.

    Raises:
        PipelineError: the folder holds no finished run, or the stage cannot be watched.
    """
    watcher = Watcher(name, output, settings, article_id=article_id, gold=gold)
    with suppress(KeyboardInterrupt):
        watcher.start()
        while True:
            watcher.wait()
            watcher.again()
    say(f"nothing was written: `communique stage {name} -o {output}` does")


class Watcher:
    """Tries a stage on the articles at hand, and tells what the last change did."""

    def __init__(
        self,
        name: str,
        output: Path,
        settings: Settings,
        *,
        article_id: str | None,
        gold: Path | None,
    ) -> None:
        self.name = name
        self.bench = Workbench(build_stages, settings, output, article_id=article_id)
        self.stages = self.bench.stages(name)
        self.packages = self.bench.packages(name)
        self.golds = self._gold(gold)
        self.files = files_of(self.packages)
        #: Files that changed since the last try that was not broken, and whether there was one.
        self.changed: set[Path] = set()
        self.tried = False
        self.records: Records = {}
        self.first: Scores = {}
        self.scores: Scores = {}

    def _gold(self, folder: Path | None) -> Sequence[GoldArticle]:
        if folder is not None and not folder.is_dir():
            raise ConfigError(f"{folder} is no folder of gold labels")
        if folder is None and not GOLD.is_dir():
            return ()
        names = {name for article in self.bench.articles for name in Found(article).names}
        return [gold for gold in load_gold(folder or GOLD, part=PART) if gold.article in names]

    def start(self) -> None:
        """Run the stage as the code is now, and tell how that differs from what is stored."""
        above = self.bench.stale - set(self.stages)
        if above:
            say(f"made by other code: {', '.join(sorted(above))}; `communique run` brings them up")
        self.bench.warm()
        began = time.perf_counter()
        try:
            self.records = self.bench.run(self.stages, self.bench.stored)
        except PipelineError as error:
            print(clean(f"broken: {error}"), flush=True)
            self.records = dict(self.bench.stored)
        else:
            self.tried = True
            changes = Changes()
            for kind in self.bench.plan.corpus.makes:
                changes.compare(kind, self.bench.stored[kind], self.records.get(kind, ()))
            # Of one article alone, nothing is merged as it is in the store.
            if len(changes) and len(self.bench.articles) > 1:
                print(f"{len(changes)} records are not as they are stored; from here:", flush=True)
        self.first = self.scores = self._scores()
        seconds = time.perf_counter() - began
        count = len(self.bench.articles)
        print(f"Watching {self.name} over {count:,} articles ({seconds:.1f} s a try).", flush=True)
        for line in self._score_lines():
            print(line, flush=True)
        self.bench.warm_readings(self.stages)

    def wait(self) -> None:
        """Wait until a file of the stage's packages changes."""
        while True:
            seen = files_of(self.packages)
            if seen != self.files:
                # An editor may write in steps: a moment's rest makes a whole file of it.
                time.sleep(PAUSE / 3)
                self.changed |= {
                    path for path in {*seen, *self.files} if seen.get(path) != self.files.get(path)
                }
                self.files = files_of(self.packages)
                return
            time.sleep(PAUSE)

    def again(self) -> None:
        """Try the stage again, and print what the change did."""
        began = time.perf_counter()
        names = ", ".join(sorted(f"{path.parent.name}/{path.name}" for path in self.changed))
        print(f"\n== {names}", flush=True)
        try:
            records = self.bench.run(
                self.stages, self.records, changed=self.changed, everything=not self.tried
            )
        except PipelineError as error:
            print(clean(f"broken: {error}"), flush=True)
            return
        self.changed, self.tried = set(), True
        changes = Changes()
        for kind in dict.fromkeys((*records, *self.records)):
            changes.compare(kind, self.records.get(kind, ()), records.get(kind, ()))
        before, self.records = self.scores, records
        self.scores = self._scores()
        for line in change_lines(self.name, changes):
            print(line)
        for line in self._score_lines(before):
            print(line)
        print(f"({time.perf_counter() - began:.1f} s)", flush=True)

    def _scores(self) -> Scores:
        if not self.golds:
            return {}
        tally = score(self.golds, self._found()).tallies[PART]
        wanted = TOLD[self.name]
        return {name: tally.scores[name].f1 for name in MEASURES if name.startswith(wanted)}

    def _found(self) -> tuple[Found, ...]:
        return arrange(
            self.bench.articles,
            entities=self._of(Entity),
            dates=self._of(DateExpression),
            visits=self._of(Visit),
            upgrades=self._of(Upgrade),
        )

    def _of(self, kind: type[AnyRecord]) -> list[AnyRecord]:
        return [record for record in self.records.get(kind, ()) if isinstance(record, kind)]

    def _score_lines(self, before: Scores | None = None) -> Iterator[str]:
        for name, value in self.scores.items():
            told = f"F1 {MEASURES[name]} ({PART}): {value:.3f}"
            if before is not None:
                told += f" ({value - before[name]:+.3f}; {value - self.first[name]:+.3f} in all)"
            yield told


__all__ = ["Watcher", "watch_stage"]
