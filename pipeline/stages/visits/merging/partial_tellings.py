"""Tellings without a visitor or a place of their own: which trip they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from models.visit import OFF, TO_COME
from pipeline.discourse import trace
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.headings import is_verbless
from pipeline.reference.countries import is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.trip_times import times_fit
from pipeline.stages.visits.hosts.hosts_away import is_of_guest, trip_of_guest
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.merging.bare_tellings import add_bare, last_before
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.nouns.home_trips import is_home_tour, is_tour_abroad
from pipeline.stages.visits.nouns.other_trips import is_another_abroad, land_of_met, made_before_off
from pipeline.stages.visits.nouns.own_trip import (
    is_ahead_of,
    own_trip,
)
from pipeline.stages.visits.places.home_ground import opens_at_home
from pipeline.stages.visits.places.nearest_land import is_somewhere, lands_of_fellows, nearest_land
from pipeline.stages.visits.places.own_news import OwnNews
from pipeline.stages.visits.places.passages import occasion_near
from pipeline.stages.visits.places.told_site import told_site
from pipeline.stages.visits.places.unplaced import is_unplaced
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.lands_of_region import begin_first_leg, share_region
from pipeline.stages.visits.tours.regions import DAYS_ALONE
from pipeline.stages.visits.tours.whole_tours import (
    is_of_years,
    without_days_of_leg,
    without_days_of_stop,
    without_end_of_tour,
)
from pipeline.stages.visits.travel.come_for import came_for
from pipeline.stages.visits.travellers.arrivals_at_home import arrives_at_home, is_ranked
from pipeline.stages.visits.travellers.arrivals_beside import land_of_arrivals
from pipeline.stages.visits.travellers.same_office import is_named

#: How many sentences back the only traveller may be told of whose stop is off.
_ALONE_REACH = 4

#: How far before an earlier trip the "two months after" may stand that counts from it, in tokens.
_COUNTED = 4


def place_partial(scene: Scene, trips: list[Trip], candidate: Candidate, news: OwnNews) -> None:
    """Join a telling without visitor or destination to the trip it means, or make one of it.

    Args:
        news: of which news each trip is.
    """
    if candidate.actor is None and candidate.destination is None:
        add_bare(scene, trips, candidate, news)
        return
    if candidate.actor is None:
        _place_visitorless(scene, trips, candidate)
        return
    if is_of_years(candidate):
        told = replace(candidate, count=candidate.stops or 0)
        trips.append(Trip(candidate.actor.key, candidate.origin, None, [told]))
        return
    if "region" in candidate.notes and any(t.key == candidate.actor.key for t in trips):
        share_region(scene, trips, candidate)
        trace.dropped("a part of the world of which he visits countries told", candidate)
        return
    if DAYS_ALONE in candidate.notes:
        trace.dropped("the days of a journey that leads nowhere told", candidate)
        return
    own = own_trip(scene, trips, candidate)
    if is_another_abroad(scene, own, candidate):
        trace.dropped("another trip abroad than those told, and none says where", candidate)
        return
    if own is not None and _is_of_site(scene, candidate):
        trace.dropped("a site left out of a trip that is made", candidate)
        return
    if own is not None and (seat := land_of_met(scene, own, candidate)) is not None:
        trips.append(Trip(candidate.actor.key, candidate.origin, seat, [candidate]))
        return
    if own is not None:
        came = came_for(scene, own, candidate)
        told = candidate if came is None else replace(candidate, fact=came.fact)
        noun = scene.doc[candidate.at]
        told = without_days_of_leg(trips, own, told, noun)
        told = without_end_of_tour(trips, own, told, noun)
        own.add(without_days_of_stop(scene, told))
        return
    if begin_first_leg(scene, trips, candidate):
        return
    theirs = trip_of_guest(scene, trips, candidate)
    if theirs is not None and times_fit(theirs, candidate):
        theirs.add(replace(candidate, actor=None, origin=theirs.origin))
        return
    if is_of_guest(scene, trips, candidate):
        trace.dropped("the visit of the guest whom its owner has just received", candidate)
        return
    dated = bool(candidate.when) and candidate.stops is None
    if candidate.previous and dated and candidate.status == "completed":
        _place_earlier(scene, trips, candidate)
        return
    visitor, visitor_key = candidate.actor.reference, candidate.actor.key
    described = visitor.plural and candidate.origin is None and visitor.role_kind == "leader"
    if candidate.joins or described:
        trace.dropped("it only adds to a trip told elsewhere, and none fits", candidate)
        return
    if _are_companions(scene, trips, candidate):
        trace.dropped("those with him of whose trip is told by name", candidate)
        return
    if "event" in candidate.notes and _is_held_from_afar(scene, candidate):
        trace.dropped("an event that is held by video link", candidate)
        return
    origin, destination = _fallback_ends(scene, trips, candidate)
    if destination in (made := made_before_off(trips, candidate)):
        held = occasion_near(scene, candidate.at, but={origin, *made})
        destination = held.country if held is not None else origin
    ahead = {
        t.destination for t in trips if t.key == visitor_key and is_ahead_of(scene, t, candidate)
    }
    away = bool(ahead) and _is_among_others(scene, candidate, {origin, *ahead})
    if destination == origin or candidate.previous or destination in ahead or away:
        trace.dropped("no destination abroad is told, nor to be understood", candidate)
        return
    if candidate.stops is not None and not _is_told_in_region(scene, candidate):
        # A tour none of whose countries is named, unless other trips of the traveller are it.
        if is_home_tour(scene, candidate):
            trace.dropped("a tour of parts of one's own country", candidate)
        elif not is_tour_abroad(scene, candidate):
            trace.dropped("a tour of which nothing says that it leads abroad", candidate)
        elif not any(trip.key == candidate.actor.key for trip in trips):
            told = candidate if candidate.count > 1 else replace(candidate, count=candidate.stops)
            trips.append(Trip(candidate.actor.key, origin, None, [told]))
        return
    if not candidate.when and _is_told_by_site(scene, trips, candidate):
        trace.dropped("an arrival at a town to which a trip of his is told", candidate)
        return
    if candidate.rule == "return_to_own":
        trace.dropped("a return home of which nothing tells from where", candidate)
        return
    if destination is not None:
        trips.append(Trip(candidate.actor.key, origin, destination, [candidate]))


def _is_told_by_site(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> bool:
    """Tell "arrives to take part in a summit in Lima" where "took part in it" is told as a trip."""
    site = told_site(scene, candidate)
    key = candidate.actor.key if candidate.actor is not None else None
    return site is not None and any((t.key, t.destination) == (key, site.country) for t in trips)


def _is_of_site(scene: Scene, candidate: Candidate) -> bool:
    """Tell "cancelled a trip to another farm" on a trip from "cancelled his trip to the country".

    So "called off a tour of the mine".
    """
    noun = scene.doc[candidate.at]
    if candidate.status not in OFF or noun.pos_ != "NOUN":
        return False
    preps = (c for c in noun.children if c.i > noun.i and c.lower_ in {"to", "of", "at"})
    sites = (site for prep in preps for site in prep.children if site.dep_ == "pobj")
    return any(site.pos_ == "NOUN" and site.lemma_ in word_set("site_of_stay") for site in sites)


def _is_counted_from(scene: Scene, candidate: Candidate) -> bool:
    """Tell the one told before of "left again two months after her last trip"."""
    near = scene.doc[max(1, candidate.at - _COUNTED) : candidate.at]
    return any(
        t.lower_ in words("after_trip") and t.nbor(-1).lemma_ in word_set("days_apart")
        for t in near
    )


def _place_earlier(scene: Scene, trips: list[Trip], candidate: Candidate) -> None:
    """Read "X will be in Peru on Friday. His previous visits were in 1990 and 1999": Peru too."""
    assert candidate.actor is not None
    preps = (c for c in scene.doc[candidate.at].children if c.lower_ in {"to", "in"})
    where = {t.lemma_.lower() for prep in preps for t in prep.children}
    if where & word_set("stretch_of_world"):
        trace.dropped("an earlier trip to a part of the world", candidate)
        return
    last = last_before(scene, trips, candidate)
    if last is not None and last.origin == candidate.origin:
        # "It follows visits by US presidents – X in 2000, Y in 2006" behind the trip of one
        last = Trip(candidate.actor.key, last.origin, last.destination)
    if last is None or last.key != candidate.actor.key or last.destination is None:
        trace.dropped("an earlier trip, and none of his told before leads anywhere", candidate)
        return
    there = [t for t in trips if (t.key, t.destination) == (last.key, last.destination)]
    told = replace(candidate, destination=last.destination)
    again = any(day in t.days for t in there for day in (told.when.start, told.when.end))
    if again or (there and _is_counted_from(scene, candidate)):
        trace.dropped("an earlier trip that is told elsewhere", candidate)
        return
    trips.append(Trip(last.key, last.origin, last.destination, [told]))


def _is_told_in_region(scene: Scene, candidate: Candidate) -> bool:
    """Tell "KABUL: … he said during a visit to South Asia", where he was in Kabul."""
    here = scene.here is not None and scene.here.country != candidate.origin
    there = candidate.status == "ongoing" or "inside" in candidate.notes
    return here and there and not candidate.tour and not candidate.when


def _is_among_others(scene: Scene, candidate: Candidate, ends: Collection[str | None]) -> bool:
    """Tell "met Peruvian officials on a rare trip", which was no trip to where the report is."""
    sentence = scene.sentence(candidate.at)
    peoples = {
        reference.country
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
        if reference.form == "adjective" or reference.role_kind
    }
    here = scene.here.country if scene.here is not None else None
    return here is not None and here not in peoples and bool(peoples - {None, *ends})


def _place_visitorless(scene: Scene, trips: list[Trip], candidate: Candidate) -> None:
    fitting = [
        trip
        for trip in trips
        if trip.destination == candidate.destination
        and (candidate.origin is None or trip.origin == candidate.origin)
        and (trip.count == 1) == (candidate.count == 1)
        and times_fit(trip, candidate)
    ]
    if fitting and candidate.count == 1:
        if _is_anothers(scene, fitting[-1], candidate):
            trace.dropped("whose it is, nothing tells, and its days are of no trip near", candidate)
        elif not candidate.previous:
            fitting[-1].add(candidate)
        return
    if candidate.origin and candidate.origin != candidate.destination and candidate.count != 1:
        headed = is_verbless(scene.sentence(candidate.at))
        if not candidate.when and candidate.count == 0 and headed:
            trace.dropped("a heading over trips, not one", candidate)
            return
        trips.append(
            Trip(f"party-{candidate.origin}", candidate.origin, candidate.destination, [candidate])
        )
        return
    before = _last_traveller(scene, trips, candidate)
    if candidate.count != 1 or candidate.origin or candidate.previous:
        return
    if not candidate.when and candidate.status not in {"planned", "postponed", "cancelled"}:
        return
    if before is None:
        one = _told_of_just_before(scene, candidate)
        beside = (t for t in trips if not scene.is_apart(t.first_at, candidate.at))
        if one is not None and all(trip.key == one.key for trip in beside):
            told = replace(candidate, actor=one, origin=one.country, score=candidate.score * 0.75)
            trips.append(Trip(one.key, one.country, candidate.destination, [told]))
        return
    owner = next((c.actor for c in reversed(before.candidates) if c.actor is not None), None)
    if owner is not None and is_named(before) and before.origin != candidate.destination:
        told = replace(candidate, actor=owner, origin=before.origin, score=candidate.score * 0.75)
        trips.append(Trip(before.key, before.origin, candidate.destination, [told]))


def _is_anothers(scene: Scene, trip: Trip, candidate: Candidate) -> bool:
    """Tell "her visit to Lima in 2018", whoever she is, some sentences behind an undated trip."""
    told = trip.told_before(candidate.at)
    owners = (c for c in scene.doc[candidate.at].children if c.dep_ == "poss")
    if not candidate.when or trip.when or all(c.tag_ != "PRP$" for c in owners):
        return False
    return told is None or scene.sentence_of[candidate.at] - scene.sentence_of[told] > 1


def _is_hosts(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Tell the trip that a host has made to where his guest is from, who is told of above."""
    return trip.statuses <= {"completed"} and any(
        (t.origin, t.destination) == (trip.destination, trip.origin) and t.first_at < trip.first_at
        for t in trips
    )


