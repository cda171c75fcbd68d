"""What looks like a step into a body of states and is none: "joins in its fair"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import PRESENT
from pipeline.neighbours import word_behind


def takes_part(token: Token) -> bool:
    """Tell "will be joining in the bloc's fair" from "joining the bloc", "joined in May"."""
    behind = token.doc[token.i + 2 : token.i + 3]
    thing = bool(len(behind)) and behind[0].pos_ == "DET"
    return token.lemma_ == "join" and word_behind(token) == "in" and thing


def is_as_it_is(token: Token) -> bool:
    """Tell "the bloc, which also takes in Peru", of how it is, from "has taken in Peru"."""
    return token.lemma_ == "take" and token.dep_ == "relcl" and token.tag_ in PRESENT


__all__ = ["is_as_it_is", "takes_part"]
