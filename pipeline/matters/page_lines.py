"""Lines that a page puts between paragraphs: what else there is to read, and its notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from pipeline.lexicon import any_of, word_lists

_words = word_lists("pipeline.reference", "aside_words.toml")
#: A notice of more characters tells something.
_LONGEST_NOTICE = 60


@cache
def _line() -> re.Pattern[str]:
    """Return what reads a whole line of a page's own, which ends as no sentence does."""
    label, notice = (
        any_of(_words(name), blank=r"[^\S\n]+") for name in ("page_label", "page_notice")
    )
    return re.compile(
        rf"(?<=\n)[^\S\n]*[-*•»▶]?[^\S\n]*"
        rf"(?:(?:{label})[^\S\n]*(?:[:|»>–—][^\S\n]*[^\n]*[^\s.!?…\"”’)]|[:|»>–—])"
        rf"|(?:{notice})(?![\w’'-])(?![^\n]*[.?…])[^\n]{{0,{_LONGEST_NOTICE}}})[^\S\n]*(?=\n|\Z)",
        re.IGNORECASE,
    )


def page_lines(doc: Doc, text: str) -> Sequence[range]:
    """Return the tokens of each line that is the page's and none of the story's.

    "ADVERTISEMENT", "Story continues below", "Also read: Zambia raises fuel price" are; "Related
    talks were held in Lima.", "Read more than his speech" are none.

    Args:
        text: the article's, with its line breaks.
    """
    found = [match.span() for match in _line().finditer(text)]
    if not found:
        return []
    starts = {token.idx: token.i for token in doc}
    told = []
    for start, end in found:
        own = [i for at, i in starts.items() if start <= at < end and not doc[i].is_space]
        if own:
            told.append(range(own[0], own[-1] + 1))
    return told


__all__ = ["page_lines"]
