"""The commands that hold records against others, or tell of the program itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import DEFAULT_OUTPUT, AsJson, Output, app, examples


class RecordName(StrEnum):
    """A record whose schema can be printed."""

    article = "article"
    entity = "entity"
    date = "date"
    visit = "visit"
    upgrade = "upgrade"
    manifest = "manifest"


class PartName(StrEnum):
    """A part of the gold labels."""

    dev = "dev"
    test = "test"


class ExportName(StrEnum):
    """A form in which the records can be written for others."""

    colt = "colt"


@app.command(
    epilog=examples(
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
    epilog=examples(
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
    epilog=examples(
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
    epilog=examples(
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
    epilog=examples(
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
