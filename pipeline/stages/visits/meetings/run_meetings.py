"""Who runs, ends or comes out of a meeting that its own words set in a town."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.attend import leaves_out
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.meetings.seats import seat_before
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

#: How far up "A said that gaps remained after talks in Rome" the speaker may stand, in verbs.
_DEPTH = 3


def ran_meeting(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "A and B ended two days of talks in Rome", "A emerged from a meeting in Rome".

    Also "is presiding over the meeting in Rome", "said gaps remained after a week of talks in
    Rome", "over dinner in Rome A and B agreed"; "A ended the talks in Rome of his envoys" and "A
    spoke of the talks in Rome" do not fire.
    """
    if not (noun.lemma_.lower() in word_set("met_at") or is_event(noun)):
        return
    verb, fact = _run_by(noun)
    spot = _own_town(reader, noun) if verb is not None else None
    if verb is None or spot is None or reader.is_remote(noun):
        return
    agents = agents_of(verb)
    subject = reader.scene.subject(verb)
    heads = agents or ([subject] if subject is not None and subject != noun else [])
    actors = [a for head in heads for a in reader.scene.actors(head)]
    if fact.status in {None, "invited"} or any(a.is_party for a in actors):
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "at_event")
    foreign = [a for a in actors if a.country != spot.country]
    yield from done(reader, verb, rule, actors=foreign, spot=spot, within=True)


def _run_by(noun: Token) -> tuple[Token | None, Fact]:
    """Return the verb whose doer is at the meeting, and what it tells."""
    whole = _with_parts(noun)
    over = whole.head
    runs = over.lemma_ in word_set("runs_meeting") and not leaves_out(over)
    if whole.dep_ in OBJECTS | {"nsubjpass"} and runs:
        return over, fact_of_verb(over)
    if whole.dep_ != "pobj":
        return None, Fact(None)
    verb = over.head
    if over.lower_ == "of" and verb.lower_ == "out":
        over, verb = verb, verb.head
    if verb.pos_ != "VERB":
        return None, Fact(None)
    if over.lower_ == "over" and verb.lemma_ == "preside":
        return verb, fact_of_verb(verb)
    if over.lower_ in {"from", "out"} and verb.lemma_ in word_set("comes_out"):
        return verb, fact_of_verb(verb)
    if over.lower_ == "over" and noun.lemma_.lower() in word_set("meal_noun"):
        return verb, fact_of_verb(verb)
    if over.lower_ in words("after_which") and whole != noun:
        speaker = _speaker(verb)
        return (speaker, fact_of_verb(speaker)) if speaker is not None else (None, Fact(None))
    return None, Fact(None)


def _with_parts(noun: Token) -> Token:
    """Return the days of "two days of talks", the round of "a round of talks"."""
    of = noun.head
    part = of.head if noun.dep_ == "pobj" and of.lower_ == "of" else noun
    return part if part.lemma_.lower() in word_set("part_of_meeting") else noun


def _speaker(verb: Token) -> Token | None:
    """Return the "said" of "A said gaps remained after a week of talks in Rome"."""
    for _ in range(_DEPTH):
        if verb.lemma_ in word_set("says_so"):
            return verb
        if verb.dep_ not in {"ccomp", "xcomp", "conj"} or verb.head == verb:
            return None
        verb = verb.head
    return None


def _own_town(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town right behind a meeting's noun, or in its name."""
    if word_behind(noun) in {"in", "at"}:
        spots = reader.scene.spots(noun.i + 2)
        return spots[0] if spots and spots[0].is_town else None
    for prep in noun.children:
        if prep.lower_ in {"in", "at"} and prep.i > noun.i:
            spots = reader.scene.spots(prep.i + 1)
            if spots and spots[0].is_town:
                return spots[0]
    return seat_before(reader, noun)


__all__ = ["ran_meeting"]
