"""What a clause opens with, what was held on a day told there, and what had come before it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.labels import OPENERS, PAST, SUBJECTS
from pipeline.neighbours import word_at
from pipeline.stages.upgrades.dates.dating import is_plain
from pipeline.stages.upgrades.dates.reported import comes_after
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.ties.relations import relation_object


def opening_of(verb: Token) -> Iterator[Token]:
    """Yield what a verb's clause opens with ("Following talks", "The two, who met on Monday,").

    Also "The ministers, meeting in Oslo on Monday,".
    """
    for child in (c for c in verb.children if c.i < verb.i):
        if child.dep_ in SUBJECTS:
            yield from (c for c in child.children if c.dep_ == "relcl" or _is_met(c))
        if child.dep_ in {"prep", "advcl"}:
            marks = {c.lower_ for c in child.children if c.dep_ in OPENERS}
            if not {child.lower_, *marks} & words("not_yet_met"):
                yield child


def held_on(clause: Token, start: int) -> set[str]:
    """Return the words over the date at token `start` of "At talks with Peru held on 4 May".

    Where the parse hangs "held" elsewhere, also those that stand before it in its clause.
    """
    above = [t for t in clause.doc[start].ancestors if clause.is_ancestor(t)]
    nodes = [clause, *above, *(c for t in above for c in t.children if c.dep_ == "dobj")]
    if any(t.lemma_ == "hold" and t.tag_ in PAST for t in nodes):
        nodes += [t for t in clause.subtree if t.i < start]
    return {t.lemma_.lower() for t in nodes}


def is_former(verb: Token) -> bool:
    """Tell the other change of "resumed ties after Peru had cut them in 2009".

    Also the closing of "reopened its embassy after closing it in 2009".
    """
    plain = is_plain(verb) and verb.lemma_.lower() not in words("shuts")
    if plain or comes_after(verb) is None:
        return False
    them = any(c.dep_ == "dobj" and c.lower_ in words("pronoun_object") for c in verb.children)
    return them or relation_object(verb) is not None


def _is_met(clause: Token) -> bool:
    """Tell the "meeting" of "the ministers, meeting in Oslo on 4 May, agreed"."""
    return (
        clause.dep_ == "acl" and clause.tag_ == "VBG" and word_at(clause.doc, clause.i - 1) == ","
    )


__all__ = ["held_on", "is_former", "opening_of"]
