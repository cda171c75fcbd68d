"""The news that a trip is of: its article's, or that of a paragraph that stands by itself.

A digest, a column of notes, a page on several matters tell one thing behind another. Such a
paragraph has an opening of its own, and the days of other paragraphs tell nothing of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.stages.visits.merging.trip import Trip

#: How many sentences are an opening, where "arrived" tells news.
_LEAD_SENTENCES = 6

#: Tokens from the first of a paragraph up to that behind its last.
_Stretch = tuple[int, int]


class OwnNews:
    """Tells which trips of an article are of news of their own, and where news opens.

    "…the king of Spain. <new paragraph> President X of Peru left for Quito on Monday" is, where
    neither Peru nor X nor Ecuador was told of before.
    """

    def __init__(self, scene: Scene, trips: Sequence[Trip]) -> None:
        self._scene = scene
        self._trips = trips

    @cached_property
    def _article_lead(self) -> int:
        scene = self._scene
        body = (s for s in scene.sentences if s.start_char >= scene.article.body_start)
        first = next(body, None)
        return scene.opening_end(first.start, count=_LEAD_SENTENCES) if first is not None else 0

    def lead(self, trip: Trip) -> int:
        """Return the token index up to which the opening of a trip's news goes."""
        scene, stretch = self._scene, self._stretches.get(id(trip))
        if stretch is None or scene.article.published is None:
            return self._article_lead  # in a text of no date each paragraph may be of any time
        end = scene.opening_end(stretch[0], count=_LEAD_SENTENCES)
        return max(self._article_lead, end)

    def own_sentences(self, trip: Trip) -> Iterator[int] | None:
        """Return the numbers of the sentences of a trip's own news, in order; else None.

        They are those of its paragraph, and those that name who travels, or the country left or
        visited.
        """
        own = self._stretches.get(id(trip))
        if own is None:
            return None
        found = set(self._within(own)).union(*(self._told_in.get(end, ()) for end in _ends(trip)))
        return iter(sorted(found))

    @cached_property
    def apart(self) -> frozenset[int]:
        """The numbers of the sentences in paragraphs that are news of their own."""
        return frozenset().union(*map(self._within, self._stretches.values()))

    def _within(self, stretch: _Stretch) -> Iterator[int]:
        start, end = stretch
        numbers = self._scene.sentence_of
        return iter(range(numbers[start], numbers[end - 1] + 1))

    def rivals(self, trip: Trip) -> Iterator[Trip]:
        """Yield the other trips of the article that are told in the same news, or of the same."""
        own = self._stretches.get(id(trip))
        for other in self._trips:
            if other is trip:
                continue
            if own is not None:
                within = own[0] <= other.first_at < own[1]
            else:
                within = id(other) not in self._stretches
            if within or other.key == trip.key or other.destination == trip.destination:
                yield other

    def meant(self, at: int) -> Sequence[Trip]:
        """Return the trips that "the visit" at a token may mean.

        Where its paragraph names people or countries of news told before it means no trip of news
        that stands by itself between: "…the king of Spain. <new paragraph> President X of Peru left
        for Quito. <new paragraph> Shots fell as the visit began, Spaniards said".
        """
        start, end = self._paragraph(at)
        named = {
            name
            for i in range(start, end)
            for reference in self._scene.at(i)
            if not self._is_understood(reference)
            for name in (reference.actor, reference.country)
        }
        rest = [trip for trip in self._trips if not self._is_apart(trip, at, named)]
        told = any(trip.first_at < at and named.intersection(_ends(trip)) for trip in rest)
        return rest if told else self._trips

    def _is_understood(self, reference: Reference) -> bool:
        """Tell "he", "his guest", for whom another than is meant may have been taken."""
        start = self._scene.bounds_of(reference)[0]
        return reference.form == "pronoun" or self._scene.doc[start].tag_ == "PRP$"

    def _is_apart(self, trip: Trip, at: int, named: Collection[str | None]) -> bool:
        own = self._stretches.get(id(trip))
        if own is None or own[0] <= at < own[1]:
            return False
        return not any(end in named for end in _ends(trip))

    @cached_property
    def _stretches(self) -> Mapping[int, _Stretch]:
        """The paragraphs in which trips are first told that are of news of their own."""
        found: dict[int, _Stretch] = {}
        for trip in self._trips:
            start, end = self._paragraph(trip.first_at)
            number = self._scene.sentence_of[start]
            told = (self._told_in.get(end) for end in _ends(trip))
            if start and all(numbers[0] >= number for numbers in told if numbers):
                found[id(trip)] = start, end
        return found

    @cached_property
    def _told_in(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the sentences that name each actor and country, in order."""
        scene, found = self._scene, defaultdict[str, list[int]](list)
        for reference in scene.references:
            number = scene.sentence_of[bisect_right(scene.starts, reference.start) - 1]
            for end in (reference.actor, reference.country):
                if end is not None:
                    found[end].append(number)
        return found

    def _paragraph(self, at: int) -> _Stretch:
        """Return the tokens of a paragraph of the body; (0, 0) of what is none."""
        scene = self._scene
        first, behind = scene.paragraph(scene.sentence_of[at])
        if scene.sentences[first].start_char <= scene.article.body_start:
            return 0, 0
        return scene.sentences[first].start, scene.sentences[behind - 1].end


def _ends(trip: Trip) -> Iterator[str]:
    """Yield who travels, and the country left and visited."""
    yield from (end for end in (trip.key, trip.origin, trip.destination) if end is not None)


__all__ = ["OwnNews"]
