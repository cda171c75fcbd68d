"""One who takes leave of a leader abroad: "A came to bid farewell to B in Lima"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule


def takes_leave(
    reader: ArgumentReader, verb: Token, hosts: Sequence[Actor], guests: Sequence[Actor]
) -> bool:
    """Tell "A came to bid B farewell", "A bade farewell to B in Lima", where B is at home.

    Of "A came to the airport to bid B farewell" it is B who leaves.
    """
    town = _town_behind(reader, verb)
    if not hosts or town is None:
        return False
    homes, own = {g.country for g in guests}, {h.country for h in hosts}
    return town.country in homes and town.country not in own


def _town_behind(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the town of "bade farewell to B in Lima", before any other verb."""
    for token in verb.doc[verb.i + 1 : reader.scene.sentence(verb.i).end]:
        if token.pos_ in VERBS:
            return None
        spots = reader.scene.spots(token.i + 1) if token.lower_ in {"in", "at"} else ()
        if spots:
            return spots[0] if spots[0].is_town else None
    return None


def leave_taken(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    hosts: Sequence[Actor],
    guests: Sequence[Actor],
) -> Iterator[Candidate]:
    """Read whom `takes_leave` tells: a trip of who "came to bid farewell", else a meeting."""
    town = _town_behind(reader, verb)
    came = verb.tag_ == "VB" and verb.head.lemma_ in words("moves")
    fact = fact_of_verb(verb.head if came else verb)
    for actor in hosts:
        if town is not None and actor.reference.role_kind and actor.country != town.country:
            make = reader.make if came else reader.make_met
            yield make(
                rule,
                verb,
                actor=actor,
                spot=town,
                destination=town.country,
                fact=fact,
                hosts=tuple(guests),
            )


__all__ = ["leave_taken", "takes_leave"]
