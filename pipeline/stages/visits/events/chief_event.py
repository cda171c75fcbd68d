"""The event of which a whole report tells: "the ceremony", "the event" of its later sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.discourse.beside_news import is_of_other_matter
from pipeline.discourse.editions import is_past_edition
from pipeline.discourse.rites import is_known
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.events.event_owners import is_of_person, named_owner
from pipeline.stages.visits.events.event_seats import held_at, is_body_led, is_occasion, named_for
from pipeline.stages.visits.events.placed_events import chief_spot
from pipeline.stages.visits.events.told_hosts import land_of_opener, named_hosts
from pipeline.stages.visits.events.told_occasions import (
    land_of_occasion,
    names_beside,
    occasion_of,
)
from pipeline.stages.visits.places.passages import is_by_the_way
from pipeline.stages.visits.tables import word_set

#: How many sentences, headings among them, make the opening that tells of the event.
_OPENING = 7
#: In how many of these a place beside the event is enough.
_LEAD = 3


class ChiefEvent(NamedTuple):
    """Where the events of an opening are held, and by what nouns it names them."""

    spot: Spot
    #: The word that tells of it first.
    event: Token
    names: frozenset[str]
    #: Whether the lead tells of them, so that "the ceremony" means them.
    leads: bool

    def is_itself(self, event: Token) -> bool:
        """Tell the word that tells of it first, where it is known ("the Pacific Summit")."""
        return event == self.event and any(c.lower_ in words("definite") for c in event.children)

    def is_new_behind(self, i: int) -> bool:
        """Tell "A forum in Lima will hear of it", told behind "told the forum" at token `i`."""
        new = any(child.lower_ in {"a", "an", "another"} for child in self.event.children)
        return new and i < self.event.sent.start

    def is_meant(self, event: Token) -> bool:
        """Tell "the ceremony" from "a meeting", "the SADC summit", which are others."""
        name = event.lemma_.lower()
        common = (word_set("nameless_event", "any_event")) - word_set("passing_event")
        if any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in event.children):
            return False
        definite = any(c.lower_ in {"the", "this"} or c.dep_ == "poss" for c in event.children)
        leaders = word_set("meeting_of_leaders")  # a body's session, assembly and summit are one
        bare = event.i > 0 and event.nbor(-1).lower_ in {"the", "this"}  # not "the HLC summit"
        called = name in self.names or (bare and name in leaders and self.names & leaders)
        return definite and bool(called or (self.leads and name in common))


def chief_event(scene: Scene) -> ChiefEvent | None:
    """Return the events of which an article's opening tells, if most are held in one country.

    "Peru's president was sworn in on Monday. …" fires; an opening that tells of a funeral in
    Lima and of a summit in Quito does not. A paragraph of another matter is no part of it.
    """
    opening = scene.sentences[:_OPENING]
    first, rest = (
        [sentence for sentence in part if _is_of_report(scene, opening[0], sentence)]
        for part in (opening[:_LEAD], opening[_LEAD:])
    )
    lead = [found for sentence in first for found in _told(scene, sentence)]
    further = [found for sentence in rest for found in _told(scene, sentence)]
    further += [found for sentence in (*first, *rest) for found in _of_host(scene, sentence)]
    if not lead and not further:
        lead = [found for sentence in first for found in _beside(scene, sentence)]
    if not lead and not further:
        lead = [found for sentence in first for found in _at_subject(scene, sentence)]
    if not lead and not further:
        lead = [found for sentence in first for found in _of_opener(scene, sentence)]
    lead, further = _where_held(lead, further)
    told = [*lead, *further]
    if len({spot.country for _, spot in told}) > 1:
        told = [told[0], *(each for each in told[1:] if not _is_aside(scene, each[0], told[0][0]))]
    leading = [spot for event, spot in told if not lead or (event, spot) in lead]
    chief = chief_spot(leading, [spot for _, spot in told if spot not in leading])
    if chief is None:
        return None
    told = [each for each in told if each[1].country == chief.country]
    names = frozenset(event.lemma_.lower() for event, _ in told)
    names = names.union(*(occasion_of(event) for event, _ in told), *map(names_beside, names))
    return ChiefEvent(told[0][1], told[0][0], names, any(each in lead for each in told))


def _where_held(*parts: list[tuple[Token, Spot]]) -> Iterator[list[tuple[Token, Spot]]]:
    """Yield the parts without the land of whose an event is that another says is held elsewhere.

    "The funeral of the pope" is held in Rome where "the funeral in Rome" is told of beside it.
    """
    held: dict[str, str] = {}
    for event, spot in (each for part in parts for each in part):
        if event.i < spot.start and event.doc[spot.start - 1].lower_ in {"in", "at"}:
            held.setdefault(event.lemma_.lower(), spot.country)
    for part in parts:
        yield [
            (event, spot)
            for event, spot in part
            if held.get(event.lemma_.lower(), spot.country) == spot.country
        ]


def _is_aside(scene: Scene, event: Token, first: Token) -> bool:
    """Tell the wedding of "X put off his wedding to attend" from the funeral told of first."""
    own = any(t.tag_ == "PRP$" for t in event.children)
    return own or is_by_the_way(scene, event, first.i)


def _is_of_report(scene: Scene, first: Span, sentence: Span) -> bool:
    """Tell a sentence of the opening from one of another matter, or on an event of former years."""
    former = scene.sentence_of[sentence.start] in scene.former
    return not former and not scene.is_apart(first.start, sentence.start)


def _told(scene: Scene, sentence: Span) -> Iterator[tuple[Token, Spot]]:
    """Yield where a sentence tells that its events are held, or whose they are."""
    again = words("rite_told_again")
    for token in sentence:
        known = bool(is_occasion(token) or occasion_of(token))
        known = known or (token.lemma_.lower() in again and is_known(token))
        if not known or _is_passing(token):
            continue
        if is_past_edition(token, scene.article.published):
            continue
        spot = held_at(scene, token, sentence) or named_for(scene, token)
        if spot is None and is_of_person(token):
            spot = named_owner(scene, token)
        spot = spot or land_of_occasion(scene, token) or _land_of_rite(scene, token)
        known = spot is not None and is_country(spot.country)
        if spot is not None and known and not is_of_other_matter(scene.doc[spot.start]):
            yield token, spot


def _is_passing(event: Token) -> bool:
    """Tell "talks", "the events in Lima", of which a report speaks wherever it is set."""
    return not {event.lemma_.lower(), event.lower_}.isdisjoint(word_set("passing_event"))


def _land_of_rite(scene: Scene, rite: Token) -> Spot | None:
    """Return the land of "Britain's first state funeral", not of "France's first summit"."""
    if rite.lemma_.lower() not in words("rite_of_report"):
        return None
    owners = (c for c in rite.children if c.dep_ == "poss")
    spots = (spot for c in owners for spot in scene.spots(c.i)[:1])
    return next((spot for spot in spots if spot.reference.kind == "country"), None)


def _beside(scene: Scene, sentence: Span) -> Iterator[tuple[Token, Spot]]:
    """Yield the places "in" which a sentence is set that names an event."""
    events = [t for t in sentence if t.pos_ != "VERB" and is_occasion(t)]
    if all(t.lemma_.lower() in word_set("passing_event") for t in events):
        return
    for token in sentence:
        if token.lower_ not in {"in", "at"} or scene.is_of_matter(token.i + 1):
            continue
        if _is_of_post(token):
            continue
        for spot in scene.spots(token.i + 1)[:1]:
            if is_country(spot.country) and not scene.is_owner(spot.reference):
                yield events[0], spot


def _at_subject(scene: Scene, sentence: Span) -> Iterator[tuple[Token, Spot]]:
    """Yield the town of "Lima is preparing for the summit", "came to a halt as leaders arrived"."""
    events = [t for t in sentence if t.pos_ != "VERB" and is_occasion(t)]
    if all(t.lemma_.lower() in word_set("passing_event") for t in events):
        return
    for token in sentence:
        if token.dep_ == "nsubj" and token.head.pos_ in VERBS:
            named = (t for t in token.subtree if t == token or t.dep_ == "appos")
            spots = (spot for t in named for spot in scene.spots(t.i)[:1])
            yield from ((events[0], s) for s in spots if s.is_town and is_country(s.country))


def _of_host(scene: Scene, sentence: Span) -> Iterator[tuple[Token, Spot]]:
    """Yield the land that a sentence calls the host, at the first event told up to there."""
    for spot in named_hosts(scene, sentence):
        told = (t for t in scene.doc[scene.sentences[0].start : sentence.end] if is_occasion(t))
        event = next((t for t in told if t.pos_ != "VERB" and not _is_passing(t)), None)
        if event is not None:
            yield event, spot


def _of_opener(scene: Scene, sentence: Span) -> Iterator[tuple[Token, Spot]]:
    """Yield the land of who opens an event that a sentence names."""
    for token in sentence:
        spot = land_of_opener(scene, token) if is_occasion(token) else None
        if spot is not None:
            yield token, spot


def _is_of_post(prep: Token) -> bool:
    """Tell the Oslo of "X, head of the trade office in Oslo, will attend the forum"."""
    node = prep.head
    while node.pos_ in {"NOUN", "PROPN", "ADP"} and node.head != node:
        if is_occasion(node) and not is_body_led(node):
            return False
        if node.dep_ == "appos":
            return True
        node = node.head
    return node.dep_ == "relcl" and prep.head != node


__all__ = ["ChiefEvent", "chief_event"]
