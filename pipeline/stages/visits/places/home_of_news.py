"""Whose land "the country" is of which callers are told beside others who came as well."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from models.entity import LAND_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set

#: How many sentences back others may be told to have come.
_REACH = 3
_LED_TO = frozenset({"in", "at", "to", "into", "on"})


def is_bare_land(doc: Doc, i: int) -> bool:
    """Tell "the country", "the nation" at token `i`."""
    the, land = doc[i : i + 1].text.lower(), doc[i + 1 : i + 2].text.lower()
    return the == "the" and land in word_set("bare_land")


def homes_of_callers(scene: Scene, i: int) -> frozenset[str]:
    """Return Peru and Chad of "X of Peru has arrived. Y of Chad came to the country" at token `i`.

    Who "arrived in Peru" is told to be there, and says nothing of where the others came.
    """
    number = scene.sentence_of[i]
    near = (scene.sentences[at] for _, at in scene.backwards(number, _REACH))
    found: set[str] = set()
    for sentence in near:
        for verb in sentence:
            if verb.pos_ not in VERBS or not _tells_of_coming(scene, verb):
                continue
            subject = scene.subject(verb)
            actors = scene.actors(subject) if subject is not None else ()
            found.update(actor.country for actor in actors if actor.country)
    return frozenset(found)


def _tells_of_coming(scene: Scene, verb: Token) -> bool:
    """Tell "has arrived", "is in the country", "flew into the country"."""
    if any(_is_in_bare_land(child) for child in verb.children):
        return verb.lemma_ == "be" or verb.lemma_ in word_set("comes_in_turn", "has_come")
    come = verb.lemma_ in word_set("has_come")
    return come and not any(_says_where(scene, child) for child in verb.children)


def _is_in_bare_land(prep: Token) -> bool:
    """Tell the "in" of "in the country"."""
    if prep.lower_ not in _LED_TO:
        return False
    return any(
        c.lower_ in word_set("bare_land") and [t.lower_ for t in c.children] == ["the"]
        for c in prep.children
    )


def _says_where(scene: Scene, child: Token) -> bool:
    """Tell the "in" of "arrived in Lima", the "home" of "arrived home"."""
    if child.lower_ in {"home", "back"}:
        return True
    return child.lower_ in _LED_TO and bool(scene.spots(child.i + 1))


def home_of_news(scene: Scene, i: int, but: Collection[str | None]) -> Spot | None:
    """Return the land for which an article writes, for "the country" at token `i` that it means.

    It is that of the one leader whose land it never names: "President Museveni will be sworn in.
    Rwanda's foreign minister is already in the country".
    """
    named = {r.country for r in scene.references if r.kind in LAND_KINDS}
    hosts = {
        r.country: r
        for r in scene.references
        if r.kind == "person" and r.role_kind in words("host_kind") and r.country not in named
    }
    if len(hosts) != 1:
        return None
    home, told = next(iter(hosts.items()))
    apart = scene.is_apart(scene.bounds(told)[0], i)
    if home is None or home in but or not is_country(home) or apart:
        return None
    return Spot(home, None, told, i, i + 1)


__all__ = ["home_of_news", "homes_of_callers", "is_bare_land"]
