"""One record in full, and one article with its records marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from models import Article, Evidence, Record, Upgrade, Visit
from models.base import Variant
from pipeline.cli.describe import describe
from pipeline.cli.screen import clean
from pipeline.marking import TERMINAL_COLOURS, Mark, marks_by_article, own_marks, pieces
from pipeline.results import Results
from pipeline.rule_rows import find_rules

Told = Visit | Upgrade


def print_record(screen: Console, record: Record, results: Results) -> None:
    """Print a record: its values, then each sentence with the mentions marked and the rule."""
    screen.print(Text(describe(record), style="bold"))
    _print_values(screen, record, skipped={"evidence", "variants"})
    _print_variants(screen, getattr(record, "variants", {}))
    evidence: Sequence[Evidence] = getattr(record, "evidence", ())
    marks = marks_by_article(results.entities, results.dates) if evidence else {}
    for number, span in enumerate(evidence, start=1):
        where = f"\n{number}. {span.article_id} {span.start}–{span.end}, rule {span.rule}"
        screen.print(Text(clean(where), style="dim"))
        own = own_marks(record, span, marks.get(span.article_id, ()))
        text = _marked(screen, span.text, [_moved(mark, -span.start) for mark in own])
        screen.print(Padding(text, (0, 0, 0, 3), expand=False))
    for rule in sorted({span.rule for span in evidence}):
        _print_rule(screen, rule, record)


def _print_variants(screen: Console, variants: Mapping[str, Sequence[Variant]]) -> None:
    """Print what sources disagree on; of each field the first value is the record's."""
    if variants:
        screen.print("\nSources disagree:")
    for field, values in variants.items():
        for number, variant in enumerate(values):
            name = "" if number else field
            taken = "" if number else " (taken)"
            told = f"{variant.value}{taken}  "
            line = Text(f"{clean(name):>16}  ", style="dim") + Text(clean(told))
            screen.print(line + Text(clean(", ".join(variant.articles)), style="dim"))


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.label, mark.record_id, mark.note, mark.name)


def _print_rule(screen: Console, rule: str, record: Record) -> None:
    stage = "visits" if isinstance(record, Visit) else "upgrades"
    found = find_rules(f"pipeline.stages.{stage}", rule)
    for row in found:
        screen.print(Text(f"\nRule {rule} of {stage}/{row.file} fires on: {row.example}"))
        screen.print(Text(f"and not on: {row.counter}", style="dim"))
    if not found:
        screen.print(Text(clean(f"\nRule {rule}: in the code of the {stage} stage"), style="dim"))


def _print_values(screen: Console, record: Record, *, skipped: set[str]) -> None:
    for name, value in record.model_dump(mode="json").items():
        if name not in skipped:
            screen.print(Text(f"{name:>16}  ", style="dim") + Text(_spelled(value)))


def _spelled(value: Any) -> str:
    if isinstance(value, Mapping):
        return clean(", ".join(f"{key} {_spelled(each)}" for key, each in value.items() if each))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return clean("; ".join(_spelled(each) for each in value)) or "—"
    return "—" if value is None else clean(str(value))


def print_article(screen: Console, article: Article, results: Results) -> None:
    """Print an article with its entities and dates marked, and its visits and upgrades numbered."""
    screen.print(Text(describe(article), style="bold"))
    _print_values(screen, article, skipped={"text", "title"})
    told: list[Told] = [*_in(article, results.visits), *_in(article, results.upgrades)]
    numbers = {record.id: _number(told, record) for record in told}
    marks = marks_by_article(results.entities, results.dates).get(article.id, [])
    ends: dict[int, list[str]] = {}
    for record in told:
        for span in record.evidence:
            if span.article_id == article.id:
                ends.setdefault(span.end, []).append(numbers[record.id])
    screen.print()
    screen.print(_with_numbers(screen, article.text, marks, ends))
    screen.print()
    for record in told:
        screen.print(Text(f"{numbers[record.id]:>4}  ", style="bold") + Text(describe(record)))
        screen.print(Text(f"      {record.id}", style="dim"))
    if not told:
        screen.print("No visit and no upgrade was found in it; `communique why` says why not.")


def _in(article: Article, records: Iterable[Told]) -> list[Told]:
    found = [r for r in records if any(s.article_id == article.id for s in r.evidence)]
    return sorted(
        found, key=lambda r: min(s.start for s in r.evidence if s.article_id == article.id)
    )


def _number(told: Sequence[Told], record: Told) -> str:
    alike = [each for each in told if type(each) is type(record)]
    return f"{'V' if isinstance(record, Visit) else 'U'}{alike.index(record) + 1}"


def _with_numbers(
    screen: Console, text: str, marks: Sequence[Mark], ends: Mapping[int, Sequence[str]]
) -> Text:
    """Return an article with its marks, and behind each sentence the records that it proves."""
    made = Text()
    at = 0
    for end in sorted(ends):
        made.append_text(_marked(screen, text, marks, start=at, end=end))
        made.append(f" ⟦{' '.join(dict.fromkeys(ends[end]))}⟧", style="bold reverse")
        at = end
    return made.append_text(_marked(screen, text, marks, start=at, end=len(text)))


def _marked(
    screen: Console, text: str, marks: Sequence[Mark], *, start: int = 0, end: int | None = None
) -> Text:
    """Return a stretch with its marks in colour, or in brackets where there is no colour."""
    coloured = screen.is_terminal and not screen.no_color
    made = Text()
    for piece, mark in pieces(text, marks, start=start, end=len(text) if end is None else end):
        words = clean(piece)
        if mark is None:
            made.append(words)
        elif coloured:
            made.append(words, style=f"black on {TERMINAL_COLOURS[mark.label]}")
        else:
            note = f" {clean(mark.note)}" if mark.note else ""
            made.append(f"[{words}|{mark.label}{note}]")
    return made


def legend() -> Text:
    """Return what each colour marks."""
    made = Text("Marked: ")
    for label, colour in TERMINAL_COLOURS.items():
        made.append(f" {label.lower()} ", style=f"black on {colour}")
        made.append(" ")
    return made


__all__ = ["legend", "print_article", "print_record"]
