"""Contacts at a distance: which words of a sentence tell that one met nobody in person."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.tables import words
from pipeline.labels import PREMODIFIERS, SUBJECTS, VERBS
from pipeline.stages.visits.tables import word_set

#: What opens a clause on what others do at that time.
_BESIDE = frozenset({"while", "whereas", "though", "although"})
_APART = frozenset({"conj", "ccomp", "relcl", "xcomp"})


def words_of_distance(sentence: Span) -> list[Token]:
    """Return the "phone", "video", "letter" of a sentence that tell of a contact.

    And the "recorded" of "in a pre-recorded speech". A letter that is handed over and "phone fees",
    "online trade" do not, nor does who "recorded a speech".
    """
    remote, recorded = words("remote"), word_set("recorded")
    far = [
        token
        for token in sentence
        if token.lower_ in remote or (token.lower_ in recorded and _is_recorded(token))
    ]
    if not far:
        return far
    handed = any(token.lemma_ in word_set("hands_over") for token in sentence)
    brought = word_set("handed_over") if handed else frozenset()
    return [token for token in far if token.lower_ not in brought and not _is_of_thing(token)]


def is_at_distance(trigger: Token, far: Sequence[Token]) -> bool:
    """Tell whether one of the words is of what a trigger tells.

    "Met A in Rome, days after a call to B", "said in Rome that he would call", "met A in Rome and
    later spoke by phone with B", "took a call from A, who met B in Rome" tell of one in Rome.
    """
    return any(not _is_of_another(token, trigger) for token in far)


def _is_recorded(token: Token) -> bool:
    """Tell the "recorded" of "in a recorded speech", "in taped remarks"."""
    held = token.head.lemma_.lower() in word_set("held_afar")
    return token.lower_ in word_set("recorded") and token.dep_ in PREMODIFIERS and held


def _is_of_thing(token: Token) -> bool:
    """Tell "phone fees", "online trade" from "phone call", "online meeting"."""
    if token.dep_ not in PREMODIFIERS or token.head.i < token.i or token.head.ent_type_ == "DATE":
        return False  # "addressed students online Sunday"
    return token.head.lemma_.lower() not in word_set("held_afar") | words("remote")


def _is_of_another(token: Token, trigger: Token) -> bool:
    """Tell a word behind a trigger that is of another time or of another clause."""
    if token.i < trigger.i and _is_before_aside(token, trigger):
        return True
    if trigger.pos_ not in VERBS:
        return _is_beside_past_meeting(token, trigger)
    if token.i < trigger.i:
        return False
    node, last = token, token
    while node != trigger:
        if node.lower_ in word_set("of_other_time") and node.dep_ in {"prep", "mark"}:
            return True
        if node.pos_ in VERBS:
            marks = {c.lower_ for c in node.children if c.dep_ == "mark"}
            if node.dep_ in _APART or marks & word_set("of_other_time"):
                return True
            if marks & _BESIDE and any(c.dep_ in SUBJECTS for c in node.children):
                return True  # "A met B, while C joined by video"
        if node.head == node:
            return False
        last, node = node, node.head
    return last.pos_ in VERBS and last.dep_ in _APART


def _is_before_aside(token: Token, trigger: Token) -> bool:
    """Tell the call of "took a call from A, who held talks in Rome" from those talks."""
    for node in (trigger, *trigger.ancestors):
        who = next((c for c in node.children if c.lower_ == "who" and c.i < node.i), None)
        if node.dep_ == "relcl" and who is not None:
            return token.i < who.i - 1 and who.doc[who.i - 1].text == ","
    return False


def _is_beside_past_meeting(token: Token, noun: Token) -> bool:
    """Tell the letter of "after the summit in Rome, A sent a letter" from "a summit by video"."""
    prep = noun.head
    earlier = prep.lower_ in word_set("of_other_time") and prep.dep_ in {"prep", "mark"}
    return earlier and noun not in token.ancestors


__all__ = ["is_at_distance", "words_of_distance"]
