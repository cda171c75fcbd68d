"""Verbs whose object travels: "a tour that will take him to Peru"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, UNDERGONE
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.attended_events import attended_event
from pipeline.stages.visits.events.event_seats import held_at
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set

_HIM, _HIS = frozenset({"him", "her"}), frozenset({"his", "her"})


def carry(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "a tour that will take him to Lima", "to a summit in Lima": the object travels."""
    led = rule.id in word_set("accompanied")  # "will be accompanied to Lima by A"
    objects = [c for c in verb.children if c.dep_ in (UNDERGONE if led else OBJECTS)]
    goals = [t.i for t in verb.subtree if t.lower_ in rule.preps and t.i > verb.i]
    behind = range(verb.i + 1, min(goals, default=verb.right_edge.i + 1))
    if any(c.lower_ == "along" and c.i in behind for c in verb.subtree):
        # Who is taken along only goes with the one who takes him.
        objects = [subject] if (subject := reader.scene.subject(verb)) is not None else []
    him = len(objects) == 1 and objects[0].lower_ in _HIM
    owner = _owner_of_tour(reader, verb) if him else None
    objects = [owner] if owner is not None else objects
    actors = [a for head in objects for a in reader.scene.actors(head) if not a.is_party]
    actors = [a for a in actors if a.reference.form in {"pronoun", "office"} or a.reference.name]
    aims = (c for c in verb.children if c.lemma_ == "visit" and c.tag_ == "VB")
    spots = reader.places(verb, rule.preps) if actors else []
    spots = spots or next((reader.scene.spots(aim.i + 1) for aim in aims if actors), [])
    event = attended_event(reader, verb) if actors and not spots else None
    held = held_at(reader.scene, event) if event is not None else None
    spots = [held] if held is not None else spots
    fact = fact_of_verb(verb)
    # "a tour that has already taken him to Peru, met the king on Monday": no day of the tour's
    taken = fact.reason == "perfect" and verb.dep_ == "relcl"
    for actor in actors:
        for spot in spots:
            made = reader.make_by_row(
                rule,
                verb,
                actor=reader.scene.other_antecedent(actor, {spot.country}) or actor,
                spot=spot,
                fact=fact,
                anchors=_begun_with(verb, fact),
                first=is_first(reader.scene, verb),
            )
            yield reader.undated(made) if taken else made


def _owner_of_tour(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the "his" of "with A on a leg of his tour, which had taken him to Lima": he it is."""
    for token in reversed(verb.doc[reader.scene.sentence(verb.i).start : verb.i]):
        if token.lemma_ in noun_rules():
            owners = [c for c in token.children if c.dep_ == "poss" and c.lower_ in _HIS]
            return owners[0] if owners and reader.scene.actors(owners[0]) else None
    return None


def _begun_with(verb: Token, fact: Fact) -> list[Token]:
    """Return the tour and the "start" of "will start on 6 June a tour that takes him to Lima".

    "Started on 6 June a tour that will take him to Lima and Quito" dates the first of them alone.
    """
    tour = verb.head
    if verb.dep_ != "relcl" or tour.lemma_ not in noun_rules():
        return []
    above = governing_verb(tour)
    if above is None or above.lemma_ not in words("opens_trip"):
        return []
    begun = fact.status == "planned" and fact_of_verb(above).status == "completed"
    return [] if begun else [tour, above]


__all__ = ["carry"]
