"""What the words over and beside a verb make of the change that it tells.

"Expected to say that they cut ties", "ruled out raising them", "went on to recognise Peru".
"""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import COMPLEMENTS, PAST, VERBS
from pipeline.stages.upgrades.tables import words

#: How many words above a trigger "the way" is looked for.
_WAY_REACH = 3


def is_to_be_announced(verb: Token) -> bool:
    """Tell "will confirm that it is cutting ties" from "will confirm that it cut them"."""
    told = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in words("decided")
    return told and tense_of(verb) in {"present", "progressive"} and tense_of(verb.head) == "future"


def is_to_be_said(verb: Token) -> bool:
    """Tell "are expected to say that they have cut ties" from "are pleased to say so".

    Also ""we have cut ties," they are expected to say".
    """
    said = verb.head
    if verb.dep_ != "ccomp":
        return False
    if said.lemma_.lower() in words("planned"):
        said = next((c for c in said.children if c.dep_ == "xcomp" and c.i > verb.i), said)
    told = said.lemma_.lower() in words("said") and said.tag_ == "VB"
    over = said.dep_ in COMPLEMENTS and said.head.lemma_.lower() in words("planned")
    return told and over


def gone_so_far(verb: Token) -> Token | None:
    """Return the "go" of "could go as far as cutting ties", "has gone so far as to cut them"."""
    at = verb.i - (verb.i > 0 and verb.nbor(-1).lower_ == "to") - 1
    if at < 1 or verb.doc[at - 1 : at + 1].text.lower() != "far as":
        return None
    return next((node for node in verb.ancestors if node.lemma_ == "go"), None)


def is_in_wake(verb: Token) -> bool:
    """Tell the "cutting" of "pledged support in the wake of Peru cutting ties", which it did."""
    over = (verb.head, verb.head.head, verb.head.head.head)
    wake = verb.tag_ == "VBG" and verb.dep_ in {"acl", "pcomp"}
    return wake and any(node.lemma_.lower() in words("wake_of") for node in over)


def is_way_paved(verb: Token) -> bool:
    """Tell "paved the way for Peru to restore ties", which it may do, from "to restore in 2012"."""
    if tense_of(verb) != "infinitive" or any(t.ent_type_ == "DATE" for t in verb.subtree):
        return False
    for node in islice(verb.ancestors, _WAY_REACH):
        way = node if node.lower_ == "way" else None
        way = way or next((c for c in node.children if c.lower_ == "way"), None)
        if way is not None and way.dep_ == "dobj":
            return way.head.lemma_.lower() in words("paves")
    return False


def is_left_to_do(verb: Token) -> bool:
    """Tell "recognised it, with Peru soon to follow"."""
    beside = verb.dep_ == "pcomp" and verb.head.lower_ == "with"
    acts = any(c.dep_ == "nsubj" for c in verb.children)
    return beside and acts and tense_of(verb) == "infinitive" and not is_negated(verb)


def is_improbable(word: Token) -> bool:
    """Tell the word over "unlikely that it will cut ties", also "seems" with "unlikely" behind."""
    told = [word, *(c for c in word.children if c.dep_ in {"acomp", "oprd"})]
    return any(token.lemma_.lower() in words("improbable") for token in told)


def goes_on(verb: Token) -> bool:
    """Tell "went on to", "would go on to", of what came later."""
    return verb.lemma_ == "go" and any(
        c.lower_ == "on" and c.i == verb.i + 1 for c in verb.children
    )


def had_done(verb: Token) -> Token | None:
    """Return the "have" of "plan to have their ties raised", which tells the tense."""
    over = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else verb.head
    done = verb.tag_ in PAST and verb.dep_ in {"acl", "ccomp", "xcomp"}
    bare = over.lemma_ in {"have", "get", "see"} and over.tag_ == "VB"
    bare = bare and over.dep_ not in {"aux", "advcl"}
    return over if done and bare and over.i < verb.i else None


def trails(verb: Token) -> bool:
    """Tell "looked further, opening relations with Chad" from "looked at opening relations"."""
    head = verb.head
    clause = verb.dep_ == "advcl" and verb.tag_ == "VBG" and head.pos_ in VERBS
    marked = any(c.dep_ in {"mark", "advmod", "prep"} and c.i < verb.i for c in verb.children)
    return clause and not marked and head.i < verb.i and verb.nbor(-1).text == ","


def is_spoken_of(verb: Token) -> bool:
    """Tell "raising their ties was under discussion", "is our aim", of what "was a mistake"."""
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ in {"attr", "acomp", "prep"}]
    nodes = [*behind, *(node for c in behind if c.dep_ == "prep" for node in c.children)]
    on = (n for c in behind if c.lower_ == "on" for n in c.children)
    return any(node.lemma_.lower() in words("proposed", "aim") for node in nodes) or any(
        node.lemma_.lower() in words("wish_list") for node in on
    )


def is_settled(verb: Token, head: Token) -> bool:
    """Tell "agreed that ties will be raised", "agreed that they should be"."""
    could = auxiliaries_of(verb) & {"may", "might", "could", "can"}
    return head.lemma_.lower() in words("resolved") and not could


def is_ruled_out(verb: Token) -> bool:
    """Tell "ruled out restoring ties", where the parse may hang it on the "out"."""
    rule = verb.head if verb.lower_ == "out" else verb
    out = any(child.lower_ == "out" for child in rule.children)
    return rule.lemma_.lower() == "rule" and rule.pos_ == "VERB" and out and not is_negated(rule)


def comes_to_sign(verb: Token) -> bool:
    """Tell "will visit in June to sign a partnership" from "will visit to seek one"."""
    signs = verb.lemma_.lower() in words("signs") and verb.head.pos_ == "VERB"
    return signs and tense_of(verb.head) == "future" and not is_negated(verb.head)


__all__ = [
    "comes_to_sign",
    "goes_on",
    "gone_so_far",
    "had_done",
    "is_improbable",
    "is_in_wake",
    "is_left_to_do",
    "is_ruled_out",
    "is_settled",
    "is_spoken_of",
    "is_to_be_announced",
    "is_to_be_said",
    "is_way_paved",
    "trails",
]
