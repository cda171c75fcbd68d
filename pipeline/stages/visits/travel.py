"""Verbs of travel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.outcome import is_recalled
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing_legs import leads_to_own
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.visits.apposed_lands import apposed_lands
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.attend import attend
from pipeline.stages.visits.by_country import opens_entry
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.coming_from import (
    come_from,
    gapped,
    is_home_again,
    landing_at_home,
    leave_from,
)
from pipeline.stages.visits.counts import is_first, times
from pipeline.stages.visits.days_apart import compare
from pipeline.stages.visits.departures import how_begun
from pipeline.stages.visits.lands_of_tour import lands_of_tour
from pipeline.stages.visits.onward import guests_onward
from pipeline.stages.visits.sending import to_whom
from pipeline.stages.visits.stay_verbs import are_troops
from pipeline.stages.visits.stop_before import stop_before
from pipeline.stages.visits.tables import VerbRule, noun_rules, word_set

_ARGUMENTS = frozenset({"dobj", "obj", "prt", "xcomp", "ccomp", "acomp", "attr", "oprd"})


def travel(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "flew to Peru", "arrived in Lima from Quito"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.ent_type_ != "DATE"]
    if rule.id in word_set("no_object") and objects:
        return  # "returned the statue to Peru", "to stop the war in Peru"
    if rule.id == "depart" and verb.lemma_ in word_set("sets_out_alone") and objects:
        return  # "started preparations for Peru"
    if rule.id in word_set("never_done_to") and any(c.dep_ == "nsubjpass" for c in verb.children):
        return  # "envoys were called to the ministry in Lima", "was stopped in Lima"
    if verb.lemma_ == "call" and any(
        token.lower_ in word_set("calls_for") for token in verb.doc[verb.i + 1 : verb.i + 3]
    ):
        return  # "called for calm in Peru"
    own = {actor.country for actor in reader.travellers(verb)}
    if rule.id == "return_from" and verb.lemma_ == "come" and reader.places(verb, ("to",), but=own):
        return  # "came to Lima from Quito", which "came to" reads
    if rule.id == "depart" and leads_to_own(verb):
        return  # "left here for home", which is a leaving
    preps = (*rule.preps, "to") if _departs(reader, verb, rule) else rule.preps
    spots = reader.places(verb, preps, but=own)
    if not spots:
        named = (
            apposed_lands(reader, c, own) or lands_of_tour(reader, c, own)
            for c in verb.children
            if c.lower_ in preps
        )
        spots = next((lands for lands in named if lands), [])
    spots = [s for s in spots if not _is_of_source(verb, s) and not _is_to_help(verb, s)]
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
    if not spots and is_home_again(reader, verb, own):
        if rule.id != "fly_in":  # which "flew in from" reads
            yield from come_from(reader, verb, rule, actors=reader.travellers(verb), home=True)
        return
    if not spots and (landing := landing_at_home(reader, verb, rule, own)):
        yield from landing
        return
    if not spots:
        made = list(attend(reader, verb, rule))
        yield from made
        if made or rule.id not in word_set("complete_alone"):
            return
    yield from _gone(reader, verb, rule, spots=spots, own=own)


def _leads_to_stretch(reader: ArgumentReader, verb: Token, preps: Collection[str]) -> bool:
    """Tell "arrived in the region", whatever land of it is meant.

    Not "arrived in the region for talks with X in Lima", whose land the clause names.
    """
    if reader.local_spot(verb, None) is not None:
        return False
    led = (c for c in verb.children if c.lower_ in preps)
    heads = (h for prep in led for h in prep.children if h.dep_ == "pobj")
    return any(h.lemma_.lower() in word_set("stretch_of_world") for h in heads)


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
    fact = fact_of_verb(verb)
    if fact.status == "completed" and (_is_over(verb) or _looks_back(verb)):
        fact = replace(fact, reason="pluperfect")
    begun = fact.reason != "pluperfect" and not (fact.reason == "perfect" and _is_of_tenure(verb))
    if rule.phase == "arrive" and fact.status == "completed" and begun:
        fact = replace(fact, reason=how_begun(rule, fact))
    if rule.id == "stop" and are_troops(reader, verb, spots):
        return
    actors = guests_onward(reader, verb, reader.travellers(verb, spots))
    source = reader.source(verb)
    ends: list[Spot | None] = [*spots] if spots else [reader.understood.elsewhere(verb.i, but=own)]
    within = rule.id == "arrive" and _is_at_house(verb) and not _is_told_ahead(reader, verb, fact)
    for actor in actors:
        if source and _is_home(actor, spots):
            known = actor.reference.model_copy(update={"country": source})
            actor = replace(actor, reference=known)
        for spot in ends:
            if rule.id == "return_to" and _is_guests_return(reader, actor, spot):
                continue
            yield reader.make(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                phase="whole" if within else rule.phase,
                score=rule.score,
                first=is_first(reader.scene, verb),
                count=0 if rule.id in word_set("to_and_fro") else times(reader.scene, verb),
                notes=("inside",) if within else (),
            )
    yield from stop_before(reader, verb, rule, actors=actors, ends=spots, fact=fact)
    if rule.id == "depart":
        yield from leave_from(reader, verb, rule, actors=actors, ends=spots, fact=fact)
    gone = fact.status in {"completed", "ongoing"} and rule.id in word_set("come_from_stop")
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
    things = (c for c in verb.children if c.dep_ in {"dobj", "obj"} and c.ent_type_ != "DATE")
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
    """Tell "flew out of the country for a summit in Lima", where nobody told of his coming."""
    called = verb.doc[spot.start : spot.end + 1]
    land = any(token.lower_ in words("own_land") for token in called)
    return land and all(told.destination != spot.country for told in reader.told)


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
    owned = next((n for n, word in enumerate(near) if word in {"'s", "’s", "'", "’"}), len(near))
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
    if rule.id != "depart" or not any(c.lower_ == "to" and c.i > verb.i for c in verb.children):
        return False
    taken = any(c.dep_ in {"dobj", "obj", "auxpass", "nsubjpass"} for c in verb.children)
    alone = verb.lemma_ == "leave" and not taken
    return verb.lemma_ == "depart" or alone or bool(reader.scene.spots(verb.i + 1))


def _is_over(verb: Token) -> bool:
    """Tell "returned from leading a mission to Peru", "after flying to Lima", "when he landed"."""
    behind = verb.tag_ == "VBG" and verb.dep_ == "pcomp"
    return (behind and verb.head.lower_ in {"from", "after", "following", "since"}) or is_recalled(
        verb
    )


def _is_of_tenure(verb: Token) -> bool:
    """Tell "has flown to Peru during his tenure", "in her time in office", "before": he is back.

    Not "has flown to Peru for the first time", "after a year of rows", "in time for the vote".
    """
    over = (c for c in verb.children if c.lower_ in words("over_span"))
    spans = (t for prep in over for t in prep.children if t.dep_ == "pobj")
    held = (t for t in spans if t.lemma_.lower() in word_set("time_in_office"))
    before = any(c.lower_ == "before" and c.dep_ == "advmod" for c in verb.children)
    return before or any(c.dep_ == "poss" for time in held for c in time.children)


def _looks_back(verb: Token) -> bool:
    """Tell "has so far travelled to Peru", "has flown to Peru and Chile since January".

    "Has travelled to Peru" may tell of one who is there.
    """
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    behind = verb.doc[verb.i : verb.sent.end]
    since = any(t.lower_ == "since" and t.dep_ == "prep" and t.head == verb for t in behind)
    far = any(t.lower_ == "far" and t.nbor(-1).lower_ == "so" for t in verb.subtree if t.i)
    return perfect and (since or far)


def _is_guests_return(reader: ArgumentReader, actor: Actor, spot: Spot | None) -> bool:
    """Tell "the president will return to Lima" of the guest from Peru, not of his host."""
    if spot is None or actor.reference.form == "name":
        return False
    return any(
        told.origin == spot.country and told.destination == actor.country for told in reader.told
    )


def carry(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "a tour that will take him to …": the object travels."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    if any(c.lower_ == "along" and c.i > verb.i for c in verb.subtree):
        # Who is taken along only goes with the one who takes him.
        objects = [subject] if (subject := reader.scene.subject(verb)) is not None else []
    actors = [a for head in objects for a in reader.scene.actors(head) if not a.is_party]
    actors = [a for a in actors if a.reference.form == "pronoun" or a.reference.name]
    aims = (c for c in verb.children if c.lemma_ == "visit" and c.tag_ == "VB")
    spots = reader.places(verb, rule.preps) if actors else []
    spots = spots or next((reader.scene.spots(aim.i + 1) for aim in aims if actors), [])
    for actor in actors:
        for spot in spots:
            yield reader.make_by_row(
                rule,
                verb,
                actor=reader.scene.other_antecedent(actor, {spot.country}) or actor,
                spot=spot,
                fact=fact_of_verb(verb),
                anchors=_begun_with(verb),
                first=is_first(reader.scene, verb),
            )


def _begun_with(verb: Token) -> list[Token]:
    """Return the tour and the "start" of "will start on 6 June a tour that takes him to Lima"."""
    tour = verb.head
    if verb.dep_ != "relcl" or tour.lemma_ not in noun_rules():
        return []
    above = governing_verb(tour)
    return [tour, above] if above is not None and above.lemma_ in words("opens_trip") else []


def deictic(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "came in December 2023", "went there": the place is to be understood."""
    doc = reader.scene.doc
    following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if following is None or verb.lower_ == "following":
        return
    word, behind = following.lower_, doc[verb.i + 1 : verb.i + 3].text.lower()
    alike = verb.lemma_ == "come" and (
        word in word_set("alike")
        or behind in word_set("alike_in_two")
        or (word == "as" and _is_somebody(reader, verb))
    )
    if any(c.lower_ in word_set("of_things_to_come") for c in verb.children if c.i < verb.i):
        return  # "is ready for whatever comes next"
    if not (word in {"here", "there"} or alike or _is_dated_alone(reader, verb)):
        return
    if verb.lemma_ in word_set("needs_there") and word not in {"there", "over"}:
        return
    habit = word == "there" and verb.tag_ == "VBP" and not reader.clock.after(verb.i + 2)
    if habit and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children):
        return  # "I go there, and they ask for a picture"
    own = {actor.country for actor in reader.travellers(verb)}
    spot = reader.understood.adverb(verb.i, word, but=own)
    fact = fact_of_verb(verb)
    if fact.status == "completed" and not fact.reason:
        fact = replace(fact, reason="went")
    if spot is None and word == "there" and _is_spoken(reader, verb, own):
        return
    for actor in reader.travellers(verb, [spot]):
        single = actor.reference.kind == "office" and bool(actor.reference.role_kind)
        if actor.reference.name or (single and spot is not None and actor.country):
            yield reader.make(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                phase=rule.phase,
                score=rule.score * (1.0 if spot else 0.8),
                first=is_first(reader.scene, verb),
                count=times(reader.scene, verb),
            )


