"""Verbs of travel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from models.visit import MADE, NOT_OVER
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.legs import leads_to_own
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import OBJECTS
from pipeline.neighbours import prep_objects, text_at, word_behind
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, Details
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.days.departures import as_begun
from pipeline.stages.visits.events.attend import attend
from pipeline.stages.visits.lists.by_land import opens_entry
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.tours.apposed_lands import apposed_lands
from pipeline.stages.visits.tours.counted_apart import counted_apart, number_at
from pipeline.stages.visits.tours.lands_of_tour import lands_of_tour
from pipeline.stages.visits.tours.stop_before import stop_before
from pipeline.stages.visits.travel.coming_from import (
    come_from,
    gapped,
    is_back_from_abroad,
    is_home_again,
    landing_at_home,
    leave_from,
)
from pipeline.stages.visits.travel.for_events import town_of_aim
from pipeline.stages.visits.travel.sending import to_whom
from pipeline.stages.visits.travel.stay_verbs import are_troops
from pipeline.stages.visits.travel.visit import is_gone


def travel(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "flew to Peru", "arrived in Lima from Quito"."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS and c.ent_type_ != "DATE"]
    if rule.id in word_set("no_object") and objects:
        return  # "returned the statue to Peru", "to stop the war in Peru"
    if rule.id == "depart" and verb.lemma_ in word_set("sets_out_alone") and objects:
        return  # "started preparations for Peru"
    if rule.id in word_set("never_done_to") and any(c.dep_ == "nsubjpass" for c in verb.children):
        return  # "envoys were called to the ministry in Lima", "was stopped in Lima"
    if rule.id == "reach_there" and any(c.dep_ == "agent" for c in verb.children):
        return  # "the deal was reached by A and B"
    if verb.lemma_ == "call" and any(
        token.lower_ in word_set("calls_for") for token in verb.doc[verb.i + 1 : verb.i + 3]
    ):
        return  # "called for calm in Peru"
    if verb.lemma_ == "go" and _is_told_by_trip(verb):
        return
    travellers = reader.travellers(verb)
    own = {actor.country for actor in travellers}
    many = [actor.reference.plural for actor in travellers]
    if rule.id == "return_from" and verb.lemma_ == "come" and many and all(many):
        return  # "leaders will come from Peru and Mali", which are their own lands
    if rule.id == "return_from" and verb.lemma_ == "come" and reader.places(verb, ("to",), but=own):
        return  # "came to Lima from Quito", which "came to" reads
    if rule.id == "depart" and leads_to_own(verb):
        return  # "left here for home", which is a leaving
    preps = (*rule.preps, "to") if _departs(reader, verb, rule) else rule.preps
    aim = town_of_aim(reader, verb, own) if rule.id in word_set("complete_alone") else []
    spots = aim or reader.places(verb, preps, but=own) or _aboard(reader, verb, rule)
    if not spots:
        named = (
            apposed_lands(reader, c, own) or lands_of_tour(reader, c, own)
            for c in verb.children
            if c.lower_ in preps
        )
        spots = next((lands for lands in named if lands), [])
    spots = [s for s in spots if not _is_of_source(verb, s) and not _is_to_help(verb, s)]
    spots += _and_on(reader, spots, own)
    if rule.id == "return_to" and any(_is_land_left(reader, verb, spot) for spot in spots):
        return
    if rule.id == "fly_out" and any(_is_land_at_home(reader, verb, spot) for spot in spots):
        return
    if rule.id == "depart" and spots and {spot.country for spot in spots} <= own:
        return  # "left for Nairobi" of a Kenyan, which is a leaving as well
    if "from" in rule.preps and spots and opens_entry(reader, verb.doc[max(0, spots[0].start - 1)]):
        return
    if not spots and _leads_to_stretch(reader, verb, preps):
        return  # "arrived in the region"
    if not spots and rule.id in word_set("goes_to_meet"):
        spots = _to_meet(reader, verb, own)
    if not spots and rule.id not in word_set("complete_alone", "to_an_event"):
        return
    if not spots and (_is_of_several(verb, rule) or _is_to_own_edge(reader, verb, rule, own)):
        return
    if not spots and any(c.lower_ in {"back", "home"} for c in verb.children):
        return  # "has arrived back from his mission"
    made = [] if spots else list(attend(reader, verb, rule.model_copy(update={"preps": preps})))
    if not spots and not made and is_home_again(reader, verb, own):
        if rule.id != "fly_in":  # which "flew in from" reads
            yield from come_from(reader, verb, rule, actors=reader.travellers(verb), home=True)
        return
    home = (not spots and not made) or is_back_from_abroad(reader, verb, spots, own)
    if home and (landing := landing_at_home(reader, verb, rule, own)):
        yield from landing
        return
    if not spots:
        yield from made
        if made or rule.id not in word_set("complete_alone"):
            return
    yield from _gone(reader, verb, rule, spots=spots, own=own)


def _and_on(
    reader: ArgumentReader, spots: Sequence[Spot], own: Collection[str | None]
) -> Iterator[Spot]:
    """Yield Chile of "hopped from Cuba to Peru to Chile", "flew to Peru, to Chile and to Cuba"."""
    told, seen = spots[-1] if spots else None, {s.country for s in spots} | {*own}
    while told is not None:
        at = told.end + (text_at(reader.scene.doc, told.end) == ",")
        led = text_at(reader.scene.doc, at) == "to"
        further = [s for s in reader.scene.spots(at + 1) if s.start == at + 1] if led else []
        told = further[0] if further and further[0].country not in seen else None
        if told is not None and not reader.scene.is_owner(told.reference):
            seen.add(told.country)
            yield told


def _is_told_by_trip(verb: Token) -> bool:
    """Tell "will go on a visit to Lima on Monday", by its noun as "will pay a visit to Lima".

    Not "is going on a visit", who is to come, nor "has gone on a visit", who is there.
    """
    if any(c.dep_ == "aux" and c.lemma_ in {"be", "have"} for c in verb.children):
        return False
    if word_behind(verb) != "on":
        return False
    return any(t.lemma_ in words("trip_noun") for t in prep_objects(verb, "on"))


def _is_on_host(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "called on the king", "upon Premier X" from "called on Monday"."""
    whom = prep_objects(verb, "on", "upon")
    return any(r.kind in PERSONAL_KINDS for head in whom for r in reader.scene.at(head.i))


