"""What becomes of a trip that a noun tells: whether it was made, is under way or yet to come."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE, MADE_OR_PLANNED
from pipeline.discourse.factuality import BARE, Fact, fact_of_noun, fact_of_verb, governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import NOUNS, OBJECTS, PLURALS, PRESENT, TIMES, VERBS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import LAST_STOP, Candidate
from pipeline.stages.visits.days.day_of_trip import is_of_days
from pipeline.stages.visits.days.days_apart import compare
from pipeline.stages.visits.nouns.awaited import is_awaited
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.part_of_tour import fact_of_stop

#: How far behind a trip's noun its vague time is told, in tokens.
_AHEAD = 14


def put_ahead(reader: ArgumentReader, noun: Token, made: Candidate, *, leg: bool) -> Candidate:
    """Put ahead the next leg of one who is on a trip, and a trip of which only the plan is told."""
    if made.status == "ongoing" and _is_later_stop(noun):
        made = replace(made, fact=Fact("planned", weak=True))  # "His third stop is Peru"
    if leg and made.status == "ongoing":
        made = replace(made, fact=Fact("planned", weak=True))  # behind the leg he is on
    if since := _under_way_since(reader, noun, made):
        return since
    if made.status in {"completed", "planned"} and _is_further(noun):
        begun = made.status == "completed"
        day = made.when.start or made.day or _day_of_leaving(reader, noun)
        made = replace(made, when=When(), day=day, further=begun)
        made = replace(made, phase="arrive")
    if made.status == "completed" and _is_behind_stay(reader, noun, made):
        made = replace(made, fact=Fact("planned", weak=True), phase="whole", when=When())
    elif made.status == "completed" and _is_yet_to_leave(noun):
        last = noun.tag_ not in PLURALS  # of several, some are over
        fact = Fact("ongoing", weak=True) if last else Fact("completed", weak=True, reason=BARE)
        made = replace(reader.undated(made), fact=fact, phase="leave" if last else "whole")
    if _ends_ahead(reader, noun, made):
        made = replace(made, fact=Fact("planned", weak=True))
    begins = made.status == "ongoing" and made.fact.weak and made.spot is None
    if begins and compare(made.when.start, reader.scene.article.published) > 0:
        made = replace(made, fact=Fact("planned", weak=True))  # "leaves on Monday on a tour"
    if made.status in MADE_OR_PLANNED and _is_planned(noun):
        # "the itinerary of his visit to Peru was published on Monday"
        own = _has_own_day(reader, noun) or _is_ahead_of_telling(reader, noun, made)
        made = replace(made if own else reader.undated(made), fact=Fact("planned", weak=True))
    return made


def _under_way_since(reader: ArgumentReader, noun: Token, made: Candidate) -> Candidate | None:
    """Return the visit of "On a visit to Peru since Monday, X met Y", which goes on.

    None of "On a visit to Peru on Monday, X met Y", nor of "X has met Y since Monday".
    """
    end = made.spot.end if made.spot is not None and made.spot.start > noun.i else noun.i + 1
    at_it = noun.dep_ == "pobj" and noun.head.lower_ == "on" and made.status in MADE
    dates = reader.clock.behind(end + 1) if at_it and text_at(noun.doc, end) == "since" else []
    if not dates or not any(d.grain == "day" for *_, d in reader.clock.between(end, end + 2)):
        return None
    when = reader.clock.when(dates, phase="arrive")
    return replace(made, fact=Fact("ongoing", weak=True), phase="arrive", when=when, day=None)


def _is_later_stop(noun: Token) -> bool:
    """Tell "His third stop is Peru" from "Peru is his third stop", where he may be."""
    later = any(c.lower_ in words("order_of_leg") - {"first", "1st"} for c in noun.children)
    subject = noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and noun.i < noun.head.i
    return later and subject and noun.lemma_ in words("leg_of_tour")


def _ends_ahead(reader: ArgumentReader, noun: Token, made: Candidate) -> bool:
    """Tell "ends his tour in Lima on Friday", told before that day, from "ends his visit in"."""
    left = made.phase == "leave" and made.status in MADE
    if not left or made.spot is None or noun.lemma_ == "visit":
        return False
    last = noun.doc[made.spot.start - 1].lower_ == "in" and made.spot.start > noun.i
    return last and compare(made.when.end, reader.scene.article.published) > 0


def _is_further(noun: Token) -> bool:
    """Tell the second of "left on Monday for a state visit to Peru and a working visit to Chile".

    He is not there yet. "Left on Monday after a visit to Peru and one to Chile" has none. So that
    of "left on Monday on a visit to Peru, followed by one to Chile".
    """
    order = _followed(noun)
    if order is not None and order.head.lemma_ in words("departs"):
        return True
    first = _first_of_list(noun)
    off = first != noun and first.lemma_ in word_set("lasts_days") and first.head.lower_ == "for"
    return off and first.head.head.lemma_ in words("departs")


def _followed(noun: Token) -> Token | None:
    """Return the "followed" of "a visit to Peru, (to be) followed by a visit to Chile"."""
    order = noun.head.head
    led = noun.dep_ == "pobj" and noun.head.dep_ == "agent" and order.dep_ in {"advcl", "acl"}
    return order if led and order.lemma_ == "follow" else None


def _day_of_leaving(reader: ArgumentReader, noun: Token) -> str | None:
    """Return the Monday of "left on Monday on a visit to Peru, followed by one to Chile"."""
    order = _followed(noun)
    return reader.clock.when([order.head], phase="arrive").start if order is not None else None


def _is_to_follow(noun: Token) -> bool:
    """Tell the visit to Chile of "departed for a visit to Peru, to be followed by one to Chile"."""
    order = _followed(noun)
    return order is not None and any(c.lower_ == "to" and c.dep_ == "aux" for c in order.children)


def _is_behind_stay(reader: ArgumentReader, noun: Token, made: Candidate) -> bool:
    """Tell "is in Lima. He will return home after his visit to Chile", where he has yet to go.

    Where no other stay is told, he who "will return home after his visit to Chile" may be there.
    """
    verb = governing_verb(noun)
    if noun.head.lower_ not in words("after_which") or verb is None or made.actor is None:
        return False
    home = verb.lemma_ in words("leaves_again") and auxiliaries_of(verb) & {"will", "would"}
    return bool(home) and any(
        told.actor is not None
        and told.actor.key == made.actor.key
        and told.destination not in {None, made.destination}
        and told.status in MADE
        and told.phase == "arrive"
        for told in reader.told
    )


def _is_yet_to_leave(noun: Token) -> bool:
    """Tell "is expected home on Monday after a visit to Peru", where one is, or will be, till then.

    So "will return to Lima after short visits to both".
    """
    verb = governing_verb(noun)
    after = noun.head.lower_ in words("after_which")
    if not after or verb is None or verb.lemma_ not in words("leaves_again"):
        return False
    return fact_of_verb(verb).status == "planned"


def _first_of_list(noun: Token) -> Token:
    """Return the visit to Peru of "a visit to Peru, a state visit to Chile and one to Fiji"."""
    first = noun
    while first.dep_ in {"conj", "appos"} and first.head.pos_ in NOUNS:
        first = first.head
    place = first != noun and first.dep_ == "pobj" and first.head.lower_ == "to"
    return _first_of_list(first.head.head) if place else first


def marked_at_end(noun: Token, made: Candidate) -> Candidate:
    """Mark Oslo of "will end his tour in Oslo", where he is not yet, unless told otherwise.

    "Will end his two-day visit in Oslo", "his official visit", tell of one who is there.
    """
    ends = made.phase == "leave" and made.status == "planned"
    under_way = noun.lemma_ == "visit" and (made.kind or is_of_days(noun))
    if not ends or under_way or made.spot is None or noun.doc[made.spot.start - 1].lower_ != "in":
        return made
    return replace(made, notes=(*made.notes, LAST_STOP))


def put_behind_landing(
    reader: ArgumentReader, noun: Token, verb: Token | None, made: Candidate
) -> Candidate:
    """Put ahead the Chile of "landed in Peru on Monday on a tour that includes Chile".

    So that of "landed in Peru, kicking off a tour that includes Chile". Behind "landed in Peru on
    the last leg of a tour of Chile" it is over.
    """
    leg = noun.head.head if noun.head.lower_ == "of" else noun
    leg = leg if leg.lemma_ in word_set("leg_noun") else noun
    opens = verb is not None and leg.head == verb and verb.lemma_ in words("begin")
    opens = opens and verb is not None and verb.tag_ == "VBG" and verb.head.pos_ in VERBS
    verb = verb.head if opens and verb is not None else verb
    under_way = made.status in MADE_OR_PLANNED and (opens or leg.head.lower_ == "on")
    if verb is None or not under_way or noun.lemma_ not in word_set("leads_through"):
        return made
    landed = {
        c.destination
        for c in reader.told
        if c.at == verb.i
        and c.rule in word_set("arrival")
        and c.spot is not None
        and c.status in MADE
    }
    if made.spot is None or not landed or made.destination in landed:
        return made
    if fact_of_stop(noun, made.spot):
        return made
    last = any(c.lower_ in word_set("last_of_days") for c in leg.children)
    fact = Fact("completed" if last else "planned", weak=True)
    return replace(reader.undated(made), fact=fact)


def fact_by_noun(noun: Token, verb: Token | None) -> Fact:
    """Return what a trip's noun and the verb over it tell of it: "his visit began", "is due".

    Args:
        verb: the one that governs the noun.
    """
    fact = fact_of_noun(noun)
    if fact.status is None and noun.head.lower_ == "of" and _is_planned(noun):
        return Fact("planned", weak=True)  # "no details of the visit were given"
    if fact.status == "invited" and _has_begun(noun):
        return Fact("completed", reason="arrived")
    if fact.status in MADE and (_is_ahead(noun) or _is_to_follow(noun) or is_awaited(noun, verb)):
        return Fact("planned", weak=True)
    if noun.lemma_ in word_set("attendance") and verb is not None and noun.head == verb:
        confirmed = verb.lemma_ in word_set("promises_to_come") and fact.status == "completed"
        fact = Fact("planned", weak=True) if confirmed else fact
    if fact.status == "ongoing" and fact.weak and verb is not None and _is_back(noun, verb):
        return Fact("completed", weak=True)
    if fact.status == "ongoing" and verb is not None and _is_off_on(noun, verb):
        return Fact("completed", reason="arrived")
    if fact.status != "completed" or fact.reason == "pluperfect":
        return fact
    if _is_planned(noun):
        return Fact("planned", weak=True)  # "published the programme of his 3-5 June visit"
    if noun.lemma_ in words("arrival_noun"):
        return replace(fact, reason="arrived")  # "on his arrival in Lima", as "arrived in Lima"
    beside = noun.dep_ == "pobj" and noun.head.lower_ in {"during", "in", "amid", "from", "after"}
    if verb is not None and verb.lemma_ in words("begin") and not beside:
        return replace(fact, reason="arrived")  # not "opened the embassy during the visit"
    return fact


def _is_off_on(noun: Token, verb: Token) -> bool:
    """Tell "is off on a trip to Peru and Chile", which has but begun."""
    prep = noun.head
    off = any(c.lower_ == "off" and c.i > verb.i for c in verb.children)
    return verb.lemma_ == "be" and off and prep.lower_ == "on" and prep.head == verb


def _is_ahead(noun: Token) -> bool:
    """Tell "welcomed X's visit to Peru in the near future", "a visit by X later this year"."""
    doc, at = noun.doc, noun.i + 1
    end = min(len(doc), noun.i + _AHEAD)
    while at < end and doc[at].pos_ not in {"VERB", "AUX", "PUNCT"}:
        at += 1
    told = f" {doc[noun.i + 1 : at].text.lower()} "
    ahead = (phrase for phrase in word_set("told_ahead") if f" {phrase} " in told)
    return any(f" and {phrase} " not in told for phrase in ahead)  # "and later this week goes on"


def _has_begun(noun: Token) -> bool:
    """Tell "was invited by X for a visit that started on Monday", not "that started a row"."""
    said = (c for c in noun.children if c.dep_ == "relcl" and c.tag_ == "VBD")
    begun = (c for c in said if c.lemma_ in words("begin"))
    return any(all(below.dep_ not in OBJECTS for below in c.children) for c in begun)


def _is_back(noun: Token, verb: Token) -> bool:
    """Tell "returns from his visit to Peru", as news has it, from "returns from it on Friday"."""
    back = verb.lemma_ == "return" and verb.tag_ in PRESENT and noun.head.lower_ == "from"
    return back and not any(t.ent_type_ in TIMES for t in verb.subtree)


def _is_planned(noun: Token) -> bool:
    """Tell "the itinerary of his visit", "to preview the visit", "a statement ahead of his visit".

    "Talks failed ahead of his visit" is for the verb to tell.
    """
    if preposition_of(noun) == "ahead" and governing_verb(noun) is None:
        return True
    if noun.dep_ in OBJECTS and noun.head.lemma_ == "preview":
        return True
    above = noun.head.head if noun.head.lower_ in {"of", "for"} else noun.head
    if above.dep_ in OBJECTS and above.head.lemma_ in words("begin"):
        return False  # "began the programme of his visit"
    return noun.dep_ in {"pobj", "poss"} and above.lemma_.lower() in word_set("plan_noun")


def _has_own_day(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "the programme of his 3-5 June visit", "of his visit on 3 June", not "on Monday"."""
    days = [t for t in noun.subtree if t.i in reader.clock.starts]
    return any(t.i < noun.i or any(n.is_digit for n in t.doc[t.i : t.i + 3]) for t in days)


def _is_ahead_of_telling(reader: ArgumentReader, noun: Token, made: Candidate) -> bool:
    """Tell "Peru is preparing for a visit next week" from "the programme will be out next week"."""
    verb = governing_verb(noun)
    to_be_told = verb is not None and tense_of(verb) == "future"
    return not to_be_told and compare(made.when.start, reader.scene.article.published) > 0


__all__ = ["fact_by_noun", "marked_at_end", "put_ahead", "put_behind_landing"]
