"""Which days the noun of a trip dates: its first, its last or all."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb, part_of_trip
from pipeline.discourse.governing import leg_named
from pipeline.discourse.tables import words
from pipeline.discourse.timing.acts import is_of_site
from pipeline.discourse.timing.days import partial, to_month
from pipeline.discourse.timing.of_trips import Phase, When
from pipeline.discourse.timing.order import is_fresh_from
from pipeline.discourse.timing.setting_out import leaves
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import is_cut_short, tense_of
from pipeline.discourse.verbs import gets_under_way, takes_place
from pipeline.labels import NOUNS, OBJECTS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.nouns.visits_received import seen_on
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.tours.part_of_tour import whole_of
from pipeline.stages.visits.trigger_senses import is_sense

#: How many tokens before "for a visit" the "in" of its place may stand, and what stands between.
_PLACE_REACH = 6
#: How many tokens before "from a visit" the "way" home stands.
_WAY_REACH = 6
_PLACED = frozenset({"PROPN", "DET", "ADJ"})


def is_dated(reader: ArgumentReader, noun: Token) -> bool:
    """Tell whether a date hangs on the noun itself ("his visit in May", "his May 3 visit")."""
    before = reader.clock.between(noun.left_edge.i, noun.i)
    if any(partial(date) is not None for _, _, date in before):
        return True
    inside = {t.i for t in noun.subtree}
    return any(i in reader.clock.starts and i > noun.i for i in inside)


def is_set_apart(noun: Token) -> bool:
    """Tell "X, on a visit to Peru, signed a pact on Monday": the day is of what was done there.

    So "On a visit to Peru, X signed"; not "X, on a visit to Peru, arrives in Lima on Monday", nor
    "went on a visit to Peru, and on Monday".
    """
    prep, doc = noun.head, noun.doc
    if prep.lower_ not in {"on", "for"} or prep.i > noun.i:
        return False
    end = noun.right_edge.i + 1
    if text_at(doc, end) not in word_set("opens_aside") or not _opens_aside(prep):
        return False
    verb = governing_verb(noun)
    moves = words("moves", "leaves_again", "opens_trip", "finish")
    return verb is not None and (verb.lemma_ not in moves | {"be"} or is_of_site(verb))


def _opens_aside(prep: Token) -> bool:
    """Tell "X, on a visit", "X, in Lima for a visit", "On a visit" from "came for a visit"."""
    if prep.lower_ == "on" and prep.is_sent_start:
        return True
    doc, first = prep.doc, max(prep.i - _PLACE_REACH, prep.sent.start + 1)
    start = next((i for i in range(prep.i - 1, first - 1, -1) if doc[i].lower_ == "in"), prep.i)
    placed = start < prep.i and all(t.pos_ in _PLACED for t in doc[start + 1 : prep.i])
    start = start if placed else prep.i
    named = prep.lower_ == "on" or placed
    return named and start > 0 and doc[start - 1].text in word_set("opens_aside")


def governs(noun: Token, verb: Token) -> bool:
    """Tell whether the verb's subject is the one who travels."""
    node = noun
    while node.dep_ in {"conj", "appos"} and node.head.pos_ in NOUNS:
        node = node.head
    node = leg_named(node) or node
    if node.head == verb:
        return node.dep_ in {"dobj", "obj", "attr", "nsubjpass", "nsubj", "oprd", "conj"}
    while node.head.lower_ == "of" and node.head.head.lemma_ in word_set("part_noun"):
        node = node.head.head
    prep = node.head
    if prep.pos_ not in {"ADP", "SCONJ", "PART"} and prep.dep_ != "prep":  # "following a visit"
        return False
    over = [prep.head, prep.head.head]
    return verb in over or (over[1].lower_ == "with" and over[1].head == verb)


def _may_last(noun: Token) -> bool:
    """Tell "the three-day visit came on Monday", "his departure comes on Monday": its first day."""
    spans = (c for c in noun.subtree if c.i < noun.i and c.lower_ in word_set("days_apart"))
    return noun.lemma_ == "departure" or any(c.dep_ != "poss" for c in spans)


