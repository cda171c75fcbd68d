"""Embassies that were shut for a few days, which nobody had given up."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.upgrades.tables import words

#: How far behind "two days after" the shutting is told, in tokens.
_REACH = 8


def is_brief(token: Token) -> bool:
    """Tell "reopened its embassy two days after it was shut", "after a three-day closure".

    Also "closed since Monday", "after a bomb alert". Not "two days after they restored ties".
    """
    sentence = token.sent
    if any(_is_long(node) for node in sentence):
        return False
    return any(
        _is_span_of_days(node) if node.lemma_.lower() in words("shuts") else _is_scare(node)
        for node in sentence
    ) or any(_is_days_after(node) for node in sentence)


def _is_long(node: Token) -> bool:
    """Tell a year, "a decade", "months"."""
    return node.lemma_.lower() in words("long_spans") or (len(node) == 4 and node.text.isdigit())


def _is_span_of_days(shut: Token) -> bool:
    """Tell "closed for two days", "a three-day closure", "closed since Monday"."""
    for node in shut.subtree:
        if node.lemma_.lower() in words("short_spans") and _is_counted(node):
            return True
        if node.lower_ == "since" and any(c.lower_ in words("weekday") for c in node.children):
            return True
    return False


def _is_counted(span: Token) -> bool:
    """Tell "two days", "a few days", the "three-day" of a closure, from "this week"."""
    if span.i and span.nbor(-1).text == "-":
        return True
    return any(c.dep_ == "nummod" or c.lower_ in words("some") for c in span.children)


def _is_days_after(span: Token) -> bool:
    """Tell "days after closing it", "a week after it was stormed"."""
    if span.lemma_.lower() not in words("short_spans") or span.i + 1 >= span.sent.end:
        return False
    if span.nbor().lower_ not in {"after", "since"}:
        return False
    behind = span.doc[span.i + 1 : min(span.i + _REACH, span.sent.end)]
    return any(t.lemma_.lower() in words("shuts") | words("assaults") for t in behind)


def _is_scare(node: Token) -> bool:
    """Tell "reopened after a bomb alert" from "reopened in spite of threats"."""
    if node.pos_ != "NOUN" or node.lemma_.lower() not in words("shut_for_a_while"):
        return False
    return any(over.lower_ in words("shut_by") for over in node.ancestors)


__all__ = ["is_brief"]
