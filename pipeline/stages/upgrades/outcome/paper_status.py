"""What papers say of a change: a pact yet to be signed, a declaration that lays it down."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.labels import PRESENT, SUBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words


def is_paper_ahead(paper: Token) -> bool:
    """Tell "the signing of a pact on raising ties was expected", "a pact is due to be signed".

    Also "a pact is to be signed".
    Not "a pact on raising ties is expected to help trade", "was expected, and was signed".
    """
    if paper.pos_ != "NOUN" or paper.lemma_.lower() not in words("document", "signing"):
        return False
    over = paper.head.head
    signing = paper.head.lower_ == "of" and over.lemma_.lower() in words("signing")
    told = over if signing else paper
    verb = told.head
    due = next((c for c in verb.children if c.dep_ == "acomp"), verb)
    made = words("signs", "took_place")
    to = {c.lemma_.lower() for c in due.children if c.dep_ == "xcomp"}
    ahead = words("looks_ahead", "planned") if to else words("looks_ahead")
    ahead |= {"be"} if to and verb.tag_ in PRESENT else set()
    if told.dep_ not in SUBJECTS or due.lemma_.lower() not in ahead:
        return False
    done = any(c.dep_ == "conj" and c.lemma_.lower() in made for c in verb.children)
    return not (done or is_negated(verb)) and made.issuperset(to)


def is_set_behind(level: Token) -> bool:
    """Tell "mean to raise ties to a partnership, which is due to be sealed on his visit"."""
    for verb in level.children:
        if verb.dep_ != "relcl" or is_negated(verb):
            continue
        due = next((c for c in verb.children if c.dep_ == "acomp"), verb)
        to_be = any(c.dep_ == "xcomp" and c.tag_ in {"VB", "VBN"} for c in due.children)
        will = any(c.dep_ == "aux" and c.lower_ in words("future") for c in verb.children)
        made = verb.lemma_.lower() in words("signs", "took_place")
        if (to_be and due.lemma_.lower() in words("planned")) or (will and made):
            return True
    return False


def is_signed(paper: Token) -> bool:
    """Tell the pact that one signs, or that is signed, from one that is but spoken of."""
    signs = words("signs", "strikes", "bargains")
    return paper.dep_ in UNDERGONE and paper.head.lemma_.lower() in signs


def is_by_document(verb: Token) -> bool:
    """Tell "will be raised, according to a joint declaration"."""
    nodes = prep_objects(verb, "according", "under")
    nodes += [n for node in nodes if node.lower_ == "to" for n in node.children]
    signed = words("makes_paper")
    return any(
        node.lemma_.lower() in words("document") and any(c.lemma_ in signed for c in node.children)
        for node in nodes
    )


def is_laid_down(scene: Scene, verb: Token) -> bool:
    """Tell "the declaration states that they will" from "a statement said that they will"."""
    subject = scene.subject(verb)
    joint = subject is not None and any(child.lower_ == "joint" for child in subject.children)
    said = subject is not None and subject.lemma_.lower() == "statement" and not joint
    return verb.lemma_.lower() in words("laid_down") and is_document(scene, verb) and not said


def is_document(scene: Scene, verb: Token) -> bool:
    """Tell "the declaration says", whose subject is a paper."""
    subject = scene.subject(verb)
    return subject is not None and subject.lemma_.lower() in words("document")


__all__ = [
    "is_by_document",
    "is_document",
    "is_laid_down",
    "is_paper_ahead",
    "is_set_behind",
    "is_signed",
]
