"""States of contested recognition that are dropped: "Panama ditched Taiwan in 2017"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.labels import ANY_OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.lost_allies import gained_by, read_lost_allies
from pipeline.stages.upgrades.recognition.switch import goes_over
from pipeline.stages.upgrades.tables import Trigger, words


def read_ally(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "dropped Taiwan", "Taiwan was abandoned by Panama", "Taipei has lost Nauru"."""
    status = status_of(reading.scene, token)
    objects = _objects(reading, token)
    makers = reading.parties.owners(token)
    contested = words("contested")
    if token.lemma_ in words("goes_over") and not goes_over(reading, token):
        return
    if status is not None and token.lemma_ in words("loses_allies"):
        yield from read_lost_allies(reading, token, trigger, status)
    if status is None or not (contested & {*objects, *makers}):
        return
    others = [code for code in (*makers, *objects) if code not in contested]
    for state in sorted(contested & {*objects, *makers}):
        for other in dict.fromkeys(others):
            dropped = Candidate(
                rule=trigger.id,
                at=token.i,
                parties=frozenset({state, other}),
                level="diplomatic_relations",
                change="severance",
                status=status,
                date=_date(reading, token, other),
                score=trigger.score,
                owners=(state,) if state in makers else (other,),
            )
            yield dropped
            winner = next(iter(gained_by(reading, token)), None) if state in makers else None
            if token.lemma_ in words("loses_allies") and winner in words("rivals_of_contested"):
                parties = frozenset({winner, other})  # "Taipei lost Peru to Beijing"
                yield replace(dropped, parties=parties, change="establishment", owners=(other,))


def _objects(reading: Reading, token: Token) -> list[str]:
    found: dict[str, None] = {}
    for child in token.children:
        nodes = [child] if child.dep_ in ANY_OBJECTS else []
        behind = [child, *child.children] if child.pos_ in {"ADV", "ADP"} else []
        nodes += [n for prep in behind if prep.lower_ in {"from", "on"} for n in prep.children]
        nodes += [n for node in nodes for n in (*_of_relations(node), *_named_ally(node))]
        for node in nodes:
            for head in (node, *node.conjuncts):
                found |= dict.fromkeys(reading.parties.codes(head.i, head.i + 1))
    return list(found)


def _of_relations(node: Token) -> list[Token]:
    """Return the "Taiwan" of "walked out on its relationship with Taiwan"."""
    if node.lemma_.lower() not in words("relation"):
        return []
    return prep_objects(node, "with")


def _named_ally(node: Token) -> list[Token]:
    """Return the "Peru" of "lost its ally Peru", "lost an ally in Peru"."""
    if node.lemma_.lower() not in words("kin"):
        return []
    within = prep_objects(node, "in")
    return [n for n in node.children if n.dep_ == "appos"] + within


def _date(reading: Reading, token: Token, party: str) -> str | None:
    """Return the date behind a party of several ("by Panama in 2017 and by Nicaragua in 2021")."""
    for i in range(token.i, reading.scene.sentence(token.i).end):
        for reference in reading.scene.at(i):
            if reference.country == party and reference.kind == "country":
                behind = reading.clock.directly_behind(reading.scene.bounds(reference)[1])
                if behind is not None:
                    return behind
    return reading.date(token)


__all__ = ["read_ally"]
