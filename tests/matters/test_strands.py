"""Which paragraphs are of one strand, by whom and which countries they name."""

from __future__ import annotations

import pytest

from pipeline.matters.linked import strands_of


def strands(*paragraphs: str) -> set[frozenset[int]]:
    """Return which paragraphs are of one strand, each given by the names in it."""
    found = strands_of((n, name) for n, told in enumerate(paragraphs) for name in told.split())
    return {frozenset(n for n in found if found[n] == strand) for strand in found.values()}


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["Ann PER", "Bob MLI"], {(0,), (1,)}),
        (["Ann PER", "Bob PER", "MLI"], {(0, 1), (2,)}),
        (["Ann PER", "Bob MLI", "MLI PER"], {(0, 1, 2)}),
        # links that are followed are kept
        (["Ann MLI", "Bob MLI", "Cid MLI", "Dee MLI"], {(0, 1, 2, 3)}),
        (["Ann MLI PER", "Bob PER TON", "Cid OMN PER", "Dee TON FJI OMN"], {(0, 1, 2, 3)}),
    ],
)
def test_paragraphs_that_share_a_name_are_of_one_strand(
    paragraphs: list[str], told: set[tuple[int, ...]]
) -> None:
    assert strands(*paragraphs) == {frozenset(numbers) for numbers in told}
