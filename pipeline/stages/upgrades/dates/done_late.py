"""Changes told by how long they were not made: "did not recognise Peru until 1971"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.iso_lengths import YEAR
from pipeline.labels import SUBJECTS, VERBS
from pipeline.stages.upgrades.tables import words

#: How far behind the verb that is denied "until" stands, and behind it the year, in tokens.
_REACH = 16
_DATE = 4


def wait_of(verb: Token) -> Token | None:
    """Return the "until" of "did not restore ties until May 1991", in which it restored them.

    Also of "not until 1991 did it restore them", "it took Peru until 1991 to restore them", "waited
    until 1991 to restore them", "refused to restore them until 1991". None of
    "has not restored them until today", "would not until 2012", "did not until the war ended".
    """
    long = words("takes_long")
    took = next((t for t in verb.ancestors if t.lemma_ in long and t.tag_ == "VBD"), None)
    if took is not None and took.i < verb.i and verb.tag_ == "VB":
        until = next((t for t in verb.doc[took.i + 1 : verb.i] if t.lower_ in words("till")), None)
        return until if until is not None and _has_year(until) else None
    if verb.dep_ == "xcomp" and verb.head.lemma_ in words("refused") and verb.head.tag_ == "VBD":
        return _till_year(verb)
    if all(child.lower_ not in words("did") for child in verb.children):
        return None
    first, *rest = verb.sent[:2]
    if first.lower_ == "not" and rest and rest[0].lower_ in words("till"):
        return rest[0] if _has_year(rest[0]) else None
    if all(child.dep_ != "neg" for child in verb.children):
        return None
    return _till_year(verb)


def _till_year(verb: Token) -> Token | None:
    """Return the "until" of a verb's "until 1991"."""
    behind = verb.doc[verb.i + 1 : min(verb.i + _REACH, verb.sent.end)]
    until = next((token for token in behind if token.lower_ in words("till")), None)
    own = until is not None and verb_above(until) in {verb, verb.head} and _has_year(until)
    return until if own else None


def _has_year(until: Token) -> bool:
    for token in until.doc[until.i + 1 : min(until.i + 1 + _DATE, until.sent.end)]:
        if len(token) == YEAR and token.text.isdigit():
            return True
        if token.pos_ in VERBS or token.dep_ in SUBJECTS:
            return False
    return False


__all__ = ["wait_of"]
