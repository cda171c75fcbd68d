"""Who goes to an event abroad, and whether: "attended the summit in Lima"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.facts import AWAY
from pipeline.discourse.factuality import NOTHING, TIMED, Fact, fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.suppositions import is_hypothetical
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import Phase, When
from pipeline.discourse.timing.setting_out import setting_out
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import FINITE, OBJECTS, SUBJECTS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.departures import as_begun
from pipeline.stages.visits.events.attended_events import (
    attended_event,
    event_that_opens,
    place_of_attended,
    whatever_attended,
)
from pipeline.stages.visits.events.event_scene import is_of_absent
from pipeline.stages.visits.events.sittings import is_day_of_trip
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.nouns.counts import is_first
from pipeline.stages.visits.places.told_elsewhere import is_just_there, is_told_elsewhere
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set
from pipeline.stages.visits.travellers.beside_those import beside_those

#: How many days before its article one may have set out for what is still to come.
_NEWS_DAYS = 6
#: What an event that no list knows takes from a telling's score.
_LESS_SURE = 0.1


def attend(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "attended the summit in Lima": who goes to an event has gone to its place."""
    if verb.lemma_ == "attend" and verb.doc[verb.i + 1 : verb.i + 2].text.lower() == "to":
        return  # "attended to the sick"
    if reader.is_remote(verb) or leaves_out(verb) or _leaves_to_other(verb.head):
        return
    if _is_send_off(verb):
        return
    comes = rule.id == "come_bare"
    if comes and not _is_bare_coming(verb):
        return
    event = attended_event(reader, verb) if not comes else None
    if event is None and rule.frame == "travel":
        event = event_that_opens(verb)
    what = whatever_attended(verb) if event is None else None
    if event is not None and rule.id == "pull_out" and not _is_out_of(event, verb):
        return
    if event is not None and verb.lemma_ in word_set("takes_up_matter") and _is_put_off(event):
        return  # "met to address the delayed summit", a matter
    if event is not None and rule.frame == "travel" and not _leads_to(verb, event, rule):
        return
    bare = event is None and what is None and (_is_bare(verb) or comes)
    if event is None and what is None and not bare:
        return
    spot = place_of_attended(reader, verb, event, what)
    if spot is not None and spot.start and is_of_absent(verb.doc[spot.start - 1]):
        return  # "chaired the meeting as the president was in Lima"
    fact = _fact(verb, rule)
    if comes and fact.status == "ongoing":
        fact = Fact("planned", weak=True)
    if spot is None and (comes or not bare or fact.status == "invited"):
        return
    phase: Phase = "whole"
    if rule.frame == "travel" and rule.phase == "arrive" and what is None and not bare:
        phase = "arrive"  # "left on Thursday for the summit in Lima"
        several = event is not None and bool(event.conjuncts)  # "has gone to talks in A and B"
        if not fact.reason or (fact.reason == "perfect" and not several):
            fact = as_begun(rule, verb, fact)
    agents = [h for c in verb.children if c.dep_ == "agent" for h in c.children]
    listed = [a for head in agents for a in reader.scene.actors(head) if not a.is_party]
    others = _fellows(reader, event) if event is not None and spot is not None else []
    attending = (
        listed or _who_meet(reader, verb) or _behind_copula(reader, verb) or reader.travellers(verb)
    )
    if spot is not None:
        others += beside_those(reader.scene, verb, own={a.country for a in attending})
    askers = _askers(reader, verb)
    yet_to_be = setting_out(verb) is not None
    one_day = _is_of_visit(event or what) or (
        event is not None and phase == "whole" and is_day_of_trip(reader.scene, event)
    )
    for actor in [*attending, *others]:
        fellow = yet_to_be and actor in others
        if spot is not None and is_seated(actor, spot.country):
            continue
        if rule.id == "tell_event" and is_told_elsewhere(reader, verb, actor, spot):
            continue
        if (
            event is not None
            and event.lemma_ in word_set("talks_noun")
            and is_just_there(reader, verb, actor, spot)
        ):
            continue
        if actor.country in askers:
            continue  # "praised A of Peru and welcomed Peru's invitation to attend"
        made = reader.make(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact,
            phase=phase,
            score=rule.score - (_LESS_SURE if what is not None else 0),
            anchors=[t for t in (event, what) if t is not None],
            notes=("event", "inside") if one_day else ("event",),
            first=is_first(reader.scene, verb),
        )
        if fellow and _has_just_left(made.when.start, reader.scene.article.published):
            made = replace(made, fact=replace(fact, status="planned", weak=True))
            made = _on_its_days(reader, made, event) if event is not None else made
        undated = rule.id == "pull_out" or _is_aim_of_ended(verb)
        yield reader.undated(made) if undated else made


