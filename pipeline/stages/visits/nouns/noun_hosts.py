"""At whose place a trip is made whose own place is not told: "a visit to meet the king of Peru"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.at_home import is_visiting
from pipeline.stages.visits.nouns.noun_owners import is_aim
from pipeline.stages.visits.nouns.set_by_visit import has_readied, readies_place
from pipeline.stages.visits.tables import word_set

#: How far into a briefing the seat is named that gives it, in characters.
_HEADING = 300


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
    acts = verb.lemma_ in word_set("host_acts")
    acts = acts or readies_place(verb) or has_readied(reader, verb)
    subject = _subject(reader, verb) if acts else None
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


__all__ = ["host_in_aim", "host_of_clause", "host_on_leg"]
