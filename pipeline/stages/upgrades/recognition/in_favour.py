"""What is dropped for another: "cut ties with Taipei in favour of relations with Beijing"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.stages.upgrades.tables import words

#: How many tokens "a formal diplomatic relationship with" may take.
_PHRASE = 7
_DESCRIBES = frozenset({"DET", "ADJ", "PRON"})


def favoured_at(of: Token) -> int | None:
    """Return where the one begins that "in favour of" is told of, None for any other "of".

    Of "in favour of full diplomatic relations with Peru", "of recognising Peru" it is Peru.
    """
    if of.lower_ != "of" or not of.i or of.nbor(-1).lower_ not in words("in_favour"):
        return None
    behind = next(iter(of.doc[of.i + 1 : of.i + 2]), of)
    if behind.tag_ == "VBG" and behind.lemma_.lower() in words("recognise"):
        return behind.i + 1
    tie = next((t for t in _phrase(of) if t.lower_ == "with"), None)
    return tie.i + 1 if tie is not None else of.i + 1


def is_of_favoured(prep: Token) -> bool:
    """Tell the last "with" of "cut ties with Taipei in favour of relations with Beijing"."""
    before = prep.doc[max(prep.sent.start, prep.i - _PHRASE) : prep.i]
    return any(favoured_at(t) == prep.i + 1 for t in before if t.lower_ == "of")


def is_taken_for(verb: Token) -> bool:
    """Tell the "recognising" of "cut ties with Taipei in favour of recognising Beijing"."""
    over = verb_above(verb.head)
    dropped = over is not None and over.lemma_.lower() in words("cuts", "forsakes")
    return dropped and favoured_at(verb.head) == verb.i + 1


def _phrase(of: Token) -> Iterator[Token]:
    """Yield the "with" of "of a formal relationship with", where that is all behind "of"."""
    ties = False
    for token in of.doc[of.i + 1 : min(of.i + 1 + _PHRASE, of.sent.end)]:
        if ties and token.lower_ == "with":
            yield token
        if token.pos_ not in _DESCRIBES and token.lemma_.lower() not in words("relation"):
            return
        ties = token.lemma_.lower() in words("relation")


__all__ = ["favoured_at", "is_of_favoured", "is_taken_for"]
