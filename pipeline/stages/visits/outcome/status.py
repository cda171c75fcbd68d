"""The status of a trip as of its article."""

from __future__ import annotations

from collections.abc import Sequence

from models.visit import MADE, NOT_OVER, OFF, VisitStatus
from pipeline.discourse.facts import AWAY, BARE, JUST_COME, NTH, TIMED, UNDONE, WILL
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.candidate import LAST_STOP, STAYED_OUT, Candidate
from pipeline.stages.visits.days.days_apart import (
    STAY_DAYS,
    compare,
    gap_days,
    is_long_ago,
    is_of_month_before,
    is_of_year,
)
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.called_off import called_off
from pipeline.stages.visits.outcome.on_the_way import arrives_later, has_set_out
from pipeline.stages.visits.pictures.photographed import PHOTOGRAPHED
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.homeward import HOMEWARD

#: Notes of what a guest does or has done to him.
_OF_DEEDS = frozenset({"meeting", "presence", "received", "event"})


def _is_soon_to_leave(told: Sequence[Candidate], when: When, published: str | None) -> bool:
    """Tell "will leave Lima on Friday", of a stay that began before or of which no more is told."""
    told = [c for c in told if not _is_planned_with(c)] or told
    leaving = [is_about_to_leave(c) for c in told]
    home = any(is_to_fly_home(c) and not c.joins for c in told)
    if home and all(is_to_fly_home(c) or left for c, left in zip(told, leaving, strict=True)):
        return True  # "will fly home from Lima on Friday", not "fly home after talks in Lima"
    begun = compare(when.start, published) < 0 and compare(when.end, published) >= 0
    there = all(left or c.status == "ongoing" for c, left in zip(told, leaving, strict=True))
    return any(leaving) and (all(leaving) or (begun and there))


def _is_planned_with(told: Candidate) -> bool:
    """Tell the summit of "is due to leave after taking part in the summit": it is none to come."""
    return (
        told.status == "planned"
        and told.fact.weak
        and "event" in told.notes
        and not told.when.start
    )


def status_of(trip: Trip, published: str | None, *, lead: int, headline: int = 0) -> VisitStatus:
    """Return a trip's status as of its article.

    Called off beats all; being there, or having just arrived, beats what is planned for the
    stay; else what is told first counts, held against the calendar.

    Args:
        published: the article's date, or None.
        lead: token index up to which the opening of the trip's news goes.
        headline: the token behind the text's headline.
    """
    told = _by_the_body([c for c in trip.candidates if c.status is not None], headline)
    told = _without_announced(told, trip.when, published)
    # "was to have come in May, but put it off", "but came in June"
    told = [c for c in told if c.fact.reason != UNDONE] or told
    if (off := called_off(told, published)) is not None:
        return off
    told = [c for c in told if c.status not in OFF]
    if _stays_away(told):
        return "invited"
    when = trip.when
    future = compare(when.start, published) > 0
    to_end = compare(when.end, published) > 0  # "is touring Peru. The trip ends on 9 June"
    left = any(c.phase == "leave" and c.status == "completed" for c in told)
    if left and not future and not to_end:
        return "completed"
    # When one flies home tells nothing of whether one has come.
    told = [c for c in told if c.fact.reason != HOMEWARD] or told
    told = [c for c in told if c.fact.reason not in {BARE, NTH}] or told
    # "Left for Peru and Chile. Her visit to Chile matters most": not yet in Chile.
    if any(c.further for c in told) and all(c.further or c.is_mention for c in told):
        return "planned" if _has_just_begun(told, published, lead) else "completed"
    told = [c for c in told if not c.further] or told
    if _is_soon_to_leave(told, when, published):
        return "ongoing"  # "is due to leave Lima on Thursday"
    if _has_spent(told) and not future and compare(when.end, published) <= 0:
        return "completed"
    if future and is_pictured(told, when):
        return "completed"
    if future and _has_landed_by_headline(trip, told, published, headline):
        return "ongoing"
    if _is_later_stop(told):
        return "planned"
    if _is_yet_to_land(told, published) or _will_land(told):
        return "planned"
    if _is_there(trip, told, published, lead):
        over = is_long_ago(when, published) or is_of_year(when, published)
        future = future and not _has_landed(told, lead)
        return "completed" if over else "planned" if future else "ongoing"
    if _is_of_today(told, published):
        return "ongoing"
    if not future and has_set_out(trip.candidates, published):
        return "ongoing"
    status = _told_first(told, when, published)
    if future and status in MADE:
        return "planned"
    if status == "planned" and not _will_be(told) and is_of_month_before(when, published):
        return "completed"
    if status in NOT_OVER and is_long_ago(when, published):
        return status if status == "planned" and _will_be(told) else "completed"
    return status


