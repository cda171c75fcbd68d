"""The signed paper by which a change is made that is told as still to come."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.labels import ADNOMINAL, NOUNS, PAST, PLURALS, UNDERGONE
from pipeline.stages.upgrades.tables import words

#: How far into the next sentence "In a joint communiqué signed on Monday" has its paper, in tokens.
_OPENING = 8
#: How far behind a partnership "with Peru, signed in 2010" may stand, in tokens.
_BEHIND = 6
#: How many words above a change its old paper, and who should keep it, are looked for.
_HELD_REACH = 7


def signing_of(scene: Scene, token: Token) -> Token | None:
    """Return the "signed" of the paper that a change rests on, in its clause or told next.

    "Peru and Fiji are to restore ties. In a joint communiqué signed on Monday, they …" has one;
    "Peru and Fiji are to restore ties. In a letter on Monday, they …" has none.
    """
    for node in scene.doc[token.i : scene.sentence(token.i).end]:
        signing = _signing(node)
        if signing is not None and _leads(node) is not None:
            return signing
    start = scene.sentence(token.i).start
    for node in scene.doc[start : min(token.i, start + _OPENING)]:
        lead, signing = _leads(node), _signing(node)
        if signing is not None and lead is not None and lead.left_edge.i <= start + 1:
            return signing  # "As per the statement adopted on Monday, it will be granted"
    sentence = scene.beside(scene.sentence_of[token.i], step=1)
    if sentence is None:
        return None
    for node in scene.doc[sentence.start : min(sentence.end, sentence.start + _OPENING)]:
        lead = _leads(node)
        opens = lead is not None and lead.left_edge.i <= sentence.start + 1
        if opens and any(child.lower_ == "joint" for child in node.children):
            return _signing(node)
    return None


def is_of_approved_paper(token: Token) -> bool:
    """Tell "parliament approved the Declaration on Allied Relations", "on approval of" it.

    It was signed by others, at a time of its own. Not "the two leaders approved the declaration".
    """
    if token.pos_ not in NOUNS or token.lemma_.lower() not in words("document"):
        return False
    over = token.head.head if token.dep_ == "pobj" else token.head
    doers = [c for c in over.children if c.dep_ == "nsubj"]
    if any(_are_two(c) for c in doers):
        return False
    return token.dep_ in {"dobj", "nsubjpass", "pobj"} and over.lemma_.lower() in words("ratifies")


def _are_two(doer: Token) -> bool:
    """Tell "the two leaders", "Peru and Chad" from "parliament" and "the lawmakers"."""
    several = doer.tag_ in PLURALS or any(c.dep_ == "conj" for c in doer.children)
    return several and doer.lemma_.lower() not in words("lawmakers", "legislature")


def is_signed_behind(token: Token, level: Span) -> bool:
    """Tell the "signed" of "the partnership with Peru, signed in 2010", right behind its name.

    "They formed a partnership and signed papers in 2010" signs something else.
    """
    signs = words("signs", "signed", "launched")
    if token.tag_ not in PAST or token.lemma_.lower() not in signs:
        return False
    if any(child.dep_ in {"dobj", "nsubjpass", "auxpass", "aux"} for child in token.children):
        return False
    between = token.doc[level.end : token.i]
    plain = {"PROPN", "ADP", "PUNCT", "DET", "PART"}
    known = words("document", "first_told")
    near = 0 <= token.i - level.end <= _BEHIND
    return near and all(t.pos_ in plain or t.lemma_.lower() in known for t in between)


def signs_it(verb: Token) -> bool:
    """Tell "the communiqué was signed", by which what was just told was done.

    "A trade agreement was signed" and "the agreement on visas was signed" are other papers.
    """
    made = words("signs", "signed", "brokers", "strikes")
    if verb.lemma_.lower() not in made or verb.tag_ not in PAST:
        return False
    if any(child.lower_ in {"will", "would", "to", "be"} for child in verb.children):
        return False
    signed = (child for child in verb.children if child.dep_ in UNDERGONE)
    return any(_is_of_change(noun) for noun in signed)


def _is_of_change(noun: Token) -> bool:
    """Tell "the document", "a joint declaration", "the protocol on relations" from other papers."""
    if noun.lemma_.lower() not in words("document"):
        return False
    around = {child.lower_ for child in noun.children if child.dep_ in {"amod", "compound", "det"}}
    if not around & {"the", "this", "that", "these", "joint"} or around - words("plain_paper"):
        return False
    matters = {"effect", "it", "them", *words("relation")}
    return all(
        any(n.lemma_.lower() in matters or n.ent_type_ in {"DATE", "GPE"} for n in child.subtree)
        for child in noun.children
        if child.dep_ in {"prep", "acl", "relcl"}
    )


def is_of_standing_paper(token: Token) -> bool:
    """Tell "violated the treaty on the opening of relations", an old one that should be kept.

    So "the goals set out in the declaration on partnership", "under the declaration"; but not "the
    goals set out in the declaration on partnership signed on Monday".
    """
    above = list(islice(token.ancestors, _HELD_REACH))
    paper = next((n for n in (token, *above) if n.lemma_.lower() in words("document")), None)
    paper = paper or _right_before(token)
    if paper is None or _signing(paper) is not None or _is_signed_within(paper):
        return False
    if _is_told_in(paper):
        return True
    behind = islice(paper.ancestors, _HELD_REACH)
    return any(node.lemma_.lower() in words("holds_to") for node in behind)


def _is_signed_within(paper: Token) -> bool:
    """Tell "the declaration on the opening of ties, signed on Monday", whose clause hangs lower."""
    clauses = (node for node in paper.subtree if node.dep_ in ADNOMINAL)
    return any(c.lemma_.lower() in words("signs") and c.tag_ in PAST for c in clauses)


def _is_told_in(paper: Token) -> bool:
    """Tell "outlined in the declaration", "act under the treaty", of papers that were there."""
    known = any(c.lower_ in words("known_paper") for c in paper.children if c.i < paper.i)
    over = paper.head
    if not known or paper.dep_ != "pobj":
        return False
    told = over.head.tag_ == "VBN" and over.head.dep_ in {"acl", "relcl", "ccomp", "pcomp"}
    stands = told and over.head.lemma_.lower() in words("told_in_paper")
    return over.lower_ == "under" or (over.lower_ in {"in", "by"} and stands)


def _right_before(token: Token) -> Token | None:
    """Return the "treaty" of "violated the treaty on the opening", though the "on" hangs on it."""
    on = token.head
    before = token.doc[on.i - 1] if on.lower_ == "on" and on.i > token.sent.start else None
    named = before is not None and before.lemma_.lower() in words("document")
    return before if named else None


def _leads(noun: Token) -> Token | None:
    """Return the preposition by which a paper is what a clause rests on."""
    head = noun.head
    if head.lower_ == "to" and head.head.lower_ == "according":
        return head.head
    return head if head.lower_ in words("rests_on") and noun.dep_ == "pobj" else None


def _signing(noun: Token) -> Token | None:
    if noun.lemma_.lower() not in words("document"):
        return None
    clauses = (child for child in noun.children if child.dep_ in ADNOMINAL)
    made = (c for c in clauses if c.lemma_.lower() in words("signs") or c.lower_ == "dated")
    return next(made, None)


__all__ = [
    "is_of_approved_paper",
    "is_of_standing_paper",
    "is_signed_behind",
    "signing_of",
    "signs_it",
]
