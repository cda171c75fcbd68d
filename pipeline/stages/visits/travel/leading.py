"""Who leads a side abroad: "led the delegation to the talks in Lima", "its team was led by X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.facts import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import OBJECTS, SUBJECTS, UNDERGONE
from pipeline.neighbours import agents_of
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.attend import attend
from pipeline.stages.visits.events.event_places import event_place, is_event, is_of_another
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.events.event_seats import held_at
from pipeline.stages.visits.places.place_arguments import is_of_post
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.deeds import done
from pipeline.stages.visits.travel.led_side import (
    PARTIES,
    gapped_sides,
    land_of_side,
    of_led_side,
    side_of,
)


def lead(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "The Peruvian delegation to the funeral was led by X", "the talks, led by X, in Lima".

    Where no place is named, the delegation is at the event of which the whole report tells; "X
    leads a team of experts" tells of none.
    """
    led = _led(verb)
    if led is not None and not is_event(led) and _goes_to(reader, led):
        return  # as the verb of their going tells
    if led is not None and (_is_given_meal(led) or _is_talked_with(led)):
        return  # "gave a dinner for a delegation led by X", as the dinner tells
    talks = led is not None and is_event(led)  # of talks the sentence itself must say where
    post = _post_of(verb)
    found = [] if talks else list(attend(reader, verb, rule))
    found = [c for c in found if c.spot is None or c.spot.start not in post]
    if found:
        yield from found
        return
    if led is None or side_of(led) not in rule.all_objects or reader.is_remote(verb):
        return
    agents = agents_of(verb)
    subject = None if agents else reader.scene.subject(verb)
    heads = agents or ([subject] if subject is not None else [])
    sent = land_of_side(reader.scene, led)
    gapped = gapped_sides(reader.scene, verb) if agents else []
    told = [actor for head in heads for actor in reader.scene.actors(head)]
    if gapped:  # "The Malian side was led by A and the Chilean side by B": each by its own
        stops = [*(side.start for side in gapped), reader.scene.sentence(verb.i).end]
        told = [actor for actor in told if actor.token < stops[0]]
        actors = [_of_side(reader, actor, sent, stops[0]) for actor in told]
        for side, stop in zip(gapped, stops[1:], strict=True):
            others = [actor for head in side.heads for actor in reader.scene.actors(head)]
            others = [actor for actor in others if actor.token < stop]
            actors += [_of_side(reader, actor, side.lands[0], stop) for actor in others]
    else:
        actors = [_of(actor, sent) for actor in of_led_side(reader.scene, verb, told)]
    if _is_team(led) and not all(actor.reference.role_kind for actor in actors):
        return  # "the Kenyan team was led by its captain, X"
    event, spot = _where(reader, verb, led, sent)
    if spot is not None and spot.start not in post:
        found = list(done(reader, verb, rule, actors=actors, spot=spot, event=event, too=("sent",)))
        ahead = Fact("planned", weak=True)
        yield from (replace(c, fact=ahead) for c in found) if _is_awaited(verb) else found


def _is_team(led: Token) -> bool:
    """Tell a team, which is a state's only where one who holds an office leads it."""
    return led.lemma_.lower() in word_set("side_of_land")


def _is_awaited(verb: Token) -> bool:
    """Tell "a delegation led by X is expected", of which the verb of leading tells no time."""
    main = verb.head.head
    if verb.dep_ != "acl" or verb.head.dep_ not in SUBJECTS:
        return False
    told = {main.lower_, *(c.lower_ for c in main.children if c.dep_ in {"acomp", "oprd"})}
    present = {c.lower_ for c in (main, *main.children)} & {"is", "are", "will"}
    return bool(present) and not told.isdisjoint(word_set("<due>"))


def _led(verb: Token) -> Token | None:
    """Return the delegation or the talks that are led."""
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return next((c for c in verb.children if c.dep_ in UNDERGONE), None)


def _post_of(verb: Token) -> set[int]:
    """Return the tokens of "head of the council in Lima" in "led by X, head of the council …".

    It is there that X sits, not where he leads others to. So is an ambassador "to Peru" whom the
    delegation includes.
    """
    agents = agents_of(verb)
    posts = (t for t in verb.subtree if is_of_post(t))
    posted = {t.i for to in posts for t in takewhile(_is_named, to.doc[to.i + 1 : to.sent.end])}
    beside = (c for head in agents for c in head.children if c.dep_ == "appos")
    return posted | {t.i for c in beside for t in c.subtree}


