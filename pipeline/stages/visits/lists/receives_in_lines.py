"""Hosts behind whose verb a list of guests stands in lines: "The King received in audience:"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: How many sentences before the list it may be told that the host is away.
_BACK = 4


def receives_at_home(reader: ArgumentReader, verb: Token, start: int) -> bool:
    """Tell "The Pope received in audience:" before lines of guests from who meets them abroad.

    "The King received congratulations from:", "On his visit to Paris the president met:", "The team
    met in Paris:" do not fire; "met" does by a place of the host's own land alone ("The minister
    met in Riga:").

    Args:
        start: the token behind the colon.
    """
    doc, begin = verb.doc, reader.scene.sentence(verb.i).start
    if verb.pos_ != "VERB" or reader.is_remote(verb) or not _ends_line(reader, start):
        return False
    before = doc[begin:start]
    if any(c.dep_ in OBJECTS and c.i < start - 1 for c in verb.children):
        return False
    if any(t.lower_ in word_set("apart_from_home") for t in before):
        return False
    subject = reader.scene.subject(verb)
    hosts = reader.scene.actors(subject) if subject is not None else []
    home = next((host.country for host in hosts if host.country), None)
    lands = {spot.country for t in before for spot in reader.scene.spots(t.i)}
    home = home or next(iter(lands), None)
    if not hosts or home is None or lands - {home}:
        return False
    if verb.lemma_ == "meet" and not lands:
        return False
    keys, number = {host.key for host in hosts}, reader.scene.sentence_of[verb.i]
    return not any(
        told.actor is not None
        and told.actor.key in keys
        and told.destination not in {None, home}
        and number - reader.scene.sentence_of[told.at] <= _BACK
        for told in reader.told
    )


def comes_as_guest(actor: Actor) -> bool:
    """Tell a president from a cardinal or a person of no known land whom the Pope receives."""
    told = actor.reference
    return not told.guessed and told.role_kind not in word_set("no_guest") | {"religious"}


def _ends_line(reader: ArgumentReader, start: int) -> bool:
    """Tell the colon before token `start` from one that the same line goes on behind."""
    doc, text = reader.scene.doc, reader.scene.article.text
    if start >= len(doc):
        return False
    gap = text[doc[start - 1].idx + 1 : doc[start].idx + 1]
    return "\n" in gap or doc[start].is_space


__all__ = ["comes_as_guest", "receives_at_home"]
