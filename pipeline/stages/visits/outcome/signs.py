"""What an article tells, besides the tense, of whether a trip is over."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span, Token

from models.visit import NOT_OVER
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import is_due, tense_of
from pipeline.labels import NOUNS, PRESENT, SUBJECTS, VERBS
from pipeline.stages.visits.candidate import ASIDE, Candidate
from pipeline.stages.visits.days.days_apart import gap_days
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.places.own_news import OwnNews
from pipeline.stages.visits.tables import word_set

#: Names of what was seen, each there or not; `under_way.csv` has what each weighs.
Signs = frozenset[str]

#: Up to how many days before the article something was, and how that is called.
_GAPS = ((-1, "ahead"), (0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (30, "8-30"))
#: A day so near the article's is its news; one farther away than `_OLD_DAYS` is recalled.
_NEWS_DAYS, _OLD_DAYS = 1, 3
_DAY = len("2024-08-18")
_DAY_GRAINS = frozenset({"day", "part_of_day"})
#: The classes of rules by which a trip is told.
_KINDS = ("lands", "sets out", "is there", "is a trip")
_NOTES = frozenset({"meeting", "presence", "received", "event", "inside", "site"})
_INDIRECT = frozenset({"meeting", "presence", "received", "event"})
_YET_TO_DO, _TO_GO_HOME = "is yet to do", "is to go home"
#: The word lists whose words tell of a telling's time.
_WEEKDAY = "weekday"
_TIMES = ("today", "yesterday", _WEEKDAY, "told earlier", "recent", "then", "current")


@dataclass(frozen=True, eq=False)
class Told:
    """What an article tells, looked at once for all its trips.

    Args:
        trips: all of the article.
    """

    scene: Scene
    trips: Sequence[Trip]

    def of_visitor(self, key: str) -> Sequence[Trip]:
        """Return the trips of one traveller."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[Trip]]:
        found: dict[str, list[Trip]] = defaultdict(list)
        for trip in self.trips:
            found[trip.key].append(trip)
        return found

    @cached_property
    def news(self) -> OwnNews:
        """Which trips are of what news."""
        return OwnNews(self.scene, self.trips)

    def lead(self, trip: Trip) -> int:
        """Return the token index up to which the opening of a trip's news goes."""
        return self.news.lead(trip)

    def nearest_news(self, trip: Trip) -> str | None:
        """Return the sign of the day nearest to the article's that a trip's news tells."""
        numbers = self.news.own_sentences(trip)
        nearest = self._nearest_gap if numbers is None else _nearest(self._gaps, numbers)
        return f"news: {_name(nearest)}" if nearest is not None else None

    @cached_property
    def _nearest_gap(self) -> int | None:
        return _nearest(self._gaps, (n for n in self._gaps if n not in self.news.apart))

    @cached_property
    def _gaps(self) -> Mapping[int, Sequence[int]]:
        """How many days before the article each day is that a sentence of a number tells."""
        scene, found = self.scene, dict[int, list[int]]()
        for d in scene.dates:
            gap = gap_days(d.earliest, scene.article.published)
            if gap is not None and d.grain in _DAY_GRAINS and d.start >= scene.article.body_start:
                number = scene.sentence_of[bisect_right(scene.starts, d.start) - 1]
                found.setdefault(number, []).append(gap)
        return found

    @cached_property
    def verbs(self) -> Mapping[str, Sequence[Token]]:
        """The verbs of which each actor is the subject."""
        found: dict[str, list[Token]] = {}
        for subject in (token for sentence in self.scene.sentences for token in sentence):
            verb = subject.head
            if subject.dep_ in SUBJECTS and verb.pos_ in VERBS:
                for actor in {r.actor for r in self.scene.at(subject.i) if r.actor}:
                    found.setdefault(actor, []).append(verb)
        return found


def signs_of(told: Told, trip: Trip) -> Signs:
    """Return the signs of a trip that is over, or under way."""
    scene, lead = told.scene, told.lead(trip)
    sentences = {scene.sentence_of[c.at]: scene.sentence(c.at) for c in trip.candidates}
    return frozenset(
        [
            *_of_tellings(trip),
            *_of_forms(scene, trip, lead),
            *_of_place(scene, trip, lead),
            *_of_days(told, trip, list(sentences.values())),
            *_of_words(scene, trip, list(sentences.values())),
            *_of_news(scene, trip, lead),
            *_of_visitor(told, trip),
            *_of_others(trip, list(told.news.rivals(trip))),
        ]
    )


def _kind(candidate: Candidate) -> str:
    return next((name for name in _KINDS if candidate.rule in word_set(f"<{name}>")), "other")


