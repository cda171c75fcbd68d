"""Whatever is done at an event abroad: "pleaded for aid at a conference in Nairobi"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from models.visit import MADE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.governing import is_where_agreed
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import FINITE, OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.reference.months import WEEKDAYS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.events.event_clauses import event_of_clause, is_clause_at
from pipeline.stages.visits.events.event_places import event_place, is_event, seat_in_name
from pipeline.stages.visits.events.sittings import is_day_of_trip
from pipeline.stages.visits.meetings.sidelines import is_edge
from pipeline.stages.visits.places.told_elsewhere import is_just_there
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

#: How far behind what belongs to an event its date may begin, in tokens.
_DATE_REACH = 3
#: How far behind an event its place may begin, in tokens.
_REACH = 13


def at_event(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "argued at a forum in Quito that", "told the UN General Assembly": he was there.

    "condemned the attack on a conference in Quito" does not fire.
    """
    if verb.pos_ != "VERB" or not _may_be_at(reader, verb):
        return
    events = list(_events(verb)) or list(_where_asked(reader, verb))
    if not events:
        return
    passive = (
        any(c.dep_ in {"nsubjpass", "agent"} for c in verb.children) and _speaker(verb) is None
    )
    passive = passive and verb.lemma_ not in word_set("undergone_on_the_spot")
    if passive or (_is_aside(verb) and _speaker(verb) is None):
        return
    if reader.is_remote(verb):
        return
    subject = _speaker(verb) or reader.scene.subject(verb)
    if subject is None:
        return
    trips = [c for c in verb.children if c.lemma_ in noun_rules() and c.dep_ in OBJECTS]
    tried = any(is_where_agreed(event, verb) for event in events)
    if trips or (fact_of_verb(verb).status is None and not tried):
        return  # "confirmed her attendance at the summit", which the noun tells
    rule = next(r for r in verb_rules()["<any>"] if r.id == "at_event")
    for event in events:
        apart = event.i < verb.left_edge.i  # the clause is the event's: "held in Lima, at which A"
        held = event_place(reader, verb, event) if apart else None
        spot = held or event_at(reader, event)
        if _is_of_event_ahead(reader, verb, event):
            return
        one_day = is_day_of_trip(reader.scene, event)
        below = event.dep_ == "pobj" and event.head in _where_agreed(verb)
        if below and fact_of_verb(verb).status == "planned":
            ahead = _is_of_event_ahead(reader, verb.head, event)
            if ahead or verb.lemma_ in words("done_when_met"):
                return
            verb = verb.head  # "agreed to raise ties to a pact at a meeting", at which they agreed
            one_day = one_day or event.lemma_.lower() in word_set("had_with_host")
        if spot is not None:
            actors = [a for a in reader.scene.actors(subject) if a.country != spot.country]
            if spot.reference.country != spot.country and _is_told_of_pact(verb, subject):
                actors = [a for a in actors if a.reference.name]
            if event.lemma_ in word_set("talks_noun"):
                actors = [a for a in actors if not is_just_there(reader, verb, a, spot)]
            yield from done(reader, verb, rule, actors=actors, spot=spot, within=one_day)
            return


def _is_told_of_pact(verb: Token, subject: Token) -> bool:
    """Tell "a pact that they formed during the General Assembly", said of the pact in passing."""
    return verb.dep_ == "relcl" and subject.pos_ == "PRON" and subject.i > verb.head.i


def _is_of_event_ahead(reader: ArgumentReader, verb: Token, event: Token) -> bool:
    """Tell "pushed for a deal at the summit next month", done before it, from "will push for"."""
    if fact_of_verb(verb).status not in MADE:
        return False
    now, end = reader.scene.article.published, reader.scene.sentence(verb.i).end
    behind = reader.clock.between(event.i, min(end, event.right_edge.i + _DATE_REACH))
    told = (date for _, _, date in behind if date.text.lower() not in WEEKDAYS)
    return any(compare(date.earliest, now) > 0 for date in told)


