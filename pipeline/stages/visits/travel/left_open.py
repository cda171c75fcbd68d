"""Where one goes of whom the sentence only says that he goes: "was asked to Lima. He will go"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import TO_COME
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor
from pipeline.discourse.suppositions import is_hypothetical
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import TIMES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, is_loose
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.setting_out import sets_out_alone

#: How many sentences back the trip may be told.
_REACH = 2
#: How many, of the one trip told of somebody, whose first or last day it is.
_FAR = 6
#: What one who is to go may be kept from.
_UNABLE = frozenset({"can", "ca", "could"})


def left_open(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read on of a trip told before, of one who is told to go, or not to go, and not where.

    "X was due in Lima on Monday. He will not be travelling after all" calls the trip off, and "X
    has been invited to Lima. He said he would go" makes it a plan. "X was due in Lima on Monday. He
    will not go into details" does not fire.
    """
    if verb.lemma_ not in word_set("goes_somewhere") or not is_bare(verb):
        return
    going = _going(verb)
    if going is None or (going and is_hypothetical(verb)):
        return
    for actor in _who(reader, verb):
        told = trip_ahead(reader, verb, actor.key)
        if told is None or (going and told.status == "planned"):
            continue
        if not going and told.status == "invited":
            continue
        for leg in [told] if going else legs_of(reader, told):
            yield replace(
                leg,
                rule="left_open",
                at=verb.i,
                actor=actor,
                fact=Fact("planned" if going else "cancelled"),
                when=reader.clock.when([verb], phase="whole") if going else When(),
                score=0.6,
                first=False,
                joins=not going,
            )


def _who(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return who goes: of "'I will go,' she said" who says so."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in {"i", "we"} or verb.dep_ != "ccomp":
        return reader.travellers(verb)
    sayer = reader.scene.subject(verb.head)
    return reader.scene.actors(sayer) if sayer is not None else []


def sets_out(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Date the first day of a plan without a day by when one "departs", "sets off", "flies out".

    "X will visit Lima. He departs on Sunday" fires; of "X arrives in Lima on Friday. He departs on
    Sunday" and "X is in Lima. He departs on Sunday" others read the last day. So is it of "X will
    arrive in Lima. He departs on Sunday", which tells no other.
    """
    if (
        not sets_out_alone(verb)
        or not is_bare(verb, but=word_set("off_or_out"))
        or is_negated(verb)
    ):
        return
    when = reader.clock.when([verb], phase="arrive")
    if when.start is None or tense_of(verb) not in {"future", "present", "progressive"}:
        return
    for actor in reader.travellers(verb):
        told = trip_ahead(reader, verb, actor.key, reach=_FAR)
        known = reader.told_of(actor)
        if told is None or told.status != "planned" or not all(is_loose(c.when) for c in known):
            continue
        if len({c.destination for c in known}) == 1:
            made = replace(told, rule="left_open", at=verb.i, fact=Fact("planned"))
            if any(c.rule in word_set("arrival") for c in known):
                yield replace(made, when=When(None, when.start), phase="leave")
            else:
                yield replace(made, when=when, phase="arrive")


def trip_ahead(
    reader: ArgumentReader, verb: Token, key: str, *, reach: int = _REACH
) -> Candidate | None:
    """Return the last trip told of somebody, if it is yet to come and its place is known.

    Args:
        reach: how many sentences back.
    """
    number = reader.scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > reach:
            return None
        if told.actor is not None and told.actor.key == key and told.status is not None:
            ahead = told.status in TO_COME and told.destination is not None
            return told if ahead and told.at < verb.i else None
    return None


def legs_of(reader: ArgumentReader, last: Candidate) -> list[Candidate]:
    """Return a trip and the others that one word tells with it: "was due in Lima and Quito"."""
    key = last.actor.key if last.actor is not None else None
    told = (c for c in reader.told if c.at == last.at and c.status == last.status)
    legs = [c for c in told if c.actor is not None and c.actor.key == key and c.destination]
    return legs or [last]


def _going(verb: Token) -> bool | None:
    """Tell "will go" from "will not be going", "could not travel"; None where it is neither."""
    auxiliaries = auxiliaries_of(verb)
    denied = is_negated(verb) or any(c.lower_ == "longer" for c in verb.children)
    if auxiliaries & _UNABLE:
        return False if denied else None
    ahead = tense_of(verb) in {"future", "progressive"} or "would" in auxiliaries
    if "would" in auxiliaries and verb.head.lemma_ not in words("speech"):
        return None
    if verb.dep_ == "ccomp" and verb.head.lemma_ not in words("speech"):
        return None
    return not denied if ahead and not auxiliaries & {"been", "have", "had"} else None


def is_bare(verb: Token, *, but: frozenset[str] = frozenset()) -> bool:
    """Tell "will go", "will go in May after all" from "will go into details", "go ahead"."""
    for child in verb.children:
        if child.lower_ in but and not list(child.children):
            continue
        if child.i < verb.i or child.is_punct or child.ent_type_ in TIMES:
            continue
        dated = child.dep_ == "prep" and any(t.ent_type_ in TIMES for t in child.children)
        aside = child.dep_ in {"cc", "conj", "advcl", "mark"} or child.lower_ in word_set(
            "of_going"
        )
        if not (dated or aside):
            return False
    return True


__all__ = ["is_bare", "left_open", "legs_of", "sets_out", "trip_ahead"]
