"""Which of two has gone to the other: hosts who are away themselves, and guests taken for hosts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.visit import MADE
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene, Spot
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set

#: How far apart, in sentences, a meeting and the host's trip are told that it belongs to.
_REACH = 4
_THEIRS = frozenset({"his", "her"})
#: By what a guest is welcomed where he has come to.
_WELCOMED = frozenset({"received", "visiting", "welcomed_so"})


def without_hosts_away(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out those who came to Baku in "BAKU - X will visit Serbia. He will meet premier Y".

    Only the dateline puts the meeting in Baku: X is told to be with Y in Y's country. Told by a
    place of its own ("He met Y in Baku") it stays, and so it does beside a trip of another month
    or of which only its plan is told ("X met Y, and will visit Serbia in June"). So are a meeting
    of which nothing tells the place ("said X when he met Y. Y is on a visit to Serbia") and a
    headline held against the text below: "Serbia receives President X", on a visit to Serbia. So is
    whoever "He will also receive", told behind his own arrival in the guest's land.
    """
    here = scene.here
    candidates = [_where_gone(scene, c, candidates) for c in candidates]
    candidates = [_where_host_stays(scene, c, candidates) for c in candidates]
    put = [c for c in candidates if here is not None and c.spot == here and "meeting" in c.notes]
    put += [c for c in candidates if c.spot is None and c.hosts and _is_placeless(scene, c)]
    received = any("received" in c.notes and c.spot is None for c in candidates)
    if not put and here is None and not received:
        return candidates
    kept = []
    for candidate in candidates:
        if here is not None and _is_beside_event(scene, here, candidate):
            trace.dropped("put by the dateline, but beside an event elsewhere", candidate)
            continue
        away = candidate in put and any(_is_host_away(scene, candidate, c) for c in candidates)
        if away or _is_received_abroad(scene, candidate, candidates):
            trace.dropped("put by the dateline, but its host has gone to the guest", candidate)
        else:
            kept.append(candidate)
    return kept


