"""Whether a trip told as made is still under way as its article is written.

News tells a stay in the past tense on its day and years after. Where no telling says outright
which, what tells them apart is weighed: when it was, whether it is the news or recalled beside it,
where the report was written, what the visitor is yet to do there. The weights are learned
(`under_way.csv`, made by `pipeline.evaluation.fit_under_way`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from math import fsum

from spacy.tokens import Token

from models.visit import MADE, OFF, VisitStatus
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.outcome import is_bound
from pipeline.discourse.tables import words
from pipeline.lexicon import Row, load_table
from pipeline.neighbours import text_at
from pipeline.recorder import Recorder
from pipeline.stages.visits.days.days_apart import compare, is_long_ago, is_of_year
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.outcome.signs import Signs, Told, signs_of
from pipeline.stages.visits.outcome.status import is_about_to_leave, is_to_fly_home
from pipeline.stages.visits.outcome.statuses import last_known_there
from pipeline.stages.visits.tables import PACKAGE, word_set

_DAY = len("2024-08-18")
#: The sign that every trip has.
LEVEL = "level"
#: Above these log-odds a trip that rules hold to be over is under way, and below these one that
#: they hold to be under way is over, of one whose words leave little doubt below the third; by
#: cross-validation.
UNDER_WAY, OVER, WELL_OVER = 0.5, -0.5, -1.5

_SIGNS: Recorder[dict[str, Signs]] = Recorder("under_way", dict)


class Weight(Row):
    """How much a sign tells for a trip that is under way, or against it."""

    sign: str
    weight: float


def recording() -> AbstractContextManager[dict[str, Signs]]:
    """Keep the signs of the trips that are weighed within, by the record's id."""
    return _SIGNS.recording()


def note(record_id: str, signs: Signs) -> None:
    """Keep the signs of a record's trip for who learns from them."""
    kept = _SIGNS.kept
    if kept is not None and signs:
        kept[record_id] = signs


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Return the weights by sign."""
    return {row.sign: row.weight for row in load_table(PACKAGE, "under_way.csv", Weight)}


def weigh(told: Told, trip: Trip, status: VisitStatus) -> tuple[VisitStatus, Signs]:
    """Return whether a trip is over or under way, and the signs by which it was weighed.

    "Met the premier on Monday" is under way in the news of that Monday, over in what is recalled.
    A status that is neither, or of which a telling leaves no doubt ("is in Lima"), stays.

    Args:
        status: what rules say.
    """
    published = told.scene.article.published
    doubtful = _is_doubtful(trip, published) and not _opens_tour(told, trip)
    doubtful = doubtful and not (status == "completed" and _has_left(told, trip))
    if status not in MADE or not doubtful:
        return status, frozenset()
    signs = signs_of(told, trip) | {LEVEL}
    weight = weights()
    odds = fsum(weight.get(sign, 0.0) for sign in signs)  # a set has no order
    if status == "completed":
        on = odds > UNDER_WAY and not _has_gone_on(told, trip, published)
        return ("ongoing" if on else status), signs
    gone = odds < (OVER if signs.isdisjoint(word_set("<plainly under way>")) else WELL_OVER)
    return ("completed" if gone else status), signs


def _has_left(told: Told, trip: Trip) -> bool:
    """Tell "has departed Peru", "left Lima on Monday", "has concluded his visit to Peru".

    Not "left the hall in Lima", nor "arrived after the trip to the coast".
    """
    return any(
        c.phase == "leave"
        and c.status == "completed"
        and c.spot is not None
        and c.fact.reason != "pluperfect"
        and (told.scene.doc[c.at].pos_ == "VERB" or _is_ended(told.scene.doc[c.at]))
        for c in trip.candidates
    )


def _is_ended(noun: Token) -> bool:
    """Tell the trip of "has concluded a visit to Peru", "returned home from a visit to Peru".

    So that of "X, back from a visit to Peru, said".
    """
    verb, source = governing_verb(noun), noun.head
    if source.lower_ == "from" and text_at(noun.doc, source.i - 1).lower() == "back":
        return True
    ends = words("finish") | (words("leaves_again") if source.lower_ == "from" else frozenset())
    return verb is not None and verb.lemma_ in ends


def _opens_tour(told: Told, trip: Trip) -> bool:
    """Tell Peru of "began a tour of Peru, Chile and Cuba on Monday", all the rest yet to come.

    So of "left on Monday to visit Peru, Chile and Cuba".
    """
    others = [o for o in told.trips if o is not trip and o.key == trip.key]
    beside = {c.at for o in others for c in o.candidates if c.further}
    came = (c for c in trip.candidates if c.fact.reason == "arrived" and not c.further)
    if not any(c.tour or c.at in beside for c in came):
        return False
    return all(c.further or c.status == "planned" for o in others for c in o.candidates)


def _has_gone_on(told: Told, trip: Trip, published: str | None) -> bool:
    """Tell "arrived in Lima on Monday" of one who is told to have come to Quito on Wednesday.

    So of one who "is heading to Quito today".
    """
    if _is_off_elsewhere(told, trip, published):
        return True
    start = trip.when.start or ""
    return any(
        other.key == trip.key
        and other.destination != trip.destination
        and other.statuses & MADE
        and len(start) == len(last_known_there(other)) == _DAY
        and start < last_known_there(other) <= (published or "")
        for other in told.trips
    )


def _is_off_elsewhere(told: Told, trip: Trip, published: str | None) -> bool:
    """Tell "visited Lima on Monday and is heading to Quito today": he is in Lima no more.

    "Is in Lima and will head to Quito today" does not fire.
    """
    start, doc = trip.when.start or "", told.scene.doc
    if len(start) < _DAY or start >= (published or ""):
        return False
    return any(
        is_bound(doc[c.at])
        and c.at > trip.first_at
        and (c.when.start == published or (not c.when and _is_of_today(told, c.at)))
        for other in told.trips
        if other.key == trip.key and other.destination != trip.destination
        for c in other.candidates
    )


def _is_of_today(told: Told, at: int) -> bool:
    """Tell the sentence of "is heading to Quito to meet the mayor today"."""
    return any(token.lower_ == "today" for token in told.scene.sentence(at))


def _is_doubtful(trip: Trip, published: str | None) -> bool:
    """Tell whether neither a telling nor the calendar says outright that a trip is on, or over."""
    when = trip.when
    over = is_long_ago(when, published) or is_of_year(when, published)
    goes_on = compare(when.start, published) <= 0 and compare(when.end, published) > 0
    return (
        trip.count == 1
        and not over
        and not goes_on
        and not any(
            c.status in OFF
            or (c.status == "ongoing" and not c.fact.weak)
            or is_about_to_leave(c)
            or is_to_fly_home(c)
            for c in trip.candidates
        )
    )


__all__ = ["LEVEL", "OVER", "UNDER_WAY", "WELL_OVER", "Weight", "note", "recording", "weigh"]
