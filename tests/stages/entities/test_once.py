"""What an object reads is read once for each choice of arguments."""

from __future__ import annotations

from pipeline.stages.entities.once import once


class Counting:
    def __init__(self) -> None:
        self.read: list[tuple[int, bool]] = []

    @once
    def double(self, number: int, *, twice: bool = False) -> int:
        """Double it."""
        self.read.append((number, twice))
        return number * (4 if twice else 2)


def test_each_choice_is_read_once() -> None:
    one, other = Counting(), Counting()
    assert [one.double(3), one.double(3), one.double(3, twice=True)] == [6, 6, 12]
    assert one.read == [(3, False), (3, True)]
    assert other.double(3) == 6
    assert other.read == [(3, False)]
    assert Counting.double.__doc__ == "Double it."
