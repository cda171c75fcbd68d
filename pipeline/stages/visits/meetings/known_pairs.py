"""Meetings of two of whom the text tells elsewhere: "their November summit in Muscat"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_noun
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import PLURALS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.pair_meetings import is_of_others, met_there, owner_of_meeting
from pipeline.stages.visits.meetings.seats import own_seat
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.tables import verb_rules, word_set

#: How many sentences before a meeting those may be told who meet, and how many behind it.
_BEFORE, _BEHIND = 4, 2


def known_pair_met(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "their November summit in Muscat", "the failed summit in Muscat" behind A and B.

    "The NATO summit in Muscat", "a summit of Nordic leaders in Muscat", a call, what is done on
    the sidelines of an event, and what more than two leaders are told of before do not fire.
    """
    if not _is_of_pair(noun) or _is_aside(reader, noun) or is_of_others(reader, noun):
        return
    spot = own_seat(reader, noun)
    fact = _fact(noun) if spot is not None else None
    if spot is None or fact is None or fact.status is None or not is_country(spot.country):
        return
    sides = _known_pair(reader, noun)
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    for side in sides:
        other = _has_sent(reader, noun, side, spot)
        if side.country != spot.country and not is_seated(side, spot.country) and not other:
            yield met_there(reader, noun, rule, side=side, sides=sides, spot=spot, fact=fact)


def _has_sent(reader: ArgumentReader, noun: Token, side: Actor, spot: Spot) -> bool:
    """Tell one whose envoy is told before a meeting to have come where it was held: it is his."""
    numbers = {n for _, n in reader.scene.backwards(reader.scene.sentence_of[noun.i], _BEFORE)}
    near = (t for t in reader.told if reader.scene.sentence_of[t.at] in numbers)
    own = [
        t.actor
        for t in near
        if t.actor is not None and (t.origin, t.destination) == (side.country, spot.country)
    ]
    return bool(own) and all(actor.key != side.key and actor.reference.name for actor in own)


def _is_of_pair(noun: Token) -> bool:
    """Tell a meeting that is said to be of two, or by its adjective can be of no more."""
    if any(t.lower_ in words("remote") for t in noun.subtree):
        return False
    owner = owner_of_meeting(noun)
    if owner is not None:
        return owner.lower_ in word_set("of_them") or _are_the_two(owner)
    heads = prep_objects(noun, "between", "of")
    if heads:
        return any(_are_the_two(h) for h in heads)
    known = {c.lower_ for c in noun.children} & word_set("summit_of_two")
    return bool(known) and noun.lemma_.lower() in word_set("met_by_leaders")


def _are_the_two(noun: Token) -> bool:
    """Tell "the leaders", "the two", "the rivals' leaders", not "Nordic", "the bloc's leaders"."""
    known = noun.lower_ in word_set("pair_told", "two_told")
    own = [c for c in noun.children if c.dep_ not in {"case", "punct"} and c.i < noun.i]
    plain = all(c.lower_ in {"the", "two", "their", "both"} or _is_owned_by_pair(c) for c in own)
    return known and plain and bool(own) and noun.text.islower()


def _is_owned_by_pair(owner: Token) -> bool:
    """Tell "the rivals' leaders", of both of them, from "the region's leaders", of many."""
    return owner.dep_ == "poss" and (owner.tag_ in PLURALS or owner.pos_ != "NOUN")


def _is_aside(reader: ArgumentReader, noun: Token) -> bool:
    """Tell a meeting on the sidelines of an event."""
    behind = reader.scene.doc[noun.i : reader.scene.sentence(noun.i).end]
    return are_on_sidelines(behind)


def _fact(noun: Token) -> Fact:
    """Return what is told of a meeting: "since their summit", "last year" it has been held."""
    over = noun.head.lower_ if noun.dep_ == "pobj" else ""
    dated = {t.lower_ for t in noun.subtree if t.ent_type_ == "DATE"}
    held = over == "since" or bool(dated & words("former_edition", "earlier_edition"))
    return Fact("completed") if held else fact_of_noun(noun)


def _known_pair(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return the two leaders of whom the sentences before a meeting tell, else those behind it.

    None where those of three countries are told of as near.
    """
    scene, number = reader.scene, reader.scene.sentence_of[noun.i]
    leading = words("leads_land") | word_set("heads_body")  # "Chairman Kim"
    found: dict[str, Actor] = {}
    last = len(scene.sentences) - 1
    ahead = range(number + 1, min(number + _BEHIND, last) + 1)
    for at in [*(at for _, at in scene.backwards(number, _BEFORE)), number, *ahead]:
        if at == number + 1 and found:
            break  # one is told of before, the other only behind: no pair of the meeting
        sentence = scene.sentences[at]
        if sentence.start < scene.story.start or sentence.start >= scene.story.end:
            continue
        for i in range(sentence.start, sentence.end):
            for reference in scene.at(i):
                leads = reference.role_kind in leading and reference.kind == "person"
                if leads and is_country(reference.country or "") and not reference.guessed:
                    found.setdefault(reference.country or "", Actor(reference, i, 0.9))
        if len(found) > 1:
            break
    return list(found.values()) if len(found) == 2 else []


__all__ = ["known_pair_met"]
