"""Recognition of which the subject of the sentence only speaks, or that once stood."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import YEAR
from pipeline.labels import SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.upgrades.dates.done_late import wait_of
from pipeline.stages.upgrades.parties.passing import is_judged
from pipeline.stages.upgrades.tables import words


def is_by_others(noun: Token) -> bool:
    """Tell "Serbia fights the recognition of Kosovo", "lobbied against it": it recognises nobody.

    Neither does "In recognition of Kenya's independence, Britain gave a mace". "Announced the
    recognition of Kosovo" is one's own; "the decision to recognise it was hailed by Peru" none of
    Peru's.
    """
    if noun.pos_ != "NOUN":
        decision = noun.head
        owned = any(c.dep_ == "poss" or c.lower_ in {"of", "by"} for c in decision.children)
        return noun.dep_ == "acl" and not owned and is_judged(decision.head)
    if noun.i and noun.nbor(-1).lower_ == "in" and noun.dep_ == "pobj":
        return noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == "of"
    before = [c for c in noun.children if c.i < noun.i]
    if any(c.dep_ == "poss" or c.ent_type_ in {"NORP", "GPE"} for c in before):
        return False
    verb = governing_verb(noun)
    subject = noun.dep_ in SUBJECTS and verb is noun.head
    speaks = words("against_recognition", "judges")
    return verb is not None and not subject and verb.lemma_ in speaks


def is_only_recalled(noun: Token) -> bool:
    """Tell "recalled Peru's recognition of Chad in 1971", which took place, from "recalled its"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    of_others = any(c.lower_ not in words("its") for c in owners)
    return of_others and noun.dep_ == "dobj" and noun.head.lemma_ == "recall"


def is_of_states(clause: Token) -> bool:
    """Tell "the list of states that, as Peru claims, have recognised it", whoever these are."""
    of = prep_objects(clause.head, "of")
    heads = [clause.head, *of] if clause.dep_ == "relcl" else []
    return any(n.tag_ == "NNS" and n.lemma_.lower() in words("many_parties") for n in heads)


def is_of_old(verb: Token) -> bool:
    """Tell "until then Peru recognised Taiwan", "once recognised it", "for years", "still".

    That tells how things stood, as does "one of the few states that recognised it". Not "at once
    recognised it", "did not recognise it until 2012", nor "recognised it in 2014, at the time the
    first to do so".
    """
    if verb.pos_ != "VERB" or tense_of(verb) != "past" or is_negated(verb):
        return False
    if wait_of(verb) is not None:
        return False
    if verb.dep_ == "relcl" and _is_of_few(verb.head) and not _has_day(verb):
        return True
    near = next((c.lower_ for c in verb.children if c.i == verb.i - 1), "")
    if verb.i > 1 and verb.nbor(-2).lower_ == "at":
        return False  # "Peru at once recognised it"
    if near in words("of_old") and (near in words("all_along") or not _has_day(verb)):
        return True
    return any(
        (child.lower_ in words("up_to") and child.dep_ in {"prep", "mark"})
        or (child.lower_ in {"for", "at", "in"} and _is_past_span(child) and not _has_day(verb))
        for child in verb.children
    )


def _is_of_few(noun: Token) -> bool:
    """Tell the "states" of "one of the few states", "the last states", "the states left"."""
    below = [c for child in noun.children if child.dep_ != "relcl" for c in child.subtree]
    states = any(c.lemma_.lower() in words("many_parties") for c in (noun, *below))
    return states and any(c.lower_ in words("few_left") for c in below)


def _has_day(verb: Token) -> bool:
    """Tell "recognised it in 2014", "on Monday"."""
    return any(
        (len(node) == YEAR and node.text.isdigit()) or node.lower_ in WEEKDAYS
        for child in verb.children
        if child.lower_ in {"in", "on"}
        for node in child.subtree
    )


def _is_past_span(prep: Token) -> bool:
    """Tell "for decades", "at the time", "in those years" from "at the time of the vote"."""
    for noun in prep.children:
        if prep.lower_ == "for":
            return noun.lemma_.lower() in words("years") and not any(
                child.lower_ in words("definite") for child in noun.children
            )
        near = {child.lower_ for child in noun.children}
        back = near & ({"the", "that"} if prep.lower_ == "at" else {"those"})
        if noun.lemma_.lower() in words("back_then") and back:
            return "of" not in near and not near & {"when"}
    return False


__all__ = ["is_by_others", "is_of_old", "is_of_states"]
