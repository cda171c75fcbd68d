"""Normalisation that is an aim of talks, deals and efforts: a change that is wished for."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import NOUNS, UNDERGONE
from pipeline.stages.upgrades.outcome.misread import gerund_of
from pipeline.stages.upgrades.tables import words

#: How many words above a deal it is looked for what says that it is wished for.
_REACH = 5


def _is_normality(token: Token) -> bool:
    """Tell "normalise" and "normalisation", by which relations become normal."""
    return token.lemma_.lower() in words("normal")


def is_normality_sought(token: Token) -> bool:
    """Tell "their normalisation would help" from "a step towards normalising relations".

    Nor is any sought where "there will be no normalisation", or one is "hesitant to normalise".
    """
    noun = gerund_of(token) or token
    if not _is_normality(token) or any(child.lower_ == "no" for child in token.children):
        return False
    sent = any(child.dep_ == "dobj" for child in token.head.children)  # "sent envoys to normalise"
    if (token.dep_ in {"xcomp", "ccomp", "csubj"} and not sent) or noun.dep_ == "dobj":
        return False
    prep = noun.head
    step = prep.pos_ == "ADP" and prep.head.lemma_.lower() in words("step")
    return not step and prep.lower_ not in told_words("toward")


def paper_of(token: Token) -> Token | None:
    """Return the "deal" of "a normalisation deal", the "talks" of "normalisation talks"."""
    noun = token.head
    named = token.dep_ == "compound" and noun.pos_ == "NOUN" and _is_normality(token)
    kinds = words("document", "attempt")
    return noun if named and noun.lemma_.lower() in kinds else None


def status_of_paper(paper: Token) -> UpgradeStatus | None:
    """Return the status that "signed a normalisation deal", "is near a deal" tells.

    None of what only speaks of it ("the normalisation deal has its critics").
    """
    if any(child.lower_ == "no" for child in paper.children):
        return None
    verb = verb_above(paper)
    made = verb is not None and verb.lemma_.lower() in words("signed", "strikes")
    if verb is not None and made and paper.dep_ in UNDERGONE:
        if tense_of(verb) in {"past", "present"}:
            return "completed"
        return "planned" if tense_of(verb) == "future" else "proposed"
    above = [paper, *islice(paper.ancestors, _REACH)]
    wished = words("proposed", "wished", "attempt", "nears")
    if any(node.lemma_.lower() in wished for node in above):
        return "proposed"
    modal = verb is not None and auxiliaries_of(verb) & (words("modal", "future"))
    return "proposed" if modal else None


def is_between_states(scene: Scene, token: Token) -> bool:
    """Tell "normalisation between Peru and Chad", "with Chad", from that of trade.

    Who does something "in exchange for normalisation with Chad" is none of its sides.
    """
    if token.pos_ not in NOUNS or not _is_normality(token):
        return False
    preps = [c for c in token.children if c.lower_ in {"with", "between"} and c.i > token.i]
    nouns = [n for prep in preps for n in prep.children if n.dep_ == "pobj"]
    over = token.head
    if over.lower_ == "for" and over.head.lower_ in words("in_barter"):
        nouns = [n for n in nouns if n.head.lower_ == "between"]
    return any(r.kind == "country" and r.country for n in nouns for r in scene.at(n.i))


__all__ = ["is_between_states", "paper_of", "status_of_paper"]
