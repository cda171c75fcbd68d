"""What a record's sentences say besides: a tour, a stop on the way, an event, a signature."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal

from models import Visit
from pipeline.lexicon import Rule, load_table

PACKAGE = "pipeline.stages.normalize"

CueKind = Literal["tour", "transit", "return", "returned", "reaffirm", "signed", "event"]


class Cue(Rule):
    """A pattern that tells of one thing; the group `name`, where there is one, is its name."""

    kind: CueKind
    pattern: str


@cache
def _cues(kind: CueKind) -> tuple[re.Pattern[str], ...]:
    rows = load_table(PACKAGE, "cues.toml", Cue)
    return tuple(re.compile(row.pattern, re.IGNORECASE) for row in rows if row.kind == kind)


def says(kind: CueKind, sentences: Iterable[str]) -> bool:
    """Tell whether a sentence tells of something: "on a three-nation tour" of a tour."""
    return any(_match(kind, sentence) is not None for sentence in sentences)


def event_named(sentence: str) -> str | None:
    """Return the event for which a visit is made: "for the APEC summit" → "APEC summit"."""
    return _match("event", sentence)


def events_of(visits: Sequence[Visit]) -> dict[str, str]:
    """Return the events for which an article's visits are made, by their ids.

    A sentence of several visits tells its event of the destination that is named nearest to it:
    "to Angola, then to Johannesburg for the BRICS summit" of South Africa.
    """
    by_sentence: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        for text in {proof.text for proof in visit.evidence}:
            by_sentence[text].append(visit)
    found: dict[str, str] = {}
    for sentence in sorted(by_sentence):
        event = event_named(sentence)
        if event is not None:
            for visit in _nearest(" ".join(sentence.split()), event, by_sentence[sentence]):
                found.setdefault(visit.id, event)
    return found


def _nearest(line: str, event: str, visits: Sequence[Visit]) -> Sequence[Visit]:
    at = line.find(event)
    gaps = {}
    for visit in visits:
        names = {visit.destination.place, visit.destination.name} - {None}
        places = [line.find(name) for name in names if name and name in line]
        if places:
            gaps[visit.id] = min(abs(place - at) for place in places)
    if len(visits) == 1 or not gaps:
        return visits
    return [visit for visit in visits if gaps.get(visit.id) == min(gaps.values())]


@lru_cache(maxsize=1 << 14)
def _match(kind: CueKind, sentence: str) -> str | None:
    line = " ".join(sentence.split())
    for pattern in _cues(kind):
        found = pattern.search(line)
        if found is not None:
            return (found["name"] if "name" in pattern.groupindex else found[0]).strip()
    return None


__all__ = ["Cue", "CueKind", "event_named", "events_of", "says"]
