"""Whose trip it is that is told of a delegation, or of an office by no name.

Of news that name a visitor, hardly any tells of another who comes from the same land to the same
land and stays unnamed: so it is he, unless the text itself tells two.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.visit import MADE, OFF, TO_COME
from pipeline.discourse.facts import JUST_COME
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, PREP_COMPLEMENTS, VERBS
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.same_office import (
    is_named,
    kind_of,
    kinds_fit,
    tells_office,
)

#: How far before a leader "another delegation" and its "led by" stand, in tokens.
_LED_REACH, _LED_BY = 14, 5


def of_delegation(
    scene: Scene, trip: Trip, trips: Sequence[Trip], kept: Sequence[Trip]
) -> list[Trip]:
    """Return whose trip "a Vietnamese delegation is in Laos" tells: of the one who is named.

    Where nobody is named, one delegation of a country to another is told of however often, or its
    "deputy minister". Where several are, whoever is told to lead it, else whoever is told first.

    Args:
        kept: the trips told before it, each once.
    """
    if kind_of(trip) != "delegation" or _is_another(trip):
        return []
    there = [o for o in trips if o is not trip and o.destination == trip.destination]
    if trip.origin is None:  # "The delegation", who have just been named
        there = [o for o in there if is_named(o) and o.first_at < trip.first_at]
    else:
        there = [o for o in there if o.origin == trip.origin]
    fellows = [
        other
        for other in there
        if is_named(other)
        and not leads_another(scene, other)
        and not arrives_later(scene, trip, other)
        and not _goes_without(trip, other)
        and not _is_recalled(scene, other)
        and may_be_one(trip, other)
    ]
    if not fellows:
        loose = word_set("loose_class") | {None}
        offices = [o for o in there if not is_named(o) and kind_of(o) not in loose]
        before = [o for o in there if o in kept and not is_named(o)]
        there = [o for o in before if kind_of(o) == "delegation"] or (offices or before)[:1]
        return there if all(may_be_one(trip, o) for o in there) else []
    # "Lawmakers A and B have arrived. The delegation landed on Sunday": both are meant
    if len({fellow.first_at for fellow in fellows}) == 1:
        return fellows
    if trip.origin is None:
        return []
    led = [o for o in fellows if any(c.rule in word_set("leads_side") for c in o.candidates)]
    return (led or fellows)[:1]


def beside_named(
    scene: Scene, trip: Trip, trips: Sequence[Trip], kept: Sequence[Trip]
) -> Trip | None:
    """Return the trip of whoever is meant by "a top diplomat", "the head of the chamber".

    He is named elsewhere, of the same land and bound for the same one; or "officials" are those of
    the delegation told of before. Not where the days of both
    lie apart, where one sentence tells of the two, or where their offices are of others: "Kenya's
    foreign minister came on Monday, a week after President A".
    """
    if trip.origin is None or _is_another(trip):
        return None
    told_at = {c.at for c in trip.candidates}
    for other in trips:
        ends = (other.origin, other.destination) == (trip.origin, trip.destination)
        if not ends or other.count != 1 or not is_named(other) or not tells_office(other):
            continue
        if any(c.at in told_at for c in other.candidates) or not _are_of_one_office(trip, other):
            continue
        apart = leads_another(scene, other) or arrives_later(scene, trip, other)
        apart = apart or _goes_without(trip, other) or _is_recalled(scene, other)
        apart = apart or stands_in(trip, other)
        if not apart and may_be_one(trip, other) and not _is_long_past(scene, trip, other):
            return other
    if kind_of(trip) not in word_set("loose_class"):
        return None
    return next((o for o in kept if _is_its_delegation(trip, o)), None)


def _is_its_delegation(trip: Trip, other: Trip) -> bool:
    """Tell the delegation told of before of which "officials" are."""
    ends = (other.origin, other.destination) == (trip.origin, trip.destination)
    if not ends or is_named(other) or kind_of(other) != "delegation":
        return False
    told_at = {c.at for c in trip.candidates}
    return all(c.at not in told_at for c in other.candidates) and may_be_one(trip, other)


def _are_of_one_office(trip: Trip, named: Trip) -> bool:
    """Tell whether the words for somebody unnamed may be for the office of one who is named."""
    first, second = kind_of(trip), kind_of(named)
    if first not in word_set("loose_class") and first is not None:
        return False
    return second not in word_set("own_class") or kinds_fit(trip, named)


def _is_long_past(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell the trip of one year from one of no told days in the news of another."""
    year = (scene.article.published or "")[:4]
    for one, other in ((trip, named), (named, trip)):
        if one.days and not other.days and all(day[:4] < year for day in one.days):
            return True
    return False


