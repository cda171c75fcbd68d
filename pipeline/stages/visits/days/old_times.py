"""Trips set in a time long past by what else happened then: "on the eve of the 1973 war"."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span, Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact
from pipeline.discourse.numbers import number_of
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When, partial
from pipeline.iso_lengths import YEAR
from pipeline.labels import VERBS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: A year so long before publication is over, whatever is told of it.
_OLD_YEARS = 2
#: The note of a trip of which but the decade is told.
OF_DECADE = "of_decade"
#: A decade as news writes it, and how many years behind its first it is over.
_DECADE, _DECADE_OVER = re.compile(r"(?:1[89]|20)\d0s"), 12
#: How many years the units stand for in which one counts since when a trip is over.
_UNITS = {"year": 1, "decade": 10}
#: How far before "since" the count may stand, in tokens: "50 years this week since".
_COUNT_REACH = 6
#: Within how many tokens behind its year an event is named: "the 1973 Arab-Israeli war".
_EVENT = 4
#: Within how many tokens of a sentence the preposition stands: "Two weeks before".
_OPENING = 3


def in_old_time(reader: ArgumentReader, verb: Token, made: Candidate) -> Candidate:
    """Tell "On the eve of the 1973 war she flew to Lima" of that year, which is over.

    "After the coup of 1976 she flew to Lima" is over and has no year; "under the 1973 treaty she
    flew to Lima" is of any time. "It is 50 years since she flew there" is of the year so long ago.
    """
    now = reader.scene.article.published
    if made.when or made.status not in MADE or not now:
        return made
    if _is_of_old_decade(verb, int(now[:4])):
        gone = Fact("completed", reason="pluperfect")
        return replace(made, previous=True, fact=gone, notes=(*made.notes, OF_DECADE))
    counted = _years_since(verb)
    if counted:
        year = str(int(now[:4]) - counted)
        return replace(made, when=When(year, year), fact=Fact("completed", reason="went"))
    sentence = reader.scene.sentence(verb.i)
    for start, end, date in reader.clock.between(sentence.start, sentence.end):
        pair = partial(date)
        if pair is None or len(pair[0]) != YEAR or int(pair[0]) > int(now[:4]) - _OLD_YEARS:
            continue
        prep = _sets_time(reader.scene.doc[start:end], verb, sentence.start)
        if prep is not None:
            when = When(*pair) if prep.lower_ in word_set("at_old_time") else made.when
            return replace(made, when=when, fact=Fact("completed", reason="went"))
    return made


def _is_of_old_decade(verb: Token, year: int) -> bool:
    """Tell "travelled there in the 1960s", "since the 1960s, when she travelled there"."""
    when = verb.dep_ in {"relcl", "advcl"} and any(c.lower_ == "when" for c in verb.children)
    for token in verb.sent:
        if not _DECADE.fullmatch(token.text) or int(token.text[:4]) > year - _DECADE_OVER:
            continue
        behind = verb.head == token or text_at(verb.doc, token.i + 1) == ","
        if when and token.i < verb.i and behind:
            return True
        if token.head.dep_ == "prep" and token.head.head == verb:
            return True
    return False


def _sets_time(date: Span, verb: Token, opening: int) -> Token | None:
    """Return the "during" of "during the 1996 war", the "on" of "on the eve of the 1973 war".

    At the opening of a sentence whatever the parse hangs the event on.
    """
    doc, preps = verb.doc, word_set("at_old_time", "beside_old_time")
    behind = next((t for t in doc[date.end : date.end + _EVENT] if _is_old(t)), None)
    before = doc[date.start - 2] if date.start - 2 >= opening else None
    event = behind if behind is not None else before
    if event is None or not _is_old(event):
        return None
    if date.start < verb.i:
        stretch = doc[opening : date.start]
        prep = next((t for t in stretch[:_OPENING] if t.lower_ in preps), None)
        if prep is None or any(t.pos_ in VERBS for t in stretch):
            return None
        between = doc[prep.i + 1 : min(event.i, date.start)]
    else:
        prep = event.head
        if prep.lower_ in {"of", "to"} and prep.head.pos_ == "NOUN":
            prep = prep.head.head
        if prep.head != verb or prep.lower_ not in preps or prep.i < verb.i:
            return None
        between = doc[prep.i + 1 : min(event.i, date.start)]
    nouns = [t for t in between if t.pos_ == "NOUN"]
    return prep if all(t.lemma_.lower() in word_set("part_of_old") for t in nouns) else None


def _is_old(token: Token) -> bool:
    return token.lemma_.lower() in word_set("old_event")


def _years_since(verb: Token) -> int:
    """Return the 50 of "It is (has been) 50 years since she landed in Lima", 0 of any other."""
    since = next((c for c in verb.children if c.lower_ == "since" and c.i < verb.i), None)
    if since is None or verb.tag_ != "VBD":
        return 0
    before = verb.doc[max(verb.sent.start, since.i - _COUNT_REACH) : since.i]
    opens = verb.sent[0].lower_ == "it" and any(t.lemma_ == "be" for t in before)
    unit = next((t for t in before if t.lemma_.lower() in _UNITS), None) if opens else None
    number = number_of(unit.nbor(-1)) if unit is not None else None
    rough = any(t.lower_ in words("roughly") or t.lower_ == "than" for t in before)
    return number * _UNITS[unit.lemma_.lower()] if number and unit is not None and not rough else 0


__all__ = ["OF_DECADE", "in_old_time"]
