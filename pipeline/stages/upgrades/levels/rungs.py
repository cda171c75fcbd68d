"""The level left behind that has a date of its own, which is a step too.

"Raised to a comprehensive partnership in 2019 from the strategic partnership agreed in 2011" tells
two steps; "from a strategic partnership, agreed on in a hurry" tells one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.labels import PAST
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_links import is_since_then
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import making_verbs, words

#: How far behind a level the verb stands that tells how it was made, in tokens.
_VERB_REACH = 7
#: How far behind that verb its date begins, in tokens.
_DATE_REACH = 4


def read_rungs(reading: Reading, token: Token, made: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the steps by which the levels were made that a raising leaves behind."""
    raised = next((c for c in made if c.change == "upgrade" and c.level), None)
    if raised is None or len(made) > 1:
        return
    number = reading.scene.sentence_of[token.i]
    for level in reading.levels.by_sentence.get(number, ()):
        if level.name == raised.level or level.name in words("diplomatic_level"):
            continue
        date = _made_on(reading, level) or _left_since(reading, level)
        if date is not None and date != raised.date and not reading.is_to_come(date):
            yield replace(
                raised,
                rule="rung",
                level=level.name,
                level_text=" ".join(level.text.split()),
                previous=None,
                status="completed",
                date=date,
                report=None,
                score=round(raised.score * 0.95, 3),
            )


def _made_on(reading: Reading, level: Level) -> str | None:
    """Return the date right behind the participle or clause that tells how a level was made."""
    span = reading.levels.span(level)
    if span is None or is_since_then(span.root):
        return None
    end = min(reading.scene.sentence(span.start).end, span.end + _VERB_REACH)
    for node in reading.scene.doc[span.end : end]:
        if _is_making(node):
            behind = node.i + 1
            for start, _, _ in reading.clock.between(behind, behind + _DATE_REACH):
                if all(t.lower_ in words("date_lead") for t in reading.scene.doc[behind:start]):
                    return reading.clock.within(start, start + 1)
            return None
        if not (node.is_punct or node.lower_ in words("between_rung") or node.pos_ == "AUX"):
            return None
    return None


def _left_since(reading: Reading, level: Level) -> str | None:
    """Return the date of "from a comprehensive partnership in 2009", "from a … (2009)"."""
    span = reading.levels.span(level)
    if span is None or reading.levels.word_before(level) != "from":
        return None
    return reading.clock.directly_behind(span.end)


def _is_making(node: Token) -> bool:
    lemma = node.lemma_.lower()
    past = node.tag_ in PAST and lemma in making_verbs()
    return past or node.lower_ in words("dating")


__all__ = ["read_rungs"]