def _is_fixed(noun: Token, verb: Token) -> bool:
    """Tell what "is set for Monday", and of whom "he is set for a visit"; not "set off for"."""
    beside = noun.head.lower_ == "for" and noun.head.head == verb
    return noun.dep_ == "nsubjpass" or (beside and all(c.dep_ != "prt" for c in verb.children))


def noun_phase(reader: ArgumentReader, noun: Token, governor: Token | None) -> Phase:
    """Return "leave" for "returned from a visit", "arrive" for "arrived for a visit"."""
    part = part_of_trip(noun)
    if part in {"first", "last"}:
        return "arrive" if part == "first" else "leave"
    if noun.lemma_ in words("arrival_noun"):
        source = reader.source(noun)
        back = source is not None and source in {told.destination for told in reader.told}
        return "leave" if back else "arrive"  # "on her arrival from Lima", where she had been
    if noun.lemma_ == "return":
        return "leave"  # "on her return from Lima on Tuesday"
    if _is_on_way_home(noun):
        return "leave"
    if _is_stop_of_tour_begun(reader, noun):
        return "arrive"
    if governor is None:
        return "whole"
    if any(takes_place(verb) for verb in (governor, *governor.children)):
        return "whole"  # "the visit took place on", "is set to take place on Monday"
    if _is_of_tour_begun(governor) or gets_under_way(governor):
        return "arrive"
    if governor.lemma_ == "go" and noun.head.lower_ == "on" and noun.head.i == governor.i + 1:
        return "whole"  # "will go on a visit to Lima on Monday", as "will pay a visit to it"
    over = governor.lemma_ in word_set("comes_to_end") and any(
        t.lemma_ in words("end_of_trip") for c in governor.children for t in c.children
    )
    short = is_cut_short(governor) and tense_of(governor) == "past"
    if over or (short and any(c.dep_ == "poss" for c in noun.children)):
        return "leave"  # "cut short his visit", not "cut short a trip to the coast"
    behind = noun.head.lower_ in words("after_which") or _is_listed_behind(noun, governor)
    if behind and governor.lemma_ in words("leaves_again") - {"return"}:
        return "leave"
    if (behind or noun.head.lower_ == "from") and _is_home(reader, governor):
        return "leave"
    comes_back = governor.lemma_ in {"return", "come"} and not is_dated(reader, noun)
    if comes_back and noun.head.lower_ == "from" and not _is_told_on(noun):
        return "leave"
    limits = words("begin", "finish")
    around = word_set("set_around_trip") - {"for"}
    if governor.lemma_ in limits and preposition_of(noun) in around:
        return "whole"  # "roads were closed ahead of his visit", "talks began during it"
    if governor.lemma_ == "come" and (behind or preposition_of(noun) in around):
        return "whole"  # "the pact comes days after his visit to Lima on Monday"
    senses = verb_rules().get(governor.lemma_.lower(), ())
    arrives = any(
        sense.frame == "travel" and sense.phase == "arrive" and not sense.all_objects
        for sense in senses
        if sense.id not in word_set("goes_on_to")
        and (not sense.all_particles or is_sense(governor, sense))  # not "carried out a visit"
    )
    whole = noun.head == governor and noun.dep_ == "nsubj" and not _may_last(noun)
    fixed = governor.lemma_ == "set" and _is_fixed(noun, governor) and not _may_last(noun)
    if fixed:
        return "whole"  # "the visit is set for Monday", "X is set for a visit on Monday"
    if (arrives and not whole) or governor.lemma_ in words(
        "begin"
    ):  # not "the visit came on Monday"
        return "arrive"
    beside = words("on_account") | {"with", "during"}
    if governor.lemma_ in words("finish") and noun.head.lower_ not in beside:
        return "leave"  # not "schools will close for the visit"
    return "leave" if comes_back and behind else "whole"


def _is_on_way_home(noun: Token) -> bool:
    """Tell "said so on his way home on Monday from a visit to Lima", "is back from a visit"."""
    source = noun.head
    if source.lower_ != "from":
        return False
    if text_at(noun.doc, source.i - 1).lower() == "back":
        return True
    before = noun.doc[max(noun.sent.start, source.i - _WAY_REACH) : source.i]
    way = next((t.i for t in reversed(before) if t.lower_ == "way"), None)
    return way is not None and any(
        t.lower_ in words("home") | {"back"} for t in noun.doc[way : source.i]
    )


