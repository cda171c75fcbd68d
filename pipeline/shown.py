"""What the model is shown of a text: words alone, with one space between them.

Pages hold what no reader sees: spaces set twice, marks of footnotes, soft hyphens, zero-width
spaces, characters by their HTML names, accents apart from their letters, "?" for an apostrophe that
was lost, "&" for "and". A model that was trained on clean sentences stumbles over each; so it is
shown the text without them, and the words that it read get back what stood there, so that offsets
hold.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence

#: Line breaks and the spaces that pages set between words, for the model all plain spaces; and
#: hyphens that no line is broken at.
_SPACES = str.maketrans(
    dict.fromkeys("\n\r\t\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u2010\u2011", "-")
)
#: Marks that are typed for the apostrophe of "Peru's", or that stand where it was lost; and the one
#: in print of "Côte d’Ivoire", where the model knows a plain one alone.
_APOSTROPHE = re.compile(
    r"(?<=[^\W\d_])(?:[`´ʼ](?=[^\W\d_])|[?\ufffd](?=(?:s|t|d|re|ve|ll)(?![\w?.!])))"
    r"|(?<=\b[dDlL])’(?=[A-ZÀ-Ý])"
)
#: Marks of footnotes glued to what they are of ("in 1973.[1][2]", "Suva[note 3]").
_NOTES = re.compile(r"(?<=[^\s\[(])(?:\[(?:\^?[1-9]\d{0,2}|[a-z]|note \d+|citation needed)\])+")
#: Brackets of an editor's word in a quotation ("the [new] government", "peace [and] trade", "[t]he
#: talks", "told [Putin] so"); not of a remark about it ("[sic]", "[laughs]") nor of a source.
_INSERTED = re.compile(
    r"(?<=[\s“\"‘'(])\[(?!(?:sic|laugh\w*|applause|inaudible|crosstalk|cheer\w*)\b)"
    r"([a-z]+(?:['’]s)?(?: [A-Za-z]+){0,3})\](?=[\s,.;:?!”\"’'])(?! \()"
    r"|(?<=[\s“\"‘'(])\[([A-Za-z])\](?=[a-z])"
    r"|(?<=[a-z,] )\[([A-Z][a-z]+(?:['’]s)?)\](?= [a-z]|[,.;”\"])"
)
#: Marks of Markdown: links ("[a visit](https://…)"), bold and slanted words, headings, quotes.
_LINK = re.compile(
    r"(!?\[)([^\[\]\n]{0,300})"
    r"(\]\((?:https?:|mailto:|/|#|\.)[^()\s]{0,600}(?: \"[^\"\n]{0,200}\")?\))"
)
_MARKS = re.compile(
    r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<![\w_])__(?=[^\s_])|(?<=[^\s_])__(?![\w_])|\A(?:#{1,6} |(?:> ?)+)"
)
#: What stands before the first word of an entry: the point of a list or the number glued to it
#: ("1.Peru") or in brackets ("(i) ", "b) "), the time of a live page ("14:05 GMT — ", "[9.30am] "),
#: the bar of a table's cell with its rule ("| ", "|---").
_POINT = re.compile(
    r"\A(?:[-*–—][ \t]+(?=\S)|[•·▪◦‣●■►▶][ \t]*(?=\S)|\d{1,2}[.)](?=[A-Z]\w)"
    r"|\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})\)[ \t]{1,3}(?=[A-Z])"
    r"|\|[ \t]*(?:[-:]+[ \t]*\Z)?)"
)
STAMP = re.compile(
    r"\A[\[(]?(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:GMT|UTC|[BCEIJMP][DES]?T|AE[DS]T))?[\])]?"
    r"(?: ?[-–—|:] | {2,4})(?=\S)"
)
#: Verbs of doing again and undoing, which the tokenizer cuts in three and the parse then takes for
#: an adjective of what is done again ("re-established ties"); and "good-will", whose end it takes
#: for what is yet to be.
_AGAIN = re.compile(
    r"\b(?:(re)-(?=establish(?:e[sd]|ing|ments?)?\b|open(?:ed|ing|s)?\b"
    r"|admi(?:t(?:s|ted|ting)?|ssions?)\b|join(?:ed|ing|s)?\b)"
    r"|(de)-(?=recogni[sz](?:e[sd]?|ing)\b)|(good)-(?=will\b))",
    re.IGNORECASE,
)
#: Behind these a mark without a space stands for one ("in 1973.[1]The").
_STOPS = ".!?;:"
#: What stands for each character of such a mark.
NO_TEXT = "\x1f"
#: Soft hyphen, zero-width space, joiners, marks of direction, word joiner, byte order mark.
UNSEEN = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
#: So many spaces side by side are one typed or set too often; more part columns.
_DOUBLED = 3
_ENTITY = r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});"
_ACCENTED = r"[^\W\d_][\u0300-\u036f]+"
#: The sign that may stand for "and".
_SIGN = "(?:&(?:amp;)?)"
_JOINT = rf"(?<= ){_SIGN}(?= [^\W_])"
_ODD = re.compile(rf" {{2}}|[{NO_TEXT}{UNSEEN}\u0300-\u036f]|{_ENTITY}|{_JOINT}")
_PIECES = re.compile(rf"(?P<gap>[ {NO_TEXT}{UNSEEN}]+)|(?P<joint>{_JOINT})|{_ENTITY}|{_ACCENTED}")
_WRITTEN = re.compile(rf"{_ENTITY}|{_ACCENTED}")
_SIGNS = re.compile(_SIGN)
Joins = Callable[[str, int, int], bool]
_DROPPED = str.maketrans("", "", UNSEEN)


def plain(text: str) -> str:
    """Return a text of the same length with plain spaces, without marks of notes and Markdown."""
    told = _APOSTROPHE.sub("'", text.translate(_SPACES))
    if "[" in told:
        told = _INSERTED.sub(_unbracketed, _LINK.sub(_unlinked, told))
        told = _NOTES.sub(_blank, told)
    if any(mark in told for mark in "*_#>"):
        told = _MARKS.sub(_blank, told)
    return STAMP.sub(_blank, _POINT.sub(_blank, told))


def unhyphenated(text: str) -> str:
    """Return a text of the same length in which "re-established" is one word for the model."""
    return _AGAIN.sub(rf"\1\2\3{NO_TEXT}", text)


def begun(text: str) -> int:
    """Return how many characters of marks stand before the first word of a `plain` text."""
    return len(text) - len(text.lstrip(f"{NO_TEXT} "))


def _blank(marks: re.Match[str]) -> str:
    return NO_TEXT * len(marks[0])


def _unbracketed(inserted: re.Match[str]) -> str:
    """Leave the words that an editor put in brackets."""
    return NO_TEXT + inserted[0][1:-1] + NO_TEXT


def _unlinked(link: re.Match[str]) -> str:
    """Leave the words of a link, and of a picture nothing."""
    words = NO_TEXT * len(link[2]) if link[1].startswith("!") else link[2]
    return NO_TEXT * len(link[1]) + words + NO_TEXT * len(link[3])


def shown(text: str, joins: Joins | None = None) -> tuple[str, Sequence[int]]:
    """Return what the model is shown of a `plain` text, and where each character of it stands.

    The places end with the text's length; there are none where all is shown.

    Args:
        joins: tells an "&" that stands for "and" by where it begins and ends (`pipeline.joints`).
    """
    if not _ODD.search(text):
        return text, ()
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for found in _PIECES.finditer(text):
        piece = _gap(text, found) if found["gap"] else _character(found[0])
        if found["joint"] and joins is not None and joins(text, *found.span()):
            piece = "and"
        pieces += (text[at : found.start()], piece)
        places += range(at, found.start())
        places += range(found.start(), found.start() + len(piece))
        at = found.end()
    places += range(at, len(text) + 1)
    whole = "".join([*pieces, text[at:]])
    return (whole, places) if whole.strip() else (text.replace(NO_TEXT, " "), ())


def _gap(text: str, found: re.Match[str]) -> str:
    """Return what is shown of spaces and unseen characters side by side."""
    gap = found[0].translate(_DROPPED)
    inside = found.start() > 0 and found.end() < len(text)
    if NO_TEXT in gap:
        glued = " " not in gap and not (inside and text[found.start() - 1] in _STOPS)
        return " " if inside and not glued else ""
    if 1 < len(gap) <= _DOUBLED:
        return " " if inside else ""
    return gap


def _character(written: str) -> str:
    """Return the character of "&amp;" or of a letter with its accent; others as they are."""
    told = unicodedata.normalize("NFC", html.unescape(written))
    return told.translate(_SPACES) if len(told) == 1 else written


def as_written(
    words: Sequence[str], spaces: Sequence[int], text: str, places: Sequence[int]
) -> list[str]:
    """Return the words that were read in what was shown, each with all that stands there.

    Args:
        spaces: whether a space stands behind each word.
        places: of each character that was shown, as `shown` tells them.
    """
    written: list[str] = []
    at = start = 0
    for word, space in zip(words, spaces, strict=True):
        at += len(word) + space
        end = places[at]
        written.append(text[start : end - space].replace(NO_TEXT, " "))
        start = end
    return written


def word_of(written: str) -> str:
    """Return a word as it is read: "Sri  " → "Sri", "R&amp;D" → "R&D", "&" → "and".

    Never an empty one.
    """
    if written.isspace():
        return written
    if written.startswith("&") and _SIGNS.fullmatch(written.rstrip(" ")):
        return "and"
    if written.isascii() and "&" not in written:
        return written.rstrip(" ").replace(" ", "")
    bare = _WRITTEN.sub(lambda found: _character(found[0]), written.translate(_DROPPED))
    return bare.replace(" ", "") or written


__all__ = [
    "NO_TEXT",
    "UNSEEN",
    "as_written",
    "begun",
    "plain",
    "shown",
    "unhyphenated",
    "word_of",
]
