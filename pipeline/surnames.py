"""Surnames that a text prints in capitals: "Emmanuel MACRON", "President LEE Jae-myung".

Ministries, parliaments and whole countries' press write them so to tell them from given names. A
model takes them for organizations, or for no name at all, so it is shown them as others print them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from pipeline.casing import Known
from pipeline.reference.fold import fold
from pipeline.reference.leaders import given_names, leaders_by_surname
from pipeline.reference.offices import office_forms, person_titles
from pipeline.reference.organizations import organization_forms

#: Words in capitals in a row, as a name may have; of more it is a heading.
_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’]+(?:-[A-ZÀ-ÖØ-Þ]+)*(?![a-zß-ÿ])"
_RUN = re.compile(rf"(?<![\w&'’./-]){_WORD}(?>(?: {_WORD})*)(?![\w&/]|[.'’-]\w{{2}})")
_LONGEST = 4
#: How many characters before a run are looked at for the word before it.
_REACH = 25
#: A word like any other name before it, an initial, and a word behind it.
_LEFT = re.compile(r"(?:([A-ZÀ-ÖØ-Þ][\w'’-]{0,23}[a-zß-ÿ]|(?:Mrs?|Ms|Dr)\.)|\b[A-Z]\.) $")
_RIGHT = re.compile(r" ([A-ZÀ-ÖØ-Þ][\w'’-]{0,23}[a-zß-ÿ])")
#: What stands behind a whole name in capitals.
_ENDS_NAME = re.compile(r"[,.;)]|['’]s\b| (?:\(|[a-z])")
_OF_LAND = re.compile(r" (?:of (?:the )?|\()[A-Z]")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Þ]")
#: A surname that no table knows has so many letters at least, or it may stand for a body.
_FEWEST = 4
#: Words within a surname that print has in small letters.
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "ten"}
    | {"ter", "van", "von", "y"}
)
#: Given names and titles that are far oftener something else.
_NO_NAME = frozenset({"the", "will", "may", "an", "in", "to", "no", "so", "do", "he", "at"})


def surnames(text: str, known: Known) -> frozenset[str]:
    """Return the words in capitals that are part of somebody's name, as they are written.

    They stand behind a given name, a title or an office, or they are a leader's surname before or
    behind a name; "NATO chief", "Mr. MODI" and "the UN" have one of them together. Within a line a
    given name may be in capitals as well: "from Peru, ANA RUIZ of Chile and". A text of headings in
    capitals alone has none.

    Args:
        known: tells a word of the language, in small letters.
    """
    found: set[str] = set()
    for run in _RUN.finditer(text):
        words = [word for word in run[0].split(" ") if fold(word) not in _PARTICLES]
        if not words or len(words) > _LONGEST or any(word in _bodies() for word in words):
            continue
        right = _RIGHT.match(text, run.end())
        before = _before(text, run)
        told = bool(before) and not known(before.lower()) and _is_titled(text, run, before)
        name = _is_name(words, before, right[1] if right else "", known, told=told)
        if name or _is_whole_name(text, run, words, known):
            found.update(words)
    if found:  # where names are in capitals, so is one that no table knows, beside its land
        for run in _RUN.finditer(text):
            words = run[0].split(" ")
            if _OF_LAND.match(text, run.end()) and _may_be_whole(text, run, words, known):
                found.update(words)
    return frozenset(found)


def in_print(text: str, names: Collection[str], known: Known) -> str:
    """Return a text of the same length with the surnames among `names` in small letters.

    A name that is a word as well stays where nothing beside it tells that it is a name.
    """
    pieces: list[str] = []
    at = 0
    for run in _RUN.finditer(text):
        words = run[0].split(" ")
        if not any(word in names for word in words):
            continue
        if all(known(word.lower()) for word in words) and not _tells_name(_before(text, run)):
            continue
        pieces += (text[at : run.start()], " ".join(map(_printed, words)))
        at = run.end()
    return "".join([*pieces, text[at:]])


def _before(text: str, run: re.Match[str]) -> str:
    """Return the name or title before a run, an initial for one; empty where there is none."""
    left = _LEFT.search(text, max(0, run.start() - _REACH), run.start())
    return (left[1] or left[0]) if left else ""


def _is_titled(text: str, run: re.Match[str], before: str) -> bool:
    """Tell the "Mete" of "General Mete GURAN", a given name that no table knows."""
    start = run.start() - len(before) - 1
    title = _LEFT.search(text, max(0, start - _REACH), start)
    return title is not None and bool(title[1]) and fold(title[1]).rstrip(".") in _titles()


def _is_name(words: list[str], before: str, behind: str, known: Known, *, told: bool) -> bool:
    if any(fold(word) in _NO_NAME for word in words):
        return False
    led = told or _tells_name(before)
    if any(fold(word) in leaders_by_surname() for word in words):
        return led or bool(before and not known(before.lower())) or bool(behind)
    sure = any(len(word) >= _FEWEST and _VOWEL.search(word) for word in words)
    return led and sure and not any(known(word.lower()) for word in words)


def _is_whole_name(text: str, run: re.Match[str], words: list[str], known: Known) -> bool:
    """Tell "and ANA RUIZ of Peru", no "SAN JUAN, Peru" that opens a line, nor a line of capitals.

    What follows it is in small letters, or it ends a clause.
    """
    opens = run.start() == 0 or text[run.start() - 1] != " " or text[run.start() - 2] == "\n"
    ends = _ENDS_NAME.match(text, run.end()) is not None
    given = bool(words) and fold(words[0]) in given_names()
    return given and ends and not opens and _may_be_whole(text, run, words, known)


def _may_be_whole(text: str, run: re.Match[str], words: list[str], known: Known) -> bool:
    """Tell ANA RUIZ from "the CHIEF JUSTICE", "IN BRIEF", whose words are of the language."""
    opens = run.start() == 0 or text[run.start() - 1] != " "
    if not 1 < len(words) <= _LONGEST or opens or not _NO_NAME.isdisjoint(map(fold, words)):
        return False
    if any(word in _bodies() for word in words):
        return False
    sure = len(words[-1]) >= _FEWEST and _VOWEL.search(words[-1]) is not None
    return sure and not any(known(word.lower()) for word in words[1:])


def _tells_name(word: str) -> bool:
    """Tell a given name, a title, or an office, behind which a surname stands."""
    folded = fold(word).rstrip(".")
    return folded not in _NO_NAME and (folded in given_names() or folded in _titles())


def _printed(word: str) -> str:
    if word in _bodies():
        return word
    if fold(word) in _PARTICLES:
        return word.lower()
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Return the words that stand right before a name: titles, the last words of offices."""
    titles = {fold(row.form).rstrip(".") for row in person_titles()}
    offices = {fold(row.form).split()[-1] for row in office_forms() if not row.plural}
    return frozenset(titles | offices)


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    return frozenset(row.form for row in organization_forms() if row.form.isupper())


__all__ = ["in_print", "surnames"]
