"""The status that the tense of a verb gives to the change that it tells."""

from __future__ import annotations

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated, until_when
from pipeline.discourse.verb_forms import auxiliaries_of
from pipeline.stages.upgrades.tables import words

#: What a verb has of its own where it does not share the words of the one it is joined to.
_OWN = frozenset({"nsubj", "nsubjpass", "aux", "auxpass"})
#: Tags of the auxiliaries of what came about at the end of "not until".
_DID = frozenset({"VBD", "TO"})


def tense_status(verb: Token) -> UpgradeStatus | None:
    """Return the status of what a verb tells, None where it is denied ("has not cut ties")."""
    if is_negated(verb) or _is_nearly(verb) or _is_still_to_come(verb):
        return None
    first = first_under_modal(verb)
    if first != verb and is_negated(first):
        return None
    auxiliaries = auxiliaries_of(first)
    if auxiliaries & words("future"):
        return "planned"
    if "would" in auxiliaries and _is_told(first):
        return "planned"
    return "proposed" if auxiliaries & words("modal") else "completed"


def first_under_modal(verb: Token) -> Token:
    """Return the "recall" of "will recall its envoy and cut ties", whose "will" is of both.

    Any other verb is its own: "said that it will not yield and has cut ties".
    """
    node = verb
    while node.dep_ == "conj" and node.head.tag_ == "VB" and node.head.i < node.i:
        if node.lower_ != node.lemma_.lower() or any(c.dep_ in _OWN for c in node.children):
            return verb
        node = node.head
    return node if auxiliaries_of(node) & (words("future", "modal")) else verb


def _is_still_to_come(verb: Token) -> bool:
    """Tell "has not cut ties until today", "would not until 2005", by which it has not.

    Not "did not cut them until Monday", nor "will not until Friday".
    """
    told = [c for c in verb.children if c.dep_ == "aux" and c.lower_ not in words("future")]
    not_yet = any(c.lemma_ == "have" or c.tag_ not in _DID for c in told)
    return not_yet and until_when(verb) is not None


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
            announced = node.lemma_.lower() in words("declared")
            return announced or not any(child.lower_ == "had" for child in node.children)
    return False


__all__ = ["first_under_modal", "tense_status"]
