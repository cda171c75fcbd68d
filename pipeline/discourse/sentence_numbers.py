"""Which sentence each token is of, without a list as long as the Doc."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import overload

from typing_extensions import override


class SentenceNumbers(Sequence[int]):
    """The number of the sentence that each token of a Doc is of, of those of one story.

    What stands before it is counted to its first, what stands behind it to its last.
    """

    def __init__(self, starts: Sequence[int], length: int) -> None:
        self._starts, self._length = starts, length

    @override
    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    @override
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._length))]
        i = at + self._length if at < 0 else at
        if not 0 <= i < self._length:
            raise IndexError(at)
        return max(0, bisect_right(self._starts, i) - 1)

    @override
    def __iter__(self) -> Iterator[int]:
        ends = [*self._starts[1:], self._length]
        begin = 0
        for number, end in enumerate(ends):
            yield from repeat(number, end - begin)
            begin = end


__all__ = ["SentenceNumbers"]
