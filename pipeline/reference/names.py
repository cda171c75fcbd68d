"""How well a person's name fits a country: "Kirya" Uganda, "Latortue" Haiti.

`name_parts.csv` counts in how many names of each country a word stands and each two or three
letters within one. It tells countries apart that an article names, no more: "Lee" is of many.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.errors import LexiconError
from pipeline.lexicon import find_lines
from pipeline.reference.countries import code_today
from pipeline.reference.fold import fold

PACKAGE = "pipeline.reference"
TABLE = "name_parts.csv"

#: The row that counts all words of a country's names.
ALL = "*"
#: Lengths of the runs of letters that are counted, the ends of the word among them.
LENGTHS = (2, 3)
#: What every count begins from, and of how many kinds of part it is thought to be.
SMOOTHING, KINDS = 0.1, 50
#: How much one word tells, and fewer words than these tell nothing of a country.
WORD_WEIGHT, FEWEST_WORDS = 3.0, 20
_WORD = re.compile(r"[^\W\d_]{2,}")


def name_parts(word: str) -> Iterator[str]:
    """Yield the parts of a folded word: "ro" → "=ro", "^r", "ro", "o$", "^ro", "ro$"."""
    yield f"={word}"
    closed = f"^{word}$"
    for length in LENGTHS:
        for start in range(len(closed) - length + 1):
            yield closed[start : start + length]


def name_words(name: str) -> list[str]:
    """Return the folded words of a name that have two letters and more."""
    return _WORD.findall(fold(name))


def name_shares(name: str, codes: Collection[str]) -> dict[str, float]:
    """Return for each of some countries how likely the name is of it rather than of another.

    Countries of whose names too little is known count as the others do on average.

    Returns:
        shares that sum to 1, or nothing where nothing is known of any.
    """
    known = _counts(ALL)
    scores: dict[str, float] = {}
    for code in codes:
        today = code_today(code)
        if known.get(today, 0) >= FEWEST_WORDS:
            scores[code] = sum(_word_score(word, today) for word in name_words(name))
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    scores = {code: scores.get(code, mean) for code in codes}
    best = max(scores.values())
    weights = {code: math.exp(score - best) for code, score in scores.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def is_name_word(word: str) -> bool:
    """Tell whether a word is part of a known name ("Maria", "Muhammad")."""
    return bool(_counts(f"={fold(word)}"))


@lru_cache(maxsize=1 << 14)
def _word_score(word: str, code: str) -> float:
    """Return how much more often a word's parts stand in names of a country than elsewhere."""
    words = _counts(ALL)[code]
    number, known = _known_parts(word)
    score = 0.0
    for counts, anywhere in known:
        here = (counts.get(code, 0) + SMOOTHING) / (words + SMOOTHING * KINDS)
        score += math.log(here / anywhere)
    return WORD_WEIGHT * score / number


@lru_cache(maxsize=1 << 12)
def _known_parts(word: str) -> tuple[int, Sequence[tuple[Mapping[str, int], float]]]:
    """Return the number of a word's parts, and of the known ones counts and share of all words."""
    everywhere = sum(_counts(ALL).values())
    parts = [_counts(part) for part in name_parts(word)]
    return len(parts), [
        (counts, (sum(counts.values()) + SMOOTHING) / (everywhere + SMOOTHING * KINDS))
        for counts in parts
        if counts
    ]


@lru_cache(maxsize=1 << 14)
def _counts(part: str) -> Mapping[str, int]:
    """Return in how many words of each country's names a part stands."""
    for number, line in find_lines(PACKAGE, TABLE, part):
        try:
            return {cell[:3]: int(cell[3:]) for cell in line.partition(",")[2].split()}
        except ValueError as error:
            raise LexiconError(TABLE, number, f"{part}: {error}") from error
    return {}


__all__ = ["ALL", "is_name_word", "name_parts", "name_shares", "name_words"]
