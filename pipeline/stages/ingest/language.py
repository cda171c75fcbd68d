"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache, lru_cache

from pipeline.lexicon import Row, load_table

#: So much of a text tells its language.
SAMPLE = 4_000
#: Fewer function words than this share of the words tell nothing (names, tables, figures).
MIN_SHARE = 0.08
MIN_WORDS = 6

_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


class LanguageRow(Row):
    """A row of `languages.toml`."""

    code: str
    script: str
    words: str


@cache
def _languages() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = load_table("pipeline.stages.ingest", "languages.toml", LanguageRow)
    return tuple((row.code, row.script, frozenset(row.words.split())) for row in rows)


@cache
def _languages_by_word(script: str) -> dict[str, tuple[str, ...]]:
    """Return the languages of a script by each of their commonest words."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name, common in _languages():
        for word in common if name == script else ():
            found[word].append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def language_code(stated: str | None) -> str | None:
    """Return the language of a stated tag: "en-US" and "EN" are `en`; None for anything else."""
    found = _CODE.fullmatch(stated.strip()) if stated else None
    return found.group(1).lower() if found else None


def detect_language(text: str) -> str | None:
    """Return a text's ISO 639-1 code, or None where it is too short or too mixed to tell."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    script = _script(sample)
    if script is None:
        return None
    candidates = [(code, common) for code, name, common in _languages() if name == script]
    if candidates and not candidates[0][1]:
        return candidates[0][0]
    counts = Counter(words)
    scores = dict.fromkeys((code for code, _ in candidates), 0)
    by_word = _languages_by_word(script)
    for word in counts.keys() & by_word.keys():
        for code in by_word[word]:
            scores[code] += counts[word]
    ranked = sorted(scores, key=lambda code: -scores[code])  # ties: the one first in the table
    if not ranked or len(words) < MIN_WORDS or scores[ranked[0]] < MIN_SHARE * len(words):
        return None
    return ranked[0]


def _script(sample: str) -> str | None:
    """Return the script of most of the letters; kana settle for Japanese among ideographs."""
    scripts: Counter[str] = Counter()
    for char, count in Counter(sample[:1_000]).items():
        if char.isalpha():
            scripts[_script_of(char)] += count
    if not scripts:
        return None
    if scripts["HIRAGANA"] > 0.1 * scripts.total():
        return "HIRAGANA"
    return scripts.most_common(1)[0][0]


@lru_cache(maxsize=4_096)
def _script_of(char: str) -> str:
    """Return the first word of a letter's Unicode name: "CJK" of "CJK UNIFIED IDEOGRAPH-7B2C"."""
    return re.split(r"[ -]", unicodedata.name(char, "?"))[0]
