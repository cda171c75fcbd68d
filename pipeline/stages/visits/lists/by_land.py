"""Guests told by their lands: "from A, the crown prince; from B, …", "delegates from A, B and C".

Nobody of them is named, and their lands are many: what stands between them and an event tells that
they are there, in whatever words. What else is done by or to them is told by other verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import is_occasion
from pipeline.stages.visits.lists.guest_phrases import GuestRule, guest_rules
from pipeline.stages.visits.lists.list_openings import tells_presence
from pipeline.stages.visits.lists.listed_guests import made_of_list
from pipeline.stages.visits.meetings.at_distance import words_of_distance
from pipeline.stages.visits.tables import word_set

#: Of how many lands those are who make a list.
_LEAST = 3

#: How many words may stand between a country and its first guest ("their Highnesses").
_LEAD_IN = 7
#: How many countries make a list of entries, and the rows of what opens one.
_ENTRIES_LEAST = 2
_ENTRIES = {"from": "from_countries", "for": "for_countries"}


def bodies_of_lands(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the bodies of three lands or more whom a sentence tells to be at an event.

    "The forum opened with delegates from Mali, Peru and Chad", "Among those there were ministers
    of …" fire; "The forum thanked the ministers of Mali, Peru and Chad" does not.
    """
    scene = reader.scene
    for reference in scene.references:
        many = len(reference.members) >= _LEAST
        if not many or reference.kind not in {"office", "delegation"}:
            continue
        kind = (reference.role_kind or "").removeprefix("deputy_")
        if kind not in words("leading_class") | word_set("sent_to_events"):
            continue
        start, end = scene.bounds(reference)
        head = scene.doc[start:end].root
        if head.i < scene.doc[start].i or not _are_there(head) or _are_read(reader, reference):
            continue
        sentence = scene.sentence(start)
        if words_of_distance(sentence) or reader.is_remote(head):
            continue
        if not word_set("on_sidelines").isdisjoint(scene.forms(start)):
            continue  # whom one met on the sidelines, which tells of nobody's presence
        each = scene.each_of(Actor(reference, head.i, 0.9))
        rule = guest_rules()["bodies_of_lands"]
        yield from made_of_list(reader, head, rule, each, among=range(start, end))


