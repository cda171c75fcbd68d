"""The lands of a tour, told by whose leaders one meets on it: "talks with those of A and B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import NOUNS, OBJECTS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.region_names import lies_elsewhere

#: How surely a leader whom one meets on a tour is met in his own land.
_SCORE = 0.6
#: How many sentences behind the tour the meetings may be told.
_REACH = 2
#: The least number of lands whose leaders are met.
_LEAST = 2


def leaders_met(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read A, B and C of "began a tour of Asia, with talks with the leaders of A, B and C".

    Not of a tour of which other lands are told, nor of leaders who are met in a town that is named,
    at an event or by video.
    """
    told, seen = list(reader.told), set[str]()
    for tour in told:
        if tour.actor is not None and tour.actor.key not in seen and _is_unplaced(tour):
            found = list(_of_tour(reader, tour, told))
            seen.update(tour.actor.key for _ in found)
            yield from found


def _is_unplaced(tour: Candidate) -> bool:
    """Tell the tour of one person of whose lands but the number or the region is told."""
    actor = tour.actor
    if actor is None or actor.is_party or actor.reference.plural or not actor.country:
        return False
    return (tour.tour or tour.stops is not None) and tour.status in MADE_OR_PLANNED


def _of_tour(reader: ArgumentReader, tour: Candidate, told: list[Candidate]) -> Iterator[Candidate]:
    scene = reader.scene
    number = scene.sentence_of[tour.at]
    own = [c for c in told if c.is_of(tour.actor) and c.destination]
    own = [c for c in own if abs(scene.sentence_of[c.at] - number) <= _REACH]
    nearer = [scene.sentence_of[c.at] for c in told if c.is_of(tour.actor) and _is_unplaced(c)]
    nearer = [at for at in nearer if at > number]
    for at in range(number, min([number + _REACH + 1, len(scene.sentences), *nearer])):
        sentence = scene.sentences[at]
        forms = scene.forms(sentence.start)
        if forms.isdisjoint(word_set("met_at", "confers")) or words_of_distance(sentence):
            continue
        for head in sentence:
            verb = _meeting(head)
            if verb is None or not _meets(reader, verb, tour):
                continue
            lands = _lands(reader, head, tour)
            if len(lands) < _LEAST or _is_elsewhere(reader, head):
                continue
            if not all(_is_told_by(c, head) for c in own):
                continue
            if tour.stops and len(lands) > tour.stops:
                continue
            text = scene.sentence(tour.at).text
            if any(lies_elsewhere(land, text) for land in lands):
                continue
            new = [land for land in lands if all(c.destination != land for c in own)]
            yield from _made(reader, tour, head, verb, new)
            return


def _is_told_by(trip: Candidate, head: Token) -> bool:
    """Tell the Peru that another reading took from "the presidents of Peru and Chile"."""
    return trip.spot is not None and head.i < trip.spot.start <= head.right_edge.i


def _meeting(head: Token) -> Token | None:
    """Return the verb over the leaders of "will meet the leaders of", "will hold talks with"."""
    if head.pos_ not in NOUNS:
        return None
    over = head.head
    if head.dep_ in OBJECTS and over.pos_ in VERBS:
        return over if over.lemma_ in word_set("meets_guests") else None
    if head.dep_ != "pobj" or over.lower_ != "with":
        return None
    noun = over.head
    if noun.pos_ in VERBS:
        return noun if noun.lemma_ in word_set("confers") else None
    if noun.lemma_.lower() not in word_set("met_at"):
        return None
    return governing_verb(noun)


def _meets(reader: ArgumentReader, verb: Token, tour: Candidate) -> bool:
    """Tell whether it is the traveller who meets them, or his tour that leads to them."""
    subject = reader.scene.subject(verb)
    if subject is None:
        return False
    if subject.lemma_.lower() in word_set("tour_itself", "plan_of_journey", "leg_noun"):
        return True
    return any(tour.is_of(actor) for actor in reader.scene.actors(subject))


def _lands(reader: ArgumentReader, head: Token, tour: Candidate) -> list[str]:
    """Return whose leaders are met, one each."""
    found: dict[str, Actor] = {}
    for actor in reader.scene.actors(head):
        leads = actor.reference.role_kind or actor.reference.kind == "office"
        if actor.country and leads and not actor.is_party:
            found.setdefault(actor.country, actor)
    found.pop(tour.origin or "", None)
    return list(found)


def _is_elsewhere(reader: ArgumentReader, head: Token) -> bool:
    """Tell leaders who are met at an event or in a place that is told ("in Rome")."""
    sentence = reader.scene.sentence(head.i)
    if not word_set("on_sidelines").isdisjoint(reader.scene.forms(sentence.start)):
        return True
    where = [t for t in sentence if t.lower_ in {"in", "at"} and t.dep_ == "prep"]
    return any(reader.scene.spots(t.i + 1) or any(map(is_event, t.children)) for t in where)


def _made(
    reader: ArgumentReader, tour: Candidate, head: Token, verb: Token, lands: list[str]
) -> Iterator[Candidate]:
    rule, fact = noun_rules()["visit"], fact_of_verb(verb)
    number = reader.scene.sentence_of
    aim = tour.at in {a.i for a in verb.ancestors} and verb.tag_ == "VB"
    ahead = tour.status in {"planned", "ongoing"} or (fact.status == "planned" and not aim)
    fact = Fact("planned") if ahead else tour.fact
    # One is in each of the lands of a tour in its month, on which day is not told.
    vague = len(tour.when.start or "") < DAY and len(tour.when.end or "") < DAY
    when = tour.when if vague and number[tour.at] == number[head.i] else When()
    for land in lands:
        made = reader.make(
            rule, head, actor=tour.actor, spot=None, fact=fact, score=_SCORE, destination=land
        )
        yield replace(made, when=when, count=1, day=None)


__all__ = ["leaders_met"]
