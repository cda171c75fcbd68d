"""Who travels and who receives by the verb over a trip's noun: "Peru received a visit by X"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.nouns.noun_owners import noun_actors
from pipeline.stages.visits.nouns.trip_topics import is_known, is_topic
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travel.setting_out import set_out_before

#: How many sentences back the trip may be told that "the visit" means.
_BACK = 2
#: How many prepositions lead from "ahead of the visit", "prior to it" to their first.
_PREPS = 2


def sides_of_noun(
    reader: ArgumentReader, noun: Token, governor: Token | None
) -> tuple[list[Actor], list[Actor]] | None:
    """Return who travels and who receives; None where the subject only goes with another.

    "The minister joined the king on a visit to Peru" is the king's, "joined the staff on a visit"
    nobody's.
    """
    own = noun_actors(reader, noun)
    if governor is None:
        verb = governing_verb(noun)
        subject = reader.scene.subject(verb) if verb is not None else None
        subjects = reader.scene.actors(subject) if subject is not None else []
        return _named_for(noun, own, subjects, first=is_first(reader.scene, noun)), []
    subject = reader.scene.subject(governor)
    subjects = reader.scene.actors(subject) if subject is not None else []
    subjects = [a for a in subjects if not reader.sends(a)] or subjects
    if subject is None and governor.lemma_ in words("light") and governor.i < noun.i:
        nearest = reader.scene.nearest_before(governor.i)
        subjects = [nearest] if nearest is not None else []
    if not subjects and governor.lemma_ in word_set("promises_to_come"):
        nearest = reader.scene.nearest_before(governor.i)
        subjects = reader.scene.each_of(nearest) if nearest is not None else []
    passive = any(c.dep_ == "nsubjpass" for c in governor.children)
    own = _named_for(noun, own, subjects, first=is_first(reader.scene, noun))
    hosted = governor.lemma_ in words("host_of_trip") and not passive
    if not own and not passive and (landed := _met_on_arrival(reader, noun, governor)) is not None:
        return (landed, subjects) if landed else None
    if hosted and not own and _gets_welcome(noun, governor):
        return [a for a in subjects if not a.is_party], []
    if hosted and {a.key for a in own} & {a.key for a in subjects}:
        return own, []  # "received an invitation for a visit from B"
    if hosted and _are_compatriots(own, subjects):
        return own, []  # "Peru's envoy is in Lome to prepare a visit by its president"
    if hosted:
        away = [] if own else _on_a_trip(reader, noun, governor, subjects)
        return (away, []) if away else (own, subjects)
    if governor.lemma_ in word_set("goes_with") and not passive:
        led = [a for c in governor.children if c.dep_ == "dobj" for a in reader.scene.actors(c)]
        if {a.key for a in own} <= {a.key for a in subjects}:
            own = [a for a in led if not a.is_party]
        if not own:
            return None
    if not own and not subjects and subject is not None:
        own = _of_tour(reader, subject)
    told = governor.lemma_ in words("speech") and is_known(noun)
    onlooker = governor.lemma_ in word_set("onlooker") and noun.head == governor
    topic = governor.lemma_ in word_set("topic_of_talk") and is_known(noun)
    told = told or (topic and noun.head.lower_ in word_set("on_topic")) or is_topic(noun)
    told = told or _is_before_anothers(reader, noun, subjects) or _is_of_body(noun)
    told = told or (onlooker and not any(c.dep_ == "prt" for c in governor.children))
    if not own and not told and (subject is None or noun not in {subject, *subject.conjuncts}):
        own = _guests_at(reader, governor, subjects)
    return own, []


def _met_on_arrival(reader: ArgumentReader, noun: Token, governor: Token) -> list[Actor] | None:
    """Return B of "A met B on arrival", who has arrived; None of "On arrival, A met B"."""
    bare = noun.lemma_ == "arrival" and not any(True for _ in noun.lefts)
    met = governor.i < noun.i and governor.lemma_ in word_set("sees_guest_at_home")
    if not bare or not met or noun.head.lower_ not in {"on", "upon"}:
        return None
    objects = [c for c in governor.children if c.dep_ in OBJECTS and c.i < noun.i]
    if not objects:
        return None
    return [a for c in objects for a in reader.scene.actors(c) if not a.is_party]


def _are_compatriots(own: Sequence[Actor], subjects: Sequence[Actor]) -> bool:
    """Tell those who see to a trip of their own land's leader from those who receive a guest."""
    lands, homes = {a.country for a in subjects}, {a.country for a in own}
    return bool(lands) and None not in lands and lands <= homes


def _is_before_anothers(reader: ArgumentReader, noun: Token, subjects: Sequence[Actor]) -> bool:
    """Tell "A is in Lima. Prior to the visit, B briefed the press": the visit is not B's."""
    node, depth = noun.head, 0
    while node.lower_ not in words("before_trip") and depth < _PREPS and node.pos_ != "VERB":
        node, depth = node.head, depth + 1
    if node.lower_ not in words("before_trip") or not is_known(noun):
        return False
    number = reader.scene.sentence_of
    last = next((c for c in reversed(reader.told) if c.actor is not None), None)
    near = last is not None and 0 < number[noun.i] - number[last.at] <= _BACK
    keys = {a.key for a in subjects}
    return near and last is not None and last.actor is not None and last.actor.key not in keys


def _is_of_body(noun: Token) -> bool:
    """Tell "praised the visit of the Malian presidency", whose visit it is, not who praises it.

    Not the states of "a tour of the Baltic states".
    """
    bodies = word_set("sends_as_state") - {"state"}
    return any(head.lemma_.lower() in bodies for head in prep_objects(noun, "of", "by"))


