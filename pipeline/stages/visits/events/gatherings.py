"""Where the events of an article are held, by their names and by the bodies that hold them.

Every event may ask for every other: each is looked at once, so that time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from spacy.tokens import Token

from pipeline.discourse.editions import is_further_edition, is_past_edition, is_yet_to_come
from pipeline.discourse.rites import is_known
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import UNDERGONE, VERBS
from pipeline.stages.visits.events.event_names import is_named_otherwise
from pipeline.stages.visits.events.event_seats import held_at, named_for
from pipeline.stages.visits.events.placed_events import (
    PlacedEvent,
    meant_event,
    new_events,
    place_beside,
    placed_as,
    placed_events,
    sole_seat,
)
from pipeline.stages.visits.tables import word_set

#: Parts of speech of the words of an event's name, and how far these stand from its head.
_OF_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM"})
_BODY_REACH = 6
#: How far behind an event its place may stand, in tokens.
_REACH = 12
#: How many tokens before "when" the event that was held then begins.
_HELD_REACH = 9


class Gatherings:
    """Events with their places, by name and by body."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._placed: dict[str, Mapping[int, Sequence[tuple[int, Spot]]]] = {}

    def of_name(self, event: Token, *, near: bool) -> Spot | None:
        """Return where another sentence says that an event of the same name is held.

        Args:
            near: only by its own sentence and those beside it.
        """
        lemma = event.lemma_.lower()
        if lemma not in self._placed:
            self._placed[lemma] = self._places_of(lemma)
        placed = self._placed[lemma]
        number = self.scene.sentence_of[event.i]
        for each in range(number - 1, number + 2) if near else placed:
            for i, spot in placed.get(each, ()):
                other = self.scene.doc[i]
                if i == event.i or (i > event.i and is_further_edition(other)):
                    continue
                if is_yet_to_come(other, event):
                    continue
                if self._is_former(i) and not self._is_former(event.i):
                    continue
                if self.scene.is_of_later_matter(i, event.i):
                    continue
                if not is_named_otherwise(self.scene, event, other):
                    return spot
        return None

    def _is_former(self, i: int) -> bool:
        """Tell whether an event is one of former years, by itself or by its sentence."""
        told = is_past_edition(self.scene.doc[i], self.scene.article.published)
        return told or self.scene.sentence_of[i] in self.scene.former

    def own(self, event: Token) -> Spot | None:
        """Return where the event of a token is told to be held beside it."""
        return place_beside(self.scene, event) if is_event(event) else None

    def meant(self, event: Token) -> Spot | None:
        """Return where the event is held that another one of the article means."""
        found = self.told(event)
        return placed_as(found, event) if found is not None else None

    @cached_property
    def seat(self) -> Spot | None:
        """The one place at which the article has its gatherings."""
        return sole_seat(self.scene, self._with_places)

    def told(self, event: Token) -> PlacedEvent | None:
        """Return the event told with its place elsewhere that one of the article means."""
        found = meant_event(self.scene, self._with_places, self._new, event)
        if found is None or is_named_otherwise(self.scene, event, self.scene.doc[found.at]):
            return None
        return found

    @cached_property
    def _new(self) -> Sequence[Token]:
        return tuple(new_events(self.scene))

    @cached_property
    def _with_places(self) -> Sequence[PlacedEvent]:
        return tuple(placed_events(self.scene))

    def of_body(self, event: Token) -> Spot | None:
        """Return where another event of the body is held for which this one is named.

        None where its events are held in several countries.
        """
        found: dict[str, tuple[int, Spot]] = {}
        for body in bodies(event):
            for country, held in self._by_body.get(body, {}).items():
                others = (each for each in held if self._may_be(each[0], event))
                first = next(others, None)
                if first is not None and (country not in found or first[0] < found[country][0]):
                    found[country] = first
        return next(iter(found.values()))[1] if len(found) == 1 else None

    def _may_be(self, at: int, event: Token) -> bool:
        return at != event.i and not self.scene.is_of_later_matter(at, event.i)

    @cached_property
    def names_un(self) -> bool:
        """Whether the text names the United Nations."""
        return any(reference.country == "UN" for reference in self.scene.references)

    def _places_of(self, lemma: str) -> Mapping[int, Sequence[tuple[int, Spot]]]:
        """Return the first two placed words of a lemma in each sentence that has such."""
        placed: dict[int, list[tuple[int, Spot]]] = {}
        for token in self._by_lemma.get(lemma, ()):
            held = placed.get(self.scene.sentence_of[token.i], [])
            if len(held) < 2 and (spot := self._place(token)) is not None:
                placed.setdefault(self.scene.sentence_of[token.i], held).append((token.i, spot))
        return placed

    def _place(self, token: Token) -> Spot | None:
        """Return where a word's event is held: no "summit" that "will add to hopes in Lima"."""
        if (told := self._told(token)) is not None:
            return told
        holds = word_set("holds_event", "begins_event") | words("attends")
        end = min(self.scene.sentence(token.i).end, token.i + _REACH)
        for each in token.doc[token.i + 1 : end]:
            if each.pos_ == "VERB" and each.lemma_ not in holds:
                return None
            there = each.lower_ in {"in", "at"} and not _is_past(each, token)
            spots = self.scene.spots(each.i + 1) if there else []
            if spots:
                return spots[0]
        return None

    def _told(self, token: Token) -> Spot | None:
        """Return the place that an event is told to be held in, or else named for."""
        return held_at(self.scene, token) or named_for(self.scene, token)

    @cached_property
    def _by_lemma(self) -> Mapping[str, Sequence[Token]]:
        found: dict[str, list[Token]] = {}
        for token in self.scene.tokens:
            found.setdefault(token.lemma_.lower(), []).append(token)
        return found

    @cached_property
    def _by_body(self) -> Mapping[str, Mapping[str, Sequence[tuple[int, Spot]]]]:
        """The first two events of each body in each country."""
        found: dict[str, dict[str, list[tuple[int, Spot]]]] = {}
        for token in self.scene.tokens:
            meets = token.pos_ == "VERB" and token.lemma_ in word_set("meets")
            if not meets and not is_event(token):
                continue
            named = bodies(token)
            spot = self._told(token) if named else None
            if spot is None:
                continue
            for body in named:
                held = found.setdefault(body, {}).setdefault(spot.country, [])
                if len(held) < 2:
                    held.append((token.i, spot))
        return found


