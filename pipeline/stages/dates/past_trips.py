"""Tell the month of a trip that was made, though that month of the year is yet to come.

"The pact was signed during her visit to Lima in November", "his November visit to Lima brought
little": what was done on a trip, and what came of it, put it behind.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import any_of, word_lists
from pipeline.stages.dates.cues import as_opened, as_plain, cue_pattern, ways_of

_words = word_lists("pipeline.stages.dates", "plan_words.toml")

_TRIP = r"(?:visit|trip|tour|stopover|swing|stay)"

#: Where one goes, behind the trip.
_WHITHER = r"(?: (?:to|of|through|in|across) [^,;:.]{1,40}?)?"

#: Before a date that stands with the trip on which a thing was done, and behind one that does.
_DURING_ITS = re.compile(
    rf"\b(?:during|on) (?:[\w’'.-]+ ){{1,9}}?{_TRIP}{_WHITHER} (?:in|on)(?: early| late)? $"
)
_DURING = re.compile(r"\bduring (?:[\w’'.-]+ ){1,8}$")
_ITS_TRIP = re.compile(rf" (?:[a-z-]+ ){{0,2}}{_TRIP}\b")

#: The start of a clause up to a date that its subject has, and up to one behind that.
_NOUNS = r"(?:(?!(?:of|ahead|before|from|for|on|about|to|in|with|at|by|after|during)\b)[\w’'.-]+ )"
_CLAUSE = r"(?:^|[,;:—–] |\b(?:that|but|and|when|while|because|since|whose) )"
_SUBJECT = re.compile(rf"{_CLAUSE}{_NOUNS}{{1,9}}$")
_SUBJECT_TRIP = re.compile(
    rf"{_CLAUSE}{_NOUNS}{{1,9}}?{_TRIP}{_WHITHER} (?:in|on)(?: early| late)? $"
)


@cache
def _ahead() -> re.Pattern[str]:
    """Return the pattern of what is done ahead, though told in the past tense."""
    return re.compile(rf"\b(?:{any_of(_words('done-ahead-stem'))})(?:ed)?$")


@cache
def _outcome() -> re.Pattern[str]:
    """Return the pattern of what came of a trip."""
    return re.compile(rf"(?:{any_of(_words('came-of-trip'))})\b")


@cache
def _trip_outcome() -> re.Pattern[str]:
    """Return the pattern of a trip with what came of it."""
    return re.compile(rf"{_ITS_TRIP.pattern}{_WHITHER} (?:{any_of(_words('came-of-trip'))})\b")


def is_of_past_trip(before: str, behind: str) -> bool:
    """Tell a date of a trip on which a thing was done, or of which something came.

    "A pact was signed during his visit to Lima in November", "his visit to Lima in November brought
    little" are; "a pact will be signed during", "is hoped for", "his visit in November is" not.
    """
    before, behind = as_opened(before), as_plain(behind)
    if _SUBJECT.search(before) and _trip_outcome().match(behind):
        return True
    if _SUBJECT_TRIP.search(before) and _outcome().match(behind.lstrip(", ")):
        return True
    during = _DURING_ITS.search(before) or (_ITS_TRIP.match(behind) and _DURING.search(before))
    if not during:
        return False
    cues = [c for c in cue_pattern().finditer(before[: during.start()]) if _is_sure(c)]
    told = [ways_of(cue)[1] for cue in cues]
    return bool(told) and set(told[-2:]) == {"past"} and not _ahead().search(cues[-1][0])


def _is_sure(cue: re.Match[str]) -> bool:
    return ways_of(cue)[0] == "sure" and ways_of(cue)[1] is not None


__all__ = ["is_of_past_trip"]
