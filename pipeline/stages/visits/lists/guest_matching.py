"""How the phrases that list guests fit the words of a text."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.discourse.tables import words
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.lists.guest_phrases import (
    KIND,
    MANY,
    words_of,
)
from pipeline.stages.visits.tables import word_set

#: How many words "*" of a phrase may stand for.
_GAP = 14
#: How many words may tell of what kind guests are, hyphens counted.
_KIND = 5
#: What tells how many guests there are, and which.
_COUNTS = frozenset({"NUM", "ADJ", "DET", "ADV"})


def match_phrase(token: Token, parts: Sequence[str]) -> int:
    """Return the token behind the phrase that starts at `token`, or 0."""
    doc, at = token.doc, token.i
    for number, part in enumerate(parts):
        if part == MANY:
            at = _behind_quantity(doc, at, words_of(parts[number + 1]))
            continue
        if part == KIND:
            at = _behind_kind(doc, at, words_of(parts[number + 1]))
            continue
        if part != "*":
            if at >= len(doc) or doc[at].lower_ not in words_of(part):
                return 0
            at += 1
            continue
        following = words_of(parts[number + 1])
        for ahead in range(at, min(at + _GAP + 1, len(doc))):
            if ahead > at and doc[ahead].lower_ in following:
                break
            # "shared a day, though no plane:", "leaders of the region, including A"
            aside = doc[ahead].text == "," and (
                ahead == at or parts[number + 1] == "<include>" == _list_of(doc, ahead + 1)
            )
            told = doc[ahead].tag_ in FINITE and not _will(doc[ahead], parts[number + 1])
            if told or (doc[ahead].is_punct and not aside):
                return 0
        else:
            return 0
        at = ahead
    return at


def _list_of(doc: Doc, at: int) -> str:
    """Return "<include>" for a word at a token that opens what belongs to those named before."""
    return "<include>" if doc[at : at + 1].text == "including" else ""


def _will(word: Token, following: str) -> bool:
    """Tell the "will" of "speakers will also include"."""
    return following == "<include>" and word.lower_ in {"will", "would"} and word.dep_ == "aux"


def _behind_kind(doc: Doc, at: int, last: frozenset[str]) -> int:
    """Return the token of those told of in "the most distinguished guests", `at` if none is."""
    for ahead in range(at, min(at + _KIND, len(doc))):
        if doc[ahead].lower_ in last:
            return ahead
        describes = doc[ahead].pos_ in {"ADJ", "ADV"} or doc[ahead].tag_ in {"VBN", "VBG"}
        # "the African Commonwealth leaders"
        describes |= doc[ahead].pos_ == "PROPN" and doc[ahead].ent_type_ not in {"GPE", "PERSON"}
        if not describes and doc[ahead].text != "-":
            break
    return at


def _behind_quantity(doc: Doc, at: int, last: frozenset[str]) -> int:
    """Return the token of those counted in "the group of more than 30 leaders", `at` if none is."""
    for ahead in range(at, min(at + _GAP, len(doc))):
        word = doc[ahead]
        if word.lower_ in last:
            return ahead
        counts = word.pos_ in _COUNTS or word.lower_ in word_set("counts_guests")
        if not counts and word.lemma_.lower() not in words("quantity_of"):
            break
    return at


__all__ = ["match_phrase"]
