"""Recognition that ends: "no longer recognises Taiwan", "lifted its decision to recognise it"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.labels import PREMODIFIERS, UNDERGONE
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many words before a recognition the act stands by which it was given.
_ACT_REACH = 5


def is_ended(token: Token) -> bool:
    """Tell "no longer recognises Taiwan", "stopped recognising it", "derecognised it".

    Also the headline "Peru withdraws recognition of Chad", whose verb the parse takes for a noun.
    """
    if token.lemma_.lower() in words("derecognise"):
        return True
    if token.pos_ == "NOUN" and any(map(_takes_back, token.children)):
        return True
    longer = [c for c in token.children if c.lower_ in {"longer", "more"}]
    if any(child.lower_ == "no" for word in longer for child in word.children):
        return True
    if unmaker(token) is not None:
        return True
    return token.dep_ in {"xcomp", "pcomp"} and token.head.lemma_.lower() in words("cease")


def _takes_back(beside: Token) -> bool:
    """Tell the "withdraws" of "Peru withdraws recognition", right before that."""
    verb = beside.lower_.removesuffix("s")
    right_before = beside.dep_ in PREMODIFIERS and beside.i + 1 == beside.head.i
    return right_before and beside.lower_ != verb and verb in words("taken_back")


def unmaker(token: Token) -> Token | None:
    """Return the "lifted" of "lifted its decision to recognise", "its act on recognition"."""
    for i in range(token.i - 1, max(token.sent.start, token.i - _ACT_REACH) - 1, -1):
        noun = token.doc[i]
        if noun.pos_ == "VERB":
            return None
        if noun.lemma_.lower() in words("undone") and noun.dep_ in UNDERGONE:
            over = noun.head
            return over if over.lemma_.lower() in words("taken_back") else None
    return None


def status_of_end(reading: Reading, token: Token) -> UpgradeStatus | None:
    """Return the status of a recognition's end, by the verb that tells it."""
    if any(c.dep_ == "mark" and c.lower_ in words("condition") for c in token.children):
        return None
    over = unmaker(token)
    if over is not None:
        return status_of(reading.scene, over)
    if token.dep_ in {"xcomp", "pcomp"} and token.head.lemma_.lower() in words("cease"):
        return status_of(reading.scene, token.head)
    return "completed" if is_decided(token) else status_of(reading.scene, token)


def is_decided(token: Token) -> bool:
    """Tell "the decision to no longer recognise", wherever the parse hangs the verb."""
    at = token.i - 1
    while at > 0 and token.doc[at].lower_ in {"no", "longer", "more", "to"}:
        at -= 1
    noun = token.doc[at]
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in words("decided")


def granted_then(reading: Reading, token: Token) -> str | None:
    """Return the 2011 of "withdrew its decision of 2011 to recognise it", when it was given."""
    over = unmaker(token)
    acts = (c for c in over.children if c.lemma_.lower() in words("undone")) if over else ()
    act = next((c for c in acts if c.i < token.i), None)
    if over is None or act is None or act.i < over.i:
        return None
    return reading.clock.within(act.left_edge.i, token.i)


def taken_back(
    told: Iterable[Candidate], granted: str, day: str | None = None
) -> Iterator[Candidate]:
    """Yield each end of a recognition, and before it that this was given on a day told of.

    Args:
        day: when it ended, where that day was read as the end's own.
    """
    for ended in told:
        yield replace(ended, date=day) if ended.date == granted else ended
        yield replace(ended, date=granted, change="establishment", status="completed")


__all__ = ["granted_then", "is_decided", "is_ended", "status_of_end", "taken_back", "unmaker"]