def _is_somebody(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "the premier came as the talks ended" from "the mission comes as others fail"."""
    subject = reader.scene.subject(verb)
    kinds = {r.kind for r in reader.scene.at(subject.i)} if subject is not None else set()
    return not kinds.isdisjoint({"person", "office"})


def _is_spoken(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> bool:
    """Tell ""We will go there", he said of the fair", not "he said of Peru"."""
    subject = reader.scene.subject(verb)
    if subject is None or subject.lower_ not in word_set("speaks_for_self"):
        return False
    sentence = reader.scene.sentence(verb.i)
    told = reader.scene.places_in(sentence.start, sentence.end)
    return all(reference.country in own for reference in told)


def _is_dated_alone(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "came in December", "followed on Monday": a date and no place or object."""
    for child in verb.children:
        argued = child.dep_ in _ARGUMENTS and not _is_further(child)
        if argued and not (child.i > verb.i and reader.clock.after(child.left_edge.i)):
            return False
        leads = child.dep_ == "prep" and child.i > verb.i and child.lower_ not in {"in", "on"}
        if leads and child.lower_ in word_set("leads_elsewhere"):
            return False
    at = verb.i + 1
    while at < len(verb.doc) and verb.doc[at].lower_ in word_set("behind_come"):
        at += 1
    behind = reader.clock.starts & {verb.i + 1, at, at + 1}
    opening = reader.scene.sentence(verb.i).start
    before = [start for start, _, _ in reader.clock.between(opening, opening + 3)]
    near = [d for d in before if verb.i - d <= 8]
    return bool(behind or near)


def _is_further(child: Token) -> bool:
    """Tell B of "A came in May and B in June", which the parse takes for the object."""
    edge = child.left_edge.i
    return edge > 0 and child.doc[edge - 1].lower_ == "and"


__all__ = ["carry", "deictic", "travel"]
