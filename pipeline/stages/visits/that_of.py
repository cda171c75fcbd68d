"""Trips named by "that": "A's visit to Lima in 2021 and that of B in 2022"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.timing import When
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.forerunners import behind_names, list_at
from pipeline.stages.visits.tables import word_set

#: The words that stand for a trip's noun.
THAT_OF = frozenset({"that", "those"})


def that_of(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read B of "A's visit to Lima in 2021 and that of B in 2022", "was followed by that of B".

    "A's visit to Lima cost more than that of B", "a speech in Lima and that of B" do not fire: the
    trip goes along with the other, and a noun tells both. That of B "to Quito" is read as a visit.
    """
    doc = token.doc
    joint = doc[token.i - 1].lower_ if token.i else ""
    behind = doc[token.i + 1 : token.i + 2].text
    if behind not in {"of", "by"} or joint not in word_set("before_that_of"):
        return
    model = _trip_named(reader, token)
    if model is None or model.destination is None:
        return
    fact = Fact("completed") if joint in word_set("goes_before") else model.fact
    at = token.i + 2
    at += doc[at : at + 1].text.lower() in {"his", "her", "its", "their"}
    for actor in list_at(reader, at):
        end = behind_names(reader, reader.scene.bounds_of(actor.reference)[1])
        # "that of Foreign Minister B" is not the host's for all that Lima was named last
        origin = actor.country if actor.country != model.destination else None
        if origin is None and _is_of_host(reader, range(at, end), model.destination):
            continue  # "and that of Peruvian President B", who goes the other way
        if (origin or model.origin) is None or actor.is_party or doc[end : end + 1].text == "to":
            continue
        dates = reader.clock.behind(end)
        yield replace(
            model.another("likewise", token.i, score=model.score * 0.85),
            actor=actor,
            origin=origin or model.origin,
            fact=fact,
            when=reader.clock.when([token, *dates], phase="whole", fact=fact) if dates else When(),
        )


def _is_of_host(reader: ArgumentReader, named: range, host: str) -> bool:
    """Tell "Peruvian President B", "B of Peru" from the "Foreign Minister B" of a trip to Peru."""
    told = (r for i in named for r in reader.scene.at(i) if r.kind == "country")
    return any(r.country == host for r in told)


def _trip_named(reader: ArgumentReader, token: Token) -> Candidate | None:
    """Return the last trip that a noun names before a token of its sentence."""
    start = reader.scene.sentence(token.i).start
    for told in reversed(reader.told):
        if told.at < start:
            return None
        if told.status is not None and told.spot is not None and told.at < token.i:
            return told if token.doc[told.at].pos_ == "NOUN" else None
    return None


__all__ = ["THAT_OF", "that_of"]
