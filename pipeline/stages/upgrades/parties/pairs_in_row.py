"""Pairs behind one verb: "Peru opened relations with Chad in 2001, and Fiji with Togo in 2004"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words


def with_own_doers(
    reading: Reading, token: Token, made: Sequence[Candidate]
) -> Sequence[Candidate]:
    """Return the changes with "Fiji" for "Peru" where the verb is understood once more.

    "Peru opened relations with Chad, and Fiji with Togo" fires; "Peru opened relations with Chad
    and with Togo" does not.
    """
    if len(made) < len(("one", "other")) or token.pos_ != "VERB":
        return made
    doers = _doers_behind(reading, token)
    if not doers:
        return made
    acting = {*doers.values()}
    met = [c for c in made if not acting & (c.parties - {*c.owners})]
    return [_of_doer(c, {p: d for p, d in doers.items() if p not in acting}) for c in met]


def _of_doer(candidate: Candidate, doers: dict[str, str]) -> Candidate:
    if len(candidate.owners) != 1 or len(candidate.parties) != len(("one", "other")):
        return candidate
    (partner,) = candidate.parties - {*candidate.owners} or {""}
    doer = doers.get(partner)
    if doer is None or doer in candidate.parties:
        return candidate
    return replace(candidate, parties=frozenset({doer, partner}), owners=(doer,))


def _doers_behind(reading: Reading, token: Token) -> dict[str, str]:
    """Return who does it with each partner of ", and Fiji with Togo", by the partner."""
    scene, found = reading.scene, dict[str, str]()
    for i in range(token.i + 2, scene.sentence(token.i).end):
        if token.doc[i].lower_ != "with":
            continue
        named = [r for r in scene.at(i - 1) if r.kind == "country" and r.form == "name"]
        if len(named) != 1 or not is_country(named[0].country or ""):
            continue
        before = scene.bounds(named[0])[0] - 1
        if token.doc[before].lower_ == "the":
            before -= 1
        if token.doc[before].lower_ in words("party_joint") | {";", "while"}:
            partners = reading.parties.listed_from(i + 1)
            found |= dict.fromkeys(partners, named[0].country or "")
    return found


__all__ = ["with_own_doers"]
