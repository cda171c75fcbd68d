"""Embassies told of by their work: "commenced operations", "has had an embassy there since"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.labels import OBJECTS, TIMES, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
#: How far behind an embassy the "since" stands that dates it, in tokens.
_SINCE_REACH = 8


def starts_work(token: Token) -> bool:
    """Tell "commenced operations", "began its work", "started operating", "became operational".

    Not "started work on a new building".
    """
    if token.lemma_.lower() not in words("starts_work"):
        return False
    told = [c for c in token.children if c.dep_ in {*OBJECTS, "xcomp", "acomp"} and c.i > token.i]
    done = next((c for c in told if c.lemma_.lower() in words("mission_work", "at_work")), None)
    if done is None or any(c.dep_ == "neg" for c in token.children):
        return False
    aims = [*prep_objects(done, "on", "for"), *prep_objects(token, "on", "for")]
    of_own = all(c.lower_ in words("its") or c.dep_ in {"prep", "amod"} for c in done.children)
    return of_own and all(n.ent_type_ in TIMES for n in aims)


def worker(token: Token) -> list[Token]:
    """Return the embassy of "Peru's embassy in Lome commenced operations"."""
    return [c for c in token.children if c.dep_ == "nsubj" and c.lemma_.lower() != "ambassador"]


def works_since(token: Token) -> Token | None:
    """Return the "since" of "the embassy of Peru has functioned in Lome since 1993".

    Not that of "the embassy has operated a hotline since 1993".
    """
    if token.lemma_.lower() not in words("works_on"):
        return None
    if any(c.dep_ in OBJECTS or c.dep_ == "neg" for c in token.children):
        return None
    told = (t for t in token.subtree if t.lower_ == "since" and t.i > token.i)
    return next((t for t in told if any(c.ent_type_ in TIMES for c in t.children)), None)


def opens_doors(token: Token) -> bool:
    """Tell "the embassy opened its doors in 1999" from "opened its doors to visitors"."""
    if any(c.lower_ in {"to", "for", "as"} for c in token.subtree):
        return False
    return any(_YEAR.fullmatch(t.text) for t in token.sent)


def held_since(noun: Token) -> Token | None:
    """Return the "since" of "has had an embassy in Lome since 1993"."""
    behind = noun.doc[noun.i + 1 : min(noun.i + _SINCE_REACH, noun.sent.end)]
    since = next((t for t in behind if t.lower_ == "since"), None)
    if since is None or (since.head.pos_ in VERBS and since.head.i > noun.i):
        return None  # "has an embassy there, closed since 2021"
    if not any(c.lower_ in words("any_house") for c in noun.children):
        return None
    return since if any(c.ent_type_ in TIMES for c in since.children) else None


def is_first_to_have(verb: Token) -> bool:
    """Tell "Peru has become the first state to have an embassy there", which it opened of late.

    Not "was the first state to have an embassy there".
    """
    noun = verb.head
    first = verb.dep_ in {"relcl", "acl"} and any(c.lower_ == "first" for c in noun.children)
    over = noun.head
    becomes = noun.dep_ == "attr" and over.lemma_ == "become"
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return first and becomes and infinitive and all(c.dep_ != "neg" for c in over.children)


def one_more(token: Token) -> Token | None:
    """Return the "one" of "has an embassy in Lome since 2020. Togo opened one in Oslo in 2011"."""
    one = next((c for c in token.children if c.dep_ in OBJECTS and c.lower_ == "one"), None)
    if one is None or any(c.lower_ == "of" for c in one.children):
        return None
    first = max(0, one.sent.start - 1)
    start = one.doc[first].sent.start
    houses = words("house_of_mission") - {"office", "section", "commission"}
    nouns = [t.lemma_.lower() for t in one.doc[start : one.i] if t.pos_ == "NOUN"]
    return one if any(lemma in houses for lemma in nouns) else None


def is_very_first(token: Token, noun: Token) -> bool:
    """Tell "sent its first (resident) ambassador", "first accredited an ambassador".

    Not "named its first female ambassador".
    """
    near = [c for c in noun.children if c.dep_ == "amod" and c.ent_type_ != "NORP"]
    firsts = [c for c in (*near, *token.children) if c.lower_ == "first" and c.i < noun.i]
    return bool(firsts) and all(c.lower_ in words("first_of_all") for c in near)


__all__ = [
    "held_since",
    "is_first_to_have",
    "is_very_first",
    "one_more",
    "opens_doors",
    "starts_work",
    "worker",
    "works_since",
]
