"""The commands, their options and help."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.program import Program

#: The command's name, for `--help` and messages.
NAME = "communique"

app = typer.Typer(
    name=NAME,
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Read news articles; find who visited whom, and which relations between countries "
    "were raised, with the sentence behind each record.",
)


class StageName(StrEnum):
    """A stage that can be run again."""

    entities = "entities"
    dates = "dates"
    visits = "visits"
    upgrades = "upgrades"
    normalize = "normalize"
    write = "write"


class TableName(StrEnum):
    """A table that can be looked at."""

    articles = "articles"
    entities = "entities"
    dates = "dates"
    visits = "visits"
    upgrades = "upgrades"
    ledger = "ledger"
    conflicts = "conflicts"
    relations = "relations"
    rejects = "rejects"


class RecordName(StrEnum):
    """A record whose schema can be printed."""

    article = "article"
    entity = "entity"
    date = "date"
    visit = "visit"
    upgrade = "upgrade"
    manifest = "manifest"


class EngineName(StrEnum):
    """What works off the articles."""

    local = "local"
    ray = "ray"


class PartName(StrEnum):
    """A part of the gold labels."""

    dev = "dev"
    test = "test"


class ExportName(StrEnum):
    """A form in which the records can be written for others."""

    colt = "colt"


Output = Annotated[
    Path,
    typer.Option("-o", "--output", help="Folder of the results.", file_okay=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]
DEFAULT_OUTPUT = Path("outputs")


def _examples(*calls: str) -> str:
    # Typer sets each paragraph of an epilog on a line of its own.
    return "\n\n".join(("Examples:", *calls))


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"{NAME} {version(NAME)}")
        raise typer.Exit


@app.callback()
def settle(
    *,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell more on standard error.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Set up messages for every command."""
    from pipeline.cpu import prepare

    prepare()
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format=f"{NAME}: %(message)s",
        force=True,
    )


