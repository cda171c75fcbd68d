"""Deeds that an echo takes up instead of the change told before.

"Chad recalled its envoy, and Fiji did the same": Fiji recalled one, too, and has cut no ties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.tables import words as told_words
from pipeline.iso_lengths import YEAR
from pipeline.labels import ADNOMINAL, OBJECTS, OPENERS, VERBS
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.tables import making_verbs, words

#: What leads to whom the same is done: "did the same for Spain".
_TOWARDS = frozenset({"for", "with", "to"})


def is_of_deed_beside(echo: Token, told: Collection[int]) -> bool:
    """Tell whether "did the same" takes up another deed of its own sentence.

    So "Chad recalled its envoy, and Fiji did the same", "After Chad shut its airspace, Fiji
    followed suit", "to recall one envoy, with plans to do the same for Fiji". Not "Chad was angry
    and followed suit", nor where that deed is itself a change.

    Args:
        told: the tokens at which changes were read.
    """
    if any(echo.sent.start <= at < echo.i for at in told):
        return False
    return any(_is_deed(verb, echo) for verb in _deeds(echo))


def is_done_before(echo: Token, date: str = "", later: str | None = None) -> bool:
    """Tell "had done so in 2009", "first did so in 2009", of what one did once more later.

    Also "did so in 2009" where what it takes up was done in a later year.
    """
    near = {c.lower_ for c in echo.children}
    before = echo.tag_ == "VBD" and later is not None and date[:YEAR] < later[:YEAR]
    return before or "had" in near or bool(near & words("another_time"))


def not_told_here(
    copies: Iterable[Candidate], told: Sequence[Candidate], echo: Token
) -> list[Candidate]:
    """Return the copies that an echo makes, but for what its own sentence has told already.

    "Peru is the third state to recognise it, after Chad in 1979, and the first of the region to do
    so" tells Peru's recognition once, and not with Chad's day.
    """
    here = [c for c in told if echo.sent.start <= c.at < echo.i]
    days = {None, *(c.date for c in here)}
    same = {(c.parties, c.change, c.level) for c in here}
    return [c for c in copies if (c.parties, c.change, c.level) not in same or c.date not in days]


def is_of_other_deed(token: Token) -> bool:
    """Tell "Brunei joined the bloc in 1984, followed by Chad", which follows what that tells."""
    over = token.head
    return token.tag_ == "VBN" and token.dep_ in {"acl", "advcl"} and over.pos_ == "VERB"


def is_of_other_clause(token: Token, echo: str, told: Collection[int]) -> bool:
    """Tell an echo of what is no change: "it was poor, as was Peru", "joined them in the talks".

    Also "Peru, which joined it in 1974, backed Chad, as did Fiji", of what stands over the clause.

    Args:
        echo: the id of its row.
        told: the tokens at which changes were read.
    """
    over = token.head
    if echo == "join_them":
        return _is_joined_elsewhere(token)
    if echo == "as_were":
        return over.i not in told
    if echo != "as_did" or token.dep_ != "advcl" or over.pos_ != "VERB" or over.i in told:
        return False
    here = [token.doc[at] for at in told if token.sent.start <= at < token.i]
    return _is_deed(over, token) and all(_is_beside(made, over) for made in here)


def _is_beside(made: Token, over: Token) -> bool:
    """Tell what a clause about its subject or object tells, of the verb over both."""
    chain = (made, *takewhile(lambda node: node != over, made.ancestors))
    return any(node.dep_ in ADNOMINAL and node.pos_ in VERBS for node in chain)


def _is_joined_elsewhere(verb: Token) -> bool:
    """Tell "joined them for dinner in 2013", "in the talks", from "joined them in 2013"."""
    preps = (c for c in verb.children if c.dep_ in {"prep", "dative"} and c.i > verb.i)
    dated = {"DATE", "TIME"}
    return any(all(n.ent_type_ not in dated for n in prep.children) for prep in preps)


def follows_in_deed(verb: Token) -> bool:
    """Tell "Peru followed Chad", which did it first, from "followed Chad to Lima", "into it".

    Also from "followed Chad in joining the bloc", which tells what was done.
    """
    leads = {c.lower_ for c in verb.children if c.dep_ in {"prep", "dative"} and c.i > verb.i}
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    named = all(c.pos_ == "PROPN" for c in objects)
    return bool(objects) and named and verb.tag_ in {"VBD", "VBZ", "VBN"} and not leads


def says_by_what(token: Token) -> bool:
    """Tell "followed suit by cutting ties with Peru", which tells itself what was done."""
    by = (c for c in token.children if c.lower_ == "by" and c.i > token.i)
    done = (n for prep in by for n in prep.children if n.tag_ == "VBG")
    return any(verb.lemma_.lower() in making_verbs() for verb in done)


def is_step_told(noun: Token) -> bool:
    """Tell "the move", "this decision", which is one told before."""
    definite = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
    return definite and noun.lemma_.lower() in words("step", "news")


def _deeds(echo: Token) -> list[Token]:
    """Return the verbs whose deed an echo may take up."""
    own = any(c.dep_ == "nsubj" for c in echo.children)
    found = [echo.head] if echo.dep_ == "conj" and own else []
    for clause in (c for c in echo.children if c.dep_ == "advcl" and c.i < echo.i and own):
        opens = {c.lower_ for c in clause.children if c.dep_ in OPENERS}
        found += [clause] if opens & words("opens_what_was_first") and _acts(clause) else []
    whom = (n for c in echo.children if c.lower_ in _TOWARDS for n in c.children)
    if any(noun.pos_ == "PROPN" for noun in whom):
        found += [t for t in echo.ancestors if t.pos_ == "VERB" and t.i < echo.i and _acts(t)][:1]
    return found


def _acts(verb: Token) -> bool:
    return any(c.dep_ in OBJECTS for c in verb.children)


def _is_deed(verb: Token, echo: Token) -> bool:
    """Tell a verb before an echo that tells what was done, not what was said or planned."""
    lemma = verb.lemma_.lower()
    speaks = told_words("speech") | words("decided", "planned", "proposed")
    return verb.pos_ == "VERB" and verb.i < echo.i and lemma not in speaks


__all__ = [
    "follows_in_deed",
    "is_done_before",
    "is_of_deed_beside",
    "is_of_other_clause",
    "is_of_other_deed",
    "is_step_told",
    "not_told_here",
    "says_by_what",
]
