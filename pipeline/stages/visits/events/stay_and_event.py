"""Whether an event ahead is of the stay told beside it, or of another trip to the same land."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.visit import MADE
from pipeline.discourse.facts import JUST_COME
from pipeline.discourse.scene import Scene
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.timing.days import to_month
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY, MONTH, YEAR
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.homeward import HOMEWARD

#: How many days one who has just arrived may be there before the event for which one stays.
_SINCE_ARRIVAL = 14
#: How many days one who is told to have met somebody there may.
_SINCE_DEED = 7
#: How many days may lie between two deeds of one stay, with nothing told of what is between.
_ON_ONE_STAY = 3
#: How many days behind the end of a stay an event is on another one.
_BEHIND_STAY = 9
#: How many months on a plan is for another trip than the one told before.
_MONTHS_APART = 2
#: The notes of what one attends or does there.
_EVENT = frozenset({"event", "meeting"})


def stays_for(trip: Trip, candidate: Candidate, moves: Sequence[Candidate]) -> bool:
    """Tell "arrived in Lima on 28 May" and "will be at the forum there on 3 June": one stay.

    So is "met the king in Lima on 28 May. She will be at the forum there on 3 June". Not "arrived
    in Lima on 28 May. She went on to Quito and will be at the forum in Lima on 3 June".

    Args:
        trip: a trip told before.
        candidate: a telling of a trip to the same land.
        moves: what the article tells of journeys, among which is where the visitor went meanwhile.
    """
    told = [(c, candidate) for c in trip.candidates if _awaits(c, candidate)]
    told += [(candidate, c) for c in trip.candidates if _awaits(candidate, c)]
    if not told:
        return False
    last = max(c.at for pair in told for c in pair)
    made = told[0][0]
    return not any(_is_elsewhere(move, made, last) for move in _moves_behind(made, moves))


def month_of_event(trip: Trip, when: When, published: str | None, *, ongoing: bool) -> When:
    """Return the month where the one day told is that of an event on a longer stay.

    "Is on a visit to Lima. On Tuesday she attended the opening of a school there", on Thursday,
    fires, and "met the king in Lima on Monday. On Tuesday she attended the opening of a school
    there"; "attended the opening of a school in Lima on Tuesday" alone does not.
    """
    day = when.start or ""
    if len(day) < DAY or when.end != day:
        return when
    dated = [c for c in trip.candidates if day in {c.when.start, c.held.start}]
    beside = [c for c in trip.candidates if day not in {c.when.start, c.held.start}]
    stays = any(
        c.when.start == day[:MONTH] if c.when else c.status == "ongoing" and not c.fact.weak
        for c in beside
    )
    longer = ongoing and stays and compare(day, published) < 0
    longer = longer or any(_is_deed_beside(c, day) for c in beside)
    return to_month(when) if longer and dated and all("event" in c.notes for c in dated) else when


def _is_deed_beside(told: Candidate, day: str) -> bool:
    """Tell "met the king there on Monday" of one who was at an event there on Tuesday."""
    other = told.day or ""
    near_by = len(other) == DAY and other != day and near(other, day, _ON_ONE_STAY)
    return near_by and "inside" in told.notes and "event" not in told.notes


def comes_anew(
    scene: Scene, trip: Trip, candidate: Candidate, moves: Sequence[Candidate] = ()
) -> bool:
    """Tell two trips, the first of which is over before what is ahead.

    "Left Lima on Monday. He will be at the forum there on Friday", "visited Lima on Monday and will
    return to it on Friday". Not "arrived in Lima on Monday. He will be at the forum on Friday", nor
    "held talks in Lima on Monday and Tuesday. He will be in Cusco on Wednesday".

    Args:
        scene: the article.
        trip: a trip told before.
        candidate: a telling of a trip to the same land.
        moves: what the article tells of journeys, among which is where the visitor went meanwhile.
    """
    if trip.count != 1 or candidate.count != 1:
        return False
    plans = [c for c in trip.candidates if c.status == "planned"]
    made = trip.candidates if candidate.status == "planned" else ()
    return any(_is_over_before(scene, c, candidate, moves) for c in made) or any(
        _is_over_before(scene, candidate, c, moves) for c in plans
    )


def comes_later(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell a plan for a later month than a trip's: a month on "again", else months on.

    Or one for an event long behind the last day of the trip: "will visit Lima on 20 April", "will
    attend the summit in Lima on 4 May".
    """
    if _is_event_behind(trip, candidate):
        return True
    first = _month(candidate.when.start or candidate.when.end)
    months = [month for day in trip.days if (month := _month(day)) is not None]
    if first is None or not months:
        return False
    return first - max(months) >= (1 if _is_once_more(scene, candidate) else _MONTHS_APART)


def _is_event_behind(trip: Trip, candidate: Candidate) -> bool:
    """Tell an event that begins long behind the day on which a trip told before is to end."""
    first, last = candidate.when.start or "", trip.when.end or ""
    days_told = len(first) == len(last) == DAY and last < first
    return days_told and "event" in candidate.notes and not near(last, first, _BEHIND_STAY)


