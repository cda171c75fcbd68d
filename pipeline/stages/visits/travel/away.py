"""Being away, told between "is" and where one is: "is out of the country attending a summit in"."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.discourse.tables import words
from pipeline.neighbours import word_at
from pipeline.stages.visits.tables import word_set

#: How many tokens "on urgent official government business" may have behind "on".
_ERRAND_REACH = 4
#: How many tokens "away from" has, the longest of what leads out of a land.
_LEADS_OUT = 2


def behind_away(doc: Doc, at: int) -> int:
    """Return the token behind "out of the country", "off the island", "on official business".

    Where none of them stands there, `at` itself. "Is off the board in Lima", "is on the brink of
    business" have none.
    """
    at = _behind_own_land(doc, at) or at
    return _behind_errand(doc, at) or at


def _behind_own_land(doc: Doc, at: int) -> int | None:
    for length in (_LEADS_OUT, 1):
        if doc[at : at + length].text.lower() in word_set("out_of_land"):
            noun = at + length
            noun += word_at(doc, noun) in words("definite")
            land = word_at(doc, noun)
            return noun + 1 if land in words("own_land") | word_set("own_state") else None
    return None


def _behind_errand(doc: Doc, at: int) -> int | None:
    if word_at(doc, at) != "on" and doc[at - 1].lower_ != "on":
        return None
    for token in doc[at : at + 1 + _ERRAND_REACH]:
        if token.lower_ in word_set("official_errand"):
            return token.i + 1
        if token.pos_ not in {"ADJ", "NOUN", "ADV"} and token.i > at:
            return None
    return None


__all__ = ["behind_away"]
