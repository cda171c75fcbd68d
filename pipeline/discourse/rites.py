"""The rite of which a whole report tells: a funeral, an oath, a parade that brings guests."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS, PREMODIFIERS, SUBJECTS

#: The link between the paragraphs that tell of it.
RITE = "<rite>"


@cache
def _asked() -> frozenset[str]:
    """Return the words and lemmas that may tell of a rite."""
    rites = words("rite_told_again", "rite_of_report", "rest_of_list")
    return rites | words("listed_at_rite", "comes_to_rite")


def tell_of_rite(tokens: Iterable[Token]) -> bool:
    """Tell whether a paragraph tells of a rite that the report takes for known, or of who comes.

    "The king will be at the funeral", "Monday's inauguration", "The king will attend",
    "attended the ceremony", "will be there", "is also coming", "guests at the
    event", "Guests include A" fire; "spoke at a funeral", "the signing ceremony" do not.
    """
    asked = _asked()
    for token in tokens:
        if (token.lower_ in asked or token.lemma_.lower() in asked) and _is_of_rite(token):
            return True
    return False


def _is_of_rite(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if lemma == "attend" and token.i + 1 < len(token.doc):
        objects = any(c.dep_ in OBJECTS or c.dep_ == "nsubjpass" for c in token.children)
        if token.nbor().text in words("ends_clause") and not objects:
            return True
    if lemma in words("rite_told_again") and is_known(token):
        above = token.head
        attended = above.lemma_ in words("attends_rite") and token.dep_ in {*OBJECTS, "nsubjpass"}
        return attended or (token.dep_ == "pobj" and above.lower_ in {"at", "for", "during"})
    if lemma == "include" and token.pos_ == "VERB":
        told = (t for c in token.children if c.dep_ in SUBJECTS for t in c.subtree)
        return any(t.lower_ in words("guest_of_rite") for t in told)
    if _goes_on_with_list(token):
        return True
    if token.lower_ == "there" and token.head.lemma_ == "be" and token.dep_ != "expl":
        return True
    if token.tag_ == "VBG" and lemma == "come" and token.i + 1 < len(token.doc):
        return token.nbor().text in words("ends_clause")
    return lemma in words("rite_of_report") and token.pos_ in NOUNS and is_known(token)


def _goes_on_with_list(token: Token) -> bool:
    """Tell "Among those expected are A and B", "The rest are A and B": those who come to the rite.

    "Those expected to pay", "The rest are idle" list nobody.
    """
    behind = token.doc[token.i + 1 : token.i + 3]
    if len(behind) < 2 or behind[-1].sent != token.sent:
        return False
    if token.lower_ in words("listed_at_rite"):
        expected = behind[0].lower_ in words("expected_guest")
        return expected and behind[1].lemma_ in words("opens_listed")
    first = token.i - token.sent.start <= 1 and token.lower_ in words("rest_of_list")
    return first and behind[0].lemma_ in words("opens_listed") and behind[1].pos_ == "PROPN"


def is_known(noun: Token) -> bool:
    """Tell "the funeral", "his funeral", "the funeral service", "Monday's parade"."""
    head = noun.head if noun.dep_ in PREMODIFIERS else noun
    return any(
        c.lower_ in words("definite") or c.dep_ == "poss"
        for one in (noun, head)
        for c in one.children
    )


__all__ = ["RITE", "is_known", "tell_of_rite"]
