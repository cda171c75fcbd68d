"""Those told as the next in the row of who did the same: "Peru became the latest".

Also "Chad came next", "the last was Chad, in 2014".
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.numbers import ordinal_of
from pipeline.labels import SUBJECTS, TIMES
from pipeline.stages.upgrades.tables import words

_PREDICATES = frozenset({"attr", "acomp", "oprd", "advmod"})
#: What may lead to the others of a row: "the first in Europe", "the second of the states".
_AMONG = frozenset({"in", "of", "from", "among"})
#: What may hang on who is next in a row.
_PARTS = frozenset({"det", "amod", "nummod", "punct", "cc", "advmod", "prep", "npadvmod", "conj"})
#: What makes something else of what a verb tells.
_FURTHER = frozenset({"neg", "xcomp", "ccomp"})


def order_at(verb: Token) -> Token | None:
    """Return the "latest" of "Peru became the latest", "the latest was Peru"."""
    behind = (c for c in verb.children if c.dep_ in _PREDICATES and c.i > verb.i)
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS)
    return next((c for c in (*behind, *subjects) if _is_order(c)), None)


def is_next_in_row(verb: Token) -> bool:
    """Tell "Peru became the latest on Monday" from "the latest to protest", "first on the list"."""
    order = order_at(verb)
    if order is None or any(c.dep_ in _FURTHER for c in verb.children if c.i > verb.i):
        return False
    behind = [c for c in verb.children if c.i > order.i and c.dep_ == "prep"]
    behind += [c for c in order.children if c.dep_ == "prep"]
    return all(c.dep_ in _PARTS for c in order.children) and all(map(_is_of_row, behind))


def _is_order(token: Token) -> bool:
    """Tell "the latest", "third", "the third country", "the most recent"."""
    lower = token.lower_
    if lower == "recent":
        return any(c.lower_ == "most" for c in token.children)
    if lower in words("order") or ordinal_of(token) is not None:
        return True
    parts = [c for c in token.children if c.dep_ == "amod"]
    return lower in words("many_parties") and any(map(_is_order, parts))


def _is_of_row(prep: Token) -> bool:
    """Tell "in 2014", "in western Europe", "of the 27" from "on the agenda", "in the queue"."""
    nouns = [c for c in prep.children if c.dep_ == "pobj"]
    dated = all(n.ent_type_ in TIMES for n in nouns)
    among = prep.lower_ in _AMONG and all(
        n.pos_ in {"PROPN", "NUM"} or n.lemma_.lower() in words("many_parties", "region", "regions")
        for n in nouns
    )
    return dated or among


__all__ = ["is_next_in_row", "order_at"]
