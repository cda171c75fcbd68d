"""Whom a sentence, or the lines below it, list: where the list begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import BEFORE_NOUN, VERBS
from pipeline.reference.offices import person_titles
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.lists.guest_lines import FINITE, lines_end
from pipeline.stages.visits.lists.guest_lists import is_attribute, listed
from pipeline.stages.visits.lists.guest_phrases import roll_rules
from pipeline.stages.visits.tables import word_set

#: How many lands a list names at least, where its words are not enough of one guest alone.
_LEAST = 2
#: Within how many tokens behind an office its holder's name begins ("King of Jordan | A").
_OF_LAND = 6
#: Lemmas of verbs by which another is told to do the same.
_AGAIN = frozenset({"do", "have", "will", "would", "be"})
#: Signs between those named in a sentence by which it is no list of guests.
_SPEAKS = frozenset({":", "“", '"'})
_NAMING = frozenset({"person", "office", "country", "organization"})


@lru_cache(maxsize=1)
def _styles() -> frozenset[str]:
    """Return "Mr", "H.E." and the like, in small letters."""
    return frozenset(row.form.lower() for row in person_titles())


@lru_cache(maxsize=1)
def _verbs_of_others() -> frozenset[str]:
    """Return the verbs by which somebody else says of those listed that they came."""
    return frozenset().union(*(rule.verbs for rule in roll_rules() if rule.closes))


class Roll(NamedTuple):
    """A list, and where it stands."""

    guests: Sequence[Actor]
    #: The first token of the list, and the one behind it.
    start: int
    stop: int
    #: Whether its guests are of more lands than one.
    several: bool


def roll_below(reader: ArgumentReader, sentence: Span) -> Roll | None:
    """Return those whom the lines below "The summit was attended by:" list, one a line."""
    last = next((t for t in reversed(sentence) if not t.is_space), None)
    if last is None or last.text != ":":
        return None
    start = last.i + 1
    stop = lines_end(reader, start)
    guests = [guest for guest in listed(reader, start, stop) if may_represent(guest)]
    lands = {guest.country for guest in guests if guest.country}
    return Roll(guests, start, stop, several=True) if len(lands) >= _LEAST else None


def roll_of(reader: ArgumentReader, sentence: Span) -> Roll | None:
    """Return those whom a sentence lists, be it one; none where it tells of somebody else."""
    guests = list(listed(reader, sentence.start, sentence.end))
    guests = [guest for guest in guests if may_represent(guest)]
    lands = {guest.country for guest in guests if guest.country}
    if not lands:
        return None
    spans = [_extent(reader, guest, sentence.end) for guest in guests]
    doc = sentence.doc
    parted = _verb_between(reader, doc, spans)
    again = _said_again(doc[sentence.start : sentence.end], spans)
    if again:  # "A addressed it, as did B"
        spans = [span for span in spans if span[0] < again]
    elif parted:  # "Seated beside the host were A and B"
        behind = [n for n, (first, _) in enumerate(spans) if first > parted]
        if len(behind) * 2 < len(spans):
            return None
        if not _are_besides(doc, parted, spans[behind[0]][0]):
            guests = [guests[n] for n in behind]
        spans = [spans[n] for n in behind]
    start, stop = min(first for first, _ in spans), max(end for _, end in spans)
    while start > sentence.start and _leads_name(reader, doc[start - 1]):
        start -= 1
    while stop < sentence.end and (_names(reader, doc[stop]) or doc[stop].text in {"(", ")"}):
        stop += 1
    inside = (t for t in doc[start:stop] if not (reader.scene.at(t.i) or _is_of_noun(t)))
    if any((t.pos_ in VERBS and t.text.islower()) or t.text in _SPEAKS for t in inside):
        return None
    return Roll(guests, start, stop, len(lands) >= _LEAST)


def _is_of_noun(token: Token) -> bool:
    """Tell the "elected" of "newly elected President A", the "organizing" of a committee."""
    of_body = token.tag_ == "VBG" and token.dep_ in BEFORE_NOUN and token.i < token.head.i
    return of_body or is_attribute(token)


def _extent(reader: ArgumentReader, guest: Actor, stop: int) -> tuple[int, int]:
    """Return the tokens of one who is listed, with the name behind an office, up to `stop`."""
    first, end = reader.scene.bounds(guest.reference)
    end = max(end, reader.scene.phrase_end(guest.reference))
    return first, max(end, _name_end(reader, guest, range(end, stop)))


def _said_again(sentence: Span, spans: Sequence[tuple[int, int]]) -> int:
    """Return the "did" of "A spoke, as did B", "so too will B", 0 where all are told of at once."""
    first, last = min(begin for begin, _ in spans), max(begin for begin, _ in spans)
    for token in sentence[1:]:
        before = token.nbor(-1).lower_
        again = token.lemma_ in _AGAIN and before in word_set("so_too")
        if again and first < token.i < last:
            return token.i
    return 0


def _are_besides(doc: Doc, verb: int, first: int) -> bool:
    """Tell that those from token `first` on are guests as who is told before the verb is.

    "A is expected, along with B" fires; "A welcomed B" does not.
    """
    said = doc[verb:first].text.lower()
    return any(said.endswith(f" {led}") for led in word_set("as_well"))


def _verb_between(reader: ArgumentReader, doc: Doc, spans: Sequence[tuple[int, int]]) -> int:
    """Return the "were" of "Beside A were B and C", 0 where no such verb parts those listed.

    So the "thanked" of "A thanked B and C".
    """
    first, last = min(begin for begin, _ in spans), max(begin for begin, _ in spans)
    for token in doc[first:last]:
        parts = token.lower_ in word_set("<link>") or (
            token.tag_ in FINITE and token.lemma_ in _verbs_of_others()
        )
        if parts and not reader.scene.at(token.i):
            return token.i
    return 0


def _name_end(reader: ArgumentReader, guest: Actor, behind: range) -> int:
    """Return the end of the name behind an office, as in "King of Jordan | Abdullah II"."""
    near = range(behind.start, min(behind.stop, behind.start + _OF_LAND))
    told = (r for i in near for r in reader.scene.at(i) if r.actor == guest.reference.actor)
    return max((reader.scene.bounds(r)[1] for r in told if r.form == "name"), default=0)


def may_represent(guest: Actor) -> bool:
    """Tell leaders, ministers, their deputies and royals from directors, actors and ambassadors."""
    kind = (guest.reference.role_kind or "").removeprefix("deputy_")
    leads = words("leading_class") | word_set("heads_body", "goes_for_leader", "sent_to_events")
    return guest.reference.role is None or kind in leads


def _names(reader: ArgumentReader, token: Token) -> bool:
    """Tell the words of an office and its land beside a name: "Peru's", "of", "(Peru)"."""
    if any(r.kind in _NAMING for r in reader.scene.at(token.i)):
        return True
    of = token.lower_ == "of" and any(r.kind in _NAMING for r in reader.scene.at(token.i - 1))
    return of or token.text in GENITIVES


def _leads_name(reader: ArgumentReader, token: Token) -> bool:
    """Tell the words before a name: its office and land, "newly-elected", "H.E. Mr."."""
    before = token.nbor(-1).text if token.i else ""
    styled = not _styles().isdisjoint({token.lower_, (before + token.text).lower()})
    return styled or _names(reader, token) or _is_newly(token)


def _is_newly(token: Token) -> bool:
    """Tell each word of "newly-elected" before an office."""
    return is_attribute(token) or (token.i + 1 < len(token.doc) and is_attribute(token.head))


__all__ = ["Roll", "may_represent", "roll_below", "roll_of"]
