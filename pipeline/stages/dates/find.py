"""Find temporal expressions: one scan for tokens, the longest rule at each place, its reader."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from spacy.tokens import Doc

from models import DateExpression
from pipeline.stage import Case
from pipeline.stages.dates.diary import closes_entry
from pipeline.stages.dates.grammar import Grammar, load_grammar
from pipeline.stages.dates.guards import forbids
from pipeline.stages.dates.hit import Hit, Reading
from pipeline.stages.dates.readers import READERS
from pipeline.stages.dates.scene import Event, Known, Scene
from pipeline.stages.dates.settle import (
    settle_beside,
    settle_forward,
    settle_lists,
    settle_pairs,
    settle_times,
    settle_weekdays,
)
from pipeline.stages.dates.tense import Tenses

#: Readings that stand on the time line, so that "that year" can point back to them.
_ON_TIMELINE = ("DATE", "TIME")

#: Lengths over which a report adds up its quarters.
_SUMS = ("P6M", "P9M", "P1Y")


def find(case: Case) -> Iterable[DateExpression]:
    """Yield the temporal expressions of an article, in text order."""
    article = case.article
    return find_dates(
        article.text,
        published=article.dateline_date or article.published,
        doc=case.doc,
        article_id=article.id,
    )


def find_dates(
    text: str,
    *,
    published: str | None = None,
    doc: Doc | None = None,
    article_id: str = "",
) -> list[DateExpression]:
    """Return the temporal expressions of a text, in text order.

    Args:
        text: what the offsets count in; line breaks inside an expression are white space.
        published: partial date that relative dates are told from (the dateline's, else the
            article's), or None.
        doc: the parsed text, character for character as long; gives sentences and tense. Without
            it the words around a date tell its direction.
        article_id: goes into the records and their ids.
    """
    grammar = load_grammar()
    tokens = grammar.lexer(text)
    scene = Scene(text, tokens, Known.parse(published), Tenses(text, doc))
    found: list[DateExpression] = []
    done = 0
    for place in grammar.places(tokens):
        if place < done:
            continue
        rule, readings, end = _read(grammar, scene, place)
        done = max(done, end)
        for reading in readings:
            found.append(_record(reading, scene, rule, article_id))
            done = max(done, reading.last)
            _remember(reading, scene)
    found = settle_weekdays(settle_times(settle_lists(found, text), text), text)
    found = settle_pairs(found, text)
    return found if scene.published.year else settle_beside(settle_forward(found, text))


def _read(grammar: Grammar, scene: Scene, place: int) -> tuple[str, list[Reading], int]:
    """Return the readings of the longest rule at a place that makes sense there.

    With them goes the token up to which the text is settled: where a guard forbids a match, no
    part of it is a date either.
    """
    tokens = scene.tokens
    for rule, match in grammar.hits(tokens, place):
        start, end = tokens.starts[match.start()], tokens.ends[match.end() - 1]
        if forbids(rule.row.id, scene.text, start, end):
            return "", [], match.end()
        hit = Hit.of(rule, match, tokens, grammar.values)
        try:
            readings = READERS[rule.row.read](hit, scene)
        except (ValueError, OverflowError):  # off the calendar: year 0 or 10000
            continue
        if readings:
            return rule.row.id, readings, place
    return "", [], place


def _record(reading: Reading, scene: Scene, rule: str, article_id: str) -> DateExpression:
    start = scene.tokens.starts[reading.first]
    end = scene.tokens.ends[reading.last - 1]
    period = reading.period
    key = f"{article_id}|{start}|{end}"
    return DateExpression(
        id=f"date-{sha256(key.encode()).hexdigest()[:16]}",
        article_id=article_id,
        start=start,
        end=end,
        text=scene.text[start:end],
        type=reading.type,
        value=period.value,
        earliest=period.earliest.isoformat() if period.earliest else None,
        latest=period.latest.isoformat() if period.latest else None,
        anchor=reading.anchor,
        grain=period.grain,
        flags=reading.flags,
        rule=rule,
    )


def _remember(reading: Reading, scene: Scene) -> None:
    if reading.type in _ON_TIMELINE and reading.period.placed and not reading.aside:
        start = scene.tokens.starts[reading.first]
        end = scene.tokens.ends[reading.last - 1]
        if reading.type == "TIME" and scene.text[max(0, start - 1) : start] == "(":
            return  # the same hour by another zone: "at 10 a.m. (8 p.m. EST Nov. 13)"
        if scene.timeline and closes_entry(scene.text, start, end):
            return  # the hours told behind it are of the day before
        scene.timeline.append(Event(reading.period, reading.anchor, start, end))
    elif reading.period.value in _SUMS:
        scene.sums.append(scene.tokens.starts[reading.first])