def _leads_to_stretch(reader: ArgumentReader, verb: Token, preps: Collection[str]) -> bool:
    """Tell "arrived in the region", whatever land of it is meant.

    Not "arrived in the region for talks with X in Lima", whose land the clause names.
    """
    led = (c for c in verb.children if c.lower_ in preps)
    heads = (h for prep in led for h in prep.children if h.dep_ == "pobj")
    leads = any(h.lemma_.lower() in word_set("stretch_of_world") for h in heads)
    return leads and reader.local_spot(verb, None) is None


def _gone(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    spots: Sequence[Spot],
    own: set[str | None],
) -> Iterator[Candidate]:
    """Yield the trips to the places of a verb, and those that it tells beside them.

    Args:
        own: the countries of those who travel.
    """
    apart = counted_apart(reader, verb)
    fact = fact_of_verb(verb) if apart else as_begun(rule, verb, fact_of_verb(verb))
    if rule.id == "return_from" and fact.status == "ongoing" and is_gone(reader, verb):
        fact = replace(fact, status="completed")
    if rule.id == "stop" and are_troops(reader, verb, spots):
        return
    actors = reader.travellers(verb, spots)
    source = reader.source(verb)
    spots = [*apart.values()] or spots
    ends: list[Spot | None] = [*spots] if spots else [reader.understood.elsewhere(verb.i, but=own)]
    within = rule.id == "arrive" and _is_at_house(verb) and not _is_told_ahead(reader, verb, fact)
    within = within or (rule.id == "stop" and verb.lemma_ == "call" and _is_on_host(reader, verb))
    more: Details = {"notes": ("inside",) if within else ()}
    if rule.id in word_set("to_and_fro"):
        more["count"] = 0
    for actor in actors:
        if source and _is_home(actor, spots):
            known = actor.reference.model_copy(update={"country": source})
            actor = replace(actor, reference=known)
        for spot in ends:
            if rule.id == "return_to" and _is_guests_return(reader, actor, spot):
                continue
            made = reader.make_counted(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                phase="whole" if within else rule.phase,
                **more,
            )
            yield replace(made, count=number_at(apart, spot)) if apart else made
    yield from stop_before(reader, verb, rule, actors=actors, ends=spots, fact=fact)
    if rule.id == "depart":
        yield from leave_from(reader, verb, rule, actors=actors, ends=spots, fact=fact)
    gone = fact.status in MADE and rule.id in word_set("come_from_stop")
    if rule.id in word_set("arrival") or (gone and not _is_from_here(verb)):
        home = bool(spots) and {spot.country for spot in spots} <= own
        yield from come_from(reader, verb, rule, actors=actors, ends=spots, home=home)
    for actor, spot in gapped(reader, verb, rule.preps) if actors else ():
        yield reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=fact,
        )


