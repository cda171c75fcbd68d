"""Which persons have names that are alike, held against one another once.

What is found of two persons depends on nothing but what is told of both, so it is kept, and only
who is new, or of whom more is told, is held against the others again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from pipeline.memo import Memo
from pipeline.stages.normalize.names import Likeness, blocking_keys, likeness, words_of
from pipeline.stages.normalize.plain import dumped
from pipeline.stages.normalize.tables import word_set

#: Parts in which likenesses are kept, so that one person more changes little.
DRAWERS = 64
#: Places of two persons, the lower first.
Pair = tuple[int, int]


class Bearer(Protocol):
    """A person, as far as names are held against one another."""

    names: set[str]
    countries: set[str]
    bodies: set[str]
    leaders: set[str]
    kinds: set[str]


def told_of(person: Bearer) -> str:
    """Return all that a `Bearer` tells."""
    parts = (person.names, person.countries, person.bodies, person.leaders, person.kinds)
    # Neither folded names nor codes hold a line break or a tab.
    return "\n".join("\t".join(sorted(part)) for part in parts)


def is_exact(person: Bearer) -> bool:
    """Tell whether the name's language spells it one way only."""
    return not person.countries.isdisjoint(word_set("spelled_one_way"))


def likeness_of(one: Bearer, other: Bearer) -> Likeness | None:
    """Return the surest likeness of any two names, None where countries or offices forbid it."""
    if homes_clash(one, other) or (one.leaders and other.leaders):
        return None
    exact = is_exact(one) or is_exact(other)
    kinds = [
        kind
        for first in one.names
        for second in other.names
        if (kind := likeness(first, second, exact=exact)) is not None
    ]
    best = min(kinds, default=None)
    if best is None or best is Likeness.SAME:
        return best
    if best is Likeness.MISSPELT:
        agree = not (one.kinds and other.kinds) or one.kinds & other.kinds
        return best if agree and same_home(one, other) else None
    if best is Likeness.FULLER and not same_home(one, other):
        starts = {words_of(name)[0] for name in one.names}
        return best if starts & {words_of(name)[0] for name in other.names} else None
    return best


def homes_clash(one: Bearer, other: Bearer) -> bool:
    """Tell whether both have a country and not the same; an organization's head may have any."""
    return bool(one.countries and other.countries and not one.countries & other.countries)


def same_home(one: Bearer, other: Bearer) -> bool:
    """Tell whether two persons share a country, or are the same known leader."""
    return bool(one.countries & other.countries or one.leaders & other.leaders)


def alike(persons: Sequence[Bearer]) -> dict[Pair, Likeness]:
    """Return the pairs with like names."""
    keys = [_keys(person) for person in persons]
    found = _held(persons, keys, range(len(persons)))
    return {_pair(one, other): kind for one, other, kind in found}


def alike_again(persons: Sequence[Bearer], *, memo: Memo) -> dict[Pair, Likeness]:
    """Return what `alike` does; two that were held against one another before are not again.

    Args:
        persons: of no two of whom the same is told.
        memo: of each person it keeps the keys, and likenesses to who was there when they came.
    """
    told = [told_of(person) for person in persons]
    # Those from which all have gone, too: who comes back must be held against who came meanwhile.
    drawers: dict[str, list[int]] = {_drawer(number): [] for number in range(DRAWERS)}
    for place, each in enumerate(told):
        drawers[_drawer(zlib.crc32(each.encode()) % DRAWERS)].append(place)
    kept: dict[int, tuple[list[str], dict[str, int]]] = {}
    changed: list[str] = []
    for name, places in drawers.items():
        drawer = json.loads(memo.get(name, name) or "{}")
        kept |= {place: drawer[told[place]] for place in places if told[place] in drawer}
        if drawer.keys() != {told[place] for place in places}:
            changed.append(name)
    new = [place for place in range(len(persons)) if place not in kept]
    kept |= {place: (_keys(persons[place]), {}) for place in new}
    keys = [kept[place][0] for place in range(len(persons))]
    for one, other, kind in _held(persons, keys, new):
        kept[one][1][told[other]] = kind
    for name in changed:
        memo.put(name, name, dumped({told[place]: kept[place] for place in drawers[name]}))
    at = {each: place for place, each in enumerate(told)}
    return {
        _pair(one, at[other]): Likeness(kind)
        for one, (_, likenesses) in kept.items()
        for other, kind in likenesses.items()
        if other in at
    }


def _drawer(number: int) -> str:
    return f"alike\0{number:03}"


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _keys(person: Bearer) -> list[str]:
    """Return keys of which two persons with like names share at least one."""
    return sorted({" ".join(key) for name in person.names for key in blocking_keys(name)})


def _held(
    persons: Sequence[Bearer], keys: Sequence[Sequence[str]], new: Sequence[int]
) -> Iterator[tuple[int, int, Likeness]]:
    """Hold new persons against all; yield each with one whose name is like, two new ones once."""
    blocks: dict[str, list[int]] = {key: [] for place in new for key in keys[place]}
    for place, own in enumerate(keys):
        for key in blocks.keys() & own:
            blocks[key].append(place)
    fresh = set(new)
    for one in new:
        near = {other for key in keys[one] for other in blocks[key]}
        for other in near:
            if other > one or (other not in fresh):
                first, second = _pair(one, other)
                kind = likeness_of(persons[first], persons[second])
                if kind is not None:
                    yield one, other, kind


__all__ = [
    "Bearer",
    "Pair",
    "alike",
    "alike_again",
    "homes_clash",
    "is_exact",
    "likeness_of",
    "same_home",
    "told_of",
]
