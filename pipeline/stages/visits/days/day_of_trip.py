"""Trips told by which of their days it is: "on the second day of her visit to Lima"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.numbers import number_in, ordinal_of
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import partial
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import ADNOMINAL, PRESENT
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

_LENGTH = re.compile(r"\b(\w+)[- ]days?\b")
_ONE_DAY = re.compile(r"\b(?:one|1|single)[- ]day\b|\bday[- ]?long\b")
#: A trip of which so many days are told is none of days.
_MOST_DAYS = 14
#: A visit of more hours is of two days, or may be.
_HOURS = 18
#: How many trips back one may be told that begins in the sentence before.
_BACK = 8


def days_by_count(reader: ArgumentReader, noun: Token) -> When | None:
    """Return the days of "met her on Friday, the second day of a three-day visit to Lima".

    "The last day of a two-day visit" fires by the visit's length, and "of his visit" gives its end;
    "one day of his visit" and a day that nothing dates give nothing.

    Args:
        noun: the trip's.
    """
    day = _day_over(noun)
    if day is None:
        return None
    before = [c for c in day.subtree if c.i < day.i]
    number = next((n for c in before if (n := ordinal_of(c))), None)
    last = any(c.lower_ in word_set("last_of_days") for c in before)
    if number is None and any(c.lower_ in word_set("first_of_days") for c in before):
        number = 1
    length = next(_lengths(noun), None)
    number = number or (length if last else None)
    today = _today(reader, day, noun)
    if number is None and last and today is not None and not _is_ahead(reader, day, today):
        return When(None, today)
    if number is None or number > _MOST_DAYS or today is None:
        return None
    first = date.fromisoformat(today) - timedelta(days=number - 1)
    end = today if last else None
    if length is not None and length >= number:
        end = (first + timedelta(days=length - 1)).isoformat()
    return When(first.isoformat(), end)


def _is_ahead(reader: ArgumentReader, day: Token, told: str) -> bool:
    """Tell the Friday of "said on the last day of his visit that talks would resume on Friday".

    Not that of "will see the king on Friday, the last day of his visit".
    """
    verb = governing_verb(day)
    done = verb is not None and tense_of(verb) == "past"
    return done and told > (reader.scene.article.published or told)


def _day_over(noun: Token) -> Token | None:
    """Return the "day" of "the second day of his visit"."""
    over = noun.head
    if over.lower_ != "of" or over.head.lemma_.lower() != "day":
        return None
    return over.head


def _lengths(noun: Token) -> Iterator[int]:
    """Yield the 3 of "a three-day visit"."""
    told = noun.doc[noun.left_edge.i : noun.i].text.lower()
    for match in _LENGTH.finditer(told):
        days = number_in(match[1])
        if days:
            yield days


def _today(reader: ArgumentReader, day: Token, trip: Token) -> str | None:
    """Return the one day that the sentence, or else the one before it, is of.

    What was said on the first day is of no day to come, nor of one of another paragraph that has
    nobody and no country in common with it. "Is on the second day of a visit that ends on Friday"
    is of the day of its article. What one will do on the second day is of no day told before: "He
    arrives on Friday. On the second day".
    """
    scene = reader.scene
    verb = governing_verb(day)
    if verb is not None and verb.lemma_ == "be" and verb.tag_ in PRESENT:
        now = scene.article.published
        return now if now is not None and len(now) == DAY else None
    inside = {t.i for c in trip.children if c.dep_ in ADNOMINAL for t in c.subtree}
    number = scene.sentence_of[day.i]
    ahead = verb is not None and tense_of(verb) == "future"
    for at in (number,) if ahead else (number, number - 1):
        if at < 0:
            break
        sentence = scene.sentences[at]
        if at != number and not _may_tell_on(scene, sentence, scene.sentences[number]):
            break
        told = {
            pair[0]
            for start, _, expression in reader.clock.between(sentence.start, sentence.end)
            if start not in inside
            and (pair := partial(expression))
            and pair[0] == pair[1]
            and len(pair[0]) == DAY
        }
        if at != number:
            told -= _arrivals(reader, at)
            told = {each for each in told if not _is_ahead(reader, day, each)}
        if told:
            return told.pop() if len(told) == 1 else None
    return None


def _may_tell_on(scene: Scene, before: Span, sentence: Span) -> bool:
    """Tell a sentence of the paragraph before from one of other people in other countries."""
    if not scene.ends_paragraph(before):
        return True
    one, other = (
        {name for i in range(s.start, s.end) for r in scene.at(i) for name in (r.actor, r.country)}
        for s in (before, sentence)
    )
    return bool(one & other - {None})


def _arrivals(reader: ArgumentReader, number: int) -> set[str | None]:
    """Return the days on which a sentence told lets a trip begin: "She arrived on Friday"."""
    sentence_of = reader.scene.sentence_of
    told = (c for c in reversed(reader.told[-_BACK:]) if sentence_of[c.at] == number)
    return {c.when.start for c in told if c.phase == "arrive" and c.when.end is None}


def is_within_a_day(noun: Token) -> bool:
    """Tell "a five-hour visit", "a one-day visit" from "a visit", "a two-day", "a 36-hour one"."""
    before = noun.doc[noun.left_edge.i : noun.i]
    numbers = (number_in(t.text) for t in before)
    long = any(number is not None and number > _HOURS for number in numbers)
    hours = any(t.lemma_.lower() in word_set("part_of_day") for t in before)
    return (hours and not long) or _ONE_DAY.search(before.text.lower()) is not None


def is_of_days(noun: Token) -> bool:
    """Tell "a two-day visit" from "a visit"."""
    return next(_lengths(noun), None) is not None


__all__ = ["days_by_count", "is_of_days", "is_within_a_day"]
