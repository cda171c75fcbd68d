"""Articles, explanations and changes as HTML, for notebooks: every text in them is escaped.

Marks are displaCy's, with black text, so that they are legible in light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models import Article, DateExpression, Entity, Upgrade, Visit
from pipeline.marking import COLOURS, Mark, marks_by_article, pieces
from pipeline.stages.write.flat import flatten

if TYPE_CHECKING:
    from pipeline.changes import Changes
    from pipeline.explain import Explanation

Told = Visit | Upgrade
_MARK = (
    "background:{colour};color:#111;padding:.1em .3em;margin:0 .1em;"
    "border-radius:.35em;line-height:1"
)
_LABEL = "<span style='font-size:.7em;font-weight:bold;margin-left:.4em'>{label}</span>"
_SENTENCE = "text-decoration:underline;text-underline-offset:.3em;text-decoration-color:{colour}"
#: The colours of the sentences that prove a record.
_UNDERLINES: Mapping[type, str] = {Visit: "#3b7dd8", Upgrade: "#a3568f"}
#: The columns that a table of records shows, where it has them.
SHOWN = (
    "visitor_name", "visitor_role", "origin_code", "destination_code", "destination_place",
    "start", "end", "kind", "party_codes", "change", "level", "date", "status", "confidence",
)  # fmt: skip


def article_html(
    article: Article,
    *,
    entities: Iterable[Entity],
    dates: Iterable[DateExpression],
    records: Sequence[Told],
) -> str:
    """Return an article with its mentions marked and the sentences of records underlined."""
    marks = marks_by_article(entities, dates).get(article.id, [])
    title = f"<b>{escape(article.title)}</b> " if article.title else ""
    published = f"<small>{escape(article.published)}</small>" if article.published else ""
    body = "".join(
        _stretch(article, start, end, marks, records) for start, end in _stretches(article, records)
    )
    style = "white-space:pre-wrap;line-height:1.9;max-width:60em;text-align:left"
    return f"<div>{title}{published}<div style='{style}'>{body}</div></div>"


def _spans(article: Article, record: Told) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in record.evidence if s.article_id == article.id]


def _stretches(article: Article, records: Iterable[Told]) -> list[tuple[int, int]]:
    cuts = {0, len(article.text)}
    for record in records:
        for span in _spans(article, record):
            cuts.update(span)
    places = sorted(cuts)
    return list(pairwise(places))


def _stretch(
    article: Article, start: int, end: int, marks: Sequence[Mark], records: Iterable[Told]
) -> str:
    made = "".join(_piece(text, mark) for text, mark in
                   pieces(article.text, marks, start=start, end=end))  # fmt: skip
    proved = [
        record
        for record in records
        if any(s <= start and end <= e for s, e in _spans(article, record))
    ]
    if not proved:
        return made
    colour = _UNDERLINES[type(proved[0])]
    names = escape(", ".join(record.id for record in proved), quote=True)
    return f"<span style='{_SENTENCE.format(colour=colour)}' title='{names}'>{made}</span>"


def _piece(text: str, mark: Mark | None) -> str:
    if mark is None:
        return escape(text)
    note = f" {mark.note}" if mark.note and mark.label != "DATE" else ""
    label = _LABEL.format(label=escape(f"{mark.label}{note}"))
    style = _MARK.format(colour=COLOURS[mark.label])
    return f"<mark style='{style}' title='{escape(mark.note)}'>{escape(text)}{label}</mark>"


def records_html(table: str, records: Sequence[Told]) -> str:
    """Return records of one table as rows."""
    if not records:
        return f"<p>No {escape(table)}.</p>"
    rows = [flatten(table, record) for record in records]
    return _table([{name: row[name] for name in SHOWN if name in row} for row in rows])


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))


def explanation_html(explanation: Explanation) -> str:
    """Return each trigger of an article with what became of it."""
    rows = [
        {
            "sentence": sentence.text,
            "trigger": trigger.text,
            "rule": f"{step.stage}: {step.rule}",
            "fate": step.fate,
            "why": step.record.id if step.record is not None else step.why,
        }
        for sentence in explanation.sentences
        for trigger in sentence.triggers
        for step in trigger.steps
    ]
    silent = sum(not sentence.triggers for sentence in explanation.sentences)
    told = f"<p>{silent} sentences hold no word that may tell of a visit or an upgrade.</p>"
    return (_table(rows) if rows else "") + told


def changes_html(changes: Changes) -> str:
    """Return the records that appeared, vanished or changed."""
    rows = [
        {
            "record": kind.__name__,
            "what": change.kind,
            "id": getattr(change.record, "id", ""),
            "fields": ", ".join(change.fields),
            "sentence": next((s.text for s in getattr(change.record, "evidence", ())), ""),
        }
        for kind, found in changes.by_type.items()
        for change in found
    ]
    return _table(rows) if rows else "<p>No record changed.</p>"


__all__ = ["article_html", "changes_html", "explanation_html", "records_html"]
