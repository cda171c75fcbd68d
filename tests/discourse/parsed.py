"""Docs built by hand: `word/TAG/dep/head` a token, heads counted from 1, 0 for the root."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Token

VOCAB = spacy.blank("en").vocab
POS = {
    "CD": "NUM",
    "DT": "DET",
    "IN": "ADP",
    "JJ": "ADJ",
    "MD": "AUX",
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "PRP": "PRON",
    "PRP$": "PRON",
    "RB": "ADV",
    "RP": "ADP",
    "TO": "PART",
    "WP": "PRON",
}
LEMMAS = {
    "accepted": "accept",
    "announced": "announce",
    "arrives": "arrive",
    "began": "begin",
    "called": "call",
    "cancelled": "cancel",
    "did": "do",
    "had": "have",
    "has": "have",
    "hopes": "hope",
    "invited": "invite",
    "is": "be",
    "made": "make",
    "plans": "plan",
    "postponed": "postpone",
    "praised": "praise",
    "proposed": "propose",
    "said": "say",
    "spoke": "speak",
    "visited": "visit",
    "visiting": "visit",
    "visits": "visit",
    "was": "be",
    "will": "will",
}
AUXILIARIES = frozenset({"aux", "auxpass"})


def parsed(line: str) -> Doc:
    """Return the Doc of one sentence."""
    cells = [cell.rsplit("/", 3) for cell in line.split()]
    words = [word for word, *_ in cells]
    heads = [int(head) - 1 if head != "0" else i for i, (*_, head) in enumerate(cells)]
    return Doc(
        VOCAB,
        words=words,
        tags=[tag for _, tag, _, _ in cells],
        pos=[
            "AUX" if dep in AUXILIARIES and tag != "TO" else POS.get(tag, "VERB")
            for _, tag, dep, _ in cells
        ],
        deps=[dep for _, _, dep, _ in cells],
        heads=heads,
        lemmas=[LEMMAS.get(word.lower(), word.lower()) for word in words],
    )


def token_of(line: str, word: str) -> Token:
    """Return the first token of a sentence that is a word."""
    return next(token for token in parsed(line) if token.text == word)