def _is_past(prep: Token, event: Token) -> bool:
    """Tell the place of what is told behind an event: "the summit, where they spoke of one in"."""
    told = word_set("holds_event", "begins_event")
    verbs = [t for t in prep.ancestors if t.i > event.i and t.pos_ in VERBS]
    further = any(t.dep_ in {"relcl", "advcl", "ccomp"} for t in verbs)
    return further and not any(t.lemma_ in told for t in verbs)


def is_event(token: Token) -> bool:
    """Tell the head of an event's name ("summit") from other nouns."""
    if token.pos_ not in {"NOUN", "PROPN", "NUM", "X"}:
        return False
    lemma, events = token.lemma_.lower(), words("event")
    listed = lemma in events or token.lower_ in events
    listed = listed or is_numbered_event(token)
    if not listed and lemma in word_set("rite"):  # "attended Easter service"
        listed = token.doc[max(0, token.i - 1)].lower_ in word_set("of_rite") or _is_told_again(
            token
        )
    if lemma in word_set("span_of_days") and not token.text.istitle():
        named = any(c.dep_ in {"compound", "nmod"} and c.i < token.i for c in token.children)
        listed = listed and named  # "the film week", not "last week"
    if not listed or lemma in word_set("no_event_of_article"):
        return False
    behind = token.doc[token.i + 1 : token.i + 2]
    return not (len(behind) == 1 and behind[0].lemma_.lower() == "partner")  # "dialogue partner"


def is_numbered_event(token: Token) -> bool:
    """Tell the "COP29" of "attended COP29"."""
    return token.lower_[:3] in word_set("numbered_event") and token.text[3:].isdigit()


def _is_told_again(service: Token) -> bool:
    """Tell "attend the service", "at Tuesday's service" from "the health service".

    So from "at the service of all"; of no other service one is told to be "at" it.
    """
    if not is_known(service) or any(c.dep_ in {"compound", "amod"} for c in service.children):
        return False
    above = service.head
    attended = above.lemma_ == "attend" and service.dep_ in UNDERGONE
    at = service.dep_ == "pobj" and above.lower_ in {"at", "during"}
    return attended or (at and all(c.lower_ != "of" for c in service.children))


def bodies(event: Token) -> set[str]:
    """Return the short names of bodies that stand in an event's name ("SADC", "the EU")."""
    doc, sentence = event.doc, event.sent
    found: set[str] = set()
    for step, end in ((-1, sentence.start - 1), (1, sentence.end)):
        for i in range(event.i, end, step)[: _BODY_REACH + 1]:
            if i != event.i and doc[i].pos_ not in _OF_NAMES and doc[i].lower_ not in {"of", "on"}:
                break
            if doc[i].text.isupper() and doc[i].is_alpha and len(doc[i]) >= 2:
                found.add(doc[i].text)
    return found


def is_when_held(verb: Token) -> bool:
    """Tell "a summit in Lima when A and B agreed" from what was done when else."""
    when = next((c for c in verb.children if c.lower_ == "when" and c.i < verb.i), None)
    if when is None or verb.dep_ not in {"relcl", "advcl"}:
        return False
    for token in reversed(verb.doc[max(0, when.i - _HELD_REACH) : when.i]):
        if token.pos_ in VERBS or token.is_sent_start:
            return False
        if is_event(token):
            return token.i < when.i - 1
    return False


__all__ = ["Gatherings", "bodies", "is_event", "is_when_held"]
