"""Find where the comma is left out behind the phrase that opens a clause.

"In May Francis visited Lima" is shown as "In May, Francis visited Lima", "After talks in Berlin
Orban left" as "After talks in Berlin, Orban left": without it a model takes "May Francis" and
"Berlin Orban" for one name each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipeline.joints import opening_offices
from pipeline.reference.countries import country_codes
from pipeline.reference.months import MONTHS, WEEKDAYS
from pipeline.signs import EXCELLENCY
from pipeline.word_order.moves import is_adverb, is_past_form, words
from pipeline.word_order.places import is_place

#: The first word of a sentence, or of a clause that is joined.
_FIRST = re.compile(
    r"(?:\A|[.!?;:][\"”’)]? )(?P<head>[A-Z][a-z]+)(?= )|\b(?:and|but) (?P<joined>[a-z]+)(?= )"
)
_WORD = re.compile(
    r" (?P<word>\d{1,2}, (?:19|20)\d\d|(?:Mrs?|Dr|Ms|St|[A-Z])\.(?= )|[A-Z][a-z]{2,3}\.(?= \d)"
    r"|[\w'’-]*\w(?=[ ,.;:!?)]|\Z))"
)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:\d{1,2}, )?(?:19|20)\d\d")
#: A phrase with the name behind it is of so many words at most, a name and a place of so many.
_MOST_WORDS, _LONGEST_NAME, _LONGEST_PLACE = 18, 6, 4
#: What stands before a name with its office: "1. H.E. Mr.", or nothing at the begin of a line.
_STYLE = rf"(?:(?:{EXCELLENCY}),?|HE)(?: (?:Mr|Mrs|Ms|Dr)\.?)?(?= )"
_STYLED = re.compile(rf"\A(?:[-–•*](?= ))?(?: ?\d{{1,2}}[.)](?= ))?(?: ?{_STYLE})?|(?<= ){_STYLE}")
_NAME = re.compile(r"(?:\A| )(?P<word>[A-Z]\.(?:[A-Z]\.)*|[A-ZÀ-Þ][\w'’-]+|bin|al|de|da|wa|ould)")
#: An office goes on so: "President of", "Deputy Prime Minister of", "Minister for".
_LED_BY = re.compile(r"(?: [A-Z][\w-]+){1,4} (?:of|for) ")
_FEWEST_NAMES = 2


@cache
def _held() -> frozenset[str]:
    """Return the first words of offices that stand behind names with no comma."""
    return words("office-behind-name")


def open_phrases(text: str) -> list[int]:
    """Return where a comma is left out behind phrases that open clauses, from left to right.

    >>> text = "In May Francis visited Lima. In Berlin Orban said so. In May he left."
    >>> [text[:at] for at in open_phrases(text)]
    ['In May', 'In May Francis visited Lima. In Berlin']
    """
    found: list[int] = []
    for first in _FIRST.finditer(text):
        opener = (first["head"] or first["joined"]).lower()
        if opener not in words("opens-clause"):
            continue
        told, ends = _words_from(text, opener, first.end())
        cuts = (_cut(told, at) for at in range(2, len(told)))
        cut = next(filter(None, cuts), 0)
        if cut and (not found or found[-1] < ends[cut - 1]):
            found.append(ends[cut - 1])
    return found


def before_offices(text: str) -> list[int]:
    """Return where a comma is left out between a name and its office, as lists of guests have it.

    >>> text = "H.E. Ana Ruiz President of the Republic of Peru"
    >>> [text[:at] for at in before_offices(text)]
    ['H.E. Ana Ruiz']
    """
    found: list[int] = []
    for styled in _STYLED.finditer(text):
        told: list[str] = []
        ends = [styled.end()]
        while len(told) < _MOST_WORDS and (word := _NAME.match(text, ends[-1])):
            told.append(word["word"])
            ends.append(word.end())
        at = next((n for n, word in enumerate(told) if word.lower() in _held()), 0)
        if told and (_is_of_land(told[:at]) or told[0].lower() in words("opens-clause")):
            continue  # "South African President of the Senate"
        if _FEWEST_NAMES <= at <= _LONGEST_NAME and _LED_BY.match(text, ends[at]):
            found.append(ends[at])
    return found


def with_commas(text: str, at: Sequence[int]) -> str:
    """Return a text with a comma at each of some places, told from left to right."""
    bounds = pairwise((0, *at, len(text)))
    return ",".join(text[start:end] for start, end in bounds)


def opens_office(told: Sequence[str]) -> bool:
    """Tell words that begin with an office, of any land or none.

    >>> opens_office(["Fijian", "Premier", "Rabuka"]), opens_office(["in", "Lima"])
    (True, False)
    """
    for count in range(_LONGEST_PLACE):
        if told[count : count + 1] and told[count].lower() in opening_offices():
            return not count or _is_of_land(told[:count])
    return False


def _words_from(text: str, opener: str, end: int) -> tuple[list[str], list[int]]:
    """Return the words from an opener that ends at a place up to a mark, and where each ends."""
    told, ends = [opener], [end]
    while len(told) < _MOST_WORDS and (found := _WORD.match(text, ends[-1])):
        told.append(found["word"])
        ends.append(found.end())
    return told, ends


def _is_verb(told: Sequence[str], at: int) -> bool:
    """Tell a finite verb."""
    word = told[at]
    if word.endswith("s") and word[:-1] in words("verb"):
        return True
    return word.islower() and (is_past_form(word) or word in words("auxiliary"))


def _cut(told: Sequence[str], at: int) -> int:
    """Return how many words the phrase has whose clause goes on with the word at a place, or 0.

    It goes on with the office of its subject, of any country, or with the verb behind its name.
    """
    if told[at][0].isupper():
        is_office = at + 1 < len(told) and told[at + 1][0].isupper() and opens_office(told[at:])
        return at if is_office and _ends_phrase(told[:at], told[at:]) else 0
    if not _is_verb(told, at):
        return 0
    end = at
    while end > 1 and told[end - 1].islower() and is_adverb(told[end - 1]):
        end -= 1
    for cut in range(end - 1, max(0, end - 1 - _LONGEST_NAME), -1):
        if not told[cut][0].isupper():
            return 0
        if _ends_phrase(told[:cut], told[cut:end]):
            return cut
    return 0


def _ends_phrase(told: Sequence[str], name: Sequence[str]) -> bool:
    return _ends_in_time(told) or _ends_in_place(told, name)


def _ends_in_time(told: Sequence[str]) -> bool:
    """Tell "In May", "On 5 May", "Since 2012", "On May 5, 2023", not "After meeting April"."""
    *before, last = told
    if not before:
        return False
    lead = before[-1].lower()
    if _YEAR.fullmatch(last) or _DAY.fullmatch(last):
        is_led = lead in words("leads-time") and _YEAR.fullmatch(last) is not None
        return is_led or lead.rstrip(".") in MONTHS
    if last[0].islower() or last.lower() not in MONTHS.keys() | WEEKDAYS:
        return False
    return lead in words("leads-time") or _DAY.fullmatch(lead) is not None


def _ends_in_place(told: Sequence[str], name: Sequence[str]) -> bool:
    """Tell "After talks in New Delhi" before a name that is no part of the place's."""
    for start in range(max(1, len(told) - _LONGEST_PLACE), len(told)):
        lead = told[start - 1].lower()
        if lead == "the" and start > 1:
            lead = told[start - 2].lower()
        if lead in words("leads-place") and is_place(" ".join(told[start:])):
            further = (" ".join((*told[start:], *name[: i + 1])) for i in range(2))
            return not any(is_place(longer) or _is_of_land(longer.split()) for longer in further)
    return False


def _is_of_land(told: Sequence[str]) -> bool:
    """Tell a country's name or adjective."""
    return bool(country_codes(" ".join(told)))


__all__ = ["before_offices", "open_phrases", "opens_office", "with_commas"]