@app.command(
    epilog=_examples(
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
    epilog=_examples(
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

    Works from the stored artefacts of the stages before it: nothing is parsed again.
    """
    from pipeline.config import load_settings

    if watch:
        from pipeline.cli.watch import watch_stage

        watch_stage(name.value, output, load_settings(), article_id=article, gold=gold)
        return
    from pipeline.cli.rerun import rerun_stage

    code = rerun_stage(
        name.value, output, load_settings(), article_id=article, show_progress=not no_progress
    )
    raise typer.Exit(code)


@app.command(
    epilog=_examples(
        "communique inspect",
        "communique inspect visits --country VNM --status planned --since 2024-05",
        "communique inspect visits visit-0123456789ab",
        "communique inspect upgrades --level strategic --text Hanoi --json",
        "communique inspect articles article-0123456789ab",
    )
)
def inspect(
    table: Annotated[
        TableName | None, typer.Argument(metavar="[TABLE]", help="Which records to list.")
    ] = None,
    record_id: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Show this one in full (its id, or how it begins)."),
    ] = None,
    *,
    output: Output = DEFAULT_OUTPUT,
    country: Annotated[
        str | None,
        typer.Option(
            help="Only records of this party (code, or name of a country).", metavar="CODE"
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Only those that name this person.", metavar="NAME")
    ] = None,
    status: Annotated[
        str | None, typer.Option(help="Only of this status (planned, completed …).", metavar="WORD")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only from this day, month or year on.", metavar="DATE")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only up to this day, month or year.", metavar="DATE")
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(help="Only upgrades to a level with these words.", metavar="WORDS"),
    ] = None,
    article: Annotated[
        str | None, typer.Option(help="Only what this article tells.", metavar="ID")
    ] = None,
    confidence: Annotated[
        float | None, typer.Option(help="Only from this confidence on.", min=0, max=1)
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="Only those that hold all these words.", metavar="WORDS")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="Show so many at most.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """Look at the records of a run: totals, a table, or one record with its sentences.

    Options that narrow the table may be combined.
    """
    from pipeline.cli.inspect import show
    from pipeline.cli.select import Filters

    filters = Filters(
        country=country,
        person=person,
        status=status,
        since=since,
        until=until,
        level=level,
        article=article,
        confidence=confidence,
        text=text,
    )
    table_name = table.value if table else None
    show(table_name, record_id, output, filters=filters, most=limit, as_json=as_json)


@app.command(
    epilog=_examples(
        "communique why article-0123456789ab",
        "communique why article-0123456789ab --text Hanoi",
        "communique why story.txt --all",
    )
)
def why(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", help="An article's id (or how it begins), a text file, or -."
        ),
    ],
    *,
    output: Output = DEFAULT_OUTPUT,
    text: Annotated[
        str | None, typer.Option(help="Only sentences that hold these words.", metavar="WORDS")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also the sentences that hold no trigger.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say why an article gave the visits and upgrades that it gave, and no others.

    Each sentence with a word that may tell of a visit or an upgrade is shown with what was read
    from it, kept or dropped, by which rule and why. A text file, or standard input (-), is read
    and parsed first.
    """
    from pipeline.cli.why import explain_article
    from pipeline.config import load_settings

    explain_article(article, output, load_settings(), text=text, every=every, as_json=as_json)


@app.command(
    epilog=_examples(
        "communique report -o results",
    )
)
def report(*, output: Output = DEFAULT_OUTPUT) -> None:
    """Write report.html into the output folder: one page that needs nothing else."""
    from pipeline.cli.report import write_report

    write_report(output)


@app.command(
    epilog=_examples(
        "communique serve -o results",
        "communique serve --port 8123 --open",
    )
)
def serve(
    *,
    output: Output = DEFAULT_OUTPUT,
    host: Annotated[
        str, typer.Option(help="Address to listen on; by default this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8001,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Browse all records in Datasette: facets, full-text search, queries. An extra.

    Read-only, and answers this machine alone unless --host says otherwise.
    """
    from pipeline.cli.serve import serve_folder

    serve_folder(output, host=host, port=port, open_browser=open_browser)


@app.command(
    epilog=_examples(
        "communique evaluate corpus/gold",
        "communique evaluate corpus/gold --part test --misses",
        "communique evaluate --timeml timebank/",
    )
)
def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD", help="Folder of gold labels.")
    ] = None,
    *,
    output: Output = DEFAULT_OUTPUT,
    part: Annotated[PartName | None, typer.Option(help="Score this part alone.")] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List every miss and false find.")
    ] = False,
    timeml: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Score the dates stage on .tml files instead."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold the records of a run against gold labels: precision, recall, F1, and the misses."""
    from pipeline.cli.evaluate import score_gold, score_timeml

    if (gold is None) == (timeml is None):
        raise typer.BadParameter("give either a GOLD folder or --timeml FOLDER")
    if gold is not None:
        score_gold(gold, output, part=part.value if part else None, misses=misses, as_json=as_json)
    elif timeml is not None:
        score_timeml(timeml, misses=misses, as_json=as_json)


@app.command(
    epilog=_examples(
        "communique export colt -o trips.csv",
        "communique export colt --run results -o trips.csv",
    )
)
def export(
    form: Annotated[ExportName, typer.Argument(metavar="FORM", help="colt")],
    *,
    file: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")
    ],
    results: Annotated[
        Path, typer.Option("--run", metavar="FOLDER", help="Folder of the results.")
    ] = DEFAULT_OUTPUT,
) -> None:
    """Write trips in the columns of COLT, the Country and Organizational Leader Travel data.

    Trips that were made by heads of state and government, ministers of foreign affairs, defence
    and finance, crown princes and heads of organizations; cells that no article supports are
    left empty.
    """
    from pipeline.cli.colt import export_colt

    assert form is ExportName.colt
    export_colt(results, file)


@app.command(
    epilog=_examples(
        "communique compare trips.csv",
        "communique compare trips.csv -o results --json",
    )
)
def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table in COLT's columns.")],
    *,
    output: Output = DEFAULT_OUTPUT,
    as_json: AsJson = False,
) -> None:
    """Hold a table of trips against those of a run.

    Says which trips only one of the two has, which dates differ and by how many days, where
    visitor and host are swapped, and what is listed a month away.
    """
    from pipeline.cli.colt import compare_trips

    compare_trips(file, output, as_json=as_json)


@app.command(
    epilog=_examples(
        "communique schema visit > visit.schema.json",
    )
)
def schema(
    record: Annotated[RecordName, typer.Argument(metavar="RECORD", help="Which record.")],
) -> None:
    """Print the JSON Schema of a record."""
    from pipeline.cli.schema import print_schema

    print_schema(record.value)


@app.command(
    epilog=_examples(
        "communique doctor",
    )
)
def doctor(
    *,
    model: Annotated[
        str | None, typer.Option(help="The spaCy pipeline to check.", metavar="NAME")
    ] = None,
) -> None:
    """Say what is installed, what is missing, and the command that brings it."""
    from pipeline.cli.doctor import print_findings
    from pipeline.config import load_settings

    settings = load_settings(parse={"model": model})
    raise typer.Exit(print_findings(settings.parse.model))


def _reflow(text: str) -> str:
    """Join a docstring's wrapped lines: the screen wraps them as it needs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


for _command in app.registered_commands:
    if _command.callback is not None:
        _command.help = _reflow(_command.callback.__doc__ or "")


def main() -> None:
    """Run the program."""
    app()
