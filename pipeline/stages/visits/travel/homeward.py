"""How long a stay lasts: when the traveller left home, until when, when he is home again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import UNDONE, Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.suppositions import was_planned
from pipeline.discourse.tables import words
from pipeline.discourse.timing.legs import leads_to_own
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.timing.setting_out import aims_of
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, TIMES
from pipeline.neighbours import text_at, word_at
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import LEFT_HOME, Candidate, is_loose
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import VerbRule, word_set

#: The reason of a telling that says only when a trip ends.
HOMEWARD = "homeward"
#: How many sentences back the trip may be told from which "he will be back".
_AWAY_REACH = 5
_OBJECTS = frozenset({"dobj", "obj", "attr", "acomp"})
#: What tells of a plan made in the place of another.
_CHANGED = frozenset({"now", "instead"})


def homeward(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "flies home on Sunday", "returns to the island on Friday": the trip told ends then."""
    fact = fact_of_verb(verb)
    if fact.status is None or fact.status in {"cancelled", "postponed", "invited"}:
        return
    when = reader.clock.when([verb], phase="leave", fact=fact)
    again = not fact.reason or (verb.lemma_ == "be" and fact.reason == "present")
    undated = not when and fact.status in MADE and again
    if not undated and (when.end is None or len(when.end) < DAY or when.start is not None):
        return
    for each in reader.travellers(verb):
        actor = _who_is_away(reader, verb, each)
        if actor.reference.plural or not _leads_home(reader, verb, rule, actor):
            continue
        if rule.id == "leave_again" and _leaves_on_trip(reader, verb, actor):
            continue  # whose days the visit tells
        if rule.id == "leave_again" and _heads_abroad(reader, verb, actor):
            continue  # "left on Monday, heading for Lima"
        stays = _stayed_in(reader, verb, actor)
        just_there = fact.status == "completed" and _was_just_there(reader, verb, actor)
        spent = bool(stays) and word_at(verb.doc, stays[0].start - 1) == "in"
        if undated and not (just_there or spent):
            continue  # "is back after a police mission to Haiti"
        bound_home = leads_to_own(verb)
        just_left = rule.id == "leave_again" and _has_just_left(reader, actor, when.end)
        if just_left and not bound_home:
            continue
        came_from = _came_from(verb, reader, actor)
        leaving = bool(came_from) and fact.status == "planned"  # he is there yet
        ahead = rule.id == "leave_again" and _sets_out(reader, verb, actor) and not bound_home
        home_again = replace(fact, status="completed") if undated else fact
        led: Sequence[Spot | None] = came_from or stays or [None]
        for spot in led:
            made = reader.make(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=replace(home_again, reason="" if leaving else HOMEWARD),
                phase="arrive" if ahead else "leave",
                joins=not came_from,
                notes=(LEFT_HOME,) if ahead else (),
            )
            last = when.end if spot == led[-1] else None
            yield replace(made, when=When(when.end, None) if ahead else When(None, last))


def _who_is_away(reader: ArgumentReader, verb: Token, actor: Actor) -> Actor:
    """Return A for "he" of "A left for Peru. B will act for him. He will be back on Sunday".

    Of two compatriots it is the one of whom a trip is told who comes home from it.
    """
    if actor.reference.form != "pronoun" or actor.reference.plural:
        return actor
    number = reader.scene.sentence_of
    near = [c for c in reader.told if 0 < number[verb.i] - number[c.at] <= _AWAY_REACH]
    told = [c.actor for c in near if c.actor is not None and c.status and c.destination]
    if not told or any(a.key == actor.key for a in told):
        return actor
    one = told[-1]
    fits = one.country == actor.country and not one.reference.plural
    return replace(one, token=actor.token) if fits else actor


def _was_just_there(reader: ArgumentReader, verb: Token, actor: Actor) -> bool:
    """Tell "flew home", "returned to Nairobi" of one who was told right before to be abroad.

    So "before flying home", of one who came there.
    """
    home = any(c.lower_ == "home" for c in verb.children)
    if not (home or any(_is_home(actor, spot) for spot in reader.places(verb, ("to",)))):
        return False  # "came back to the matter", "to the city"
    told = reader.told_of(actor)
    before = verb.dep_ == "pcomp" and verb.head.lower_ == "before"
    there = MADE if before else {"ongoing"}
    if not told or told[-1].at > verb.i or told[-1].status not in there:
        return False
    number = reader.scene.sentence_of
    return number[verb.i] - number[told[-1].at] <= 1


