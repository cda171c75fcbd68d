"""Who arrives beside others: where those have arrived, and still there as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.date import OF_ONE_DAY
from models.visit import MADE, VisitStatus
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_before
from pipeline.iso_lengths import MONTH
from pipeline.labels import PAST, PLURALS
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.lists.guest_phrases import guest_rules
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: From how many countries they come at least whose place is that of all who arrive.
_SEVERAL = 2
#: How many days before its article one may have come at most who is there with the others.
_NEWS_DAYS = 4
#: What was over when the others came, or may be.
_EARLIER = frozenset({"pluperfect", "followed"})
#: How many sentences make the opening that tells when all arrived, headings among them.
_OPENING = 4
#: How many sentences back those are told of who arrived on the same day.
_NEAR = 3


def land_of_arrivals(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> str | None:
    """Return Peru of "A landed in Lima on Monday, while B landed on Friday".

    In another sentence others from two countries or more must have arrived in it, and none
    elsewhere: "A and B came to Lima. … C is due on Friday" fires; "A of Chile came to Lima. … C is
    due on Friday" does not.
    """
    if not candidate.arrives or candidate.origin is None or candidate.actor is None:
        return None
    number = scene.sentence_of[candidate.at]
    beside, around = set[str | None](), set[str | None]()
    origins = set[str | None]()
    for trip in trips:
        if trip.key == candidate.actor.key or trip.destination is None or trip.origin is None:
            continue
        for told in trip.candidates:
            if told.phase != "arrive" or scene.is_apart(told.at, candidate.at):
                continue
            if told.at < candidate.at and scene.sentence_of[told.at] == number:
                beside.add(trip.destination)
            around.add(trip.destination)
            origins.add(trip.origin)
    if len(beside) == 1:
        meant = beside
    else:
        meant = around if len(around) == 1 and len(origins) >= _SEVERAL else set()
    return next((land for land in meant if land != candidate.origin), None)


def there_with_others(
    scene: Scene, trips: Sequence[Trip], statuses: Sequence[VisitStatus]
) -> Iterator[int]:
    """Yield the numbers of trips told as made that are under way as those of the other guests are.

    "A of Peru and B of Chile landed here on Friday. … C of Mali was received by the health
    minister": C is there as well, unless a day long before is told, or talks. So is B of "A arrived
    for a state visit. A and his wife B were welcomed by C".
    """
    for number, (trip, status) in enumerate(zip(trips, statuses, strict=True)):
        if status != "completed" or not _may_be_there(scene, trip):
            continue
        beside = {
            other.origin
            for other, on in zip(trips, statuses, strict=True)
            if on == "ongoing"
            and other.destination == trip.destination
            and other.key != trip.key
            and any(_has_come(c) for c in other.candidates)
            and not scene.is_apart(other.first_at, trip.first_at)
        }
        if len(beside - {trip.origin, None}) >= _SEVERAL or _is_with_one_there(
            trip, trips, statuses
        ):
            yield number


def _is_with_one_there(trip: Trip, trips: Sequence[Trip], statuses: Sequence[VisitStatus]) -> bool:
    """Tell a trip of which nothing is told but together with a compatriot's that is under way."""
    told = {c.at for c in trip.candidates}
    return any(
        on == "ongoing"
        and other is not trip
        and (other.destination, other.origin) == (trip.destination, trip.origin)
        and told <= {c.at for c in other.candidates}
        for other, on in zip(trips, statuses, strict=True)
    )


def gone_with_others(trips: Sequence[Trip], statuses: Sequence[VisitStatus]) -> list[VisitStatus]:
    """Return the statuses, of those over who came together with one who has left.

    "A left Lima on Thursday. A, along with B and C, had landed there on Tuesday": B and C are there
    no more than A is, as long as nothing more is told of them. Of a compatriot who came along ("A
    and his wife B landed there") some more may be told that was done.
    """
    return [
        "completed" if status == "ongoing" and _is_with_one_gone(trip, trips, statuses) else status
        for trip, status in zip(trips, statuses, strict=True)
    ]


def _is_with_one_gone(trip: Trip, trips: Sequence[Trip], statuses: Sequence[VisitStatus]) -> bool:
    made = all(c.status == "completed" for c in trip.candidates)
    came = {c.at for c in trip.candidates if c.phase == "arrive"}
    return made and any(
        over == "completed"
        and other.key != trip.key
        and other.destination == trip.destination
        and came & set(other.told_at)
        and (other.origin == trip.origin or set(trip.told_at) <= set(other.told_at))
        and any(c.phase == "leave" and c.status == "completed" for c in other.candidates)
        for other, over in zip(trips, statuses, strict=True)
    )


