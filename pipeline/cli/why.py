"""`communique why`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from models import Visit
from pipeline.cli.describe import describe
from pipeline.cli.program import say
from pipeline.cli.screen import clean, clean_json, console
from pipeline.config import Settings
from pipeline.errors import StoreError
from pipeline.explain import Explanation, Sentence, Step, explain_stored, explain_text
from pipeline.reference.fold import fold
from pipeline.rule_rows import find_rules

STDIN = "-"
_MARKS: Mapping[str, tuple[str, str]] = {
    "kept": ("✓ kept", "bold green"),
    "dropped": ("✗ dropped", "bold red"),
    "silent": ("· nothing", "dim"),
    "found": ("  read", ""),
}


def explain_article(
    article: str,
    output: Path,
    settings: Settings,
    *,
    text: str | None,
    every: bool,
    as_json: bool,
) -> None:
    """Print why an article, by id or from a file, gave what it gave.

    Raises:
        StoreError: there is no such article.
        BadParameter: it is a folder.
    """
    explanation = _explained(article, output, settings)
    sentences = [each for each in explanation.sentences if _holds(each, text)]
    if explanation.stale:
        say(f"the records in {output} were made by other code: `communique run` makes them anew")
    if explanation.more:
        say(f"{article} holds more articles, of which this explains the first")
    if as_json:
        values = _as_json(explanation, sentences)
        print(clean_json(json.dumps(values, indent=1, ensure_ascii=False)))
        return
    screen = console()
    told = [each for each in sentences if each.triggers]
    screen.print(Text(describe(explanation.article), style="bold"))
    screen.print(Text(f"{explanation.article.id}: {_totals(explanation)}"))
    for sentence in sentences if every else told:
        _print_sentence(screen, sentence)
    silent = len(sentences) - len(told)
    if silent and not every:
        screen.print(
            f"\n{silent} sentence{'s hold' if silent > 1 else ' holds'} no word that may tell of a "
            "visit or an upgrade (--all shows them)"
        )


def _explained(article: str, output: Path, settings: Settings) -> Explanation:
    if article == STDIN or Path(article).is_file():
        return explain_text(article, settings)
    if Path(article).is_dir():
        problem = f"{article} is a folder: name one text file, or the id of an article of a run"
        raise typer.BadParameter(problem, param_hint="ARTICLE")
    try:
        return explain_stored(output, settings, article)
    except StoreError as error:
        raise StoreError(f"{error}; and no file is called so") from error


def _holds(sentence: Sentence, words: str | None) -> bool:
    told = fold.__wrapped__(sentence.text)
    return words is None or all(word in told for word in fold(words).split())


def _totals(explanation: Explanation) -> str:
    kept = explanation.kept
    visits = sum(isinstance(record, Visit) for record in kept)
    upgrades = len(kept) - visits
    return (
        f"{visits} visit{'' if visits == 1 else 's'} and "
        f"{upgrades} upgrade{'' if upgrades == 1 else 's'} in it"
    )


def _print_sentence(screen: Console, sentence: Sentence) -> None:
    screen.print(Text(f"\n{sentence.start}–{sentence.end}", style="dim"))
    made, at = Text(), sentence.start
    for trigger in sentence.triggers:
        made.append(clean(sentence.text[at - sentence.start : trigger.start - sentence.start]))
        words = sentence.text[trigger.start - sentence.start : trigger.end - sentence.start]
        made.append(f"[{clean(words)}]", style="bold underline")
        at = trigger.end
    made.append(clean(sentence.text[at - sentence.start :]))
    screen.print(made)
    if not sentence.triggers:
        screen.print(Text("   · no word that may tell of a visit or an upgrade", style="dim"))
    for trigger in sentence.triggers:
        for step in trigger.steps:
            _print_step(screen, trigger.text, step)


def _print_step(screen: Console, word: str, step: Step) -> None:
    mark, style = _MARKS[step.fate]
    head = Text(f"{mark:<10}", style=style)
    rows = find_rules(f"pipeline.stages.{step.stage}", step.rule)
    where = f" ({', '.join(row.file for row in rows)})" if rows else ""
    head.append(clean(f"“{word}” {step.stage} rule {step.rule}{where}: "), style="dim")
    head.append(describe(step.record) if step.record is not None else clean(step.why))
    screen.print(Padding(head, (0, 0, 0, 3), expand=False))


def _as_json(explanation: Explanation, sentences: list[Sentence]) -> dict[str, Any]:
    return {
        "article_id": explanation.article.id,
        "stale": explanation.stale,
        "sentences": [
            {
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "triggers": [
                    {
                        "start": trigger.start,
                        "end": trigger.end,
                        "text": trigger.text,
                        "steps": list(_steps(trigger.steps)),
                    }
                    for trigger in each.triggers
                ],
            }
            for each in sentences
        ],
    }


def _steps(steps: tuple[Step, ...]) -> Iterator[dict[str, Any]]:
    for step in steps:
        record = step.record.model_dump(mode="json") if step.record is not None else None
        yield {
            "stage": step.stage,
            "rule": step.rule,
            "fate": step.fate,
            "why": step.why or None,
            "record": record,
        }


__all__ = ["explain_article"]