def _is_send_off(verb: Token) -> bool:
    """Tell "was at the airport to attend the departure ceremony", where one sets out from home."""
    heads = [c for c in verb.children if c.dep_ in OBJECTS]
    heads += [h for c in verb.children if c.lower_ == "at" for h in c.children]
    words_of = {t.lower_ for head in heads for t in (head, *head.children)}
    return not words_of.isdisjoint(word_set("send_off"))


def _is_aim_of_ended(verb: Token) -> bool:
    """Tell "arrived home on Monday, ending a trip to Lima to attend a fair": not the fair's day."""
    ended = next((t for t in verb.ancestors if t.pos_ in VERBS), None)
    if verb.tag_ != "VB" or ended is None or ended.lemma_ not in words("finish"):
        return False
    trips = (c for c in ended.children if c.dep_ in OBJECTS and c.i < verb.i)
    return ended.tag_ == "VBG" and any(c.lemma_ in noun_rules() for c in trips)


def _askers(reader: ArgumentReader, verb: Token) -> set[str | None]:
    """Return the land of "Peru's invitation to attend", which asks others."""
    if verb.dep_ != "acl" or verb.head.lemma_ not in words("invitation"):
        return set()
    owners = [c for c in verb.head.children if c.dep_ == "poss" and c.pos_ == "PROPN"]
    return {r.country for owner in owners for r in reader.scene.at(owner.i) if r.country}


def _has_just_left(day: str | None, published: str | None) -> bool:
    """Tell one who set out in the news, so that the event is to come, from one of years ago."""
    if day is None or published is None:
        return True
    if len(day) < len(published):
        return published.startswith(day)
    return days_between(day, published) <= _NEWS_DAYS


def _on_its_days(reader: ArgumentReader, made: Candidate, event: Token) -> Candidate:
    """Return the telling of B in "A left on Monday for a summit with B on Friday": on that Friday.

    Where the event has no day of its own, none is told.
    """
    behind = reader.clock.behind(made.spot.end) if made.spot is not None else []
    inside = set(range(event.i + 1, event.right_edge.i + 1))
    anchors = behind or ([event] if reader.clock.starts & inside else [])
    return replace(made, when=reader.clock.when(anchors, phase="whole") if anchors else When())


def _is_of_visit(event: Token | None) -> bool:
    """Tell a dinner, a welcoming ceremony, which a guest attends on one of his days, no summit.

    An annual dinner, a prayer breakfast are what one came for, as a summit is.
    """
    lemma = event.lemma_.lower() if event is not None else ""
    if event is None:
        return False
    before = {t.lower_ for t in event.doc[max(0, event.i - 3) : event.i]}
    if lemma not in word_set("event_of_visit"):
        return lemma in word_set("meal_of_visit") and not before & word_set("meal_come_for")
    return bool(before & word_set("kind_of_visit_event"))


def _is_bare(verb: Token) -> bool:
    """Tell "will attend", "took part" from "attended the fair", "took part in the fair"."""
    if verb.lemma_ not in word_set("attends_bare"):
        return False
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "nsubjpass", "agent"}]
    if verb.lemma_ == "attend":
        return not objects
    part = [c for c in objects if c.lower_ == "part"]
    heads = [verb, *part]
    manner = word_set("manner_of_attending")  # "will take part in a private capacity"
    inside = any(
        c.lower_ in {"in", "with", "of"} and all(t.lemma_ not in manner for t in c.children)
        for h in heads
        for c in h.children
        if c.i > verb.i
    )
    return objects == part and len(part) == (verb.lemma_ == "take") and not inside


def leaves_out(verb: Token) -> bool:
    """Tell "left the summit off her list", "left it to her deputy" from "left the summit".

    One who "left the summit without a deal" was there.
    """
    other = (word_set("left_other") | {"to"}) - {"without"}
    away = any(c.lower_ in other for c in verb.children if c.i > verb.i)
    land = any(c.dep_ in OBJECTS and c.ent_type_ == "GPE" for c in verb.children)
    return verb.lemma_ == "leave" and away and not land  # "left Peru to the summit in Lima"


def _leaves_to_other(verb: Token) -> bool:
    """Tell "left it to her deputy to attend the summit", who goes himself or does not."""
    it = any(c.dep_ == "dobj" and c.lower_ in {"it", "this", "that"} for c in verb.children)
    return verb.lemma_ == "leave" and it and any(c.lower_ == "to" for c in verb.children)


def _is_put_off(event: Token) -> bool:
    return any(c.lower_ in words("put_off", "called_off") for c in event.children)


def _is_bare_coming(verb: Token) -> bool:
    """Tell "is also coming", "will come, too" from "is coming under fire", "came home"."""
    if tense_of(verb) not in {"future", "progressive"}:
        return False
    behind = (c for c in verb.children if c.i > verb.i)
    further = word_set("goes_on_with")
    return all(c.is_punct or c.pos_ == "CCONJ" or c.lower_ in further for c in behind)


