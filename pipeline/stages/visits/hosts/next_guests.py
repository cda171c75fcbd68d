"""Where a host meets his next guest: "A received B in Lima on Monday. He also met C"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: Words that say of a date which it is.
_TELLING = frozenset({"PROPN", "NUM", "NOUN", "ADJ"})
#: How many sentences behind that of a guest the host's next one may be told of.
_REACH = 3


def place_of_next_guest(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], others: Sequence[Actor]
) -> Spot | None:
    """Return where a host was told to meet another guest at home, whom he meets "also", "then".

    So of "A received leaders who are in Lima for a forum. He met the presidents of B and C". Not
    where the sentence names a place, a day or an event of its own, tells of what is to come, or
    where the host has set out in between.
    """
    if tense_of(verb) != "past" or _is_placed(reader, verb, others):
        return None
    hosts = {side.key for side in sides}
    read = _seat_before if _is_further(verb) else _seat_of_all
    return read(reader, verb, hosts)


def _seat_of_all(reader: ArgumentReader, verb: Token, hosts: set[str]) -> Spot | None:
    """Return where a host was told right before to receive many who are not named."""
    number = reader.scene.sentence_of[verb.i]
    near = (c for c in reversed(reader.told) if 0 < number - reader.scene.sentence_of[c.at] <= 1)
    for told in near:
        many = told.actor is not None and told.actor.reference.plural
        if many and told.actor is not None and not told.actor.reference.name:
            own = (h for h in told.hosts if h.key in hosts and h.country == told.destination)
            host = next(own, None) if told.fact.status in MADE else None
            if host is not None:
                return told.spot or _land_of(host, verb)
    return None


def _land_of(host: Actor, verb: Token) -> Spot:
    return Spot(host.country or "", None, host.reference, verb.i, verb.i + 1)


def place_of_next_meeting(reader: ArgumentReader, noun: Token, verb: Token) -> Spot | None:
    """Return the place of "Another meeting was with C", "There were also talks with C"."""
    near = [*noun.children, *verb.children]
    further = any(t.lower_ in word_set("next_guest") for t in near)
    if verb.lemma_ != "be" or tense_of(verb) != "past" or not further:
        return None
    guests = [actor for t in noun.subtree for actor in reader.scene.actors(t)]
    return None if _is_placed(reader, verb, guests) else _seat_before(reader, verb, None)


def _seat_before(reader: ArgumentReader, verb: Token, hosts: set[str] | None) -> Spot | None:
    """Return where the last guest told of, a few sentences before, was met by one at home.

    Args:
        hosts: by whom, as keys; by anybody if None.
    """
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        far = number - reader.scene.sentence_of[told.at]
        if not 0 < far <= _REACH:
            continue
        if hosts is not None and told.actor is not None and told.actor.key in hosts:
            return None  # the host is away himself
        if _receives(told, hosts):
            return told.spot
    return next(_of_day_of_meetings(reader, number, hosts), None) if hosts else None


def _of_day_of_meetings(reader: ArgumentReader, number: int, hosts: set[str]) -> Iterator[Spot]:
    """Yield the Lima of "Peru's president held a series of meetings in Lima on Monday"."""
    scene = reader.scene
    for sentence in scene.sentences[max(0, number - _REACH) : number]:
        subject = scene.subject(sentence.root)
        owners = scene.actors(subject) if subject is not None else []
        lands = {owner.country for owner in owners if owner.key in hosts}
        if not any(t.lower_ in word_set("day_of_meetings") for t in sentence):
            continue
        for token in sentence if lands else ():
            spots = scene.spots(token.i + 1) if token.lower_ in {"in", "to", "at"} else []
            yield from (spot for spot in spots[:1] if spot.is_town and spot.country in lands)


def _receives(told: Candidate, hosts: set[str] | None) -> bool:
    """Tell a trip to one of the hosts in his own land, which is over or under way."""
    at_home = (h for h in told.hosts if h.country == told.destination)
    made = told.fact.status in MADE and told.spot is not None
    return made and told.count == 1 and any(hosts is None or h.key in hosts for h in at_home)


def _is_further(verb: Token) -> bool:
    """Tell "also met", "then held talks", "later received", "had separate talks with"."""
    near = [*verb.children, *(c for child in verb.children for c in child.children)]
    return any(token.lower_ in word_set("next_guest") for token in near)


def _is_placed(reader: ArgumentReader, verb: Token, others: Sequence[Actor]) -> bool:
    """Tell a meeting of which its own sentence says where, when or at what event."""
    sentence = reader.scene.sentence(verb.i)
    lands = {other.country for other in others}
    told = reader.scene.places_in(sentence.start, sentence.end)
    elsewhere = any(place.kind == "place" or place.country not in lands for place in told)
    within = any(t.lower_ in word_set("apart_from_home") for t in sentence)
    dates = (t for t in sentence if t.ent_type_ == "DATE" and t.pos_ in _TELLING)
    # "on Tuesday", "the same day", but not "in September"
    return elsewhere or within or any(not t.lower_.endswith("day") for t in dates)


__all__ = ["place_of_next_guest", "place_of_next_meeting"]
