"""Which event a verb of attending is of, and where that is held."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.editions import is_earlier_edition
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, UNDERGONE, VERBS
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.days.same_stay import near
from pipeline.stages.visits.events.event_clauses import event_of_clause
from pipeline.stages.visits.events.event_places import (
    event_place,
    homes_of,
    is_event,
    place_of_journey,
)
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.events.event_seats import held_at, is_body_led, is_hosted_aside
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.events.told_events import told_event
from pipeline.stages.visits.events.told_meals import meal_told
from pipeline.stages.visits.places.passages import (
    goes_on,
    occasion_before,
    telling_before,
    trip_before,
)
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.stop_before import is_on_way_to
from pipeline.stages.visits.travel.while_there import place_of_main

#: What means an event told before.
_IT = frozenset({"it", "they"})


def place_of_attended(
    reader: ArgumentReader, verb: Token, event: Token | None, what: Token | None
) -> Spot | None:
    """Return where an event is held; of "the regatta in Lima" its own sentence must say it."""
    event = _one_of(event or what) or event  # "attended meetings, including a summit in Lima"
    if event is not None:
        spot = event_place(reader, verb, event)
        undated = not reader.clock.between(event.i, reader.scene.sentence(event.i).end)
        earlier = undated and is_earlier_edition(event)
        if spot is not None and earlier and not _is_beside(reader, spot, verb):
            return None
        own = {actor.country for actor in reader.travellers(verb)}
        if _is_nth_of_one(event) and (spot is None or spot.country in own):
            return _beside_told(reader, verb)  # "will also attend, his first summit"
        if spot is not None and (gone := _where_gone(reader, verb, event, spot)) is not None:
            return gone
        return spot or place_of_main(reader, verb, sudden=True) or _on_own_trip(reader, verb, event)
    if what is not None:
        spot = held_at(reader.scene, what) or reader.local_spot(verb, None)
        return spot or _of_meal_told(reader, verb, what)
    return _beside_told(reader, verb)


def _one_of(events: Token | None) -> Token | None:
    """Return the "summit" of "several meetings, including a summit in Lima", None of others."""
    if events is None or events.tag_ not in PLURALS:
        return None
    preps = (c for c in events.children if c.lower_ in word_set("names_one_of"))
    named = (event for prep in preps for event in prep.children if is_event(event))
    return next(named, None)


def _of_meal_told(reader: ArgumentReader, verb: Token, meal: Token) -> Spot | None:
    """Return Lima of "hosted leaders to a dinner in Lima. … B also attended the dinner"."""
    first = meal_told(reader.scene, meal)
    if first is None:
        return None
    held = held_at(reader.scene, first)
    spot = held or event_scene(reader, first, needs_event=False)[1]
    return replace(spot, start=verb.i, end=verb.i + 1) if spot is not None else None


def _on_own_trip(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return Lima of "X will travel to Lima. He will attend a summit on 3 May".

    Not of "… He will attend a ceremony", which may be one at home.
    """
    there = any(t.lower_ == "there" for t in event.sent)
    if noun_of(event) in word_set("nameless_event") and not there:
        return None
    trip = telling_before(reader.scene, reader.told, verb.i)
    if trip is None or trip.spot is None or trip.destination in homes_of(reader, verb):
        return None
    own = any(trip.actor is not None and a.key == trip.actor.key for a in reader.travellers(verb))
    fact = fact_of_verb(verb)
    alike = (trip.status in MADE) == (fact.status in MADE)
    held = reader.clock.when([verb, event], phase="whole").start
    first = trip.when.start
    # "landed in Lima on Monday. He will attend a summit"
    begun = trip.status in MADE and trip.phase == "arrive" and held is None
    alike = alike or (begun and fact.status == "planned")
    apart = held is not None and first is not None and not near(first, held)
    return replace(trip.spot, start=verb.i, end=verb.i + 1) if own and alike and not apart else None