def _without_announced(
    told: Sequence[Candidate], when: When, published: str | None
) -> list[Candidate]:
    """Leave out what the present tells of a trip that is announced before all.

    "Will visit Peru. He is visiting it at the invitation of X", "we are honoured to welcome him".
    Not of one that "will begin a visit", nor where the calendar has it under way.
    """
    first = told[0] if told else None
    begun = when.start is not None and compare(when.start, published) <= 0 and published is not None
    if first is None or begun or not _announces(first):
        return list(told)
    place = first.spot.place if first.spot is not None else None

    def is_of_plan(candidate: Candidate) -> bool:
        here = candidate.spot is None or candidate.spot.place == place
        same = candidate.rule == first.rule and here
        return candidate.status == "ongoing" and (same or "received" in candidate.notes)

    return [c for c in told if not is_of_plan(c)]


def _announces(told: Candidate) -> bool:
    """Tell "will visit Peru" from "will visit a port there", "will begin a visit to Peru"."""
    firm = told.status == "planned" and not told.fact.weak and told.phase == "whole"
    return firm and told.spot is not None and told.rule in word_set("own_stay") and not told.notes


def _stays_away(told: Sequence[Candidate]) -> bool:
    """Tell "will not attend. She had been expected to meet A there", told of no visit made.

    "Will not attend, but" who "will now fly there" later on does come.
    """
    away = [c.at for c in told if c.fact.reason == AWAY]
    if not away or any(c.status in MADE for c in told):
        return False
    return not any(c.at > away[-1] and c.fact.reason == WILL for c in told)


def is_pictured(told: Sequence[Candidate], when: When) -> bool:
    """Tell whether a picture shows what was done on a day: it has been, though it be news to come.

    Pages of pictures are added to after the day by which they go.
    """
    return any(
        c.rule == PHOTOGRAPHED and c.status == "completed" and c.when.start == when.start
        for c in told
    )


def _will_be(told: Sequence[Candidate]) -> bool:
    """Tell whether a trip is told with "will" before all: the article is from before it."""
    under_way = any(c.status == "ongoing" and not c.fact.weak for c in told)
    made = any(c.status == "completed" for c in told)
    return told[0].fact.reason == WILL and not under_way and not made


def _is_later_stop(told: Sequence[Candidate]) -> bool:
    """Tell "on a tour of Lima and Quito", who "will attend a summit in Quito": not yet there."""
    ahead = [c for c in told if c.status == "planned" and c.fact.reason == WILL and c.spot]
    return bool(ahead) and all(c.rule == "tour" or c in ahead for c in told)


def _is_yet_to_land(told: Sequence[Candidate], published: str | None) -> bool:
    """Tell "left for Lima. He is due to land there tonight", "boarded, and will visit on Friday".

    Not "left for Lima. He will meet the king there on Friday".
    """
    made = [c for c in told if c.status in MADE]
    away = word_set("may_be_away_yet")
    if not made or any(c.rule not in away or c.phase != "arrive" for c in made):
        return False
    return any(
        c.rule in word_set("<lands>")
        or (c.rule in word_set("begun", "soon_told") and compare(c.when.start, published) > 0)
        for c in told
        if c.status == "planned"
    )


