"""Sections of a page on two lands: "Visits from Peru to Ghana", and below it a guest a line.

A profile of a land, or of its relations, lists who came and who went: under one heading those of
one land, under the next those of the other. The heading tells both lands ("Peruvian visits to
Ghana"), or one, where the other is that of the headings beside it or of the page's title ("From
Peru", "Visits to Ghana"). A line needs no verb: it names a guest and a year, in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.neighbours import word_at
from pipeline.reference.months import MONTHS
from pipeline.signs import STOPS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.register_days import days_in_line, is_year
from pipeline.stages.visits.lists.register_lines import is_of_days, places_at, text_lines
from pipeline.stages.visits.lists.registers import (
    ENDS_GUESTS,
    as_of,
    kind_of_line,
    named_in_line,
)
from pipeline.stages.visits.tables import noun_rules, word_set

#: How surely such a line tells a trip.
_SCORE = 0.8
#: A line that may head such a section, before it is looked at closely.
_MAY_HEAD = re.compile(
    r"^[^\w\n]*(?:\d{1,2}[^\w\n]+)?(?:(?:From|To|On the) "
    r"|[^\n.!?]{0,60}\b(?:[Vv]isit|VISIT|[Tt]rip|[Ee]xchange|[Dd]elegation)[Ss]?\b)[^\n.!?]{0,70}$",
    re.MULTILINE,
)
#: How long a heading may be, and a line that is an entry, in tokens.
_LONGEST, _LONGEST_LINE = 16, 60
#: How many lines that are no entries may stand in a row in a section: columns' names, asides.
_MOST_OTHERS = 2
#: Among how many lines at the top of a page its two lands may be named.
_TITLES = 3
_YEAR = re.compile(r"(?:(?P<month>[A-Z][a-z]{2})[a-z]*\.? )?\b(?P<year>(?:1[89]|20)\d\d)\b")
_MONTH_AND_YEAR = r"(?:[A-Z][a-z]{2,8}\.? )?(?:1[89]|20)\d\d\b"
#: Years of which each is that of a trip: "(2012, May 2014)".
_YEARS = re.compile(rf"\b{_MONTH_AND_YEAR}(?:(?:[,;&]| and)+ {_MONTH_AND_YEAR})+")
#: Before a land of a heading that is gone to, and one that is come from.
_TO, _FROM = frozenset({"to", "in"}), frozenset({"from", "by", "of"})


@dataclass(frozen=True)
class Exchanges:
    """The trips of such sections by the token at which each line's guest begins."""

    trips: Mapping[int, Sequence[Candidate]]
    headings: Sequence[range]

    def heads(self, at: int) -> bool:
        """Tell a token of a heading, which tells no trip of its own."""
        return any(at in heading for heading in self.headings)


NO_EXCHANGES = Exchanges({}, ())


@dataclass(frozen=True)
class Heading:
    """What a heading tells: where those of its lines are at home, and where they went."""

    line: Span
    home: Spot | None
    host: Spot | None


def exchanges(reader: ArgumentReader) -> Exchanges:
    """Return the trips of all such sections of a page.

    "Visits from Peru to Ghana⏎ President Ollanta Humala (2012, 2014)" fires; under "Flights from
    Peru to Ghana" nothing does.
    """
    scene = reader.scene
    text, first = scene.article.text, scene.extent[0]
    if not _MAY_HEAD.search(text, first, scene.extent[1]):
        return NO_EXCHANGES
    lines = list(text_lines(scene, next(scene.tokens_from(0)).i))
    headed = {n: told for n, line in enumerate(lines) if (told := heading_of(reader, line))}
    if not headed:
        return NO_EXCHANGES
    lands = _lands_of_page(scene, lines, [*headed.values()])
    found: dict[int, list[Candidate]] = {}
    ranges = []
    for number, told in headed.items():
        both = _with_other(told, lands)
        made = list(_section(reader, lines, number + 1, both, headed)) if both else []
        for each in made:
            found.setdefault(each.at, []).append(each)
        if made:
            ranges.append(range(told.line.start, told.line.end))
    return Exchanges(found, ranges)


def heading_of(reader: ArgumentReader, line: Span) -> Heading | None:
    """Return the direction that a line tells for those below it, None for any other line."""
    scene = reader.scene
    if len(line) > _LONGEST or not _MAY_HEAD.match(line.text):
        return None
    nouns = word_set("exchange_noun")
    if any(t.tag_ in FINITE and t.lower_ not in nouns for t in line) or line[-1].text in ".;,":
        return None
    if any(True for _ in reader.clock.between(line.start, line.end)):
        return None
    opening = next((t.lower_ for t in line if t.is_alpha), "")
    home, host, opens = None, None, opening in {"from", "to"}
    named = any(t.lower_ in nouns for t in line)
    for at in range(line.start, line.end):
        if any(r.kind == "person" and r.name for r in scene.at(at)):
            return None
        spot = next(iter(places_at(scene, at)), None)
        side = _side(scene, line, at) if spot is not None else None
        if side == "host":
            host = host or spot
        elif side == "home" or _is_of_land(scene, at):
            home = home or spot or _spot_of(scene, at)
    if (home is None and host is None) or not (named or opens):
        return None
    if home is not None and host is not None and home.country == host.country:
        return None
    return Heading(line, home, host)


