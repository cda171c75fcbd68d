"""Dates that are of an office or of a source, not of the trip told beside them.

"Olav V (King of Norway from 1957 to 1991)", "according to a statement on Monday".
"""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import NOUNS, OBJECTS, PAST, VERBS
from pipeline.signs import DASHES

#: What opens and closes what is told of a name in passing.
_OPENING, _CLOSING = frozenset({"(", ",", *DASHES}), frozenset({")", ",", *DASHES})
#: How many tokens such an aside may have on either side of its date.
_REACH = 12
#: How many tokens before its day a source may be told.
_SOURCE = 10
#: How many tokens before "this year" the trip may stand that is counted.
_COUNTED = 6
#: Prepositions of the trip on which one speaks, and of what one speaks about.
_ON_TRIP, _ABOUT = frozenset({"during", "on"}), frozenset({"for", "of", "about", "over", "against"})


def is_of_term(told: Span, trigger: Token) -> bool:
    """Tell the years of "the King (1957 to 1991), president from 1980 to 1988, visited Lima".

    "Visited Lima (from 3 to 5 May)" and "the visit, from 3 to 5 May," are of the trip.
    """
    doc, sentence = told.doc, told.sent
    before = doc[max(sentence.start, told.start - _REACH) : told.start]
    aside = [*takewhile(lambda t: t.text not in _OPENING, reversed(before))]
    behind = doc[told.end : min(sentence.end, told.end + _REACH)]
    rest = [*takewhile(lambda t: t.text not in _CLOSING, behind)]
    if len(aside) == len(before) or len(rest) == len(behind):
        return False
    opening = before[len(before) - len(aside) - 1]
    bracketed = opening.text == "("
    if any(t == trigger or t.pos_ in VERBS for t in (*aside, *rest)):
        return False
    nouns = [t for t in aside if t.pos_ in NOUNS and t.ent_type_ != "DATE"]
    if not nouns or any(t.lemma_.lower() in words("trip_noun") for t in nouns):
        return False
    since = any(t.lower_ in {"from", "since", "until", "between"} for t in aside[:3])
    return since and (bracketed or trigger.i > told.end) and opening.i < trigger.i


def is_of_source(told: Span) -> bool:
    """Tell the day of "according to a statement issued on Monday, he will visit Lima".

    "According to the timetable, on Monday", "according to the programme for Monday" are not.
    """
    doc, first = told.doc, max(told.sent.start, told.start - _SOURCE)
    for token in reversed(doc[first : told.start]):
        if token.lower_ in words("source") and doc[token.i + 1].lower_ not in {"year", "day"}:
            between = doc[token.i + 1 : told.start]
            return len(between) > 1 and not any(t.lower_ in words("timetable") for t in between)
        if token.is_punct or (token.pos_ in VERBS and token.tag_ not in PAST):
            return False
    return False


def is_of_telling(told: Span, trigger: Token) -> bool:
    """Tell the day of "announced plans to visit Lima at a press conference on Tuesday".

    Not of "will speak at a conference in Lima on Tuesday", "is to go there to speak at one".
    """
    doc = told.doc
    at = told.start - 1
    while at > told.sent.start and doc[at].lower_ in words("telling_link"):
        at -= 1
    noun = doc[at]
    if noun.lemma_.lower() not in words("telling_occasion") or noun.i < trigger.i:
        return False
    moves = words("moves", "leaves_again", "trip_noun")
    prep = noun.head
    if trigger.lemma_ not in moves or prep.lower_ not in {"at", "in", "during", "via"}:
        return False
    if any(c.lower_ == "the" for c in noun.children) or _is_of_later_act(prep.head, trigger):
        return False
    tells = words("speech", "about_trip", "invite")
    return any(t.tag_ in PAST and t.lemma_ in tells for t in trigger.ancestors)


def _is_of_later_act(act: Token, trigger: Token) -> bool:
    """Tell the "speak" of "will go to Lima to speak at a conference", of "go there and speak"."""
    acts = act.pos_ in {"VERB", "AUX", "ADJ"}
    return acts and act != trigger and trigger in act.ancestors


def is_of_what_is_judged(told: Span, trigger: Token, *, year: bool) -> bool:
    """Tell "apologised for the massacre in 1991 on a visit to Lima", "praised the pact of 2015".

    Not "signed a pact in 2015 during a visit to Lima", "spoke in 2015 on a visit to Lima", nor
    "praised troops in May during a visit to Lima", since nobody happens in a month, nor "discussed
    trade in May on a visit to Lima".

    Args:
        year: whether it is a year, not a month.
    """
    doc, at = told.doc, told.start - 2
    made = trigger.pos_ == "NOUN" and told.end <= trigger.i and preposition_of(trigger) in _ON_TRIP
    if not made or at < 1 or doc[at + 1].lower_ not in {"in", "of"}:
        return False
    noun = doc[at].head if doc[at].tag_ == "VBN" and doc[at].dep_ == "acl" else doc[at]
    if noun.pos_ != "NOUN" or noun.lemma_ in words("trip_noun", "event", "part_of_time"):
        return False
    if noun.lower_ in words("seen_in_person") or noun.lemma_ in words("other_folk"):
        return False
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head  # "the victims of the flood in March"
    above = noun.head
    if noun.dep_ == "pobj":
        return above.lower_ in _ABOUT and above.head.pos_ == "VERB"
    return noun.dep_ in OBJECTS and above.lemma_ in (
        words("judges", "recalls", "marks") if year else words("judges", "recalls")
    )


def is_of_count(told: Span) -> bool:
    """Tell the year of "it is his third visit this year", in which his trips are counted.

    Not that of "paid his first visit to Lima this year", "his first visit, this year,".
    """
    if told.text.lower() != "this year":
        return False
    doc, first = told.doc, max(told.sent.start, told.start - _COUNTED)
    before = reversed(doc[first : told.start])
    trip = next((t for t in before if t.lemma_.lower() in words("trip_noun")), None)
    if trip is None or not any(ordinal_of(c) for c in trip.children if c.i < trip.i):
        return False
    between = doc[trip.i + 1 : told.start]
    if any(t.is_punct or t.pos_ in VERBS for t in between):
        return False
    return not between or trip.dep_ in {"attr", "appos"} or trip.head.lower_ == "on"


__all__ = [
    "is_of_count",
    "is_of_source",
    "is_of_telling",
    "is_of_term",
    "is_of_what_is_judged",
]
