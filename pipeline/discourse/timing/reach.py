"""How far a date stands from a trigger, in tokens and in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from models import DateExpression
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, VERBS
from pipeline.neighbours import text_at, word_behind

#: How many tokens of a sentence are no more than the opening of a date.
_OPENING = 3
#: How much farther a date may stand that says the nearest one closer.
_FAR = 4
#: How many tokens long "the envoy recalled" may be behind such an opening.
_ASIDE = 7
#: Grains of a time that the day right behind it says closer ("late in the day Tuesday").
_COARSE = frozenset({"week", "month", "weekend"})
_PARTS = frozenset({"day", "part_of_day", "week"})
_OPENS = frozenset({"ADP", "DET", "ADV", "SCONJ"})
#: What leads to the event for which one sets out.
_AIMS = frozenset({"for", "to", "at"})


def own_start(scene: Scene, start: int, end: int) -> int:
    """Return where a date starts in its own sentence, if a broken line ended one within it.

    "… On May", "17-18, she flew to Lima": the date is of the flight.
    """
    first, last = scene.sentence(start), scene.sentence(end - 1)
    return last.start if first != last and start - first.start < _OPENING else start


def closest(
    doc: Doc,
    ranked: Sequence[tuple[float, int]],
    dates: Sequence[tuple[int, int, DateExpression]],
) -> int:
    """Return the nearest of some dates, or one that says it closer.

    "In 2005 he paid a visit to Lima in May that year", "thirty years ago, on 15 September 1994",
    "flew there later in the day Wednesday", "next week, on 21 and 22 May".

    Args:
        doc: what the dates stand in.
        ranked: what each date costs, and its index in `dates`.
        dates: first token, token behind and expression of each.
    """
    least, best = min(ranked)
    told = dates[best][2]
    if told.grain != "year":
        behind = best + 1
        if _is_told_again(doc, dates, best):
            return behind  # "from today (16 to 18 May)"
        if told.grain in _COARSE and (nearer := _said_closer(doc, ranked, dates, best)) is not None:
            return nearer
        as_near = [i for price, i in ranked if price <= least and dates[i][2].grain == "day"]
        if told.grain in _COARSE and (inside := [i for i in as_near if lies_in(dates[i][2], told)]):
            return inside[0]  # "will visit this week Lima on May 17"
        part = told.grain in _PARTS and told.text.split()[-1].lower() in words("part_of_time")
        if part and any(index == behind for _, index in ranked):
            joined = dates[behind][0] == dates[best][1] and dates[behind][2].grain == "day"
            return behind if joined else best
        return best
    closer = [
        (price, index)
        for price, index in ranked
        if dates[index][2].grain in {"day", "month"}
        and price <= least + _FAR
        and (told.earliest or "") <= (dates[index][2].earliest or "")
        and (dates[index][2].latest or "9") <= (told.latest or "")
    ]
    return min(closer, default=(least, best))[1]


def _is_told_again(doc: Doc, dates: Sequence[tuple[int, int, DateExpression]], best: int) -> bool:
    """Tell the first day of days that follow it at once in brackets: "today (16 to 18 May)"."""
    if best + 1 >= len(dates):
        return False
    (_, end, told), (start, _, days) = dates[best], dates[best + 1]
    beside = doc[end:start].text.strip() in {"(", ",", "(from"}
    return beside and _is_of_days(days) and _spans_from(days, told)


def _spans_from(days: DateExpression, day: DateExpression) -> bool:
    """Tell days of which one is the first."""
    first = day.earliest == day.latest == days.earliest
    return first and (days.latest or "") > (day.latest or "9")


def _said_closer(
    doc: Doc,
    ranked: Sequence[tuple[float, int]],
    dates: Sequence[tuple[int, int, DateExpression]],
    best: int,
) -> int | None:
    """Return the day right behind a week or month that it lies in: "next week, from Tuesday to".

    "Flew to Lima last week and on Tuesday to Quito" tells that of another leg, "was in Lima last
    week, on Friday she spoke" that of another deed; "next month, after June 10" tells no day.
    """
    behind, (_, end, told) = best + 1, dates[best]
    if all(index != behind for _, index in ranked):
        return None
    start, _, day = dates[behind]
    between = doc[end:start]
    plain = all(t.pos_ in {"ADP", "ADV", "DET"} or t.text in {",", "("} for t in between)
    plain = plain and not any(t.lower_ in words("beside_day") for t in between)
    verb = governing_verb(doc[start])
    plain = plain and (verb is None or verb.i < start)
    inside = lies_in(day, told)
    return behind if plain and len(between) < _OPENING + 1 and inside and _is_of_days(day) else None


def lies_in(day: DateExpression, span: DateExpression) -> bool:
    """Tell the Friday of "this week, on Friday" from that of a trip "on Monday"."""
    first, last = span.earliest or "", span.latest or ""
    return first < last and first <= (day.earliest or "") and (day.latest or "9") <= last


def _is_of_days(date: DateExpression) -> bool:
    return date.grain == "day" or "/" in date.value


def is_of_event(date: Token, trigger: Token) -> bool:
    """Tell the days of "left for a summit in Lima on 11 May", the summit's wherever they hang."""
    between = list(date.doc[trigger.i + 1 : date.i])
    events = [
        t.i
        for t in between
        if t.lemma_.lower() in words("event") and t.ent_type_ != "DATE" and t.head.lower_ in _AIMS
    ]
    return bool(events) and all(t.pos_ != "VERB" for t in date.doc[events[-1] : date.i])


