"""Days of another event or trip, told by its noun: "last week's attack", "after talks in May"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from models import DateExpression
from pipeline.discourse.tables import words
from pipeline.discourse.timing.clauses import is_before_subject
from pipeline.labels import FINITE, NOUNS, TIMES, VERBS

_BEFORE_NOUN = frozenset({"poss", "nmod", "compound", "amod", "nummod", "npadvmod", "npmod"})
#: Prepositions by which an event is what one travels for, or is at.
_AIMS = frozenset({"for", "to", "at", "in", "during"})
#: Kinds of names that no date before them is of.
_NO_THING = frozenset({"DATE", "TIME", "PERSON", "GPE", "LOC", "FAC"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
#: How many tokens at least it takes to say what a place is known for: "a scene of war".
_OF_THING = 4
#: How many tokens an event and its date may stand behind "ahead of".
_NEAR = 6


def is_before_other_noun(
    date: Token,
    expression: DateExpression,
    path: Sequence[Token],
    meet: Token,
    anchors: Sequence[Token],
) -> bool:
    """Tell "last week's failure", "the 4 May bombing", "the 2022 Ocean Conference"."""
    noun = date.head
    if noun.i < date.i or date.dep_ not in _BEFORE_NOUN or noun.pos_ not in NOUNS:
        return False
    while noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in NOUNS and noun.head.i > noun.i:
        noun = noun.head
    lemma = noun.lemma_.lower()
    if noun.ent_type_ in _NO_THING or date.left_edge.is_sent_start or is_before_subject(date):
        return False
    if lemma in words("trip_noun", "part_of_time"):
        return False
    if noun in anchors or any(a.head == noun and a.dep_ == "compound" for a in anchors[1:]):
        # "attended Sunday's inauguration ceremony"
        return expression.grain == "year" and _is_in_name(date, noun)
    if noun == meet or noun not in path:
        return False
    aimed = len(path) == 2 and path[1].lower_ in _AIMS
    return not (aimed and lemma in words("event"))


def _is_in_name(date: Token, noun: Token) -> bool:
    """Tell "the 2022 Ocean Conference" from "the 2022 summit"."""
    return all(t.text[:1].isupper() for t in date.doc[date.i + 1 : noun.i + 1])


def is_behind_other_noun(path: Sequence[Token]) -> bool:
    """Tell "after elections in November", "to prepare for a summit in October".

    Also "will stop in Lima ahead of a visit to Quito on Friday", a trip with a place of its own,
    and "after a meeting held in October".
    """
    apart = words("before_trip", "after_trip")
    for number, node in enumerate(path):
        noun = next((t for t in path[:number] if t.pos_ in NOUNS), None)
        held = node.dep_ == "acl" and node.tag_ == "VBN" and node.head in path
        if held and node.head.head.lower_ in words("after_trip"):
            continue
        if node.lower_ in apart and (node.pos_ not in VERBS or node.lower_ == "following"):
            if noun is None or noun.lemma_.lower() not in words("trip_noun"):
                return noun is not None
            if node.lower_ in words("after_trip") and _is_anothers(noun):
                return True
            own = (c for c in noun.children if c.lower_ == "to" and noun.i < c.i < path[0].i)
            before = node.lower_ in words("before_trip")
            return before and any(t.pos_ == "PROPN" for to in own for t in to.children)
        if node.pos_ in VERBS:
            return noun is not None and node.lemma_.lower() in words("about_trip")
    return False


def _is_anothers(trip: Token) -> bool:
    """Tell "following a trip by X in 1998", "after the minister's visit in May": of X alone."""
    by = any(c.lower_ == "by" and c.i > trip.i for c in trip.children)
    owners = [c for c in trip.children if c.dep_ in {"poss", "compound"} and c.i < trip.i]
    return by or any(c.ent_type_ == "PERSON" or c.tag_ in {"NN", "NNP"} for c in owners)


def is_behind_event_apart(date: Token, trigger: Token) -> bool:
    """Tell "will visit Lima ahead of elections in November", whatever the parse hangs November on.

    Not "left on Monday ahead of a visit in May", nor "before noon on Monday".
    """
    doc, apart = date.doc, words("before_trip", "after_trip")
    first = max(trigger.i + 1, date.left_edge.i - _NEAR)
    at = next((i for i in range(date.left_edge.i - 1, first - 1, -1) if doc[i].lower_ in apart), 0)
    between = doc[at + 1 : date.left_edge.i]
    if not at or not between or any(t.is_punct or t.pos_ in VERBS for t in between):
        return False
    nouns = [t for t in between if t.pos_ == "NOUN" and t.ent_type_ not in TIMES]
    return between[-1].lower_ in {"in", "on"} and any(
        t.lemma_.lower() not in words("trip_noun", "part_of_time") for t in nouns
    )


def is_over_matter(date: Token, trigger: Token) -> bool:
    """Tell "came on Monday for talks on the timing of X's visit": the day is not of that visit.

    So "a report was released on Monday amid preparations for the talks". Not "met her on Monday in
    the course of a visit", nor "faced questions over his visit last month".
    """
    if trigger.pos_ != "NOUN":
        return False
    above = {date, *date.ancestors}
    over = list(takewhile(lambda t: t not in above, trigger.ancestors))
    behind = date.doc[trigger.i + 1 : date.left_edge.i]
    if trigger in above or (trigger.i < date.i and not any(t.pos_ in VERBS for t in behind)):
        return False
    own = words("trip_noun", "leg_of_tour", "start_of_trip", "end_of_trip", "part_of_time", "event")
    own |= words("part_of_tour", "whole_over_trip")
    matter = [t for t in over if t.pos_ == "NOUN" and t.lemma_.lower() not in own]
    return bool(matter) and not any(t.pos_ in VERBS for t in over)


def is_of_event_apart(path: Sequence[Token]) -> bool:
    """Tell "came after the elections, which took place in November": no day of who came.

    Not "left after the visit, which began on Monday".
    """
    apart = words("before_trip", "after_trip")
    for clause in path:
        noun = clause.head
        if clause.dep_ != "relcl" or noun.pos_ != "NOUN" or noun not in path:
            continue
        over = noun.head.head if noun.head.lower_ == "of" else noun.head
        away = noun.head.lower_ in apart or over.lower_ in apart
        return away and noun.lemma_.lower() not in words("trip_noun", "part_of_time")
    return False


def is_in_other_trip(path: Sequence[Token], meet: Token, trigger: Token) -> bool:
    """Tell "the visit to Lima on 3 June was agreed during a stay": no day of the stay."""
    if trigger.lemma_.lower() not in words("trip_noun") or meet.pos_ not in VERBS:
        return False
    noun = next((t for t in path if t.pos_ in NOUNS), None)
    if noun is None or noun.lemma_.lower() not in words("trip_noun"):
        return False
    apart = any(t.lower_ in {"after", "following", "ahead", "before"} for t in path)
    return not apart and noun.head == meet and noun.i < meet.i < trigger.i


def is_in_trip_beside(path: Sequence[Token], trigger: Token) -> bool:
    """Tell "visits to Peru and Chile and a trip to Lima in May": no May of the visits.

    So "will tour Peru and Chile, with a stop in Lima on Friday". Not "his visits to Peru and to
    Chile in May", "her visit to Peru and talks in May".
    """
    noun = next(
        (t for t in path if t.pos_ in NOUNS and t.lemma_.lower() in words("trip_noun")), None
    )
    if noun is None or noun.i <= trigger.i:
        return False
    beside = noun.head.lower_ == "with"
    if trigger.lemma_.lower() not in words("trip_noun") and not beside:
        return False
    new = any(c.lower_ in {"a", "an", "another"} for c in noun.children)
    led = {"to", "of", "in"} if beside else {"to", "of"}
    return new and any(c.dep_ == "prep" and c.lower_ in led for c in noun.children)


def is_of_what_place_is_known_for(date: Token, expression: DateExpression, trigger: Token) -> bool:
    """Tell "visited Kobe, the site of a quake in 1995", where 1995 is the quake's.

    Not "visited Kobe, the capital of Hyogo on Monday", nor "… the host of the summit on Friday".
    """
    doc, at = date.doc, date.left_edge.i - 1
    at -= at > 0 and doc[at].lower_ in {"in", "on"}
    at -= at > 0 and doc[at].text == ")"
    low = trigger.i if trigger.i < at else date.sent.start
    comma = next((i for i in range(at, low, -1) if doc[i].text == ","), 0)
    said = doc[comma + 1 : at + 1]
    if not comma or len(said) < _OF_THING or said[0].lower_ not in {"the", "a", "an"}:
        return False
    placed = doc[comma - 1].ent_type_ in _PLACES or doc[comma - 1].lower_ in words("town_noun")
    if not placed or any(t.tag_ in FINITE for t in said):
        return False
    lemmas = {t.lemma_.lower() for t in said}
    near = expression.grain not in {"year", "decade"} and expression.anchor != "explicit"
    if lemmas & words("trip_noun") or (near and lemmas & words("event")):
        return False
    of_thing = doc[at].ent_type_ not in _PLACES and doc[at].pos_ in NOUNS | {"NUM"}
    return of_thing and any(t.lower_ in {"of", "for", "to"} for t in said)


def is_of_visits_that_were(path: Sequence[Token], trigger: Token) -> bool:
    """Tell "she is visiting Peru, her earlier trips were in 1990 and 1999": no days of hers now."""
    verb = next((t for t in path if t.pos_ in VERBS), None)
    if verb is None or verb.lemma_ != "be" or verb == trigger:
        return False
    trips = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in words("trip_noun")]
    return any(trip != trigger and trip.tag_ == "NNS" for trip in trips)


def is_behind_what_led_up(date: Token, trigger: Token) -> bool:
    """Tell "the visit follows talks held in May", "comes in the wake of talks in Lima, in May".

    Not "the visit follows talks in Lima and ends in May", "comes on 3 May, after talks in Lima".
    """
    over = trigger.head
    if trigger.dep_ != "nsubj" or over.lemma_ not in words("comes_behind"):
        return False
    behind = words("led_up", "after_trip")
    marks = (t for t in over.subtree if t.i > over.i and t.lower_ in behind)
    mark = over if over.lemma_ == "follow" else next(marks, None)
    if mark is None or mark.i >= date.i:
        return False
    between = date.doc[mark.i + 1 : date.left_edge.i]
    noun = any(t.pos_ in NOUNS for t in between)
    return noun and not any(t.tag_ in FINITE for t in between)


__all__ = [
    "is_before_other_noun",
    "is_behind_event_apart",
    "is_behind_other_noun",
    "is_behind_what_led_up",
    "is_in_other_trip",
    "is_in_trip_beside",
    "is_of_event_apart",
    "is_of_visits_that_were",
    "is_of_what_place_is_known_for",
    "is_over_matter",
]
