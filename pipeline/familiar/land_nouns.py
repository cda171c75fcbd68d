"""A trip's noun behind the land it goes to: "ends Poland visit", "on a Poland tour".

A model takes it for what the land does ("Poland visit").
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.familiar.shown_words import shown_where
from pipeline.lexicon import any_of, word_lists
from pipeline.word_order.places import is_place

_words = word_lists("pipeline.familiar", "goers.toml")
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


@cache
def _behind_land() -> re.Pattern[str]:
    return re.compile(
        r"(?<= )(?P<lead>[a-z-]+) (?P<land>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}) "
        rf"(?P<noun>{any_of(shown_where('behind its land'))})"
        rf"(?=\Z|[,.;:)]| (?!the |an? |by )[a-z\d]| {_WEEKDAY}| - )"
    )


def with_known_nouns(text: str) -> str:
    """Return a text of the same length, with nouns that the model knows behind lands.

    >>> with_known_nouns("Slovak minister ends Poland visit")
    'Slovak minister ends Poland party'
    >>> with_known_nouns("Fans from Poland visit the city")
    'Fans from Poland visit the city'
    """
    return _behind_land().sub(_known, text)


def _known(told: re.Match[str]) -> str:
    if told["lead"] not in _words("leads-noun") or not is_place(told["land"]):
        return told[0]
    return told[0][: -len(told["noun"])] + shown_where("behind its land")[told["noun"]]


__all__ = ["with_known_nouns"]
