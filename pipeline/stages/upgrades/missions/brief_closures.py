"""Embassies that were shut for a few days, which nobody had given up."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.reference.months import WEEKDAYS
from pipeline.stages.upgrades.tables import words

#: How far behind "two days after" the shutting is told, in tokens.
_REACH = 8
#: How far behind an assault it is told whom it hit.
_HOUSE = 4


def is_brief(token: Token) -> bool:
    """Tell "reopened its embassy two days after it was shut", "after a three-day closure".

    Also "closed since Monday", "after a bomb alert". Not "two days after they restored ties".
    """
    sentence = token.sent
    if any(_is_long(node) for node in sentence):
        return False
    return any(
        _is_span_of_days(node) if node.lemma_.lower() in words("shuts") else _is_scare(node, token)
        for node in sentence
    ) or any(_is_days_after(node) or _is_recall(node, token) for node in sentence)


def _is_long(node: Token) -> bool:
    """Tell a year, but not that of "the 2011 protests", "a decade", "months"."""
    year = len(node) == 4 and node.text.isdigit()
    named = node.dep_ in {"nummod", "compound", "nmod"} and node.head.ent_type_ != "DATE"
    return node.lemma_.lower() in words("long_spans") or (year and not named)


def _is_span_of_days(shut: Token) -> bool:
    """Tell "closed for two days", "a three-day closure", "closed since Monday"."""
    for node in shut.subtree:
        if node.lemma_.lower() in words("short_spans") and _is_counted(node):
            return True
        if node.lower_ == "since" and any(c.lower_ in WEEKDAYS for c in node.children):
            return True
    return False


def _is_recall(node: Token, sent: Token) -> bool:
    """Tell "sent its envoy back after recalling him", who had only been called home."""
    recalled = node.pos_ == "VERB" and node.lemma_.lower() in words("recalls")
    after = [t for t in (node.head, *node.children) if t.lower_ == "after"]
    return recalled and bool(after) and sent in node.ancestors


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
    return any(
        t.lemma_.lower() in words("shuts")
        or (t.lemma_.lower() in words("assaults") and not _is_elsewhere(t))
        for t in behind
    )


def _is_elsewhere(assault: Token) -> bool:
    """Tell "the attack on Peru", "the protests that toppled him" from "the attack on it"."""
    sentence = assault.sent
    behind = assault.doc[assault.i + 1 : min(assault.i + 1 + _HOUSE, sentence.end)]
    if not len(behind) or behind[0].lower_ not in words("of_assault"):
        return False
    return all(t.lemma_.lower() not in words("house_hit") for t in behind)


def _is_scare(node: Token, opened: Token) -> bool:
    """Tell "reopened after a bomb alert", "closed over threats" from "reopened amid threats".

    An "Israeli strike" shuts no embassy for some days.
    """
    if node.lemma_.lower() not in words("shut_for_a_while"):
        return False
    if node.pos_ != "NOUN" or node.dep_ == "compound":
        return False  # "after the fire row"
    if any(c.ent_type_ in {"NORP", "GPE"} or c.lower_ in words("of_war") for c in node.children):
        return False
    return any(
        (over.lower_ in words("shut_by") and over.head.lemma_.lower() in words("shuts"))
        or (over.lower_ in words("shut_before") and over.head == opened)
        for over in node.ancestors
    )


__all__ = ["is_brief"]
