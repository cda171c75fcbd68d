"""Where one was while something happened: "a bomb went off in Lima as X attended a forum"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.labels import OPENERS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

_WHILE = frozenset({"as", "while", "when"})
#: What of a clause may hold the town: "a bomb in Lima killed", "shook Lima", "went off in Lima".
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj"})


def place_of_main(reader: ArgumentReader, verb: Token, *, sudden: bool = False) -> Spot | None:
    """Return the town of what happened while one visited, or attended an event of no known place.

    "Shares fell in Tokyo as X attended a summit", "X spoke in Rome while he was visiting", "a bomb
    went off in Oslo as the Norwegian premier attended a summit" do not fire.

    Args:
        sudden: whether only a bomb, a protest and the like will do, not "troops entered Lima".
    """
    main = verb.head
    marks = {c.lower_ for c in verb.children if c.dep_ in OPENERS and c.i < verb.i}
    if verb.dep_ != "advcl" or main.pos_ != "VERB" or not marks & _WHILE:
        return None
    parts = [c for c in main.children if c.dep_ in _PARTS]
    told = {main.lemma_} & word_set("told_from_afar")
    if told or any(c.lemma_.lower() in word_set("no_place_readied") for c in parts):
        return None
    if sudden and not {t.lemma_.lower() for t in (main, *parts)} & word_set(
        "sudden_in_town", "unrest"
    ):
        return None
    subject = reader.scene.subject(main)
    own = {actor.country for actor in reader.travellers(verb)}
    if subject is None or not own or reader.scene.actors(subject):
        return None  # "Peru's president spoke in Rome as X attended a summit", wherever it was
    within = {t.i for t in verb.subtree}
    towns = [s for s in _towns(reader, main, parts) if s.is_town and s.start not in within]
    alone = len({town.country for town in towns}) == 1
    return towns[0] if alone and towns[0].country not in own else None


def _towns(reader: ArgumentReader, main: Token, parts: list[Token]) -> Iterator[Spot]:
    """Yield the places in which something is or happens, or to which it is done."""
    for head in (main, *parts):
        for prep in (c for c in head.children if c.dep_ == "prep"):
            if prep.lower_ in word_set("stands_in"):
                sites = [c for h in prep.children for c in h.children if c.lower_ == "in"]
                for at in (prep, *sites):  # "at a market in Lima"
                    yield from reader.scene.spots(at.i + 1)
    for thing in parts:
        if thing.dep_ == "dobj":
            yield from reader.scene.spots(thing.left_edge.i)


__all__ = ["place_of_main"]
