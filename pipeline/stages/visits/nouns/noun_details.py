"""What is told of a trip in the words before its noun: how many, of what kind, an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb, part_of_trip
from pipeline.discourse.numbers import number_in
from pipeline.discourse.outcome import is_said_on
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.timing.setting_out import leaves
from pipeline.labels import OBJECTS, PLURALS, VERBS
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import ASIDE, ONE_DAY, SET_OUT, Details
from pipeline.stages.visits.days.day_of_trip import is_within_a_day
from pipeline.stages.visits.hosts.inviters import inviter_of
from pipeline.stages.visits.nouns.counts import is_first, lists_towns
from pipeline.stages.visits.nouns.noun_phase import is_dated, is_set_apart
from pipeline.stages.visits.nouns.nth_trips import is_nth_before
from pipeline.stages.visits.tables import NounRule, kind_rules, word_set
from pipeline.stages.visits.tours.counted_lands import lands_counted, lands_led_to
from pipeline.stages.visits.tours.regions import region_of_noun

#: How far behind a place the name joined to it may stand, in tokens.
_JOINED = 5


def details_of_noun(
    reader: ArgumentReader,
    noun: Token,
    rule: NounRule,
    *,
    own: Sequence[Actor],
    hosts: Sequence[Actor],
    spots: Sequence[Spot],
) -> Details:
    """Return what stands before "three official visits", "his first tour", "last month's trip"."""
    before = {t.lower_ for t in _before(reader, noun)}
    aside = is_set_apart(noun) and not is_dated(reader, noun)
    inside = aside or (noun.head.lower_ == "during" and not is_dated(reader, noun))
    inside = inside or (_is_where_said(noun) and not is_dated(reader, noun))
    of_part = noun.head.lower_ == "of" and noun.head.head.lemma_ in word_set("course_of_visit")
    inside = inside or (of_part and rule.id != "tour" and not is_dated(reader, noun))
    inside = inside or part_of_trip(noun) not in {None, "first", "last"}
    brief = is_within_a_day(noun)
    inside = inside and not brief  # "met on Monday during a five-hour visit"
    count = noun_count(reader, noun, own, spots)
    stops = _stops(reader, noun, rule) if not spots else None
    return Details(
        kind=_kind(reader, noun),
        first=is_first(reader.scene, noun),
        # "Will pay visits to four countries" is a tour, "has paid many visits to Africa" is none.
        count=1 if stops is not None and not (count or before & word_set("uncounted")) else count,
        previous=rule.id not in {"stop", "destination"}
        and (bool(before & word_set("previous")) or (not spots and is_nth_before(reader, noun))),
        joins=rule.id in {"arrival", "stop"} and not spots and not _is_made_known(noun, own),
        stops=stops,
        anaphoric=(bool(before & word_set("anaphor")) or _is_of_day(reader, noun))
        and not own
        and _is_of_trip(reader, noun, rule),
        tour=rule.id == "tour",
        hosts=tuple(hosts),
        inviter=inviter_of(reader, noun, {actor.country for actor in own}),
        notes=(
            *_notes(rule, inside=inside, aside=aside),
            *((ONE_DAY,) if brief else ()),
            *((SET_OUT,) if _is_set_out_on(noun) else ()),
        ),
    )


def _is_made_known(noun: Token, own: Sequence[Actor]) -> bool:
    """Tell "Peru's ministry confirmed the arrival of Premier X", to Peru, from "his arrival"."""
    named = any(a.reference.name or a.reference.role_kind for a in own)
    told = noun.head.pos_ == "VERB" and noun.head.lemma_ in word_set("makes_known")
    return named and told and noun.dep_ in OBJECTS


def _is_of_trip(reader: ArgumentReader, noun: Token, rule: NounRule) -> bool:
    """Tell "the visit" from "the team's visit", "the arrivals", which are none told before."""
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ == "NOUN"), None)
    if owner is None:
        return rule.id != "arrival" or noun.tag_ not in PLURALS
    dated = reader.clock.between(owner.left_edge.i, owner.i + 1)
    return bool(dated or reader.scene.at(owner.i))


def _is_of_day(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "Friday's visit", "next week's trip" from "a Friday visit", "Friday's visit by X"."""
    if any(c.lower_ in {"to", "by", "of", "from"} and c.i > noun.i for c in noun.children):
        return False
    owners = (c for c in noun.children if c.dep_ == "poss")
    return any(reader.clock.between(c.left_edge.i, c.i + 1) for c in owners)


