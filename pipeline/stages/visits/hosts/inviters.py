"""Whom an invitation to a trip comes from, which tells where a trip of no named place leads."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import invitation_over
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.receive_verbs import passive_sides
from pipeline.stages.visits.tables import word_set

#: How far before and behind "invitation" who gives it may stand, in tokens, where no parse tells.
_BEFORE, _BEHIND = 4, 12
#: How many steps above a trip's word the verb may be that asks one to make it.
_STEPS = 3


def asking_verb(token: Token) -> Token | None:
    """Return the verb of "invited X for a visit", "X was invited on a visit", "invited to visit".

    "X, who was invited to the talks, cancelled his visit" and "X, on a visit, invited Y" have none.
    """
    node, first = token, token.i
    for _ in range(_STEPS):
        if node.head == node:
            return None
        node = node.head
        if node.pos_ == "VERB":
            light = node.tag_ == "VB" and node.lemma_ in words("light")  # "invited to pay a visit"
            if node.lemma_ in words("invite"):
                return node if node.i < first else None
            if not light:
                return None
        first = min(first, node.i)  # "X, on a visit, invited Y": the visit hangs on X
    return None


def is_own_land(noun: Token) -> bool:
    """Tell "his country", "their homeland", from "the country" and "Peru's capital"."""
    owned = any(c.tag_ == "PRP$" for c in noun.children)
    return owned and noun.lemma_.lower() in words("own_land")


def inviter_of(reader: ArgumentReader, trip: Token, own: Collection[str | None]) -> str | None:
    """Return the country of who asks one to make the trip told at a token.

    "A invited B for a visit", "B accepted an invitation from A to visit" and "at the invitation
    of A" fire; "A spoke of the invitation to visit" does not.

    Args:
        own: the countries of those who are asked.
    """
    verb = asking_verb(trip)
    if verb is not None:
        return _first(reader, _who_asks(reader, verb), own)
    above = (t for t in trip.ancestors if t.lemma_ in words("invitation"))
    invitation = next(above, None) or invitation_over(trip)
    told = _first(reader, _givers(reader, invitation), own) if invitation is not None else None
    return told or _beside(reader, trip, own)


def giver_of(reader: ArgumentReader, invitation: Token, own: Collection[str | None]) -> str | None:
    """Return the country of the A of "an invitation from A", "an invitation extended by A"."""
    given = (c for c in invitation.children if c.dep_ == "acl" and c.tag_ == "VBN")
    agents = (agent for verb in given for agent in agents_of(verb))
    told = _first(reader, _givers(reader, invitation), own)
    return told or _first(reader, agents, own)


def _who_asks(reader: ArgumentReader, verb: Token) -> Iterator[Token]:
    """Yield the heads of who asks."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if not passive:
        subject = reader.scene.subject(verb)
        yield from () if subject is None else (subject,)
        return
    yield from (reader.scene.doc[actor.token] for actor in passive_sides(reader, verb)[1])
    # "was invited for a visit by A", where the parse gives A to the visit
    for by in (t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i):
        yield from by.children


def _givers(reader: ArgumentReader, invitation: Token) -> Iterator[Token]:
    """Yield the heads of who gives an invitation, extends it or is thanked for it."""
    for child in invitation.children:
        if child.dep_ == "poss":
            yield child
        elif child.lower_ in {"by", "from", "of"}:
            yield from child.children
        elif child.lower_ == "for":  # "an invitation for a visit from A"
            asked_for = (f for h in child.children for f in h.children if f.lower_ == "from")
            yield from (giver for prep in asked_for for giver in prep.children)
    verb = next((t for t in invitation.ancestors if t.pos_ == "VERB"), None)
    if verb is None:
        return
    if verb.lemma_ in word_set("thanks_inviter"):
        yield from (c for c in verb.children if c.dep_ in OBJECTS)
    elif verb.lemma_ not in word_set("takes_invitation", "declines_invitation"):
        subject = reader.scene.subject(verb)
        yield from () if subject is None else (subject,)
        yield from agents_of(verb)


def _first(
    reader: ArgumentReader, heads: Iterator[Token], own: Collection[str | None]
) -> str | None:
    told = (country for head in heads for country in _countries(reader, head))
    return next((c for c in told if c and c not in own and is_country(c)), None)


def _countries(reader: ArgumentReader, head: Token) -> Iterator[str | None]:
    """Yield the countries of "President X", "the Peruvian side"."""
    actors = reader.scene.actors(head)
    yield from (actor.country for actor in actors)
    described = [c for c in head.children if c.dep_ in {"amod", "compound"} and not actors]
    yield from (r.country for c in described for r in reader.scene.at(c.i) if r.kind == "country")


def _beside(reader: ArgumentReader, trip: Token, own: Collection[str | None]) -> str | None:
    """Return the country of "at the invitation of A" anywhere in the sentence."""
    for token in reader.scene.sentence(trip.i):
        if token.lemma_ not in words("invitation"):
            continue
        for at in range(max(0, token.i - _BEFORE), min(token.i + _BEHIND, len(trip.doc))):
            for reference in reader.scene.at(at):
                known = reference.country and reference.kind != "place"
                if known and reference.country not in own:
                    return reference.country
    return None


__all__ = ["asking_verb", "giver_of", "inviter_of", "is_own_land"]
