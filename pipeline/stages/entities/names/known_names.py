"""The names of known leaders, as they are looked for in texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.labels import NOMINALS, SUBJECTS
from pipeline.reference.fold import fold
from pipeline.reference.leaders import (
    FAMILY_FIRST,
    given_names,
    leaders,
    leaders_by_surname,
    leaders_named,
)
from pipeline.stages.entities.gazetteer import Gazetteer
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import not_names, word_set

#: Shorter single words by which a leader is called are other words too often.
SURE_ALIAS = 5
#: Shorter surnames are other words too often, but for those of East Asia ("Xi").
SURE_SURNAME = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_YEAR = frozenset({"1", "2"})


@lru_cache(maxsize=1)
def leader_names() -> Gazetteer[bool]:
    """Return the names of several words, each with whether it is a leader's usual one."""
    names = {spelled for row in leaders() for spelled in (row.name, *row.aliases)}
    usual = {row.name for row in leaders()}
    whole = [name for name in sorted(names) if " " in name]
    forms = [(name, name in usual) for name in whole]
    return Gazetteer([*forms, *((name.upper(), name in usual) for name in whole)])


@lru_cache(maxsize=1)
def single_leaders() -> frozenset[str]:
    """Return the single words that call one known leader alone ("Hu'akavameiliku")."""
    called: dict[str, set[str]] = {}
    for row in leaders():
        for alias in row.aliases:
            if len(alias) >= SURE_ALIAS and " " not in alias:
                called.setdefault(alias, set()).add(row.name)
    return frozenset(alias for alias, names in called.items() if len(names) == 1)


#: How many letters stand for a given name before its stop ("Kh.Battulga").
_INITIAL = 2


def also_called(name: NameSpan) -> frozenset[str]:
    """Return the single words by which whom a whole name names is called besides.

    The "Jokowi" of "Joko “Jokowi” Widodo", or of the table of leaders, the "Battulga" of
    "Kh.Battulga", one word.
    """
    told = {name.nickname} if name.nickname else set()
    initial, dot, rest = name.text.partition(".")
    if dot and len(initial) <= _INITIAL and len(rest) > _INITIAL and rest[0].isupper():
        told.add(rest)
    if " " not in name.text:
        return frozenset(told)
    known = {alias for row in leaders_named(name.text) for alias in row.aliases}
    return frozenset(told | {alias for alias in known if " " not in alias})


def years_of(doc: Doc, year: int | None) -> set[int]:
    """Return an article's year and those that it names."""
    told = {int(t.text) for t in doc if t.text[:1] in _OF_YEAR and _YEAR.fullmatch(t.text)}
    return told if year is None else told | {year}


def bare_leaders(doc: Doc, named: Collection[str], years: Collection[int]) -> Iterator[Token]:
    """Yield surnames alone of those who led a country then that the article names.

    "When Obama went to Kenya in 2015" fires where it names the United States; "Green" and
    "Lima", which are other words or places as well, do not.

    Args:
        named: the countries that the article names.
        years: the years that it is of or names.
    """
    for token in doc:
        text = token.text
        if not text.istitle() or not text.isalpha() or not _may_name(token):
            continue
        rows = leaders_by_surname().get(fold(text), ())
        tops = [row for row in rows if row.office in word_set("top_office")]
        held = [row for row in tops if any(row.held_in(year) for year in years)]
        if not held or {row.code for row in held} != {held[0].code} & set(named):
            continue
        short = len(text) < SURE_SURNAME and held[0].code not in FAMILY_FIRST
        if short or fold(text) in given_names() or token.lower_ in not_names():
            continue
        if not _is_joined(token):
            yield token


def _may_name(token: Token) -> bool:
    """Tell what may be a name by its part of speech; the first word of a sentence must act."""
    if not token.is_sent_start:
        return bool(token.pos_ == "PROPN")
    following = token.doc[token.i + 1 : token.i + 2]
    acts = bool(following) and following[0].pos_ in {"VERB", "AUX", "PART"}
    return token.pos_ in NOMINALS and acts


def stands_behind_phrase(token: Token) -> bool:
    """Tell the subject behind a phrase that ends in a name ("In Lima Macron said")."""
    before = token.doc[token.i - 1] if token.i else token
    return token.dep_ in SUBJECTS and before.dep_ == "pobj" and before.head.i < before.i


def _is_joined(token: Token) -> bool:
    """Tell a word of a longer name ("Modi Stadium", "the Ramos family's Casa Ramos")."""
    doc, i = token.doc, token.i
    sides = [doc[i - 1]] if i and not (token.is_sent_start or stands_behind_phrase(token)) else []
    sides += [doc[i + 1]] if i + 1 < len(doc) and not doc[i + 1].is_sent_start else []
    hyphens = any(side.text in {"-", "–", "/", "@", "#"} for side in sides)
    return hyphens or any(side.text[:1].isupper() for side in sides)


__all__ = [
    "also_called",
    "bare_leaders",
    "leader_names",
    "single_leaders",
    "stands_behind_phrase",
    "years_of",
]
