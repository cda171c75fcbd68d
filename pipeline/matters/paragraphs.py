"""Where the paragraphs of a text begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc

#: A blank line, or a line that ends like a sentence (paragraphs of one line each).
_BREAK = re.compile(r"\n\s*\n\s*|(?<=[.!?”\"’)])[^\S\n]*\n\s*")


def paragraph_starts(text: str, start: int, end: int) -> Sequence[int]:
    """Return the offsets at which the paragraphs of a stretch of text begin, itself the first.

    Lines wrapped in mid-sentence are of one paragraph.

    Args:
        start: where the stretch begins, in characters.
        end: where it ends.
    """
    begun = _begun(text)
    return [start, *begun[bisect_right(begun, start) : bisect_left(begun, end)]]


@lru_cache(maxsize=2)
def _begun(text: str) -> Sequence[int]:
    """Return where paragraphs begin behind others: several stages ask for stretches of a text."""
    return [found.end() for found in _BREAK.finditer(text)]


def paragraphs(doc: Doc, starts: Sequence[int], extent: range) -> Iterator[range]:
    """Yield the tokens of each paragraph, which may be none.

    Args:
        starts: where the paragraphs begin, in characters.
        extent: the tokens that are shared out.
    """
    heads = [token.idx for token in doc[extent.start : extent.stop]]
    bounds = [extent.start + bisect_left(heads, at) for at in starts]
    for first, behind in pairwise([*bounds, extent.stop]):
        yield range(first, behind)


__all__ = ["paragraph_starts", "paragraphs"]
