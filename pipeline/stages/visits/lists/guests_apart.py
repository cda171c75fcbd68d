"""Guests of whom a sentence tells something else than that they are at an event."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.tables import words
from pipeline.labels import (
    ADNOMINAL,
    ANY_OBJECTS,
    COMPLEMENTS,
    OBJECTS,
    PLURALS,
    SUBJECTS,
)
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set

#: How far behind "who" the verb of coming may stand, and how long what tells of one of many is.
_WHO_REACH, _CLAUSE = 4, 12
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_THINGS = ANY_OBJECTS | {"advmod"}
_TOLD_OF_VERB = frozenset({"neg", "advmod", "prt", "acomp"})


def is_apart(reader: ArgumentReader, guests: Token) -> bool:
    """Tell guests who are only met, spoken for, or speak of an event or a place from afar.

    "will meet leaders, including A", "the plan of leaders, including A", "leaders, including A,
    condemned the raid in Rome", "praised the talks in Rome" fire.
    """
    if guests.lower_ == "they":
        return not _have_come(reader, guests)
    if act_elsewhere(guests):
        return True
    return _are_only_met(guests) or _only_own(guests) or _judge(reader, guests)


def act_elsewhere(guests: Token) -> bool:
    """Tell leaders who do, wherever they are, what a sentence tells, or are only told of.

    "leaders, including A, signed a letter", "were fined", "stayed away", "joined by video", "fined
    leaders, including A", "the forum heard that leaders, including A, were told" fire; "were
    greeted", "heard the bells", "are due to attend", "drew leaders, including A" do not.
    """
    verb = governing_verb(guests)
    if verb is None or guests.head != verb:
        return False
    if guests.dep_ in OBJECTS:
        brought = word_set("brings_guests") | words("invite")
        return not (_is_of_guests(verb) or verb.lemma_ in brought)
    if guests.dep_ not in SUBJECTS or verb.lemma_ in word_set("list_holds"):
        return False
    told = [c for c in verb.children if c.dep_ in _TOLD_OF_VERB]
    if not word_set("absent").isdisjoint({verb.lemma_, *(c.lower_ for c in told)}):
        return True
    said = word_set("told_together")
    beside = [c for c in verb.children if c.dep_ in OBJECTS | {"prep", "advmod"}]
    things = {h.lemma_ for c in beside for h in (c, *c.children) if h.dep_ in _THINGS}
    at_home = "home" in things and verb.lemma_ in word_set("stays_where_one_is")
    if at_home or not said.isdisjoint(things):
        return True
    if words_of_distance(verb.doc[verb.i : _clause_end(verb)]):
        return True
    below = (c for c in verb.children if c.dep_ in COMPLEMENTS or c.dep_ == "acomp")
    if any(_is_of_guests(v) for v in (verb, *below)):
        return False
    reported = verb.dep_ == "ccomp" and verb.head.i < guests.i
    return reported or guests.dep_ == "nsubjpass"


def _clause_end(verb: Token) -> int:
    """Return the end of the clause of a verb, up to the next sign that parts it from others."""
    doc, end = verb.doc, verb.sent.end
    return next((i for i in range(verb.i, end) if doc[i].text in {",", ";", ":"}), end)


def do_else(doc: Doc, end: int) -> bool:
    """Tell "among the leaders who condemned the summit", "sanctioned at it" from "who attended".

    So "among several leaders to send wreaths", "whose phones were hacked".
    """
    behind = doc[end : end + 2]
    if not behind or doc[end - 1].lower_ not in word_set("<guest>"):
        return _judges_it(doc, end)
    first, verb = behind[0], behind[-1]
    if first.lower_ == "whose":
        return True
    if first.lower_ == "to":
        return verb.tag_ == "VB" and not _is_of_guests(verb)
    if first.tag_ in _PARTICIPLES:
        return not _is_of_guests(first)
    return _judges_it(doc, end)


def are_told_there(doc: Doc, end: int) -> bool:
    """Tell "one of 30 leaders who attended", "one of 30 guests" from "one of the oldest leaders".

    "One of 30 leaders who declined to attend", "who took part by phone" are not there.

    Args:
        end: the token behind the noun of those who are many.
    """
    named_so = doc[end - 1].lower_ in word_set("at_event_by_name")
    heads = word_set("of_heads_of_state")
    while doc[end - 1].lower_ in heads and word_at(doc, end) in heads:
        end += 1
    if named_so or text_at(doc, end) == "at":
        return True
    behind = doc[end : end + _CLAUSE]
    stop = next((t.i for t in behind if t.text in {".", ";", ":"}), end + _CLAUSE)
    there = word_set("tells_presence", "speaks_at_event")
    away = words("refuse") | word_set("keeps_from_event")
    if any(t.lemma_ in away or t.dep_ == "neg" for t in doc[end:stop]):
        return False
    if words_of_distance(doc[end:stop]):
        return False
    return any(not {t.lower_, t.lemma_.lower()}.isdisjoint(there) for t in doc[end:stop])


def _is_of_guests(verb: Token) -> bool:
    """Tell what those at an event are called or do: "gathered", "expected", "to address it"."""
    there = word_set("<gathers>", "is_there", "tells_presence", "does_at_event", "<due>")
    return not {verb.lower_, verb.lemma_}.isdisjoint(there) and verb.lemma_ != "invite"


def _judges_it(doc: Doc, end: int) -> bool:
    judging = words("judges") | word_set("keeps_from_event")
    near = doc[end + 1 : end + 1 + _WHO_REACH]
    return word_at(doc, end) == "who" and any(t.lemma_ in judging for t in near)


def is_from_afar(doc: Doc, start: int, end: int, side: Literal["before", "behind"]) -> bool:
    """Tell "among the leaders who spoke by video", "The following leaders attend by video:".

    So "Virtual speakers will include".
    """
    if side == "behind":
        return bool(words_of_distance(doc[doc[start].left_edge.i : end]))
    if word_at(doc, end) not in {"who", "by", "via"}:
        return False
    stop = next((t.i for t in doc[end : end + _CLAUSE] if t.is_punct), end + _CLAUSE)
    return bool(words_of_distance(doc[end:stop]))


def _have_come(reader: ArgumentReader, they: Token) -> bool:
    """Tell "Leaders met in Lima. They include A" from "Ministers were fined. They include A".

    So "Guests started arriving on Friday", "Twenty leaders are expected to attend".
    """
    before = reader.scene.beside(reader.scene.sentence_of[they.i], step=-1)
    there = word_set("<gathers>", "tells_presence") | words("attends")
    for verb in before or ():
        present = verb.lemma_ == "be" and any(
            c.lower_ == "present" or _leads_there(reader, c) for c in verb.children
        )
        if not present and (verb.pos_ != "VERB" or verb.lemma_ not in there):
            continue
        over = verb.head if verb.dep_ in COMPLEMENTS else verb
        for subject in (*verb.children, *over.children):
            told = subject.dep_ in SUBJECTS and subject.tag_ in PLURALS
            if told and subject.lemma_.lower() in word_set("of_guests", "gathered"):
                return True
    return False


def _leads_there(reader: ArgumentReader, prep: Token) -> bool:
    """Tell "are in the country for the summit", "are at the fair" from "are in debt"."""
    if prep.lower_ not in {"in", "at"} or prep.dep_ != "prep":
        return False
    here = words("town_noun") | word_set("bare_land")
    inside = any(is_event(c) or c.lower_ in here for c in prep.children)
    return inside or bool(reader.scene.spots(prep.i + 1))


def _are_only_met(guests: Token) -> bool:
    """Tell "will meet European leaders, including A": at home, as it may be, not on a trip."""
    above = guests.head
    if any(c.lower_ == "visiting" for c in guests.children):
        return False
    if guests.dep_ in OBJECTS:
        deed = any(c.dep_ == "pcomp" for prep in above.children for c in prep.children)
        if above.lemma_ == "join" and deed:
            return True  # "joined other leaders, including A, in condemning it"
        return above.lemma_ in word_set("meets_guests")
    talks = above.head.lemma_ in word_set("met_at") or above.head.lemma_ in word_set("confers")
    return guests.dep_ == "pobj" and above.lower_ == "with" and talks


def _only_own(guests: Token) -> bool:
    """Tell "the plan of leaders, including A", not "the meeting of leaders", "a host of them"."""
    owned = guests.head.head if guests.dep_ == "pobj" and guests.head.lower_ == "of" else None
    if owned is None or owned.pos_ != "NOUN":
        return False
    lemma = owned.lemma_.lower()
    met = is_event(owned) or lemma in word_set("met_at") | words("quantity_of")
    return not (met or lemma in word_set("tells_presence", "attendance"))


def _judge(reader: ArgumentReader, guests: Token) -> bool:
    """Tell "leaders, including A, condemned the raid in Rome", "praised the talks in Rome"."""
    verb = governing_verb(guests)
    if verb is None or guests.dep_ not in SUBJECTS or guests.head != verb:
        return False
    here = any(c.dep_ in ADNOMINAL or c.lower_ in {"at", "in"} for c in guests.children)
    here |= any(c.lower_ == "at" and any(map(is_event, c.children)) for c in verb.children)
    things = [c for c in verb.children if c.dep_ in OBJECTS]
    if things and not here and verb.lemma_ in words("judges") | word_set("sends_to_event"):
        return True  # "royals, including A, sent wreaths to the funeral"
    for thing in things:
        lies = any(c.lower_ in {"in", "at"} and reader.scene.spots(c.i + 1) for c in thing.children)
        if lies and (is_event(thing) or not reader.scene.at(thing.i)):
            return verb.lemma_ not in words("attends") | word_set("tells_presence")
    return False


__all__ = ["act_elsewhere", "are_told_there", "do_else", "is_apart", "is_from_afar"]
