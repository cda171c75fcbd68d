"""Whether two names may be one person's: accents, transliteration, short forms, word order."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.lexicon import Row, Values, load_table
from pipeline.reference.fold import fold
from pipeline.reference.leaders import FAMILY_FIRST
from pipeline.stages.normalize.tables import word_set

PACKAGE = "pipeline.stages.normalize"
#: Two long words are one misspelt from this similarity on (0 to 1).
SPELLING_SIMILARITY = 0.84
#: Misspelt words begin alike.
SURE_LETTERS = 3
#: In shorter words one letter makes another name.
LONG_WORD = 6


class Spelling(Row):
    """A group of letters that one transliteration writes and another does not."""

    written: str
    read: str
    one: str
    other: str


class GivenName(Row):
    """A given name with its short forms and its sisters in other languages."""

    name: str
    forms: Values


class Likeness(IntEnum):
    """How two names are alike, the surest first."""

    SAME = 0  # but for accents, hyphens, spaces
    VARIANT = 1  # another transliteration or form of a given name
    FULLER = 2  # one has words that the other leaves out, or only the first letter of
    MISSPELT = 3  # a long word differs in a letter, or the words stand in another order


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> tuple[str, ...]:
    """Return a name's folded words without those that may be left out.

    "Abdel Fattah al-Sisi" → ("abdel", "fattah", "sisi"), but "Le Duan" → ("le", "duan"): what
    stands first is a name.
    """
    words = tuple(fold(name).split())
    return words[:1] + tuple(word for word in words[1:] if word not in word_set("optional_in_name"))


@lru_cache(maxsize=1 << 14)
def surname_of(name: str, country: str | None) -> str | None:
    """Return the folded word of a name that has just one ("al-Sisi" → "sisi"), None for others."""
    words = fold(name).split()
    if country not in word_set("spelled_one_way"):
        while len(words) > 1 and words[0] in word_set("optional_in_name"):
            words = words[1:]
    return words[0] if len(words) == 1 else None


def surname_in(name: str, country: str | None) -> str:
    """Return the surname of a whole name: its last word with the particles before it.

    The first word where names begin with the family's: "Xi Jinping" → "Xi", "Ursula von der
    Leyen" → "von der Leyen".
    """
    words = name.split()
    if country in FAMILY_FIRST or (country == "VNM" and len(words) > 2):
        return words[0]
    at = len(words) - 1
    while at > 0 and fold(words[at]) in word_set("suffix_of_name"):
        at -= 1
    while at > 1 and fold(words[at - 1]) in word_set("optional_in_name"):
        at -= 1
    return " ".join(words[at:])


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """Return a folded word as every transliteration would write it: "zhaparov" → "japarov"."""
    word = _given_names().get(word, word)
    for row in load_table(PACKAGE, "spelling.csv", Spelling):
        word = word.replace(row.written, row.read)
    return "".join(letter for i, letter in enumerate(word) if not i or letter != word[i - 1])


@cache
def _given_names() -> dict[str, str]:
    rows = load_table(PACKAGE, "given_names.csv", GivenName)
    # The first row that gives a form keeps it.
    found: dict[str, str] = {}
    for row in rows:
        for form in (row.name, *row.forms):
            found.setdefault(form, row.name)
    return found


@lru_cache(maxsize=1 << 14)
def likeness(one: str, other: str, *, exact: bool = False) -> Likeness | None:
    """Return how two names of at least two words are alike, None where they name two people.

    "Kassym-Jomart Tokayev" and "Qasym Jomart Toqayev" are variants; "Hun Sen" and "Hun Manet",
    "Mohammed V" and "Mohammed VI", "Leyla Aliyeva" and "Leyla Aliyev" are two people.

    Args:
        exact: no spelling but accents and hyphens may differ.
    """
    first, second = words_of(one), words_of(other)
    if first == second or "".join(first) == "".join(second):
        return Likeness.SAME
    if _marks(first) != _marks(second):
        return None
    initials = _initials(first), _initials(second)
    if all(initials) and initials[0] != initials[1] and _same_length(first, second):
        return None
    if sorted(first) == sorted(second):
        # "Xi Jinping" and "Jinping Xi" are one; "James Thomas" is hardly "Thomas James".
        return Likeness.VARIANT if exact else Likeness.MISSPELT
    short, long = sorted((first, second), key=lambda words: (len(words), words))
    worst = _align(short, long, exact=exact)
    if worst is None:
        joined = "".join(map(skeleton, first)), "".join(map(skeleton, second))
        return Likeness.VARIANT if joined[0] == joined[1] and not exact else None
    if len(short) < len(long):
        return None if worst is Likeness.MISSPELT else Likeness.FULLER
    return worst


def _align(short: tuple[str, ...], long: tuple[str, ...], *, exact: bool) -> Likeness | None:
    """Return the worst likeness of the shorter name's words to words in order of the longer."""
    worst, at, sure = Likeness.SAME, 0, 0
    for word in short:
        for place in range(at, len(long)):
            found = _word_likeness(word, long[place], exact=exact)
            if found is not None:
                worst, at = max(worst, found), place + 1
                sure += found is not Likeness.MISSPELT and len(word) > 1
                break
        else:
            return None
    # Two words of which both are only alike tell nothing.
    return worst if sure else None


@lru_cache(maxsize=1 << 14)
def _word_likeness(one: str, other: str, *, exact: bool) -> Likeness | None:
    if one == other:
        return Likeness.SAME
    if min(len(one), len(other)) == 1:
        return Likeness.FULLER if one[0] == other[0] else None
    if exact or _genders(one, other):
        return None
    bare = skeleton(one), skeleton(other)
    if bare[0] == bare[1]:
        return Likeness.VARIANT
    if bare[0][:SURE_LETTERS] != bare[1][:SURE_LETTERS] or min(len(one), len(other)) < LONG_WORD:
        return None
    alike = DamerauLevenshtein.normalized_similarity(*bare) >= SPELLING_SIMILARITY
    return Likeness.MISSPELT if alike else None


def _genders(one: str, other: str) -> bool:
    """Tell whether two words differ as a woman's and a man's ("Aliyeva", "Aliyev")."""
    short, long = sorted((one, other), key=len)
    if long in {f"{short}a", f"{short}e"}:
        return True
    if long.endswith("skaya") != short.endswith("skaya"):
        return True
    if long.endswith(("enko", "enka")):  # Ukrainian and Belarusian spellings of one surname
        return False
    return one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"}


def _marks(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words[1:]) & word_set("suffix_of_name")


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) == 1)


def _same_length(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    whole = [word for word in first if len(word) > 1], [word for word in second if len(word) > 1]
    return len(whole[0]) == len(whole[1])


def blocking_keys(name: str) -> Iterator[tuple[str, str]]:
    """Yield keys of which two names that may be alike share at least one.

    A sure word and the first letters of another, in either order, or a last word and the
    initial of one before it; and the letters run together.
    """
    words = [skeleton(word) for word in words_of(name)]
    yield "", "".join(words)
    for i, word in enumerate(words):
        if len(word) == 1:
            continue
        for j, other in enumerate(words):
            if i != j and len(other) > 1:
                yield word, other[:SURE_LETTERS]
            if j < i == len(words) - 1:
                yield word, f"{other[0]}."


__all__ = [
    "Likeness",
    "blocking_keys",
    "likeness",
    "skeleton",
    "surname_in",
    "surname_of",
    "words_of",
]