def _last_traveller(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return the trip whose visitor "A visit to Quito was dropped" means.

    He is told of in the sentence before, if it is no host who has been in his guest's country, or
    else he is the only one of whom trips are told.
    """
    others = [t for t in trips if not _is_hosts(t, trips)]
    near = last_before(scene, others, candidate, reach=1)
    compounds = (c for c in scene.doc[candidate.at].children if c.dep_ == "compound")
    of_others = any(c.lower_ not in word_set("visit_of_state") for c in compounds)
    known = {t.key for t in others if not scene.is_apart(t.first_at, candidate.at)}
    if near is not None or of_others or len(known) > 1:
        return near  # and none of "a school visit to Quito"
    return last_before(scene, others, candidate, reach=_ALONE_REACH)


def _told_of_just_before(scene: Scene, candidate: Candidate) -> Actor | None:
    """Return X of "Minister X has fallen ill. The visit to Lima has been called off".

    So of "Her office said that a visit to Lima was off"; not of "Minister X condemned the plan. The
    visit to Lima was called off", nor where the sentence of the trip has somebody else.
    """
    off = candidate.status in OFF
    if not off or candidate.rule not in word_set("owner_just_told"):
        return None
    before = scene.beside(scene.sentence_of[candidate.at], step=-1)
    subject = scene.subject(before.root) if before is not None else None
    told = scene.actors(subject) if subject is not None else []
    if len(told) != 1 or not told[0].reference.name or not told[0].reference.role_kind:
        return None
    near = (a for t in scene.sentence(candidate.at) for a in scene.actors(t))
    beside = {a.key for a in near if not a.is_party}
    hindered = {t.lemma_.lower() for t in before or ()} & word_set("keeps_home")
    known = told[0].country not in {None, candidate.destination} and not told[0].is_party
    meant = beside == {told[0].key} or (hindered and not beside)
    return told[0] if known and meant else None


def _are_companions(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> bool:
    """Tell the aides of "X flew to Peru. Throughout the trip, her aides kept silent"."""
    assert candidate.actor is not None
    who, noun = candidate.actor.reference, scene.doc[candidate.at]
    if not who.plural or who.name or who.members or candidate.inviter or noun.tag_ != "NN":
        return False
    if all(c.lower_ not in word_set("anaphor") for c in noun.children):
        return False
    last = last_before(scene, trips, candidate, reach=2)
    return last is not None and is_named(last) and candidate.origin in {None, last.origin}


def _is_held_from_afar(scene: Scene, candidate: Candidate) -> bool:
    """Tell "will chair a meeting by video link. B of Peru will take part", who stays at home."""
    before = scene.beside(scene.sentence_of[candidate.at], step=-1)
    return before is not None and bool(words_of_distance(before))


def _fallback_ends(
    scene: Scene, trips: Sequence[Trip], candidate: Candidate
) -> tuple[str | None, str | None]:
    """Return origin and destination of "his visit" when its sentence does not say them.

    The inviter, the trip told just before, the dateline, other trips, the opening and the event
    told of are asked in this order.
    """
    origin = candidate.origin
    if candidate.inviter and candidate.inviter != origin:
        return origin, candidate.inviter
    at_home = scene.here is None or scene.here.country == origin
    if at_home and is_unplaced(scene, candidate):
        return origin, None
    held = occasion_near(scene, candidate.at, but={origin}) if origin else None
    if candidate.rule in word_set("at_some_event") and scene.here is None:
        meant = told_site(scene, candidate) or held
        if meant is not None or any(is_named(trip) for trip in trips):
            return origin, meant.country if meant is not None else None
    before = last_before(scene, trips, candidate, reach=2)
    key = candidate.actor.key if candidate.actor is not None else None
    own = last_before(scene, [t for t in trips if t.key == key], candidate)
    if before is not None and before.origin and origin in {None, before.origin}:
        before = own or before  # his own, rather than that of a countryman told since
        return before.origin, before.destination
    near = last_before(scene, trips, candidate)
    beside = last_before(scene, trips, candidate, reach=1)
    if beside is not None and beside.destination != origin and candidate.rule == "come_here":
        return origin, beside.destination
    if is_somewhere(scene, candidate):
        return origin, None
    if (land := land_of_arrivals(scene, trips, candidate)) is not None:
        return origin, land
    if scene.here is not None and origin and scene.here.country != origin:
        return origin, scene.here.country
    if arrives_at_home(scene, candidate):
        return origin, None
    if (site := told_site(scene, candidate)) is not None:
        return origin, site.country
    ranked = is_ranked(scene.doc[candidate.at])
    if candidate.arrives and (ranked or held is not None):
        return origin, held.country if held is not None else None
    homes = {origin, *(lands_of_fellows(scene, candidate) if candidate.arrives else ())}
    ground = scene.ground(homes, least=1 if candidate.arrives else 2)
    if opens_at_home(scene, {origin}):
        ground = None
    if ground is not None and candidate.stops is None and (candidate.arrives or not trips):
        return origin, ground.country
    destinations = Counter(trip.destination for trip in trips if origin and trip.origin == origin)
    if destinations:
        return origin, destinations.most_common(1)[0][0]
    if near is not None and origin and near.destination != origin:
        away = near.origin == origin or not _comes_to_us(scene, candidate, near)
        return origin, near.destination if away else near.origin
    if origin and (candidate.arrives or candidate.rule == "visiting"):
        homes |= lands_of_fellows(scene, candidate)
        met = scene.met(candidate.at, homes) or scene.sole_land(candidate.at, homes)
        if met is not None:
            return origin, met.country
    return origin, held.country if held is not None else nearest_land(scene, candidate)


def _comes_to_us(scene: Scene, candidate: Candidate, near: Trip) -> bool:
    """Tell "A will fly to Peru in June. She awaits a visit from B": it leads to where A is from.

    Not "The city awaits a visit from B", whichever the city, nor "A visit from B is due".
    """
    noun = scene.doc[candidate.at]
    if not near.statuses <= TO_COME or not is_country(near.origin or ""):
        return False
    if not any(c.lower_ == "from" and c.i > noun.i for c in noun.children):
        return False
    verb = governing_verb(noun)
    subject = scene.subject(verb) if verb is not None else None
    if subject is None or subject == noun:
        return False
    return any(actor.country == near.origin for actor in scene.actors(subject))


__all__ = ["place_partial"]
