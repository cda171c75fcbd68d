"""Passages that have left the report's own place: where the sentence before stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from models.visit import MADE
from pipeline.discourse.beside_news import is_of_other_matter, is_of_time_before
from pipeline.discourse.editions import is_missed, is_past_edition
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, SUBJECTS, VERBS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_seats import held_at, is_occasion, named_for
from pipeline.stages.visits.events.told_occasions import land_of_occasion, names_beside
from pipeline.stages.visits.tables import word_set

#: How many sentences back the event may be told at which a passage is set.
_OCCASION_REACH = 3


def _sentence_before(scene: Scene, i: int) -> Span | None:
    """Return the sentence of the body before that of token `i`."""
    near = [scene.sentences[n] for back, n in scene.backwards(scene.sentence_of[i], 1) if back]
    before = next(iter(near), None)
    inside = before is not None and before.end_char > scene.article.body_start
    return before if inside else None


def trip_before(scene: Scene, told: Sequence[Candidate], i: int) -> Spot | None:
    """Return where the one trip led of which the sentence before tells before all else."""
    chief = telling_before(scene, told, i)
    spot = chief.spot if chief is not None else None
    return replace(spot, start=i, end=i + 1) if spot is not None else None


def telling_before(scene: Scene, told: Sequence[Candidate], i: int) -> Candidate | None:
    """Return the one trip of which the sentence before tells before all else.

    A home-coming, a trip of the report's own people and one told in passing lead nowhere.
    """
    before = _sentence_before(scene, i)
    if before is None:
        return None
    own = {scene.here.country} if scene.here is not None else set()
    inside = [c for c in told if before.start <= c.at < before.end and c.status is not None]
    if any(c.phase == "leave" or c.destination in {None, *own} for c in inside):
        return None
    chief = [c for c in inside if c.origin not in own and _is_chief(scene.doc[c.at])]
    if not chief or len({c.destination for c in chief}) != 1 or chief[-1].spot is None:
        return None
    return chief[-1]


def goes_on(scene: Scene, told: Sequence[Candidate], i: int) -> bool:
    """Tell "had come in May", "came a week later", "came, too" behind the trip of another.

    "A visited Lima last week. B arrived on Monday" goes on with the report, not with Lima.
    """
    sentence, before = scene.sentence(i), _sentence_before(scene, i)
    linked = {t.lower_ for t in sentence} & word_set("goes_on_with")
    past = fact_of_verb(scene.doc[i])
    if before is None or not (linked or past.reason == "pluperfect"):
        return False
    inside = [c for c in told if before.start <= c.at < before.end and c.status is not None]
    return any((c.status in MADE) == (past.status in MADE) for c in inside)


def host_before(scene: Scene, i: int) -> Spot | None:
    """Return Peru of "Peru received two guests in May. A came first": whose callers are told."""
    before = _sentence_before(scene, i)
    for verb in before or ():
        if verb.lemma_ not in words("host_of_trip") | word_set("has_callers"):
            continue
        objects = (c for c in verb.children if c.dep_ in OBJECTS)
        called = any(c.lemma_ in word_set("caller") for c in objects)
        hosts = (c for c in verb.children if c.dep_ == "nsubj" and called)
        spots = [spot for c in hosts for spot in scene.spots(c.left_edge.i)[:1]]
        if spots and spots[0].start == min(c.left_edge.i for c in verb.children):
            return replace(spots[0], start=i, end=i + 1)
    return None


def _is_chief(token: Token) -> bool:
    """Tell what a sentence says from what it says in passing ("after a visit to Lima")."""
    verb = token if token.pos_ in VERBS else governing_verb(token)
    if verb is None:
        return False
    if token != verb and any(t.lower_ in word_set("in_passing") for t in _between(token, verb)):
        return False
    while verb.dep_ == "conj" and verb.head.pos_ in VERBS:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _between(token: Token, verb: Token) -> Iterator[Token]:
    for node in token.ancestors:
        if node == verb:
            return
        yield node


def occasion_before(
    scene: Scene, i: int, *, name: str | None = None, but: Collection[str | None] = ()
) -> tuple[bool, Spot | None]:
    """Return whether the sentence before tells of an event, and where it is held.

    Args:
        name: the lemma of the event that is meant, to which the other must not be foreign.
    """
    before = _sentence_before(scene, i)
    if before is None:
        return False, None
    for token in before:
        another = name is not None and (_is_another(token, name) or is_missed(token))
        if not is_occasion(token) or another or is_by_the_way(scene, token, i):
            continue
        spot = held_at(scene, token, before) or land_of_occasion(scene, token)
        if spot is not None and not _is_beside(scene, spot, token, name):
            away = spot.country not in but
            return True, replace(spot, start=i, end=i + 1) if away else None
    return False, None


def _is_beside(scene: Scene, spot: Spot, event: Token, name: str | None) -> bool:
    """Tell the place of somebody's life, or of what led to the event that is meant.

    "He died at a clinic in Rome during a forum", "won its freedom after talks in Rome".

    Args:
        name: the lemma of the event that is meant.
    """
    place = scene.doc[spot.start]
    if is_of_other_matter(place):
        return True
    other = name is not None and event.lemma_.lower() != name
    return other and is_of_time_before(scene, place)


def is_by_the_way(scene: Scene, event: Token, i: int) -> bool:
    """Tell an event told beside the matter of the text, which goes on at token `i` behind it.

    "They went over what the 2021 summit in Rome had settled", "Peru will host the next summit",
    "Ministers had drafted it at a meeting in Rome" fire; "The 2021 summit was held in Rome" does
    not, nor what had been done where the sentence of `i` tells what had been done.
    """
    before = {t.lower_ for t in event.doc[max(event.left_edge.i, event.sent.start) : event.i]}
    if before & word_set("event_aside"):
        return "next" not in before or fact_of_verb(scene.doc[i]).status != "planned"
    verb = governing_verb(event)
    if verb is None:
        return False
    inside = event.dep_ not in SUBJECTS or verb.dep_ != "ROOT"
    if inside and is_past_edition(event, scene.article.published):
        return True
    had = fact_of_verb(verb).reason == "pluperfect"
    return had and inside and fact_of_verb(scene.doc[i]).reason != "pluperfect"


def occasion_near(
    scene: Scene, i: int, *, but: Collection[str | None] = (), event: Token | None = None
) -> Spot | None:
    """Return where the event is held of which this sentence or one of those before it tells.

    An event held in one of `but`, and two that are held in different countries, tell nothing.
    "Talks", "a launch" tell it of their own sentence alone.

    Args:
        event: the event that is meant, to which the other must not be foreign.
    """
    for back, number in scene.backwards(scene.sentence_of[i], _OCCASION_REACH):
        sentence = scene.sentences[number]
        found = [
            spot
            for token in sentence
            if token.i < i
            and is_occasion(token)
            and (event is None or not _is_foreign(token, event))
            and (not back or token.lemma_.lower() not in word_set("passing_event"))
            and (spot := held_at(scene, token, sentence) or named_for(scene, token))
            and not is_of_other_matter(scene.doc[spot.start])
        ]
        countries = {spot.country for spot in found}
        if found:
            alone = len(countries) == 1 and not countries & set(but)
            return replace(found[0], start=i, end=i + 1) if alone else None
    return None


def _is_foreign(token: Token, event: Token) -> bool:
    """Tell the meeting of another body from "the summit", which a forum's own name may mean."""
    return token.pos_ == event.pos_ and _is_another(token, event.lemma_.lower())


def _is_another(token: Token, name: str) -> bool:
    """Tell the forum told before from "the funeral"; "the ceremony" may be any of them."""
    if name in word_set("nameless_event", "any_event"):
        return False
    lemma = token.lemma_.lower()
    return (
        name not in word_set("event_of_person")
        if token.pos_ == "VERB"
        else lemma not in {name, *names_beside(name)}
    )


__all__ = [
    "goes_on",
    "host_before",
    "is_by_the_way",
    "occasion_before",
    "occasion_near",
    "telling_before",
    "trip_before",
]