def _may_be_at(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a verb of speaking to others, or one whose sentence names a gathering."""
    if verb.lemma_ in word_set("speaks_to"):
        return True
    return not word_set("gathering").isdisjoint(reader.scene.forms(verb.i))


def _speaker(verb: Token) -> Token | None:
    """Return A of "a warning delivered by A at the forum", of "in a speech given at it, A warned".

    What others made of "a speech given at the forum in Quito" does not fire.
    """
    said = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or verb.lemma_ not in word_set("<gives>"):
        return None
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    if agent is not None:
        return next((h for h in agent.children if h.dep_ == "pobj"), None)
    above = said.head.head
    spoken = said.lemma_.lower() in word_set("held_to_speak") and said.dep_ == "pobj"
    if not spoken or said.head.lower_ != "in" or above.pos_ != "VERB":
        return None
    return next((c for c in above.children if c.dep_ == "nsubj"), None)


def _is_aside(verb: Token) -> bool:
    """Tell what is done of an event from afar: "skipped", "made plans", not "made a speech"."""
    said = any(c.dep_ in OBJECTS and c.lemma_ in word_set("said_at") for c in verb.children)
    return verb.lemma_ in word_set("not_at_events") and not said


def _hears_out(verb: Token, before: Token) -> bool:
    """Tell "testified before the forum" from "pleaded for aid before the summit", which is when."""
    return verb.lemma_ in word_set("speaks_before") and before.i == verb.i + 1


def _events(verb: Token) -> Iterator[Token]:
    """Yield the events at which a verb's own deed is done, and those who are spoken to."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "dative"}]
    if verb.lemma_ in word_set("speaks_to"):
        yield from (c for c in objects if is_event(c))
    clause = verb.head if verb.dep_ == "xcomp" else verb  # "at which A is expected to speak"
    if clause.dep_ in {"relcl", "advcl"} and is_clause_at(clause):
        told_of = event_of_clause(clause)
        if told_of is not None and _is_gathering(told_of):
            yield told_of
    held = [*objects, *prep_objects(verb, "for")]  # "posed for a photo at the forum"
    heads = [verb, *(c for c in held if c.lemma_ in word_set("said_at"))]
    heads += [c for c in verb.children if c.dep_ == "nsubj" and c.i > verb.i]  # "said A at it"
    preps = [c for head in heads for c in head.children if c.dep_ == "prep"]
    speech = verb.lemma_ in words("speech")
    if speech or verb.lemma_ in word_set("speaks_up", "meets"):
        # "spoke of aid at the forum", "will meet with allies at it"
        topics = [h for p in preps for h in p.children if h.dep_ == "pobj"]
        topics = [t for t in (*topics, *objects) if t.lemma_ not in noun_rules()]
        preps += [c for h in topics for c in h.children if c.lower_ in {"at", "during"}]
    preps += _where_agreed(verb)
    speaks = speech or verb.lemma_ in word_set("speaks_up", "speaks_to")
    for prep in preps:
        if (
            prep.lower_ in word_set("at_which")
            or (prep.lower_ == "to" and verb.lemma_ in word_set("speaks_to"))
            or (prep.lower_ == "before" and _hears_out(verb, prep))
            or (speaks and prep.lower_ == "on" and any(is_edge(c) for c in prep.children))
        ):
            told = [
                _whole(c) for c in prep.children if c.dep_ == "pobj" and (speaks or not is_edge(c))
            ]
            yield from (c for c in told if _is_gathering(c))


def _where_agreed(verb: Token) -> list[Token]:
    """Return the "at" of "agreed to raise ties to a partnership at talks in Lima", with its noun.

    Not that of "agreed to back the deal on a ceasefire at the talks".
    """
    if verb.dep_ != "xcomp" or verb.head.lemma_ not in words("agrees"):
        return []
    led = (t for t in verb.subtree if t.dep_ == "prep" and t.lower_ in word_set("at_which"))
    below = (t for t in led if t.i > verb.i and t.head != verb)
    return [t for t in below if any(is_where_agreed(n, verb) for n in t.children)]


def _where_asked(reader: ArgumentReader, verb: Token) -> Iterator[Token]:
    """Yield the talks of "urged his counterpart to lift the ban at talks in Lima": asked there.

    "Urged Peru to lift the ban at the talks", "asked him to speak at a meeting" have none.
    """
    if verb.lemma_ not in word_set("asks_face_to_face"):
        return
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    asked = [r for c in objects for r in reader.scene.at(c.i) if r.kind in PERSONAL_KINDS]
    subject = reader.scene.subject(verb)
    own = {a.country for a in reader.scene.actors(subject)} if subject is not None else set()
    if not asked or asked[0].plural or asked[0].form == "pronoun" or asked[0].country in own:
        return
    for wish in (c for c in verb.children if c.dep_ == "xcomp"):
        if wish.lemma_ in word_set("speaks_up", "speaks_to", "comes_when_asked"):
            continue
        preps = (t for t in wish.subtree if t.i > wish.i and t.lower_ in word_set("at_which"))
        held = (h for p in preps for h in p.children if h.dep_ == "pobj" and _is_gathering(h))
        yield from (h for h in held if h.lemma_ in word_set("had_with_host"))


def _whole(part: Token) -> Token:
    """Return the summit of "at the conclusion of the summit"."""
    within = [h for h in prep_objects(part, "of") if h.dep_ == "pobj"]
    partial = part.lemma_ in word_set("part_of_event") or is_edge(part)
    return within[0] if within and partial else part


def _is_gathering(token: Token) -> bool:
    """Tell a gathering of officials from a match, and from one held over a screen or at home."""
    if token.lower_ not in word_set("gathering") and token.lemma_ not in word_set("gathering"):
        return False
    apart = words("remote") | word_set("gathering_at_home")
    return not any(c.lower_ in apart for c in token.subtree)


def event_at(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return where an event is held at which something is said or done."""
    own = _place(reader, event) or reader.gatherings.own(event)
    return own or _place_elsewhere(reader, event)


def _place(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return the place told right behind an event, or in its name."""
    doc = reader.scene.doc
    for i in range(event.i + 1, min(reader.scene.sentence(event.i).end, event.i + _REACH)):
        if doc[i].tag_ in FINITE or doc[i].text in {",", ";", ":"}:
            break
        held = event in doc[i].ancestors or doc[i].i == event.i + 1
        spots = reader.scene.spots(i + 1) if held and doc[i].lower_ in {"in", "at"} else []
        if spots:
            return spots[0]
    return seat_in_name(reader, event)


def _place_elsewhere(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return where other sentences, or the dateline over the first, tell that an event is held.

    "his meeting with Oli" is none that others would tell of.
    """
    own = any(
        c.dep_ == "poss" or c.lower_ in {"with", "between", "a", "an"} for c in event.children
    )
    if own:
        return None
    named = any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in event.children)
    nameless = event.lemma_.lower() in word_set("nameless_event") and not named
    told = reader.gatherings.of_name(event, near=not named) or reader.gatherings.of_body(event)
    told = told or reader.gatherings.meant(event)
    if told is not None or nameless:
        return told
    before = reader.scene.sentence(event.i).start_char
    return reader.scene.here if before <= reader.scene.article.body_start else None


__all__ = ["at_event", "event_at"]
