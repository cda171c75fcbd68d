"""At whose place a trip is made whose own place is not told: "a visit to meet the king of Peru"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import OBJECTS, UNDERGONE
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.at_home import is_visiting
from pipeline.stages.visits.nouns.noun_owners import is_aim
from pipeline.stages.visits.tables import word_set

#: How far into a briefing the seat is named that gives it, in characters.
_HEADING = 300
#: What of a clause may hold the town: "police in Lima detained", "held drills in Lima".
_OWN_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "advmod", "acomp", "prep"})


def host_in_aim(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> Actor | None:
    """Return the king of "a visit to (meet) the king of Peru", who is called on at home."""
    aims = [c for c in noun.children if is_aim(c, noun) and c.lemma_ in word_set("calls_in_aim")]
    met = [c for aim in aims for c in aim.children if c.dep_ in OBJECTS]
    led = (c for c in noun.children if c.lower_ == "to" and noun.lemma_ in word_set("pays_call"))
    called_on = [c for prep in led for c in prep.children if c.dep_ == "pobj"] if not met else []
    hosts = [a for head in (*met, *called_on) for a in reader.scene.actors(head)]
    leads = words("leads_land") | word_set("calls_at_home") | {"pope"}
    leads |= word_set("called_on") if called_on else set()
    if len(hosts) != 1 or hosts[0].reference.role_kind not in leads or hosts[0].reference.guessed:
        return None
    foreign = {a.country for a in own} - {None, hosts[0].country}
    return hosts[0] if foreign and not is_visiting(reader, hosts[0]) else None


def host_on_leg(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> str | None:
    """Return Peru of "met Peruvian President X on the first leg of his tour".

    Whom one "met in Geneva on the first leg" may have come there, as to the town of a dateline.
    """
    part = noun.head.head if noun.head.lower_ == "of" else noun
    verb = governing_verb(noun)
    if verb is None or part.lemma_ not in word_set("leg_noun") or reader.scene.here is not None:
        return None
    if verb.lemma_ not in word_set("meets_guest") or reader.places(verb, ("in", "at")):
        return None
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    withs = (c for c in verb.children if c.lower_ == "with" and c.i < noun.i)
    objects += [h for prep in withs for h in prep.children if h.dep_ == "pobj"]
    met = [a for head in objects for a in reader.scene.actors(head)]
    foreign = {a.country for a in own} - {None}
    at_home = words("leads_land") | word_set("called_on")
    met = [a for a in met if a.reference.role_kind in at_home and not a.reference.guessed]
    lands = {a.country for a in met if not is_visiting(reader, a)}
    told = foreign and len(lands) == 1 and not lands & foreign
    land = next(iter(lands)) if told else None
    return land if is_country(land or "") else None


def host_of_clause(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> str | None:
    """Return Peru of "Lima tightened security ahead of a visit by X", "signed it during his visit".

    And of "security was tight in Lima ahead of a visit by X".

    "Peru protested ahead of a visit by X", to whomever, does not fire.
    """
    verb = governing_verb(noun)
    foreign = {a.country for a in own if a.country}
    if foreign and (seat := _announcing(reader, noun, foreign)) is not None:
        return seat
    if verb is not None and foreign and (land := _thanking(reader, noun, verb, foreign)):
        return land
    if verb is None or not foreign or preposition_of(noun) not in word_set("set_around_trip"):
        return None
    town = _town_of_clause(reader, verb, noun, foreign)
    if town is not None:
        return town.country if town.country not in foreign else None
    frees = verb.lemma_ in word_set("frees") and _frees_held(verb)
    readies = frees or verb.lemma_ in word_set("host_readies") or _has_readied(reader, verb)
    subject = _subject(reader, verb) if readies else None
    if subject is None:
        return None
    hosts = {
        reference.country: None
        for token in subject.subtree
        for reference in reader.scene.at(token.i)
        if is_country(reference.country or "") and reference.country not in foreign
    }
    return next(iter(hosts)) if len(hosts) == 1 else None


def _thanking(
    reader: ArgumentReader, noun: Token, verb: Token, foreign: Collection[str]
) -> str | None:
    """Return Peru of "Peru's president thanked X for his visit", of whoever leads it."""
    if preposition_of(noun) != "for" or verb.lemma_ not in word_set("thanks_guest"):
        return None
    subject = reader.scene.subject(verb)
    hosts = reader.scene.actors(subject) if subject is not None else []
    led = words("leading_class")
    lands = {a.country for a in hosts if a.reference.role_kind in led and not a.reference.guessed}
    land = next(iter(lands)) if len(lands) == 1 else None
    return land if is_country(land or "") and land not in foreign else None


def _frees_held(verb: Token) -> bool:
    """Tell "freed 40 dissidents", a gesture to a guest, from "released a report"."""
    objects = (c for c in verb.children if c.dep_ in UNDERGONE)
    return any(held.lemma_ in word_set("held_by_state") for held in objects)


def _subject(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return who acts: Peru of "Peru said it would free 40 dissidents"."""
    subject = reader.scene.subject(verb)
    told = subject is not None and subject.lower_ == "it" and verb.dep_ == "ccomp"
    return reader.scene.subject(verb.head) if told else subject


