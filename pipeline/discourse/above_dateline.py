"""Captions and summaries that a page prints above its dateline: they are text, no headline."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.discourse.tables import words

#: A shorter line above the dateline is a headline, a byline or a button.
SHORTEST = 80
#: In how many characters at a line's end a photographer's credit stands.
_CREDIT_REACH = 40
#: With what a sentence or a credit ends.
_ENDS = (".", ")", "]", ".”", '."', "!", "?")
#: The fewest words of a headline.
_WORDS = 3


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
    at = start
    for line in text[start:end].splitlines(keepends=True)[:-1]:
        if _is_text(line.strip()):
            yield at, at + len(line)
        at += len(line)


def headlines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the short lines above a dateline begin and end, in characters.

    "Boric in Helsinki" above "HELSINKI, May 14 - The Chilean president opened a fair" fires; a
    byline and a button of one or two words do not.

    Args:
        text: an article's text.
        start: the offset at which its story begins.
        end: the offset behind the story's dateline, whose own line is left out.
    """
    at = start
    for line in text[start:end].splitlines(keepends=True)[:-1]:
        if len(line.split()) >= _WORDS and not _is_text(line.strip()):
            yield at, at + len(line)
        at += len(line)


def _is_text(line: str) -> bool:
    credit = line[-_CREDIT_REACH:].lower()
    ended = line.endswith(_ENDS) or any(word in credit for word in words("credit_of_line"))
    return len(line) >= SHORTEST and ended


__all__ = ["headlines", "text_above"]