def _is_named(token: Token) -> bool:
    return token.pos_ in {"PROPN", "DET"}


def _of(actor: Actor, country: str | None) -> Actor:
    """Give a leader of whom the text tells no country that of those whom he leads."""
    known = actor.country is not None and not actor.reference.guessed
    if known or country is None:
        return actor
    own = {"country": country, "guessed": False}
    return replace(actor, reference=actor.reference.model_copy(update=own))


def _of_side(reader: ArgumentReader, actor: Actor, land: str | None, stop: int) -> Actor:
    """Give the leader of a side its land, unless his own is named beside him before a token."""
    start = reader.scene.bounds(actor.reference)[0]
    while start and reader.scene.doc[start].lower_ != "by":
        start -= 1
    beside = (r for i in range(start, stop) for r in reader.scene.at(i))
    own = any(r.country == actor.country and r.kind in PARTIES for r in beside)
    if own or land is None:
        return actor
    told = {"country": land, "guessed": False}
    return replace(actor, reference=actor.reference.model_copy(update=told))


def _where(
    reader: ArgumentReader, verb: Token, led: Token, sent: str | None
) -> tuple[Token | None, Spot | None]:
    """Return the event of a delegation and its place, else that of the whole report."""
    post = _post_of(verb)
    told = [t for t in led.subtree if t.i not in post]
    for token in told:
        if token.lower_ in {"to", "in", "at"} and token.i > led.i:
            spot = next(iter(reader.scene.spots(token.i + 1)), None)
            if spot is not None and spot.country != sent:
                return None, spot
    if led.lemma_.lower() in word_set("sent_side") - {"mission"}:
        # "led his country's delegation on Monday in Lima"
        preps = (c for c in verb.children if c.lower_ == "in" and c.i > led.i)
        spots = (spot for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1])
        town = next((s for s in spots if s.is_town and s.country != sent), None)
        if town is not None:
            return None, town
    held = held_at(reader.scene, led) if is_event(led) else None
    if held is not None:
        return led, held
    events = [t for t in told if is_event(t) and t != led]
    for event in events:
        spot = event_place(reader, verb, event)
        if spot is not None:
            return event, spot
    sides = side_of(led) in word_set("sent_side") or (sent is not None and _is_team(led))
    if events or not sides or (sent is None and not _is_own(led)):
        return None, None
    chief = reader.understood.at_chief_event(verb.i, but={sent} if sent else ())
    seat = reader.gatherings.seat
    spot = chief or (seat if seat is not None and seat.country != sent else None)
    if spot is None and sent is not None:  # "Leaders met in Lima. The Malian side was led by X"
        before, place = event_scene(reader, verb, but={sent})
        spot = place if before is not None and before not in verb.sent else None
    return led, None if spot is None or is_of_another(reader, spot, verb) else spot


def _goes_to(reader: ArgumentReader, led: Token) -> bool:
    """Tell the side of "A delegation led by X left for Oslo": there it goes, to no event."""
    verb = led.head if led.dep_ in SUBJECTS else None
    preps = (c for c in verb.children if c.i > verb.i) if verb is not None else ()
    return any(
        c.lower_ in word_set("before_goal_of_side") and reader.scene.spots(c.i + 1) for c in preps
    )


def _is_own(led: Token) -> bool:
    """Tell "led his country's delegation" from "was to lead the delegation", to wherever it is."""
    return any(c.dep_ == "poss" for c in led.children)


def _is_given_meal(sent: Token) -> bool:
    """Tell the team of "hosted a reception on Monday for a team led by X": one of his days."""
    prep = sent.head
    over = prep.head
    given = [over, *(c for c in over.children if c.dep_ in OBJECTS)]
    meals = word_set("meal_of_visit")
    return prep.lower_ == "for" and any(t.lemma_.lower() in meals for t in given)


def _is_talked_with(sent: Token) -> bool:
    """Tell the delegation of "held talks with a delegation led by X", as the talks tell.

    Not where it is talked with at an event ("with a team led by X at the summit in Lima").
    """
    prep = sent.head
    over = prep.head.lemma_.lower()
    talks = over in word_set("talks_noun") or over in {"meet", "meeting"}
    events = (t for t in sent.sent[sent.i + 1 - sent.sent.start :] if is_event(t))
    return prep.lower_ == "with" and sent.dep_ == "pobj" and talks and not any(events)


__all__ = ["lead"]
