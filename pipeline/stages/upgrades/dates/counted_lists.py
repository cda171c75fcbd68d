"""Parties that a list behind a colon names, each with its date: ": Peru in 1982, Chad in 1983"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import partial
from pipeline.stages.upgrades.parties.named import NamedParties
from pipeline.stages.upgrades.tables import words

#: What may open the date behind a party.
_OPENS_DATE = frozenset({"in", "on", "since", "("})


@dataclass(frozen=True)
class Entry:
    """A party of a list, and the date that it has or shares with those right behind it."""

    code: str
    date: str | None


def entries_from(parties: NamedParties, at: int) -> list[Entry]:
    """Return the parties of an unbroken list that token `at` opens, with their dates.

    Of "Peru and Chad in 1986, Fiji in 1987" the first two are of 1986.
    """
    found: list[Entry] = []
    waiting: list[str] = []
    for code, date in _walk(parties, at):
        if code is not None:
            waiting.append(code)
        elif date is not None:
            found += [Entry(one, date) for one in waiting]
            waiting = []
    return [*found, *(Entry(code, None) for code in waiting)]


def apart_by(parties: NamedParties, at: int) -> dict[str, str | None]:
    """Return the dates of "by Peru and Chad in 1986, and by Fiji", which are of the first two.

    Empty where the list behind the first "by" from token `at` on has none, or one for all.
    """
    sentence = parties.scene.sentence(at)
    for i in range(at, sentence.end - 1):
        if parties.scene.doc[i].lower_ == "by":
            dated = {entry.code: entry.date for entry in entries_from(parties, i + 1)}
            if any(dated.values()) and len(set(dated.values())) > 1:
                return dated
    return {}


def _walk(parties: NamedParties, at: int) -> Iterator[tuple[str | None, str | None]]:
    """Yield what a list tells in turn: a party, or the date behind those before it."""
    scene = parties.scene
    end = scene.sentence(at).end if at < len(scene.doc) else at
    while at < end:
        token = scene.doc[at]
        joint = token.lower_ in words("party_joint", "counted_joint")
        named = parties.listed_from(at) if not joint else {}
        date = _date_at(scene, at) if not named else None
        if named:
            code, at = next(iter(named.items()))
            yield code, None
        elif date is not None:
            at, day = date
            yield None, day
        elif joint or (token.lower_ in _OPENS_DATE and _date_at(scene, at + 1)):
            at += 1
        else:
            return


def _date_at(scene: Scene, at: int) -> tuple[int, str] | None:
    """Return the token behind the date that begins at a token, and that date."""
    if at >= len(scene.doc):
        return None
    told = next(iter(scene.dates_in(scene.doc[at].idx, scene.doc[at].idx + 1)), None)
    pair = partial(told) if told is not None and told.type == "DATE" else None
    if told is None or pair is None:
        return None
    end = at
    while end < len(scene.doc) and scene.doc[end].idx < told.end:
        end += 1
    return end, pair[0]


__all__ = ["Entry", "apart_by", "entries_from"]
