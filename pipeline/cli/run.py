"""`communique run`."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from pipeline.cli.program import EXIT_SOME_REJECTED, say
from pipeline.cli.progress import progress_bar
from pipeline.cli.rejects import name_rejects
from pipeline.config import Settings
from pipeline.progress import Progress
from pipeline.readers import READERS
from pipeline.readers.known import KnownFiles
from pipeline.readers.remote import is_remote
from pipeline.readers.stamp import input_stamp
from pipeline.readers.walk import is_there, list_files
from pipeline.runner import RunReport, run
from pipeline.stages import build_stages

STDIN = "-"


def run_inputs(
    inputs: Sequence[str], output: Path, settings: Settings, *, show_progress: bool
) -> int:
    """Run on inputs, print a summary, and return the exit status."""
    for path in inputs:
        if path != STDIN and not is_remote(path) and not is_there(path):
            raise typer.BadParameter(f"{path} does not exist", param_hint="INPUT")
        if path != STDIN and _is_inside(output.resolve(), path):
            raise typer.BadParameter(_inside(path, output), param_hint="INPUT")
    files = list_files(inputs, suffixes=READERS)
    before = _articles_in(output)
    with progress_bar(show=show_progress) as progress:
        if settings.run.engine == "ray":
            from pipeline.distributed.run import run_distributed

            inside = output.resolve()
            outside = [path for path in files if not _is_inside(inside, path)]
            report = run_distributed(build_stages, settings, output, outside, progress=progress)
        else:
            report = _run_local(files, output, settings, progress)
    name_rejects(report.rejects)
    for line in summary(report):
        print(line)
    if before and not report.manifest.input.read:
        say(
            f"warning: the tables in {output} held {before:,} article{'s' * (before > 1)} before "
            "and are empty now. Is a disk not mounted? The same call with the articles there "
            "brings all back, and parses none again"
        )
    return EXIT_SOME_REJECTED if report.rejects else 0


def _inside(path: str, output: Path) -> str:
    where = "is" if output.resolve() == Path(os.path.realpath(path)) else "lies in"
    return (
        f"{path} {where} the output folder {output}, in which no articles are looked for: name "
        "another folder with -o"
    )


def _articles_in(output: Path) -> int:
    """Return how many articles the tables of an earlier run hold, as far as it can be told."""
    try:
        counts = json.loads((output / "manifest.json").read_bytes())["input"]
        return int(counts["done"]) + int(counts["unchanged"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _run_local(
    files: Sequence[str], output: Path, settings: Settings, progress: Progress
) -> RunReport:
    options = settings.ingest
    inside = output.resolve()
    # `communique run .` does not read its own results.
    outside = [path for path in files if not _is_inside(inside, path)]
    stamp = input_stamp(outside, (options.model_dump_json(), inside))
    known = KnownFiles(outside, options.published, options.max_characters)
    return run(build_stages, settings, output, known, stamp=stamp, progress=progress)


def _is_inside(folder: Path, path: str) -> bool:
    # `Path.resolve` raises for links that lead round.
    return not is_remote(path) and Path(os.path.realpath(path)).is_relative_to(folder)


def summary(report: RunReport) -> Iterator[str]:
    """Yield what a run did and where its files are, line by line."""
    counts, folder = report.manifest.input, report.folder
    yield (
        f"Read {counts.read:,} article{'' if counts.read == 1 else 's'}: {counts.done:,} done, "
        f"{counts.unchanged:,} unchanged, {counts.rejected:,} rejected."
    )
    yield _parsed(report)
    yield "Records: " + ", ".join(f"{n:,} {table}" for table, n in report.records.items()) + "."
    if report.rejects:
        reasons = Counter(reject.reason for reject in report.rejects)
        listed = ", ".join(f"{reason} {n:,}" for reason, n in sorted(reasons.items()))
        yield f"Rejected: {listed} (see {folder / 'rejects.json'})."
    written = {Path(name).suffix for name in report.manifest.files}
    forms = ".json, .csv and .parquet" if ".parquet" in written else ".json and .csv"
    yield f"Files: {folder}/ holds {', '.join(report.records)} as {forms}; manifest.json."
    if not counts.read:
        say(f"no article was found in the inputs ({folder} holds empty tables)")
    elif counts.read == counts.rejected:
        yield f"Next: communique inspect rejects -o {folder}"
    else:
        yield f"Next: communique inspect visits -o {folder}, or communique report -o {folder}"


def _parsed(report: RunReport) -> str:
    parsed = report.manifest.stages[1].run
    if not parsed:
        again = report.manifest.input.done
        return f"No article was parsed{'; stages ran again' if again else ': nothing is new'}."
    return f"Parsed {parsed:,} with {report.manifest.model.name} {report.manifest.model.version}."
