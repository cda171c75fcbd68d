"""Whose journey an itinerary is: who travelled last, else of whom the text speaks."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.guest_awaited import is_of_old
from pipeline.stages.visits.nouns.journeys import trip_gone_on_with
from pipeline.stages.visits.nouns.noun_owners import noun_actors
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set
from pipeline.stages.visits.tours.stop_rules import VERBAL, StopRule
from pipeline.stages.visits.travel.setting_out import set_out_before

#: How many sentences back the traveller may be told.
_REACH = 3


def tour_of(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the tour of "rounds out the tour", "is also on her itinerary", "is part of her trip".

    So the route of "are the countries on her route", not the cabinet of "rounds out the cabinet".
    """
    parts = word_set("land_noun") | {"part"}
    part = (c for c in verb.children if c.lemma_ in parts and c.i > verb.i)
    below = (c for over in (verb, *part) for c in over.children)
    under = (c for c in below if c.dep_ == "prep" and c.lower_ in {"on", "in", "of"})
    heads = (h for over in (verb, *under) for h in over.children if h.dep_ in OBJECTS | {"pobj"})
    return next((h for h in heads if h.i > verb.i and _is_the_tour(reader, h)), None)


def _is_the_tour(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "the tour", "the itinerary of President X" from "a tour", "the tour of the band"."""
    known = any(c.lower_ in words("definite") or c.dep_ == "poss" for c in noun.children)
    tour = noun.lemma_.lower() in word_set("plan_of_journey") | word_set("long_journey")
    owners = (h for c in noun.children if c.lower_ == "of" for h in c.children)
    owned = (c for c in noun.children if c.dep_ == "poss")
    his = noun.lemma_.lower() in word_set("plan_of_one") and any(map(reader.scene.actors, owned))
    return (
        (tour or his or is_plan(noun))
        and known
        and all(reader.scene.actors(head) for head in owners)
    )


def is_plan(noun: Token) -> bool:
    """Tell "the itinerary" and "her route", not the route of a pipe."""
    lemma, owners = noun.lemma_.lower(), (c for c in noun.children if c.dep_ == "poss")
    own = any(c.lower_ in {"his", "her"} or c.ent_type_ == "PERSON" for c in owners)
    return lemma in word_set("plan_of_journey") or (own and lemma in word_set("plan_of_one"))


def who_goes_on(reader: ArgumentReader, token: Token, rule: StopRule) -> Actor | None:
    """Return whose journey it is: who travelled last, else of whom the text speaks."""
    if rule.form == "edge":
        subject = reader.scene.subject(token)
        journey = _journey_of(token.head) if token.dep_ == "relcl" else subject
        tour = journey is not None and journey.lemma_.lower() in word_set("journey")
        if journey is not None and tour:
            actors = noun_actors(reader, journey)
        else:
            actors = reader.scene.actors(subject) if subject is not None else []
        found = next((a for a in actors if _is_single(a) and not a.is_party), None)
        if found is not None and tour and journey is not None:
            return _who_travels(reader, journey, found)
        if found is not None or not tour:
            return found
    if rule.form == "subject" and (told := tour_of(reader, token)) is not None:
        owners = [c for c in told.children if c.dep_ == "poss"]
        owners += prep_objects(told, "of")
        own = (a for head in owners for a in reader.scene.actors(head) if a.reference.name)
        if (owner := next((a for a in own if _is_single(a)), None)) is not None:
            return owner
    if rule.form in VERBAL and (out := set_out_before(reader, token)) is not None:
        return out if rule.form != "subject" or _is_on_tour(reader, token) else None
    number, sentence_of = reader.scene.sentence_of[token.i], reader.scene.sentence_of
    near = [c for c in reader.told if c.at < token.i and number - sentence_of[c.at] <= _REACH]
    near = [c for c in near if not is_of_old(reader, c)] or near
    last = trip_gone_on_with([c for c in near if _is_single(c.actor) and c.status], token)
    if last is not None:
        if _others_travel(reader, last.at, token):
            return None
        return last.actor if rule.form != "subject" or _is_on_tour(reader, token) else None
    if rule.form == "subject" and not is_journey(reader, token):
        return None
    focus = reader.scene.focus(token.i, back=_REACH)
    official = focus is not None and (focus.reference.role or focus.reference.role_kind)
    if focus is None or not official or _others_travel(reader, focus.token, token):
        return None
    return focus


def _journey_of(noun: Token) -> Token:
    """Return the tour of "a tour of five nations that began in Lima", which its relative is of."""
    if noun.dep_ != "pobj" or noun.lemma_.lower() in word_set("journey"):
        return noun
    over = noun.head.head
    return over if over.lemma_.lower() in word_set("journey") else noun


def _who_travels(reader: ArgumentReader, journey: Token, owner: Actor) -> Actor:
    """Return B of "A met visiting B. His trip ends in Lima": of the two it is he who travels."""
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in journey.children)
    number = reader.scene.sentence_of[journey.i]
    told = [
        c.actor
        for c in reader.told
        if c.actor is not None and number - reader.scene.sentence_of[c.at] == 1
    ]
    others = {a.key: a for a in told if _is_single(a)}
    return next(iter(others.values())) if own and len(others) == 1 else owner


def _others_travel(reader: ArgumentReader, at: int, token: Token) -> bool:
    """Tell the choir of "X spoke. The choir leaves Oslo. Next stop: Bergen", X at token `at`."""
    first = reader.scene.sentence_of[at] + 1
    for sentence in reader.scene.sentences[first : reader.scene.sentence_of[token.i]]:
        verb = sentence.root
        if verb.lemma_ in verb_rules() and verb.pos_ == "VERB":
            subject = reader.scene.subject(verb)
            nobody = subject is not None and subject.pos_ == "NOUN"
            if nobody and subject is not None and not reader.scene.at(subject.i):
                return subject.lemma_.lower() not in noun_rules()
    return False


def _is_single(actor: Actor | None) -> bool:
    return actor is not None and not actor.reference.plural and bool(actor.country)


def _is_on_tour(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether "comes first", "follows" may be of a tour, as of "will go to two countries"."""
    number = reader.scene.sentence_of[token.i]
    told = takewhile(
        lambda c: number - reader.scene.sentence_of[c.at] <= _REACH, reversed(reader.told)
    )
    return any(c.stops for c in told) or is_journey(reader, token)


def is_journey(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether one of the last sentences speaks of a tour or of its stops."""
    number = reader.scene.sentence_of[token.i]
    sentences = reader.scene.sentences[max(0, number - _REACH) : number + 1]
    nouns = (t for s in sentences for t in s if t.pos_ in NOUNS)
    return any(noun.lemma_.lower() in word_set("journey") for noun in nouns)


__all__ = ["is_journey", "is_plan", "tour_of", "who_goes_on"]
