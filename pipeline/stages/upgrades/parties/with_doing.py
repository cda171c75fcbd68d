"""Those of ", with Peru and Chad following suit", who act beside the clause before them."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words as told_words
from pipeline.stages.upgrades.tables import words

#: How far before its verb the "with" of those who act stands, in tokens.
_REACH = 24


def doing_behind(prep: Token) -> Token | None:
    """Return the "following" of ", with Peru and Chad soon following suit", else None.

    Not the "being" of "has several allies, with Peru being the first".
    """
    doc, at = prep.doc, prep.i + 1
    if prep.lower_ != "with" or not prep.i or prep.nbor(-1).text != ",":
        return None
    joints = words("party_joint")
    while at < len(doc) and (doc[at].pos_ in {"PROPN", "DET"} or doc[at].lower_ in joints):
        at += 1
    named = at > prep.i + 1
    while at < len(doc) and doc[at].pos_ == "ADV":
        at += 1
    acts = named and at < len(doc) and doc[at].tag_ == "VBG"
    return doc[at] if acts and doc[at].lemma_ not in told_words("becomes") else None


def with_before(verb: Token) -> Token | None:
    """Return the "with" of those who do what a verb in -ing tells, however the parse has it."""
    if verb.tag_ != "VBG":
        return None
    before = verb.doc[max(verb.sent.start, verb.i - _REACH) : verb.i]
    return next((t for t in reversed(before) if doing_behind(t) == verb), None)


__all__ = ["doing_behind", "with_before"]