def _will_land(told: Sequence[Candidate]) -> bool:
    """Tell "arrives in Lima today. He will land at noon", of whose coming no more is told."""
    lands = word_set("<lands>")
    now = [c for c in told if c.status in MADE]
    coming = all(c.status == "ongoing" and c.fact.weak for c in now)
    return coming and any(c.rule in lands and c.fact.reason == WILL for c in told)


def _is_there(trip: Trip, told: Sequence[Candidate], published: str | None, lead: int) -> bool:
    """Tell whether the traveller is said to be there, or has just arrived."""
    planned = any(c.status == "planned" for c in told[:1]) or arrives_later(told, published)
    under_way = [c for c in told if c.status == "ongoing" and not c.fact.weak]
    if any(LAST_STOP in c.notes and c.status == "planned" for c in told):
        under_way = [c for c in under_way if c.spot is not None]  # "her tour" is on, elsewhere yet
    if published is None:  # "is flying to Lima on Friday", in a text that nothing dates
        under_way = [c for c in under_way if c.when or c.fact.reason != TIMED]
    if any(not c.when.heading and not (planned and _sets_out(c)) for c in under_way):
        return True
    if any(c.fact.reason == "part" and gap_days(c.day, published) in {None, 0, 1} for c in told):
        return True
    if _just_arrived(told, published, lead):
        return True
    if not _is_to_come(told) and any(_lands_now(c, published) and c.at < lead for c in told):
        return True
    # Gone there, and not back yet.
    gone = any(c.status == "completed" and not c.when.heading for c in told)
    ends = [c.when.end for c in trip.candidates if not c.when.coarse]
    leaving = [c.when.end for c in trip.candidates if is_to_fly_home(c)]
    return gone and (
        any(compare(end, published) > 0 for end in ends) or any(end == published for end in leaving)
    )


def _sets_out(candidate: Candidate) -> bool:
    """Tell "is heading to Lima" of one who first was told to go there some day."""
    return candidate.rule in word_set("sets_out", "soon_told")


def _is_to_come(told: Sequence[Candidate]) -> bool:
    """Tell "will land on Monday night", by which "arrives from Lima" is yet to be, too."""
    first = told[0] if told else None
    return first is not None and first.status == "planned" and not first.fact.weak


def _has_spent(told: Sequence[Candidate]) -> bool:
    """Tell "spent five hours in Lima", unless he is said to be there."""
    there = any(c.status == "ongoing" for c in told)
    spent = (c for c in told if c.rule == "spend" or STAYED_OUT in c.notes)
    return not there and any(c.status == "completed" for c in spent)


def _lands_now(candidate: Candidate, published: str | None) -> bool:
    """Tell "arrives in Lima", the present of a headline, from "arrives on Monday", whichever."""
    present = candidate.fact.reason in {"present", TIMED} and not candidate.when.heading
    lands = present and candidate.phase == "arrive" and candidate.rule in word_set("lands")
    dated = bool(candidate.when) or candidate.fact.reason == TIMED
    return lands and not (published is None and dated)


def is_to_fly_home(candidate: Candidate) -> bool:
    """Tell "was due to leave in the evening", "flies home today": he is there yet."""
    return candidate.fact.reason == HOMEWARD and candidate.status == "planned"


def is_about_to_leave(candidate: Candidate) -> bool:
    """Tell "is due to leave Lima on Thursday": he is there yet; not "will end his tour in Lima"."""
    leaves = candidate.phase == "leave" and candidate.status == "planned"
    return leaves and candidate.fact.reason != HOMEWARD and LAST_STOP not in candidate.notes


