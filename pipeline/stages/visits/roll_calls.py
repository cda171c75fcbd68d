"""Guests whom a report of one event lists, told to be there in whatever words.

"A summit opened in Lima. … President A of Mali, King B and Chancellor C were all on hand." What
no other rule reads is read here: a list of leaders, and a clause on nothing but that they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.at_distance import words_of_distance
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.guest_lines import FINITE
from pipeline.stages.visits.guest_lists import listed
from pipeline.stages.visits.guest_openers import alike, is_from_elsewhere
from pipeline.stages.visits.guest_phrases import RollRule, roll_rules
from pipeline.stages.visits.listed_guests import made_of_list
from pipeline.stages.visits.tables import word_set

#: Stands for the land where the event is, among the words beside a verb.
HOST = "<host>"
#: How many lands a list names at least, where its words are not enough of one guest alone.
_LEAST = 2
#: How long what is said of those listed may be, in tokens.
_LONGEST = 14
#: Within how many tokens one who says that he will come says so.
_PROMISE = 5
#: Words that tell something, from which those are told that hold a clause together.
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
_NAMING = frozenset({"person", "office", "country", "organization"})


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset().union(*(rule.verbs for rule in roll_rules()))


class _Roll(NamedTuple):
    guests: Sequence[Actor]
    #: The first token of the list, and the one behind it.
    start: int
    stop: int
    #: Whether its guests are of more lands than one.
    several: bool


def roll_calls(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the sentences that list leaders of whom nothing else was read, and say that they came.

    "Presidents A of Mali and B of Peru were all on hand" fires in the report of a summit; "… were
    all for it" does not, nor what is told of an event that they were not at.
    """
    scene = reader.scene
    told: dict[int, list[Candidate]] = {}
    of_any: set[int] = set()
    for each in reader.told:
        if each.status is not None and (each.destination or each.arrives):
            of_any.add(scene.sentence_of[each.at])
        if each.status is not None and each.destination:
            told.setdefault(scene.sentence_of[each.at], []).append(each)
    for number, sentence in enumerate(scene.sentences):
        if sentence.start_char < scene.article.body_start:
            continue
        if _verbs().isdisjoint(scene.forms(sentence.start)):
            continue
        roll = _roll_of(reader, sentence)
        if roll is None or _is_held_back(sentence, roll):
            continue
        for rule in roll_rules():
            verb = _told_by(reader, rule, sentence, roll)
            if not roll.several and number in of_any:
                continue
            if verb is None or not (roll.several or _is_told_alone(rule, sentence, roll)):
                continue
            if number in told:
                yield from _rest_of(rule, roll, told[number])
            else:
                among = range(roll.start, roll.stop)
                yield from made_of_list(reader, verb, rule, roll.guests, among=among)
            break