def _of_tellings(trip: Trip) -> Iterator[str]:
    """Yield by what verbs and nouns, and in what tenses, a trip is told."""
    first = trip.candidates[0]
    yield f"first {_kind(first)}"
    yield f"first phase {first.phase}"
    for c in trip.candidates:
        yield f"told: {_kind(c)}"
        yield f"reason: {c.fact.reason or 'none'}"
        if c.status in NOT_OVER:
            yield f"told as {c.status}{', by the tense' if c.fact.weak else ''}"
        if c.phase == "leave":
            yield f"leaves: {c.status}"
        if ASIDE not in c.notes:
            yield from (f"note: {name}" for name in _NOTES.intersection(c.notes))
    if all(_INDIRECT.intersection(c.notes) for c in trip.candidates):
        yield "only by what was done there"


def _of_forms(scene: Scene, trip: Trip, lead: int) -> Iterator[str]:
    """Yield in what form of the verb a trip is told, or the speech that is set on it."""
    for c in trip.candidates:
        token = scene.doc[c.at]
        verb = token if token.pos_ in VERBS else governing_verb(token)
        if verb is None:
            continue
        below = {child.lower_ for child in verb.children if child.i < verb.i}
        in_lead = c.at < lead
        if below & words("perfect_now", "perfect_of_many") and in_lead:
            yield "perfect, in the opening"
        if verb.tag_ == "VBG" and below & {"was", "were"}:
            yield "was doing"
        if verb.lemma_ in words("speech") and token is not verb and in_lead:
            yield "said on a trip, in the opening"


def _of_place(scene: Scene, trip: Trip, lead: int) -> Iterator[str]:
    """Yield where in the article a trip is told, and where the article was written."""
    if trip.first_at < lead:
        yield "in the opening"
    if scene.doc[trip.first_at].idx < scene.article.body_start:
        yield "in the heading"
    if scene.here is None:
        yield "written: unknown"
    elif scene.here.country == trip.destination:
        yield "written: there"
    else:
        at_home = scene.here.country == trip.origin
        yield "written: at the visitor's" if at_home else "written: elsewhere"
    if scene.home == trip.destination:
        yield "of the hosts' press"
    if any(t.lower_ == "here" for c in trip.candidates for t in scene.sentence(c.at)):
        yield "here"


def _of_days(told: Told, trip: Trip, sentences: Sequence[Span]) -> Iterator[str]:
    """Yield how long before the article a trip's days were."""
    scene = told.scene
    published = scene.article.published
    if published is None:
        yield "without a date"
    when = trip.when
    if when.end and when.end != when.start:
        yield f"end: {_side(when.end, published)}"
    yield f"start: {_span(when.start, published) if when.start else 'none'}"
    days = [day for c in trip.candidates for day in (c.when.start, c.when.end, c.day) if day]
    for sentence in sentences:
        within = scene.dates_in(sentence.start_char, sentence.end_char)
        days += [d.earliest for d in within if d.earliest and d.grain in _DAY_GRAINS]
    gaps = [gap for day in days if (gap := gap_days(day, published)) is not None]
    nearest = min(gaps, key=lambda gap: (gap < 0, abs(gap)), default=None)
    yield f"gap: {'none' if nearest is None else _name(nearest)}"
    nearest_news = told.nearest_news(trip)
    if nearest_news is not None:
        yield nearest_news


def _side(day: str, published: str | None) -> str:
    """Tell a partial date before, after, or within what the article's date tells."""
    if published is None:
        return "unknown"
    shorter = min(len(day), len(published))
    first, second = day[:shorter], published[:shorter]
    return "before" if first < second else "after" if first > second else "now"


def _span(day: str, published: str | None) -> str:
    gap = gap_days(day, published)
    return _name(gap) if gap is not None else f"{_side(day, published)} {len(day)}"


def _nearest(gaps: Mapping[int, Sequence[int]], numbers: Iterable[int]) -> int | None:
    return min((gap for n in numbers for gap in gaps.get(n, ())), key=abs, default=None)


def _name(gap: int) -> str:
    return next((name for most, name in _GAPS if gap <= most), "31+")


def _of_words(scene: Scene, trip: Trip, sentences: Sequence[Span]) -> Iterator[str]:
    """Yield what the sentences of a trip say of the time.

    A weekday is near the article's day only where that is known, or that of an arrival.
    """
    dated = scene.article.published is not None or any(c.phase == "arrive" for c in trip.candidates)
    times = [name for name in _TIMES if dated or name != _WEEKDAY]
    for sentence in sentences:
        lowers = {token.lower_ for token in sentence}
        yield from (name for name in times if lowers & word_set(f"<{name}>"))
    for c in trip.candidates:
        noun = scene.doc[c.at]
        if noun.pos_ not in NOUNS:
            continue
        for token in scene.doc[max(0, c.at - 5) : c.at]:
            if token.lower_ in word_set("<before a trip>"):
                yield f"{token.lower_} a trip"
        if noun.head.lower_ == "on" and noun.head.head.pos_ not in VERBS:
            yield "set apart: on a trip"


