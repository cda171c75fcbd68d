"""Whose the relations are that "them" and "they" take up."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: Parties found so surely stand in the clause of the relations themselves.
_SURE = 0.9
_PAIR = 2


def parties_of_noun(reading: Reading, token: Token, noun: Token) -> Parties | None:
    """Return the pair of "Peru has no ties with Chad. Lima is ready to establish them".

    "It established them with Nepal" has another of its own.
    """
    if reading.parties.partners(token, NO_BARS):
        return None
    found, sure = reading.parties.find(noun, None, named=True)
    if len(found) != 1 or len(found[0]) != _PAIR or sure < _SURE:
        return None
    return found[0] if set(reading.parties.owners(token)) <= found[0] else None


def parties_of_owner(
    reading: Reading, token: Token, last: Parties, told: Sequence[Candidate]
) -> Parties:
    """Return the pair told last of "Peru cut ties with Chad, as did Fiji. Lima resumed them".

    That of the change told last, where who resumes them is of it or is not named; of "opened ties
    with Peru and cut them with Chad" the second pair is with Chad; of "Peru lowered its ties with
    Chad, Fiji broke them off" it is Fiji and Chad.
    """
    owners = set(reading.parties.owners(token))
    partners = set(reading.parties.partners(token, NO_BARS)) - last
    own = {c for c in owners - partners if c in last} or (last & _subjects_of(last, told))
    if len(partners) == 1 == len(own):
        return frozenset(own | partners)
    if len(owners) != 1 or owners < last:
        return last
    of_ties = (c for c in reversed(told) if c.level != "recognition")
    known = next((c.parties for c in of_ties if owners < c.parties), None)
    if known is None and _is_beside(reading, token, told[-1] if told else None):
        others = last - _subjects_of(last, told)
        return frozenset(owners | others) if len(others) == 1 else last
    return known or last


def _is_beside(reading: Reading, token: Token, last: Candidate | None) -> bool:
    """Tell "Peru lowered its ties with Chad, Fiji broke them off", of which each is of another."""
    worse = last is not None and last.change in {"downgrade", "severance"}
    cuts = token.lemma_.lower() in words("cuts")
    here = reading.scene.sentence_of
    return worse and cuts and last is not None and here[last.at] == here[token.i]


def parties_told_here(reading: Reading, token: Token, told: Sequence[Candidate]) -> Parties | None:
    """Return the pair of "Peru and Chad restored ties after Peru had cut them": of its sentence."""
    owners = set(reading.parties.owners(token))
    if not owners or reading.parties.partners(token, NO_BARS):
        return None
    start = reading.scene.sentence(token.i).start
    here = (c.parties for c in reversed(told) if start <= c.at < token.i)
    return next((pair for pair in here if owners <= pair and len(pair) == _PAIR), None)


def parties_of_step(
    reading: Reading, token: Token, level: Level | None, told: Sequence[Candidate]
) -> Parties | None:
    """Return the pair told last for "the decision to sever ties was right", of the same change.

    Not for "the decision to sever ties with Chad", "Chad took the decision to sever ties", nor
    where others are told of meanwhile. "Chad hailed the decision to sever ties" is of those before.

    Args:
        told: the changes told before that are of the trigger's kind.
    """
    step = token.head
    if token.dep_ != "acl" or step.lemma_.lower() not in words("step") or not told:
        return None
    if step.left_edge.lower_ not in words("takes_up"):
        return None
    scene, named, last = reading.scene, reading.parties.codes, told[-1]
    if named(step.left_edge.i, step.right_edge.i + 1):
        return None
    recognised = last.level == "recognition"  # "recognised it. The move to open relations …"
    if level is not None and last.level not in {None, level.name} and not recognised:
        return None
    judged = step.dep_ != "dobj" or step.head.lemma_.lower() in words("judges")
    taker = None if judged else scene.subject(step.head)
    takers = named(taker.left_edge.i, taker.right_edge.i + 1) if taker is not None else ()
    if not set(takers) <= last.parties:
        return None
    meanwhile = named(scene.sentence(last.at).end, scene.sentence(token.i).start)
    return last.parties if set(meanwhile) <= last.parties else None


def _subjects_of(last: Parties, told: Sequence[Candidate]) -> set[str]:
    """Return who made the change told last."""
    same = next((c for c in reversed(told) if c.parties == last), None)
    return set(same.owners) if same is not None else set()


def is_of_clause_before(
    reading: Reading, token: Token, date: str, told: Sequence[Candidate]
) -> bool:
    """Tell the day of "cut ties in 2017 and said it would restore them", which is of the cut.

    Not that of "announced in 2017 that it was cutting ties with Chad and opening them with Oman".
    """
    number, scene = reading.scene.sentence_of[token.i], reading.scene
    return (
        any(
            c.date == date
            and c.at < token.i
            and scene.sentence_of[c.at] == number
            and reading.clock.within(scene.doc[c.at].left_edge.i, token.i) == date
            for c in told
        )
        and reading.clock.within(token.i, token.right_edge.i + 1) != date
    )


__all__ = [
    "is_of_clause_before",
    "parties_of_noun",
    "parties_of_owner",
    "parties_of_step",
    "parties_told_here",
]
