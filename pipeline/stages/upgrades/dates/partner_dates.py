"""Dates of partners told one by one: "in 2011 opened ties with Togo, and with Fiji in 2013"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from pipeline.discourse.timing.of_trips import partial
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.reading import Reading

#: What leads to the partners of a change.
_WITH = frozenset({"with", "to", "towards", "toward"})
#: What leads to the date of a clause.
_ON = frozenset({"in", "on"})


def partner_dates(
    reading: Reading, token: Token, level: Level | None, sets: Sequence[Parties]
) -> dict[Parties, str]:
    """Return the date of each pair whose partner has a "with" and a date to itself.

    "In 2011 opened ties with Togo, and with Fiji in 2013", "with Togo and in 2013 with Fiji" give
    each its own; "with Togo and with Fiji in 2013" parts nothing.
    """
    bars = (level.start, level.end) if level else NO_BARS
    ends = reading.parties.partner_ends(token, bars) or _receiver_ends(reading, token, sets)
    groups = list(_groups(token, ends))
    if len(groups) < len(("one", "other")):
        return {}
    own = [_before(reading, prep) if n else None for n, (prep, _) in enumerate(groups)]
    own = [
        day or _behind(reading, codes, ends) for day, (_, codes) in zip(own, groups, strict=True)
    ]
    first = own[0] or _of_clause(reading, token, groups[0][0])
    if first is None or not any(own[1:]):
        return {}
    dates = [first, *own[1:]]
    told = {c: day for (_, codes), day in zip(groups, dates, strict=True) for c in codes if day}
    return {pair: day for pair in sets for code, day in told.items() if code in pair}


def _receiver_ends(reading: Reading, token: Token, sets: Sequence[Parties]) -> dict[str, int]:
    """Return those behind each "to" of "granted the status to Peru in 2005 and in 2010 to Fiji"."""
    told = frozenset().union(*sets) - frozenset.intersection(*sets)
    behind = (i for i in range(token.i, token.sent.end) if token.doc[i].lower_ == "to")
    spots = (spot for i in behind for spot in reading.scene.spots(i + 1))
    return {spot.country: spot.end for spot in spots if spot.country in told}


def _groups(token: Token, ends: Mapping[str, int]) -> Iterator[tuple[Token, list[str]]]:
    """Yield each "with" that leads to partners of a trigger, and those, in text order."""
    doc, found = token.doc, dict[int, list[str]]()
    for code, end in sorted(ends.items(), key=lambda item: item[1]):
        before = range(end - 1, token.sent.start, -1)
        at = next((i for i in before if doc[i].lower_ in _WITH), None)
        if at is not None:
            found.setdefault(at, []).append(code)
    yield from ((doc[at], codes) for at, codes in found.items())


def _before(reading: Reading, prep: Token) -> str | None:
    """Return the date right before "with" in "and in 2013 with Fiji"."""
    for start, end, told in reading.clock.dates:
        pair = partial(told)
        leads = start > prep.sent.start and prep.doc[start - 1].lower_ in _ON
        joined = start - 1 > prep.sent.start and prep.doc[start - 2].lower_ in {"and", ",", ";"}
        if end == prep.i and pair is not None and leads and joined:
            return single(pair)
    return None


def _behind(reading: Reading, codes: Sequence[str], ends: Mapping[str, int]) -> str | None:
    told = reading.clock.date_behind(max(ends[code] for code in codes))
    return told[0] if told is not None else None


def _of_clause(reading: Reading, token: Token, prep: Token) -> str | None:
    """Return the date that a trigger's own clause has before its first partner."""
    for start, end, told in reading.clock.dates:
        pair = partial(told)
        if not token.sent.start < end <= prep.i or pair is None:
            continue
        root = token.doc[start:end].root
        leads = root.dep_ == "pobj" and root.head.lower_ in _ON and root.head.head == token
        if leads or (root.dep_ == "npadvmod" and root.head == token):
            return single(pair)
    return None


__all__ = ["partner_dates"]