def _of_news(scene: Scene, trip: Trip, lead: int) -> Iterator[str]:
    """Yield whether the opening tells of the visitor as the day's news."""
    published = scene.article.published
    gaps: list[int] = []
    of_day = False
    for sentence in scene.sentences:
        if sentence.start >= lead:
            break
        lowers = {token.lower_ for token in sentence}
        if lowers & word_set("<told earlier>") or not _tells_of(scene, sentence, trip):
            continue
        of_day = of_day or bool(lowers & word_set("<today>"))
        told = scene.dates_in(sentence.start_char, sentence.end_char)
        days = (d.earliest for d in told if d.grain in _DAY_GRAINS)
        gaps += [gap for day in days if (gap := gap_days(day, published)) is not None]
    fresh = any(abs(gap) <= _NEWS_DAYS for gap in gaps) if published else of_day
    if fresh:
        yield "the day's news"
        if not any(c.phase == "leave" for c in trip.candidates):
            yield "the day's news, and no leaving"
    elif gaps and min(map(abs, gaps)) > _OLD_DAYS:
        yield "old news"


def _tells_of(scene: Scene, sentence: Span, trip: Trip) -> bool:
    return any(sentence.start <= c.at < sentence.end for c in trip.candidates) or any(
        r.actor == trip.key for i in range(sentence.start, sentence.end) for r in scene.at(i)
    )


def _of_visitor(told: Told, trip: Trip) -> Iterator[str]:
    """Yield who the visitor is, and what he is yet to do, or has ended."""
    actor = next((c.actor for c in trip.candidates if c.actor is not None), None)
    if actor is not None and actor.reference.plural:
        yield "a group"
    if actor is not None and not actor.reference.name:
        yield "unnamed"
    for verb in told.verbs.get(trip.key, ()):
        yield from _of_deed(verb)


def is_yet_to_do(told: Told, trip: Trip) -> bool:
    """Tell whether the visitor will do something more, or is to go home.

    "The king will open a school", "he leaves on Friday" fire; "the king thanked him" does not.
    """
    verbs = told.verbs.get(trip.key, ())
    signs = {sign for verb in verbs for sign in _of_deed(verb)}
    leaves = any(v.tag_ in PRESENT and v.lemma_ in word_set("<goes home>") for v in verbs)
    return leaves or bool(signs & {_YET_TO_DO, _TO_GO_HOME})


def _of_deed(verb: Token) -> Iterator[str]:
    """Yield what a verb of the visitor's tells."""
    below = (c.lemma_ for c in verb.children if c.dep_ in {"xcomp", "ccomp", "conj"})
    lemmas = {verb.lemma_, *below}
    tense = tense_of(verb)
    if tense == "future" or is_due(verb) or verb.lower_ in word_set("<due>"):
        yield _TO_GO_HOME if lemmas & word_set("<goes home>") else _YET_TO_DO
    elif tense == "past":
        if lemmas & word_set("<ends>"):
            yield "has ended"
    elif tense in {"present", "progressive"}:
        yield "does"


def _of_others(trip: Trip, trips: Sequence[Trip]) -> Iterator[str]:
    """Yield what other trips of the visitor, and those of others, tell of this one."""
    for other in trips:
        if other.key == trip.key:
            yield from _of_own(trip, other)
        elif other.destination == trip.destination:
            yield "with others"
            tellings: Mapping[str, bool] = {
                "with others who are there": any(c.status == "ongoing" for c in other.candidates),
                "with others who are to come": any(c.status == "planned" for c in other.candidates),
                "behind others who arrived": other.first_at < trip.first_at
                and any(c.fact.reason == "arrived" for c in other.candidates),
            }
            yield from (name for name, is_so in tellings.items() if is_so)
    if all(other.first_at >= trip.first_at for other in trips):
        yield "the first trip"
    if all(len(other.candidates) <= len(trip.candidates) for other in trips):
        yield "the main trip"


def _of_own(trip: Trip, other: Trip) -> Iterator[str]:
    """Yield what another trip of the same visitor tells."""
    side = "after" if other.first_at > trip.first_at else "before"
    statuses = {c.status for c in other.candidates}
    if other.destination == trip.destination:
        yield f"another there, told {side}"
    elif "planned" in statuses:
        yield "another to come"
    elif "ongoing" in statuses:
        yield "another under way"
    else:
        yield f"another made, told {side}"
    starts = (trip.when.start, other.when.start)
    if starts[0] and starts[1] and starts[1] > starts[0] and "planned" not in statuses:
        yield "another later"


__all__ = ["Signs", "Told", "is_yet_to_do", "signs_of"]
