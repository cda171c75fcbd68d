"""Dates that only bound a time: "since 2018", "until May", "days after Christmas"."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.denials import is_only_then, until_when
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.lasting_verbs import is_since
from pipeline.discourse.tables import words
from pipeline.discourse.timing.apart import counted_from
from pipeline.discourse.timing.since import is_within_since
from pipeline.labels import BEFORE_NOUN, SUBJECTS, VERBS

#: How many tokens before a date "since his re-election as president on" begins.
_SINCE_REACH = 12
#: How many tokens "as of" is.
_AS_OF = 2


def is_of_else(doc: Doc, start: int) -> bool:
    """Tell the date at token `start` of "since 2018", "until May": no day on which one travels.

    Also of "days after Christmas".
    """
    if _is_in_name_of_part(doc[start]):
        return True
    if _is_as_of_plans(doc, start):
        return True
    if is_within_since(doc[start]) or (start and counted_from(doc, start) == start - 1):
        return True
    for back in range(1, min(_SINCE_REACH, start + 1)):
        token = doc[start - back]
        if token.text in {",", ";", ".", "("}:
            return False
        word = token.lower_
        if back <= _AS_OF and is_only_then(token):
            return False
        if word == "since":
            if _has_time_for_subject(token):
                return back == 1
            if _is_closed(token, start):
                return False
            verb = governing_verb(token)
            return verb is None or not is_since(token, verb)
        if word in words("until") and not _has_verb(doc[start - back : start]):
            verb = governing_verb(token)
            return verb is None or until_when(verb) != token
        if word == "before" and doc[start : start + 3].text.lower() == "the end of":
            return False
        if back <= 2 and word in words("not_of_trip"):
            return not _has_verb(doc[start - back : start])  # "before flying Friday to Lima"
    return False


def _is_as_of_plans(doc: Doc, start: int) -> bool:
    """Tell "As of last week, those due to come were", not "As of today, ties are restored"."""
    if start < _AS_OF or doc[start - _AS_OF : start].text != "As of":
        return False
    return any(t.lemma_ in words("plan") for t in doc[start].sent)


def _is_in_name_of_part(date: Token) -> bool:
    """Tell the day of "visits Lima as part of the Labour Day festivities", which names them."""
    named = date
    while named.head.i > named.i and named.dep_ in BEFORE_NOUN:
        named = named.head
    over = named.head
    part = over.lower_ == "of" and over.head.lower_ == "part"
    return part and named != date and named.lemma_ not in words("trip_noun")


def _is_closed(since: Token, date: int) -> bool:
    """Tell "to visit since the vote arrived on Monday": another verb stands between."""
    end = since.right_edge.i
    behind = since.dep_ == "prep" and since.head.i < since.i and end < date
    return behind and any(t.pos_ == "VERB" for t in since.doc[end + 1 : date])


def _has_time_for_subject(since: Token) -> bool:
    """Tell "the first to visit since December arrived on Monday", parsed as if December arrived."""
    behind = since.doc[since.i + 1 : since.i + 2]
    misread = since.dep_ == "mark" and any(t.ent_type_ == "DATE" for t in behind)
    return misread and any(
        t.head == since or (t.dep_ in SUBJECTS and t.head == since.head) for t in behind
    )


def _has_verb(span: Span) -> bool:
    return any(token.pos_ in VERBS for token in span)


__all__ = ["is_of_else"]
