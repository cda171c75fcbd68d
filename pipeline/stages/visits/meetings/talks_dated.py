"""When a trip is by what is told behind it: "met him in Lima. The talks were held on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models.date import OF_ONE_DAY
from models.entity import LAND_KINDS
from models.visit import MADE, VisitStatus
from pipeline.discourse.facts import BARE, DONE_BEFORE
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.labels import OBJECTS, PAST, SUBJECTS
from pipeline.stages.visits.candidate import ONE_DAY, Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many sentences behind a meeting it may be told when that was.
_REACH = 6
#: How many sentences behind a trip what is done on it may be told.
_BEHIND = 3
#: How many days before its article, and behind, a day lies of what is done on a trip of the news.
_BACK_DAYS, _AHEAD_DAYS, _STAY_DAYS = 10, 90, 6
_MONTH, _DAY = len("2024-08"), len("2024-08-18")


def month_of_talks(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> When:
    """Return the month of a meeting abroad of which another sentence tells the day.

    "Received her in Lima. The meeting took place on Friday", "The two sides met on 3 May" fire;
    "The next meeting will be on Friday", "The talks were held in Quito on Friday" do not.
    """
    for candidate in trip.candidates:
        if not _is_meeting(candidate):
            continue
        number = scene.sentence_of[candidate.at]
        others = {
            scene.sentence_of[c.at]
            for other in trips
            if other.key != trip.key or other.destination != trip.destination
            for c in other.candidates
            if "meeting" in c.notes and c.at > candidate.at
        }
        for n in range(number + 1, min(number + 1 + _REACH, len(scene.sentences))):
            if n in others:
                break
            day = _day_of_talks(scene, scene.sentences[n], trip)
            if day is not None:
                return When(day[:MONTH], day[:MONTH])
    return When()


def _is_meeting(told: Candidate) -> bool:
    """Tell "met her in Lima", "was received by the king", told as news and without a day."""
    meets = {"meeting", "received"} & set(told.notes)
    made = told.status in MADE and told.fact.reason in {"", BARE}
    return bool(meets) and made and not (told.previous or told.when or told.day)


def _day_of_talks(scene: Scene, sentence: Span, trip: Trip) -> str | None:
    """Return the one day of a sentence that tells when the two met."""
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = {d.earliest for d in told if d.grain in OF_ONE_DAY} - {None}
    if len(days) != 1 or not any(_tells_when(t) for t in sentence):
        return None
    lands = {
        r.country
        for i in range(sentence.start, sentence.end)
        for r in scene.at(i)
        if r.kind in LAND_KINDS and r.form == "name"
    }
    day, published = days.pop(), scene.article.published
    ahead = published is not None and day is not None and day > published
    return None if ahead or lands - {trip.origin, trip.destination} else day


def _tells_when(verb: Token) -> bool:
    """Tell "the talks were held", "the meeting took place", "the two sides met"."""
    if verb.tag_ not in PAST:
        return False
    if verb.dep_ == "acl":  # "the meeting, held on Friday, lasted an hour"
        return verb.lemma_ in words("held") and _is_the_meeting(verb.head)
    if verb.dep_ != "ROOT" or fact_of_verb(verb).status != "completed":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    if verb.lemma_ == "meet":
        both = subject.lower_ == "they" or any(
            c.lower_ in {"two", "both"} for c in (subject, *subject.lefts)
        )
        return both and not any(c.dep_ in OBJECTS for c in verb.children)
    return verb.lemma_ in words("held") and _is_the_meeting(subject)


def _is_the_meeting(noun: Token) -> bool:
    """Tell "the talks", "their meeting" from "a meeting", "the next meeting", "the trade talks"."""
    if noun.lemma_.lower() not in word_set("met_at"):
        return False
    before = {c.lower_ for c in noun.lefts}
    return bool(before) and before <= words("definite") | {"their", "its", "these", "those"}


def month_of_deed(scene: Scene, trip: Trip, trips: Sequence[Trip], *, status: VisitStatus) -> When:
    """Return the month of what the sentences right behind an undated trip tell to be done on it.

    "X will visit Peru. She will meet its president on Friday", "The two will hold talks on 3 May"
    fire; "She will open a bridge in Oslo on Friday", at home, and what is done on a further trip
    do not. Of a visit of one day it is the day.

    Args:
        status: the trip's: of one under way ("has arrived in Peru") it may be yet to be done.
    """
    published = scene.article.published
    told = [c for c in trip.candidates if c.status is not None]
    if published is None or len(published) < _DAY or trip.count != 1 or trip.destination is None:
        return When()
    if any(c.previous or c.further or c.fact.reason in DONE_BEFORE for c in told) or not told:
        return When()
    number = scene.sentence_of[trip.told_at[-1]]
    elsewhere = {scene.sentence_of[at] for t in trips if t is not trip for at in t.told_at}
    for n in range(number + 1, min(number + 1 + _BEHIND, len(scene.sentences))):
        if n in elsewhere:
            break
        day = _day_of_deed(scene, scene.sentences[n], trip, status, near=n == number + 1)
        if day is not None and _is_of_news(day, published, trip, status):
            brief = any(ONE_DAY in c.notes for c in told)
            return When(day, day) if brief else When(day[:_MONTH], day[:_MONTH])
    return When()


def _is_of_news(day: str, published: str, trip: Trip, status: VisitStatus) -> bool:
    """Tell whether a day may be one of a trip: ahead where that is, else in the days just gone."""
    if trip.statuses <= {"planned"}:
        return published <= day <= days_before(published, days=-_AHEAD_DAYS)
    last = days_before(published, days=-_STAY_DAYS) if status == "ongoing" else published
    return days_before(published, days=_BACK_DAYS) <= day <= last


def _day_of_deed(
    scene: Scene, sentence: Span, trip: Trip, status: VisitStatus, *, near: bool
) -> str | None:
    """Return the one day of a sentence, if the traveller does on it what is done on a trip.

    Args:
        near: whether it stands right behind the trip, where a deed need not be one with the host.
    """
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = {d.earliest for d in told if d.grain in OF_ONE_DAY} - {None}
    spans = [scene.doc.char_span(d.start, d.end, alignment_mode="expand") for d in told]
    verb = governing_verb(spans[0].root) if spans and spans[0] is not None else None
    if len(days) != 1 or verb is None or not _is_deed(scene, verb, trip, near=near):
        return None
    fact = fact_of_verb(verb)
    made = "completed" if trip.statuses & MADE else "planned"
    ahead = fact.status == "planned" and status == "ongoing"
    if (fact.status != made and not ahead) or fact.reason in DONE_BEFORE:
        return None
    lands = {
        r.country
        for i in range(sentence.start, sentence.end)
        for r in scene.at(i)
        if r.kind in LAND_KINDS and (r.form == "name" or i > verb.i)
    }
    return None if lands - {trip.destination} else days.pop()


def _is_deed(scene: Scene, verb: Token, trip: Trip, *, near: bool) -> bool:
    """Tell "he will meet the king", "the two will sign a pact", "the talks will be held"."""
    subject = scene.subject(verb)
    if subject is None:
        return False
    if verb.lemma_ in words("held") and subject.lemma_.lower() in word_set("met_at"):
        parts = [a for t in subject.subtree for a in scene.actors(t)]
        own = any(a.key == trip.key or a.country == trip.destination for a in parts)
        return own or _is_the_meeting(subject)
    actors = scene.actors(subject)
    if trip.key not in {actor.key for actor in actors}:
        return False
    beside = {a.country for t in verb.subtree if t.i > verb.i for a in scene.actors(t)}
    with_host = len(actors) > 1 or trip.destination in beside
    return verb.lemma_ in word_set("deed_on_trip") and (near or with_host)


__all__ = ["month_of_deed", "month_of_talks"]
