"""Put what a model read in another order, or with further commas, back into the text's own form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from pipeline.docs import BEGIN, INSIDE, Columns
from pipeline.word_order.moves import Move
from pipeline.word_order.orders import Step

#: The columns that a word keeps wherever it stands.
_CARRIED = ("words", "tags", "pos", "morphs", "lemmas", "deps", "iobs", "labels")


def in_own_order(part: Columns, steps: Sequence[Step]) -> Columns | None:
    """Return the columns of a text that was shown in its `reading_order`.

    What was moved behind the word before it hangs on what it was moved with.

    Args:
        part: the columns of what was shown.
        steps: what was moved, in the order in which it was.

    Returns:
        None where a word or a sentence reaches over the edge of what was moved.
    """
    told: Columns | None = part
    for step in reversed(steps):
        told = told and _before(told, step)
    return told


def without_commas(part: Columns, at: Sequence[int]) -> Columns | None:
    """Return the columns of a text that was shown with commas of ours (`openings`).

    Args:
        at: where in the text each was set, from left to right.

    Returns:
        None where one of them is no word of its own, or a name reaches over it.
    """
    places = {place + i for i, place in enumerate(at)}
    starts = [end - len(word) for end, word in zip(_ends(part), part.words, strict=True)]
    ours = {i for i, start in enumerate(starts) if start in places and part.words[i] == ","}
    if len(ours) < len(places) or any(part.labels[i] for i in ours):
        return None
    own = [i for i in range(len(starts)) if i not in ours]
    new = {old: i for i, old in enumerate(own)}
    told = Columns(
        **{name: [getattr(part, name)[old] for old in own] for name in (*_CARRIED, "spaces")},
        heads=[new[_head_beyond(part, old, ours)] - i for i, old in enumerate(own)],
    )
    for comma in ours:
        told.spaces[new[comma - 1]] = part.spaces[comma]
    return told


def _head_beyond(part: Columns, at: int, ours: Collection[int]) -> int:
    """Return the head of a word, or that of the comma of ours that it hangs on."""
    head = at + part.heads[at]
    return head + part.heads[head] if head in ours else head


def _before(part: Columns, step: Step) -> Columns | None:
    text, found = step.text, step.moves
    ends = _ends(part)
    starts = [end - len(word) for end, word in zip(ends, part.words, strict=True)]
    edges = {edge for move in found for edge in _edges(move)}
    if any(start < edge < end for start, end in zip(starts, ends, strict=True) for edge in edges):
        return None
    own = [_own_place(start, found) for start in starts]
    order = sorted(range(len(own)), key=own.__getitem__)
    if any(not _is_one_sentence(part, starts, move) for move in found):
        return None
    places = {old: new for new, old in enumerate(order)}
    heads = {old: old + part.heads[old] for old in order}
    for move in filter(attrgetter("hangs"), found):
        _hang_on_verb(heads, starts, move)
    told = Columns(
        **{name: [getattr(part, name)[old] for old in order] for name in _CARRIED},
        heads=[places[heads[old]] - new for new, old in enumerate(order)],
    )
    begins = [own[old] for old in order] + [len(text)]
    told.spaces = [
        behind - begin - len(word)
        for (begin, behind), word in zip(pairwise(begins), told.words, strict=True)
    ]
    _begin_names(told)
    return told


def _ends(part: Columns) -> list[int]:
    ends: list[int] = []
    at = 0
    for word, space in zip(part.words, part.spaces, strict=True):
        ends.append(at + len(word))
        at += len(word) + space
    return ends


def _edges(move: Move) -> tuple[int, int, int]:
    return move.start, move.start + move.end - move.cut, move.end


def _own_place(at: int, found: Sequence[Move]) -> int:
    """Return where in the text stands what was shown at a place."""
    for move in found:
        start, middle, end = _edges(move)
        if start <= at < middle:
            return at + move.cut - move.start
        if middle <= at < end:
            return at - (move.end - move.cut)
    return at


def _between(starts: Sequence[int], start: int, end: int) -> list[int]:
    return [i for i, at in enumerate(starts) if start <= at < end]


def _is_one_sentence(part: Columns, starts: Sequence[int], move: Move) -> bool:
    """Tell whether what was moved hangs together with the words on both sides."""
    inside = _between(starts, move.start, move.end)
    around = range(max(0, inside[0] - 1), min(len(starts), inside[-1] + 2))
    return len({_root(part, i) for i in around}) == 1


def _root(part: Columns, at: int) -> int:
    while part.heads[at]:
        at += part.heads[at]
    return at


def _hang_on_verb(heads: dict[int, int], starts: Sequence[int], move: Move) -> None:
    start, middle, end = _edges(move)
    between, moved = _between(starts, start, middle), _between(starts, middle, end)
    verb = heads[moved[0]]
    over = _over(heads, verb)
    for i in between:
        if heads[i] < between[0] and i not in over:
            heads[i] = verb


def _over(heads: Mapping[int, int], at: int) -> set[int]:
    """Return a word and all that it hangs on."""
    found = {at}
    while heads[at] not in found:
        at = heads[at]
        found.add(at)
    return found


def _begin_names(told: Columns) -> None:
    """Let each part of a name that was cut apart begin one."""
    for i, iob in enumerate(told.iobs):
        if iob == INSIDE and (i == 0 or told.labels[i - 1] != told.labels[i]):
            told.iobs[i] = BEGIN


__all__ = ["in_own_order", "without_commas"]