def _sets_out(reader: ArgumentReader, verb: Token, actor: Actor) -> bool:
    """Tell "will leave on Monday", "left on Monday and returned on Friday" of one still at home."""
    told = reader.told_of(actor)
    if told and any(c.dep_ == "conj" and leads_back(c) for c in verb.children):
        return not any(c.phase != "whole" or len(c.when.start or "") == DAY for c in told)
    return _is_at_home(reader, actor) or _sets_out_anew(reader, verb, actor)


def _sets_out_anew(reader: ArgumentReader, verb: Token, actor: Actor) -> bool:
    """Tell "will now leave on Friday" of one who was to fly to Lima on Thursday."""
    told = reader.told_of(actor)
    if not told or not any(c.lower_ in _CHANGED for c in verb.children):
        return False
    return all(
        c.phase == "arrive"
        and (c.fact.reason == UNDONE or c.status == "planned")
        and was_planned(reader.scene.doc[c.at])
        for c in told
    )


def _has_just_left(reader: ArgumentReader, actor: Actor, day: str | None) -> bool:
    """Tell "his flight departed at 9 p.m." behind "left for Peru on Friday", which is the same.

    So "He left in the afternoon" behind "has travelled to Peru", "flew to Peru today".
    """
    told = reader.told_of(actor)
    trips = [c for c in told if c.rule in word_set("leaves_home", "travels_there")]
    arrived = any(c.rule in word_set("arrival") for c in told)
    if not trips or arrived or day is None:
        return False
    return trips[-1].when.start == day or (
        trips[-1].rule in word_set("travels_there") and trips[-1].when.start in {None, day}
    )


def _leaves_on_trip(reader: ArgumentReader, verb: Token, actor: Actor) -> bool:
    """Tell "leaves on Monday to pay a visit to Lima" of one not told to be abroad yet."""
    aims = [t for aim in aims_of(verb) for t in aim.subtree]
    abroad = {spot.country for t in aims for spot in reader.scene.spots(t.i)}
    if not abroad - {actor.country, None}:
        return False
    told = reader.told_of(actor)
    if not told or told[-1].fact.reason == HOMEWARD:
        return True
    there = told[-1].status in MADE or bool(told[-1].when.start)
    return told[-1].destination in {actor.country, *abroad} or not there


def _heads_abroad(reader: ArgumentReader, verb: Token, actor: Actor) -> bool:
    """Tell "left here on Monday, heading for Lima" of one of another land than Peru."""
    goes = words("moves") | {"head", "bind"}
    heads = [c for c in verb.children if c.tag_ in {"VBG", "VBN"} and c.lemma_ in goes]
    led = [s for c in heads for s in reader.places(c, ("for", "to", "towards", "toward"))]
    return any(not _is_home(actor, spot) for spot in led)


