"""What is done by being announced: "announced that they would raise their ties"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words as told_words
from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY
from pipeline.labels import PAST, PREMODIFIERS, PRESENT, SUBJECTS
from pipeline.stages.upgrades.tables import words

_NEAR_DAYS = 3


def is_announced(token: Token) -> bool:
    """Tell "the leaders announced that ties would be raised", by which they are.

    Not "that they would be raised within days", "if they announced that", "analysts announced".
    """
    head = token.head
    announced = token.dep_ == "ccomp" and head.lemma_.lower() in words("declared")
    if not announced or head.tag_ not in PAST:
        return False
    return not (is_for_later(token) or _is_supposed(head) or _is_of_onlookers(head))


def is_declared_now(noun: Token) -> bool:
    """Tell "the leaders announced the elevation of their ties", by which they are raised.

    Not "the elevation of their ties was a step", which but names it.
    """
    over, made = noun.head, noun.dep_ == "dobj"
    told = made and over.lemma_.lower() in words("declared") and over.tag_ in PAST
    return told and not (_is_supposed(over) or _is_of_onlookers(over))


def is_for_later(verb: Token) -> bool:
    """Tell "will be raised within days", "would be only after a vote", "once it is approved"."""
    only = any(child.lower_ == "only" for child in verb.children)
    return only or any(_puts_off(node) for node in verb.subtree)


def is_day_ahead(token: Token, date: str, published: str | None) -> bool:
    """Tell the "Thursday" of "announced it would cut ties on Thursday", told the day before."""
    if published is None or min(len(published), len(date)) < DAY or not is_announced(token):
        return False
    return 0 < days_between(published, date) <= _NEAR_DAYS


def _puts_off(node: Token) -> bool:
    """Tell "within days", "after the elections", "when the crisis is over", "on taking office"."""
    if node.lower_ in words("at_a_later_time"):
        return True
    over = node.head
    if node.lower_ == "when" and over.dep_ in {"advcl", "relcl"}:
        return any(n.tag_ in PRESENT for n in (over, *over.children))
    if node.dep_ == "pcomp" and node.tag_ == "VBG" and over.lower_ in words("at_once_behind"):
        return any(c.lemma_.lower() in words("power_taken") for c in node.children)
    if node.lower_ == "should" and any(c.dep_ == "nsubj" and c.i > node.i for c in over.children):
        return True  # "should Chad annex it"
    if node.dep_ != "pobj":
        return False
    if over.lower_ == "in" and any(child.lower_ == "next" for child in node.children):
        return True  # "in the next few weeks"
    if over.lower_ in {"in", "by", "at"}:
        return node.lemma_.lower() in words("time_ahead")
    return over.lower_ in told_words("after_which") and node.lemma_.lower() in words("event_ahead")


def _is_supposed(verb: Token) -> bool:
    """Tell "if Peru announced that", "had Peru announced that, Chad would have objected"."""
    if verb.dep_ != "advcl":
        return False
    subject = next((c.i for c in verb.children if c.dep_ in SUBJECTS), -1)
    return any(
        (c.lower_ in told_words("on_condition") and c.dep_ == "mark")
        or (c.lower_ == "had" and c.i < subject)
        for c in verb.children
    )


def _is_of_onlookers(verb: Token) -> bool:
    """Tell "the opposition announced that", "state media announced that", who can do nothing."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return False
    near = {subject.lower_, subject.lemma_.lower()}
    near |= {c.lower_ for c in subject.children if c.dep_ in PREMODIFIERS}
    return bool(near & (words("onlooker", "movement")))


__all__ = ["is_announced", "is_day_ahead", "is_declared_now", "is_for_later"]
