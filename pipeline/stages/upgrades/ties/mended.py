"""Ruptures that are ended, by which relations are restored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from pipeline.labels import NOUNS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words

#: How far above a rupture the verb stands that ends it, in words.
_REACH = 3
#: How a length hangs on what lasts so long.
_LENGTHS = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod", "pobj", "poss"})


def is_mended(token: Token) -> bool:
    """Tell "ended a rupture in relations", "the end of a break in ties", which restore them.

    Not "closed its embassy after the break in relations".
    """
    lemma = token.lemma_.lower()
    if lemma in words("rupture") and token.pos_ in NOUNS:
        return any(node.lemma_.lower() in words("mends") for node in _over(token))
    return lemma in words("mends") and any(relation_in(child) for child in token.children)


def _over(noun: Token) -> Iterator[Token]:
    """Yield the words over a rupture up to what sets it in time."""
    for node in islice(noun.ancestors, _REACH):
        if node.lower_ in words("happened_by"):
            return
        yield node
        if node.lower_ == "to" and node.head.lemma_ == "put":
            yield from (c for c in node.head.children if c.dep_ in UNDERGONE)  # "put an end to"


def is_how_long(token: Token) -> bool:
    """Tell "after a ten-year break in relations", told of their return, from a break made."""
    if token.pos_ not in NOUNS or token.lemma_.lower() not in words("rupture"):
        return False
    of = (c for c in token.children if c.lower_ == "of")
    told = [*token.children, *(n for prep in of for n in prep.children)]
    units = (t for c in told for t in c.subtree if c.dep_ in _LENGTHS)
    long = any(t.lemma_.lower().removesuffix("-long") in words("years") for t in units)
    behind = any(t.lower_ in words("happened_by") for t in islice(token.ancestors, _REACH))
    return long and behind and not is_mended(token)


def relation_in(child: Token) -> Token | None:
    """Return the ties of the rupture that a verb's object or an "of" names."""
    nouns = [child] if child.dep_ in UNDERGONE else list(child.children)
    if child.dep_ not in UNDERGONE and child.lower_ != "of":
        return None
    for noun in nouns:
        if noun.lemma_.lower() in words("rupture"):
            below = prep_objects(noun, "in", "of")
            return next((n for n in below if n.lemma_.lower() in words("relation")), None)
    return None


__all__ = ["is_how_long", "is_mended", "relation_in"]
