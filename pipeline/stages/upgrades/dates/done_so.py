"""When a change was made that a clause beside it takes up: ", having done so in 2010"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.labels import VERBS

#: How many words above a change the clause that takes it up may hang.
_REACH = 3
_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "conj"})


def done_so(verb: Token) -> Token | None:
    """Return the "done" of "the only state to recognise it, having done so in 2010".

    Also the "did" of ", which it did in 2010", of "the first to recognise it was Peru, which did
    so in 2010", and the "doing" of ", doing so in 2010". None where nothing dates it.
    """
    over = [verb, *islice((t for t in verb.ancestors if t.pos_ in {*VERBS, "NOUN"}), _REACH)]
    over += [c for node in over for c in node.children if c.dep_ == "attr" and c.i > verb.i]
    clauses = (c for node in over for c in node.children if c.i > verb.i and c.dep_ in _CLAUSES)
    return next((c for c in clauses if c.lemma_ == "do" and _takes_up(c) and _is_dated(c)), None)


def _takes_up(verb: Token) -> bool:
    """Tell "having done so", "which it did", from "did the work"."""
    having = verb.tag_ == "VBG" or any(c.lower_ == "having" for c in verb.children)
    so = any(c.lower_ in {"so", "it", "this"} for c in verb.children)
    which = any(c.lower_ == "which" for c in verb.children)
    return (having and so) or (which and verb.dep_ in {"relcl", "ccomp"})


def _is_dated(verb: Token) -> bool:
    return any(t.ent_type_ == "DATE" or t.is_digit for t in verb.subtree)


__all__ = ["done_so"]
