"""Whose a "with" is: of a trigger and its relations, of the clause over it, or of neither."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from pipeline.discourse.verbs import own_verb, verb_above
from pipeline.labels import ADNOMINAL, TENSED, VERBS
from pipeline.stages.upgrades.outcome.misread import is_misread
from pipeline.stages.upgrades.tables import making_verbs, noun_triggers, words

RELATIVES = frozenset({"which", "whom"})
_CLAUSES = frozenset({"relcl", "acl", "ccomp", "pcomp", "advcl"})
#: How far from its trigger a loose "with" may stand, in tokens.
_LOOSE_REACH = 10


def hold_of(prep: Token, token: Token) -> Literal["own", "beside", "other"] | None:
    """Tell the "with" of a trigger or its relations from that of the clause over it, or of none.

    "Beside" a trigger is that of its own clause: "reached a deal with Peru on restoring ties".
    """
    node = prep.head
    relative = prep.i + 1 < len(prep.doc) and prep.nbor().lower_ in RELATIVES
    if relative and node == own_verb(token):
        return "own"  # "Peru, with which Fiji has relations"
    if node.lemma_.lower() in words("measure") or _is_of_what_stands(node, token):
        return None
    if node == token.head and token.dep_ == "amod" and (token.tag_ in TENSED or is_misread(token)):
        return "own"  # "Peru severs diplomatic ties with Chad", whose verb is parsed as describing
    if node == token and token.lemma_ in words("talk"):
        return "own"  # "talks with Peru on a partnership"
    if node.lemma_ in words("talk") or prep.doc[prep.i - 1].lemma_ in words("talk"):
        return None
    verb = own_verb(node)
    trigger_verb = own_verb(token)
    if node == token or token in node.ancestors:
        if _is_of_another(node, token) or _is_of_clause_below(node, token):
            return None
        if _is_of_deed_beside(node, token) or _is_of_reason(node, token):
            return None
        return "other" if _is_of_joined(node, token) or _is_of_own_ties(node, token) else "own"
    told = any(node.lemma_.lower() in words(name) for name in ("relation", "document"))
    if verb == trigger_verb and (told or node == verb):
        return "own" if token.pos_ in VERBS else "beside"
    over = trigger_verb is not None and verb is not None and verb in trigger_verb.ancestors
    if over or (told and _shares_noun(node, token)):
        return "other" if told or node.pos_ in VERBS else None
    return "other" if verb == trigger_verb and abs(prep.i - token.i) < _LOOSE_REACH else None


def is_own_object(ties: Token, token: Token) -> bool:
    """Tell the ties of "cut its ties to Peru", not of "angry at ties to Fiji, cut those with"."""
    return (
        ties in {token, token.head} or ties.head == token or verb_above(ties) == verb_above(token)
    )


def _is_of_what_stands(node: Token, token: Token) -> bool:
    """Tell the "with" of "raised ties to the rank that it has with Chile" from the trigger's."""
    for above in [node, *node.ancestors]:
        if above == token:
            return False
        if above.dep_ in _CLAUSES and above.lemma_.lower() in words("keeps"):
            return True
    return False


def _is_of_joined(node: Token, token: Token) -> bool:
    """Tell the second "with" of "cutting ties with Peru and seeking others with Chile"."""
    for above in [node, *node.ancestors]:
        if above == token:
            return False
        if above.pos_ == "VERB" and above.dep_ == "conj":
            return True
    return False


def _is_of_deed_beside(node: Token, token: Token) -> bool:
    """Tell the "with" of "they cut ties, and Peru blamed Chile for a pact with Fiji", no partner.

    What another does in a clause of its own, whose verb changes no relations, is nothing of theirs.
    """
    for above in [node, *node.ancestors]:
        if above == token:
            return False
        if above.pos_ == "VERB" and above.dep_ == "conj" and above.tag_ in TENSED:
            return any(c.dep_ == "nsubj" for c in above.children)
    return False


def _is_of_reason(node: Token, token: Token) -> bool:
    """Tell the "with" of "cut ties over Peru's border deal with Chad", "in reaction to its pact".

    Not of "over a deal with Chad", who may be the partner.
    """
    for above in [node, *node.ancestors]:
        if above == token:
            return False
        if above.dep_ != "pobj" or all(c.dep_ != "poss" for c in above.children):
            continue
        prep = above.head
        answer = prep.lower_ == "to" and prep.head.lemma_.lower() in words("answered_by")
        if answer or prep.lower_ in words("for_reason"):
            return True
    return False


def _is_of_own_ties(node: Token, token: Token) -> bool:
    """Tell the last "with" of "cut relations with Peru over its close ties with Chad".

    Not of "cut its ties with Peru and its ties with Chad", "the end of its ties with Chad".
    """
    for above in [node, *node.ancestors]:
        if token in (above, above.head):
            return False
        owned = any(c.dep_ == "poss" for c in above.children)
        if owned and above.dep_ == "pobj" and above.lemma_.lower() in words("relation"):
            return above.head.lower_ != "of" or above.head.head != token
    return False


def _is_of_clause_below(node: Token, token: Token) -> bool:
    """Tell the "with" of "ties were cut in 2017, when Peru shunned Fiji for its ties with Chad"."""
    owned = node.lemma_.lower() in words("relation") and any(
        c.dep_ == "poss" for c in node.children
    )
    for above in [node, *node.ancestors] if owned else ():
        if above == token:
            return False
        if above.dep_ in {"relcl", "advcl"} and any(c.dep_ == "nsubj" for c in above.children):
            return True
    return False


def _is_of_another(node: Token, token: Token) -> bool:
    """Tell whether another trigger stands between a word and the trigger over it."""
    for above in [node, *node.ancestors]:
        if above == token:
            return False
        if above.pos_ == "VERB" and above.lemma_.lower() in making_verbs():
            return True
        # "the opening of ties with Peru and a rupture with Chile"
        if above.pos_ == "NOUN" == token.pos_ and above.lemma_.lower() in noun_triggers():
            return True
    return False


def _shares_noun(node: Token, token: Token) -> bool:
    """Tell whether a trigger hangs on the noun that a "with" belongs to."""
    return token.dep_ in ADNOMINAL and (node == token.head or node in token.ancestors)


__all__ = ["RELATIVES", "hold_of", "is_own_object"]
