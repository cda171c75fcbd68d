"""Who has been a member of a body since when: "Peru, a member of the bloc since 1995"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.each_doer import each_doer
from pipeline.stages.upgrades.memberships.bodies import body_named, body_of_member
from pipeline.stages.upgrades.memberships.dated_bodies import dated_bodies, named_behind
from pipeline.stages.upgrades.memberships.members import doing_states, states_at
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words


def read_member_since(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read when a member joined: "Peru, a member of the bloc since 1995", "has been its member".

    Also "has belonged to it since 1995". Not "Peru, a member of the bloc, has grown since 1995",
    nor "a founding member since 1949".
    """
    if token.pos_ == "VERB":
        yield from _belonging(reading, token, trigger)
        return
    verb = token.head if token.dep_ == "attr" else None
    if verb is not None and verb.head.lemma_ in words("ceases"):
        return  # "has ceased to be a member since 1995"
    dates = (reading.clock.since(node) for node in (token, verb) if node is not None)
    date = next(filter(None, dates), None)
    body = body_of_member(reading, token) if date is not None else None
    if body is None or date is None:
        return
    if verb is not None:
        states = doing_states(reading, verb)
    else:
        called = _called(token)
        states = states_at(reading, called) if called is not None else []
    states = [c for c in states if is_country(c) or c not in named_behind(reading, token)]
    for other, day in (dated_bodies(reading, token) or {body: date}).items():
        owners = [code for code in states if code != other]
        told = each_doer(
            reading, token, trigger, owners, other, token.text, "completed", "upgrade", MEMBER
        )
        yield from (replace(made, status="completed", date=day or date) for made in told)


def _belonging(reading: Reading, verb: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "Peru has belonged to the bloc since 1995"; not "the villa has belonged to it"."""
    date = reading.clock.since(verb)
    told = (body_named(reading, noun) for noun in prep_objects(verb, "to"))
    body = next((code for code in told if code is not None), None)
    if date is None or body is None or is_negated(verb):
        return
    states = [code for code in doing_states(reading, verb) if code != body]
    made = each_doer(
        reading, verb, trigger, states, body, verb.text, "completed", "upgrade", MEMBER
    )
    yield from (replace(each, status="completed", date=date) for each in made)


def _called(member: Token) -> Token | None:
    """Return the "Peru" of "Peru, a member since 1995", two of which the parse may take for doers.

    "Peru and Chad, members since 1995, hosted it" fires; "the members since 1995 hosted it" not.
    """
    if member.dep_ == "appos":
        return member.head
    before = [c for c in member.head.children if c.dep_ == "nsubj" and c.i < member.i]
    comma = before and member.doc[member.left_edge.i - 1].text == ","
    return before[-1] if member.dep_ == "nsubj" and comma else None


__all__ = ["read_member_since"]