def _told_first(told: Sequence[Candidate], when: When, published: str | None) -> VisitStatus:
    """Return the status of the first telling, as the others and the calendar correct it."""
    first = next((c for c in told if not c.is_mention), told[0])
    if first.fact.reason != WILL or _OF_DEEDS & set(first.notes):
        first = told[0]
    statuses = {c.status for c in told}
    status: VisitStatus = first.status or "completed"
    if status == "planned" and "completed" in statuses:
        future = compare(when.start, published) > 0
        past = compare(when.end or when.start, published) < 0
        by_now = any(_is_dated_made(c, published) for c in told)
        status = "planned" if future else "completed" if past or by_now else status
    if status == "invited":
        made = next((c.status for c in told if _is_made(c, published)), None)
        meant = any(c.status == "planned" and not _is_of_what_if(c) for c in told)
        status = made or ("planned" if meant else status)
    if status == "ongoing":
        status = _of_present(first, published)
        if status == "planned" and _has_come(told, published):
            status = "ongoing"  # "the two meet in Lima after his arrival on Monday"
        done = [c for c in told[1:] if c.status == "completed"]
        if status == "planned" and any(_is_dated_made(c, published) for c in done):
            over = all(c.status == "completed" for c in told[1:] if _is_made(c, published))
            status = "completed" if over else "ongoing"  # "A flies to Lima. A met B on Monday"
    return status


def _is_of_what_if(told: Candidate) -> bool:
    """Tell "the visit would be his first" of one who is but invited, from "would visit in May"."""
    return told.fact.weak and not told.when and (told.anaphoric or told.first)


def _is_made(told: Candidate, published: str | None) -> bool:
    """Tell "flew there on Monday", behind "was invited to", from what may only be meant."""
    day = told.day or told.when.start
    dated = bool(day and published) and compare(day, published) <= 0
    made = told.status in MADE and told.fact.reason not in {BARE, "pluperfect"}
    return made and (dated or not told.fact.weak)


def _is_dated_made(told: Candidate, published: str | None) -> bool:
    """Tell "met the king on Tuesday", done by the day of an article that first tells of a plan."""
    day = told.day or told.when.start
    dated = bool(day and published) and len(day or "") == len(published or "") == DAY
    return dated and compare(day, published) <= 0 and _is_made(told, published)


def _has_come(told: Sequence[Candidate], published: str | None) -> bool:
    """Tell whether the traveller is told to have arrived on a day that has been."""
    return any(
        c.status == "completed" and c.phase == "arrive" and compare(c.when.start, published) <= 0
        for c in told
        if c.when.start and published
    )


def _of_present(candidate: Candidate, published: str | None) -> VisitStatus:
    """Read the present tense: "flies to" tells what is to come, a dated entry what was."""
    if candidate.when.heading:
        day = candidate.day or candidate.when.start  # "Friday, May 24⏎X in Lima for talks"
        return "completed" if compare(day, published) <= 0 else "planned"
    if is_of_year(candidate.when, published):
        return "completed"
    if compare(candidate.day, published) > 0:
        return "planned"  # "hosts her on Saturday"
    if published is None and candidate.fact.reason == TIMED and not candidate.when:
        return "planned"  # the same, in a text that nothing dates
    if candidate.fact.reason in {"present", TIMED} and candidate.phase == "arrive":
        return "ongoing" if _lands_now(candidate, published) else "planned"
    return "ongoing"


def _is_of_today(told: Sequence[Candidate], published: str | None) -> bool:
    """Tell a report of the same day of what a guest does, with nothing said of his leaving."""
    if published is None:
        return False
    deeds = [c for c in told if not _is_bare_stay(c)]
    return all(c.status == "completed" and _OF_DEEDS & set(c.notes) for c in deeds) and any(
        c.day == published and len(published) == DAY for c in deeds
    )


def _is_bare_stay(told: Candidate) -> bool:
    """Tell "was in Lima with two ministers", beside what he did there today."""
    return told.status == "completed" and told.phase == "none" and not told.when and not told.day


