"""The commands that make records: run, stage."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import DEFAULT_OUTPUT, NoProgress, Output, app, examples


class StageName(StrEnum):
    """A stage that can be run again."""

    entities = "entities"
    dates = "dates"
    visits = "visits"
    upgrades = "upgrades"
    normalize = "normalize"
    write = "write"


class EngineName(StrEnum):
    """What works off the articles."""

    local = "local"
    ray = "ray"


@app.command(
    epilog=examples(
        "communique run articles/",
        "communique run a.jsonl b.html -o results --workers 2",
        "cat story.txt | communique run - --published 2024-08-19",
    )
)
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files or folders of articles (.txt .md .html .htm .json .jsonl .csv .parquet, "
            "each also .gz); - reads standard input.",
        ),
    ],
    *,
    output: Output = DEFAULT_OUTPUT,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes that share the articles.")
    ] = None,
    engine: Annotated[
        EngineName | None, typer.Option(help="local, or ray for a cluster (an extra).")
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(
            help="Where the ray engine keeps its blocks: a folder or path that all machines reach.",
            metavar="PATH",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="An installed spaCy pipeline.", metavar="NAME")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(help="Date of articles that carry none of their own.", metavar="DATE"),
    ] = None,
    parquet: Annotated[
        bool | None, typer.Option("--parquet", help="Write each table as Parquet too.")
    ] = None,
    no_progress: NoProgress = False,
) -> None:
    """Read articles, find records, write them.

    What an earlier run into the same folder has done is not done again, and a run that was
    interrupted goes on where it stopped. The folder then holds the records of just these inputs.

    Exit status: 0 all articles done; 1 some were rejected; 2 the call is wrong; 130 interrupted.
    """
    from pipeline.cli.run import run_inputs
    from pipeline.config import load_settings

    settings = load_settings(
        ingest={"published": published},
        parse={"model": model},
        run={
            "workers": workers,
            "engine": engine.value if engine else None,
            "storage": storage,
        },
        write={"parquet": parquet},
    )
    raise typer.Exit(run_inputs(inputs, output, settings, show_progress=not no_progress))


@app.command(
    epilog=examples(
        "communique stage visits",
        "communique stage dates --article article-0123456789ab",
        "communique stage visits --watch",
        "communique stage write -o results",
    )
)
def stage(
    name: Annotated[StageName, typer.Argument(metavar="STAGE", help="The stage to run again.")],
    *,
    output: Output = DEFAULT_OUTPUT,
    article: Annotated[
        str | None, typer.Option(help="Run it on this article alone.", metavar="ID")
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Also on articles for which neither code nor rows changed."),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Run again whenever code or tables change; write nothing."),
    ] = False,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Gold labels, on whose dev part --watch tells F1 (default corpus/gold).",
        ),
    ] = None,
    no_progress: NoProgress = False,
) -> None:
    """Run a stage again, with those that build on it, and print what changed.

    Works from the stored artefacts of the stages before it: nothing is parsed again. Where these
    and the stage's code, tables and libraries are as they were, what is stored is the answer.
    """
    from pipeline.config import load_settings

    if watch:
        from pipeline.cli.watch import watch_stage

        watch_stage(name.value, output, load_settings(), article_id=article, gold=gold)
        return
    if gold is not None:
        raise typer.BadParameter("labels are looked at with --watch only", param_hint="--gold")
    from pipeline.cli.rerun import rerun_stage

    code = rerun_stage(
        name.value,
        output,
        load_settings(),
        article_id=article,
        again=again,
        show_progress=not no_progress,
    )
    raise typer.Exit(code)
