"""Seats in a body that are less than a member's: "joined BRICS as a partner"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from pipeline.labels import OWNER_OR_MODIFIERS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import MEMBER, PARTNER, Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.memberships.bodies import MEMBER_OF, body_named, named_at
from pipeline.stages.upgrades.memberships.members import doing_states
from pipeline.stages.upgrades.memberships.taken import taken_states
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words


def status_taken(reading: Reading, token: Token) -> Level | None:
    """Return the status of "joined it as an observer", not of "left it, an observer elsewhere"."""
    for level in reading.levels.of(token) if reading.levels.beside(token) else ():
        span = reading.levels.span(level)
        if level.name not in words("conferred") or span is None or span.root.i < token.i:
            continue
        over = takewhile(lambda node: node != token, span.root.ancestors)
        if token in span.root.ancestors and all(node.pos_ not in VERBS for node in over):
            return level
    return None


def steps_to_status(
    reading: Reading, token: Token, level: Level
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and the states of "were added to it as partner states", "to become partners".

    Other verbs by which a status is conferred are read with their level.
    """
    span = reading.levels.span(level)
    if token.pos_ != "VERB" or span is None:
        return
    if token.lemma_.lower() in words("takes_to_status"):
        yield from taken_states(reading, token)
    elif token.lemma_ == "become":
        behind = (body_named(reading, n) for n in prep_objects(span.root, *MEMBER_OF))
        before = [c for c in span.root.children if c.dep_ in OWNER_OR_MODIFIERS]
        named = (named_at(reading, c) for c in before)
        body = next((code for code in (*behind, *named) if code is not None), None)
        if body is not None:
            yield body, doing_states(reading, token)


def level_taken(token: Token, body: str) -> str | None:
    """Return the level of who joins a body: a partner's of "joined BRICS as a partner".

    None where a body has no such states and only calls one so.
    """
    called = (n.lemma_.lower() for n in prep_objects(token, "as"))
    if words("partner_of_body").isdisjoint(called):
        return MEMBER
    return PARTNER if body in words("has_partners") else None


def with_members(made: Candidate) -> Candidate:
    """Return a change with the level that a body's "8th partner state" has, which is a member."""
    members = made.level == PARTNER and made.parties & words("partners_are_members")
    return replace(made, level=MEMBER) if members else made


__all__ = ["level_taken", "status_taken", "steps_to_status", "with_members"]