def _most_days(candidate: Candidate) -> int | None:
    """Return how many days after an arrival one is still taken to be there; None if none tells."""
    if candidate.status == "completed":
        most_days = {"arrived": STAY_DAYS, "flew": 1, "went": 0}.get(candidate.fact.reason)
        if most_days is not None:
            return most_days
    begun = candidate.when.start is not None and candidate.when.end is None
    told = candidate.status in MADE and candidate.fact.reason != "pluperfect"
    return STAY_DAYS if begun and told and candidate.rule in word_set("begun") else None


def _has_landed(told: Sequence[Candidate], lead: int) -> bool:
    """Tell "arrived in Lima", as the news, of days to come that are then of the stay."""
    if any(c.when.landed_ahead for c in told):
        return True
    return any(
        c.status == "completed" and c.fact.reason in JUST_COME and not c.when and c.at < lead
        for c in told
        if c.count == 1
    )


def _has_landed_by_headline(
    trip: Trip, told: Sequence[Candidate], published: str | None, headline: int
) -> bool:
    """Tell "X arrives in Lima" over "X was met by the mayor. X joins the others on Friday"."""
    heading = (c for c in trip.candidates if c.at < headline)
    lands = any(_lands_now(c, published) and not c.when for c in heading)
    return lands and any(c.status == "completed" and c.fact.reason != "pluperfect" for c in told)


def _has_just_begun(told: Sequence[Candidate], published: str | None, lead: int) -> bool:
    """Tell whether the journeys on which a country comes later have only just been set out on."""
    gaps = [gap for c in told if (gap := gap_days(c.day, published)) is not None]
    return min(gaps) <= STAY_DAYS if gaps else _just_arrived(told, published, lead)


def _just_arrived(told: Sequence[Candidate], published: str | None, lead: int) -> bool:
    over = any(_is_told_over(c, published) for c in told)
    for candidate in told:
        if candidate.when.heading or candidate.count != 1:
            continue
        most_days = _most_days(candidate)
        if most_days is None:
            continue
        start = candidate.when.start
        if start is None:
            if candidate.at < lead and candidate.fact.reason in JUST_COME and not over:
                return True
        elif (gap := gap_days(start, published)) is not None:
            if -1 <= gap <= most_days:
                return True
        elif published is None and len(start) == DAY and candidate.at < lead:
            return candidate.status == "completed" or not _is_firmly_planned(told)
    return False


def _is_firmly_planned(told: Sequence[Candidate]) -> bool:
    """Tell "will visit Peru. Her visit from 26 March follows one by X", and nothing made of it."""
    planned = any(c.status == "planned" and not c.fact.weak for c in told)
    return planned and all(c.status == "planned" or c.fact.weak for c in told)


def _is_told_over(told: Candidate, published: str | None) -> bool:
    """Tell "visited Lima on Monday", on the days of which "On his arrival" was as well."""
    whole = told.status == "completed" and told.phase == "whole" and not told.fact.reason
    return whole and len(told.when.end or "") == DAY and compare(told.when.end, published) < 0


def _by_the_body(told: Sequence[Candidate], headline: int) -> list[Candidate]:
    """Leave out the present of a headline where the report itself tells what was done.

    "Ruto Visits Peru <new paragraph> Ruto visited Lima on Tuesday" is over; "Ruto Visits Peru
    <new paragraph> Ruto said" is not told to be.
    """
    done = headline and any(
        c.at >= headline
        and c.status == "completed"
        and c.fact.reason != BARE
        and c.spot is not None
        and c.phase == "whole"
        for c in told
    )
    kept = [c for c in told if c.at >= headline or c.status != "ongoing"]
    return kept if done and kept else list(told)


__all__ = ["is_about_to_leave", "is_pictured", "is_to_fly_home", "status_of"]
