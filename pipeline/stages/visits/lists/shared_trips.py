"""Trips told before that those of a list share: "Also on the trip are A and B", "The four are"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lists import (
    list_end,
    listed,
    starts_list,
)
from pipeline.stages.visits.lists.list_openings import (
    is_on_trip,
)
from pipeline.stages.visits.tables import word_set

#: How long one may be that only goes on with a list, in tokens.
FURTHER = 5
#: How many sentences back the list may be told that goes on.
BACK = 2
#: How many sentences back those may be told whom it calls by the same noun.
_FAR_BACK = 6
#: How long the words before those who share a trip may be, in tokens.
_SHARED = 7


def alike(told: Candidate, guest: Actor, at: Token | None = None) -> Candidate:
    """Return the trip of a guest who came where and when one told of before did."""
    return replace(
        told,
        rule="opened_list",
        at=told.at if at is None else at.i,
        actor=guest,
        origin=guest.country,
        score=0.6,
        count=1,
        first=False,
    )


def is_from_elsewhere(guest: Actor, told: Candidate) -> bool:
    """Tell a guest from one of the land where the event is, or of none that is known."""
    return guest.country not in {told.destination, None}


def trip_of_others(
    reader: ArgumentReader, link: Token, opening: Sequence[Token]
) -> Candidate | None:
    """Return the arrival told before "Other leaders included A": theirs was one as well.

    So the trip before "Also on the trip are A", "Taking part in the joint visit are A".
    """
    if opening and (opening[0].lower_ in word_set("opens_shared_trip") or is_on_trip(opening)):
        return _trip_shared(reader, link, opening)
    if not 0 < len(opening) <= FURTHER or opening[0].lower_ not in word_set("more_guests"):
        return None
    if not {t.lower_ for t in opening} & (word_set("<guest>") | {"others"}):
        return None
    if any(t.tag_ in {"VBN", "VBD", "JJ"} and t.i > opening[0].i for t in opening):
        return None
    number = reader.scene.sentence_of[link.i]
    near = range(number - BACK, number)
    told = [t for t in reader.told if reader.scene.sentence_of[t.at] in near]
    if any("event" in t.notes for t in told):
        return None
    came = [t for t in told if t.phase == "arrive" and t.destination and t.actor is not None]
    return came[-1] if came else None


def _trip_shared(reader: ArgumentReader, link: Token, opening: Sequence[Token]) -> Candidate | None:
    """Return the trip told last where an opening tells of those who are on it too."""
    trip = any(t.lemma_ in words("trip_noun") and t.tag_ == "NN" for t in opening)
    lists = link.lemma_ == "be" or is_on_trip(opening)
    if not trip or len(opening) > _SHARED or not lists:
        return None
    number = reader.scene.sentence_of[link.i]
    near = range(number - BACK, number)
    before = [t for t in reader.told if reader.scene.sentence_of[t.at] in near]
    told = [t for t in before if t.actor is not None and t.destination and t.status is not None]
    known = [t for t in told if t.origin or (t.actor is not None and t.actor.country)]
    return known[-1] if known else None


def of_body(reader: ArgumentReader, link: Token) -> Candidate | None:
    """Return what was just told of leaders whom a sentence then names: "The four are A and B".

    "Four presidents will attend the summit in Lima. The four heads of state are A and B" fires;
    "The summit's four themes are peace and trade" does not.
    """
    subject = next((c for c in link.children if c.dep_ in SUBJECTS and c.i < link.i), None)
    if subject is None or link.lemma_ != "be":
        return None
    definite = any(c.lower_ in words("definite") for c in subject.children)
    many = subject.lower_ in word_set("<guest>") or subject.tag_ == "CD"
    if any(c.dep_ in {"relcl", "acl"} for c in subject.children):
        return None  # "the leaders who will stay away are"
    if subject.lower_ != "they" and not (definite and many):
        return None
    number = reader.scene.sentence_of[link.i]
    for told in reversed(reader.told):
        apart = number - reader.scene.sentence_of[told.at]
        if not 0 < apart <= _FAR_BACK:
            break
        body = told.actor is not None and told.actor.reference.plural
        told_so = body and told.destination and "event" in told.notes and told.status is not None
        if told_so and (apart <= BACK or _is_called_so(told, subject)):
            return told
    return None


def _is_called_so(told: Candidate, subject: Token) -> bool:
    """Tell "seven heads of state" from others where "The heads of state are", "The seven are"."""
    named = told.actor.reference.text.lower().split() if told.actor is not None else []
    return subject.lower_ in named


def others_of_trip(
    reader: ArgumentReader, link: Token, told: Candidate, *, ranked: bool = False
) -> Iterator[Candidate]:
    """Yield who else arrived where `told` says, none of the same or of the host's country.

    Args:
        ranked: whether all who are named hold an office, as those told of before do.
    """
    stop = list_end(reader, link.i + 1, reader.scene.sentence(link.i))
    guests = list(listed(reader, link.i + 1, stop))
    if not guests or not starts_list(reader, guests[0], link.i + 1, hosted=False):
        return
    own = {told.origin, told.actor.country if told.actor is not None else None}
    for guest in guests:
        further = is_from_elsewhere(guest, told) and guest.country not in own
        if further and (ranked or guest.reference.role):
            yield alike(told, guest, link)


__all__ = [
    "BACK",
    "FURTHER",
    "alike",
    "is_from_elsewhere",
    "of_body",
    "others_of_trip",
    "trip_of_others",
]
