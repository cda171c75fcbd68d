"""Nouns of a journey that look back: whose trip it is, and the places told beside it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.visit import NOT_OVER
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set


def of_leg(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "X is in Laos – the first leg of a trip which includes stops in Peru".

    Whoever is named between is not therefore the traveller.
    """
    sentence = reader.scene.sentence(noun.i)
    before = [t for t in sentence if t.i < noun.i]
    trips = [t for t in before if t.lemma_ in noun_rules() and t.head.lower_ == "of"]
    leg = trips[-1].head.head if trips else None
    if leg is None or leg.lemma_ not in word_set("part_noun") or noun.i - trips[-1].i > 6:
        return []
    opening = leg.left_edge.i
    if noun.doc[max(0, opening - 1)].text not in {",", "–", "—", "--", "-"}:
        return []
    verb = next((t for t in before if t.i < opening and t.dep_ == "ROOT"), None)
    subject = reader.scene.subject(verb) if verb is not None else None
    actors = reader.scene.actors(subject) if subject is not None else []
    return [a for a in actors if not a.is_party and not a.reference.plural]


def trip_gone_on_with(told: Sequence[Candidate], verb: Token | None) -> Candidate | None:
    """Return the trip of which a further stop is told: the last one.

    "A is on a tour of Asia. B was in Seoul in March. Next is Lima" goes on with A's, not so "Next
    was Lima". Behind "A met B in Seoul", to which both have come, it is A's.

    Args:
        told: the trips told shortly before, in order.
        verb: that of the stop.
    """
    last = told[-1] if told else None
    if last is not None and "meeting" in last.notes:
        beside = (c for c in told if c.at == last.at and c.destination == last.destination)
        last = next(beside, last)
    past = verb is not None and verb.pos_ in VERBS and tense_of(verb) == "past"
    if last is None or last.status != "completed" or past:
        return last
    others = (c for c in reversed(told) if c.status in NOT_OVER and not c.is_of(last.actor))
    own = any(c.is_of(last.actor) and c.status in NOT_OVER for c in told)
    return last if own else next(others, last)


def told_before(reader: ArgumentReader, noun: Token) -> Candidate | None:
    """Return the trip without a place that "The visit - to Peru and Chile -" goes on with."""
    last = reader.told[-1] if reader.told else None
    determined = {c.lower_ for c in noun.children} & word_set("anaphor")
    if last is None or not determined or last.actor is None or last.destination is not None:
        return None
    number = reader.scene.sentence_of
    near = number[noun.i] - number[last.at] <= 1
    trip = reader.scene.doc[last.at].lemma_ in noun_rules()
    return last if near and trip and not last.actor.reference.plural else None


def engaged_in(reader: ArgumentReader, noun: Token) -> Sequence[Spot]:
    """Return the places of "following my visit abroad, … my meetings in Samoa, Tonga and Fiji"."""
    sentence = reader.scene.sentence(noun.i)
    own = {c.lower_ for c in noun.children if c.dep_ == "poss"}
    for token in sentence.doc[noun.i + 1 : sentence.end - 2]:
        met = token.lemma_.lower() in word_set("engagement")
        if not met or sentence.doc[token.i + 1].lower_ != "in":
            continue
        first = token
        while first.dep_ == "conj" and first.head != first:
            first = first.head
        if own & {c.lower_ for c in first.children if c.dep_ == "poss"}:
            return reader.scene.spots(token.i + 2)
    return ()


__all__ = ["engaged_in", "of_leg", "told_before", "trip_gone_on_with"]
