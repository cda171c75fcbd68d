"""What looks like a step into a body of states and is none: "joins in its fair"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import PRESENT, UNDERGONE
from pipeline.neighbours import word_behind
from pipeline.stages.upgrades.tables import words


def is_no_step(token: Token) -> bool:
    """Tell a verb of joining or leaving that tells no step into a body or out of it."""
    return _takes_part(token) or _is_as_it_is(token) or _takes_back_bid(token)


def _takes_part(token: Token) -> bool:
    """Tell "will be joining in the bloc's fair" from "joining the bloc", "joined in May"."""
    behind = token.doc[token.i + 2 : token.i + 3]
    thing = bool(len(behind)) and behind[0].pos_ == "DET"
    return token.lemma_ == "join" and word_behind(token) == "in" and thing


def _takes_back_bid(token: Token) -> bool:
    """Tell "withdrew its application to the bloc" from "withdrew from the bloc"."""
    asked = (c for c in token.children if c.dep_ in UNDERGONE and c.pos_ == "NOUN")
    with_prep = token.lemma_.lower() in words("with_prep")
    return with_prep and any(noun.lemma_.lower() in words("asking") for noun in asked)


def _is_as_it_is(token: Token) -> bool:
    """Tell "the bloc, which also takes in Peru", of how it is, from "has taken in Peru"."""
    return token.lemma_ == "take" and token.dep_ == "relcl" and token.tag_ in PRESENT


__all__ = ["is_no_step"]
