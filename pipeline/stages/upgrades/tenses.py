"""The status that the tense of a verb gives to the change that it tells."""

from __future__ import annotations

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.verb_forms import is_negated
from pipeline.stages.upgrades.tables import words


def tense_status(verb: Token) -> UpgradeStatus | None:
    """Return the status of what a verb tells, None where it is denied ("has not cut ties")."""
    if is_negated(verb) or _is_nearly(verb):
        return None
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & words("future"):
        return "planned"
    if "would" in auxiliaries and _is_told(verb):
        return "planned"
    return "proposed" if auxiliaries & words("modal") else "completed"


def _is_nearly(verb: Token) -> bool:
    """Tell "all but severed its ties", "nearly broke with Peru", by which it did not."""
    near = [child.lower_ for child in verb.children if child.i < verb.i]
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i]]
    return before == ["all", "but"] or bool(words("nearly") & set(near))


def _is_told(verb: Token) -> bool:
    """Tell "said it would", "word that it would", also joined to what else was said.

    Not "would if".
    """
    node = verb
    for _ in range(3):
        if node.dep_ in {"acl", "relcl", "ccomp"} and node.head.lemma_.lower() in words("news"):
            return node.head.pos_ == "NOUN"
        if node.dep_ not in {"ccomp", "conj"}:
            return False
        node = node.head
        if node.tag_ == "VBD" or (node.tag_ == "VBG" and node.lemma_.lower() in words("said")):
            return True
        if node.tag_ == "VBN" and node.lemma_.lower() in words("said"):
            return not any(child.lower_ == "had" for child in node.children)
    return False


__all__ = ["tense_status"]
