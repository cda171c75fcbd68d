"""Relations made normal by an accord that has a name: "Bahrain signed the Abraham Accords"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.labels import UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.respective import respective_dates
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Accord, Trigger, accords

#: Behind which words the accord stands that one accedes to, is a party to, enters into.
_INTO = ("to", "into", "onto")


def read_accord(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "joined the Abraham Accords", "the Abraham Accords were signed by Peru and Chad".

    "Hailed the Abraham Accords" and "joined the Abraham Accords fund" change nothing.
    """
    accord = _accord_of(token)
    status = status_of(reading.scene, token) if accord is not None else None
    if accord is None or status is None:
        return
    none = {accord.hub, *accord.brokers}
    signers = [code for code in reading.parties.owners(token) if code not in none]
    pairs = [frozenset({accord.hub, code}) for code in signers]
    in_turn = respective_dates(reading, token, pairs)
    for code, parties in zip(signers, pairs, strict=True):
        yield Candidate(
            rule=trigger.id,
            at=token.i,
            parties=parties,
            level=None,
            change=trigger.change,
            status=status,
            date=in_turn.get(parties) or reading.date(token),
            score=trigger.score,
            owners=(code,),
        )


def pairs_with_hub(sentence: Span, sets: Sequence[Parties]) -> list[Parties]:
    """Return each of "the Abraham Accords made ties normal between Israel, Peru and Chad".

    Those who sign it do so with its one state, not with each other. Sets of two stay.
    """
    text = sentence.text.lower()
    hubs = {a.hub for a in accords() if any(name in text for name in a.names)}
    found: list[Parties] = []
    for parties in sets:
        hub = next(iter(hubs & parties), None) if len(parties) > len(("one", "other")) else None
        others = sorted(parties - hubs) if hub is not None else []
        found += [frozenset({hub, code}) for code in others if hub is not None] or [parties]
    return found


def _accord_of(verb: Token) -> Accord | None:
    """Return the accord that a verb's object, or what it leads to, names by its whole name."""
    nouns = [c for c in verb.children if c.dep_ in UNDERGONE]
    nouns += [n for prep in _INTO for n in prep_objects(verb, prep)]
    nouns += [verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else []
    for noun in nouns:
        name = verb.doc[noun.left_edge.i : noun.i + 1].text.lower()
        found = (a for a in accords() if name.removeprefix("the ").endswith(a.names))
        if (accord := next(found, None)) is not None:
            return accord
    return None


__all__ = ["pairs_with_hub", "read_accord"]
