"""Tellings that name nobody, folded into the trips of those whom they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import ADNOMINAL, NOUNS, VERBS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.days.same_stay import near, overlap
from pipeline.stages.visits.events.stay_and_event import comes_anew, comes_later
from pipeline.stages.visits.merging.delegations import (
    arrives_later,
    beside_named,
    is_to_come,
    leads_another,
    may_be_one,
    of_delegation,
    stands_in,
)
from pipeline.stages.visits.merging.first_times import is_first_time
from pipeline.stages.visits.merging.of_body_too import chairs_body
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.same_office import (
    hold_one_office,
    is_counterpart,
    is_couple,
    is_generic,
    is_named,
    is_of_rank,
    is_one_of_former,
    kind_of,
    kinds_fit,
    lead_alone,
    share_time,
    tells_office,
    years_apart,
)

_DAY = len("2024-08-18")
#: How far behind "the ministers" it may stand that they are "of the two countries", in tokens.
_OF_BOTH = 4


def without_generic(scene: Scene, trips: list[Trip]) -> list[Trip]:
    """Fold "a visit by a French president", "his French counterpart" into that person's trip."""
    kept: list[Trip] = []
    for trip in trips:
        vague = trip.count == 1 and not is_named(trip)
        named = [
            other
            for other in (trips if vague else ())
            if other is not trip
            and other.destination == trip.destination
            and is_named(other)
            and (
                chairs_body(scene, trip, other)
                or (
                    other.origin in {trip.origin, None}
                    and (other.origin is not None or tells_office(other))
                    and (_means(trip, other) or is_of_rank(scene, trip, other))
                )
            )
            and not (is_generic(trip) and _is_earlier(scene, trip, other))
            and not arrives_later(scene, trip, other)
            and not stands_in(trip, other)
        ]
        meant = named[:1] or (of_delegation(scene, trip, trips, kept) if vague else [])
        if vague and not meant and (one := beside_named(scene, trip, trips, kept)) is not None:
            meant = [one]
        if meant:
            for one in meant:
                for candidate in trip.candidates:
                    one.add(candidate)
            continue
        others = [o for o in trips if _comes_with(trip, o)] if vague else []
        if not all(leads_another(scene, other) for other in others):
            same = kind_of(trip) in word_set("vague_class")
            same = same and len(others) == 1 and not others[0].days
            if same and may_be_one(trip, others[0]):
                for candidate in trip.candidates:
                    others[0].add(candidate)  # "The leader landed on Monday. X touched down in"
                continue
            trace.dropped("one who makes that trip is told of by name", *trip.candidates)
            continue
        kept.append(trip)
    return kept


def without_nth(scene: Scene, trips: list[Trip]) -> list[Trip]:
    """Fold "It is the second visit of a Peruvian minister to Oman" into the visit that it is.

    So too "He saw Oman in May, the first NATO minister to do so", "This is the first visit by an
    ASEAN leader", wherever that is told to lead. Not "The first visit by a
    Peruvian president to Oman was in 1985", which is dated otherwise.
    """
    kept = list(trips)
    for trip in trips:
        if is_named(trip):
            continue
        apposed = all(_is_of_nth(scene.doc[c.at]) for c in trip.candidates)
        if not apposed and not all(_is_ranked(scene.doc[c.at]) for c in trip.candidates):
            continue
        here = not apposed and all(_is_this(scene.doc[c.at]) for c in trip.candidates)
        once = not apposed and all(is_first_time(scene.doc[c.at]) for c in trip.candidates)
        anywhere = here and all(c.spot is None for c in trip.candidates)
        of_body = here and not is_country(trip.origin or "")
        others = [o for o in kept if o is not trip]
        others = [o for o in others if anywhere or o.destination == trip.destination]
        if not (apposed or of_body or once):
            others = [o for o in others if o.origin == trip.origin]
        meant = [o for o in others if o.count == 1 and o.first_at < trip.first_at]
        meant = [o for o in meant if once or share_time(trip, o)]
        if meant:
            for candidate in trip.candidates:
                meant[-1].add(replace(candidate, actor=None, when=When(), count=1))
            kept.remove(trip)
    return kept


def _is_this(noun: Token) -> bool:
    """Tell "this is the first visit", of the trip just told, from "the first visit was"."""
    subjects = (c for c in noun.head.children if c.dep_ == "nsubj")
    return noun.dep_ == "attr" and any(c.lower_ in {"this", "it"} for c in subjects)


