"""Meetings by their nouns, and who has travelled to them: "talks with A in Rome"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_noun, fact_of_verb, governing_verb
from pipeline.discourse.governing import promise_over
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated, is_visiting
from pipeline.stages.visits.hosts.next_guests import place_of_next_meeting
from pipeline.stages.visits.meetings.meeting_places import lead_place
from pipeline.stages.visits.meetings.pair_meetings import meeting_of_two, met_there
from pipeline.stages.visits.meetings.ranks import called_on_leader
from pipeline.stages.visits.meetings.seats import own_seat, seat_before
from pipeline.stages.visits.meetings.sidelines import are_on_sidelines
from pipeline.stages.visits.meetings.talk_seats import (
    is_on_the_edge,
    near_talks,
    reported_from,
    seat_of_talks,
    told_seat,
)
from pipeline.stages.visits.meetings.talk_sides import fact_of_talks, listed_by
from pipeline.stages.visits.meetings.talks_told_next import talks_told_next
from pipeline.stages.visits.tables import VerbRule, verb_rules, word_set

#: How far behind a meeting's noun its "between" may stand, in tokens.
_BETWEEN_REACH = 18
#: The frames of verbs that tell where one is or goes, whatever one does before or after.
_OF_TRIPS = frozenset({"travel", "visit", "stay", "stay_on", "attend", "homeward"})


def talks_between(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "the meeting between A and B in Riyadh": who is not at home has travelled."""
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    verb = governing_verb(noun)
    between = _between(noun, verb)
    if verb is None or reader.is_remote(noun):
        return
    listed = _of_and_with(reader, noun) if between is None else []
    if between is None and not listed:
        seat = seat_of_talks(reader, noun) or seat_before(reader, noun) or told_seat(reader, noun)
        found = list(_talks_with(reader, noun, rule, verb=verb, spot=seat))
        yield from found or meeting_of_two(reader, noun, rule, seat or own_seat(reader, noun))
        return
    if between is not None:
        listed = [a for c in between.children for a in listed_by(reader, c)]
    sides = [a for a in listed if not a.is_party] or _of_office_before(reader, noun, listed)
    if len(sides) < 2:
        return
    if noun.dep_ == "pobj" and verb.dep_ == "xcomp":
        verb = verb.head  # "agreed to trade more after talks between A and B"
    fact = fact_of_talks(noun, verb)
    spot = near_talks(reader, noun) or seat_before(reader, noun) or told_seat(reader, noun)
    if spot is not None and is_on_the_edge(noun, spot):
        return
    told = _is_held(noun, verb)
    spot = spot or talks_told_next(reader, noun) or own_seat(reader, noun)
    spot = spot or reader.gatherings.meant(noun)
    if spot is None and told and not _is_aside(reader, noun):
        spot = reader.local_spot(verb, None) or lead_place(reader, noun, sides)
        spot = spot or reported_from(reader, noun, verb)
    if spot is None:
        called = called_on_leader(reader, noun, sides[:1], sides[1:]) if told else ()
        ends = [(guest, host.country) for guest, host in called] or _called_visiting(reader, sides)
    else:
        ends = [(side, spot.country) for side in sides]
    for side, country in ends:
        if side.country and country and side.country != country:
            yield reader.make_met(
                rule,
                noun,
                actor=side,
                spot=spot,
                destination=country,
                fact=fact,
            )


