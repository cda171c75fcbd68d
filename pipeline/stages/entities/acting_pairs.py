"""The two of a sentence who act together, beside those of whom they only speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from pipeline.stages.entities.tables import word_set

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: What stands before the name or noun that it tells more of.
_BEFORE_HEAD = frozenset({"compound", "amod", "nmod", "poss"})
#: How many words before its head such a word stands at most.
_REACH = 6
_PAIR = 2


def acting_pair(doc: Doc, named: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Return the codes of the last two of a sentence who act together, sorted; else none.

    "Peru's A and Chile's B condemned the raid on Oman" and "A hosted the Chilean president, as
    Oman sent ships" have Peru and Chile; "Peru spoke of the row between Chad and Oman" has none.

    Args:
        named: parties and persons by the token at which their names begin, with their codes.
    """
    heads: dict[int, str] = {}
    for at, code in named:
        heads.setdefault(_head(doc[at]).i, code)
    found: tuple[str, ...] = ()
    for i in sorted(heads):
        found = _joined(doc[i], heads) or _met(doc[i], heads) or found
    return found


def _head(token: Token) -> Token:
    """Return the "Marcos" of "Philippine President Ferdinand Marcos", "Peru's Ana Marcos"."""
    while token.dep_ in _BEFORE_HEAD and 0 < token.head.i - token.i <= _REACH:
        if token.dep_ == "poss" and token.head.pos_ != "PROPN":
            break
        token = token.head
    return token


def _joined(head: Token, heads: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "A and B agreed", "A and B's fourth meeting"; none of three."""
    if head.dep_ not in {*_SUBJECTS, "poss", "attr"} or not head.conjuncts:
        return ()
    beside = head.doc[head.i + 1 : head.i + 3]
    if beside[:1].text == "and" and beside[-1].i in heads:
        return _two([heads[head.i], heads[beside[-1].i]])
    if head.dep_ == "attr":
        return ()
    codes = [heads.get(node.i) for node in (head, *head.conjuncts)]
    return _two([code for code in codes if code is not None]) if None not in codes else ()


def _met(head: Token, heads: Mapping[int, str]) -> tuple[str, ...]:
    """Return the two of "A received B", "A held talks with B"."""
    verb = head.head
    if head.dep_ not in _SUBJECTS or head.conjuncts or verb.pos_ != "VERB":
        return ()
    codes = [heads[node.i] for node in _whom(verb) if node.i in heads and not node.conjuncts]
    return _two([heads[head.i], *codes])


def _whom(verb: Token) -> Iterator[Token]:
    talks = [c for c in verb.children if c.lemma_.lower() in word_set("meetings")]
    for child in verb.children:
        if child.dep_ == "dobj" and verb.lemma_.lower() in word_set("acts_together"):
            yield child
    spoken = verb.lemma_.lower() in word_set("acts_together") | word_set("meets_with")
    for node in ([verb] if spoken else []) + talks:
        for prep in node.children:
            if prep.lower_ == "with":
                yield from (n for n in prep.children if n.dep_ == "pobj")


def _two(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes))) if len(set(codes)) == _PAIR else ()


__all__ = ["acting_pair"]