def _where_gone(reader: ArgumentReader, verb: Token, event: Token, spot: Spot) -> Spot | None:
    """Return Lima of "flew to Lima to join a meeting of the pact for peace in Chad".

    Not of "flew to Lima to join a meeting in Chad", whose own place that is.
    """
    before = spot.start - 1
    own = reader.scene.doc[before].head == event or spot.start < event.i
    aim = verb.tag_ == "VB" and word_at(verb.doc, verb.i - 1) == "to"
    gone = None if own or not aim else place_of_journey(reader, verb)
    return gone if gone is not None and gone.country != spot.country else None


def _is_beside(reader: ArgumentReader, spot: Spot, verb: Token) -> bool:
    """Tell a place that the sentence of a verb names from one that another names."""
    sentence = reader.scene.sentence(verb.i)
    return sentence.start <= reader.scene.bounds(spot.reference)[0] < sentence.end


def _is_nth_of_one(event: Token) -> bool:
    """Tell "his first summit", "her second regional meeting": one's own count of the event."""
    owned = any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in event.children)
    return owned and any(c.ent_type_ == "ORDINAL" for c in event.children)


def whatever_attended(verb: Token) -> Token | None:
    """Return what is attended or taken part in, but for schools, by whose pupils nothing is told.

    "Attended the regatta", "took part in the trial", "attended" in "the regatta, attended by".
    """
    objects = [c for c in verb.children if c.dep_ in UNDERGONE]
    part = [c for c in objects if c.lower_ == "part" and verb.lemma_ == "take"]
    if not part and verb.lemma_ not in word_set("at_whatever"):
        return None
    if part or verb.lemma_ != "attend":
        heads = [verb, *part]
        preps = [c for h in heads for c in h.children if c.lower_ == "in" and c.i > verb.i]
        objects = [c for prep in preps for c in prep.children if c.dep_ == "pobj"]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        objects = [verb.head]
    known = words("article", "definite")
    for noun in objects:
        told = any(c.lower_ in known or c.dep_ in {"poss", "nummod"} for c in noun.children)
        named = noun.pos_ == "NOUN" and (told or noun.tag_ == "NNS")
        if named and noun.lemma_.lower() not in word_set("schooling", "manner_of_attending"):
            return noun
    return None


