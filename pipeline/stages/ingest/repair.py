"""Repair broken Unicode and leave all else alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
#: Above these shares of control and replacement characters, and of NULs, a text is no text (a
#: picture read as Latin-1 has some 10 % of the former); a few are let pass in the shortest.
_CONTROL_SHARE = 0.02
_NUL_SHARE = 0.2
_LET_PASS = 3


def repair(text: str) -> str:
    r"""Return the text with mojibake, lone surrogates, a leading BOM and NULs mended.

    >>> repair("FranÃ§ois arrived.\x00")
    'François arrived.'
    """
    text = text.removeprefix("\ufeff").replace("\x00", "")
    if text.isascii():
        return text
    import ftfy  # most texts need none of it

    return ftfy.fix_text(text, config=_config())


@cache
def _config() -> TextFixerConfig:
    """Undo mojibake, C1 controls and lone surrogates; all else stays as it was written.

    That is quotes, ligatures, widths, line breaks, composition and entities.
    """
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def is_binary(text: str) -> bool:
    """Tell whether so much of a decoded text is control characters that it can't be prose."""
    size = len(text)
    controls, nuls = len(_CONTROLS.findall(text)), text.count("\x00")
    return controls > _LET_PASS + _CONTROL_SHARE * size or nuls > _LET_PASS + _NUL_SHARE * size


def one_line(value: object) -> str | None:
    """Return a metadata value as one repaired line, or None where there is nothing in it."""
    if value is None or value != value:  # NaN, the empty cell of a data frame
        return None
    return _SPACES.sub(" ", repair(str(value))).strip() or None


def normalized(text: str) -> str:
    """Return what two readings of one article share: composed, with single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
