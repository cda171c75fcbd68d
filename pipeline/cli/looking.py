"""The commands that show records: inspect, why, report, serve."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipeline.cli.app import DEFAULT_OUTPUT, AsJson, Output, app, examples


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


@app.command(
    epilog=examples(
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
    epilog=examples(
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
    epilog=examples(
        "communique report -o results",
    )
)
def report(*, output: Output = DEFAULT_OUTPUT) -> None:
    """Write report.html into the output folder: one page that needs nothing else."""
    from pipeline.cli.report import write_report

    write_report(output)


@app.command(
    epilog=examples(
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
