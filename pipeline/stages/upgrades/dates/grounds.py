"""Dates within the name of a law, a convention, a border or a cause, which date no change.

"Opened relations on the basis of the Vienna Convention of 1961" holds one, and "recognised
Palestine within the borders of 4 June 1967"; "became partners under a treaty of 2009" holds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, NOUNS, VERBS
from pipeline.stages.upgrades.tables import words

#: How many words may stand between a date and the paper that it names.
_REACH = 8
#: How far over the words of a date the part of a day stands, of which it is.
_TO_PART = 2
#: How a date hangs on the event that it tells of.
_OF_EVENT = frozenset({"poss", "nummod", "compound", "nmod", "amod", "on"})
#: How a preposition hangs on the phrase that it belongs to.
_PREPS = frozenset({"prep", "pcomp", "pobj", "agent"})


def names_ground(date: Token) -> bool:
    """Tell whether a date names what a change rests on or keeps to.

    Args:
        date: the first word of the date.
    """
    if _is_of_cause(date):
        return True
    for noun in _nouns_over(date):
        lemma = noun.lemma_.lower()
        if lemma in words("law"):
            return not _makes(noun) or _is_kept_to(noun)
        if lemma in words("document"):
            return _is_kept_to(noun)
    return False


def _is_of_cause(date: Token) -> bool:
    """Tell "cut ties over Friday's raid", "because of a 2019 murder", of why it was done.

    So "over the arrest of its consul on Friday", "on the night of 4 May". Not "over Friday's
    decision to cut ties", whose day is that of the change.
    """
    noun, how = date.head, date.dep_
    part = next((t for t in (date, *islice(date.ancestors, _TO_PART)) if t.dep_ == "pobj"), date)
    part = part.head.head if part.head.lower_ == "of" else part
    if part.lemma_.lower() in words("part_of_day"):
        noun, how = part.head, part.dep_  # "on the night of 4 May"
    if noun.lower_ == "on" and how == "pobj":
        noun, how = noun.head, "on"
    if noun.pos_ not in NOUNS or how not in _OF_EVENT or noun.dep_ != "pobj":
        return False
    prep = noun.head
    before = {prep.lower_, f"{prep.nbor(-1).lower_} {prep.lower_}" if prep.i else ""}
    deed = any(c.dep_ in ADNOMINAL for c in noun.children)
    deed = deed or (how != "on" and any(c.lower_ == "of" for c in noun.children))
    return bool(before & words("for_cause")) and not deed


def _nouns_over(date: Token) -> Iterator[Token]:
    """Yield the nouns that a date may name, nearest first: up through "of" and compounds."""
    node = date
    for _ in range(_REACH):
        head = node.head
        if head == node or head.pos_ in VERBS or head.i > date.i + _REACH:
            return
        if head.pos_ == "ADP" and head.lower_ not in {"of", "on", "from", "for"}:
            return
        node = head
        if node.pos_ in NOUNS:
            yield node


def _makes(noun: Token) -> bool:
    """Tell "the convention of 1912 established relations", by which the change is made."""
    return noun.dep_ in {"nsubj", "agent"} or noun.head.dep_ == "agent"


def _is_kept_to(paper: Token) -> bool:
    """Tell "building on the treaty of 1998", "in line with the accord of May 2001"."""
    node = paper
    for _ in range(_REACH):
        head = node.head
        if head == node:
            return False
        if head.lower_ == "according" and paper.lemma_.lower() in words("report_paper"):
            return False  # "according to a statement of 4 May", which tells the news
        if head.lemma_.lower() in words("keeps_to"):
            return True
        if node.dep_ not in _PREPS and node.dep_ != "dobj":
            return False
        node = head
    return False


__all__ = ["names_ground"]
