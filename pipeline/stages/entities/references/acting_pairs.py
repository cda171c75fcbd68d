"""The two of a sentence who act together, beside those of whom they only speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from pipeline.labels import OWNER_OR_MODIFIERS, SUBJECTS
from pipeline.stages.entities.tables import word_set

#: How many words before its head such a word stands at most.
_REACH = 6
#: What stands between those who act and the two to whom they belong.
_OF_BOTH = frozenset({"of", "from", "between"})
_PAIR = 2


def acting_pair(doc: Doc, named: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Return the codes of the last two of a sentence who act together, sorted; else none.

    "Peru's A and Chile's B condemned the raid on Oman" and "A hosted the Chilean president, as
    Oman sent ships" have Peru and Chile; "Peru spoke of the row between Chad and Oman" has none.

    Args:
        named: parties and persons by the token at which their names begin, with their codes.
    """
    heads: dict[int, str] = {}
    own: dict[int, str] = {}
    for begins, code in named:
        at = begins + (doc[begins].text.lower() == "the" and begins + 1 < len(doc))
        own.setdefault(at, code)
        heads.setdefault(_head(doc[at]).i, code)
    found: tuple[str, ...] = ()
    for i in sorted({*heads, *own}):
        shared = _shared(doc[i], heads | own)
        found = shared or _joined(doc[i], heads) or _met(doc[i], heads) or found
        found = _mediated(doc[i], heads) or found
    return found


def beside_setting(doc: Doc, named: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out who is named behind "The move comes as A and B spar", which tells when it came.

    Not those of "The move angered A and B".

    Args:
        named: parties of one sentence by the token at which their names begin.
    """
    root = doc[named[0][0]].sent.root if named else None
    subjects = [c for c in root.children if c.dep_ in SUBJECTS] if root is not None else []
    steps = (c.lemma_.lower() in word_set("deed") for c in subjects)
    if root is None or root.lemma_.lower() not in word_set("comes_about") or not any(steps):
        return list(named)
    return [(place, code) for place, code in named if place < root.i]


def _shared(name: Token, codes: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "the leaders of A and B agreed", "A-ish and B-ish leaders agreed"."""
    of = name.head
    noun = of.head if name.dep_ == "pobj" and of.text.lower() in _OF_BOTH else of
    if noun.dep_ not in SUBJECTS or (noun == of and name.dep_ not in OWNER_OR_MODIFIERS):
        return ()
    others = [codes.get(node.i) for node in name.conjuncts]
    if len(others) != 1 or others[0] is None or name.i not in codes:
        return ()
    return _two([codes[name.i], others[0]])


def _head(token: Token) -> Token:
    """Return the "Marcos" of "Philippine President Ferdinand Marcos", "Peru's Ana Marcos"."""
    while token.dep_ in OWNER_OR_MODIFIERS and 0 < token.head.i - token.i <= _REACH:
        if token.dep_ == "poss" and token.head.pos_ != "PROPN":
            break
        token = token.head
    return token


def _joined(head: Token, heads: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "A and B agreed", "A and B's fourth meeting"; none of three."""
    others = _beside(head)
    if head.i not in heads or head.dep_ not in {*SUBJECTS, "poss", "attr"} or not others:
        return ()
    if head.head.lemma_.lower() in word_set("mediates"):
        return ()  # "A and B mediated between two others"
    beside = head.doc[head.i + 1 : head.i + 3]
    if beside[:1].text == "and" and beside[-1].i in heads:
        return _two([heads[head.i], heads[beside[-1].i]])
    if head.dep_ == "attr":
        return ()
    codes = [heads.get(_owner(node).i) for node in (head, *others)]
    return _two([code for code in codes if code is not None]) if None not in codes else ()


def _beside(head: Token) -> Sequence[Token]:
    """Return who is joined to a subject, be it behind its name: B of "President A and B met"."""
    named = (c.conjuncts for c in head.children if c.dep_ == "appos")
    return head.conjuncts or next((joined for joined in named if joined), ())


def _mediated(name: Token, heads: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "A and B mediated between C and D", who are spoken of then: C and D."""
    between = name.head
    if name.dep_ != "pobj" or between.lower_ != "between" or name.i not in heads:
        return ()
    if between.head.lemma_.lower() not in word_set("mediates"):
        return ()
    return _two([heads[n.i] for n in (name, *name.conjuncts) if n.i in heads])


def _owner(noun: Token) -> Token:
    """Return the "Peru" of "Fiji's and Peru's ministers", of which the first acts by itself."""
    owners = (c for c in noun.children if c.dep_ == "poss" and noun.pos_ == "NOUN")
    return next(owners, noun)


def _met(head: Token, heads: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "A received B", "A was hosted by B", "A held talks with B".

    Also of "A cut ties with B".
    """
    verb = head.head
    if head.i not in heads or head.dep_ not in SUBJECTS or _beside(head) or verb.pos_ != "VERB":
        return ()
    codes = [heads[node.i] for node in _whom(verb) if node.i in heads and not node.conjuncts]
    return _two([heads[head.i], *codes])


def _whom(verb: Token) -> Iterator[Token]:
    talks = [c for c in verb.children if c.lemma_.lower() in word_set("meetings", "bond")]
    for child in verb.children:
        if child.dep_ == "dobj" and verb.lemma_.lower() in word_set("acts_together"):
            yield child
        if child.dep_ == "agent" and verb.lemma_.lower() in word_set("acts_together"):
            yield from (n for n in child.children if n.dep_ == "pobj")
        if child.dep_ == "dobj" and child.lemma_.lower() in word_set("reception"):
            yield from _givers(child)
    spoken = verb.lemma_.lower() in word_set("acts_together", "meets_with")
    for node in ([verb] if spoken else []) + talks:
        for prep in node.children:
            if prep.lower_ == "with":
                yield from (n for n in prep.children if n.dep_ == "pobj")


def _givers(reception: Token) -> Iterator[Token]:
    """Yield who gives the "welcome" of "A was given a warm welcome by B", "got one from B"."""
    for node in (reception, reception.head):
        for prep in node.children:
            if prep.text.lower() in {"from", "by"} and prep.i > reception.i:
                yield from (n for n in prep.children if n.dep_ == "pobj")


def _two(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes))) if len(set(codes)) == _PAIR else ()


__all__ = ["acting_pair", "beside_setting"]