def _announcing(reader: ArgumentReader, noun: Token, foreign: Collection[str]) -> str | None:
    """Return the United States of "the White House said that X's visit would take place".

    So where its briefing is "to preview the visit of X". A ministry may speak of any visit.
    """
    for verb in noun.ancestors:
        if verb.pos_ != "VERB" or verb.lemma_ not in word_set("tells_of_guest"):
            continue
        subject = reader.scene.subject(verb)
        told = subject.subtree if subject is not None and subject.pos_ == "PROPN" else []
        seats = [r.country for t in told for r in reader.scene.at(t.i) if r.form == "metonym"]
        if subject is not None and any(r.form == "metonym" for r in reader.scene.at(subject.i)):
            return next((s for s in seats if s and s not in foreign), None)
        if verb.lemma_ == "preview" and not seats:
            heading = (r for r in reader.scene.references if r.start < _HEADING)
            seated = [r.country for r in heading if r.form == "metonym" and r.country]
            return next((s for s in seated if s not in foreign), None)
    return None


def _town_of_clause(
    reader: ArgumentReader, verb: Token, noun: Token, foreign: Collection[str]
) -> Spot | None:
    """Return Lima of "security was tight (tightened) in Lima ahead of the arrival of X".

    So of "preparations are under way in Lima for a visit by X"; "a deal was signed in Geneva ahead
    of a visit by X", "Turkey sent aid to Gaza ahead of the trip of its president" tell not where he
    goes.
    """
    readied = _is_readied(reader, verb) and noun.lemma_ in word_set("comes_to_hosts")
    subject = reader.scene.subject(verb) if readied else None
    parts = subject.subtree if subject is not None else ()
    doers = {reference.country for token in parts for reference in reader.scene.at(token.i)}
    readied = readied and doers.isdisjoint(foreign)
    bare = verb.lemma_ == "be" and any(c.dep_ == "acomp" for c in verb.children)
    if not bare and not readied:
        return None
    places = word_set("stands_in") if readied else {"in"}
    near = [verb, *(c for c in verb.children if c.dep_ in _OWN_PARTS)] if readied else [verb]
    preps = [c for head in near for c in head.children if c.lower_ in places]
    preps = [c for c in preps if c.i < noun.i or noun.i < verb.i]
    spots = (spot for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1])
    town = next((spot for spot in spots if readied or spot.is_town), None)
    lands = {code for code in doers if readied and is_country(code or "")}
    if town is not None and not lands <= {town.country}:
        return None  # "Turkish troops deployed in Libya"
    return town


def _is_readied(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "security was stepped up", "police arrested", of what is done where a guest comes.

    Not "stocks rallied", "negotiators closed a deal".
    """
    if any(part.lemma_ in word_set("no_place_readied") for part in _parts(reader, verb)):
        return False
    return verb.lemma_ in word_set("readies_place") or _has_readied(reader, verb)


def _has_readied(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "preparations are under way", "has begun preparations".

    Not "no preparations", "if preparations were under way", "security was discussed".
    """
    ready = [p for p in _parts(reader, verb) if p.lemma_ in word_set("made_ready")]
    told = verb.lemma_ in word_set("makes_ready") and not is_negated(verb)
    doubted = any(c.dep_ == "mark" and c.lower_ in word_set("doubts") for c in verb.children)
    none = any(c.lower_ == "no" for part in ready for c in part.children)
    return bool(ready) and told and not doubted and not none


def _parts(reader: ArgumentReader, verb: Token) -> list[Token]:
    """Return who does, and to what."""
    subject = reader.scene.subject(verb)
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    return [subject, *objects] if subject is not None else objects


def is_awaited(noun: Token, verb: Token | None) -> bool:
    """Tell "decked out with flags for X's visit", "roads will be closed during it".

    So "a holiday was declared for it", "has banned drones for it", which is done beforehand, and
    "roads will be closed due to measures put in place for it".
    """
    if verb is None:
        return False
    around = preposition_of(noun)
    perfect = any(c.lower_ in {"has", "have"} and c.dep_ == "aux" for c in verb.children)
    owned = any(
        c.lower_ in {"of", "by"} or c.tag_ == "POS" for t in noun.children for c in (t, *t.children)
    )
    over = next((t for t in verb.ancestors if t.pos_ == "VERB"), verb)
    ahead = verb.dep_ == "acl" and any(c.lower_ == "will" for c in over.children)
    beforehand = perfect or ahead or verb.lemma_ in word_set("done_beforehand")
    if around == "for" and owned and beforehand:
        return verb.lemma_ not in word_set("thanks_guest")
    if around == "during":
        throughout = noun.head.head.lower_ in words("all_of_trip")
        will = any(c.lower_ == "will" and c.dep_ == "aux" for c in verb.children)
        return will or (perfect and throughout)
    return around in word_set("set_around_trip") and verb.lemma_ in word_set("readies_place")


__all__ = ["host_in_aim", "host_of_clause", "host_on_leg", "is_awaited"]
