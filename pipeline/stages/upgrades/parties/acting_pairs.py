"""Two that make a change of their own in a sentence that tells one of others."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import VERBS
from pipeline.stages.upgrades.parties.named import NamedParties
from pipeline.stages.upgrades.parties.party_references import NO_BARS

_UNTENSED = frozenset({"infinitive", "none", "progressive"})
_PAIR = 2


def acts_as_two(finder: NamedParties, token: Token) -> bool:
    """Tell "relations between Peru and Fiji, since Chad and Mali agreed to resume ties" of Chad's.

    The verb with a tense over the change has two for its subject, and "between" stands outside it.
    """
    above = (t for t in (token, *token.ancestors) if t.pos_ in VERBS)
    verb = next((t for t in above if tense_of(t) not in _UNTENSED), None)
    if verb is None or verb.dep_ == "ROOT":
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or any(t.lower_ == "between" for t in verb.subtree):
        return False
    return len(finder.codes(subject.left_edge.i, subject.right_edge.i + 1, NO_BARS)) == _PAIR


__all__ = ["acts_as_two"]
