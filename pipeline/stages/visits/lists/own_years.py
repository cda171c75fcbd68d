"""The years of guests listed in one sentence, each behind his name: "A in 2015 and B in 2019"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.discourse.scene import Actor
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.each_date import of_phase
from pipeline.stages.visits.travellers.forerunners import behind_names


def own_years(reader: ArgumentReader, told: Iterable[Candidate]) -> Iterator[Candidate]:
    """Give each of those listed his own year or month who was given that of another of them.

    "The temple has drawn presidents, among them A in 2013 and B in 2016", "Guests were A, in 2003,
    and B, in 2011" fire; "A and B came in 2013, and C in 2016", where one year is of two, does not
    take it from either.
    """
    found = list(told)
    groups: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for each in found:
        if each.status == "completed" and each.destination and _is_named(each) and _is_long(each):
            groups[reader.scene.sentence_of[each.at], each.destination].append(each)
    years = {key: _years(reader, key[0], group) for key, group in groups.items()}
    for each in found:
        key = (reader.scene.sentence_of[each.at], each.destination or "")
        own = years.get(key, {})
        mine = own.get(each.actor.key) if each.actor is not None else None
        others = {when.start for when in own.values()}
        if mine is None or each not in groups[key] or each.when.start not in others - {mine.start}:
            yield each
        else:
            yield replace(each, when=of_phase(each, mine), day=None)


def _is_named(told: Candidate) -> bool:
    return told.actor is not None and told.actor.reference.name is not None


def _is_long(told: Candidate) -> bool:
    """Tell a trip of which one year or month is told."""
    return 0 < len(told.when.start or "") <= MONTH


def _years(reader: ArgumentReader, number: int, group: Iterable[Candidate]) -> Mapping[str, When]:
    """Return the years and months right behind the names of those of whom a sentence tells trips.

    None where fewer than two have one of their own.
    """
    keys = {each.actor.key for each in group if each.actor is not None}
    if len(keys) < 2:
        return {}
    found: dict[str, When] = {}
    sentence = reader.scene.sentences[number]
    for i in range(sentence.start, sentence.end):
        for one in reader.scene.at(i):
            actor = Actor(one, i)
            if one.kind != "person" or one.form != "name" or actor.key not in keys:
                continue
            when = _behind(reader, actor)
            if when and len(when.start or "") <= MONTH:
                found.setdefault(actor.key, when)
    return found if len({when.start for when in found.values()}) > 1 else {}


def _behind(reader: ArgumentReader, actor: Actor) -> When:
    """Return the date behind "A of Peru", "A, the premier of Peru,", or in a bracket there."""
    end = behind_names(reader, reader.scene.bounds_of(actor.reference)[0])
    bracketed = text_at(reader.scene.doc, end) == "("
    end -= text_at(reader.scene.doc, end - 1) == ","
    date = next(iter(reader.clock.behind(end + bracketed)), None)
    return reader.clock.when([date], phase="whole") if date is not None else When()


__all__ = ["own_years"]