def _beside_told(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where "B will attend" behind an event told, "B, too," behind A's presence."""
    own = homes_of(reader, verb)
    told, held = occasion_before(reader.scene, verb.i, but=own)
    if told:
        return held
    spot = None
    if goes_on(reader.scene, reader.told, verb.i):
        spot = told_event(reader, verb) or trip_before(reader.scene, reader.told, verb.i)
    if spot is None:
        return reader.understood.at_chief_event(verb.i, but=own)
    return spot if spot.country not in own else None


def event_that_opens(verb: Token) -> Token | None:
    """Return the summit of "For the summit in Peru last year, X flew on a lent jet"."""
    preps = (c for c in verb.children if c.lower_ == "for" and c.i < verb.i)
    return next((e for prep in preps for e in prep.children if is_event(e)), None)


def attended_event(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the summit of "attended the summit", "it was attended by", "which he attended".

    "Attended the regatta" has none, as no list of events knows that.
    """
    if any(c.dep_ == "agent" for c in verb.children):
        subject = reader.scene.subject(verb)
        due = verb.dep_ == "xcomp" and verb.head.lemma_ == "be"  # "is to be attended by"
        if subject is not None and (subject.dep_ == "nsubjpass" or due):
            return subject if is_event(subject) else _meant_event(reader, subject)
        if verb.i > 1 and verb.nbor(-1).text == "-":  # "was co-chaired by", parsed as two verbs
            before = verb.doc[reader.scene.sentence(verb.i).start : verb.i]
            own = next((t for t in reversed(before) if is_event(t)), None)
            meant = next((t for t in before if t.lower_ in _IT), None)
            return own or (_meant_event(reader, meant) if meant is not None else None)
    first = verb.head if verb.dep_ == "conj" and verb.head.tag_ == "VBN" else verb
    told = event_of_clause(first) if first.dep_ in {"acl", "advcl"} else None
    if told is not None and verb.tag_ == "VBN":
        return told  # "the summit in Lima, attended by the premier", "chaired by X and attended by"
    if (of := _event_of_relative(reader, verb)) is not None:
        return of
    if first != verb and is_hosted_aside(first):  # "a summit, hosted by Peru and attended by A"
        before = verb.doc[first.head.i : first.i]
        return next((t for t in reversed(before) if is_event(t)), None)
    end = min(reader.scene.sentence(verb.i).end, verb.i + 22)
    for i in range(verb.i + 1, end):
        token = reader.scene.doc[i]
        if is_body_led(token) or _is_left(token, verb) or is_on_way_to(token):
            continue
        if is_event(token) and not (verb.lemma_ != "attend" and _is_past_it(token, verb)):
            return _rite_of_opening(token)
        if token.pos_ == "VERB" and token.tag_ not in {"VBN", "VBG"}:
            return None
    return None


def _is_left(event: Token, verb: Token) -> bool:
    """Tell the meeting of "will head from a meeting in Lima to talks in Quito"."""
    prep = event.head
    return event.dep_ == "pobj" and prep.lower_ == "from" and prep.head == verb


def _rite_of_opening(event: Token) -> Token:
    """Return the ceremony of "the opening ceremony", "the closing session", else the event."""
    named = event.dep_ == "compound" and event.lower_ in word_set("opening_of_event")
    return event.head if named and is_event(event.head) else event


def _event_of_relative(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the summit of "the summit in Lima, which the premier attended", "is to attend".

    So of "the summit in Lima next week, which he attends", whatever the parse hangs the clause on;
    also that of "two summits, one in Peru and the other in Chile, which the premier will attend".
    """
    clause = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" else verb
    if clause.dep_ not in {"relcl", "advcl"} or not _is_whose_object(verb):
        return None
    over = clause.head
    if clause.dep_ == "relcl" and (event := _event_over(over)) is not None:
        return event
    dated = clause.dep_ == "advcl" or over.i in reader.clock.covered
    if not dated and (over.pos_ != "PROPN" or over.head.lower_ != "in"):
        return None
    opens = next(c.i for c in verb.children if c.lower_ in {"which", "that"})
    for token in reversed(verb.doc[reader.scene.sentence(verb.i).start : opens]):
        apart = token.pos_ in VERBS or (token.pos_ == "NOUN" and dated)
        if is_event(token):
            return token
        if apart and token.i not in reader.clock.covered:
            return None  # "told the forum in Lima to end the raids, which X attends to"
    return None


def _event_over(noun: Token) -> Token | None:
    """Return an event, or that of which a noun tells: the conference of "a conference on trade"."""
    of = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "prep" else noun
    return next((t for t in (noun, of) if is_event(t)), None)


def _is_whose_object(verb: Token) -> bool:
    return any(
        c.dep_ in OBJECTS and c.lower_ in {"which", "that"} and c.i < verb.i for c in verb.children
    )


def _meant_event(reader: ArgumentReader, subject: Token) -> Token | None:
    """Return the event that opens the sentence before "It was chaired by"."""
    if subject.lower_ in {"which", "that"} and subject.head.dep_ == "relcl":
        return event_of_clause(subject.head)  # "addressed the meeting, which was attended by"
    number = reader.scene.sentence_of[subject.i]
    before = reader.scene.sentences[number - 1] if number and subject.lower_ in _IT else ()
    return next(
        (t for t in before if is_event(t) and t.dep_ in {"nsubj", "nsubjpass", "dobj"}), None
    )


def _is_past_it(event: Token, verb: Token) -> bool:
    """Tell "speaking after the meeting", which may be anywhere, not "presiding over" it."""
    while event.dep_ == "compound":
        event = event.head  # "speaking as the Security Council debates"
    prep = event.head
    if prep.lower_ == "over" and verb.lemma_ == "preside":
        return False
    return event.dep_ == "pobj" and prep.head == verb and prep.lower_ in word_set("beside_event")


__all__ = ["attended_event", "event_that_opens", "place_of_attended", "whatever_attended"]
