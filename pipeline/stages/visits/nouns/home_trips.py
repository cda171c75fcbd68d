"""Trips within one's own country, of which "his visit" tells on: they lead to no land near by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse import trace
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.labels import OBJECTS
from pipeline.neighbours import text_at
from pipeline.reference.places import seat_of
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.nouns.noun_details import is_of_part
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.counted_lands import are_own_states
from pipeline.stages.visits.tours.long_tours import is_long_tour
from pipeline.stages.visits.tours.region_names import names_region
from pipeline.stages.visits.travel.homeward import leads_back

#: How many sentences behind a trip at home it may be spoken of.
_REACH = 4
#: How far before and behind a tour's noun that is told what it is of, in tokens.
_TOUR_BEFORE, _TOUR_BEHIND = 6, 9
#: What is toured of the land last named, one's own where none other is.
_OF_COUNTRY = re.compile(
    r"\b(?:of|to|in) (?:the|his|her) country['’]s (?:[\w-]+ ){0,4}?"
    r"(?:regions?|north\w*|south\w*|east\w*|west\w*|coast|interior|heartland)\b"
)


def without_home_trips(
    scene: Scene, partial: Iterable[Candidate], home: Sequence[Candidate], trips: Sequence[Trip]
) -> list[Candidate]:
    """Leave out who is told on of a trip at home: "She toured Lima. Her visit follows a quake".

    Not where a trip abroad of the same person is told before, of which "the visit" may speak.

    Args:
        partial: tellings that name no visitor or no place.
        home: those of trips within the traveller's own country.
        trips: the trips abroad of the article.
    """
    kept = []
    for candidate in partial:
        if home and _is_of_home(scene, candidate, home, trips):
            trace.dropped("a trip within the visitor's own country", candidate)
        else:
            kept.append(candidate)
    return kept


def _is_of_home(
    scene: Scene, candidate: Candidate, home: Sequence[Candidate], trips: Sequence[Trip]
) -> bool:
    if candidate.actor is None or candidate.destination is not None:
        return False
    if candidate.rule not in noun_rules() or "region" in candidate.notes:
        return False
    to = text_at(scene.doc, candidate.at + 1) == "to"
    if to or candidate.status not in MADE:
        return False  # "his trip to copper mines was put off" may lead abroad
    key, number = candidate.actor.key, scene.sentence_of[candidate.at]
    if any(trip.key == key and trip.first_at < candidate.at for trip in trips):
        return False
    return any(
        told.actor is not None
        and told.actor.key == key
        and told.rule in word_set("goes_about")
        and 0 < number - scene.sentence_of[told.at] <= _REACH
        for told in home
    )


def tours_at_home(scene: Scene, candidate: Candidate) -> bool:
    """Tell one of no told country who goes about the towns where such officials do at home.

    "Health Minister X visited a clinic in Cusco" fires, as do "Governor X flew to Lima" and
    "President X visited the Chilean embassy in Lima"; "Health Minister X flew to Peru", "flew to
    Cusco to see Peruvian farmers" and "went to Geneva" do not.
    """
    actor, spot = candidate.actor, candidate.spot
    if actor is None or spot is None or (actor.country and not actor.reference.guessed):
        return False
    hosted = any(h.country and not h.reference.guessed for h in candidate.hosts)
    if spot.reference.kind != "place" or hosted:
        return False
    kind = (actor.reference.role_kind or "").removeprefix("deputy_")
    back = leads_back(scene.doc[candidate.at])
    if back or kind in word_set("of_own_place") or _sees_mission(scene, candidate):
        return True
    town = spot.place or spot.reference.text
    if town in word_set("town_of_guests") or kind not in word_set("tours_own_land"):
        return False
    seat = town == seat_of(spot.country)
    if seat and (
        actor.country or kind in word_set("class_of_two_heads") or "event" not in candidate.notes
    ):
        return False  # "Transport Minister X attended a fair in Lima" fires
    return not _names_land(scene, candidate, spot.country)


def _names_land(scene: Scene, candidate: Candidate, land: str | None) -> bool:
    """Tell "flew to Cusco to see Peruvian farmers", who are told to be of that land."""
    sentence = scene.sentence(candidate.at)
    return any(
        reference.country == land and reference.kind != "place"
        for i in range(sentence.start, sentence.end)
        for reference in scene.at(i)
        if reference.actor != (candidate.actor.key if candidate.actor else None)
    )


def is_guess_of_home(scene: Scene, candidate: Candidate) -> bool:
    """Tell who tours towns as at home, of a land only because the text names it somewhere.

    Not where the report is from that land, or its sentence or another official tells of it.
    """
    origin, actor = candidate.origin, candidate.actor
    if actor is None or origin is None or not tours_at_home(scene, candidate):
        return False
    if scene.here is not None and scene.here.country == origin:
        return False
    if _is_asked_by_embassy(scene.doc[candidate.at]):
        return True
    guessed = {r.actor for r in scene.references if r.guessed and r.country == origin}
    return guessed <= {actor.key} and not _names_land(scene, candidate, origin)


def _sees_mission(scene: Scene, candidate: Candidate) -> bool:
    """Tell what is visited of "visited the Chilean embassy in Lima", "the Oman stand at a fair".

    So where its embassy asks one.
    """
    verb = scene.doc[candidate.at]
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    if any(c.lemma_.lower() in word_set("foreign_site") for c in objects):
        return True
    return _is_asked_by_embassy(verb)


def _is_asked_by_embassy(verb: Token) -> bool:
    """Tell "attended a reception of the Chilean embassy in Lima"."""
    told = {t.lemma_.lower() for t in verb.subtree}
    return bool(told & word_set("rite_of_embassy")) and bool(told & word_set("embassy"))


def is_home_tour(scene: Scene, candidate: Candidate) -> bool:
    """Tell "a tour of the northern provinces", "a nation-wide tour", "a four-state tour".

    So "a tour that takes her to four states" of a land that is made of states. Not "a tour of the
    Gulf", "a four-state tour of the Gulf".
    """
    noun, sentence = scene.doc[candidate.at], scene.sentence(candidate.at)
    near = scene.doc[max(sentence.start, noun.i - _TOUR_BEFORE) : noun.i + _TOUR_BEHIND]
    at_home = {t.lower_ for t in near if t.i < sentence.end} & word_set("parts_of_own_land")
    of_parts = noun.i > 0 and is_of_part(scene.doc[noun.i - 1])
    at_home = at_home if not candidate.stops else set()
    of_parts = of_parts or bool(_OF_COUNTRY.search(near.text)) or _is_told_at_home(scene, noun)
    of_parts = of_parts or are_own_states(noun, candidate.origin)
    return (bool(at_home) or of_parts) and not names_region(near.text)


def _is_told_at_home(scene: Scene, noun: Token) -> bool:
    """Tell "toured three provinces. … He will end the tour on Friday"."""
    if not any(c.lower_ == "the" and c.dep_ == "det" for c in noun.children):
        return False
    number = scene.sentence_of[noun.i]
    for sentence in scene.sentences[max(0, number - _REACH) : number]:
        tour = next((t for t in sentence if t.lemma_.lower() == "tour"), None)
        behind = scene.doc[tour.i : tour.i + _TOUR_BEHIND] if tour is not None else ()
        parts = {t.lower_ for t in behind if t.i < sentence.end} & word_set("parts_of_own_land")
        if parts and not names_region(sentence.text):
            return True
    return False


def _forms(token: Token) -> tuple[str, str]:
    return token.lower_, token.lemma_.lower()


def is_tour_abroad(scene: Scene, candidate: Candidate) -> bool:
    """Tell "a tour of the Gulf", "a three-nation tour", "an official tour" from "a listening tour".

    One tours a palace, or villages, far more often than lands whose names are not told. "A working
    tour" of a minister may lead to four building sites.
    """
    official = candidate.kind is not None and candidate.kind != "working"
    if candidate.rule != "tour" or candidate.stops or candidate.count > 1 or official:
        return True
    over = governing_verb(scene.doc[candidate.at])
    if over is not None and over.lemma_ in word_set("departs"):
        return True  # "left on Monday for a tour"
    if is_long_tour(scene, candidate):
        return True
    sentence = scene.sentence(candidate.at)
    abroad = {form for t in sentence if t.pos_ != "VERB" for form in _forms(t)}
    return bool(abroad & word_set("of_tour_abroad")) or names_region(sentence.text)


__all__ = [
    "is_guess_of_home",
    "is_home_tour",
    "is_tour_abroad",
    "tours_at_home",
    "without_home_trips",
]