def _side(scene: Scene, line: Span, at: int) -> str | None:
    """Return whether a land of a heading is the guests' home, their host or neither."""
    lead = at - 1 - (word_at(scene.doc, at - 1) == "the")
    before = word_at(scene.doc, lead) if lead >= line.start else ""
    if not before or before in _FROM:
        return "home"
    return "host" if before in _TO else None


def _is_of_land(scene: Scene, at: int) -> bool:
    """Tell the adjective of "Peruvian visits", "the Peruvian side"."""
    return any(r.form == "adjective" and r.country for r in scene.at(at))


def _spot_of(scene: Scene, at: int) -> Spot | None:
    told = next((r for r in scene.at(at) if r.form == "adjective" and r.country), None)
    if told is None or told.country is None:
        return None
    return Spot(told.country, None, told, *scene.bounds(told))


def _lands_of_page(
    scene: Scene, lines: Sequence[Span], headed: Sequence[Heading]
) -> Mapping[str, Spot]:
    """Return the two lands of a page, those of its headings or of its title; none if not two."""
    told = [s for each in headed for s in (each.home, each.host) if s is not None]
    lands = {spot.country: spot for spot in told}
    for line in lines[:_TITLES] if len(lands) == 1 else ():
        for at in range(line.start, line.end):
            spot = next(iter(places_at(scene, at)), None) or _spot_of(scene, at)
            if spot is not None:
                lands.setdefault(spot.country, spot)
    return lands if len(lands) == 2 else {}


def _with_other(told: Heading, lands: Mapping[str, Spot]) -> Heading | None:
    """Return a heading with the land that it leaves out, which is the other of the page's two."""
    if told.home is not None and told.host is not None:
        return told
    one = told.home or told.host
    other = [spot for code, spot in lands.items() if one is not None and code != one.country]
    if len(other) != 1:
        return told if told.host is not None else None
    return replace(told, home=told.home or other[0], host=told.host or other[0])


def _section(
    reader: ArgumentReader,
    lines: Sequence[Span],
    first: int,
    told: Heading,
    headed: Mapping[int, Heading],
) -> Iterator[Candidate]:
    """Yield the trips of the lines below a heading, up to another or to what is no list."""
    others, above, year = 0, None, When()
    for number in range(first, len(lines)):
        line = lines[number]
        if number in headed or others > _MOST_OTHERS:
            return
        if is_year(line):
            year = _when(next(_YEAR.finditer(line.text)))
            continue
        if is_of_days(reader, line):
            above = line
            continue
        span = line.doc[above.start : line.end] if above is not None else line
        above = None
        short = len(line) <= _LONGEST_LINE
        made = list(_entry(reader, line, span, told, year=year)) if short else []
        others = 0 if made else others + 1
        yield from made


def _entry(
    reader: ArgumentReader, line: Span, span: Span, told: Heading, *, year: When
) -> Iterator[Candidate]:
    """Yield the trips of the guests of a line, one for each of several years.

    Args:
        span: the line, with that of its days above it.
        year: that which stands alone above the lines, for those without days.
    """
    scene, home = reader.scene, told.home.country if told.home is not None else None
    if any(t.tag_ in FINITE for t in line) or told.host is None:
        return
    guests = list(guests_of_line(scene, line, home, told.host.country))
    if not guests:
        return
    own = days_in_line(reader, told.line, span, fact=Fact("completed"))
    times = _years_in(line) or [own or year]
    for actor in guests:
        for when in times:
            if when:
                made = reader.make(
                    noun_rules()["visit"],
                    scene.doc[actor.token],
                    actor=actor,
                    spot=told.host,
                    fact=Fact("completed"),
                    score=_SCORE,
                )
                fact = as_of(reader, when) or made.fact
                yield replace(made, when=when, fact=fact, kind=kind_of_line(line), count=1)


def guests_of_line(scene: Scene, line: Span, home: str | None, host: str | None) -> Iterator[Actor]:
    """Yield whom a line names, or whose office alone it tells, at home where its heading says.

    Args:
        home: the land of those who do not tell theirs; without it they are left out.
        host: the land whose own people are no guests, if known.
    """
    seen: set[str] = set()
    for i in range(line.start, line.end):
        if (i > line.start and line.doc[i].text in STOPS) or line.doc[i].lower_ in ENDS_GUESTS:
            return
        for reference in scene.at(i):
            personal = reference.kind in PERSONAL_KINDS and reference.form != "pronoun"
            if not personal or reference.plural or not (reference.name or reference.role):
                continue
            named = named_in_line(scene, reference, line)
            land = home or (None if named.guessed else named.country)
            if land is None or (named.country == host and not named.guessed):
                continue
            own = named.model_copy(update={"country": land, "guessed": False})
            if (guest := Actor(own, i)).key not in seen:
                seen.add(guest.key)
                yield guest


def _years_in(line: Span) -> list[When]:
    """Return the years that a line gives one after the other, with their months."""
    listed = _YEARS.search(line.text)
    return [_when(year) for year in _YEAR.finditer(listed.group())] if listed else []


def _when(told: re.Match[str]) -> When:
    month = MONTHS.get((told["month"] or "").lower())
    day = f"{told['year']}-{month:02}" if month else told["year"]
    return When(day, day)


__all__ = ["NO_EXCHANGES", "Exchanges", "Heading", "exchanges", "guests_of_line", "heading_of"]
