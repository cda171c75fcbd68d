"""Presence told by a noun that is somebody's: "A's speech at the forum in Rome"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_noun
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.at_events import event_at
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.deeds import done
from pipeline.stages.visits.event_places import is_event
from pipeline.stages.visits.tables import verb_rules, word_set


def owned_presence(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "A's speech at the forum in Rome", "the presence of A in Rome", "his remarks in Rome".

    "A's speech on the forum in Rome", "the presence of A's troops in Rome" do not fire.
    """
    if noun.lemma_.lower() not in word_set("presence_noun") or reader.is_remote(noun):
        return
    owners = _owners(reader, noun)
    spot, event = _where(reader, noun) if owners else (None, None)
    if spot is None or fact_of_noun(noun).status not in {"completed", "ongoing"}:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "at_event")
    foreign = [a for a in owners if a.country not in {None, spot.country}]
    yield from done(reader, noun, rule, actors=foreign, spot=spot, event=event, within=True)


def presence_nouns() -> frozenset[str]:
    """Return the nouns at which `owned_presence` reads."""
    return word_set("presence_noun")


def _owners(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return whose a speech or presence is: "A's", "by A", or "of A"."""
    heads = [c for c in noun.children if c.dep_ == "poss"]
    heads += [h for c in noun.children if c.lower_ in {"of", "by"} for h in c.children]
    led = words("leading_class") | word_set("heads_body")
    owners = [a for head in heads for a in reader.scene.actors(head)]
    return [a for a in owners if a.reference.role_kind in led and a.reference.name]


def _where(reader: ArgumentReader, noun: Token) -> tuple[Spot | None, Token | None]:
    """Return the place and the event of "at the forum in Rome", "in Rome" that is the noun's."""
    for prep in _preps(noun):
        if prep.lower_ not in {"in", "at", "to", "before", "during"} or prep.i < noun.i:
            continue
        for event in (h for h in prep.children if is_event(h)):
            spot = event_at(reader, event)
            return spot, event if spot is not None else None
        spots = reader.scene.spots(prep.i + 1) if prep.lower_ in {"in", "at"} else []
        if spots and spots[0].is_town:
            return spots[0], None
    return None, None


def _preps(noun: Token) -> Iterator[Token]:
    """Yield the prepositions of a noun, and those that the parse gives to its owner or verb."""
    yield from (c for c in noun.children if c.dep_ == "prep")
    for by in (c for c in noun.children if c.lower_ in {"of", "by"}):
        yield from (t for t in by.subtree if t.dep_ == "prep" and t != by)
    came = noun.head
    if noun.dep_ == "nsubj" and came.lemma_ == "come":
        yield from (c for c in came.children if c.dep_ == "prep")


__all__ = ["owned_presence", "presence_nouns"]