def stands_on(date: Token, trigger: Token) -> bool:
    """Tell a day that hangs on the trigger itself, by a preposition or none."""
    over = date.head
    return over == trigger or (over.pos_ == "ADP" and over.head == trigger)


def opens_before_aside(doc: Doc, start: int, end: int, trigger: Token) -> bool:
    """Tell "In May, the envoy recalled, A came to Lima": whoever says it, the May is A's.

    Not "On Monday, the envoy recalled that A had come", nor what another verb tells before.
    """
    opening = text_at(doc, end) == "," and start - doc[start].sent.start < _OPENING
    if not opening or any(t.pos_ not in _OPENS for t in doc[doc[start].sent.start : start]):
        return False
    aside = doc[end + 1 : end + 1 + _ASIDE]
    told = words("speech", "comments")
    said = next((t for t in aside if t.pos_ == "VERB" or t.text == ","), None)
    if said is None or said.lemma_.lower() not in told or word_behind(said) != ",":
        return False
    return said.i < trigger.i and not any(
        t.tag_ in FINITE and t.head != trigger for t in doc[said.i + 2 : trigger.i]
    )


def closes_opening(doc: Doc, start: int, end: int, trigger: Token) -> bool:
    """Tell "Speaking at a forum in Lima last week, X said": the week is the participle's own.

    Not "Speaking about last week's forum, X said", "Visiting Lima after a vote on Monday, X said",
    nor a date behind another verb.
    """
    if not _is_participle(trigger) or not trigger.i < start < trigger.head.i:
        return False
    between = doc[trigger.i + 1 : start]
    if not words("of_another_day").isdisjoint(t.lower_ for t in between):
        return False
    return doc[end].text == "," and all(t.text != "," and t.pos_ != "VERB" for t in between)


def shares_date(date: int, over: Token | None, trigger: Token) -> bool:
    """Tell "Last week, X left it open, telling reporters in Lima": the week is of both.

    So the day of "On 3 May X held talks with Y within the framework of a visit to Lima", however
    much is told of Y; not of "On 3 May X held talks with Y ahead of a visit to Lima". So the days
    of "will visit Peru, Chile and Fiji and meet their foreign ministers from 3 to 7 May".
    """
    if over is not None and trigger.i < over.i < date and over.head == trigger:
        return over.dep_ == "conj" and trigger.doc[date - 1].lower_ == "from"
    if over is None or not date < over.i < trigger.i:
        return False
    return (_is_participle(trigger) and trigger.head == over) or _is_within(over, trigger)


def _is_within(verb: Token, trip: Token) -> bool:
    """Tell what is done during a trip, in its course or as part of it."""
    node = trip
    while trip.pos_ == "NOUN" and node.dep_ == "pobj" and node.head.lower_ in words("in_course_of"):
        node = node.head.head
        if node == verb:
            return verb.tag_ == "VBD"
    return False


def _is_participle(trigger: Token) -> bool:
    return trigger.tag_ == "VBG" and trigger.dep_ == "advcl"


def cost(doc: Doc, start: int, end: int, anchor: Token) -> float:
    """Return how far a date stands from an anchor, in tokens, verbs between weighing more."""
    if start <= anchor.i < end:
        return 0
    low, high = (end, anchor.i) if end <= anchor.i else (anchor.i + 1, start)
    between = [*doc[low:high]]
    if low == anchor.i + 1 and (told := insertion(doc, low, high)) is not None:
        between = [*doc[low : told[0]], *doc[told[1] : high]]
    distance = float(len(between))
    if _is_joined(doc, start, end, anchor):
        return min(distance, 30) * 0.4
    distance += sum(
        6
        for token in between
        if token.pos_ == "VERB" and (token.tag_ != "VBG" or token.dep_ in {"pcomp", "advcl"})
    )
    distance += sum(2 for token in between if token.text in {",", ";", "—", "--"})
    return distance


def insertion(doc: Doc, low: int, high: int) -> tuple[int, int] | None:
    """Return where what is inserted behind a place begins and ends, right up to its date.

    "went to Kobe, a port that has been rebuilt since, in 1998"; not "went to Kobe, met A, in May".
    """
    end = high - 1
    end -= end > low and doc[end].pos_ == "ADP"
    if doc[end].text != ",":
        return None
    commas = [i for i in range(low, end) if doc[i].text == ","]
    if len(commas) != 1 or doc[commas[0] - 1].ent_type_ not in {"GPE", "LOC", "FAC"}:
        return None
    opened = doc[commas[0] + 1].lower_ in words("opens_insertion")
    return (commas[0] + 1, end + 1) if opened else None


def _is_joined(doc: Doc, start: int, end: int, anchor: Token) -> bool:
    """Tell whether a date hangs on the anchor: in "Next week, A is due to go" on what plans it."""
    plan = anchor
    while (
        plan.dep_ == "xcomp" and plan.head.lemma_ in words("planned_for_day") and end <= plan.head.i
    ):
        plan = plan.head
    for token in doc[start:end]:
        node = token
        for _ in range(5):
            node = node.head
            if node in (anchor, plan):
                return True
            if node.pos_ in VERBS or node.head == node:
                break
    return False


__all__ = [
    "closes_opening",
    "closest",
    "cost",
    "insertion",
    "is_of_event",
    "lies_in",
    "opens_before_aside",
    "own_start",
    "shares_date",
    "stands_on",
]
