"""Who is where an event goes on as the article is written."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.facts import Fact
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import AUXILIARIES, OBJECTS, PRESENT, SUBJECTS, VERBS
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How far behind a place its "where" may stand, and its verb behind that, in tokens.
_WHERE, _VERB = 4, 14
#: How many sentences before and behind a guest it may be told that his event goes on, and how many
#: of an article's first ones may tell it.
_NEAR, _LEAD = 4, 2
#: How far behind "is" it may be told that an event is under way, in tokens.
_BEHIND = 4


def with_event_on(reader: ArgumentReader, candidate: Candidate) -> Candidate:
    """Take A of "A said in Osaka, where ministers are meeting" for one who is still there.

    Not "where ministers met", "where protesters are gathering", "where exiles are living", nor "A
    returned from Osaka, where".
    """
    spot = candidate.spot
    gone = candidate.phase == "leave" or candidate.status != "completed"
    if spot is None or gone or candidate.when:
        return candidate
    doc = reader.scene.doc
    for where in doc[spot.end : spot.end + _WHERE]:
        if where.lower_ == "where" and _tells_of_event_on(reader, where):
            return replace(candidate, fact=Fact("ongoing"))
    return candidate


def _tells_of_event_on(reader: ArgumentReader, where: Token) -> bool:
    """Tell "where leaders are gathering", "where the summit is being held / is under way"."""
    end = min(where.i + _VERB, reader.scene.sentence(where.i).end)
    for verb in where.doc[where.i + 1 : end]:
        if verb.pos_ not in VERBS or verb.dep_ in AUXILIARIES:
            continue
        now = any(c.tag_ in PRESENT and c.lemma_ == "be" for c in (verb, *verb.children))
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if not now or subject is None:
            return False
        if verb.lemma_ == "be":
            return is_event(subject) and word_behind(verb) in word_set("is_on")
        if verb.tag_ == "VBG":
            return _is_of_event(reader, verb, subject)
        return is_event(subject) and any(c.lower_ == "being" for c in verb.children)
    return False


def _is_of_event(reader: ArgumentReader, verb: Token, subject: Token) -> bool:
    """Tell "the summit is taking place", "ministers are meeting / are holding a summit"."""
    if is_event(subject):
        return verb.lemma_ in word_set("holds_event", "begins_event")
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    meets = verb.lemma_ in word_set("gathers") or any(is_event(c) for c in objects)
    return meets and bool(reader.scene.actors(subject))


def goes_on(scene: Scene, trip: Trip, when: When) -> bool:
    """Tell whether the event at which a guest was present is told to be going on, and not over.

    "Those present were A and B. The summit is expected to adopt a plan" fires; "The summit was
    attended by A and B. The next one will discuss trade" does not.
    """
    published = scene.article.published
    days = (when.start, when.end, *(c.day for c in trip.candidates))
    if any(day and compare(day, published) < 0 for day in days):
        return False
    if any(c.fact.reason not in {"", "perfect"} or c.previous for c in trip.candidates):
        return False
    number = scene.sentence_of[trip.first_at]
    near = scene.sentences[max(_LEAD, number - _NEAR) : number + _NEAR]
    near = [*scene.sentences[:_LEAD], *near]
    told = (t for s in near if _is_of_same(scene, s, trip) for t in s)
    events = [t for t in told if noun_of(t) in words("event") and not _is_other_event(t)]
    today = when.start is not None and when.start == published
    lasts = any(_lasts(event) or _has_opened(event, today=today) for event in events)
    return lasts and not any(map(_is_over, events))


def _is_of_same(scene: Scene, sentence: Span, trip: Trip) -> bool:
    """Tell a sentence of the trip's own matter, and that by which one knows where it led.

    So one that names the same kind of event: no digest tells of two summits, or hardly any.
    """
    if not scene.is_apart(sentence.start, trip.first_at):
        return True
    places = (c.spot.start for c in trip.candidates if c.spot is not None)
    own = {noun_of(t) for c in trip.candidates for t in scene.sentence(c.at)}
    named = own & word_set("sits_for_days") & {noun_of(t) for t in sentence}
    return bool(named) or any(sentence.start <= start < sentence.end for start in places)


def _is_other_event(event: Token) -> bool:
    """Tell "the next summit", "the last meeting", "a press conference" from the guests' own."""
    before = {c.lower_ for c in event.children if c.i < event.i}
    return not before.isdisjoint(word_set("event_aside"))


def _lasts(event: Token) -> bool:
    """Tell "the summit is to adopt", "is discussing", "have gone into a closed session"."""
    if any(c.lower_ in word_set("<current>") for c in event.children if c.i < event.i):
        return True  # "the ongoing session"
    verb = event.head
    if event.dep_ == "pobj" and verb.lower_ == "into":
        return bool(auxiliaries_of(verb.head) & words("perfect_now"))
    if event.dep_ not in SUBJECTS:
        return False
    return any(map(_tells_of_going_on, (verb, *verb.conjuncts)))


def _has_opened(event: Token, *, today: bool) -> bool:
    """Tell "the summit opened on Monday", "leaders opened a two-day summit", as that day's news.

    So "the summit has opened". Not a funeral that began, or a ceremony, which may be over by then.
    """
    verb = event.head
    opens = verb.lemma_ in word_set("opens_sittings") and tense_of(verb) == "past"
    argument = event.dep_ in SUBJECTS or event.dep_ in OBJECTS
    if not opens or not argument or noun_of(event) not in word_set("sits_for_days"):
        return False
    return today or bool(auxiliaries_of(verb) & words("perfect_now"))


def _tells_of_going_on(verb: Token) -> bool:
    """Tell "is expected to adopt", "(opened on Monday) and is to last two days" of an event."""
    if verb.pos_ not in VERBS or is_negated(verb):
        return False
    behind = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + _BEHIND]}
    if verb.lemma_ == "be" and verb.tag_ == "VBZ" and behind & word_set("is_on"):
        return True
    to_do = {c.lemma_ for c in verb.children if c.dep_ == "xcomp"} or {verb.lemma_}
    if to_do & word_set("holds_event", "begins_event") or tense_of(verb) == "past":
        return False
    due = verb.lower_ in word_set("<due>") or (verb.lemma_ == "be" and "to" in behind)
    return due or tense_of(verb) in {"progressive", "future"}


def _is_over(event: Token) -> bool:
    """Tell "the summit ended", "at the end of the summit", "after the summit"."""
    over = event.head
    if event.dep_ == "pobj" and over.lower_ == "of":
        return over.head.lemma_ in word_set("ends_event")
    if event.dep_ == "pobj" and over.lower_ in words("after_trip"):
        return True
    told = (over, *over.conjuncts) if event.dep_ in SUBJECTS else ()
    return any(tense_of(v) == "past" and v.lemma_ in words("finish") for v in told)


__all__ = ["goes_on", "with_event_on"]
