"""Find places of travel behind the company or the purpose of it.

"Ruto arrived accompanied by his wife in Lima" is shown as "arrived in Lima accompanied by his
wife".
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import any_of
from pipeline.reference.countries import country_forms
from pipeline.reference.fold import fold
from pipeline.reference.places import find_place
from pipeline.word_order.asides import COMMAS, MOST_WORDS, SET_OFF, WORD
from pipeline.word_order.moves import Move, words


def _verb_of(kind: str) -> str:
    """Return a pattern of the verbs of one kind, a plain form behind what makes it a verb."""
    told = f"(?:{any_of(words(kind))})"
    plain = words(f"plain-{kind}")
    return f"(?P<{kind}>{told}|(?:(?<=\\bto )|(?<=will )|(?<=would ))(?:{any_of(plain)}))"


_PREPOSITIONS = {"at": "in|at", "to": "to|into|back to", "away": "for"}
#: A verb of travel by what leads to its place.
_VERB = re.compile(rf"\b(?:{'|'.join(map(_verb_of, _PREPOSITIONS))})(?=,? [\w(–—])")
_NAME = r"(?:the )?[A-Z][\w'’.-]*\w(?: (?:(?:de|del|da|do|of|of the|and) )?[A-Z][\w'’.-]*\w)*"
#: One that holds no "and".
_ONE = r"(?:the )?[A-Z][\w'’.-]*\w(?: (?:(?:de|del|da|do|of|of the) )?[A-Z][\w'’.-]*\w)*"
_PLACES = {
    kind: re.compile(rf" (?:{preps}) (?P<name>{_NAME})") for kind, preps in _PREPOSITIONS.items()
}
#: What is told of a place behind it.
_TOLD_MORE = re.compile(r", (?:[A-Z]|the |a |an |which |his |her )")
#: The next of a list of places.
_LISTED = re.compile(rf"(?:,|,? and) ({_ONE})(?=,| and | for | on |\.)")
_COUNTRY = re.compile(r", ((?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)(?=[,.]| on )")
#: Where what is told of a journey ends.
_CLAUSE_END = re.compile(
    r"[,;:!?(\"“”–—]|\.(?=[\"”’)]*(?: |\Z))"
    r"| (?:and|but|who|which|where|while|when|that|as|after|before"
    r"|to [a-z]+) "
)
_HOUR = re.compile(r" (?:after|before) (?:noon|midday|midnight|dawn|sunrise|sunset|dusk|\d)")


def places_behind(text: str) -> list[Move]:
    """Return what stands between a verb of travel and its place, with the place.

    >>> from pipeline.word_order.moves import reordered
    >>> text = "Ruto arrived with two ministers in Lima."
    >>> reordered(text, places_behind(text))
    'Ruto arrived in Lima with two ministers.'
    """
    found: list[Move] = []
    for verb in _VERB.finditer(text):
        if found and verb.start() < found[-1].end:
            continue
        kind = verb.lastgroup or "at"
        if place := _place_behind(text, verb.end(), kind):
            found.append(Move(verb.end(), *place))
    return found


def _place_behind(text: str, at: int, kind: str) -> tuple[int, int] | None:
    """Return where the place of a verb begins and ends that has something before it."""
    start = at
    if _place_at(text, at, kind):
        return None
    for aside in (COMMAS, SET_OFF):
        if (told := aside.match(text, start)) and (place := _place_at(text, told.end(), kind)):
            return place
    is_time = True
    for count in range(MOST_WORDS):
        found = WORD.match(text, at)
        if found is None:
            return None
        word = found[1].lower()
        if count == 0 and word not in words("company"):
            return None
        elsewhere = word in words("elsewhere") and not _HOUR.match(text, found.start())
        if elsewhere or word in words("no-phrase") or (word == "to" and count):
            return None
        is_time = is_time and word in words("time", "time-filler")
        if word == "and" and is_time:
            return None
        at = found.end()
        if kind == "to" and word in words("journey"):
            return None
        is_alone = not count and word in words("function")
        if not (is_alone or is_time) and (place := _place_at(text, at, kind)):
            return place
    return None


def _place_at(text: str, at: int, kind: str) -> tuple[int, int] | None:
    found = _PLACES[kind].match(text, at)
    name = found["name"] if found else ""
    if not is_place(name):
        name = name.partition(" and ")[0]  # "to Morocco and Egypt"
    if found is None or not is_place(name):
        return None
    end = found.start("name") + len(name)
    if (further := _COUNTRY.match(text, end)) and is_place(further[1]):
        end = further.end()
    while (listed := _LISTED.match(text, end)) and is_place(listed[1]):
        end = listed.end()
    # "in Lima, the capital," stays as it is.
    if _TOLD_MORE.match(text, end):
        return None
    clause = _CLAUSE_END.search(text, end)
    return at, clause.start() if clause else len(text)


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(row.form) for row in country_forms() if row.kind in {"name", "former"})


def is_place(name: str) -> bool:
    """Tell the name of a country or of a town."""
    bare = name.removeprefix("the ")
    return fold(name) in _countries() or fold(bare) in _countries() or bool(find_place(bare))


__all__ = ["is_place", "places_behind"]
