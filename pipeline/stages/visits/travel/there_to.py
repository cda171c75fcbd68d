"""One who "was in Lima to lobby for aid", in the news of the day: he is there."""

from __future__ import annotations

from spacy.tokens import Span

from models.date import OF_ONE_DAY
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import OPENERS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.signs import Told
from pipeline.stages.visits.tables import word_set

#: How many days before its article a day may lie that is of the day's news.
_NEWS_DAYS = 1
#: What opens a clause of the time at which one was somewhere.
_AT_THE_TIME = frozenset({"when", "while", "as"})


def is_there_to(told: Told, trip: Trip) -> bool:
    """Tell "X said on Monday. X was in Lima to lobby for aid", in a text of Monday.

    Not "X, who was in Lima last week to lobby for aid", "X was in Lima to lobby for aid when a bomb
    went off", nor one who was sworn in on Monday, spoke at home or is back, or is told to have gone
    elsewhere or to have left.
    """
    scene = told.scene
    if trip.count != 1 or trip.when:
        return False
    if not any(c.at < told.lead(trip) and _was_to(scene, c) for c in trip.candidates):
        return False
    if any(c.phase == "leave" or c.previous or c.fact.reason for c in trip.candidates):
        return False
    if any(o.key == trip.key and o is not trip and o.statuses - {"planned"} for o in told.trips):
        return False
    news = [s for s in scene.sentences if s.start < told.lead(trip) and _is_news(scene, s, trip)]
    return bool(news) and not any(_is_elsewhere(scene, s, trip) for s in news)


def _was_to(scene: Scene, candidate: Candidate) -> bool:
    """Tell "was in Lima to lobby for aid" from "was in Lima", "was in Lima for years"."""
    verb = scene.doc[candidate.at]
    if verb.lemma_ != "be" or tense_of(verb) != "past":
        return False
    earlier = word_set("<told earlier>") | word_set("<recent>") | words("before_trip")
    if any(t.lower_ in earlier for t in scene.sentence(verb.i)):
        return False
    if any(t.lower_ in _AT_THE_TIME and t.dep_ in OPENERS for t in verb.subtree):
        return False
    aims = (c for c in verb.children if c.tag_ == "VB" and c.dep_ in {"advcl", "xcomp", "acl"})
    return any(child.lower_ == "to" for aim in aims for child in aim.children)


def _is_news(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell a sentence in which the visitor spoke on the day of the article, or the one before."""
    published = scene.article.published or ""
    if len(published) < DAY or not _tells_of(scene, sentence, trip):
        return False
    if not any(t.pos_ == "VERB" and t.lemma_ in words("speech") for t in sentence):
        return False
    days = (
        told.earliest
        for told in scene.dates_in(sentence.start_char, sentence.end_char)
        if told.grain in OF_ONE_DAY and told.earliest and len(told.earliest) == DAY
    )
    return any(0 <= days_between(day, published) <= _NEWS_DAYS for day in days)


def _tells_of(scene: Scene, sentence: Span, trip: Trip) -> bool:
    return any(
        r.actor == trip.key for i in range(sentence.start, sentence.end) for r in scene.at(i)
    )


def _is_elsewhere(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell "X said in Oslo", "X said he was back", where the trip leads to Lima."""
    return any(t.pos_ == "ADV" and t.lower_ in words("home") | {"back"} for t in sentence) or any(
        r.kind == "place" and r.country not in {None, trip.destination}
        for i in range(sentence.start, sentence.end)
        for r in scene.at(i)
    )


__all__ = ["is_there_to"]
