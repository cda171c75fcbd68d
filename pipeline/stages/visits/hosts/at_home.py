"""Who is at home where, and who is there on a visit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.discourse.scene import Actor
from pipeline.labels import VERBS
from pipeline.neighbours import text_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import noun_rules, word_set

#: How far before a guest's title "visiting" may stand, in tokens.
_TITLE_REACH = 8


def host_country(hosts: Sequence[Actor], guest: Actor) -> str | None:
    """Return the first country of the hosts that is not the guest's."""
    for host in hosts:
        if host.country and host.country != guest.country:
            return host.country
    return None


def is_seated(actor: Actor, country: str | None) -> bool:
    """Tell whether who speaks for an organization is at home there: in its seat."""
    return f"{actor.country} {country}" in word_set("seat")


def is_visiting(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "the visiting minister", "met the minister on his first visit abroad"."""
    start, end = reader.scene.bounds_of(actor.reference)
    for i in range(end, min(end + 4, len(reader.scene.doc))):
        again = [r for r in reader.scene.at(i) if r.actor and r.actor == actor.reference.actor]
        end = max((reader.scene.bounds(r)[1] for r in again), default=end)
    return _is_called_visiting(reader, start, actor.token) or _is_on_visit(reader, end)


def _is_called_visiting(reader: ArgumentReader, start: int, i: int) -> bool:
    """Tell "met visiting French Senator X" from "who is visiting France, met Senator X"."""
    doc = reader.scene.doc
    for token in reversed(doc[max(0, start - _TITLE_REACH) : i]):
        if token.lower_ == "visiting":
            return doc[max(0, token.i - 1)].lemma_ != "be"
        if token.i < start and (token.pos_ in VERBS or token.text in {",", ";"}):
            return False
    return False


def _is_on_visit(reader: ArgumentReader, end: int) -> bool:
    """Tell ", on his first overseas visit" behind a name, with no place of its own."""
    doc = reader.scene.doc
    at = end + (text_at(doc, end) == ",")
    opened = [t.lower_ for t in doc[at : at + 2]]
    if opened[:1] != ["on"] or opened[1:] not in (["his"], ["her"], ["a"], ["an"]):
        return False
    for token in doc[at + 2 : at + 7]:
        if token.lemma_ in noun_rules() and token.pos_ == "NOUN":
            return word_behind(token) not in {"to", "of", "in"}
        if token.pos_ not in {"ADJ", "NOUN", "NUM", "PUNCT"}:
            return False
    return False


def met_at_home(
    reader: ArgumentReader, at: int, sides: Sequence[Actor], others: Sequence[Actor]
) -> list[Actor]:
    """Return A and B, each at home, of "will go to Peru and later Chile, and meet A and B".

    Args:
        at: the token that tells of the meeting.
        sides: who goes, and meets the others.
    """
    number, keys = reader.scene.sentence_of[at], {side.key for side in sides}
    sentence_of = reader.scene.sentence_of
    here = takewhile(lambda told: sentence_of[told.at] >= number, reversed(reader.told))
    lands = {t.destination for t in here if t.actor is not None and t.actor.key in keys}
    met = [other for other in others if other.country in lands]
    return met if len({other.country for other in met}) > 1 else []


__all__ = ["host_country", "is_seated", "is_visiting", "met_at_home"]