def _is_ranked(token: Token) -> bool:
    return _is_nth(token) or is_first_time(token)


def _is_of_nth(verb: Token) -> bool:
    """Tell what ", the first NATO minister to see a base there," did: who was just told of."""
    node = verb
    while node.pos_ in VERBS and node.dep_ == "xcomp" and node.head != node:
        node = node.head
    subject = next((c for c in node.children if c.dep_ == "nsubj"), None)
    joined = any(c.dep_ == "cc" for c in node.head.children)
    # The parse may take "the first minister allowed" for a clause beside the first.
    beside = node.dep_ == "conj" and subject is not None and not joined
    noun = subject if beside and subject is not None else node.head
    if not (beside or node.dep_ in ADNOMINAL) or noun.pos_ not in NOUNS:
        return False
    ranked = any(c.lower_ in words("ordinal") and c.i < noun.i for c in noun.children)
    opening = noun.left_edge.i - 1
    return ranked and opening > 0 and noun.doc[opening].text in {",", "—", "--", "–"}


def _is_nth(noun: Token) -> bool:
    """Tell "this is the first visit", "the trip is the third", by an ordinal at the predicate."""
    if noun.dep_ not in {"attr", "appos", "nsubj"} or noun.pos_ not in NOUNS:
        return False
    ranks = [c for c in noun.children if c.dep_ in {"amod", "nummod"} and c.i < noun.i]
    if noun.dep_ == "nsubj":
        ranks = [c for c in noun.head.children if c.dep_ in {"attr", "acomp"}]
    return any(c.lower_ in words("ordinal") for c in ranks)


