"""Stops that a traveller has behind him: "Ghana is the third country on his tour, after Togo"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import trip_told

_SCORE = 0.6
#: How far before "after" the counted stop may stand ("the third country he has visited this week").
_REACH = 12


def stops_so_far(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read Togo of "arrived in Accra, his third stop after Togo", told of who travelled last.

    "The second country to recognise it after Togo" does not fire, nor does "the second largest
    country after Togo": nobody stops there.
    """
    if token.lower_ not in word_set("behind_earlier_stops"):
        return
    spots = _spots_behind(reader, token)
    if not spots or not _counts_stop(reader, token):
        return
    if any(t.tag_ in FINITE for t in reader.scene.doc[spots[0].end : spots[0].end + 1]):
        return  # "his last stop, a week after Togo cut ties"
    model = trip_told(reader, token)
    if model is None or model.actor is None or model.actor.reference.plural:
        return
    for number, spot in enumerate(spots):
        if spot.country in {model.origin, model.destination, model.actor.country}:
            continue
        earlier = model.another("likewise", token.i, score=_SCORE)
        when = _day_there(reader, spots[number:])
        yield replace(earlier, spot=spot, destination=spot.country, when=when)


def _spots_behind(reader: ArgumentReader, after: Token) -> list[Spot]:
    """Return A and B of "after A on Monday and B", "after visiting A and B", "preceded by A"."""
    at = after.i + 1
    at += after.lower_ == "preceded" and text_at(reader.scene.doc, at) == "by"
    gone = reader.scene.doc[at : at + 1]
    if gone and gone[0].tag_ == "VBG" and gone[0].lemma_ in word_set("ranked_verb"):
        at += 1
        at += word_at(reader.scene.doc, at) in {"to", "in", "at"}
    spots = list(reader.scene.spots(at))
    return [*spots, *reader.dated_list(spots[-1].end)] if spots else []


def _day_there(reader: ArgumentReader, spots: Sequence[Spot]) -> When:
    """Return the day behind the first of some places, or behind the next of one list with it."""
    for spot in spots:
        told = reader.clock.behind(spot.end)
        if told:
            day = reader.clock.after(told[0].i)
            return When(day, day)
        if word_at(reader.scene.doc, spot.end) not in {"and", ","}:
            break
    return When()


def _counts_stop(reader: ArgumentReader, token: Token) -> bool:
    """Tell "his third stop", "the second leg of the tour", "the third country he has visited".

    So "his third foreign trip", "her second visit abroad"; not "his third trip to Peru".
    """
    start = max(reader.scene.sentence(token.i).start, token.i - _REACH)
    for noun in reversed(token.doc[start : token.i]):
        lemma = noun.lemma_.lower()
        leg = lemma in word_set("leg_noun", "land_noun")
        if not leg and lemma not in noun_rules():
            continue
        if not any(
            (ordinal_of(c) or 1) > 1 or c.lower_ in words("last_of_all") for c in noun.lefts
        ):
            continue
        behind = token.doc[noun.i + 1 : token.i]
        if not leg:
            beside = {t.lower_ for t in (*noun.lefts, *behind)}
            return not beside.isdisjoint(word_set("somewhere_abroad")) and "to" not in beside
        tour = any(t.lemma_.lower() in words("trip_noun") for t in behind)
        gone = any(t.lemma_ in word_set("ranked_verb") and t.tag_ != "VB" for t in behind)
        return lemma in word_set("leg_noun") or tour or gone
    return False


__all__ = ["stops_so_far"]
