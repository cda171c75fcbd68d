"""Pairs behind one verb: "Peru opened relations with Chad in 2001, and Fiji with Togo in 2004"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: Changes that lower or end relations.
LOWER = frozenset({"downgrade", "severance"})


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


def with_whom_told(
    reading: Reading, token: Token, made: Sequence[Candidate], history: Sequence[Candidate]
) -> Sequence[Candidate]:
    """Return the "Chad" of "Peru cut ties with Chad. Fiji lowered its own a day later" for "Peru".

    "Fiji lowered its ties with Peru" names whom it means.
    """
    last = history[-1] if history else None
    if last is None or not 0 <= _apart(reading, token, last) <= 1:
        return made
    before = [c for c in history if c.at == last.at and c.change in LOWER]
    doers = {code for c in before for code in c.owners}
    target = frozenset.intersection(*(c.parties for c in before)) - doers if before else frozenset()
    sentence = reading.scene.sentence(token.i)
    named = set(reading.parties.codes(max(sentence.start, last.at + 1), sentence.end))
    if len(target) != 1 or len(named) != 1 or named & (doers | target):
        return made
    own = [c.change in LOWER and c.at == token.i and {*c.owners} == named for c in made]
    taken = [ok and bool((c.parties - named) & doers) for ok, c in zip(own, made, strict=True)]
    new = [replace(c, parties=target | named) if t else c for t, c in zip(taken, made, strict=True)]
    return list({(c.parties, c.date, c.change): c for c in new}.values())


def _apart(reading: Reading, token: Token, last: Candidate) -> int:
    """Return how many sentences a trigger stands behind a change."""
    number = reading.scene.sentence_of
    return number[token.i] - number[last.at]


__all__ = ["with_own_doers", "with_whom_told"]