def _is_recalled(scene: Scene, trip: Trip) -> bool:
    """Tell the trip of which nothing is told but "after X's visit", "since X was there"."""
    return all(_is_of_other_time(scene.doc[c.at]) for c in trip.candidates)


def _is_of_other_time(token: Token) -> bool:
    if token.pos_ in VERBS:
        leads = [c for c in token.children if c.i < token.i]
    else:
        leads = [token.head, token.head.head] if token.dep_ in PREP_COMPLEMENTS else []
    return any(lead.lower_ in word_set("of_other_time") for lead in leads)


def stands_in(trip: Trip, named: Trip) -> bool:
    """Tell the envoy of "X will not be attending and will send an envoy", who comes for X."""
    sent = all(c.rule in word_set("sent_in_place") for c in trip.candidates)
    return sent and named.statuses <= {"invited", "cancelled"}


def _goes_without(trip: Trip, named: Trip) -> bool:
    """Tell the delegation that "is in Lima" from the minister who "cancelled his trip to Lima"."""
    told = {c.status for c in named.candidates}
    off = bool(told & OFF) and not told & MADE
    return off and any(c.status in MADE for c in trip.candidates)


def leads_another(scene: Scene, trip: Trip) -> bool:
    """Tell X of "Another delegation, led by X, is there": none of the one told of before."""
    for candidate in trip.candidates:
        if candidate.actor is None:
            continue
        before = scene.doc[max(0, candidate.actor.token - _LED_REACH) : candidate.actor.token]
        led = any(t.lower_ == "by" for t in before[-_LED_BY:])
        if led and any(t.lower_ in words("another_one") for t in before):
            return True
    return False


def _is_another(trip: Trip) -> bool:
    """Tell "another delegation", "a second one" from the one told of before."""
    texts = (c.actor.reference.text.lower() for c in trip.candidates if c.actor is not None)
    return any(set(text.split()) & words("another_one") for text in texts)


def may_be_one(trip: Trip, other: Trip) -> bool:
    """Tell whether two trips may be one: neither to come while the other is made, nor apart."""
    told = trip.statuses & TO_COME, other.statuses & TO_COME
    apart = is_to_come(trip) != is_to_come(other) and not all(told)
    begun = any(c.fact.reason in JUST_COME for c in other.candidates)
    under_way = begun or "ongoing" in trip.statuses | other.statuses
    if trip.count != other.count or (apart and not under_way):
        return False
    if not (trip.days and other.days):
        return True
    return any(near(day, own) for day in trip.days for own in other.days)


def is_to_come(trip: Trip) -> bool:
    """Tell a trip that is planned or invited, and of which nothing has been made."""
    return bool(trip.statuses) and trip.statuses <= TO_COME


def arrives_later(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell "a Peruvian official is in Oman" from the trip of a minister who is yet to arrive.

    So too "a second team, led by X, will fly in", and "officials are in Oman to prepare a visit by
    X". Not where X is but to see a school there.
    """
    begun = any(c.fact.reason in JUST_COME for c in trip.candidates)
    if named.statuses != {"planned"} or not ("ongoing" in trip.statuses or begun):
        return False
    if _is_for_visit(scene, trip, named):
        return True
    comes = word_set("arrival") | word_set("come_from_home")
    return any(
        c.spot is not None
        and not c.fact.weak
        and (c.rule in comes or (c.rule == "visit" and scene.doc[c.spot.start].dep_ == "dobj"))
        for c in named.candidates
    )


def _is_for_visit(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell those who "are in Oman to prepare a visit by X", which is but the aim of theirs."""
    told = {scene.doc[c.at] for c in trip.candidates}
    aims = (scene.doc[c.at] for c in named.candidates)
    return any(t.pos_ in NOUNS and not told.isdisjoint(t.ancestors) for t in aims)


__all__ = [
    "arrives_later",
    "beside_named",
    "is_to_come",
    "leads_another",
    "may_be_one",
    "of_delegation",
    "stands_in",
]