def _month(day: str | None) -> int | None:
    """Return a day's month, counted from the year 0, or None of a year alone."""
    return int(day[:4]) * 12 + int(day[5:7]) if day and len(day) > YEAR else None


def _awaits(told: Candidate, event: Candidate) -> bool:
    """Tell one who is there by now from the event ahead, for which he may be there yet."""
    ahead = event.status == "planned" and bool(_EVENT & set(event.notes))
    day, first = _first(told), _first(event)
    if not (ahead and _is_made(told) and len(day) == len(first) == DAY and day <= first):
        return False
    came = told.phase == "arrive" and told.fact.reason in JUST_COME
    return near(day, first, _SINCE_ARRIVAL if came else _SINCE_DEED)


def _moves_behind(made: Candidate, moves: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the moves, told behind a stay, of whoever made that."""
    return (move for move in moves if move.at > made.at and move.is_of(made.actor))


def _leads_away(move: Candidate, made: Candidate) -> bool:
    """Tell "flew on to Quito" from "flew on to Cusco" behind a stay in Lima."""
    return move.destination not in {None, made.destination}


def _is_elsewhere(move: Candidate, made: Candidate, last: int) -> bool:
    """Tell a stay in another land, or at home, told between a coming and what is ahead."""
    if move.at >= last or move.previous or not _is_made(move):
        return False
    before = move.phase == "leave" or move.rule in word_set("comes_from_stop_before")
    day = _first(move)
    return not before and _leads_away(move, made) and (not day or day >= _first(made))


def _is_over_before(
    scene: Scene, made: Candidate, ahead: Candidate, moves: Iterable[Candidate]
) -> bool:
    """Tell a stay of which the text tells that it was over, and what is to come after it."""
    last, first = _last(made), _first(ahead)
    if ahead.status != "planned" or ahead.phase == "leave":
        return False
    if not (len(last) == len(first) == DAY and last < first):
        return False
    if was_planned(scene.doc[ahead.at]):
        return False  # "ended a tour on Tuesday. He was to meet the king on Tuesday night"
    apart = not near(last, first, _ON_ONE_STAY)
    if apart and _ends_by(made) and (_is_once_more(scene, ahead) or ahead.phase == "arrive"):
        return True  # "leaves for a visit until tomorrow. On March 4 he will return"
    if not _is_made(made):
        return False
    if made.phase == "leave" and (apart or not _is_of_other_town(made, ahead)):
        return True
    if apart and (_is_spell(made) or _is_once_more(scene, ahead)):
        return True
    return any(_goes_off(move, made, last, first) for move in _moves_behind(made, moves))


def _is_made(told: Candidate) -> bool:
    return told.status in MADE and told.fact.reason != "pluperfect"


def _first(told: Candidate) -> str:
    start = told.when.start or told.when.end or ""
    return start if len(start) == DAY else told.day or ""


def _last(told: Candidate) -> str:
    day = told.when.end or told.when.start or ""
    return day if len(day) == DAY else told.day or ""


def _is_spell(made: Candidate) -> bool:
    """Tell "visited Lima on Monday and Tuesday", told as done, from "arrived on Monday"."""
    first, last = made.when.start, made.when.end
    done = made.status == "completed" and not made.when.coarse
    return done and first is not None and last is not None and first < last


def _ends_by(told: Candidate) -> bool:
    """Tell "is there until Friday", "will be there from Monday to Friday" from "arrives then"."""
    first, last = told.when.start, told.when.end
    days = last is not None and len(last) == DAY and not told.when.coarse
    return days and (first is None or first < (last or ""))


def _is_once_more(scene: Scene, ahead: Candidate) -> bool:
    """Tell "will return to Lima", "will be in Lima again"."""
    if ahead.rule in word_set("comes_again"):
        return True
    verb = scene.doc[ahead.at]
    return any(t.lower_ in word_set("once_more") for t in (*verb.children, *verb.head.children))


def _is_of_other_town(made: Candidate, ahead: Candidate) -> bool:
    """Tell "left Lima on Monday. He will be at the forum in Cusco on Tuesday", of one land."""
    left = made.spot.place if made.spot is not None else None
    held = ahead.spot.place if ahead.spot is not None else None
    return left is not None and left != held


def _goes_off(move: Candidate, made: Candidate, last: str, first: str) -> bool:
    """Tell "flew home on Tuesday", "goes on to Quito on Tuesday" between two stays in Lima."""
    home = move.fact.reason == HOMEWARD and move.status in {"completed", "planned"}
    onward = move.phase == "arrive" and _leads_away(move, made)
    day = (move.when.end if home else move.when.start) or ""
    return (home or onward) and len(day) == DAY and last <= day < first


__all__ = ["comes_anew", "comes_later", "month_of_event", "stays_for"]