def _is_at_house(verb: Token) -> bool:
    """Tell "arrives (for dinner) at the palace in Lima", on some day of a stay.

    "Arrives at the airport in Lima", "arrives for a summit in Lima", "arrived at the palace" told
    of the past do not fire: with the last a visit may have begun.
    """
    if tense_of(verb) != "present":
        return False
    led = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    if led and led[0].lower_ not in {"at", "for"}:
        return False  # "arrives in Lima for talks at the palace"
    led += [c for prep in led for aim in prep.children for c in aim.children if c.lower_ == "at"]
    ends = [h for c in led if c.lower_ == "at" for h in c.children if h.dep_ == "pobj"]
    return any(h.lemma_.lower() in word_set("house_left") for h in ends)


def _is_told_ahead(reader: ArgumentReader, verb: Token, fact: Fact) -> bool:
    """Tell "arrives at the palace in Lima on Friday", of a text of Wednesday: a programme's."""
    told = reader.clock.when([verb], phase="arrive", fact=fact).start
    return compare(told, reader.scene.article.published) > 0


def _to_meet(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> list[Spot]:
    """Return the country of "flew to meet the Peruvian president", who is thought at home.

    So of "left for talks with him"; not of "went to meet visiting Premier X", "to meet X at the
    airport", "left the room for talks with X".
    """
    source, number = reader.source(verb), reader.scene.sentence_of[verb.i]
    if source and any(
        told.destination == source and reader.scene.sentence_of[told.at] == number
        for told in reader.told
    ):
        return []  # "on arriving in Egypt, went from the airport to meet the Peruvian president"
    purposes = [c for c in verb.children if c.tag_ == "VB" and c.lemma_ in word_set("sees_host")]
    purposes = purposes or _for_talks(reader, verb)
    if not purposes or any(
        t.lower_ in {"at", "in", "here", "there", "visiting", "on"}
        and t.ent_type_ != "DATE"
        and not any(c.ent_type_ == "DATE" for c in t.children)
        for t in purposes[0].subtree
    ):
        return []
    spot = to_whom(reader, verb, [code for code in own if code])
    return [spot] if spot is not None else []


def _for_talks(reader: ArgumentReader, verb: Token) -> list[Token]:
    """Return the "for" of "left for talks with X", "left Lima for talks with X"."""
    things = (c for c in verb.children if c.dep_ in OBJECTS and c.ent_type_ != "DATE")
    if not all(reader.scene.spots(thing.left_edge.i) for thing in things):
        return []
    talks = word_set("met_at")
    aims = (c for c in verb.children if c.lower_ in {"for", "to"} and c.i > verb.i)
    return [aim for aim in aims if any(c.lemma_ in talks for c in aim.children)]


def _is_home(actor: Actor, spots: Sequence[Spot]) -> bool:
    """Tell whether who comes "from Lima" is from there: nothing else tells of where he is.

    Nor does a guess by which he would but travel home; one that is of a third country stands. Who
    heads a body of states ("The Secretary-General") is of none.
    """
    if actor.reference.role_kind == "head_of_organization":
        return False
    guessed = actor.reference.guessed and actor.country in {spot.country for spot in spots}
    return actor.country is None or guessed


def _is_from_here(verb: Token) -> bool:
    """Tell "flies to Lima from here", from where nobody knows whether he has ever been."""
    return any(c.lower_ == "here" for prep in verb.children for c in prep.children)


def _is_land_at_home(reader: ArgumentReader, verb: Token, spot: Spot) -> bool:
    """Tell "flew out of the country for a summit in Lima", where nobody told of his coming.

    Nor is one in Peru of whom it was told but that he will go there.
    """
    called = verb.doc[spot.start : spot.end + 1]
    land = any(token.lower_ in words("own_land") for token in called)
    led = [told.status for told in reader.told if told.destination == spot.country]
    ahead = all(status == "planned" for status in led) and tense_of(verb) != "future"
    return land and (ahead or not led)


def _is_land_left(reader: ArgumentReader, verb: Token, spot: Spot) -> bool:
    """Tell "X left for Peru. He will return to the country in May": to his own, not to Peru.

    Not "X left Peru on Monday", "visited Peru in January. She will return to the country in May".
    """
    called = verb.doc[spot.start : spot.end + 1]
    if not any(token.lower_ in words("own_land") for token in called):
        return False
    keys = {actor.key for actor in reader.travellers(verb)}
    own = [c for c in reader.told if c.actor is not None and c.actor.key in keys]
    there = [c for c in own if c.destination == spot.country and c.status is not None]
    gone = any(c.phase == "leave" and c.status == "completed" for c in there)
    on = any(c.status in NOT_OVER or c.phase == "arrive" for c in there)
    return on and not gone and not any(c.previous for c in there)


def _is_of_source(verb: Token, spot: Spot) -> bool:
    """Tell "flew home last night from a visit to Peru", where the parse hangs Peru on the verb."""
    behind = verb.doc[verb.i + 1 : spot.start]
    after = words("after_trip") | {"from"}
    source = next((t.i for t in behind if t.lower_ in after), None)
    return source is not None and any(
        t.i > source and t.lemma_.lower() in words("trip_noun") for t in behind
    )


def _is_to_help(verb: Token, spot: Spot) -> bool:
    """Tell "rushed to Peru's aid", which is no trip."""
    near = [token.lower_ for token in verb.doc[spot.start : spot.end + 3]]
    owned = next((n for n, word in enumerate(near) if word in GENITIVES), len(near))
    return bool(set(near[owned:]) & word_set("helps_whom"))


def _is_of_several(verb: Token, rule: VerbRule) -> bool:
    """Tell "touched down at both airports", which are not both the report's."""
    preps = [c for c in verb.children if c.lower_ in rule.preps and c.i > verb.i]
    return any(t.lower_ in word_set("of_several") for c in preps for t in list(c.subtree)[:3])


def _is_to_own_edge(
    reader: ArgumentReader, verb: Token, rule: VerbRule, own: Collection[str | None]
) -> bool:
    """Tell "arrived at the Chile-Peru border" of a Chilean, "at the Peruvian border"."""
    preps = [c for c in verb.children if c.lower_ in rule.preps and c.i > verb.i]
    edges = [t for c in preps for t in c.children if t.lemma_ in word_set("edge_of_land")]
    told = {r.country for t in edges for s in t.subtree for r in reader.scene.at(s.i) if r.country}
    return bool(told) and (len(told) == 1 or not told.isdisjoint(own))


def _departs(reader: ArgumentReader, verb: Token, rule: VerbRule) -> bool:
    """Tell "departs to Peru", "left Chile to Peru", "left to Peru" from "left it to Peru"."""
    if rule.id != "depart" or not any(_leads_on(verb)):
        return False
    taken = any(c.dep_ in {"dobj", "obj", "auxpass", "nsubjpass"} for c in verb.children)
    alone = verb.lemma_ == "leave" and not taken
    return verb.lemma_ == "depart" or alone or bool(reader.scene.spots(verb.i + 1))


def _leads_on(verb: Token) -> Iterator[Token]:
    """Yield the "to" of "left Chile to Peru", "left Chile with a delegation to Peru"."""
    below = (c for c in verb.children if c.lower_ == "with")
    groups = [g for prep in below for g in prep.children if g.lemma_ == "delegation"]
    over = (verb, *groups)
    yield from (c for node in over for c in node.children if c.lower_ == "to" and c.i > verb.i)


def _aboard(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Sequence[Spot]:
    """Return Lima of "left Chile aboard a chartered flight to Lima"."""
    if rule.id != "depart":
        return ()
    leads = (t for t in verb.subtree if t.i > verb.i and t.lower_ == "to")
    flown = (t for t in leads if t.head.lemma_ in word_set("craft") and t.head.head.head == verb)
    return next((spots for t in flown if (spots := reader.scene.spots(t.i + 1))), ())


def _is_guests_return(reader: ArgumentReader, actor: Actor, spot: Spot | None) -> bool:
    """Tell "the president will return to Lima" of the guest from Peru, not of his host."""
    if spot is None or actor.reference.form == "name":
        return False
    return any(
        told.origin == spot.country and told.destination == actor.country for told in reader.told
    )


__all__ = ["travel"]