def day_of_crowd(
    scene: Scene, trips: Sequence[Trip], starts: Sequence[str | None]
) -> Iterator[tuple[int, str]]:
    """Yield the numbers of undated arrivals with the one day on which all others arrived.

    "Several leaders, including A and B, arrived here on Friday. … C landed, too": C did so on that
    day, if the opening tells it of a crowd, and another of none.
    """
    day = _day_of_opening(scene)
    if compare(day, scene.article.published) > 0:
        return  # "have already arrived ahead of Saturday's summit"
    for number, trip in enumerate(trips) if day is not None else ():
        made = trip.statuses <= MADE and trip.count == 1
        if starts[number] or trip.when or not made or not any(map(_has_landed, trip.candidates)):
            continue
        days = {
            start
            for other, start in zip(trips, starts, strict=True)
            if start and other.destination == trip.destination
        }
        if day is not None and days <= {day} and not scene.is_apart(0, trip.first_at):
            yield number, day


def day_of_those_before(
    scene: Scene, trips: Sequence[Trip], starts: Sequence[str | None]
) -> Iterator[tuple[int, str]]:
    """Yield the numbers of undated arrivals with the day on which those told before arrived.

    "A arrived in Lima on Friday. B also landed there": B did so on Friday. Not "B has also been
    there", nor "A arrived on Friday. B arrived, too" where a third came on Saturday.
    """
    for number, trip in enumerate(trips):
        month = len(starts[number] or "") > MONTH
        if month or trip.when or trip.count != 1 or not _came_too(scene, trip):
            continue
        at = scene.sentence_of[trip.first_at]
        days = {
            start
            for other, start in zip(trips, starts, strict=True)
            if other.key != trip.key
            and (other.destination, other.statuses) == (trip.destination, trip.statuses)
            and any(c.phase == "arrive" for c in other.candidates)
            and 0 <= at - scene.sentence_of[other.first_at] <= _NEAR
            and other.first_at < trip.first_at
            and start
        }
        day = next(iter(days)) if len(days) == 1 else ""
        if len(day) > MONTH and day.startswith(starts[number] or ""):
            yield number, day


def _came_too(scene: Scene, trip: Trip) -> bool:
    """Tell "B also landed there", "B arrived, too", and no more of B."""
    if any(c.phase != "arrive" or c.fact.reason in _EARLIER | {"perfect"} for c in trip.candidates):
        return False
    verb = scene.doc[trip.first_at]
    return any(c.lower_ in word_set("came_too") for c in (*verb.children, *verb.head.children))


def _has_landed(told: Candidate) -> bool:
    return told.phase == "arrive" and _has_come(told) and told.fact.reason != "perfect"


def _day_of_opening(scene: Scene) -> str | None:
    """Return the day of "several leaders, including A, arrived here on Friday" in an opening."""
    comings, guests = words("comes_somewhere"), word_set("sure_guest")
    for sentence in scene.sentences[:_OPENING]:
        for verb in sentence:
            if verb.lemma_ not in comings or verb.tag_ not in PAST:
                continue
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is None or subject.tag_ not in PLURALS:
                continue
            told = [d for d in scene.dates_in(sentence.start_char, sentence.end_char) if d.earliest]
            days = {d.earliest for d in told if d.grain in OF_ONE_DAY}
            if subject.lemma_.lower() in guests and len(days) == 1:
                return days.pop()
    return None


def _has_come(told: Candidate) -> bool:
    """Tell an arrival from talks, a stay and a trip that was over before."""
    comes = told.phase == "arrive" or told.rule in word_set("arrival") or "received" in told.notes
    listed = told.rule in guest_rules() and "inside" not in told.notes
    early = told.previous or told.fact.reason in _EARLIER or LEFT_HOME in told.notes
    return (comes or listed) and told.status in MADE and not early


def _may_be_there(scene: Scene, trip: Trip) -> bool:
    """Tell a trip of which only its coming is told, without a day or on one of the news."""
    published = scene.article.published
    if trip.count != 1 or not trip.candidates or not all(map(_has_come, trip.candidates)):
        return False
    days = [day for c in trip.candidates for day in (c.when.start, c.when.end) if day]
    if published is None or not days:
        return not days
    first = days_before(published, days=_NEWS_DAYS)
    return all(
        published.startswith(day) if len(day) <= MONTH else first <= day <= published
        for day in days
    )


__all__ = [
    "day_of_crowd",
    "day_of_those_before",
    "gone_with_others",
    "land_of_arrivals",
    "there_with_others",
]
