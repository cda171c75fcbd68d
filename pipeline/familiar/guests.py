"""Guests called "visiting", where the model takes them for whom somebody visits.

"Was unveiled by visiting President X", "promised visiting Malian premier X grain", "a dinner for
visiting Minister X" are shown with an adjective as long, which no model takes for a verb.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.familiar.shown_words import shown_where
from pipeline.lexicon import any_of, word_lists
from pipeline.word_order.moves import is_past_form
from pipeline.word_order.openings import opens_office

_words = word_lists("pipeline.familiar", "goers.toml")
_MARKS = re.compile(r"[.,;:!?()]")
#: How far before "visiting" its clause is looked at, and behind it who is called so, in letters.
_BEFORE, _BEHIND = 200, 80
#: How far before "for visiting" what is given may stand, in words: "a dinner on Monday for".
_GIVEN_REACH = 5


@cache
def _called() -> re.Pattern[str]:
    return re.compile(f"(?<= )(?:{any_of(shown_where('before a guest'))})(?= )")


def with_known_guests(text: str) -> str:
    """Return a text of the same length, with an adjective that the model knows before guests.

    >>> with_known_guests("A dam was opened by visiting Cuban President Ruiz")
    'A dam was opened by powerful Cuban President Ruiz'
    >>> with_known_guests("He surprised us by visiting Cuban President Ruiz")
    'He surprised us by visiting Cuban President Ruiz'
    """
    return _called().sub(_known, text)


def _known(told: re.Match[str]) -> str:
    text, start, end = told.string, told.start() - 1, told.end() + 1
    before = _MARKS.split(text[max(0, start - _BEFORE) : start])[-1].split(" ")
    behind = _MARKS.split(text[end : end + _BEHIND])[0].replace("'s", "").replace("’s", "")
    guest = bool(before[-1]) and _is_guest_behind(before) and opens_office(behind.split(" "))
    return shown_where("before a guest")[told[0]] if guest else told[0]


def _is_guest_behind(before: list[str]) -> bool:
    """Tell words behind which "visiting" tells of a guest, not of what somebody does."""
    last = before[-1].lower()
    if last == "to":
        return before[-2:-1] != [] and before[-2].lower() not in _words("doing-to")
    if last in {"by", "of", "for"}:
        giver = before[-_GIVEN_REACH:-1] if last == "for" else before[-2:-1]
        given = any(word.lower() in _words(f"guest-{last}") for word in giver)
        return given or (last == "by" and _is_undergone(before[:-1]))
    return last in _words("guest-behind") or (is_past_form(last) and last not in _words("doing"))


def _is_undergone(before: list[str]) -> bool:
    """Tell "was opened on Monday" or "talks led" from "surprised us"."""
    told = [word.lower() for word in before]
    if is_past_form(told[-1]):
        return True
    for at in range(len(told) - 1, 0, -1):
        if told[at] == "to":
            return False
        if is_past_form(told[at]):
            helped = [word for word in told[max(0, at - 2) : at] if not word.endswith("ly")]
            return bool(helped) and helped[-1] in _words("is-done")
    return False


__all__ = ["with_known_guests"]