def _is_where_said(noun: Token) -> bool:
    """Tell "said on Monday on a visit to Peru": the day is of what was said there."""
    verb = governing_verb(noun) if noun.head.lower_ == "on" else None
    return verb is not None and noun.head.head == verb and is_said_on(noun, verb)


def _is_set_out_on(noun: Token) -> bool:
    """Tell "left on Monday for a visit to Peru": he came there on that day or later."""
    verb = noun.head.head
    led = noun.dep_ == "pobj" and noun.head.lower_ in {"for", "on"} and verb.pos_ in VERBS
    return led and verb.i < noun.i and leaves(verb)


def _notes(rule: NounRule, *, inside: bool, aside: bool) -> tuple[str, ...]:
    if rule.id == "attendance":
        return ("event",)
    return ("inside", ASIDE) if aside else ("inside",) if inside else ()


def _stops(reader: ArgumentReader, noun: Token, rule: NounRule) -> int | None:
    """Return n of "an n-nation tour", "a tour of n countries", 0 for "a visit to Asia"."""
    if rule.id == "tour":
        return lands_counted(noun, _before(reader, noun))
    if rule.id not in {"visit", "trip"}:
        return None
    return lands_led_to(noun) or region_of_noun(reader, noun)


def _before(reader: ArgumentReader, noun: Token) -> list[Token]:
    start = max(reader.scene.sentence(noun.i).start, noun.left_edge.i, noun.i - 8)
    return list(reader.scene.doc[start : noun.i])


def noun_count(
    reader: ArgumentReader, noun: Token, own: Sequence[Actor], spots: Sequence[Spot]
) -> int:
    """Return n for "nine visits", 0 for an uncounted plural, else 1 ("one of his visits")."""
    over = noun.head if noun.dep_ == "pobj" else noun
    among = over.lower_ == "among" and noun.lemma_.lower() == "arrival"  # "among the arrivals"
    if noun.tag_ not in PLURALS or among or (over.lower_ == "of" and over.head.lower_ == "one"):
        return 1
    for child in noun.children:
        if child.dep_ == "nummod" or number_in(child.text):
            number = number_in(child.text) or 0
            each = len(spots) > 1 and len({spot.country for spot in spots}) == number
            return 1 if each else number  # "two trips, to Peru and Chile"
    before = {t.lower_ for t in _before(reader, noun)}
    if before & word_set("uncounted"):
        return 0
    listed = len(own) > 1 or len(spots) > 1
    if spots and noun.lemma_.lower() in word_set("equated_stop"):
        return 1  # "her destinations include Peru"
    listed = listed or any(_is_joined_to_name(noun, spot) for spot in spots)
    return 1 if listed or any(lists_towns(reader.scene, spot) for spot in spots) else 0


def _is_joined_to_name(noun: Token, spot: Spot) -> bool:
    """Tell one of "visits to Peru and the United Nations", of which the other is no land."""
    behind = noun.doc[spot.end : min(noun.sent.end, spot.end + _JOINED)]
    joined = (t for t in behind if t.dep_ == "conj" and t.pos_ == "PROPN")
    return any(spot.start <= t.head.i < spot.end for t in joined)


def _kind(reader: ArgumentReader, noun: Token) -> str | None:
    """Return what kind of trip words before a noun say it is: none of "personal attendance"."""
    if noun.lemma_.lower() in word_set("attendance"):
        return None
    near = [t for t in _before(reader, noun) if not is_of_part(t)]  # none of a "four-state" tour
    before = [t.lower_ for t in near if t.text not in {",", "-"}]
    owner = max((i for i, word in enumerate(before) if word in APOSTROPHE_S), default=-1)
    text = f" {' '.join(before[owner + 1 :])} ".replace(" of state ", " ")
    for rule in kind_rules():
        if any(f" {phrase} " in text for phrase in rule.words):
            return rule.kind
    return None


def is_of_part(word: Token) -> bool:
    """Tell the "state" of "a four-state tour", "a multi-state tour", one of many of a country."""
    joined = word.doc[max(0, word.i - 2) : word.i].text_with_ws.endswith("-")
    return joined and word.i > 1 and word.lower_ in word_set("of_parts")


__all__ = ["details_of_noun", "is_of_part", "noun_count"]
