"""How long a stay is told to last, and its days as they are counted from it, on or back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_before, days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many hours of a stay make a day.
_HOURS = 24
#: How many words may stand between "three-day" and its visit ("three-day official goodwill visit").
_BETWEEN = 3


@dataclass(frozen=True)
class Length:
    """How many days a stay lasts, told from one token up to another."""

    days: int
    start: int
    end: int
    #: True where the days are counted on from the first ("for three days from 3 May").
    counted_on: bool = False


def count_days(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give a first day the last that is counted from it: "for three days from 3 May".

    It is that of each country told of: "will visit A and B for three days from 3 May".
    """
    for trip in trips:
        for number, candidate in enumerate(trip.candidates):
            start = candidate.when.start or ""
            if len(start) < DAY or candidate.when.end is not None or candidate.count != 1:
                continue
            told = _length_of(scene, candidate)
            if told is not None and told.counted_on and told.days > 1:
                trip.retell(number, replace(candidate, when=_on_from(start, told.days)))


def lasting(scene: Scene, trip: Trip, when: When) -> When:
    """Return the days of a trip told to last some days, of which but one is named.

    "Will visit Lima on 3 May for a three-day visit" gives its first day alone, "for three days
    from 3 May" also the last. "Left on 3 May for a tour of the Gulf. He ended a two-day visit to
    Qatar on 9 May": the 3rd is not Qatar's, which began on the 8th. A one-day visit ends on the
    day on which it begins.
    """
    if _outlasts(scene, trip, when):
        when = When(None, when.end)
    if when.start is None and when.end is not None:
        if len(when.end) == DAY and any(_is_of_one_day(scene, c) for c in trip.candidates):
            return When(when.end, when.end)
        return _counted_back(scene, trip, when.end) or when
    single = when.start is not None and when.end in {None, when.start}
    if not single or when.start is None or len(when.start) < DAY or trip.count != 1:
        return when
    for candidate in trip.candidates:
        told = _length_of(scene, candidate)
        if told is not None and told.days > 1:
            return _on_from(when.start, told.days) if told.counted_on else When(when.start)
    one_day = any(_is_of_one_day(scene, c) for c in trip.candidates)
    return When(when.start, when.start) if one_day else when


def days_told(scene: Scene, candidate: Candidate) -> int | None:
    """Return how many days the stay of a telling is said to last, None where it does not say.

    That of "a five-day tour of Peru and Chile" is no stay's.
    """
    told = None if candidate.tour else _length_of(scene, candidate)
    return told.days if told is not None else None


def _is_of_one_day(scene: Scene, candidate: Candidate) -> bool:
    """Tell "a one-day visit"; a layover of 16 hours may last into the next day."""
    told = None if candidate.tour else _length_of(scene, candidate)
    if told is None or told.days != 1:
        return False
    return any(token.lemma_ == "day" for token in scene.doc[told.start : told.end])


def _on_from(first: str, days: int) -> When:
    """Return the days of a stay of so many from its first on."""
    return When(first, days_before(first, days=1 - days))


def _back_from(last: str, days: int) -> When:
    """Return the days of a stay of so many up to its last."""
    return When(days_before(last, days=days - 1), last)


def _counted_back(scene: Scene, trip: Trip, last: str) -> When:
    """Return the days of a stay of some days that ended on a day ("ended a three-day visit").

    Not of a tour of several lands, nor where one was home again on that day.
    """
    home = word_set("home_again") | word_set("tells_on_return")
    if len(last) < DAY or trip.count != 1 or any(c.rule in home for c in trip.candidates):
        return When()
    for candidate in trip.candidates:
        back = scene.doc[candidate.at].head.lower_ in word_set("back_from_trip")
        if candidate.tour or back or candidate.when.end != last:
            continue
        told = _length_of(scene, candidate) or _length_left(scene, candidate)
        if told is not None and told.days > 1:
            return _back_from(last, told.days)
    return When()


def _outlasts(scene: Scene, trip: Trip, when: When) -> bool:
    """Tell days that are more than a stay is told to last, from the first of a tour on."""
    first, last = when.start or "", when.end or ""
    if not len(first) == len(last) == DAY or trip.count != 1:
        return False
    of_tour = any(c.spot is None and c.tour and c.when.start == first for c in trip.candidates)
    days = days_between(first, last) + 1
    told = (_length_of(scene, c) for c in trip.candidates if not c.tour)
    return of_tour and any(length is not None and 0 < length.days < days for length in told)


def _length_of(scene: Scene, candidate: Candidate) -> Length | None:
    """Return how long the sentence of a telling lets its stay last.

    Its noun's own ("a three-day visit") or what its verb leads on to ("is there for a three-day
    visit", "for three days").
    """
    doc = scene.doc
    for told in _lengths(scene, candidate.at):
        if told.start <= candidate.at < told.end or _follows(doc, told.start, "lasts_for"):
            several = doc[candidate.at].tag_ == "NNS"
            return replace(told, counted_on=told.counted_on and not several)
    return None


def _length_left(scene: Scene, candidate: Candidate) -> Length | None:
    """Return how long the stay was of "left Lima on Tuesday after a three-day visit", its clause.

    None for "… on Tuesday, after a three-day visit by its premier".
    """
    doc = scene.doc
    told = next((told for told in _lengths(scene, candidate.at) if told.end > candidate.at), None)
    if told is None or told.start <= candidate.at or not _follows(doc, told.start, "stay_left"):
        return None
    apart = any(t.text == "," for t in doc[candidate.at : told.start])
    others = word_at(doc, told.end) in word_set("of_other_visitor")
    return None if apart or others else told


def _follows(doc: Doc, start: int, words: str) -> bool:
    """Tell whether a length stands behind one of some words, with or without an article."""
    at = start - 1
    at -= at > 0 and doc[at].lower_ in word_set("before_length")
    return at >= 0 and doc[at].lower_ in word_set(words)


def _lengths(scene: Scene, at: int) -> Iterator[Length]:
    """Yield the lengths of stays that the sentence of a token tells."""
    units = word_set("stay_unit")
    if units.isdisjoint(scene.forms(at)):
        return
    for token in scene.sentence(at):
        told = _length_at(token) if token.lemma_.lower() in units else None
        if told is not None:
            yield told


def _length_at(day: Token) -> Length | None:
    """Read "three-day official visit", "for three days from", "24-hour visit" at its unit."""
    doc, first = day.doc, day.i - 1
    first -= first > 0 and doc[first].text == "-"
    days = number_in(doc[first].text) if first >= day.sent.start else None
    if doc[max(first, 0) : day.i].text.lower() == "one-":
        days = 1
    if days is None or day.lower_ == "hours":
        return None
    if day.lemma_.lower() == "hour":
        days = -(-days // _HOURS)  # "a 36-hour visit" is one of two days
    if day.lower_ == "days":
        lasts = first > 0 and doc[first - 1].lower_ in word_set("counts_stay")
        behind = day.i + 1 + (text_at(doc, day.i + 1) == ",")
        counted = word_at(doc, behind) in word_set("counted_on")
        return Length(days, first, day.i + 1, counted) if lasts else None
    for noun in doc[day.i + 1 : day.i + 2 + _BETWEEN]:
        if noun.lemma_.lower() in word_set("lasts_days"):
            return Length(days, first, noun.i + 1)
        if noun.is_punct and noun.text != "-":
            return None
    return None


__all__ = ["Length", "count_days", "days_told", "lasting"]
