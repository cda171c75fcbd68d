"""Guests whom a report of one event lists, told to be there in whatever words.

"A summit opened in Lima. … President A of Mali, King B and Chancellor C were all on hand." What
no other rule reads is read here: a list of leaders, and a clause on nothing but that they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from spacy.tokens import Span, Token

from models.entity import LAND_KINDS
from pipeline.discourse.tables import words
from pipeline.labels import AUXILIARIES, SUBJECTS, TIMES, VERBS
from pipeline.neighbours import word_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.lists.guest_lists import is_attribute
from pipeline.stages.visits.lists.guest_phrases import RollRule, roll_rules
from pipeline.stages.visits.lists.list_openings import (
    is_of_retinue,
    is_open,
    may_tell_presence,
    tells_nothing_else,
    tells_nothing_else_by,
)
from pipeline.stages.visits.lists.listed_guests import made_of_list
from pipeline.stages.visits.lists.rolls import Roll, may_represent, roll_below, roll_of
from pipeline.stages.visits.lists.shared_trips import alike, is_from_elsewhere
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.represented import is_stood_for, is_subject_next

#: Stands for the land where the event is, among the words beside a verb.
HOST = "<host>"
#: How long what is said of those listed may be, in tokens.
_LONGEST = 14
#: Within how many tokens one who says that he will come says so.
_PROMISE = 5
#: Words that tell something, from which those are told that hold a clause together.
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"})


@lru_cache(maxsize=1)
def _opening_words() -> frozenset[str]:
    """Return the words of which a sentence holds one that may say of many that they came."""
    return word_set("of_guests", "tells_presence", "list_holds").union(
        *(rule.verbs for rule in roll_rules())
    )


def _rules_of(reader: ArgumentReader, sentence: Span) -> list[RollRule]:
    """Return the rows that fit the words of a sentence: what it may say of those it lists."""
    forms = reader.scene.forms(sentence.start)
    if _opening_words().isdisjoint(forms):
        return []
    alone = may_tell_presence(forms) and _may_tell_alone(reader, sentence)
    lower = {token.lower_ for token in sentence} | {HOST}
    told = {n for form in forms for n in _rows_by_verb().get(form, ())}
    return [
        row
        for n, row in enumerate(roll_rules())
        if (n in told and _may_say(row, forms, lower) if row.verbs else alone)
    ]


@lru_cache(maxsize=1)
def _rows_by_verb() -> Mapping[str, Sequence[int]]:
    """Return the numbers of the rows at each of their verbs: a sentence holds those of few."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(roll_rules()):
        for verb in row.verbs:
            found.setdefault(verb, []).append(number)
    return found


def _may_say(rule: RollRule, forms: frozenset[str], lower: AbstractSet[str]) -> bool:
    """Tell whether a sentence that holds a row's verb holds what else the row asks for."""
    if rule.beside and rule.beside.isdisjoint(lower):
        return False
    return not rule.closes or not rule.closes.isdisjoint(forms)


def _may_tell_alone(reader: ArgumentReader, sentence: Span) -> bool:
    """Tell a sentence that does not begin with a deed: "A and B signed it" tells of that.

    Behind a comma another clause may begin, which is left out of what it tells.
    """
    clause = takewhile(lambda token: token.text not in {",", ";"}, sentence)
    verbs = (t for t in clause if t.pos_ == "VERB" and t.is_lower and t.is_alpha)
    apart = (t for t in verbs if not (reader.scene.at(t.i) or is_attribute(t)))
    return all(map(tells_nothing_else_by, apart))


