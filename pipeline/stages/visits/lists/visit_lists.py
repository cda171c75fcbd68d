"""Lists under "Visits from Peru to Ghana": each line a guest, with the years in brackets."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Span

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules

#: How surely such a line tells a trip.
_SCORE = 0.8
#: A line that ends in "visits from A to B", with marks of notes behind it at most.
_HEADING = re.compile(
    r"^.*\b(?:visits|trips) (?:[\w-]+ ){0,4}?from (?:the )?(?P<home>\S[^\n,;.]*?)"
    r" to (?:the )?(?P<host>\S[^\n,;.\[]*?)(?:\[\w+\])*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
#: A line of such a list: a guest, and in brackets the years, each with a month or day at most.
_LINE = re.compile(
    r"[ \t]*+(?>(?:[-•*–·][ \t]*+)?)(?P<guest>[^\s(][^\n(]*+)\((?P<years>[^\n()]*+)\)[^\n]*+"
)
_YEAR = re.compile(r"(?:(?P<month>[A-Z][a-z]{2})[a-z]*\.? )?(?P<year>(?:1[89]|20)\d\d)")


def visit_lists(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the trips of all such lists by the token at which each line's guest begins.

    "Visits from Peru to Ghana⏎ President Ollanta Humala (2012, 2014)" fires; under "Flights from
    Peru to Ghana" nothing does.
    """
    found: dict[int, list[Candidate]] = {}
    text = reader.scene.article.text
    first = max(reader.scene.extent[0], reader.scene.article.body_start)
    for heading in _HEADING.finditer(text, first, reader.scene.extent[1]):
        home, host = (_land(reader.scene, heading.start(side)) for side in ("home", "host"))
        if home is None or host is None or home.country == host.country:
            continue
        for line in _lines(text, heading.end()):
            span = reader.scene.doc.char_span(*line.span("guest"), alignment_mode="expand")
            made = list(_entry(reader, span, line, home=home, host=host)) if span else []
            if made:
                found[made[0].at] = made
    return found


def _land(scene: Scene, at: int) -> Spot | None:
    span = scene.doc.char_span(at, at + 1, alignment_mode="expand")
    return next(iter(scene.spots(span.start)), None) if span is not None else None


def _lines(text: str, at: int) -> Iterator[re.Match[str]]:
    """Yield the lines of a list that begins behind a heading; another line ends it."""
    while at < len(text):
        while text[at : at + 1].isspace():
            at += 1
        line = _LINE.match(text, at)
        if line is None or not _YEAR.search(line["years"]):
            return
        yield line
        at = line.end()


def _entry(
    reader: ArgumentReader, guest: Span, line: re.Match[str], *, home: Spot, host: Spot
) -> Iterator[Candidate]:
    """Yield a trip a year of one guest."""
    scene = reader.scene
    named = [
        (reference, i)
        for i in range(guest.start, guest.end)
        for reference in scene.at(i)
        if reference.kind == "person" and reference.name
    ]
    if not named:
        return
    reference, at = named[0]
    own = reference.model_copy(update={"country": home.country, "guessed": False})
    for year in _YEAR.finditer(line["years"]):
        made = reader.make(
            noun_rules()["visit"],
            scene.doc[at],
            actor=Actor(own, at),
            spot=host,
            fact=Fact("completed"),
            score=_SCORE,
        )
        yield replace(made, when=_when(year), count=1)


def _when(told: re.Match[str]) -> When:
    months = {name[:3]: number for number, name in enumerate(month_name) if name}
    month = months.get(told["month"] or "")
    day = f"{told['year']}-{month:02}" if month else told["year"]
    return When(day, day)


__all__ = ["visit_lists"]
