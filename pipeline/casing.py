"""Give a text of one case, or a heading in capitals, the case in which a model can read it.

Archives of wires and broadcasts are written in capitals throughout, or in small letters. A model
trained on plain print takes each of their words for a name, or none; what is a word and what a
name is told from the model's own dictionary and the tables of the world.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from spacy.language import Language

from pipeline.familiar.headline_verbs import headline_verbs
from pipeline.headings import WORD, is_capitalized, is_in_capitals
from pipeline.name_casing import case_words, raise_names
from pipeline.reference.countries import capital, country_codes, country_forms
from pipeline.reference.leaders import given_names, leaders_by_surname, leaders_named
from pipeline.reference.months import MONTHS, WEEKDAYS
from pipeline.reference.offices import office_forms
from pipeline.reference.organizations import organization_forms
from pipeline.reference.places import find_place
from pipeline.word_order.places import is_place

#: A text of fewer letters, all of them small, is no more than a heading.
_MANY = 120
#: Words of fewer letters tell nothing of a heading ("Cut Ties", "Meet" do).
_SMALL = 4
#: The longest names that are looked up whole, in words.
LONGEST = 6
#: People that a place must have for its name to be taken before a common word.
CITY = 300_000
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)+\.?|[^\W\d_]+")
_END = re.compile(r"[.!?:]\s|--|\]|\n\s*\n")
_OPENING = re.compile(rf"\s*{WORD.pattern}")
_DAY = re.compile(r"\d\s$")
_STOP = re.compile(r"\s*(?:[,.;:!?)\n]|\Z)")
#: What is left of "I'm", "they're", "can't", "Peru's" behind its apostrophe.
_CUT_OFF = frozenset({"s", "t", "d", "m", "re", "ll", "ve"})
_CAPITAL = WEEKDAYS | MONTHS.keys() | case_words("capital")
#: Words that are a month or a name only beside what makes them so.
_UNSURE = frozenset({"may", "march", "mar", "sun", "jan"})
#: Surnames of which the dictionary holds some, and no other words end so.
_SLAVIC = re.compile(r"...(?:[eo]va?|enko|[eo]vich)$")
#: The first word of a paragraph set in capitals, and up to two names behind it.
_SHOUTED = re.compile(r"^([A-Z]{3,})( [A-Z][a-z]+)( [A-Z][a-z]+)?", re.MULTILINE)
#: Abbreviations of countries and organizations that are far oftener a word.
_PLAIN = frozenset((word,) for word in ("us", "who", "it", "is", "as", "in", "and"))
_BEFORE_MONTH = frozenset({"in", "last", "next", "since", "until", "early", "late", "mid"})
#: Endings that the dictionary's words take.
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", "")),
    *(("ing", "e"), ("ly", ""), ("ally", "al"), ("er", ""), ("er", "e"), ("est", "")),
)

Known = Callable[[str], bool]


def is_of_one_case(text: str) -> bool:
    """Tell whether a text is written in capitals, or in small letters, throughout."""
    letters = list(filter(str.isalpha, text))
    small = len(letters) > _MANY and not any(map(str.isupper, letters))
    return small or is_in_capitals(text)


def as_sentence(text: str) -> str:
    """Return a heading with the words of diplomacy in small letters, another text as it is.

    A model takes "Raises Ties" for a name; "Peru Raises Ties With Chad" becomes "Peru raises ties
    with Chad", in which it reads verb and object. The first word and all that belongs to no such
    list stay, and so does a line that is of names alone.
    """
    if not is_capitalized(text):
        return text
    small = _small_words()
    told = (word for word in WORD.findall(text)[1:] if len(word) >= _SMALL and not word.islower())
    if not any(word.lower() in small for word in told):
        return text
    first = _OPENING.match(text)
    start = first.end() if first is not None else 0

    def lowered(word: re.Match[str]) -> str:
        lower = word[0].lower()
        if word.start() < start or lower not in small:
            return word[0]
        behind = WORD.match(text, word.end() + 1)
        if behind is None or not behind[0][0].isupper():
            return lower
        return word[0] if is_place(f"{word[0]} {behind[0]}") else lower  # "New Zealand"

    return WORD.sub(lowered, text)


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    """Return what is small in a heading: words of diplomacy, and the verbs of headlines."""
    return case_words("heading") | headline_verbs().keys()


def with_opening_lands(text: str) -> str:
    """Return a text whose paragraphs open with "SOUTH Africa" with "South Africa" there.

    Papers set the first word of a report in capitals; "SOUTH London" and "PERU" stay.
    """

    def plain(opening: re.Match[str]) -> str:
        first, second, third = (part or "" for part in opening.groups())
        lands = (f"{first.capitalize()}{second}{rest}" for rest in {third, ""})
        return first.capitalize() + second + third if any(map(country_codes, lands)) else opening[0]

    return _SHOUTED.sub(plain, text)


def recased(text: str, known: Known) -> str:
    """Return a text of one case as plain print has it, of the same length.

    Args:
        known: tells a word of the language, in small letters.
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    cased = _by_names(words)
    for i, word in enumerate(words):
        cased.setdefault(i, _cased(words, i, known) if len(word) > 1 else word.upper())
        behind = text[max(0, spans[i][0] - 1) : spans[i][0]] in {"'", "’"}
        after = text[spans[i][1] : spans[i][1] + 5]
        alone = word in "Aa" and after[:1].isspace()
        if alone or (behind and word.lower() in _CUT_OFF):
            cased[i] = word.lower()
        if word.lower() in _CAPITAL and _DAY.search(text[max(0, spans[i][0] - 3) : spans[i][0]]):
            cased[i] = word.capitalize()
        if word.lower() in _CAPITAL and after.strip()[:1].isdigit():
            cased[i] = word.capitalize()
    lowered = [word.lower() for word in words]
    _join_names(cased, lowered)
    raise_names(cased, lowered, ends=[_STOP.match(text, end) is not None for _, end in spans])
    _raise_offices(cased)
    out = list(text)
    for i, (start, end) in enumerate(spans):
        gap = text[spans[i - 1][1] if i else 0 : start]
        word = cased[i]
        if i == 0 or _END.search(gap):
            word = word[:1].upper() + word[1:]
        if len(word) == end - start:
            out[start:end] = word
    return "".join(out)