def _is_earlier(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell "a Peruvian minister last went there in 1998" from the trip of whom the news tells.

    So too "a Peruvian minister was there in March" beside one who arrived on 13 May. Of "X came in
    2000, the first minister to do so", the first is X.
    """
    if not trip.days or "completed" not in trip.statuses or any(c.first for c in trip.candidates):
        return False
    if named.days:
        return not any(near(day, own) for day in trip.days for own in named.days)
    year = (scene.article.published or "")[:4]
    return bool(year) and all(day[:4] < year for day in trip.days)


def _comes_with(trip: Trip, named: Trip) -> bool:
    """Tell "the minister" of the trip of a foreign minister who is named: it may be he.

    Articles that leave one of the same office from there unnamed, on a trip of his own, are hardly
    ever seen; one of another office has come for himself, and so has one who came years apart.
    """
    ends = (trip.origin, trip.destination)
    if _are_listed(trip, named):
        return False
    if kind_of(named) == "official" and kind_of(trip) not in word_set("vague_class") | {None}:
        return False  # "the minister" beside "X, vice president of a foundation"
    beside = named is not trip and trip.origin is not None and is_named(named)
    beside = beside and not is_generic(trip) and kinds_fit(trip, named) and tells_office(named)
    return beside and (named.origin, named.destination) == ends and not years_apart(trip, named)


def _are_listed(trip: Trip, other: Trip) -> bool:
    """Tell "the king, Queen A and the foreign minister": whom one list tells of are several."""
    listed = {(c.at, c.rule) for c in trip.candidates}
    return any((c.at, c.rule) in listed for c in other.candidates)


def without_second(scene: Scene, trips: list[Trip]) -> list[Trip]:
    """Leave one trip of those that are told twice: of one day, or both still to be made.

    So where an arrival and talks are told, neither with a day.
    """
    kept: list[Trip] = []
    kept_to: dict[str | None, list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.count == 0 and any(_is_first_of(trip, other) for other in trips):
            trace.dropped("the first visits, of which each is told singly", *trip.candidates)
            continue
        there = kept_to[trip.destination]
        alike = [other for other in there if is_of_same(trip, other)]
        one_day = [o for o in alike if any(len(d) == _DAY and d in o.days for d in trip.days)]
        one_day = one_day or [o for o in alike if _is_deed_on(o, trip) or _is_deed_on(trip, o)]
        one_day = one_day or [o for o in alike if _are_of_one_time(o, trip)]
        to_come = [o for o in alike if is_to_come(o) and not years_apart(trip, o)]
        if one_day:
            for candidate in trip.candidates:
                one_day[0].add(candidate)
        elif to_come and is_to_come(trip) and not _is_anew(scene, trip, to_come):
            if to_come[0].days:
                trace.dropped("a trip there that is to come is told before", *trip.candidates)
                continue
            for candidate in trip.candidates:
                to_come[0].add(candidate)
        else:
            kept.append(trip)
            there.append(trip)
    return kept


def _is_first_of(trip: Trip, other: Trip) -> bool:
    """Tell "received A and B, her first visits", which are no more of B's than the one told."""
    ends = (trip.key, trip.destination) == (other.key, other.destination) and other.count == 1
    return ends and share_time(trip, other) and all(c.first for c in trip.candidates)


def _are_of_one_time(one: Trip, other: Trip) -> bool:
    """Tell "arrived on May 15" and "her most important trip of May", told of one visitor."""
    first, second = (trip.when.start or trip.when.end or "" for trip in (one, other))
    told = bool(first and second)
    return told and overlap(first, second) and may_be_one(one, other)


def _is_deed_on(deed: Trip, trip: Trip) -> bool:
    """Tell talks without a day, which are of the stay of which none is told either."""
    made = {"completed", "ongoing"}
    if deed.days or trip.days or not (deed.statuses | trip.statuses) <= made:
        return False
    told = [*deed.candidates, *trip.candidates]
    early = any(c.previous or c.fact.reason == "pluperfect" for c in told)
    inside = all("inside" in c.notes for c in deed.candidates)
    return inside and not early and all(c.count == 1 for c in told)


def _is_anew(scene: Scene, trip: Trip, others: Sequence[Trip]) -> bool:
    """Tell "leaves for Lima until tomorrow. In March he will return to it", which are two.

    So are "will visit Lima in June" and "will fly to Lima in November".
    """
    dated = [told for told in trip.candidates if told.when.start or told.when.end]
    return bool(dated) and all(
        comes_anew(scene, other, told) or comes_later(scene, other, told)
        for other in others
        for told in dated
    )


def is_of_same(trip: Trip, other: Trip) -> bool:
    """Tell whether two trips lead the same person, by name, to the same country."""
    ends = (trip.origin, trip.destination, trip.count)
    return ends == (other.origin, other.destination, other.count) and bool(
        _names_of(trip) & _names_of(other)
    )


def _names_of(trip: Trip) -> set[str]:
    """Return the names by which a trip's tellings call the visitor."""
    references = [c.actor.reference for c in trip.candidates if c.actor is not None]
    return {r.name for r in references if r.name}


def _means(trip: Trip, named: Trip) -> bool:
    """Tell whether an unnamed visitor may be the one named in another trip to that country."""
    if is_couple(trip):
        return trip.origin == named.origin
    if _are_listed(trip, named):
        return False
    if is_generic(trip) or is_counterpart(trip):
        return kinds_fit(trip, named)
    former = _is_former(trip) and not is_one_of_former(trip)
    if former and trip.origin == named.origin and not years_apart(trip, named):
        return True
    # "The FM" and "the deputy premier and foreign minister X".
    if not is_named(trip) and lead_alone(trip, named) and share_time(trip, named):
        return True  # "the pontiff will be there from 3 June", of the one pope who is to come
    undated = not trip.days or trip.days.keys() & named.days.keys()
    one = hold_one_office(trip, named) or lead_alone(trip, named)
    return not is_named(trip) and bool(undated) and one


def _is_former(trip: Trip) -> bool:
    """Tell "the former senator", which tells more of one who is named, from "the ambassador"."""
    told = [c.actor.reference for c in trip.candidates if c.actor is not None]
    return bool(told) and all(
        not r.plural and (r.role or "").lower().startswith(("former ", "ex-")) for r in told
    )


def without_plural(scene: Scene, trips: list[Trip]) -> list[Trip]:
    """Drop "two leaders are to visit" where the two are told of by name."""
    kept = []
    for trip in trips:
        actor = next((c.actor for c in trip.candidates if c.actor is not None), None)
        plural = (
            actor is not None
            and actor.reference.plural
            and not actor.reference.members
            and actor.reference.role_kind in word_set("leader_class")
        )
        named = [
            other
            for other in (trips if plural else ())
            if other is not trip
            and other.destination == trip.destination
            and is_named(other)
            and (trip.origin is None or trip.origin == other.origin or not is_country(trip.origin))
        ]
        first = bool(named) and all(c.first for c in trip.candidates)
        unnamed = actor is not None and not actor.reference.name
        if actor is not None and unnamed and _are_of_both(scene, actor, trip, trips):
            trace.dropped("those of host and guest, beside whom they meet", *trip.candidates)
            continue
        if unnamed and _is_listed(trip, trips):
            trace.dropped("its visitors are listed by name", *trip.candidates)
            continue
        # "will be the first visit by top leaders"
        fellows = _are_fellows(scene, trip, trips)
        if len(named) >= 2 or first or _is_met_by_name(trip, trips) or fellows:
            trace.dropped("its visitors are told of by name", *trip.candidates)
        else:
            kept.append(trip)
    return kept


def _are_of_both(scene: Scene, actor: Actor, trip: Trip, trips: list[Trip]) -> bool:
    """Tell "the foreign ministers of the two countries", who talk beside their leaders."""
    start, end = scene.bounds_of(actor.reference)
    told = [t.lower_ for t in scene.doc[start : end + _OF_BOTH]]
    both = any(which in words("host_and_guest") for which in told)
    both = both and not word_set("of_both_sides").isdisjoint(told)
    ends = (trip.origin, trip.destination)
    return both and any(is_named(o) and (o.origin, o.destination) == ends for o in trips)


def _is_listed(trip: Trip, trips: list[Trip]) -> bool:
    """Tell the "leaders who landed on Monday" of whom the same words go on to list some.

    Not the leaders of a country whom those words list themselves.
    """
    told = {c.at for c in trip.candidates}
    listed = (o for o in trips if o is not trip and (trip.origin is None or is_named(o)))
    return any(c.at in told and "arrival" in c.notes for other in listed for c in other.candidates)


def _are_fellows(scene: Scene, trip: Trip, trips: list[Trip]) -> bool:
    """Tell the officials who come along with the one who is named, on the same trip.

    So the envoys of a body whose delegation is led by one who is named of a country, and the
    "other senators" of a delegation.
    """
    if is_named(trip) or trip.count != 0 or trip.origin is None:
        return False
    ends = (trip.origin, trip.destination)
    there = [o for o in trips if o is not trip and o.destination == trip.destination]
    named = [o for o in there if is_named(o) and o.origin == trip.origin]
    if not is_country(trip.origin):
        named += [o for o in there if is_named(o) and _leads_delegation(scene, o)]
    named = [o for o in named if o.count == 1 and not trip.days]
    kind = kind_of(trip)  # "the visit of high-ranking officials", no "numerous delegations"
    if kind in word_set("loose_class") and kind != "delegation":
        whole = [o for o in there if o.first_at < trip.first_at and kind_of(o) == "delegation"]
        whole = [o for o in whole if (o.origin, o.destination) == ends and not trip.days]
        if whole and all(_is_of_told_trip(scene, c.at) for c in trip.candidates):
            return True
        return any(is_to_come(o) == is_to_come(trip) for o in (*named, *whole))
    ahead = {"planned", "ongoing"}
    return any(
        trip.statuses <= ahead and o.statuses & ahead and o.first_at < trip.first_at for o in named
    )


def _is_of_told_trip(scene: Scene, at: int) -> bool:
    """Tell the trip of "Other senators on the trip", "the visit", which was told of before."""
    noun = scene.doc[at].lemma_ in words("trip_noun") and scene.doc[at].tag_ == "NN"
    return noun and word_at(scene.doc, at - 1) in words("definite")


def _leads_delegation(scene: Scene, trip: Trip) -> bool:
    """Tell X of "Delegations led by X arrived", "A delegation arrived", of which X is the head."""
    return any(not scene.forms(c.at).isdisjoint(word_set("retinue")) for c in trip.candidates)


def _is_met_by_name(trip: Trip, trips: list[Trip]) -> bool:
    """Tell the envoys who met in a place where the one who came is then told of by name."""

    def met(other: Trip) -> bool:
        return any("meeting" in c.notes for c in other.candidates)

    if is_named(trip) or not met(trip) or trip.count != 0:
        return False
    ends = (trip.origin, trip.destination)
    return any(
        is_named(other) and met(other) and (other.origin, other.destination) == ends
        for other in trips
    )


__all__ = [
    "is_of_same",
    "without_generic",
    "without_nth",
    "without_plural",
    "without_second",
]
