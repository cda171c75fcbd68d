"""With whom ties are cut where the clause before tells of an envoy to that state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import own_verb
from pipeline.labels import AUXILIARIES, UNDERGONE, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.tables import words


class Told(Protocol):
    """Knows the parties of an article."""

    scene: Scene

    def codes(self, start: int, end: int) -> Mapping[str, int]:
        """Return the parties named in the tokens from `start` until `end`."""

    def seats(self, start: int, end: int) -> set[str]:
        """Return the states whose capitals stand in the tokens from `start` until `end`."""


def with_host(told: Told, token: Token, owners: Sequence[str]) -> Parties | None:
    """Return Chad and Togo of "Peru recalled its envoy from N'Djamena, while Togo cut ties".

    Not of "Peru recalled its envoy after Togo cut ties", which are those with Peru.
    """
    verb = own_verb(token)
    name = _name_before(verb) if verb is not None else None
    named = told.scene.at(name.i) if name is not None else ()
    doer = next((r.country for r in named if r.kind == "country"), None)
    if name is None or doer is None or doer not in owners:
        return None
    if name.i - 1 <= token.sent.start or name.nbor(-1).lower_ not in words("beside_clause"):
        return None
    envoys = (
        node
        for node in token.doc[token.sent.start : name.i]
        if node.lemma_.lower() in words("sent_abroad") and node.dep_ in UNDERGONE
        if node.head.pos_ in VERBS and node.head.i < node.i
    )
    envoy = max(envoys, default=None)
    sender = told.scene.subject(envoy.head) if envoy is not None else None
    if envoy is None or sender is None or sender.i > envoy.i:
        return None
    own = {doer, *told.codes(sender.left_edge.i, sender.i + 1)}
    hosts = {*told.codes(envoy.head.i, name.i), *told.seats(envoy.head.i, name.i)} - own
    alone = len(own) > 1 and own.issuperset(owners)
    host = next(iter(hosts)) if len(hosts) == 1 and alone else None
    return frozenset({doer, host}) if host is not None and is_country(host) else None


def _name_before(verb: Token) -> Token | None:
    """Return the word right before a verb, its auxiliaries and adverbs, which is its subject."""
    at = verb.i - 1
    while at > verb.sent.start and (
        verb.doc[at].dep_ in AUXILIARIES or verb.doc[at].pos_ in {"ADV", "AUX"}
    ):
        at -= 1
    name = verb.doc[at]
    return name if at > verb.sent.start and name.pos_ == "PROPN" else None


__all__ = ["with_host"]
