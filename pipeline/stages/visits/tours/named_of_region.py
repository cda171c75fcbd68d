"""The lands named of a part of the world: "travelled to Africa twice, including to Kenya"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.neighbours import word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How sure a land is that is named of a region beside the telling itself.
_SHARE = 0.9
#: How far behind a telling the words that name its lands may stand, in tokens.
_REACH = 20
_ENDS = frozenset({";", ":", "("})


def by_named_lands(reader: ArgumentReader, found: Sequence[Candidate]) -> list[Candidate]:
    """Put trips to the lands with which a tour opens, or that are named of it, for the tour's own.

    "Will begin his five-nation tour on Sunday, starting with Peru", "flew to Africa three times in
    2022, including to Kenya and Togo"; "toured Africa to meet leaders, including Kenya's", "toured
    Africa with firms, including from Kenya" name none.

    Args:
        found: what one token tells.
    """
    return [each for told in found for each in (list(_to_lands(reader, told)) or [told])]


def _to_lands(reader: ArgumentReader, told: Candidate) -> Iterator[Candidate]:
    """Yield the trips to the lands that are named of one told without any."""
    actor = told.actor
    if told.stops is None or told.spot is not None or told.status is None or actor is None:
        return
    opens, spots = _named(reader, told)
    before = reader.scene.doc[told.at : spots[0].start] if spots else ()
    since = any(token.lower_ == "since" for token in before)
    once = opens or (told.count == 1 and not since)
    for spot in spots if not actor.is_party else ():
        if spot.country in {told.origin, actor.country}:
            continue
        days = reader.clock.behind(spot.end)
        own = reader.clock.when(days, phase="whole") if days else When()
        yield replace(
            told,
            spot=spot,
            destination=spot.country,
            fact=told.fact if once else replace(told.fact, reason="pluperfect"),
            when=own or (told.when if once else When()),
            score=told.score * _SHARE,
            count=1,
            hosts=(),
            notes=tuple(note for note in told.notes if note != "region"),
        )


def _named(reader: ArgumentReader, told: Candidate) -> tuple[bool, Sequence[Spot]]:
    """Return whether a tour opens in the lands named of it, and the lands."""
    doc, end = reader.scene.doc, reader.scene.sentence(told.at).end
    for token in doc[told.at + 1 : min(end, told.at + _REACH)]:
        opens = token.tag_ == "VBG" and token.lemma_ in word_set("opens_tour")
        if opens or token.lower_ == "including":
            at = token.i + 1
            led = word_at(doc, at) in word_set("leads_to_named")
            spots = reader.scene.spots(at + led) if led or not opens else []
            owned = bool(spots) and reader.scene.is_owner(spots[0].reference)
            return opens, [] if owned else spots
        acts = token.tag_ in FINITE or token.text in _ENDS or _is_of_others(doc[told.at], token)
        others = [r for r in reader.scene.at(token.i) if r.kind in {"person", "office", "group"}]
        if acts or others:
            return False, []
    return False, []


def _is_of_others(told: Token, token: Token) -> bool:
    """Tell a plural of which lands may be named: "toured Africa with firms, including Kenya's".

    Not the times of "travelled to Africa three times", the lands of "a tour of five countries".
    """
    if token.tag_ != "NNS" or token.ent_type_ == "DATE" or token.lemma_ in word_set("how_often"):
        return False
    led = token.head if token.dep_ == "pobj" else token
    return led.head != told and token.dep_ not in {"compound", "npadvmod"}


__all__ = ["by_named_lands"]
