"""The days of a trip as held against the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import day_name
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as date_type

from spacy.tokens import Token

from models import DateExpression
from models.entity import LAND_KINDS
from models.visit import OFF
from pipeline.discourse.facts import BARE, JUST_COME
from pipeline.discourse.factuality import Fact
from pipeline.discourse.lasting_verbs import is_stayed_out
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import (
    When,
    days_before,
    days_between,
    moved,
    of_year_after,
    of_year_before,
    says_last,
    says_next,
)
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY, MONTH
from pipeline.labels import SUBJECTS
from pipeline.reference.countries import continent
from pipeline.reference.months import WEEKDAYS
from pipeline.weekdays import is_just_ahead, is_just_over

#: A day told as past lies at most so many days behind publication: stories are dated early.
SLACK_DAYS = 5
#: What was planned for a day no farther back is of this year.
_FRESH_DAYS = 45
#: How far back the day lies at most for which one "had been due".
_HALF_YEAR = 183
_SUNDAY = 6
#: How many tokens behind a trigger the land stands to which one goes.
_REACH = 8
#: How many dates behind a trigger's tell on of the same trip.
_NEAR = 4
#: Continents in which it is tomorrow first.
_EAST = frozenset({"Asia", "Oceania"})
#: A month that a plan of the past was for is the one gone by, if the next is so many months ahead.
_LONG_AHEAD = 7
#: What marks the line of an entry, and how far above it stands what heads a plan, in characters.
_MARKS = " \t•*-–—"
_PLAN_REACH = 400
_WORD = re.compile(r"[a-z]+")


def of_now(
    when: When,
    date: DateExpression,
    fact: Fact,
    *,
    verb: Token | None,
    scene: Scene,
    own: bool,
    trip: Token | None,
) -> When:
    """Read "is on a visit that runs from Tuesday to Thursday" of this week, not of the next.

    A day gone by on which one was asked to come ("asked X to Lima last week") is none of the trip.
    And "leaves on Tuesday" of the Tuesday to come, "after his visit to Lima in May" of the May
    gone by, "flew to Lima on 25 October" of a text of 13 October of the year before, "announced a
    visit to Lima in September" of the September to come.

    Args:
        when: the days that `date` gives a trip.
        date: the expression, of which only those told from publication are read anew.
        fact: what the trip's trigger tells.
        verb: the verb on which the date hangs.
        scene: the article's, whose day of publication may be known in part.
        own: whether the date stands behind the trigger, or right before it as a part of its phrase.
        trip: the trigger; None for a noun that is told of elsewhere.
    """
    day, now = when.start or when.end, scene.article.published
    if day is None or now is None or date.anchor != "publication":
        return when
    if verb is None and day > now and _is_of_plan(scene, date, day):
        return when
    noun = trip is None or trip.pos_ == "NOUN"
    asked = verb is not None and verb.lemma_.lower() in words("invite")
    if asked and fact.status == "invited" and date.latest is not None and date.latest < now:
        return When()
    bare = not any(c.isdigit() for c in date.text)
    first = date.text.split()[0].lower()
    weekday = bare and first.endswith("day") and first not in words("day_of_the_text")
    close = len(day) == len(now) == DAY and day <= days_before(now, days=-SLACK_DAYS)
    if day[:7] > now[:7] and not close and _is_over(fact) and not weekday:
        if verb is not None and tense_of(verb) == "future":
            if noun and own and _is_long_ahead(day, now):
                return of_year_before(when)  # "after his visit in March they will open a port"
            return replace(when, start=None, end=None)  # "is in Lima, where he will speak on 1 May"
        ahead = date.text.split()[0].lower() in words("ahead_in_time")
        if ahead or _ends(verb):
            return when  # "reports of a visit next year were premature", "the tour ends on 9 June"
        planned = verb is not None and verb.lemma_.lower() in words("held")
        judged = noun and own and fact.weak and (fact.reason == BARE or not _makes(verb))
        # "his visit in June has angered the opposition", in a text of May
        planned = planned or (judged and not _is_long_ahead(day, now))
        return when if planned else of_year_before(when)
    if verb is not None and _is_of_old_plan(fact, day, now) and was_planned(verb):
        return of_year_before(when)
    present = noun and fact.status == "ongoing" and fact.weak
    if own and present and _is_long_ahead(day, now) and not says_next(date):
        return of_year_before(when)  # "his visit in March still draws fire", in a text of May
    told = verb is not None and (
        tense_of(verb) in {"past", "infinitive"} or verb.lemma_ in words("looks_ahead_to_trip")
    )
    gone = _had_been(verb) and days_before(now, days=_HALF_YEAR) < (date.latest or day)
    if own and told and fact.status == "planned" and not gone and _is_named_ahead(date, day, now):
        return of_year_after(when)
    if not len(day) == len(now) == DAY:
        return when
    if _is_week_begun(scene, date, fact, trip):
        return moved(when, days=-7)
    east = weekday and trip is not None and _is_in_east(scene, trip)
    east = east and trip is not None and not _has_gone_on(scene, trip, now)
    if east and _is_of_tomorrow(when, day, fact, verb=verb, now=now):
        return replace(moved(when, days=0 if day > now else -7), landed_ahead=True)
    if weekday and trip is not None and _is_judged(trip, fact, verb):
        # "his visit to Lima on Monday is a success", in a text of the Sunday before
        return moved(when, days=-7) if now == days_before(day, days=-6) else when
    if not bare and trip is not None and day == days_before(now, days=-1):
        came = fact.status == "completed" and (fact.reason in JUST_COME or not noun)
        return replace(when, landed_ahead=came)  # dated a day late, where it was tomorrow
    if weekday:
        off = fact.status in OFF
        if off and verb is not None and date.start < verb.idx and day <= now:
            # "his trip to Lima on Friday was called off"
            return moved(when, days=-7) if now <= days_before(day, days=-6) else when
        return _of_week(when, day, fact, verb=verb, now=now)
    far = date.grain == "day" and not bare and day > days_before(now, days=-SLACK_DAYS)
    settled = verb is not None and verb.lemma_.lower() in words("settles_trip", "about_trip")
    return of_year_before(when) if far and not settled and _is_past(verb, fact) else when


def _is_of_plan(scene: Scene, date: DateExpression, day: str) -> bool:
    """Tell "Monday, 3 June: Arrival in Lima", of the year in which that is a Monday.

    So "3 June: Arrival in Lima" below "Her programme:".
    """
    told = set(date.text.lower().replace(",", " ").split())
    if len(day) == DAY and told & WEEKDAYS and any(map(str.isdigit, date.text)):
        return day_name[date_type.fromisoformat(day).weekday()].lower() in told
    text = scene.article.text
    line = text.rfind("\n", 0, date.start) + 1
    if text[line : date.start].strip(_MARKS) or text[date.end : date.end + 1] != ":":
        return False
    above = text[max(0, line - _PLAN_REACH) : line].lower()
    return not words("heads_plan").isdisjoint(_WORD.findall(above))


def _is_judged(trip: Token, fact: Fact, verb: Token | None) -> bool:
    """Tell "his visit on Monday is renewing fears" from "his visit is to begin on Monday"."""
    if verb is None or trip.pos_ != "NOUN" or trip.dep_ != "nsubj" or trip.head != verb:
        return False
    now = tense_of(verb) in {"present", "progressive"}
    return now and fact.status == "ongoing" and fact.weak and verb.lemma_ not in words("befalls")


def _is_week_begun(scene: Scene, date: DateExpression, fact: Fact, trip: Token | None) -> bool:
    """Tell "will visit Lima this week" in a text of a Sunday, on which some let weeks begin.

    Not "was to visit Lima this week but called it off on Thursday".
    """
    now = date_type.fromisoformat(scene.article.published or "")
    if date.text.lower() != "this week" or now.weekday() != _SUNDAY:
        return False
    if fact.status == "planned" and not (trip is not None and was_planned(trip)):
        return True
    off = fact.status in {"planned", "cancelled", "postponed"}
    return off and all(told.grain != "day" for told in _dates_near(scene, date.start))


def _dates_near(scene: Scene, offset: int) -> Sequence[DateExpression]:
    """Return the few dates told next to an offset, from the one before it on."""
    at = bisect_left(scene.dates, offset, key=lambda told: told.start)
    return scene.dates[max(0, at - 1) : at + _NEAR]


def _has_gone_on(scene: Scene, trip: Token, now: str) -> bool:
    """Tell "landed in Tokyo on Thursday. He left on Sunday", in a text of Wednesday.

    So "landed in Tokyo on Thursday. He spent four days there".
    """
    if _has_stayed(scene, trip):
        return True
    near = (told.latest for told in _dates_near(scene, trip.idx) if told.grain == "day")
    return any(days_before(now, days=5) <= day < now for day in near if day)


def _has_stayed(scene: Scene, trip: Token) -> bool:
    """Tell "He spent four days there" behind an arrival, from "will spend four days there"."""
    number = scene.sentence_of[trip.i]
    behind = scene.doc[trip.i + 1 : scene.sentences[number : number + 2][-1].end]
    return any(map(is_stayed_out, behind))


def _is_in_east(scene: Scene, trip: Token) -> bool:
    """Tell a trip to where days begin before most news is published: "landed in Tokyo"."""
    behind = range(trip.i + 1, min(trip.i + _REACH, scene.sentence(trip.i).end))
    lands = (r.country for i in behind for r in scene.at(i) if r.kind in LAND_KINDS)
    return continent(next(lands, None) or "") in _EAST


def _is_of_tomorrow(when: When, day: str, fact: Fact, *, verb: Token | None, now: str) -> bool:
    """Tell "landed in Tokyo on Thursday" in a text of Wednesday: it is Thursday there already.

    Who landed on a Thursday six days gone by did so "last Thursday", or does more since.
    """
    if verb is None or verb.dep_ != "ROOT" or tense_of(verb) != "past" or _had_been(verb):
        return False
    if verb.lemma_ == "be" or verb.lemma_ in words("opens_trip"):
        return False  # "it was on Thursday that she landed in Tokyo", "began her tour in Tokyo"
    leaves = words("leaves_again")  # "left for Lima on Thursday", "landed on Thursday and left"
    if any(v.lemma_ in leaves for v in (verb, *verb.conjuncts)):
        return False
    landed = fact.status == "completed" and fact.reason in JUST_COME
    near = {days_before(now, days=-1), days_before(now, days=6)}
    return landed and when.end is None and day in near


def _of_week(when: When, day: str, fact: Fact, *, verb: Token | None, now: str) -> When:
    """Return the stay of a weekday in the week that the trigger means."""
    if _is_over(fact) and not _ends(verb) and days_before(day) <= now < day:
        opens = verb is not None and _is_to_open(verb)
        return replace(when, start=None, end=None) if opens else moved(when, days=7)
    on_its_way = verb is not None and verb.tag_ == "VBG" and tense_of(verb) == "progressive"
    goes = verb is not None and verb.lemma_ in words("moves", "leaves_again")
    sets_out = goes and when.end is None
    if on_its_way and sets_out and fact.status == "ongoing":
        # "is flying to Lima on Monday" in a text of that Monday or the day after, not of Friday
        recent = now in {days_before(day), days_before(day, days=6)}
        return moved(when, days=7) if recent else when
    if on_its_way and fact.status == "ongoing" and when.start == when.end:
        # "is visiting Lima on Monday" in a text of Friday
        return moved(when, days=-7) if day < now <= days_before(day, days=-6) else when
    under_way = fact.status == "ongoing" and not fact.weak and when.start is not None
    if under_way and when.end and when.end != when.start and days_before(when.end) < now:
        return when  # "is visiting Lima from Friday to Sunday" in a text of Thursday
    if under_way and _is_about(verb, when, now):
        return moved(when, days=7)
    if under_way and _is_yet_to_be(verb, day, now):
        return replace(when, start=None, end=None)
    if under_way and days_before(day) <= now < day:
        # Who is in Lima for talks that open on Saturday did not come on a Saturday.
        stays = verb is not None and (verb.lemma_ == "be" or _is_of_event(verb))
        return replace(when, start=None, end=None) if stays else moved(when, days=7)
    ended = verb is not None and verb.lemma_ in words("finish") and tense_of(verb) == "past"
    ahead = fact.status == "planned" or (fact.status == "ongoing" and not (when.start or ended))
    if ahead and _is_about(verb, when, now):
        return moved(when, days=7)
    if ahead and _had_been(verb):
        ahead_days = days_between(now, day)
        return moved(when, days=7) if ahead_days > 0 and not is_just_ahead(ahead_days) else when
    if ahead and day < now <= days_before(day, days=-7):
        old = verb is not None and was_planned(verb) and not _is_of_trip(verb)
        if is_just_over(days_between(day, now)) and (old or not _is_promised(verb, fact)):
            return when  # "his visit on Monday is seen as a success", in a text of Tuesday
        begun = verb is not None and _is_of_event(verb) and tense_of(verb) == "past"
        if begun and fact.status == "planned" and not fact.weak:
            return When()  # "will attend a summit that opened on Tuesday"
        return moved(when, days=-7)
    return when


def _is_about(verb: Token | None, when: When, now: str) -> bool:
    """Tell "is in Lima from Tuesday to Friday", in a text of Thursday: these days, not the next.

    Not "visits Lima from Tuesday to Friday", "will be in Lima from Tuesday to Friday".
    """
    if verb is None or verb.lemma_ != "be" or tense_of(verb) != "present":
        return False
    if not (when.start and when.end) or when.start == when.end or now >= when.start:
        return False
    days = moved(when, days=7)
    return str(days.start) <= now <= str(days.end)


def _is_of_trip(verb: Token) -> bool:
    """Tell "the visit was to take place on Tuesday" from "she was to land on Tuesday"."""
    told = (c for node in (verb, verb.head) for c in node.children if c.dep_ in SUBJECTS)
    return any(c.lemma_ in words("trip_noun") for c in told)


def _is_promised(verb: Token | None, fact: Fact) -> bool:
    """Tell "will visit Lima on Monday" from "his visit to Lima on Monday has angered many"."""
    if fact.status == "planned" and not fact.weak:
        return True
    if verb is None or "would" in auxiliaries_of(verb):
        return True
    return tense_of(verb) in {"future", "infinitive"}


def _is_of_event(verb: Token) -> bool:
    """Tell "the talks that open on Saturday" from "a visit that began on Saturday"."""
    event = verb.head
    return verb.dep_ == "relcl" and bool({event.lemma_, event.lower_} & words("event"))


def _is_to_open(verb: Token) -> bool:
    """Tell "has arrived for a visit that begins on Friday" from "for one that began on Friday"."""
    opens = verb.dep_ == "relcl" and verb.lemma_ in words("opens_trip")
    return opens and tense_of(verb) in {"future", "present", "infinitive"}


def _is_yet_to_be(verb: Token | None, day: str, now: str) -> bool:
    """Tell the Friday of "is in Lima and will meet the mayor on Friday", of a text of Wednesday.

    So "is in Lima for talks on Friday"; not "is in Lima on Tuesday", told a day late, nor "is in
    Lima since Monday".
    """
    if verb is None or tense_of(verb) in {"future", "infinitive"}:
        return verb is not None
    present = verb.lemma_ == "be" and tense_of(verb) == "present"
    since = any(t.lower_ == "since" for t in verb.subtree)
    return present and not since and day < days_before(now, days=1)


def _had_been(verb: Token | None) -> bool:
    """Tell "had been due in Lima on Monday", "had been set to fly there in May": days gone by."""
    above = (verb, verb.head) if verb is not None else ()
    return any("had" in auxiliaries_of(node) for node in above)


def is_looked_ahead_to(trip: Token) -> bool:
    """Tell "the visit in March is awaited", "preparations are under way for the visit in March"."""
    ahead = words("looks_ahead_to_trip")
    over = [trip, *trip.ancestors]
    return any(t.lemma_.lower() in ahead for node in over for t in (node, *node.lefts))


def is_long_gone(date: DateExpression, fact: Fact, now: str | None) -> bool:
    """Tell "will pay his first visit … since the war in 1999": no plan is for years before."""
    planned = fact.status == "planned" and not fact.weak and date.anchor == "explicit"
    if not planned or now is None or date.latest is None:
        return False
    return int(date.latest[:4]) < int(now[:4]) - 1


def strangeness(date: DateExpression, fact: Fact | None, now: str | None) -> float:
    """Return what a date costs that lies behind where the trip lies ahead."""
    if fact is None or fact.weak or now is None or date.latest is None:
        return 0
    ahead = fact.status in {"planned", "invited", "postponed", "cancelled"}
    return 12 if ahead and date.latest < now else 0


def _is_of_old_plan(fact: Fact, day: str, now: str) -> bool:
    """Tell "was to visit Lima in March", in a text of May, if the verb tells a plan of the past."""
    return fact.status in {"planned", "postponed", "cancelled"} and _is_long_ahead(day, now)


def _is_long_ahead(day: str, now: str) -> bool:
    """Tell a month so far ahead that the one of the year before is nearer."""
    if len(day) < MONTH:
        return False
    months_ahead = (int(day[:4]) - int(now[:4])) * 12 + int(day[5:7]) - int(now[5:7] or 1)
    return _LONG_AHEAD <= months_ahead < 12


def _is_named_ahead(date: DateExpression, day: str, now: str) -> bool:
    """Tell "announced a visit in September", in a text of May: the September to come."""
    gone = day[:7] < now[:7] and day < days_before(now, days=_FRESH_DAYS)[: len(day)]
    named = not any(word.isdigit() and len(word) == 4 for word in date.text.split())
    return gone and named and date.grain in {"day", "month"} and not says_last(date)


def _makes(verb: Token | None) -> bool:
    """Tell "has paid a visit in June", "has ended his visit", of one who was there."""
    return verb is None or verb.lemma_ in words("pays", "finish", "moves", "leaves_again")


def _ends(verb: Token | None) -> bool:
    """Tell "the tour ends on 9 June", "concludes the trip on Friday", which are yet to come."""
    return verb is not None and verb.lemma_ in words("finish") and tense_of(verb) == "present"


def _is_past(verb: Token | None, fact: Fact) -> bool:
    """Tell the day of "flew", "visited", whatever its trigger's clause leaves open."""
    return verb is not None and fact.status == "completed" and tense_of(verb) == "past"


def _is_over(fact: Fact) -> bool:
    """Tell a trip told as made by more than the tense of a verb."""
    return fact.status == "completed" and (not fact.weak or bool(fact.reason))


__all__ = ["SLACK_DAYS", "is_long_gone", "is_looked_ahead_to", "of_now", "strangeness"]
