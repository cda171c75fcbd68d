"""Allies lost to a rival, by name: "Taiwan has lost allies to China, including Peru in 2007"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.upgrade import Change, UpgradeStatus
from pipeline.labels import OBJECTS
from pipeline.neighbours import prep_objects, word_at
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words

#: How far behind "allies" it is told to whom, in tokens.
_REACH = 5


def read_lost_allies(
    reading: Reading, verb: Token, trigger: Trigger, status: UpgradeStatus
) -> Iterator[Candidate]:
    """Yield what "lost several allies to China, such as Peru in 2007 and Chad" tells of each.

    So "poached three of Taiwan's allies: Peru, Chad and Fiji".
    """
    makers = reading.parties.owners(verb)
    for noun in _allies(verb):
        owned = [code for c in _owners_of(noun) for code in _codes(reading, c)]
        gained = gained_by(reading, noun)
        loser = next((c for c in (*owned, *makers) if c in words("contested")), None)
        winner = next((c for c in (*gained, *makers) if c != loser), None)
        if loser is None:
            continue
        dates = _dated(reading, noun, {loser, winner})
        lost: list[tuple[str, Change]] = [(loser, "severance")]
        if winner in words("rivals_of_contested"):
            lost.append((winner, "establishment"))
        for other, day in dates.items():
            for state, change in lost:
                yield Candidate(
                    rule=trigger.id,
                    at=verb.i,
                    parties=frozenset({state, other}),
                    level="diplomatic_relations",
                    change=change,
                    status=status,
                    date=day,
                    score=trigger.score,
                    owners=(other,),
                )


def _allies(verb: Token) -> Iterator[Token]:
    """Yield the "allies" of "lost three allies", "three of its allies", "a number of allies"."""
    for child in verb.children:
        if child.dep_ in OBJECTS:
            for noun in (child, *prep_objects(child, "of")):
                if noun.tag_ == "NNS" and noun.lemma_.lower() in words("kin", "many_parties"):
                    yield noun


def _owners_of(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ == "poss"]


def _codes(reading: Reading, token: Token) -> list[str]:
    return list(reading.parties.codes(token.left_edge.i, token.i + 1))


def gained_by(reading: Reading, noun: Token) -> list[str]:
    """Return the China of "lost allies to China", by where it stands and not by the parse."""
    behind = noun.doc[noun.i + 1 : noun.i + 1 + _REACH]
    to = next((t for t in behind if t.lower_ == "to"), None)
    return [spot.country for spot in reading.scene.spots(to.i + 1)[:1]] if to is not None else []


def _dated(reading: Reading, noun: Token, apart: set[str | None]) -> dict[str, str | None]:
    """Return each that is named behind, with its date; "Peru and Chad in 2018" have one."""
    scene, doc = reading.scene, noun.doc
    first = next(iter(examples_of(reading.parties, noun)), None)
    found: dict[str, str | None] = {}
    last: str | None = None
    i, end = noun.i + 1, scene.sentence(noun.i).end
    while first is not None and i < end:
        named = next((r for r in scene.at(i) if r.kind == "country" and r.form == "name"), None)
        opened = bool(found) or (named is not None and named.country == first)
        if opened and named is not None and named.country:
            behind = scene.bounds(named)[1]
            date = reading.clock.date_behind(behind)
            if named.country not in apart:
                found[named.country] = date[0] if date is not None else None
                if last is not None and date is not None:
                    found[last] = found[last] or date[0]
                last = named.country if word_at(doc, behind) == "and" else None
            i = date[1] if date is not None else behind
        elif opened and doc[i].lower_ not in words("partner_joint"):
            break
        else:
            i += 1
    return found


__all__ = ["gained_by", "read_lost_allies"]
