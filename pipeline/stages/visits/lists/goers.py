"""Lines of travellers, each with where he goes: "Minister X: Lima, Peru", "Y (2009) – Canada".

A line above them says that they are such: "Here is where the ministers are going", "the first
destinations of the last foreign ministers:". None of them has a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.exchanges import NO_EXCHANGES, Exchanges
from pipeline.stages.visits.lists.register_days import days_in_line
from pipeline.stages.visits.lists.register_lines import each_land, places_at, text_lines
from pipeline.stages.visits.tables import noun_rules, word_set

#: How surely such a line tells a trip.
_SCORE = 0.8
#: A line above such a list, before it is looked at closely.
_MAY_HEAD = re.compile(r"^[^\n]{0,240}[^\n.](?<![.!;,])$", re.MULTILINE)
#: How many lines make such a list, how long one is in tokens, how many others stand between.
_LEAST, _LONGEST, _BETWEEN = 3, 24, 2
#: Before where all of a list go.
_GOAL = frozenset({"to", "in", "at"})


def goers(reader: ArgumentReader) -> Exchanges:
    """Return the trips of all such lists by the token at which each line begins.

    "Where the ministers are going:⏎ Minister A: Peru⏎ Minister B: Ghana⏎ Minister C: Fiji" fires;
    under "What the ministers' trips cost:" a line with no place tells nothing.
    """
    scene = reader.scene
    text, (first, last) = scene.article.text, scene.extent
    heads = {m.start() for m in _MAY_HEAD.finditer(text, first, last) if _is_told(m.group())}
    if not heads:
        return NO_EXCHANGES
    headings: list[range] = []
    found: dict[int, list[Candidate]] = {}
    lines = list(text_lines(scene, next(scene.tokens_from(0)).i))
    for number, line in enumerate(lines):
        if text.rfind("\n", 0, line.start_char) + 1 not in heads:
            continue
        if any(scene.spots(t.i + 1) for t in line[:-1] if t.lower_ in _GOAL):
            continue  # "those going to Lima:", of whom each line tells the land he comes from
        made = list(_below(reader, lines[number + 1 :], line))
        if len({each.at for each in made}) < _LEAST:
            continue
        headings.append(range(line.start, line.end))
        for each in made:
            found.setdefault(each.at, []).append(each)
    return Exchanges(found, headings)


def _is_told(line: str) -> bool:
    """Tell a line that says that several go somewhere, and is no sentence of a story."""
    words = set(re.findall(r"\w+", line.lower()))
    return bool(words & word_set("many_goers") and words & word_set("goes_where"))


def _below(reader: ArgumentReader, lines: Sequence[Span], heading: Span) -> Iterator[Candidate]:
    """Yield the trips of the lines below a heading, up to the first few that are none."""
    home, others = _Home.of(reader, heading), 0
    ahead = any(t.lower_ in word_set("goes_ahead") for t in heading)
    fact = Fact("planned" if ahead else "completed")
    when = days_in_line(reader, heading, heading, fact=fact) if ahead else When()
    for line in lines:
        trips = [replace(each, when=when) for each in _trips(reader, line, home, fact)]
        others = 0 if trips or _traveller(reader, line, home) else others + 1
        if others > _BETWEEN:
            return
        yield from trips


@dataclass(frozen=True)
class _Home:
    """The land of those of a list, and whether its heading says that it is theirs."""

    land: str | None
    told: bool

    @classmethod
    def of(cls, reader: ArgumentReader, heading: Span) -> _Home:
        """Read "the Irish ministers", else the land of one who is told of beside them."""
        told = [r for i in range(heading.start, heading.end) for r in reader.scene.at(i)]
        told = [r for r in told if r.kind in PERSONAL_KINDS and r.country]
        group = next((r.country for r in told if r.plural), None)
        return cls(group or next((r.country for r in told), None), group is not None)


def _traveller(reader: ArgumentReader, line: Span, home: _Home) -> Actor | None:
    """Return the one person whom a line names, else whose office alone opens it."""
    if len(line) > _LONGEST or any(t.tag_ in FINITE for t in line):
        return None
    told = [(r, i) for i in range(line.start, line.end) for r in reader.scene.at(i)]
    named = [(r, i) for r, i in told if r.kind == "person" and r.name]
    named = [e for e in named if line.doc[max(0, e[1] - 1)].text != "("] or named
    offices = [(r, i) for r, i in told if r.kind in PERSONAL_KINDS and r.role and not r.plural]
    one, at = next(iter(named or offices), (None, 0))
    own = one.country if one is not None and not one.guessed else None
    land = home.land or own
    if one is None or land is None:
        return None
    if not home.told and any(spot.country == own for spot in _places(reader, line, at)):
        return None  # "President X – Peru", who comes from there
    return Actor(one.model_copy(update={"country": land, "guessed": False}), at)


def _trips(reader: ArgumentReader, line: Span, home: _Home, fact: Fact) -> Iterator[Candidate]:
    """Yield the trips of a line that names one traveller and, behind him, where he goes."""
    actor = _traveller(reader, line, home)
    for spot in _gone_to(reader, line, actor) if actor is not None else ():
        made = reader.make(
            noun_rules()["visit"], line[0], actor=actor, spot=spot, fact=fact, score=_SCORE
        )
        yield replace(made, count=1)


def _gone_to(reader: ArgumentReader, line: Span, actor: Actor) -> list[Spot]:
    """Return the places behind the name of a line, one a land, none of the traveller's own."""
    begins = next((t.i for t in line if t.idx >= actor.reference.end), line.end)
    spots = each_land(_places(reader, line, begins))
    return [spot for spot in spots if spot.country != actor.country]


def _places(reader: ArgumentReader, line: Span, begins: int) -> list[Spot]:
    return [spot for at in range(begins, line.end) for spot in places_at(reader.scene, at)]


__all__ = ["goers"]
