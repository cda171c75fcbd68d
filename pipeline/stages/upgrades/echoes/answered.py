"""Steps that others answer: "Chad expelled them on Sunday over Peru's decision to cut ties".

The day is that of the answer.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.upgrades.tables import words

#: Owners of a step that may be those who announce it: "announced its decision".
_OWN = frozenset({"its", "their", "his", "her"})


def is_of_answer(trigger: Token, verb: Token, date: Token) -> bool:
    """Tell the date of an answer to the step that a trigger tells, which is not the step's.

    "Welcomed on Tuesday Peru's decision to cut ties" fires; "announced on Tuesday its decision to
    cut ties" and "welcomed Peru's decision in March to cut ties" do not.

    Args:
        verb: the one that the date hangs on.
    """
    step = trigger.head
    if trigger.dep_ != "acl" or step.lemma_.lower() not in words("step"):
        return False
    above = list(step.ancestors)
    if step in date.ancestors or verb not in above:
        return False
    if not any(c.dep_ == "poss" and c.lower_ not in _OWN for c in step.children):
        return False
    if step.dep_ == "dobj" and step.head == verb:
        return verb.lemma_.lower() in words("judges")
    return step.dep_ == "pobj" and any(
        {node.lower_, node.lemma_.lower()} & words("answered_by")
        for node in above[: above.index(verb)]
    )


__all__ = ["is_of_answer"]
