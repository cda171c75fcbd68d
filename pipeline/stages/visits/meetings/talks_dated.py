"""When the meeting was that a trip is told by: "met him in Lima. The talks were held on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.facts import BARE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How many sentences behind a meeting it may be told when that was.
_REACH = 6
_MONTH = len("2024-08")


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
                return When(day[:_MONTH], day[:_MONTH])
    return When()


def _is_meeting(told: Candidate) -> bool:
    """Tell "met her in Lima", "was received by the king", told as news and without a day."""
    meets = {"meeting", "received"} & set(told.notes)
    made = told.status in {"completed", "ongoing"} and told.fact.reason in {"", BARE}
    return bool(meets) and made and not (told.previous or told.when or told.day)


def _day_of_talks(scene: Scene, sentence: Span, trip: Trip) -> str | None:
    """Return the one day of a sentence that tells when the two met."""
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = {d.earliest for d in told if d.grain in {"day", "part_of_day"}} - {None}
    if len(days) != 1 or not any(_tells_when(t) for t in sentence):
        return None
    lands = {
        r.country
        for i in range(sentence.start, sentence.end)
        for r in scene.at(i)
        if r.kind in {"country", "place"} and r.form == "name"
    }
    day, published = days.pop(), scene.article.published
    ahead = published is not None and day is not None and day > published
    return None if ahead or lands - {trip.origin, trip.destination} else day


def _tells_when(verb: Token) -> bool:
    """Tell "the talks were held", "the meeting took place", "the two sides met"."""
    if verb.tag_ not in {"VBD", "VBN"}:
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


__all__ = ["month_of_talks"]