def roll_calls(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the sentences that list leaders of whom nothing else was read, and say that they came.

    "Presidents A of Mali and B of Peru were all on hand" fires in a summit's report; "… were all
    for it" does not.
    """
    scene = reader.scene
    told: dict[int, list[Candidate]] = {}
    for each in reader.told:
        at_home = each.origin is not None and each.origin == each.destination  # the host himself
        goes = (each.destination or each.arrives) and not at_home
        if each.status is not None and goes and not _is_many(each):
            told.setdefault(scene.sentence_of[each.at], []).append(each)
    for number, sentence in enumerate(scene.sentences):
        if sentence.start_char < scene.article.body_start:
            continue
        rules = _rules_of(reader, sentence)
        if not rules:
            continue
        roll = roll_below(reader, sentence) or roll_of(reader, sentence)
        if roll is None or _is_held_back(sentence, roll):
            continue
        for rule in rules:
            verb = (_told_alone if not rule.verbs else _told_by)(reader, rule, sentence, roll)
            read, model = told.get(number, []), None
            if rule.phase == "arrive" and not any(each.destination for each in read):
                # "announced the arrival of A and B", nobody says where
                model, read = next(iter(read), None), []
            if not roll.several and read:
                continue
            if verb is None or not (roll.several or _is_told_alone(rule, sentence, roll)):
                continue
            if read:
                yield from _rest_of(rule, roll, read)
            else:
                among = range(roll.start, roll.stop)
                made = made_of_list(reader, verb, rule, roll.guests, among=among)
                yield from (_as_told(each, model) for each in made)
            break


def listed_with(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the rest of the list in which one stands who is told to be at an event.

    B and C of "The fair was held with the participation of A of Mali, B of Peru and C of Chad", of
    whom A alone was read; not those of "A attended a fair with B and C".
    """
    scene = reader.scene
    told: dict[int, list[Candidate]] = {}
    for each in reader.told:
        if each.status is not None and each.actor is not None and "event" in each.notes:
            told.setdefault(scene.sentence_of[each.at], []).append(each)
    for number, candidates in told.items():
        sentence = scene.sentences[number]
        known = {c.actor.key for c in reader.told if c.actor and scene.sentence_of[c.at] == number}
        for candidate in candidates:
            own = candidate.actor
            at = scene.bounds(own.reference)[0] if own is not None else -1
            if own is None or own.is_party or not sentence.start <= at < sentence.end:
                continue
            for guest in (*scene.actors_before(own), *scene.actors_from(own)):
                new = guest.key not in known and may_represent(guest) and not guest.is_party
                new = new and not is_subject_next(scene.doc, guest.token)
                if new and is_from_elsewhere(guest, candidate):
                    known.add(guest.key)
                    yield replace(alike(candidate, guest), rule=candidate.rule)


def _is_many(told: Candidate) -> bool:
    """Tell the "Several heads of state" of whom others of the sentence are told to be some."""
    actor = told.actor
    if actor is None or actor.reference.members:
        return False
    return actor.reference.plural and not (actor.country or told.origin)


def _rest_of(rule: RollRule, roll: Roll, told: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the trips of A and B of "A; B; and C were present", of whom C's alone was read."""
    known = {c.actor.key for c in told if c.actor is not None}
    read = [c for c in told if c.actor is not None and c.actor.key in {g.key for g in roll.guests}]
    if not read or any(c.actor.key not in {g.key for g in roll.guests} for c in told if c.actor):
        return
    for guest in roll.guests:
        if guest.reference.name and guest.key not in known and is_from_elsewhere(guest, read[-1]):
            yield replace(alike(read[-1], guest), rule=rule.id)


def _as_told(made: Candidate, model: Candidate | None) -> Candidate:
    """Return a trip when and whether it was made as a telling has it that leaves open where to."""
    if model is None:
        return made
    return replace(made, fact=model.fact, when=model.when, notes=model.notes)


def _is_held_back(sentence: Span, roll: Roll) -> bool:
    """Tell what leaves their presence open, or denies it: "may attend", "by video", "absent"."""
    rest = [t for t in sentence if not roll.start <= t.i < roll.stop]
    if any(_is_given_by(t, roll) for t in rest):
        return True
    if is_open(rest):
        return True
    if len(rest) > 2 * _LONGEST or words_of_distance(sentence) or any(map(is_stood_for, rest)):
        return True
    forms = {form for t in rest if not _is_month(t) for form in (t.lower_, t.lemma_.lower())}
    denied = word_set("absent", "absent_ones", "event_before") | words("possible", "refuse")
    return bool(forms & denied) or any(t.dep_ == "neg" for t in rest)


def _is_month(token: Token) -> bool:
    """Tell the "May" of "on May 14", by which nothing is left open."""
    return token.text == "May" and token.ent_type_ in TIMES


def _do_else(verbs: Sequence[Token], rule: RollRule) -> bool:
    """Tell "A and B are expected to hold talks" from "A and B are expected to attend"."""
    doing = [v for v in verbs if v.tag_ == "VB" and word_at(v.doc, v.i - 1) == "to"]
    there = word_set("tells_presence", "comes_there") | rule.verbs | rule.beside
    return bool(doing) and not any(v.lemma_.lower() in there for v in doing)


def _is_given_by(noun: Token, roll: Roll) -> bool:
    """Tell the "invitation" of "The guest has come at the invitation of Premier A", his host."""
    givers = (c for c in noun.children if c.lower_ in {"of", "from", "by"})
    named = range(roll.start, roll.stop)
    return noun.lemma_ in words("invitation") and any(
        h.i in named for c in givers for h in c.children
    )


def _told_by(reader: ArgumentReader, rule: RollRule, sentence: Span, roll: Roll) -> Token | None:
    """Return the verb by which a sentence says of those listed what a row says, if it does."""
    doc = sentence.doc
    if rule.side == "before":
        own = takewhile(lambda t: not _adds_others(t), doc[roll.stop : sentence.end])
        said = _promised([t for t in own if t.pos_ not in {"SPACE", "PUNCT"}])
        opened = [t for t in doc[sentence.start : roll.start] if t.is_alpha]
        if len(said) > rule.most or not all(map(_leads_to_list, opened)):
            return None
        verbs = [t for t in said if t.pos_ in VERBS]
        if not verbs or verbs[0] not in said[:3] or _do_else(verbs, rule):
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
    if rule.closes and not _is_closed(rule, sentence, roll):
        return None
    if HOST in rule.beside and any(_is_host(reader, t) for t in said):
        return verb
    return verb if not rule.beside or beside & rule.beside else None


def _adds_others(token: Token) -> bool:
    """Tell the "as" of "A has accepted, as have B and C", behind which nothing is said of A."""
    return token.lower_ == "as" and word_behind(token) in word_set("likewise_auxiliary")


def _is_closed(rule: RollRule, sentence: Span, roll: Roll) -> bool:
    """Tell "thanked A and B for coming", "announced the arrival of A and B" by the whole clause."""
    behind = takewhile(_goes_on, sentence.doc[roll.stop : sentence.end])
    # not "and welcomed his coming"
    own = takewhile(lambda t: t.tag_ not in FINITE or t.nbor(-1).lower_ != "and", behind)
    said = (*sentence.doc[sentence.start : roll.start], *own)
    return any(not rule.closes.isdisjoint({t.lemma_.lower(), t.lower_}) for t in said)


def _told_alone(reader: ArgumentReader, rule: RollRule, sentence: Span, roll: Roll) -> Token | None:
    """Return the word that tells of presence where a sentence tells nothing else of those listed.

    "Also confirmed: A and B", "International delegations included A and B", "A and B have all
    confirmed" fire; "Also fined: A and B" does not.
    """
    doc = sentence.doc
    opening = doc[sentence.start : roll.start]
    behind = list(takewhile(_goes_on, doc[roll.stop : sentence.end]))
    said = [t for t in (*opening, *behind) if t.is_alpha and not _is_signed(reader, t)]
    if len(said) > rule.most or not tells_nothing_else(said):
        return None
    told = [t for t in said if t.pos_ in _TELLING | VERBS]
    verbs = [t for t in told if t.pos_ in VERBS and t.dep_ not in AUXILIARIES]
    if is_of_retinue([*opening]) or any(_stands_in(t) for t in opening):
        return None
    token = next(iter([*verbs, *told]))
    return token if (token.i < roll.start) == (rule.side == "behind") else None


def _stands_in(verb: Token) -> bool:
    """Tell the "represented" of "Ministers represented Presidents A and B", who stayed away."""
    own = any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)
    return verb.lemma_ == "represent" and own


def _goes_on(token: Token) -> bool:
    """Tell whether a clause behind a list goes on at a token: not at ", who", ", while"."""
    before = token.nbor(-1) if token.i else token
    if before.text not in {",", ";"}:
        return True
    clause = word_set("opens_guest_clause", "opens_other_clause") | {"which", "where"}
    return not (token.lower_ in clause or token.tag_ == "VBG")


def _is_signed(reader: ArgumentReader, token: Token) -> bool:
    """Tell the words of a name: "the Southern Forum", "a UN spokesman", Lima."""
    named = {"person", "country", "place", "organization"}
    return any(r.kind in named for r in reader.scene.at(token.i))


def _is_host(reader: ArgumentReader, token: Token) -> bool:
    """Tell the land, or the town, where the event of the report is held."""
    told = reader.understood.of_report(token.i)
    lands = {r.country for r in reader.scene.at(token.i) if r.kind in LAND_KINDS}
    return told is not None and told[1].country in lands


def _is_told_alone(rule: RollRule, sentence: Span, roll: Roll) -> bool:
    """Tell "A was present, too" of one guest, of whom nothing else is said.

    Not "A was present at the birth of it", "A was born there", "A looked on the bright side".
    """
    around = [t for t in sentence if not roll.start <= t.i < roll.stop]
    if not rule.beside and any(t.pos_ == "ADP" or t.dep_ == "prt" for t in around):
        return False  # "came out against it"
    by = {t.i for v in around if v.lemma_ in rule.closes for c in v.children for t in _doer(c)}
    rest = (t for t in around if t.pos_ in _TELLING and t.i not in by)
    told = rule.beside | rule.closes | word_set("of_presence")
    return rule.alone and all(
        t.lemma_.lower() in rule.verbs
        or t.ent_type_ in TIMES
        or not told.isdisjoint({t.lower_, t.lemma_.lower()})
        for t in rest
    )


def _doer(token: Token) -> Iterable[Token]:
    """Return the words of the "Officials" of "Officials noted the presence of A"."""
    return token.subtree if token.dep_ in SUBJECTS else ()


def _promised(said: Sequence[Token]) -> Sequence[Token]:
    """Return "would be present" of "said he would be present", else all that is said."""
    first = next((t.lemma_.lower() for t in said if t.pos_ != "AUX"), "")
    if first not in word_set("promises_to_come", "says_so"):
        return said
    promised = [at for at, token in enumerate(said[:_PROMISE]) if token.tag_ == "MD"]
    return said[promised[0] :] if promised else said


def _leads_to_list(token: Token) -> bool:
    """Tell the words of "Visiting leaders such as", "Both" from those of "Since May".

    The "of" of "The presence of" is one, that of "The arrest of" none, nor "Letters from".
    """
    if token.tag_ in FINITE or token.pos_ == "AUX":
        return False
    if token.lower_ in {"of", "from"} and token.i and token.nbor(-1).pos_ == "NOUN":
        return token.nbor(-1).lemma_.lower() in word_set("of_guests", "tells_presence")
    return token.pos_ not in {"ADP", "SCONJ"} or token.lower_ in word_set("leads_to_list")


__all__ = ["listed_with", "roll_calls"]
