"""Whether a text, or a passage of it, is set in the land of those of whom it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import PREP_COMPLEMENTS, TIMES
from pipeline.reference.countries import capital, is_country
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

_WHERE = frozenset({"in", "at"})
_TO_PLACE = frozenset({"in", "at", "to", "into"})
_GOALS = frozenset({"dobj", "pobj"})
#: What a name is taken for that is none of a town.
_NO_TOWN = TIMES | {"PERSON", "NORP", "EVENT"}


def says_where(scene: Scene, verb: Token) -> bool:
    """Tell "arrived in Akureyri", "in the north", "at the village": somewhere, in no land by name.

    "Arrived in the capital", "at the airport", "in the country", "in May" do not fire.
    """
    if verb.pos_ != "VERB":
        return False
    led = (c for c in verb.children if c.lower_ in _TO_PLACE and c.i > verb.i)
    for site in (c for prep in led for c in prep.children if c.dep_ in PREP_COMPLEMENTS):
        if site.ent_type_ in TIMES or any(scene.at(t.i) for t in site.subtree):
            continue
        named = site.pos_ == "PROPN" and site.ent_type_ not in _NO_TOWN
        if named or _is_part_of_land(scene, site):
            return True
    return False


def _is_part_of_land(scene: Scene, token: Token) -> bool:
    """Tell the north of "toured the north", "in the north", not of "the north of Peru"."""
    if token.lemma_.lower() not in word_set("part_of_land") or token.dep_ not in _GOALS:
        return False
    return not any(scene.at(t.i) for t in token.subtree)


def is_set_at_home(scene: Scene, start: int, end: int, *, own: Collection[str | None]) -> bool:
    """Tell "attended a rally in Lublin" of Poles: a stretch of tokens is set in a town of theirs.

    Of their capital more is told than that somebody is there. "Toured the flooded north", of no
    land, is at home, too.
    """
    if any(_is_part_of_land(scene, token) for token in scene.doc[start:end]):
        return True
    spots = (s for s in _stood_in(scene, start, end) if s.country in own and s.place)
    return any(spot.place != capital(spot.country) for spot in spots)


def opens_at_home(scene: Scene, own: Collection[str | None]) -> bool:
    """Tell a text whose first sentence has something happen in their own land, and in no other."""
    body = scene.article.body_start
    first = next((s for s in scene.sentences if s.end_char > body), None)
    lands = {spot.country for spot in _stood_in(scene, first.start, first.end)} if first else set()
    return bool(lands) and lands <= set(own)


def stays_at_home(scene: Scene, told: Sequence[Candidate], own: Collection[str | None]) -> bool:
    """Tell a report from one of these lands in which no trip told so far leads out of them."""
    here = scene.here
    if not (here.country in own if here is not None else opens_at_home(scene, own)):
        return False
    return not any(c.status and c.origin in own and c.destination not in {None, *own} for c in told)


def _stood_in(scene: Scene, start: int, end: int) -> Iterator[Spot]:
    """Yield the places of countries behind each "in" and "at" from token `start` to `end`."""
    for i in range(start, end):
        if scene.doc[i].lower_ in _WHERE:
            yield from (spot for spot in scene.spots(i + 1)[:1] if is_country(spot.country))


__all__ = ["is_set_at_home", "opens_at_home", "says_where", "stays_at_home"]
