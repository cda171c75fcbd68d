"""Records as HTML, for notebooks: every text in them is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

#: Characters of one value, and sentences of one record, that are shown.
MOST_CHARACTERS = 600
MOST_SENTENCES = 5


def record_html(kind: str, values: Mapping[str, Any]) -> str:
    """Return a record's values as a table; what it does not tell is left out."""
    rows = [
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td style='text-align:left'>{_value(value)}</td></tr>"
        for name, value in values.items()
        if value not in (None, "", [], {}, ())
    ]
    return f"<table><caption><b>{escape(kind)}</b></caption>{''.join(rows)}</table>"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        told = ((name, each) for name, each in value.items() if each not in (None, "", [], {}))
        return ", ".join(f"{escape(str(name))} {_value(each)}" for name, each in told)
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [_span(each) if _is_span(each) else _value(each) for each in value[:MOST_SENTENCES]]
        more = len(value) - len(parts)
        return "<br>".join([*parts, *([f"and {more} more"] if more > 0 else [])])
    text = str(value)
    cut = "…" if len(text) > MOST_CHARACTERS else ""
    return escape(text[:MOST_CHARACTERS]) + cut


def _is_span(value: Any) -> bool:
    return isinstance(value, Mapping) and {"article_id", "start", "end", "text"} <= value.keys()


def _span(value: Mapping[str, Any]) -> str:
    rule = f", rule {value['rule']}" if value.get("rule") else ""
    where = f"{value['article_id']} {value['start']}–{value['end']}{rule}"
    return f"“{_value(value['text'])}” <small>{escape(where)}</small>"


__all__ = ["record_html"]
