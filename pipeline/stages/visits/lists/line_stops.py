"""Stops of a journey that lines list behind a colon: "It will take him to:⏎Peru, May 3–5"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.labels import NOUNS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.register_days import days_in_line
from pipeline.stages.visits.lists.register_lines import land_of_line, places_at, text_lines
from pipeline.stages.visits.lists.registers import (
    BACK,
    LEAST,
    RegisterRule,
    as_of,
    officials_in,
    register_rules,
)
from pipeline.stages.visits.tables import word_set

#: How long a line of an itinerary may be that holds no date, and one that does, in tokens.
_BARE_LINE, _DATED_LINE = 7, 30


def stops_in_lines(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the stops of journeys that lines list, by the first token of each line.

    "A left on a tour. It will take him to:⏎Peru, May 3–5⏎Chile, May 6" fires; under "The tour of
    the choir leads to:", "Exports went to:" nothing does.
    """
    scene, found = reader.scene, dict[int, list[Candidate]]()
    rule = next(row for row in register_rules() if row.side == "stops")
    for heading in scene.sentences:
        if not _opens_stops(scene, heading, rule):
            continue
        lines = list(takewhile(lambda line: _stop_at(reader, line), text_lines(scene, heading.end)))
        traveller = _who_is_on_tour(scene, heading) if len(lines) >= LEAST else None
        if traveller is not None:
            made = (_stop_of_line(reader, rule, heading, line, traveller) for line in lines)
            found |= {each.at: [each] for each in made if each is not None}
    return found


def _opens_stops(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell "The tour will take him to:", "Stops on the tour:" behind which a list begins."""
    told = [t for t in heading if not t.is_space]
    if not told or told[-1].text != ":" or heading.end >= len(scene.doc):
        return False
    goes = any(t.lemma_ in word_set("tour_leads") and t.pos_ == "VERB" for t in told)
    his = any(t.lower_ in {"he", "she", "him", "her", "his"} for t in told)
    if officials_in(scene, heading) or his:
        return goes or any(t.lemma_.lower() in rule.nouns for t in told)
    return any(t.lemma_.lower() in rule.nouns and _is_known(t, told[0]) for t in told)


def _is_known(noun: Token, first: Token) -> bool:
    """Tell "the tour", "Stops:" from "travel to these lands", "a visit to them"."""
    definite = any(c.lower_ in {"the", "his", "her", "their"} for c in noun.children)
    return noun.pos_ in NOUNS and (definite or noun.left_edge.i == first.i)


def _stop_at(reader: ArgumentReader, line: Span) -> Sequence[Spot]:
    """Return the place of "Lima, Peru: 3–5 May", "May 3-5, Peru", "Peru"; no verb's subject."""
    at = land_of_line(reader.scene, line)
    length = len([t for t in line if not t.is_space])
    dated = bool(reader.clock.between(line.start, line.end))
    if at is None or length > (_DATED_LINE if dated else _BARE_LINE):
        return ()
    return places_at(reader.scene, at)[:1]


def _who_is_on_tour(scene: Scene, heading: Span) -> Actor | None:
    """Return the one official whom the heading names, else the one of whom the text speaks."""
    whole = officials_in(scene, heading)
    if not whole and (focus := scene.focus(heading.start, back=BACK)) is not None:
        whole = [focus]
    official = [a for a in whole if a.reference.role_kind and not a.reference.plural]
    return official[0] if len(official) == 1 and official[0].country else None


def _stop_of_line(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, line: Span, traveller: Actor
) -> Candidate | None:
    spot = _stop_at(reader, line)[0]
    if spot.country == traveller.country:
        return None
    verb = _verb_of(heading)
    fact = fact_of_verb(verb) if verb is not None else Fact("planned")
    if fact.status is None:
        return None
    made = reader.make(rule, line.doc[line.start], actor=traveller, spot=spot, fact=fact)
    when = days_in_line(reader, heading, line, fact=fact)
    return replace(made, when=when, fact=as_of(reader, when) or fact)


def _verb_of(heading: Span) -> Token | None:
    """Return the verb of "The tour will take him to:", the "visited" of "Countries he visited:"."""
    root = heading.root
    own = (c for c in root.children if c.dep_ == "relcl" and c.pos_ in VERBS)
    return root if root.pos_ in VERBS else next(own, None)


__all__ = ["stops_in_lines"]
