"""Meetings that are set for an event abroad: "talks with A and B are planned during the summit"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.tables import verb_rules, word_set

#: How far behind a meeting's noun the event may stand, and before it who has it, in tokens.
_REACH = 26


def meeting_set(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read A and B of "meetings with A and B are set during the June 11 summit in Vienna".

    So A of "A has talks scheduled with B at the summit in Vienna". Nobody of "talks with A on the
    sidelines of the summit", nor of "talks with A are set to resume after the summit".
    """
    plan = _plan_of(noun)
    if plan is None or reader.is_remote(noun):
        return
    sentence = reader.scene.sentence(noun.i)
    behind = noun.doc[noun.i + 1 : min(sentence.end, noun.i + _REACH)]
    if are_on_sidelines(behind) or any(t.lower_ == "not" for t in behind):
        return
    spot = _held_at(reader, noun, plan)
    if spot is None or not is_country(spot.country):
        return
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    for side in _sides(reader, noun):
        foreign = side.country not in {None, spot.country} and is_country(side.country or "")
        if foreign and side.reference.name and not is_seated(side, spot.country):
            fact = Fact("planned", weak=True)
            yield reader.make_met(rule, noun, actor=side, spot=spot, fact=fact)


def _plan_of(noun: Token) -> Token | None:
    """Return the "set" of "meetings with A are set", "has meetings set with A"."""
    verb = noun.head
    if noun.dep_ == "nsubjpass" and verb.lemma_ in words("plan") and verb.tag_ == "VBN":
        return verb
    if noun.dep_ not in OBJECTS or verb.lemma_ != "have":
        return None
    beside = (c for over in (noun, verb) for c in over.children if c.i > noun.i)
    return next((c for c in beside if c.tag_ == "VBN" and c.lemma_ in words("plan")), None)


def _held_at(reader: ArgumentReader, noun: Token, plan: Token) -> Spot | None:
    """Return the place of the event "at" or "during" which a meeting is set."""
    sentence = reader.scene.sentence(noun.i)
    for token in noun.doc[noun.i + 1 : min(sentence.end, noun.i + _REACH)]:
        if token.lower_ not in word_set("at_or_during"):
            continue
        heads = (h for h in token.children if h.dep_ == "pobj" and is_event(h))
        event = next(heads, None)
        if event is not None and event.lemma_ not in word_set("met_at") - {"summit"}:
            return event_place(reader, plan, event)
    return None


def _sides(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who is met, and who "has" the meeting."""
    doc, found = noun.doc, list[Actor]()
    sentence = reader.scene.sentence(noun.i)
    for token in doc[noun.i + 1 : min(sentence.end, noun.i + _REACH)]:
        if token.lower_ in {"with", "between"}:
            found += reader.scene.listed_at(token.i + 1)
            break
    if noun.head.lemma_ == "have" and (subject := reader.scene.subject(noun.head)) is not None:
        found += reader.scene.actors(subject)
    return found


__all__ = ["meeting_set"]
