"""To whom a letter goes that holds an invitation."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.tables import words
from pipeline.discourse.text import Text
from pipeline.labels import OBJECTS, VERBS

#: How far before what it holds a letter is named, in tokens.
_REACH = 40


def addressee(text: Text, invitation: Token) -> Token | None:
    """Return the X of "a letter to X, which includes an invitation", "X received a letter".

    So of "The letter, handed to X by Y, contained an invitation to the forum in Lima". Nobody
    where no letter is told of, or to nobody named.
    """
    holder = invitation.head
    over = holder.lemma_ in words("holds_words") and invitation.dep_ in OBJECTS
    if not over and holder.lower_ not in words("holds_words_prep"):
        return None
    start = max(text.sentence(holder.i).start, holder.i - _REACH)
    for letter in reversed(text.doc[start : holder.i]):
        if letter.lemma_.lower() in words("written_word"):
            return next(_gets(text, letter, holder.i), None)
    return None


def _gets(text: Text, letter: Token, end: int) -> Iterator[Token]:
    """Yield who gets a letter: named behind it, at its verb, or as the subject of "received"."""
    yield from (h for to in letter.doc[letter.i + 1 : end] for h in _given(text, to))
    verb = next((t for t in letter.ancestors if t.pos_ in VERBS), None)
    if verb is None or verb.i > letter.i:
        return
    if verb.lemma_ in words("gets_words"):
        yield from (c for c in verb.children if c.dep_ == "nsubj" and _is_one(text, c))
        return
    between = letter.doc[verb.i + 1 : letter.i]
    yield from (h for to in between for h in _given(text, to))
    given = {"dative", "iobj", *OBJECTS}
    yield from (t for t in between if t.head == verb and t.dep_ in given and _is_one(text, t))


def _given(text: Text, to: Token) -> Iterator[Token]:
    if to.lower_ == "to":
        yield from (h for h in to.children if h.dep_ == "pobj" and _is_one(text, h))


def _is_one(text: Text, token: Token) -> bool:
    return any(r.kind in PERSONAL_KINDS for r in text.at(token.i))


__all__ = ["addressee"]