def _who_meet(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return A and B of "A will meet B when they both attend the forum"."""
    over, scene = verb.head, reader.scene
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    both = subject is not None and subject.lower_ in word_set("they_both")
    if not both or verb.dep_ != "advcl" or over.lemma_ not in word_set("meets"):
        return []
    host = scene.subject(over)
    heads = [host] if host is not None else []
    heads += [c for c in over.children if c.dep_ in OBJECTS]
    found = [a for head in heads for a in scene.actors(head) if not a.is_party]
    return found if len(found) > 1 else []


def _behind_copula(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return A and B of "Also likely to attend the summit are A and B"."""
    if verb.dep_ not in {"xcomp", "csubj"} or reader.scene.subject(verb) is not None:
        return []
    for token in verb.doc[verb.i + 1 : reader.scene.sentence(verb.i).end]:
        if token.lemma_ == "be" and token.pos_ == "AUX":
            heads = [c for c in token.head.children if c.i > token.i]
            heads += [c for c in token.children if c.i > token.i]
            told = [c for c in heads if c.dep_ in {"attr", "nsubj", "nsubjpass"}]
            return [a for head in told[:1] for a in reader.scene.actors(head) if not a.is_party]
        if token.tag_ in FINITE:
            return []
    return []


def _fact(verb: Token, rule: VerbRule) -> Fact:
    """Return what a verb of attending tells; who "pulled out of the summit" goes no more."""
    fact = fact_of_verb(verb)
    if fact == NOTHING and _stays_away(verb, rule):
        return Fact("invited", reason=AWAY)
    if rule.id == "skip":
        ahead = fact.status == "planned" or fact.reason in {"present", TIMED}
        return Fact("invited", reason=AWAY) if ahead else NOTHING
    off = rule.id == "pull_out" and fact.status in MADE_OR_PLANNED
    if rule.id == "use_event" and fact.status == "planned" and verb.lemma_ in words("departs"):
        return Fact("ongoing", weak=True)  # "will leave the summit in Lima a day early"
    if fact.status == "completed" and setting_out(verb) is not None:
        return replace(fact, reason="arrived")  # "left to attend the summit in Lima"
    return Fact("cancelled") if off else fact


def _stays_away(verb: Token, rule: VerbRule) -> bool:
    """Tell "will not attend the summit", "is not coming to it", "has decided not to attend".

    So "said that she would not attend it".

    Not "did not attend", "has never attended", "will not address the summit", "no minister will".
    """
    if rule.id not in word_set("goes_to_event") or verb.lemma_ not in word_set("is_present"):
        return False
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if any(d.lower_ in words("none_of_them") for c in subjects for d in [c, *c.children]):
        return False
    if is_hypothetical(verb):
        return False
    tense = tense_of(verb)
    if tense == "infinitive":
        return verb.dep_ in {"xcomp", "acl"} and verb.head.lemma_ in word_set("makes_up_mind")
    if "would" in auxiliaries_of(verb):
        return verb.dep_ == "ccomp" and verb.head.lemma_ in words("speech")
    return tense in {"future", "progressive"} and "been" not in auxiliaries_of(verb)


def _is_out_of(event: Token, verb: Token) -> bool:
    """Tell "pulled out of the summit", "withdrew from it": no troops, no pact, no plan."""
    node = event
    while node.dep_ == "compound":
        node = node.head
    prep = node.head
    words_behind = verb.doc[verb.i + 1 : prep.i + 1].text.lower()
    return node.dep_ == "pobj" and words_behind in {"out of", "from"}


def _fellows(reader: ArgumentReader, event: Token) -> list[Actor]:
    """Return who else is at "the summit with A and B"."""
    heads = [
        head
        for child in event.children
        if child.lower_ == "with" and child.i > event.i
        for head in child.children
    ]
    found = [a for head in heads for a in reader.scene.actors(head) if a.reference.name]
    return [replace(a, share=0.75) for a in found if not a.is_party]


def _leads_to(verb: Token, event: Token, rule: VerbRule) -> bool:
    """Tell "flew to the summit", where the event itself is where one goes."""
    node = event
    while node.dep_ in {"compound", "conj", "appos", "nmod"} and node.head != node:
        node = node.head
    prep = node.head
    on = prep.head  # "head directly on to talks in Lima"
    above = on.head if on.lower_ == "on" and on.i == prep.i - 1 else on
    if above.lemma_ == "delegation" and above.head.lower_ == "with":
        above = above.head.head  # "left with a delegation to the summit"
    objects = {c for c in verb.children if c.dep_ in OBJECTS}
    return node.dep_ == "pobj" and prep.lower_ in rule.preps and above in {verb, *objects}


__all__ = ["attend", "leaves_out"]
