"""Days told behind "since": of the trip itself, or of what it is counted from."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.verbs import verb_above
from pipeline.labels import NOUNS, SUBJECTS, VERBS

#: How many tokens before a date "since his re-election as president on" begins.
_REACH = 12
#: Within how many tokens behind a date's first ", when" stands: "Since May 2021, when".
_WHEN = 5
_RELATIVE = frozenset({"relcl", "acl", "advcl"})
_WH = frozenset({"WRB", "WP", "WDT"})
_NOT_WHEN = frozenset({"where", "who", "whom", "which"})
#: What opens a date that a clause tells closer ("the same day", "that day").
_THAT = frozenset({"the", "that"})


def is_within_since(token: Token) -> bool:
    """Tell the year of "the first trip since the murder of a reporter in Istanbul in 2018".

    Not that of "since 2018", which may begin a stay.
    """
    nouns = 0
    for above in token.ancestors:
        if above.pos_ in VERBS:
            return False
        if above.lower_ == "since":
            return nouns > 0
        nouns += above.pos_ in NOUNS and above.ent_type_ != "DATE"
    return False


def since_before(date: Token) -> Token | None:
    """Return the "since" behind which a date stands in its clause, None where there is none."""
    for token in reversed(date.doc[max(date.sent.start, date.i - _REACH) : date.i]):
        if token.text in {",", ";", "("}:
            return None
        if token.lower_ == "since":
            return token
    return None


def is_of_last_time(told: Span) -> bool:
    """Tell the 2018 of "this is the first time she has come since 2018": of the trip before.

    Not the Monday of "has been there since Monday".
    """
    doc, since = told.doc, told.start - 1
    if since < 1 or doc[since].lower_ != "since":
        return False
    ahead = doc[doc[since].sent.start : since]
    return any(t.lower_ == "first" and t.nbor().lower_ == "time" for t in ahead)


def is_point_of_time(since: Token, date: int) -> bool:
    """Tell "since his appointment", "since taking office": no stretch of days behind it is its own.

    A war, a visit, talks may have lasted from one day to another.

    Args:
        since: the "since".
        date: the first token of the days behind it.
    """
    between = since.doc[since.i + 1 : date]
    return any(
        t.lemma_.lower() in words("point_in_office")
        or (t.tag_ in {"VBG", "VBD", "VBN"} and t.lemma_ in words("of_ones_life", "takes_office"))
        for t in between
    )


def is_of_own_clause(date: Token, anchors: Sequence[Token]) -> bool:
    """Tell a date behind "since" that is the trip's, by the clause in which both stand.

    A date that is asked for itself is its own.
    """
    return (
        date in anchors
        or _is_of_since_clause(date, anchors)
        or _is_of_since_noun(date, anchors[0])
        or _is_of_when_clause(date, anchors)
    )


def heads_clause(told: Span, trigger: Token) -> bool:
    """Tell "the same day X visited Lima", "until May, when X left for Lima": the trip's date.

    Not "the day before X visited Lima", "came back on Friday from Lima, where she saw X", nor "in
    May, when the court freed Y after X visited Lima".
    """
    doc = told.doc
    clause = trigger if trigger.pos_ in VERBS else governing_verb(trigger)
    if clause is None:
        return False
    if told[-1].lower_ in words("date_of_clause") and told[0].lower_ in _THAT:
        # The parse may take "the same day X visited Lima" for a clause of its own.
        subjects = [c for c in clause.children if c.dep_ in SUBJECTS and c.i >= told.end]
        if any(min(c.left_edge.i, c.i) <= told.end for c in subjects):
            return True
    if clause.dep_ not in _RELATIVE or not told.start <= clause.head.i < told.end:
        return False
    if any(child.tag_ == "TO" for child in clause.children):
        return False  # "the first since 2016 to visit Lima"
    between = doc[told.end : clause.left_edge.i]
    apart = words("after_trip", "before_trip")
    opened = {c.lower_ for c in clause.children if c.tag_ in _WH} | {doc[clause.left_edge.i].lower_}
    return not any(t.is_alpha for t in between) and opened.isdisjoint(apart | _NOT_WHEN)


def _is_of_since_noun(date: Token, trigger: Token) -> bool:
    """Tell "stalled since X's talks with Y in Lima in May", where the trip itself is of May."""
    since = next((t for t in date.ancestors if t.lower_ == "since" and t.i < trigger.i), None)
    return since is not None and trigger.pos_ == "NOUN" and since in trigger.ancestors


def _is_of_since_clause(date: Token, anchors: Sequence[Token]) -> bool:
    """Tell the year of "the first visit since B went there in 1988", which is of B's going.

    It is not of the visit, though the parse may take it for one who went.
    """
    verb = verb_above(date)
    if verb is None or verb not in anchors:
        return False
    marks = (c for c in verb.children if c.lower_ == "since" and c.dep_ == "mark")
    return any(mark.i < anchors[0].i for mark in marks)


def _is_of_when_clause(date: Token, anchors: Sequence[Token]) -> bool:
    """Tell "relations since May 2021, when they met in Lima": the May is of the meeting.

    So the year of "Since 1972, when he visited Lima, trade has grown", parsed as when it grew.
    """
    behind = next((t for t in date.doc[date.i + 1 : date.i + _WHEN] if t.lower_ == "when"), None)
    if behind is not None and behind.nbor(-1).text == "," and behind.head == anchors[0]:
        return True
    return any(
        clause.dep_ in {"relcl", "advcl"}
        and any(c.lower_ == "when" and c.i < clause.i for c in clause.children)
        and (clause == anchors[0] or clause in anchors[0].ancestors)
        for clause in date.children
        if clause.i > date.i
    )


__all__ = [
    "heads_clause",
    "is_of_last_time",
    "is_of_own_clause",
    "is_point_of_time",
    "is_within_since",
    "since_before",
]
