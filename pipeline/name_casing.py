"""Names of persons in a text of one case: those of leaders, and what titles and numerals tell.

Many a name is a common word too ("Ford", "To Lam", "Josh Green"); the tables of leaders, the title
before it and the numeral of a king behind it tell it from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache, lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.lexicon import Row, load_table
from pipeline.reference.fold import fold
from pipeline.reference.leaders import given_names, leaders_by_name, leaders_by_surname
from pipeline.reference.offices import office_forms, person_titles

#: The longest names that are looked up whole, in words.
_LONGEST = 4
#: Letters of the shortest given names and surnames that are taken for such by each other alone.
_SHORTEST = 3
_FORM_OF_VERB = re.compile(r"(?:ed|ing|ly)$")


class CaseWords(Row):
    """A row of case_words.toml."""

    id: str
    words: tuple[str, ...]


@cache
def case_words(use: str) -> frozenset[str]:
    """Return the words of one use."""
    rows = load_table("pipeline.reference", "case_words.toml", CaseWords)
    return frozenset(word for row in rows if row.id == use for word in row.words)


def raise_names(
    cased: MutableMapping[int, str], words: Sequence[str], *, ends: Sequence[bool]
) -> None:
    """Write the names of leaders, of kings, behind titles and given names as print does.

    Args:
        cased: each word as it is written so far, by its number.
        words: the same words in small letters.
        ends: whether a stop or comma stands behind each word.
    """
    for start, end in _leaders(words):
        for i in range(start, end):
            if words[i] not in case_words("particle"):
                cased[i] = cased[i].capitalize() if cased[i].islower() else cased[i]
    for i in range(1, len(words)):
        before, word = words[i - 1], words[i]
        if word in case_words("numeral") and (
            before in given_names() or cased[i - 1][:1].isupper()
        ):
            cased[i] = word.upper()
            _raise_given(cased, words, i - 1)
        elif (
            cased[i].islower() and word not in case_words("no-name") and _is_named_by(before, word)
        ):
            cased[i] = word.capitalize()
        elif cased[i].islower() and not ends[i - 1] and _is_surname(before, word):
            following = words[i + 1] if i + 1 < len(words) else ""
            if not ends[i] and following not in case_words("deed"):
                continue
            cased[i] = word.capitalize()
            _raise_given(cased, words, i - 1)


def _leaders(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of whole names of leaders."""
    folded = [fold(word) for word in words]
    i = 0
    while i < len(words):
        for length in range(min(_LONGEST, len(words) - i), 1, -1):
            if (
                folded[i] in _first_words()
                and " ".join(folded[i : i + length]) in leaders_by_name()
            ):
                yield i, i + length
                i += length
                break
        else:
            i += 1


def _raise_given(cased: MutableMapping[int, str], words: Sequence[str], i: int) -> None:
    """Raise the given names up to word `i`: "john paul" before "II"."""
    while i >= 0 and cased[i].islower() and words[i] in given_names():
        cased[i] = words[i].capitalize()
        i -= 1


def _is_named_by(title: str, word: str) -> bool:
    """Tell a name behind "Mr", behind "President", behind "Queen"."""
    if title in _short_titles():
        return True
    if title in _royal():
        return word in given_names()
    return title in _titles() and word in leaders_by_surname()


def _is_surname(before: str, word: str) -> bool:
    """Tell a word that may be a surname, behind a given name."""
    words = case_words("no-surname") | case_words("deed") | STOP_WORDS
    if word in words or _FORM_OF_VERB.search(word) or min(len(before), len(word)) < _SHORTEST:
        return False
    return before in given_names() and before not in case_words("no-name")


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in leaders_by_name() if " " in name)


@lru_cache(maxsize=1)
def _short_titles() -> frozenset[str]:
    """Return the abbreviated titles: "Mr" and "Mr." both stand in the table."""
    forms = {row.form.lower() for row in person_titles()}
    return frozenset(form for form in forms if f"{form}." in forms)


@lru_cache(maxsize=1)
def _royal() -> frozenset[str]:
    return frozenset(
        form.form.lower()
        for form in office_forms()
        if form.scope == "royal" and " " not in form.form
    ) | {"pope"}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Return the last words of offices that stand before a name."""
    forms = (form.form.lower().split()[-1] for form in office_forms() if not form.plural)
    return frozenset(forms) | _royal()


__all__ = ["case_words", "raise_names"]