def knower(nlp: Language) -> Known:
    """Return what tells the words of a model's language from names."""
    if "lemmatizer" not in nlp.pipe_names:
        return lambda word: word in nlp.Defaults.stop_words
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    told = {name for name in ("lemma_index", "lemma_exc") if name in lookups.tables}
    parts = [frozenset(part) for name in sorted(told) for part in lookups.get_table(name).values()]
    listed = frozenset().union(*parts, nlp.Defaults.stop_words)

    def known(word: str) -> bool:
        if word in listed:
            return True
        stems = (word.removesuffix(end) + stem for end, stem in _ENDINGS if word.endswith(end))
        return any(len(stem) > 2 and stem in listed for stem in stems)

    return known


def _by_names(words: Sequence[str]) -> dict[int, str]:
    """Return the case of the words of names that the tables know whole, by their numbers."""
    lowered = [word.lower() for word in words]
    found: dict[int, str] = {}
    i = 0
    while i < len(words):
        for length in range(min(LONGEST, len(words) - i), 0, -1):
            name = _names().get(tuple(lowered[i : i + length]))
            if name is not None:
                found |= {i + k: part for k, part in enumerate(name)}
                i += length
                break
        else:
            i += 1
    return found


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the names of countries and organizations by their words in small letters."""
    forms = [row.form for row in country_forms()] + [row.form for row in organization_forms()]
    cased = (tuple(_WORD.findall(form)) for form in forms if form[:1].isupper())
    return {  # of "Nato" and "NATO" the one in capitals
        key: parts
        for parts in sorted(cased, reverse=True)
        if (key := tuple(part.lower() for part in parts)) and key not in _PLAIN
    }


def _cased(words: Sequence[str], i: int, known: Known) -> str:
    """Return the case of a word that belongs to no known name."""
    word, lower = words[i], words[i].lower()
    if "." in word:
        return word.upper()
    if lower in _CAPITAL and (lower not in _UNSURE or _is_month(words, i)):
        return word.capitalize()
    is_name = _SLAVIC.search(lower) is not None or not known(lower)
    if is_name or (len(lower) > 3 and lower not in _UNSURE and _is_city(lower)):
        return word.capitalize()
    return lower


def _is_month(words: Sequence[str], i: int) -> bool:
    return i > 0 and words[i - 1].lower() in _BEFORE_MONTH


@lru_cache(maxsize=2048)
def _is_city(word: str) -> bool:
    places = find_place(word)
    return any(place.population >= CITY or capital(place.country) == place.name for place in places)


def _join_names(cased: dict[int, str], words: Sequence[str]) -> None:
    """Raise a given name before a name, and a surname behind one, that are also common words."""
    for i, (word, following) in enumerate(pairwise(words)):
        given = word in given_names() and word not in case_words("no-name")
        if given and following in leaders_by_surname() and leaders_named(f"{word} {following}"):
            cased[i], cased[i + 1] = word.capitalize(), following.capitalize()
        if cased[i].islower() and given and cased[i + 1][:1].isupper():
            cased[i] = cased[i].capitalize()
        given = given and cased[i][:1].isupper()
        if given and cased[i + 1].islower() and following in leaders_by_surname():
            cased[i + 1] = cased[i + 1].capitalize()


def _raise_offices(cased: dict[int, str]) -> None:
    """Write "President Alan Garcia", "Foreign Minister Silva" as print does."""
    for i in range(1, len(cased)):
        if not cased[i][:1].isupper() or cased[i].isupper():
            continue
        for length in range(5, 0, -1):
            start = i - length
            if start < 0:
                continue
            phrase = [cased[k] for k in range(start, i)]
            if phrase[-1].islower() and " ".join(phrase).lower() in _offices():
                for k in range(start, i):
                    small = cased[k] in {"of", "the", "for", "and", "to"}
                    cased[k] = cased[k] if small or not cased[k].islower() else cased[k].title()
                break


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    return frozenset(form.form.lower() for form in office_forms() if not form.plural)


__all__ = ["as_sentence", "is_of_one_case", "knower", "recased", "with_opening_lands"]