def _gets_welcome(noun: Token, governor: Token) -> bool:
    """Tell "Upon arrival, he received a warm welcome from X": he arrived, not X."""
    got = (c for c in governor.children if c.dep_ in OBJECTS and c != noun)
    return any(c.lemma_.lower() in word_set("welcome_given") for c in got)


def _on_a_trip(
    reader: ArgumentReader, noun: Token, governor: Token, subjects: Sequence[Actor]
) -> list[Actor]:
    """Return A of "A, on a visit to Lima, received B": who is on a trip is no host of it.

    Nor is A of "A is preparing a visit to Lima", "prepares for a tour", "for Peru visit".
    "Peru's president, on a visit by A, received B" has no place; a Peruvian is at home in Lima.
    """
    prep = noun.head
    aimed = prep.lower_ == "for" and prep.head == governor
    readied = aimed or noun.dep_ == "dobj"
    readied = readied and governor.lemma_ in word_set("readies_own_trip")
    outside = noun.dep_ != "pobj" or noun.i > governor.i
    if not readied and (outside or prep.lower_ not in word_set("on_a_trip")):
        return []
    leads = noun.lemma_ in word_set("leads_through")
    preps = {"to", "of", "through", "across"} if leads else {"to"}
    lands = {s.country for to in noun.children if to.lower_ in preps for s in _spots(reader, to)}
    before = [c for c in noun.children if c.i < noun.i]
    lands |= {s.country for c in before if c.dep_ == "compound" for s in reader.scene.spots(c.i)}
    owned = {c.lower_ for c in before if c.dep_ in {"det", "poss"}}
    alone = noun.tag_ == "NNS" or owned <= {"a", "an", "his", "her"}
    named = lands or (readied and leads)
    told = [a for a in subjects if a.country not in lands and not a.is_party]
    if not owned:  # "officials prepare for Peru visit": hardly their own
        told = [a for a in told if a.reference.name or a.reference.role_kind]
    return told if alone and named else []


def _spots(reader: ArgumentReader, prep: Token) -> Sequence[Spot]:
    return reader.scene.spots(prep.i + 1)


def _guests_at(reader: ArgumentReader, meeting: Token, subjects: Sequence[Actor]) -> list[Actor]:
    """Return B of "A met B in Lima on a tour", where A is at home, else A.

    Who is asked to come is no guest yet: "A invited B to Lima during a visit to Suva" is A's.
    """
    lands = {actor.country for actor in subjects} - {None}
    told = (c for c in reader.told if c.at == meeting.i and c.destination in lands)
    guests = [c.actor for c in told if c.actor is not None and c.status != "invited"]
    return guests or [actor for actor in subjects if not actor.is_party]


def _named_for(
    noun: Token, own: list[Actor], subjects: Sequence[Actor], *, first: bool
) -> list[Actor]:
    """Put Obama for "a president" in "Obama opened the first visit by an American president"."""
    if len(own) != 1 or own[0].reference.name:
        return own
    doc, at = noun.doc, own[0].token
    if own[0].reference.definite and not any(c.lower_ in {"a", "an"} for c in doc[at].children):
        return own
    same = [a for a in subjects if a.reference.name and a.country == own[0].country]
    if not same and not is_country(own[0].country or ""):  # "the first visit by an EU leader"
        made = {t.lemma_ for t in noun.ancestors} & (words("light") | {"follow"})
        same = [a for a in subjects if a.reference.name and first and made]
    return same[:1] or own


def is_crowning(trip: Token) -> bool:
    """Tell the trip of "her trip capped a flurry of visits", which others have made, by its head.

    "Her tour included a string of visits", "her trip follows trips to Peru" do not fire.
    """
    verb = trip.head
    if verb.lemma_ not in word_set("crowns_series") or trip.dep_ not in SUBJECTS:
        return False
    objects = (c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i)
    many = (t for c in objects for t in prep_objects(c, "of") if t.tag_ in PLURALS)
    return any(t.lemma_ in noun_rules() for t in many)


def _of_tour(reader: ArgumentReader, subject: Token) -> list[Actor]:
    """Return whose "tour, which included a visit to Angola" it is."""
    if is_crowning(subject):
        return []
    relative = subject.dep_ in SUBJECTS and subject.lower_ in {"which", "that"}
    noun = subject.head.head if relative else subject
    start = reader.scene.sentence(noun.i).start
    while relative and noun.lemma_ not in noun_rules() and noun.i > start:
        noun = noun.nbor(-1)
    if noun.lemma_ not in noun_rules() and noun.lemma_ not in word_set("plan_of_journey"):
        return []
    verb = governing_verb(noun)
    told = verb is not None and verb.lemma_ in words("speech")  # by another: "he said the trip …"
    over = verb if verb is not None and verb != subject.head and not told else None
    above = reader.scene.subject(over) if over is not None else None
    further = reader.scene.actors(above) if above is not None and above != subject else []
    # "the trip will include a visit to Togo"
    known = subject.head.lemma_ in word_set("includes_stop") and is_known(noun)
    last = set_out_before(reader, noun) if known else None
    last = last or next((told.actor for told in reversed(reader.told) if told.actor), None)
    own = noun_actors(reader, noun) or [a for a in further if not a.is_party]
    return own or ([last] if known and last is not None else [])


__all__ = ["is_crowning", "sides_of_noun"]
