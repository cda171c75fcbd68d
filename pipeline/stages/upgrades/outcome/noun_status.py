"""Whether the change that a noun names is done, planned or only proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import WISHED
from pipeline.discourse.governing import off_by
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.trip_predicates import fact_of_predicate
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import has_subject, verb_above
from pipeline.labels import COMPLEMENTS
from pipeline.stages.upgrades.outcome.governors import (
    instructs,
    is_minded,
    paper_aimed,
    rules_over,
    status_of_paper,
    status_under,
)
from pipeline.stages.upgrades.outcome.paper_status import is_paper_ahead
from pipeline.stages.upgrades.outcome.tenses import tense_status
from pipeline.stages.upgrades.tables import words

#: What a phrase behind "is" makes of a change: "is on hold", "is over" and "is off" as of a trip.
_AS_TOLD: Mapping[str | None, UpgradeStatus] = {
    "planned": "planned",
    "postponed": "planned",
    "completed": "completed",
}


def noun_status(noun: Token) -> UpgradeStatus | None:
    """Return the status of "the restoration of ties"; None where it is denied."""
    near = {child.lower_ for child in noun.children}
    if near & words("proposed_modifier"):
        return "proposed"
    if near & words("planned_modifier"):
        return "planned"
    if noun.dep_ == "nsubj" and _is_consequence(noun.head):
        return "completed"
    if noun.dep_ == "nsubj" and _is_off_the_table(noun.head):
        return None
    if noun.dep_ == "pobj" and noun.head.lower_ == "without":
        return None  # "cut diplomatic ties without a rupture of consular ones"
    if noun.dep_ == "nsubjpass" and (off := off_by(noun.head)) is not None:
        return "planned" if off == "postponed" else None
    if (fact := fact_of_predicate(noun, noun.head)) is not None:
        return _AS_TOLD.get(fact.status) if fact.reason != WISHED else "proposed"
    for node in _over_noun(noun):
        lemma = node.lemma_.lower()
        if lemma in words("eases") and _is_aimed_at(node):
            return "proposed"
        if node.lower_ in words("done_before") and (node.pos_ == "ADP" or node.dep_ == "prep"):
            return "completed"
        if lemma in words("refused"):
            return None
        if (paper := paper_aimed(node)) is not None:
            return status_of_paper(paper)
        if instructs(node) or is_paper_ahead(node):
            return "planned"
        if lemma in words("hailed") and tense_status(node) == "completed":
            return "completed"
        if lemma in words("decided"):
            over = node.head != node and rules_over(node.head)
            if over and tense_of(node) == "infinitive":
                return status_under(node.head, node)
            if tense_of(node) == "infinitive" and (has_subject(node) or node.head == node):
                return "planned"
            if _was_met_to_sign(node):
                return "completed"
            return tense_status(node) if node.pos_ == "VERB" else "completed"
        if node.lower_ in told_words("toward"):
            return "proposed"
        if node.lower_ == "way" and node.head.lemma_.lower() in words("paves"):
            return "planned"
        ahead = node.pos_ in {"NOUN", "ADJ"} or _has_tense(node)
        wished = lemma in words("proposed") or lemma in words("looks_ahead")
        if wished and node.pos_ == "VERB" and is_negated(node):
            return None
        if (lemma in words("proposed") and ahead) or is_minded(node):
            return "proposed"
        if lemma in words("looks_ahead") and ahead:
            return "planned"
    verb = verb_above(noun)
    if verb is None or (is_negated(verb) and _opens(noun, verb)):
        return "completed"
    aim = verb_above(verb) if tense_of(verb) == "infinitive" else None
    if aim is not None and verb.dep_ == "xcomp" and aim.lemma_ == "be" and _is_hypothetical(aim):
        return "proposed"  # "a key outcome would be to complete the elevation"
    if aim is not None and verb.dep_ in {"advcl", "xcomp"} and tense_of(aim) == "future":
        return "planned"  # "will send a mission to begin the reopening"
    return tense_status(verb)


def _is_aimed_at(verb: Token) -> bool:
    """Tell "agreed to ease it", "with the aim of easing it" from "eased it", "thanked for easing".

    To ease what others are to do is to do none of it.
    """
    if verb.dep_ in COMPLEMENTS and verb.head.lemma_.lower() in words("brings_off"):
        return False  # "managed to ease it"
    of_aim = verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in words("aim")
    return tense_of(verb) == "infinitive" or (verb.tag_ == "VBG" and of_aim)


def _was_met_to_sign(verb: Token) -> bool:
    """Tell "received the envoy to sign the resumption", which was signed, from "will receive"."""
    signs = verb.lemma_.lower() in words("signs") and tense_of(verb) == "infinitive"
    over = verb_above(verb.head) if verb.head.pos_ == "NOUN" else verb.head
    met = over is not None and over.lemma_.lower() in words("meets_to_sign")
    return signs and met and over is not None and tense_status(over) == "completed"


def _is_hypothetical(verb: Token) -> bool:
    """Tell the "would be" of what one hopes to reach from the "was" of what is reached."""
    return any(c.dep_ == "aux" and c.lower_ in {"would", "could", "should"} for c in verb.children)


def _has_tense(verb: Token) -> bool:
    """Tell a verb with a tense, its own or that of one it is joined to.

    Also the "discussing" of "they met, discussing", "with both discussing", "a letter discussing".
    """
    beside = verb.dep_ in {"advcl", "acl"} or (verb.dep_ == "pcomp" and verb.head.lower_ == "with")
    if verb.tag_ == "VBG" and beside:
        return True
    while verb.dep_ == "conj" and tense_of(verb) == "none" and verb.head.pos_ == "VERB":
        verb = verb.head
    return tense_of(verb) != "none"


def _over_noun(noun: Token) -> Iterator[Token]:
    """Yield the words over a noun that may say whether it happened, nearest first.

    None of "called for calm, and the return of the flag completes the resumption", whose clause
    is another, nor of "discussed trade and noted that the opening of relations had been late".
    """
    node = noun
    for _ in range(5):
        head = node.head
        if head == node:
            return
        if node.dep_ == "conj" and has_subject(node):
            return
        if node.dep_ == "ccomp" and tense_of(node) == "past":
            return
        node = head
        yield node


def _opens(noun: Token, verb: Token) -> bool:
    """Tell "with the restoration of ties in 1979, it kept no …", which is done whatever follows."""
    return noun.dep_ == "pobj" and noun.head.head == verb and noun.i < verb.i


def _is_consequence(verb: Token) -> bool:
    """Tell "the recognition will help trade", of which only the effect is to come."""
    future = any(child.lower_ in words("future") for child in verb.children)
    return future and verb.lemma_.lower() not in words("took_place")


def _is_off_the_table(verb: Token) -> bool:
    """Tell "a normalisation is out of the question", "off the agenda"."""
    preps = {child.lower_ for child in verb.children if child.dep_ in {"prep", "advmod"}}
    return verb.lemma_ == "be" and bool(preps & {"out", "off"})


__all__ = ["noun_status"]