def signed_between(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "the signing took place in Riyadh between A and B", as of a meeting."""
    if _between(noun, governing_verb(noun)) is not None:
        yield from talks_between(reader, noun)


def _talks_with(
    reader: ArgumentReader, noun: Token, rule: VerbRule, *, verb: Token, spot: Spot | None
) -> Iterator[Candidate]:
    """Read "said after talks with A in Rome", "B's talks with A in Rome", "recalled talks with A".

    "The plan for talks with A in Rome" tells nothing of who goes.
    """
    scene = reader.scene
    around = around_meeting(noun)
    met = _with(noun, verb) or _told_to(noun, verb, around)
    behind = around in word_set("round_a_meeting", "before_a_meeting")
    owners = [a for c in noun.children if c.dep_ == "poss" for a in scene.actors(c)]
    ran = _is_deed(noun, verb)
    spot = spot or place_of_next_meeting(reader, noun, verb)
    told_of_itself = noun.dep_ in SUBJECTS or (noun.dep_ == "attr" and spot)
    if met is None or not (behind or owners or ran or told_of_itself):
        return
    if _is_aside(reader, noun):
        return
    here = spot is None and behind and not _is_of_trip(verb) and not _is_elsewhen(noun, verb)
    if here and (told := reader.local_spot(verb, None)) is not None:
        spot = told if told.is_town else None
    teller = _doer(verb) if behind else None
    if teller is None:
        teller = scene.subject(verb if behind or verb.dep_ != "ccomp" else verb.head)
    if teller is None and behind:
        teller = _beside_met(met, verb)
    tells = behind or ran or not owners
    if behind and teller is not None and _names_other(scene.actors(teller), owners):
        owners = []
    sides = [
        a for head in (met.children if met.pos_ == "ADP" else [met]) for a in scene.actors(head)
    ]
    sides = [*owners, *(scene.actors(teller) if tells and teller is not None else []), *sides]
    if spot is None and behind:  # "TUNIS: … he said in a meeting with A"
        inside = around in word_set("in_a_meeting")
        spot = lead_place(reader, noun, sides, anywhere=inside)
    if spot is None:
        return
    fact = fact_of_verb(promise_over(verb, noun) if around in words("after_trip") else verb)
    if around in word_set("before_a_meeting"):
        fact = Fact("planned")
    elif around in word_set("left_behind_by"):
        fact = Fact("completed")
    elif ran or (owners and not behind):
        fact = fact_of_noun(noun)
    told_of: set[str] = set()
    for side in sides:
        reference = side.reference
        sent = reference.kind == "delegation"
        named = reference.name or sent or reference.role_kind in words("leading_class")
        held = reference.role_kind or sent
        known = held and named and not (reference.guessed or reference.plural)
        if not known or side.key in told_of or side.country in {None, spot.country}:
            continue
        told_of.add(side.key)
        if not is_seated(side, spot.country):
            yield met_there(reader, noun, rule, side=side, sides=sides, spot=spot, fact=fact)


def _is_of_trip(verb: Token) -> bool:
    """Tell "arrived in Lima after talks with A", held elsewhere, from "spoke in Lima after"."""
    frames = {rule.frame for rule in verb_rules().get(verb.lemma_.lower(), ())}
    return verb.lemma_ == "be" or bool(frames & _OF_TRIPS and "presence" not in frames)


def _is_elsewhen(noun: Token, verb: Token) -> bool:
    """Tell "signed it in Lima days after talks with A", "met B in Lima after talks with A".

    "Spoke in Lima after talks with A", "hours after talks with A" tell where they were.
    """
    after = noun.head
    if after.lower_ not in word_set("of_other_time") and after.head.lower_ == "ahead":
        after = after.head
    if after.lower_ not in word_set("of_other_time") or after.i == 0:
        return False
    objects = {c.lemma_ for c in verb.children if c.dep_ in OBJECTS}
    meets = verb.lemma_ in word_set("<meets>") or bool(objects & word_set("talks_noun"))
    return meets or after.nbor(-1).lemma_ in word_set("days_apart")


def _is_held(noun: Token, verb: Token) -> bool:
    """Tell "talks between A and B were held", "after talks between", none planned or asked for."""
    if any(c.lower_ in word_set("yet_to_be_held") for c in noun.children):
        return False
    if noun.dep_ == "nsubjpass":
        return verb.lemma_ in word_set("holds_event")
    return noun.dep_ == "nsubj" or around_meeting(noun) in word_set("once_met")


def _between(noun: Token, verb: Token | None) -> Token | None:
    """Return the "between" of "talks on Sunday between A and B", "talks were held between A and B".

    By position, before any other verb: the parse may hang it on the day or the place. That of "at
    a summit spoke of talks between A and B" is of the talks.
    """
    doc, own = noun.doc, word_set("holds_event", "begins_event")
    for token in doc[noun.i + 1 : noun.i + _BETWEEN_REACH]:
        if token.lower_ == "between":
            nearer = token.head.i > noun.i and token.head.lemma_ in word_set("talks_noun")
            return None if nearer else token
        other = token.pos_ == "VERB" and token != verb and token.lemma_ not in own
        if other or token.text in {".", ";", ":"}:
            return None
    return None


def _of_and_with(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return A and B of "the meeting of A with B was held", none of "of farmers with B"."""
    ones = prep_objects(noun, "of")
    joint = next((t for t in noun.subtree if t.lower_ == "with" and t.i > noun.i), None)
    others = list(joint.children) if ones and joint is not None else []
    sides = [[a for h in heads for a in reader.scene.actors(h)] for heads in (ones, others)]
    whole = all(side and not any(a.is_party for a in side) for side in sides)
    lands = [{a.country for a in side if a.reference.role_kind} for side in sides]
    apart = all(lands) and lands[0].isdisjoint(lands[1])
    return [*sides[0], *sides[1]] if whole and apart else []


def _of_office_before(reader: ArgumentReader, noun: Token, parties: Sequence[Actor]) -> list[Actor]:
    """Return the two of "the foreign ministers' meeting between Peru and Chile"."""
    codes = tuple(party.country for party in parties if party.country)
    heads = [c for c in noun.children if c.dep_ in {"poss", "compound"}]
    told = [r for head in heads for r in reader.scene.at(head.i) if r.kind == "office" and r.plural]
    if len(codes) < 2 or not told or told[0].country:
        return []
    own = told[0].model_copy(update={"members": codes, "country": codes[0]})
    return reader.scene.each_of(Actor(own, noun.i))


def _beside_met(met: Token, verb: Token) -> Token | None:
    """Return B of "during talks with A of Peru, B said", whom the parse puts to A."""
    told = [t for t in met.subtree if t.dep_ == "appos" and t.i + 1 == _start(verb)]
    return told[-1] if told and verb.tag_ in {"VBD", "VBZ"} else None


def _called_visiting(reader: ArgumentReader, sides: Sequence[Actor]) -> list[tuple[Actor, str]]:
    """Return A of "talks between visiting A and B began", with B's country."""
    guests = [side for side in sides if is_visiting(reader, side)]
    lands = {side.country for side in sides if side not in guests}
    if len(guests) != 1 or len(lands) != 1 or guests[0].country in lands:
        return []
    return [(guests[0], land) for land in lands if land]


def _names_other(tellers: Sequence[Actor], owners: Sequence[Actor]) -> bool:
    """Tell A and the "his" of "A praised B's work in his talks with C": A's, not B's."""
    keys = {a.key for a in tellers if a.reference.kind == "person"}
    others = all(a.reference.form == "pronoun" and a.key not in keys for a in owners)
    return bool(keys and owners) and others


def _doer(verb: Token) -> Token | None:
    """Return A of "was promised by A during talks with B"."""
    by = next((c for c in verb.children if c.dep_ == "agent"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def _start(verb: Token) -> int:
    """Return where a verb begins, with what stands right before it."""
    before = (c.i for c in verb.children if c.dep_ in {"aux", "advmod"} and c.i < verb.i)
    return min(before, default=verb.i)


def _is_aside(reader: ArgumentReader, noun: Token) -> bool:
    """Tell a sentence of what is done on the sidelines of an event."""
    return are_on_sidelines(reader.scene.sentence(noun.i))


def _with(noun: Token, verb: Token) -> Token | None:
    """Return the "with" of a meeting, which the parse may hang on the verb before the noun."""
    behind = [c for c in (*noun.children, *verb.children) if c.lower_ == "with" and c.i > noun.i]
    own = [c for c in behind if c.head == noun or (noun.head == verb and c.i <= noun.i + 2)]
    return min(own, key=lambda c: c.i, default=None)


def _told_to(noun: Token, verb: Token, around: str) -> Token | None:
    """Return B of "A told B in a meeting that", not of "in a letter", "in a meeting of farmers"."""
    meets = around in word_set("in_a_meeting") and verb.lemma_ in word_set("told_to_one")
    heard = (c for c in verb.children if c.dep_ in {"dobj", "obj", "dative"} and c.pos_ != "ADP")
    held = noun.head.head == verb and not any(c.lower_ == "of" for c in noun.children)
    return next(heard, None) if meets and held else None


def around_meeting(noun: Token) -> str:
    """Return the words that set something beside a meeting ("after", "ahead of")."""
    if noun.dep_ != "pobj":
        return ""
    prep = noun.head
    if prep.lower_ in {"of", "from"} and _is_part(prep.head):
        prep = prep.head.head  # "after two days of talks", "after a break from the meeting"
    for length in (3, 2):
        start = max(0, prep.i - length + 1)
        phrase = noun.doc[start : prep.i + 1].text.lower()
        if phrase in word_set("before_a_meeting"):
            return phrase
    return prep.lower_


def _is_part(noun: Token) -> bool:
    """Tell the "day", "round", "break" of a meeting behind a preposition."""
    return noun.dep_ == "pobj" and noun.lemma_.lower() in word_set("part_of_meeting")


def _is_deed(noun: Token, verb: Token) -> bool:
    """Tell "attended a meeting with A", "recalled his talks with A": no "described" by others."""
    held = any(rule.frame == "meet" for rule in verb_rules().get(verb.lemma_, ()))
    off = any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)  # "called it off"
    told = verb.lemma_ in word_set("onlooker")
    done = off or not (held or told)
    return noun.dep_ in OBJECTS and noun.head == verb and done


__all__ = ["around_meeting", "signed_between", "talks_between"]
