"""Steps that others of the same article rule out, or fulfil."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from models.upgrade import Change
from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import UNDERGONE
from pipeline.stages.upgrades.merging.steps import Step
from pipeline.stages.upgrades.parties.looking_back import are_rivals
from pipeline.stages.upgrades.tables import words

#: What undoes what.
_OPPOSITE: dict[Change, Change] = {"severance": "establishment", "establishment": "severance"}
#: Levels by which relations themselves are told.
_TIES = frozenset({None, "diplomatic_relations"})
#: A level reached once is not reached again within so many years.
_YEARS = 1


def is_ruled_out(scene: Scene, step: Step, steps: Sequence[Step]) -> bool:
    """Tell a step that another one contradicts, or that was but the promise of it."""
    now = scene.article.published
    return (
        _is_against_switch(step, steps, now)
        or _is_reached_later(scene.doc, step, steps)
        or _is_declined(scene, step)
    )


def _is_against_switch(step: Step, steps: Sequence[Step], now: str | None) -> bool:
    """Tell ties "cut" with the one state or "opened" with its rival, which was left for it.

    "Haiti left Taipei for Beijing. The two governments opened ties": not Haiti and Taipei. What was
    opened with Taipei in 1941 was.
    """
    if step.kind not in _OPPOSITE or step.level not in _TIES:
        return False
    ties = [other for other in steps if other.level in _TIES]
    undone = any(
        other.parties == step.parties
        and other.kind == _OPPOSITE[step.kind]
        and len(other.candidates) >= len(step.candidates)
        and _may_be_one(step.date, other.date or now)
        for other in ties
    )
    return undone and any(
        other.kind == step.kind
        and len(ends := step.parties ^ other.parties) == len(("one", "other"))
        and are_rivals(min(ends), {max(ends)})
        and _may_be_one(step.date, other.date or now)
        for other in ties
    )


def _is_reached_later(doc: Doc, step: Step, steps: Sequence[Step]) -> bool:
    """Tell "agreed in May to raise ties to it" where it was reached in November of that year.

    Also what was announced to be signed, and was.
    """
    if step.kind != "upgrade" or step.level is None or step.date is None:
        return False
    day = step.date
    return all(_is_only_agreed(doc[c.at]) for c in step.candidates) and any(
        (other.parties, other.kind, other.level) == (step.parties, step.kind, step.level)
        and other.status == "completed"
        and other.date is not None
        and day < other.date[: len(day)]
        and int(other.date[:4]) - int(day[:4]) <= _YEARS
        for other in steps
    )


def _is_declined(scene: Scene, step: Step) -> bool:
    """Tell an invitation to join a body that the one invited has turned down."""
    if step.level != "full_member" or step.status == "completed":
        return False
    for sentence in scene.sentences:
        bidden = (t for t in sentence if t.lemma_.lower() in words("bidding_to_join"))
        for noun in (t for t in bidden if t.dep_ in UNDERGONE):
            verb = verb_above(noun)
            if verb is None or verb.lemma_.lower() not in words("turns_down") or is_negated(verb):
                continue
            subject = scene.subject(verb)
            told = subject.subtree if subject is not None else ()
            if any(r.country in step.parties for t in told for r in scene.at(t.i)):
                return True
    return False


def _may_be_one(own: str | None, other: str | None) -> bool:
    """Tell whether a change may be of another's day: one that has a day must share it."""
    first, second = own or "", other or "?"
    return first.startswith(second) or second.startswith(first)


def _is_only_agreed(verb: Token) -> bool:
    """Tell the "raise" of "agreed to raise", the "sign" of "announced that they will sign"."""
    return tense_of(verb) in {"infinitive", "future"}


__all__ = ["is_ruled_out"]
