"""What a headline tells, and what it tells to come: "Peru to cut ties with Fiji, minister says"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of

#: What the parse makes of who says so behind it.
_SAID = frozenset({"ccomp", "ROOT"})


def is_headline_plan(verb: Token) -> bool:
    """Tell "Peru to cut ties with Fiji, the ministry said", "Peru to open embassy there: minister".

    Its subject opens the sentence and stands right before "to". Not "asked Peru to cut ties".
    """
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if subject is None or to is None or tense_of(verb) != "infinitive":
        return False
    opens = subject.left_edge.i == verb.sent.start and subject.right_edge.i + 1 == to.i
    return opens and subject.pos_ == "PROPN" and verb.dep_ in _SAID and verb.head.i >= verb.i


def is_headline(verb: Token) -> bool:
    """Tell the verb of "Peru, Chad become partners", a line that no full stop ends."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    words = [token for token in verb.sent if not token.is_space]
    opens = subject is not None and words and subject.left_edge.i == words[0].i
    return bool(opens) and verb.dep_ == "ROOT" and words[-1].text not in {".", "?", "!"}


__all__ = ["is_headline", "is_headline_plan"]
