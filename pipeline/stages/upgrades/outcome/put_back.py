"""What is put back to a later day: "postponed the signing", "deferred its decision on granting"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.labels import COMPLEMENTS, UNDERGONE, VERBS
from pipeline.stages.upgrades.tables import words

#: How many words above a trigger it may be put back.
_REACH = 6
#: How what is put back hangs on the verb that says so.
_UNDER = UNDERGONE | COMPLEMENTS | {"pcomp", "csubj"}


def status_put_back(token: Token) -> UpgradeStatus | None:
    """Return the status of a change that is put back; None where it is not.

    "Peru put off the signing of a partnership" leaves it planned, "the bloc delayed a vote on
    granting Peru the status" proposed; "the bloc postponed its summit after granting Peru the
    status" tells nothing of it.
    """
    below, undecided = token, False
    for node in islice(token.ancestors, _REACH):
        undecided = undecided or below.lemma_.lower() in words("still_to_decide")
        if node.pos_ in VERBS and _puts_back(node):
            if below.dep_ not in _UNDER or is_negated(node):
                return None
            return "proposed" if undecided else "planned"
        below = node
    return None


def _puts_back(verb: Token) -> bool:
    """Tell "postponed", "put off" from "put on"."""
    off = any(c.dep_ == "prt" and c.lower_ in {"off", "back"} for c in verb.children)
    return verb.lemma_.lower() in words("puts_back") or (verb.lemma_ in {"put", "push"} and off)


__all__ = ["status_put_back"]
