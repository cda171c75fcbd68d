"""Trips that were made before another that is to come."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY


def as_done_before(fact: Fact, verb: Token, when: When, published: str | None) -> Fact:
    """Read "After attending a forum in Rome on 12 May, she will visit Lima", of 16 May, as made.

    Of 10 May, she will attend it first.
    """
    if fact.status != "planned" or verb.dep_ != "pcomp" or published is None:
        return fact
    last = when.end or when.start
    if verb.head.lower_ not in words("after_trip") or last is None or len(last) != DAY:
        return fact
    return replace(fact, status="completed") if last < published else fact


__all__ = ["as_done_before"]