def of_own_day(
    reader: ArgumentReader,
    noun: Token,
    governor: Token | None,
    made: Candidate,
    *,
    days: When | None,
) -> Candidate:
    """Leave a trip only the days that are its own, not those of what is told of it."""
    # "his trip will include a visit to Togo on Monday": the day is the visit's
    holds = governor is not None and noun.dep_ == "nsubj" and governor.lemma_ == "include"
    holds = holds or (noun.dep_ == "nsubj" and _takes_on(noun.head))
    if holds and not _is_dated_before(reader, noun, governor):
        made = replace(made, when=When())
    if is_fresh_from(noun) and not is_dated(reader, noun):
        made = replace(made, when=When())  # "landed in Quito on Monday, fresh from a visit to Lima"
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ == "follow":
        # "The 2021 visit was followed by another in May"
        own = reader.clock.between(noun.left_edge.i, noun.head.i)
        when = reader.clock.when([noun.doc[own[0][0]]], phase="whole") if own else When()
        made = replace(made, when=when)
    if days is not None and made.count == 1:
        last = made.when.end if made.when.start is None else None
        made = replace(made, when=replace(days, end=days.end or last))
    if seen_on(noun) is not None and not is_dated(reader, noun):
        made = replace(made, when=to_month(made.when))  # "received X, on a visit, on Monday"
    return made


def _takes_on(verb: Token) -> bool:
    """Tell "the trip will then bring him to Togo on Monday": the day is that of Togo."""
    carries = any(rule.frame == "carry" for rule in verb_rules().get(verb.lemma_.lower(), ()))
    beside = (c for c in verb.children if c.dep_ != "prep")  # not "on Monday"
    onward = any(c.lower_ in word_set("goes_further") | {"also"} for c in beside)
    return carries and onward and any(c.dep_ in {"dobj", "dative"} for c in verb.children)


def _is_dated_before(reader: ArgumentReader, noun: Token, verb: Token | None) -> bool:
    """Tell "his trip, which starts on Monday, will include a visit to Togo", with no other day."""
    if verb is None:
        return False
    told = [i for i in reader.clock.starts if noun.i < i < reader.scene.sentence(noun.i).end]
    return bool(told) and all(i < verb.i for i in told)


def _is_stop_of_tour_begun(reader: ArgumentReader, noun: Token) -> bool:
    """Tell the stops of "began a tour that included visits to Peru", "embarks on one with stops".

    A stop with a day of its own is none: "began a tour that includes a visit to Peru on Monday".
    """
    whole = whole_of(noun)
    verb = governing_verb(whole) if whole is not None and not is_dated(reader, noun) else None
    return verb is not None and (verb.lemma_ in words("opens_trip") or leaves(verb))


def _is_of_tour_begun(governor: Token) -> bool:
    """Tell the stops of "begins a tour on Monday involving trips to Peru and Chile"."""
    if governor.lemma_ not in words("takes_in") or governor.tag_ != "VBG":
        return False
    over = governor.head
    verb = over if over.pos_ == "VERB" else over.head
    tours = (c for c in verb.children if c.dep_ in OBJECTS)
    return verb.lemma_ in words("begin") and any(c.lemma_ in words("trip_noun") for c in tours)


def _is_listed_behind(noun: Token, verb: Token) -> bool:
    """Tell "returned after talks in Lima and visits to Chile", parsed as "returned and visits"."""
    after = any(c.lower_ in words("after_which") and verb.i < c.i < noun.i for c in verb.children)
    return after and noun.dep_ == "conj" and noun.head == verb


def _is_told_on(noun: Token) -> bool:
    """Tell "a tour of Africa that included a stop in Kenya", whose last day is not Kenya's."""
    return any(c.dep_ == "relcl" for c in noun.children)


def _is_home(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "arrived in Nairobi", "returned home" of a traveller whose home that is."""
    if any(child.lower_ in words("home") for child in verb.children):
        return True
    countries = {actor.country for actor in reader.travellers(verb)}
    spots = reader.places(verb, ("in", "at", "to"))
    return bool(spots) and {spot.country for spot in spots} <= countries


__all__ = ["governs", "is_dated", "is_set_apart", "noun_phase", "of_own_day"]
