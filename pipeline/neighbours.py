"""What stands beside a word, also beside the last one of a text, and below its prepositions."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token


def text_at(doc: Doc | Span, at: int) -> str:
    """Return the word at a place as it is printed; "" before the first and behind the last."""
    return doc[at].text if 0 <= at < len(doc) else ""


def word_at(doc: Doc | Span, at: int) -> str:
    """Return the word at a place in small letters; "" before the first and behind the last."""
    return doc[at].lower_ if 0 <= at < len(doc) else ""


def word_behind(token: Token) -> str:
    """Return the word right behind a token, in small letters; "" behind the last of a text."""
    return token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""


def prep_objects(head: Token, *preps: str) -> list[Token]:
    """Return what hangs on a word by prepositions: Peru of "ties with Peru" for "with"."""
    return [node for child in head.children if child.lower_ in preps for node in child.children]


def agents_of(verb: Token) -> list[Token]:
    """Return by whom it is done: X of "was received by X", "greeted at the station by X"."""
    told = [node for child in verb.children if child.dep_ == "agent" for node in child.children]
    if told or verb.tag_ != "VBN":
        return told
    places = (node for child in verb.children if child.dep_ == "prep" for node in child.children)
    return [node for place in places for node in prep_objects(place, "by") if place.i > verb.i]


__all__ = ["agents_of", "prep_objects", "text_at", "word_at", "word_behind"]
