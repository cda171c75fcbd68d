"""Where two struck a deal of which more is told: "the agreement between A and B in Oslo in May"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import ADNOMINAL, PAST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.pair_meetings import met_there
from pipeline.stages.visits.meetings.participants import listed_from
from pipeline.stages.visits.tables import verb_rules, word_set

#: How far behind a deal its "between" or "by" may stand, and behind that the place, in tokens.
_REACH, _PLACE_REACH = 9, 8


def pact_of_two(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "the agreement between A and B in Oslo in May", "the truce agreed by A and B in Oslo".

    "A possible deal between A and B in Oslo", "the deal between A and B on the port in Oslo", "the
    agreement between Peru and Chile in Oslo" do not fire.
    """
    if reader.is_remote(noun) or not _is_struck(noun):
        return
    sides = _sides(reader, noun)
    lands = {side.country for side in sides} - {None}
    if len(sides) < 2 or len(lands) < 2:
        return
    spot = _place(reader, noun, max(_end(reader, side) for side in sides))
    if spot is None:
        return
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    fact = Fact("completed", weak=True, reason="pluperfect")
    for side in sides:
        if side.country != spot.country and not is_seated(side, spot.country):
            yield met_there(reader, noun, rule, side=side, sides=sides, spot=spot, fact=fact)


def _is_struck(noun: Token) -> bool:
    """Tell "the deal", "their deal", "a deal struck" from "a deal", "a possible deal"."""
    around = list(noun.children)
    if any(c.lower_ in word_set("pact_to_come") for c in around):
        return False
    definite = any(c.lower_ in {"the", "that", "this", "those"} or c.dep_ == "poss" for c in around)
    return definite or _struck(noun) is not None


def _struck(noun: Token) -> Token | None:
    """Return the "struck" of "a deal struck by", "the deal that A and B struck"."""
    clauses = (c for c in noun.children if c.dep_ in ADNOMINAL and c.i > noun.i)
    return next(
        (c for c in clauses if c.lemma_ in word_set("strikes_pact") and c.tag_ in PAST),
        None,
    )


def _sides(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return A and B of "the deal between A and B", "struck by A and B", "that A and B struck"."""
    struck = _struck(noun)
    told: list[Actor] = []
    for token in noun.doc[noun.i + 1 : noun.i + _REACH]:
        by = token.lower_ == "by" and struck is not None and token.i > struck.i
        if token.lower_ == "between" or by:
            told = listed_from(reader, token.i + 1)
            break
        if token.text in {".", ";", ":"} or (token.pos_ == "VERB" and token != struck):
            break
    if not told and struck is not None:
        subject = reader.scene.subject(struck)
        told = reader.scene.actors(subject) if subject not in {None, noun} and subject else []
    known = (a for a in told if a.reference.role_kind and not a.is_party)
    return [a for a in known if not (a.reference.guessed or a.reference.plural)]


def _end(reader: ArgumentReader, side: Actor) -> int:
    """Return where the words for one of the two end, his name with them."""
    at, last = side.token, len(reader.scene.doc)
    while at < last and any(r.actor == side.reference.actor for r in reader.scene.at(at)):
        at += 1
    return max(at, side.token + 1)


def _place(reader: ArgumentReader, noun: Token, end: int) -> Spot | None:
    """Return the town right behind the deal, its verb or those who struck it, or behind a day."""
    struck = _struck(noun)
    starts = {noun.i + 1, end, *([struck.i + 1] if struck is not None else [])}
    for start in sorted(starts):
        for prep in noun.doc[start : start + _PLACE_REACH]:
            spot = next(iter(reader.scene.spots(prep.i + 1)), None)
            if prep.lower_ in {"in", "at"} and spot is not None:
                if spot.reference.kind == "place" or spot.is_town:
                    return spot
                break
            dated = prep.i in reader.clock.covered or prep.lower_ in {"on", "in", ","}
            if not dated:
                break
    return None


__all__ = ["pact_of_two"]