def _are_read(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell whether a trip of one of their lands is told in the same sentence already."""
    number = reader.scene.sentence_of[reader.scene.bounds(reference)[0]]
    return any(
        told.origin in reference.members and told.status and told.destination
        for told in reader.told
        if reader.scene.sentence_of[told.at] == number
    )


def _are_there(head: Token) -> bool:
    """Tell whether what a body hangs on tells that it is at an event."""
    over = head.head
    if head.dep_ == "pobj":
        return _led_by(over)
    if over.pos_ not in {"VERB", "AUX"} or is_negated(over):
        return False
    if head.dep_ in OBJECTS:
        subject = next((c for c in over.children if c.dep_ in SUBJECTS), None)
        brings = over.lemma_ in word_set("brings_guests")
        return brings and subject is not None and is_occasion(subject)
    if head.dep_ not in SUBJECTS and head.dep_ != "attr":
        return False
    if over.lemma_ in words("attends") | word_set("is_seated_there"):
        return True
    opening = [t for t in over.doc[over.left_edge.i : head.left_edge.i] if not t.is_space]
    among = any(t.lower_ in {"among", "amongst"} for t in opening[:2])
    named = among and any(t.lemma_.lower() in word_set("sure_guest") for t in opening)
    return over.lemma_ == "be" and bool(opening) and (named or tells_presence(opening))


def _led_by(prep: Token) -> bool:
    """Tell "opened with", "sworn in before", "the participation of" from other prepositions."""
    over = prep.head
    if prep.lower_ == "with":
        begins = over.lemma_ in word_set("holds_event", "begins_event") and over.pos_ == "VERB"
        several = over.tag_ in PLURALS and over.lower_ != "talks"  # "meetings with", one by one
        one = is_occasion(over) and not several and not _is_of_one(over)
        return (begins and _is_of_event(over)) or one
    if prep.lower_ == "by" and over.lemma_ in word_set("holds_event"):
        return _is_of_event(over)  # "will be held by the presidents of A, B and C"
    if prep.lower_ == "before":
        return over.lemma_.lower() in word_set("oath_verb", "swearing_in")
    return prep.lower_ in {"of", "from", "by"} and over.lemma_ in word_set("attendance")


def _is_of_one(talks: Token) -> bool:
    """Tell the talks of "She held talks with the presidents of A, B and C", wherever they met.

    So those of "She flew off for talks with officials from A, B and C", "She met with them", "She
    toured the region to meet with them".
    """
    aim = talks.dep_ == "pobj" and talks.head.lower_ == "for"
    acts = talks.pos_ == "VERB"
    verb = talks if acts else talks.head.head if aim else talks.head
    if verb.dep_ in {"xcomp", "advcl"} and not any(c.dep_ == "nsubj" for c in verb.children):
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    held = acts or aim or talks.dep_ in OBJECTS
    return held and subject is not None and subject.pos_ in {"PROPN", "PRON"}


def _is_of_event(verb: Token) -> bool:
    """Tell "The forum opened with", "They opened the forum with" from "She held meetings with"."""
    parts = (c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ in OBJECTS)
    several = any(c.tag_ in PLURALS for c in verb.children if c.dep_ in OBJECTS)
    return any(is_occasion(part) for part in parts) and not several


def by_country(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "From Japan, the crown prince; from Samoa, the prime minister", told of an event.

    "From Japan, he went to Samoa" does not fire: no one is listed behind the country.
    """
    rule = _rules().get(token.lower_)
    entry = _entry(reader, token) if rule is not None else None
    if rule is None or entry is None or reader.is_remote(token):
        return
    sentence = reader.scene.sentence(token.i)
    openers = _openers(reader, token)
    if len(openers) < _ENTRIES_LEAST:
        return
    stop = next((t.i for t in openers if t.i > token.i), sentence.end)
    guests = list(_guests(reader, token.i, stop, entry))
    yield from made_of_list(reader, token, rule, guests, among=range(openers[0].i, sentence.end))


def opens_entry(reader: ArgumentReader, prep: Token) -> bool:
    """Tell whether "from Angola" opens an entry of such a list, and is no place one came from."""
    openers = _openers(reader, prep) if prep.lower_ == "from" else []
    return prep in openers and len(openers) >= _ENTRIES_LEAST


def _openers(reader: ArgumentReader, prep: Token) -> list[Token]:
    """Return the prepositions of a sentence that open an entry as one of them does."""
    sentence = reader.scene.sentence(prep.i)
    return [t for t in sentence if t.lower_ == prep.lower_ and _entry(reader, t) is not None]


def by_country_words() -> frozenset[str]:
    """Return the words at which `by_country` reads."""
    return frozenset(_rules())


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, GuestRule]:
    """Return the rows by the word before each land."""
    return {word: guest_rules()[row] for word, row in _ENTRIES.items()}


def _entry(reader: ArgumentReader, prep: Token) -> str | None:
    """Return the country of "from Japan, the crown prince" that a preposition opens."""
    scene, doc = reader.scene, prep.doc
    at = prep.i + 1
    at += word_at(doc, at) == "the"
    if at >= len(doc):
        return None
    named = [r for r in scene.at(at) if r.kind == "country" and r.form == "name"]
    if not named:
        return None
    at = scene.bounds(named[0])[1]
    for token in _lead_in(doc[at : at + _LEAD_IN]):
        for reference in scene.at(token.i):
            if _is_guest(reference, named[0].country):
                return named[0].country
    return None


def _lead_in(tokens: Span) -> Iterator[Token]:
    """Yield the words behind a country that may lead to its guest, no verb but "came"."""
    for token in tokens:
        came = token.lower_ in word_set("<arrived>", "<be>")
        leads_on = token.pos_ in {"VERB", "AUX", "SCONJ", "ADP"} or token.tag_ == "WRB"
        if token.text in {";", "."} or (leads_on and not came and token.lower_ != "by"):
            return
        yield token


def _is_guest(reference: Reference, country: str | None) -> bool:
    single = reference.kind in {"person", "office"} and reference.form != "pronoun"
    return single and not reference.plural and reference.country == country


def _guests(reader: ArgumentReader, start: int, stop: int, country: str) -> Iterator[Actor]:
    """Yield the guests of one country, those named before those whose office alone is told."""
    found: dict[str, Actor] = {}
    for i in range(start, stop):
        for reference in reader.scene.at(i):
            if _is_guest(reference, country) and reference.role_kind:
                actor = Actor(reference, i, 0.95)
                found.setdefault(actor.key, actor)
    yield from found.values()


__all__ = ["bodies_of_lands", "by_country", "by_country_words", "opens_entry"]
