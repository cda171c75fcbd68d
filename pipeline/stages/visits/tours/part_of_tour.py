"""Whose trip a noun tells that names a part of another's, or the whole of which that is a part."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import Fact, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import ADNOMINAL, OBJECTS, PRESENT, SUBJECTS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import noun_rules, word_set

#: How many sentences back a trip may be told of which "the visit" speaks.
_REACH = 1
#: How many sentences back the visit may be told that is called a part of a tour.
_PART_REACH = 3


def owners_by_part(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of the stops of "X is on a tour with stops in Peru", "that includes stops in Peru".

    Also X of the tour of "X's visit is part of a tour of Asia", "the visit is part of a tour".
    """
    whole = whole_of(noun)
    if whole is not None:
        return _told_at(reader, whole)
    part = _part(noun)
    if part is None:
        return []
    return _told_at(reader, part) or (_told_last(reader, part) if _is_known(part) else [])


def fact_of_stop(noun: Token, spot: Spot | None) -> Fact | None:
    """Return what "a tour that will include Peru", "that included Peru" tells of that stop.

    "His tour also includes Peru", told beside another stop, leaves that one ahead.
    """
    over = noun.head
    also = noun.dep_ == "nsubj" and any(c.lower_ == "also" for c in over.children)
    if also and over.lemma_ in words("takes_in") and over.tag_ in PRESENT:
        return Fact("planned", weak=True)
    for clause in noun.children:
        if clause.dep_ == "relcl" and clause.lemma_ in word_set("includes_stop"):
            tense = tense_of(clause) if spot is not None and spot.start > clause.i else None
            if tense == "future":
                return Fact("planned", weak=True)
            return Fact("completed", weak=True) if tense == "past" else None
    return None


def fact_of_whole(reader: ArgumentReader, noun: Token) -> Fact | None:
    """Return what is told of the tour in "ahead of his tour of Asia, which includes Peru".

    A stop in Peru is as far ahead as the tour is, though "includes" is of the present.
    """
    if _is_part_of_whole(noun) and _is_part_ahead(reader, noun):
        return Fact("planned", weak=True)
    whole = whole_of(noun) or _including(noun)
    if whole is None or (noun.head.pos_ in VERBS and tense_of(noun.head) == "past"):
        return None
    facts = [c.fact for c in reader.told if c.at == whole.i]
    ahead = bool(facts) and all(fact.status == "planned" for fact in facts)
    ahead = ahead or (_is_all_of_part(whole) and _is_part_ahead(reader, whole))
    return Fact("planned", weak=True) if ahead else None


def _is_all_of_part(whole: Token) -> bool:
    """Tell the tour of "the visit is part of a tour", "Peru is part of his tour"."""
    part = whole.head.head
    of = whole.dep_ == "pobj" and whole.head.lower_ == "of"
    return of and part.lower_ in words("part_of_tour") and part.head.lemma_ == "be"


def _is_part_of_whole(noun: Token) -> bool:
    """Tell the visit, and the tour, of "the visit is part of a tour, which includes Peru"."""
    parts = [
        c for c in noun.head.children if c.dep_ == "attr" and c.lower_ in words("part_of_tour")
    ]
    subject = noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and bool(parts)
    return (subject and tense_of(noun.head) == "present") or _is_all_of_part(noun)


def _is_part_ahead(reader: ArgumentReader, whole: Token) -> bool:
    """Tell whether the trip told last before a tour, a part of it, is yet to come."""
    number = reader.scene.sentence_of
    before = [c for c in reader.told if c.at < whole.i and c.actor is not None]
    near = [c for c in before if number[whole.i] - number[c.at] <= _PART_REACH and c.destination]
    return bool(near) and near[-1].status == "planned"


def is_of_tour_alone(reader: ArgumentReader, noun: Token) -> bool:
    """Tell the stops of "arrived on Monday on a tour that will include Peru": no Monday is theirs.

    Nor of "began on Monday a stay in Chile, part of a tour which also included Peru", "the next
    stop on his tour of Africa, which includes Peru". Those of "a tour that will include Peru on
    Monday", "began on Monday a tour that included Peru" may have it.
    """
    clauses = [c for c in noun.subtree if c.dep_ in {"relcl", "acl", "prep"} and c.i > noun.i]
    due = (h for c in clauses if c.lemma_ in words("plan") for h in c.children if h.dep_ == "xcomp")
    clauses = [c for c in (*clauses, *due) if c.lemma_ in word_set("includes_stop")]
    if not clauses or any(t.i in reader.clock.starts for t in clauses[0].subtree):
        return False
    ahead = tense_of(clauses[0]) == "future"
    ahead = ahead or any(c.lower_ == "also" for c in clauses[0].children)
    return ahead or _is_beside_stop(reader, noun) or _is_named_behind(noun)


