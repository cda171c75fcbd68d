"""Captions and summaries that a page prints above its dateline: they are text, no headline."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.discourse.tables import words
from pipeline.headings import lines_above

#: A shorter line above the dateline is a headline, a byline or a button.
SHORTEST = 80
#: In how many characters at a line's end a photographer's credit stands.
_CREDIT_REACH = 40
#: With what a sentence or a credit ends.
_ENDS = (".", ")", "]", ".”", '."', "!", "?")


def text_above(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of running text begin and end, in characters.

    "The king (left) greets the premier at the palace in Lima on Monday, before their talks. (Photo:
    AFP)" fires; "King greets premier in Lima", a headline, does not.

    Args:
        text: an article's text.
        start: the offset at which its story begins.
        end: the offset behind the story's dateline, whose own line is left out.
    """
    if end - start <= SHORTEST:
        return
    yield from (line for line in lines_above(text, start, end) if _is_text(text, *line))


def headlines_above(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the short lines above a dateline begin and end, in characters.

    "Boric in Helsinki" above "HELSINKI, May 14 - The Chilean president opened a fair" fires; a
    byline and a button of one or two words do not.

    Args:
        text: an article's text.
        start: the offset at which its story begins.
        end: the offset behind the story's dateline, whose own line is left out.
    """
    yield from (line for line in lines_above(text, start, end) if not _is_text(text, *line))


def _is_text(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    credit = line[-_CREDIT_REACH:].lower()
    ended = line.endswith(_ENDS) or any(word in credit for word in words("credit_of_line"))
    return len(line) >= SHORTEST and ended


__all__ = ["headlines_above", "text_above"]