def _rest_of(rule: RollRule, roll: _Roll, told: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the trips of A and B of "A; B; and C were present", of whom C's alone was read."""
    known = {c.actor.key for c in told if c.actor is not None}
    read = [c for c in told if c.actor is not None and c.actor.key in {g.key for g in roll.guests}]
    if not read or any(c.actor.key not in {g.key for g in roll.guests} for c in told if c.actor):
        return
    for guest in roll.guests:
        if guest.reference.name and guest.key not in known and is_from_elsewhere(guest, read[-1]):
            yield replace(alike(read[-1], guest), rule=rule.id)


def _roll_of(reader: ArgumentReader, sentence: Span) -> _Roll | None:
    """Return those whom a sentence lists, be it one; none where it tells of somebody else."""
    guests = list(listed(reader, sentence.start, sentence.end))
    guests = [guest for guest in guests if _may_represent(guest)]
    lands = {guest.country for guest in guests if guest.country}
    if not lands:
        return None
    spans = []
    for guest in guests:
        first, end = reader.scene.bounds(guest.reference)
        spans.append((first, max(end, reader.scene.phrase_end(guest.reference))))
    start, stop = min(first for first, _ in spans), max(end for _, end in spans)
    doc = sentence.doc
    while start > sentence.start and _names(reader, doc[start - 1]):
        start -= 1
    while stop < sentence.end and (_names(reader, doc[stop]) or doc[stop].text in {"(", ")"}):
        stop += 1
    inside = (t for t in doc[start:stop] if not reader.scene.at(t.i))
    if any(t.pos_ in _VERBS or t.text in {":", "“", '"'} for t in inside):
        return None
    return _Roll(guests, start, stop, len(lands) >= _LEAST)


def _may_represent(guest: Actor) -> bool:
    """Tell leaders, ministers, their deputies and royals from directors, actors and ambassadors."""
    kind = (guest.reference.role_kind or "").removeprefix("deputy_")
    leads = words("leading_class") | word_set("heads_body", "goes_for_leader")
    return guest.reference.role is None or kind in leads


def _names(reader: ArgumentReader, token: Token) -> bool:
    """Tell the words of an office and its land beside a name: "Peru's", "of", "(Peru)"."""
    if any(
        r.kind in {"person", "office", "country", "organization"} for r in reader.scene.at(token.i)
    ):
        return True
    return token.text in {"'s", "’s"} or token.lower_ == "of"


def _is_held_back(sentence: Span, roll: _Roll) -> bool:
    """Tell what leaves their presence open, or denies it: "may attend", "by video", "absent"."""
    rest = [t for t in sentence if not roll.start <= t.i < roll.stop]
    if len(rest) > 2 * _LONGEST or words_of_distance(sentence):
        return True
    forms = {form for t in rest for form in (t.lower_, t.lemma_.lower())}
    denied = word_set("absent", "absent_ones", "event_before") | words("possible", "refuse")
    return bool(forms & denied) or any(t.dep_ == "neg" for t in rest)


def _told_by(reader: ArgumentReader, rule: RollRule, sentence: Span, roll: _Roll) -> Token | None:
    """Return the verb by which a sentence says of those listed what a row says, if it does."""
    doc = sentence.doc
    if rule.side == "before":
        said = _promised(
            [t for t in doc[roll.stop : sentence.end] if t.pos_ not in {"SPACE", "PUNCT"}]
        )
        opened = [t for t in doc[sentence.start : roll.start] if t.is_alpha]
        if len(said) > rule.most or not all(map(_leads_to_list, opened)):
            return None
        verbs = [t for t in said if t.pos_ in _VERBS]
        if not verbs or verbs[0] not in said[:3]:
            return None
        verbs = [*said[:1], *verbs]  # the "plan" of "A and B plan to come" may be a noun by the tag
    else:
        said = [t for t in doc[sentence.start : roll.start] if not t.is_space]
        if not 0 < len(said) <= rule.most:
            return None
        verbs = said[::-1]
    verb = next((t for t in verbs if t.lemma_.lower() in rule.verbs), None)
    if verb is None:
        return None
    if rule.side == "behind" and said[-1].pos_ == "DET":
        said = said[:-1]  # "by the prime minister, A"
    if (
        rule.side == "behind"
        and said[-1] != verb
        and said[-1].lower_ not in word_set("opens_roll") | rule.leads
    ):
        return None  # "welcomed aid from A and B", "were led by friends of A and B"
    beside = {t.lower_ for t in said if t != verb}
    if HOST in rule.beside and any(_is_host(reader, t) for t in said):
        return verb
    return verb if not rule.beside or beside & rule.beside else None


def _is_host(reader: ArgumentReader, token: Token) -> bool:
    """Tell the land, or the town, where the event of the report is held."""
    told = reader.understood.of_report(token.i)
    lands = {r.country for r in reader.scene.at(token.i) if r.kind in {"country", "place"}}
    return told is not None and told[1].country in lands


def _is_told_alone(rule: RollRule, sentence: Span, roll: _Roll) -> bool:
    """Tell "A was present, too" of one guest, of whom nothing else is said.

    Not "A was present at the birth of it", "A was born there", "A looked on the bright side".
    """
    around = [t for t in sentence if not roll.start <= t.i < roll.stop]
    if not rule.beside and any(t.pos_ == "ADP" or t.dep_ == "prt" for t in around):
        return False  # "came out against it"
    rest = (t for t in around if t.pos_ in _TELLING)
    told = rule.beside | word_set("of_presence")
    return rule.alone and all(
        t.lemma_.lower() in rule.verbs
        or t.ent_type_ in {"DATE", "TIME"}
        or not told.isdisjoint({t.lower_, t.lemma_.lower()})
        for t in rest
    )


def _promised(said: Sequence[Token]) -> Sequence[Token]:
    """Return "would be present" of "said he would be present", else all that is said."""
    first = next((t.lemma_.lower() for t in said if t.pos_ != "AUX"), "")
    if first not in word_set("promises_to_come", "says_so"):
        return said
    promised = [at for at, token in enumerate(said[:_PROMISE]) if token.tag_ == "MD"]
    return said[promised[0] :] if promised else said


def _leads_to_list(token: Token) -> bool:
    """Tell the words of "Visiting leaders such as", "Both" from those of "Since May"."""
    if token.tag_ in FINITE or token.pos_ == "AUX":
        return False
    return token.pos_ not in {"ADP", "SCONJ"} or token.lower_ in word_set("leads_to_list")


__all__ = ["roll_calls"]
