"""Trips: the candidates of one article that tell of one journey, brought together.

Those without a visitor or a place of their own find theirs in `partial_tellings`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.discourse import trace
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import code_today, is_country, is_own_land
from pipeline.stages.visits.candidate import Candidate, without_years
from pipeline.stages.visits.days import stays
from pipeline.stages.visits.days.delays import without_delayed
from pipeline.stages.visits.days.departures import part_departures
from pipeline.stages.visits.days.ended_early import end_when_ended
from pipeline.stages.visits.days.ends_to_come import end_plans_ahead
from pipeline.stages.visits.days.former_days import are_of_other_days, is_of_former_days
from pipeline.stages.visits.days.gone_on import begin_where_left
from pipeline.stages.visits.days.old_plans import (
    is_set_anew,
    leave_old_days,
    without_old_news,
)
from pipeline.stages.visits.days.old_times import OF_DECADE
from pipeline.stages.visits.days.stay_lengths import count_days
from pipeline.stages.visits.days.towns_within import day_of_towns
from pipeline.stages.visits.days.trip_times import are_apart, is_of_another_coming, times_fit
from pipeline.stages.visits.events.stay_and_event import comes_anew, stays_for
from pipeline.stages.visits.hosts.hosts_away import without_hosts_away
from pipeline.stages.visits.hosts.invitations import is_invitation_to, with_acceptance
from pipeline.stages.visits.lists.of_many import date_by_the_many
from pipeline.stages.visits.meetings.retinue import without_retinue
from pipeline.stages.visits.meetings.told_calls import without_calls
from pipeline.stages.visits.merging.first_times import without_first_times
from pipeline.stages.visits.merging.folding import (
    without_generic,
    without_nth,
    without_plural,
    without_second,
)
from pipeline.stages.visits.merging.off_before import OFF_BEFORE, told_off_before
from pipeline.stages.visits.merging.only_wished import without_wished
from pipeline.stages.visits.merging.partial_tellings import place_partial
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.nouns.home_trips import (
    is_guess_of_home,
    tours_at_home,
    without_home_trips,
)
from pipeline.stages.visits.outcome.event_off import with_event_off
from pipeline.stages.visits.outcome.off_behind import with_off_behind
from pipeline.stages.visits.pictures.doings import in_one_picture
from pipeline.stages.visits.places.nearest_land import sole_land_near
from pipeline.stages.visits.places.own_news import OwnNews
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.earlier_legs import date_earlier_legs
from pipeline.stages.visits.tours.tour_order import order_stops
from pipeline.stages.visits.tours.unread_stops import each_once
from pipeline.stages.visits.tours.whole_tours import (
    spread_ranks,
    unnamed_rest,
)
from pipeline.stages.visits.travel.inner_legs import within_stays
from pipeline.stages.visits.travel.to_and_fro import without_last_of_many, without_to_and_fro
from pipeline.stages.visits.travellers.arrivals_at_home import comes_to_building
from pipeline.stages.visits.travellers.fellows import share_first_days, share_tellings
from pipeline.stages.visits.travellers.same_office import is_couple, is_named
from pipeline.stages.visits.usable import is_usable, new_to_posts


def _is_told_before(scene: Scene, candidate: Candidate) -> bool:
    """Tell "has previously visited Peru", not "has previously visited Peru as a student"."""
    verb = scene.doc[candidate.at]
    if candidate.status != "completed" or scene.doc[verb.i - 1].lower_ != "previously":
        return False
    called = prep_objects(verb, "as", "on")
    return word_set("no_office_trip").isdisjoint(c.lower_ for c in called)


def gather_trips(scene: Scene, candidates: Iterable[Candidate]) -> list[Trip]:
    """Return the trips of an article, in order of first telling."""
    posted = new_to_posts(scene)
    off = with_event_off(scene, with_off_behind(scene, tuple(candidates)))
    told = list(in_one_picture(scene, off))
    told = told_off_before(scene, each_once(scene, told))
    usable = [without_years(c) for c in told if is_usable(scene, c, posted=posted)]
    usable = without_first_times(scene, without_wished(usable, told))
    usable = without_calls(scene, without_old_news(scene, usable))
    usable = with_acceptance(scene, without_hosts_away(scene, _from_elsewhere(scene, usable)))
    trips: list[Trip] = []
    alike: dict[tuple[str, str | None], list[Trip]] = defaultdict(list)
    home: list[Candidate] = []
    whole = [c for c in usable if c.actor is not None and c.destination is not None]
    for candidate in whole:
        if candidate.origin and is_own_land(candidate.destination or "", candidate.origin):
            guessed = candidate.actor is not None and candidate.actor.reference.guessed
            comes = candidate.rule in word_set("arrival")
            inside = comes_to_building(scene, candidate) or tours_at_home(scene, candidate)
            if not guessed or not comes or inside:
                trace.dropped("a trip within the visitor's own country", candidate)
                home.append(candidate)
                continue
            candidate = replace(candidate, origin=_other_country(scene, candidate.destination))
        if is_guess_of_home(scene, candidate):
            trace.dropped("one who tours towns as at home, of no told country", candidate)
            home.append(candidate)
            continue
        presupposed = candidate.previous and OF_DECADE not in candidate.notes
        if presupposed and not candidate.when and not _is_told_before(scene, candidate):
            trace.dropped("an earlier trip that is only presupposed, without a date", candidate)
            continue
        assert candidate.actor is not None
        same = alike[candidate.actor.key, code_today(candidate.destination or "")]
        trip = _find_trip(scene, same, candidate, usable)
        if trip is None:
            trip = Trip(candidate.actor.key, candidate.origin, candidate.destination)
            trips.append(trip)
            same.append(trip)
            if is_of_former_days(scene, candidate):
                past = replace(candidate.fact, reason="pluperfect")
                candidate = replace(candidate, fact=past)
        trip.add(candidate)
    partial = [c for c in usable if c.actor is None or c.destination is None]
    partial = without_home_trips(scene, _without_unmade(scene, partial, told), home, trips)
    news = OwnNews(scene, trips)
    for candidate in sorted(partial, key=lambda c: not c.arrives):
        place_partial(scene, trips, candidate, news)
    trips = without_generic(scene, without_nth(scene, trips))
    trips = without_second(scene, without_plural(scene, trips))
    trips = without_last_of_many(scene, without_to_and_fro(trips))
    trips = within_stays(scene, without_delayed(trips))
    leave_old_days(scene, trips)
    day_of_towns(scene, trips)
    end_plans_ahead(scene, trips)
    end_when_ended(scene, trips)
    share_tellings(trips)
    _give_origins(scene, trips)
    stays.share_visits(scene, trips)
    stays.call_off_stops(scene, trips)
    stays.share_tours(scene, trips)
    count_days(scene, trips)
    stays.part_tours(trips)
    part_departures(scene, trips)
    order_stops(scene, trips)
    date_by_the_many(scene, trips)
    share_first_days(scene, trips)
    stays.with_spouses(trips)
    date_earlier_legs(scene, trips)
    begin_where_left(scene, trips)
    spread_ranks(scene, trips)
    trips += list(unnamed_rest(scene, trips, partial))
    for trip in trips:
        if not _counts(scene, trip):
            trace.dropped(
                "no country of its visitor is told, or no office of a named one",
                *trip.candidates,
            )
    trips = without_retinue(scene, [trip for trip in trips if _counts(scene, trip)])
    return sorted(trips, key=lambda trip: trip.first_at)


def _without_unmade(
    scene: Scene, partial: Sequence[Candidate], told: Sequence[Candidate]
) -> list[Candidate]:
    """Leave out the trip of "should visit Oslo on his first trip abroad", which nobody makes."""
    unmade = {
        (c.actor.key, scene.sentence_of[c.at])
        for c in told
        if c.status is None and c.actor is not None and c.destination is not None
    }
    kept = []
    for c in partial:
        same = c.actor is not None and (c.actor.key, scene.sentence_of[c.at]) in unmade
        on = scene.doc[c.at].dep_ == "pobj" and scene.doc[c.at].head.lower_ == "on"
        if same and on and c.destination is None and c.stops is None and c.status == "planned":
            trace.dropped("on it one but may go where it says", c)
        else:
            kept.append(c)
    return kept


def _from_elsewhere(scene: Scene, told: Sequence[Candidate]) -> list[Candidate]:
    """Guess anew where one comes from who is told to travel to the land of the first guess.

    "Army chief X returned from Peru and Chile, Bhutan's army said": no trip of his leads home.
    """
    gone: dict[str, set[str]] = defaultdict(set)
    for c in told:
        named = c.actor is not None and c.actor.reference.guessed and c.actor.reference.name
        told_so = c.spot is not None and c.spot.reference.kind == "country" and c.spot.start > c.at
        if c.actor is not None and named and told_so and c.destination:
            gone[c.actor.key].add(c.destination)
    found = []
    for c in told:
        lands = gone[c.actor.key] if c.actor is not None and c.actor.key in gone else ()
        found.append(replace(c, origin=_other_country(scene, *lands)) if c.origin in lands else c)
    return found


def _other_country(scene: Scene, *lands: str | None) -> str | None:
    """Return the country told of most beside those to which one travels."""
    counts = Counter(r.country for r in scene.references if r.kind == "country" and r.country)
    ranked = [code for code, _ in counts.most_common() if code not in lands]
    return ranked[0] if ranked else None


def _find_trip(
    scene: Scene, alike: Sequence[Trip], candidate: Candidate, told: Sequence[Candidate]
) -> Trip | None:
    """Return the trip that a candidate tells of, the latest among those of its ends.

    Args:
        told: all tellings of the article.
    """
    return next((t for t in reversed(alike) if _fits(scene, t.in_short, candidate, told)), None)


def _fits(scene: Scene, trip: Trip, candidate: Candidate, told: Sequence[Candidate]) -> bool:
    """Tell whether a candidate may tell of a trip to the same land by the same visitor."""
    if (trip.count == 1) != (candidate.count == 1):
        return False
    if (OFF_BEFORE in candidate.notes) != any(OFF_BEFORE in c.notes for c in trip.candidates):
        return False
    if is_set_anew(scene, trip, candidate):
        return True
    asked = is_invitation_to(scene, trip, candidate)
    if not (asked or times_fit(trip, candidate) or stays_for(trip, candidate, told)):
        return False
    apart = comes_anew(scene, trip, candidate, told) or is_of_another_coming(trip, candidate)
    apart = apart or are_apart(trip, candidate, scene.article.published)
    return not apart and (asked or not are_of_other_days(scene, trip, candidate))


def _give_origins(scene: Scene, trips: Sequence[Trip]) -> None:
    """Give a named visitor of unknown country the one from which all others beside him come.

    Else an official the one of which the text tells near by, beside where the trip leads:
    "Foreign Minister X landed in Nairobi. Norway is a donor."
    """
    told = [trip for trip in trips if trip.origin]
    for trip in trips:
        if trip.origin is not None or not is_named(trip):
            continue
        if all(tours_at_home(scene, told) for told in trip.candidates):
            continue
        beside = {t.origin for t in told if not scene.is_apart(t.first_at, trip.first_at)}
        origin = next(iter(beside)) if len(beside) == 1 else None
        if trip.destination != origin:
            trip.origin = origin
            if origin is None and trip.destination and _leads(trip):
                stops = {t.destination for t in trips if t.key == trip.key}
                trip.origin = sole_land_near(scene, trip.first_at, but=stops)


def _counts(scene: Scene, trip: Trip) -> bool:
    """Tell a trip of state: of one who holds an office, or of an unnamed one from a country."""
    return trip.origin is not None and (
        _is_official(scene, trip) or (not is_named(trip) and not is_couple(trip))
    )


def _is_official(scene: Scene, trip: Trip) -> bool:
    """Tell a named visitor who holds an office, leads a delegation or is of a body of states.

    So "X's predecessor, Y", who held the office of X.
    """
    of_body = bool(trip.origin) and not is_country(trip.origin or "")
    return any(
        c.actor is not None
        and c.actor.reference.name
        and (
            c.actor.reference.role_kind
            or of_body
            or c.rule in word_set("leads_side")
            or _is_of_same_office(scene, c.actor)
        )
        for c in trip.candidates
    )


def _is_of_same_office(scene: Scene, actor: Actor) -> bool:
    """Tell Y of "X's predecessor, Y, went to Lima", "his successor Y"."""
    start = scene.bounds_of(actor.reference)[0]
    before = [t.lower_ for t in scene.doc[max(0, start - 2) : start] if t.text != ","]
    return bool(before) and before[-1] in word_set("same_office")


def _leads(trip: Trip) -> bool:
    """Tell a minister or head of state, who has a country though it is not told."""
    kinds = {c.actor.reference.role_kind for c in trip.candidates if c.actor is not None}
    return bool(kinds & words("leading_class"))


__all__ = ["gather_trips"]
