"""Guests whom one receives where neither is at home, or only greets: "received B in Geneva"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.tables import VerbRule, word_set


def town_of_reception(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "received B at the summit in Kazan", "hosted B for tea in Geneva".

    Not that of "received B with word of the talks in Kazan", "received B, who was in Kazan".
    """
    for prep in verb.subtree:
        if prep.i < verb.i or prep.lower_ not in {"in", "at"} or not _is_own(prep, verb):
            continue
        spots = reader.scene.spots(prep.i + 1)
        if spots and spots[0].is_town:
            return spots[0]
    return None


def _is_own(prep: Token, verb: Token) -> bool:
    """Tell whether a preposition tells where a verb was done, by itself or by its event."""
    node = prep.head
    while node != verb:
        within = node.lower_ in word_set("at_reception") if node.dep_ == "prep" else True
        if node.pos_ in VERBS or not within or node.dep_ not in {"pobj", "dobj", "prep"}:
            return False
        node = node.head
    return True


def both_there(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    sides: Sequence[Actor],
    spot: Spot,
    fact: Fact,
) -> Iterator[Candidate]:
    """Read "A received B in Geneva": both have come there who are not at home in it."""
    for side in sides:
        known = side.reference.role_kind and not (side.is_party or side.reference.guessed)
        seated = f"{side.country} {spot.country}" in word_set("seat")
        if known and not seated and side.country not in {None, spot.country}:
            yield reader.make_met(
                rule,
                verb,
                actor=side,
                spot=spot,
                destination=spot.country,
                fact=fact,
                hosts=tuple(a for a in sides if a.country == spot.country),
            )


def is_in_passing(reader: ArgumentReader, verb: Token, hosts: Sequence[Actor]) -> bool:
    """Tell "said he briefly greeted B", "greeted B on the sidelines" from what a host does."""
    if verb.lemma_ not in word_set("may_be_no_host"):
        return False
    if any(c.lower_ in word_set("done_briefly") for c in verb.children):
        return True
    if are_on_sidelines(reader.scene.sentence(verb.i)):
        return True
    private = (not h.is_party and h.reference.role_kind in _PRIVATE for h in hosts)
    return bool(hosts) and all(private)


#: The classes of those who speak for no country: none at all, a firm's, an analyst's.
_PRIVATE = frozenset({None, "business", "expert", "legislator", "adviser", "official"})

__all__ = ["both_there", "is_in_passing", "town_of_reception"]