def _is_at_home(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "departs on Friday" of one whose trip is yet to come, with no day of it told.

    And "left on Friday" behind "has left for Peru", "will now leave on Friday" behind "has put off
    his trip".
    """
    told = reader.told_of(actor)
    left = [not c.when and _tells_leaving(reader, c) for c in told]
    if any(left) and not any(c.rule in word_set("arrival") or c.when for c in told):
        return True
    if any(c.status == "postponed" for c in told):
        return not any(c.status in MADE for c in told)
    if not told or told[0].status != "planned":
        return False
    # "The visit is at the invitation of X" says not that one is there.
    ahead = (c.status == "planned" or (c.status == "ongoing" and c.fact.weak) for c in told)
    return all(ahead) and all(
        c.phase == "whole" and (c.when.coarse or is_loose(c.when)) for c in told
    )


def _tells_leaving(reader: ArgumentReader, told: Candidate) -> bool:
    """Tell "has left for Peru", "left for a visit to Peru", "left on a visit to Peru"."""
    if told.rule in word_set("leaves_home"):
        return True
    noun = reader.scene.doc[told.at]
    over = governing_verb(noun) if noun.pos_ == "NOUN" else None
    return told.phase != "leave" and over is not None and over.lemma_ in words("departs")


def _came_from(verb: Token, reader: ArgumentReader, actor: Actor) -> list[Spot]:
    """Return the countries of "came back to Lima on Friday from Seoul", told by this alone.

    Nothing for "flew home on Friday, 12 days from the vote", "to a town far from Seoul".
    """
    end = reader.scene.sentence(verb.i).end
    before = (t for t in verb.doc[verb.i + 1 : end] if t.lower_ == "from")
    source = next((t for t in before if _hangs_on_way(t, verb)), None)
    spots = reader.scene.spots(source.i + 1) if source is not None else []
    if any(text_at(verb.doc, spot.end) in GENITIVES for spot in spots):
        return []
    abroad = {spot.country for spot in spots} - {actor.country, None}
    return spots if len(spots) == len(abroad) else []


def _hangs_on_way(source: Token, verb: Token) -> bool:
    """Tell the "from" of "came from", "home from", "back to Lima from"."""
    for node in source.ancestors:
        if node == verb:
            return True
        if node.pos_ != "PROPN" and node.lower_ not in word_set("on_way_home"):
            return False
    return False


def _stayed_in(reader: ArgumentReader, verb: Token, actor: Actor) -> list[Spot]:
    """Return the country of "returns home on Friday after talks in Seoul", those of a list.

    Of "after talks in Seoul on the war in Peru" it is not told which.
    """
    behind = verb.doc[verb.i + 1 : reader.scene.sentence(verb.i).end]
    after = next((t for t in behind if t.lower_ in words("after_trip")), None)
    if after is None or any(t.tag_ in FINITE or t.text == "," for t in behind[: after.i - verb.i]):
        return []
    ends = (t.i for t in behind if t.i > after.i and (t.tag_ in FINITE or t.text in ";:"))
    told = verb.doc[after.i + 1 : next(ends, behind.end)]
    held = [t for t in told if t.lower_ in {"in", "to"} or t.tag_ == "VBG"]
    lists = [spots for t in held if (spots := reader.scene.spots(t.i + 1))]
    spots = lists[0] if len(lists) == 1 else []
    abroad = {spot.country for spot in spots} - {actor.country, None}
    return spots if len(spots) == len(abroad) else []


def _leads_home(reader: ArgumentReader, verb: Token, rule: VerbRule, actor: Actor) -> bool:
    """Tell whether the verb, or a place behind it, leads the traveller home or away again."""
    doc = reader.scene.doc
    if rule.all_particles:
        if verb.lemma_ == "be" and any(t.lower_ == "home" for t in doc[verb.i + 1 : verb.i + 3]):
            return True  # "is back home after a week in Lima"
        there = verb.lemma_ in word_set("back_at_home")  # "was back in Lima"
        reached = there or verb.lemma_ == "arrive"  # "arrived back in Lima"
        back = ("to", "in", "at") if reached else ("to",)
        behind = _back_in(verb)
        if any(t.lemma_ in words("own_land") for t in behind):
            return True
        found = reader.places(verb, back)
        awaited = there and verb.lemma_ != "be"
        if not found and awaited and not all(_is_ones_place(t) for t in behind):
            return False  # "is expected back in court"
        return all(_is_home(actor, spot) for spot in found)
    dates = reader.clock.starts  # "leaves Monday", parsed as an object
    if any(c.dep_ in _OBJECTS and c.i not in dates for c in verb.children):
        return False
    behind = [c for c in verb.children if c.i > verb.i and c.dep_ in {"prep", "advmod"}]
    for child in behind:
        if child.lower_ == "to" and rule.preps:
            spots = reader.scene.spots(child.i + 1)
            if spots:
                return _is_home(actor, spots[0])
            noun = word_at(doc, child.i + 2)
            return noun in words("host_noun") | word_set("homeland")
        if child.lower_ == "for" and verb.lemma_ in words("leaves_again"):
            spots = reader.scene.spots(child.i + 1)
            if spots:
                return _is_home(actor, spots[0])
            return leads_to_own(verb)
        if child.lower_ == "from" and leads_back(verb) and _is_from_event(child):
            continue
        if child.lower_ in {"for", "to", "from"}:
            return False
        if child.lower_ == "on" and any(c.lemma_ in words("trip_noun") for c in child.children):
            return False  # "departed on a tour of Peru"
    return True


def _is_from_event(before: Token) -> bool:
    """Tell "returns from the summit on Tuesday", of which the place is told before."""
    return any(c.lemma_.lower() in words("event") for c in before.children)


def _back_in(verb: Token) -> list[Token]:
    """Return the country of "is expected back in the country", the work of "is back at work"."""
    over = [verb, *(c for c in verb.children if c.dep_ in {"advmod", "acomp"})]
    over += [c for node in over[1:] for c in node.children if c.dep_ == "advmod"]
    preps = [c for node in over for c in node.children if c.lower_ in {"in", "at", "to"}]
    return [t for prep in preps for t in prep.children if t.dep_ == "pobj"]


def _is_ones_place(noun: Token) -> bool:
    return noun.lemma_ in words("host_noun") | word_set("homeland")


def _is_home(actor: Actor, spot: Spot) -> bool:
    """Tell a traveller's country, and that in which the body has its seat for which one speaks."""
    return spot.country == actor.country or is_seated(actor, spot.country)


def leads_back(verb: Token) -> bool:
    """Tell "returned to Brussels", "flew back to New York"."""
    return verb.lemma_ == "return" or any(c.lower_ == "back" for c in verb.children)


def stay_on(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "stays until Friday", "will remain through 22 August": the trip told lasts so long.

    So "will stay from 3 to 5 May".
    """
    fact = fact_of_verb(verb)
    when = reader.clock.when([verb], phase="none", fact=fact)
    one_time = when.start is not None and when.start == when.end
    if fact.status is None or when.end is None or one_time:
        return
    for actor in reader.travellers(verb):
        made = reader.make(
            rule,
            verb,
            actor=actor,
            spot=None,
            fact=Fact(fact.status, weak=True, reason=HOMEWARD),
            phase="whole" if when.start else "leave",
            joins=True,
        )
        yield replace(made, when=when)


def outward(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "left Nairobi on Monday" of a Kenyan: the trip told elsewhere begins then.

    So "departed from the airport in Nairobi on Monday", "took off from Nairobi on Monday", and
    "jetted off on Monday" of one told to have left for Peru.
    """
    fact = fact_of_verb(verb)
    spots = (reader.scene.spots(verb.i + 1) or left_from(reader, verb))[:1]
    leads = any(c.lower_ in {"for", "to"} and c.i > verb.i for c in verb.children)
    own = fact.status is not None and _is_own_land(verb)
    own = own or (rule.id == "take_off" and not spots and _is_alone(verb))
    if fact.status not in {"completed", "planned"} or not (spots or own) or leads:
        return
    when = reader.clock.when([verb], phase="arrive", fact=fact)
    if when.start is None or len(when.start) < DAY:
        return
    for actor in reader.travellers(verb):
        if not own:
            home = actor.country == spots[0].country
        elif fact.status == "planned":
            home = _is_at_home(reader, actor) or _sets_out_anew(reader, verb, actor)
        else:
            home = _is_home_again(reader, actor, when.start)
        if home and not actor.reference.plural:
            made = reader.make(
                rule,
                verb,
                actor=actor,
                spot=None,
                fact=replace(fact, reason=HOMEWARD),
                phase="arrive",
                joins=True,
                notes=(LEFT_HOME,),
            )
            yield replace(made, when=When(when.start, None))


def left_from(reader: ArgumentReader, verb: Token) -> list[Spot]:
    """Return Nairobi of "departed from Jomo Kenyatta International Airport, Nairobi"."""
    before = next((c for c in verb.children if c.lower_ == "from" and c.i > verb.i), None)
    takes = any(c.dep_ in _OBJECTS and c.i not in reader.clock.starts for c in verb.children)
    if before is None or takes:  # "took off a coat from Nairobi"
        return []
    site = next((c for c in before.children if c.dep_ == "pobj"), None)
    inside = range(before.i + 1, (site.right_edge.i if site is not None else before.i) + 1)
    return next((spots for i in inside if (spots := reader.scene.spots(i))), [])


def _is_home_again(reader: ArgumentReader, actor: Actor, day: str) -> bool:
    """Tell "left the country on 28 October" of one told before to have come home since.

    Also of one who "has left for Lima", of which it then tells the day, and of who "is on a visit
    to Peru" for which he "left the country last night". Not of who "ended a visit to Peru on Monday
    and left the country on Tuesday".
    """
    for told in reversed(reader.told):
        own = told.actor is not None and told.actor.key == actor.key
        if own and told.rule in word_set("leaves_home") and told.when.start in {None, day}:
            return True
        if own and told.status == "ongoing" and not told.when and told.destination:
            return True
        if own and (told.fact.reason == HOMEWARD or told.destination == actor.country):
            back = told.when.end or told.when.start
            return back is None or day <= back
    return False


def _is_alone(verb: Token) -> bool:
    """Tell "jetted off on Monday" from "took off a coat", "flew out of Lima on Monday"."""
    objects = any(c.dep_ in _OBJECTS and c.ent_type_ not in TIMES for c in verb.children)
    return not objects and not any(c.lower_ in {"from", "of"} for c in verb.children)


def _is_own_land(verb: Token) -> bool:
    """Tell "leaves the country"."""
    return any(c.dep_ in _OBJECTS and c.lower_ in words("own_land") for c in verb.children)


__all__ = ["HOMEWARD", "homeward", "leads_back", "left_from", "outward", "stay_on"]