def _is_named_behind(noun: Token) -> bool:
    """Tell "to Chile, the next stop on his tour", and its tour, from "the next stop is Chile"."""
    leg = noun.head.head if noun.dep_ == "pobj" else noun
    behind = leg.left_edge.i > 0 and leg.left_edge.nbor(-1).text in {",", "–", "—", "--"}
    return behind and leg.lemma_ in words("leg_of_tour") and leg.dep_ not in SUBJECTS


def _is_beside_stop(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "visited Chile on a tour": the verb over the tour leads to a place of its own.

    So "flew to Chile, the next stop on his tour".
    """
    verb = governing_verb(noun) if noun.dep_ in {"pobj", "appos"} else None
    if verb is None:
        return False
    led = (c for c in reversed(reader.told) if c.at == verb.i)
    return any(c.spot is not None or c.destination is not None for c in led)


def is_of_land_left_out(noun: Token) -> bool:
    """Tell "The tour does not take in Peru": of the tour, no more is told than where it leads not.

    "The tour will not take place", "does not include talks" are for others to read.
    """
    verb = noun.head
    if noun.dep_ != "nsubj" or not is_negated(verb):
        return False
    if verb.lemma_ == "take":
        return any(c.lower_ == "in" and c.i == verb.i + 1 for c in verb.children)
    return verb.lemma_ in words("takes_in")


def is_later_leg(noun: Token) -> bool:
    """Tell the trip of "for the last leg of the trip, X will head to Lima on Friday".

    So of "Peru is the last country on his tour, which began on Friday". The Friday is not of the
    land told before; that of "on the first leg of the trip" may be, but not of "as the first stop
    of his tour, X landed in Lima on Friday".
    """
    part = noun.dep_ == "pobj" and noun.head.lower_ in {"of", "on", "in"}
    over = noun.head.head if part else noun
    legs = words("leg_of_tour") | (word_set("each_of_them") if part else set())
    leg = over if over.lemma_ in legs else noun
    if leg.lemma_ == "stop" and leg.head.lower_ == "as":
        return True
    later = words("order_of_leg") - {"first", "1st"}
    return leg.lemma_ in legs and any(c.lower_ in later for c in leg.children)


def whole_of(noun: Token) -> Token | None:
    """Return the tour of which stops are told."""
    over = noun.head
    if noun.dep_ == "pobj" and over.lower_ in {"including", "with"}:
        whole = over.head
    elif noun.dep_ in OBJECTS and over.dep_ in ADNOMINAL:
        takes = over.lemma_ in word_set("includes_stop") | words("takes_in")
        whole = over.head if takes else noun
    else:
        return None
    if whole.lemma_ in word_set("part_noun"):  # "the first leg of her visit – which includes stops"
        behind = prep_objects(whole, "of")
        whole = next((h for h in behind if h.lemma_ in noun_rules()), whole)
    return whole if whole.lemma_ in noun_rules() and whole.i < noun.i else None


def _including(noun: Token) -> Token | None:
    """Return the tour of "his tour of Asia, which includes a stop in Peru", "his tour includes"."""
    verb = noun.head
    if noun.dep_ not in OBJECTS or verb.lemma_ not in word_set("includes_stop"):
        return None
    if verb.dep_ != "relcl":
        return next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    whole = verb.head
    while whole.dep_ == "pobj" and whole.lemma_ not in noun_rules() and whole.head.dep_ == "prep":
        whole = whole.head.head
    return whole


def _part(noun: Token) -> Token | None:
    """Return the visit of "the visit is part of a tour"."""
    of = noun.head
    if noun.dep_ != "pobj" or of.lower_ != "of" or of.head.lower_ not in words("part_of_tour"):
        return None
    verb = of.head.head
    if of.head.dep_ != "attr" or verb.lemma_ != "be":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject if subject is not None and subject.lemma_ in noun_rules() else None


def _told_at(reader: ArgumentReader, noun: Token) -> list[Actor]:
    found = {c.actor.key: c.actor for c in reader.told if c.at == noun.i and c.actor is not None}
    return list(found.values())


def _is_known(noun: Token) -> bool:
    """Tell "the visit", "this trip", told of before."""
    return any(c.lower_ in {"the", "this"} for c in noun.children if c.i < noun.i)


def _told_last(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who was told last to travel, if alone, in the sentence before."""
    number = reader.scene.sentence_of[noun.i]
    near = [c for c in reader.told if number - reader.scene.sentence_of[c.at] <= _REACH]
    found = {c.actor.key: c.actor for c in near if c.actor is not None and c.at < noun.i}
    return list(found.values()) if len(found) == 1 else []


__all__ = [
    "fact_of_stop",
    "fact_of_whole",
    "is_later_leg",
    "is_of_land_left_out",
    "is_of_tour_alone",
    "owners_by_part",
    "whole_of",
]