def _where_gone(scene: Scene, told: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """Take the dateline from "CAIRO - X began a visit to Peru. The visiting leader was greeted".

    Only the dateline puts the welcome in Cairo; the sentences before tell where X has gone.
    """
    here = scene.here
    if here is None or not _is_put_by(here, told) or not _WELCOMED & {told.rule, *told.notes}:
        return told
    number = scene.sentence_of[told.at]
    before = [
        c
        for c in candidates
        if c.is_of(told.actor) and 0 < number - scene.sentence_of[c.at] <= _REACH
    ]
    gone = before and not _is_put_by(here, before[-1]) and before[-1].status in MADE
    elsewhere = gone and before[-1].destination not in {None, told.destination}
    return replace(told, spot=None, destination=None) if elsewhere else told


def _where_host_stays(scene: Scene, told: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """Take Peru from "A is in Peru for the oath. B paid a call on her", no trip to A's country."""
    if told.rule not in word_set("calls") or told.spot is not None or not told.hosts:
        return told
    keys, number = {host.key for host in told.hosts}, scene.sentence_of[told.at]
    stays = [
        c
        for c in candidates
        if c.actor is not None
        and c.actor.key in keys
        and c.at < told.at
        and number - scene.sentence_of[c.at] <= _REACH
    ]
    stay = next((c for c in reversed(stays) if c.destination is not None), None)
    if stay is None or stay.status not in MADE or stay.destination == told.origin:
        return told
    now = stay.status == "ongoing" or stay.arrives
    away = now and not stay.previous and stay.destination != told.destination
    if not away or not _is_of_now(scene, stay):
        return told
    return replace(told, spot=stay.spot, destination=stay.destination, hosts=())


def _is_put_by(here: Spot, told: Candidate) -> bool:
    return told.spot is not None and told.spot.reference == here.reference


def _is_beside_event(scene: Scene, here: Spot, told: Candidate) -> bool:
    """Tell "OSLO - X and Y shook hands on the sidelines of a summit last year", not here."""
    if not _is_put_by(here, told):
        return False
    words = [t.lower_ for t in scene.sentence(told.at)]
    beside = not word_set("on_sidelines").isdisjoint(words)
    return beside and not word_set("event_of_before").isdisjoint(words)


def _is_placeless(scene: Scene, candidate: Candidate) -> bool:
    """Tell "X met Y", and "X receives Y" above the text."""
    if "meeting" in candidate.notes:
        return True
    if "received" not in candidate.notes:
        return False
    return candidate.at < scene.headline_end or candidate.at in scene.headlines_above


def _is_received_abroad(scene: Scene, told: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whom a guest "will also receive" in the land to which he has just been told to come."""
    if "received" not in told.notes or told.spot is not None or _is_placeless(scene, told):
        return False
    day = told.when.start or told.day or ""
    return any(
        c.at < told.at
        and (c.when.start or "") <= (day or "9")
        and _is_host_away(scene, told, c)
        and c.status in MADE
        for c in candidates
    )


def is_of_guest(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> bool:
    """Tell the "his visit" of a host from his own: it is the guest's, whom he has just received.

    "X landed in Kigali. Rwanda's minister Y received him. Later he wrote that his visit was a
    milestone" fires, also where "he" is taken for Y; "Y received X. He will visit him in June"
    does not. So is the one during which he acts: "During the visit, Y is to offer a loan", "X and
    Y toast during their visit".
    """
    theirs = _is_theirs(scene, candidate)
    named = not theirs and _is_the_visit(scene, candidate)
    if not (named or (theirs and not candidate.when)):
        return False
    number = scene.sentence_of[candidate.at]
    key = candidate.actor.key if candidate.actor is not None else None
    if named and any(trip.key == key for trip in trips):
        return False
    for trip in trips:
        at = trip.told_before(candidate.at)
        came = trip.destination == candidate.origin and bool(named or trip.statuses & MADE)
        if came and at is not None and number - scene.sentence_of[at] <= _REACH:
            return True
    return False


def trip_of_guest(scene: Scene, trips: Sequence[Trip], candidate: Candidate) -> Trip | None:
    """Return the guest's trip for the "his" of "Peru's president hosts A. His visit is brief".

    Not where the host has a trip of his own told, nor for a visit whose place is told.
    """
    actor = candidate.actor
    if actor is None or candidate.previous or not _is_theirs(scene, candidate):
        return None
    told = [(at, t) for t in trips if (at := t.told_before(candidate.at)) is not None]
    if not told or any(trip.key == actor.key for _, trip in told):
        return None
    at, trip = max(told, key=lambda entry: entry[0])
    near_by = scene.sentence_of[candidate.at] - scene.sentence_of[at] == 1
    hosted = any(actor.key in {h.key for h in c.hosts} for c in trip.candidates if c.at == at)
    return trip if near_by and hosted and trip.count == 1 else None


def _is_theirs(scene: Scene, candidate: Candidate) -> bool:
    """Tell "his visit", of which no place is told."""
    owners = (c for c in scene.doc[candidate.at].children if c.dep_ == "poss")
    return candidate.destination is None and any(c.lower_ in _THEIRS for c in owners)


def _is_the_visit(scene: Scene, candidate: Candidate) -> bool:
    """Tell "during the visit", "during their visit", of whoever is told to have come."""
    noun = scene.doc[candidate.at]
    if candidate.destination is not None or noun.dep_ != "pobj":
        return False
    told = any(c.lower_ in word_set("of_told_visit") for c in noun.children)
    return told and noun.head.lower_ in word_set("set_around_trip")


def _is_host_away(scene: Scene, meeting: Candidate, trip: Candidate) -> bool:
    """Tell whether a trip is that of a meeting's host to the country of its guest."""
    if trip.actor is None or trip.destination is None or trip.destination != meeting.origin:
        return False
    if trip.actor.key not in {host.key for host in meeting.hosts} or trip.previous:
        return False
    if abs(scene.sentence_of[meeting.at] - scene.sentence_of[trip.at]) > _REACH:
        return False
    made = meeting.status in MADE
    to_come = trip.status == "planned" and not made
    return (trip.status in MADE or to_come) and _is_of_now(scene, trip)


def _is_of_now(scene: Scene, trip: Candidate) -> bool:
    """Tell whether a trip's days, if it has any told, are not those of another time."""
    day, published = trip.when.start or trip.when.end, scene.article.published
    if day is None or published is None or (trip.status == "planned" and near(day, published)):
        return True
    return near(day, published)


__all__ = ["is_of_guest", "trip_of_guest", "without_hosts_away"]
