"""Changes that efforts under way or contacts are about: only sought, until they pay off."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import shares_infinitive, tense_of
from pipeline.labels import ADNOMINAL, NOUNS, PAST, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.tables import words

#: How many words above a change the efforts or contacts about it are looked for.
_REACH = 5
#: How many words before a verb a demand "that Peru" do it may stand.
_DEMAND_REACH = 12
_UNTENSED = frozenset({"infinitive", "none", "progressive"})


def is_under_discussion(token: Token) -> bool:
    """Tell "efforts are under way to restore ties", "contacts over the restoration of ties".

    Also "their restoration is only a matter of time", "is on the agenda", "the talks will focus on
    it". Not "efforts to restore ties paid off", nor "held no contacts over it".
    """
    if token.pos_ in VERBS and tense_of(token) not in _UNTENSED:
        return False
    below = token
    for node in islice(token.ancestors, _REACH):
        if node.pos_ in NOUNS and node.lemma_.lower() in words("contact"):
            about = below.pos_ == "ADP" and below.lower_ in words("about")
            return (about or below.dep_ in ADNOMINAL) and not _is_none(node)
        if node.pos_ in VERBS and tense_of(node) not in _UNTENSED:
            prospect = below == token and _is_in_prospect(node)
            return prospect or _is_under_way(node) or _is_about(node, token)
        below = node
    return False


def _is_under_way(verb: Token) -> bool:
    """Tell the "are" of "efforts are under way", "is" of "a process is afoot"."""
    if verb.lemma_ != "be" or is_negated(verb):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or _is_none(subject) or subject.lemma_.lower() not in words("endeavour"):
        return False
    near = [t for c in verb.children if c.i > verb.i for t in (c, *c.children)]
    return any(t.lower_ in words("under_way") for t in near)


def _is_about(verb: Token, change: Token) -> bool:
    """Tell the "focus" of "the talks will focus on restoring ties".

    Not "the summit featured the elevation of ties", "the session covered the 2019 upgrade", "the
    minister touched on the decision to cut ties", which are made.
    """
    lemma = verb.lemma_.lower()
    if lemma not in words("deals_with") or is_negated(verb):
        return False
    subjects = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"}
    if not subjects & words("about_it") or _is_made(verb, change):
        return False
    told = tense_of(verb) in {"past", "future"} and lemma in words("also_holds")
    return not told or bool(subjects & words("only_about"))


def _is_made(verb: Token, change: Token) -> bool:
    """Tell "the signing of a pact to restore ties", "the 2019 restoration of ties"."""
    between = [t for t in change.ancestors if verb in t.ancestors]
    if any(t.lemma_.lower() in words("settled") for t in between):
        return True
    return any(child.ent_type_ == "DATE" for child in change.children)


def _is_in_prospect(verb: Token) -> bool:
    """Tell the "is" of "is a matter of time", "is within reach"."""
    if verb.lemma_ != "be" or is_negated(verb) or tense_of(verb) != "present":
        return False
    if verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in words("denies"):
        return False  # "is no longer on the table"
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ in {"attr", "prep"}]
    preps = [c for c in behind if c.dep_ == "prep"]
    preps += [of for c in behind if c.lemma_ in words("matter") for of in c.children]
    return any(n.lemma_.lower() in words("in_prospect") for p in preps for n in p.children)


def is_demanded(token: Token) -> bool:
    """Tell "the demands are severing ties", "a condition is that Peru sever ties": only asked for.

    So is what "the goal is to" do, and "the vote to sever ties was deferred"; not "the measures
    were severing ties".
    """
    if shares_infinitive(token):
        return is_demanded(token.head)  # "the demands were to shut it and cut ties"
    if _is_in_demand(token):
        return True
    if token.dep_ == "acl" and token.head.dep_ == "nsubjpass":
        return token.head.head.lemma_.lower() in words("puts_off")
    if token.dep_ in {"ccomp", "attr", "xcomp"} and token.head.lemma_ == "be":
        clause = token.head
    elif token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children):
        clause = token
    else:
        return False
    before = [c for c in clause.children if c.i < min(clause.i, token.i)]
    named = [c for c in before if c.dep_ == "nsubj"]
    named += [n for c in (*before, *named) if c.lower_ in {"among", "of"} for n in c.children]
    named += [n for s in named for n in prep_objects(s, "of")]
    return any(noun.lemma_.lower() in words("demanded") for noun in named)


def is_needed(noun: Token) -> bool:
    """Tell the "steps" of "sees a need for further steps to restore ties", not of "took steps".

    Likewise the "need", on which the parse may hang what is to be restored.
    """
    needs = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "of"} else noun
    return needs.lemma_.lower() in words("needs")


def _is_in_demand(verb: Token) -> bool:
    """Tell the bare "sever" of "defies demands by Oman that Peru sever ties", as words stand.

    Not that of "met the demand that it sever ties", nor "reports that it severs".
    """
    doc, at = verb.doc, verb.i - 1
    if verb.lower_ != verb.lemma_.lower() or verb.tag_ in PAST:
        return False
    first = max(verb.sent.start, verb.i - _DEMAND_REACH)
    while at > first and doc[at].lower_ != "that":
        if doc[at].pos_ in VERBS:
            return False
        at -= 1
    before = [t for t in doc[first:at] if t.pos_ in {"NOUN", "VERB", "AUX"}]
    if at <= first or not before or before[-1].lemma_.lower() not in words("demanded"):
        return False
    return before[-1].head.lemma_.lower() not in words("fulfils")


def _is_none(noun: Token) -> bool:
    return any(child.lower_ == "no" for child in noun.children)


def is_attained(token: Token) -> bool:
    """Tell "efforts to restore ties paid off", "talks on restoring them bore fruit"."""
    if token.pos_ in VERBS and tense_of(token) not in _UNTENSED:
        return False
    for node in islice(token.ancestors, _REACH):
        if node.pos_ in VERBS and tense_of(node) not in _UNTENSED:
            return False
        if node.pos_ == "NOUN" and node.lemma_.lower() in words("endeavour"):
            verb = node.head if node.dep_ == "nsubj" and not _is_none(node) else None
            return verb is not None and _pays_off(verb)
    return False


def _pays_off(verb: Token) -> bool:
    """Tell "paid off" from "paid", "bore fruit" from "bore no fruit"."""
    if tense_of(verb) != "past" or is_negated(verb):
        return False
    if verb.lemma_.lower() in words("succeeds"):
        return True
    with_it = [c for c in verb.children if c.lower_ in words("succeeds_with") and not _is_none(c)]
    return verb.lemma_.lower() in words("succeeds_by") and bool(with_it)


__all__ = ["is_attained", "is_demanded", "is_needed", "is_under_discussion"]
