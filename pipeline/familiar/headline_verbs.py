"""What is done by a headline, in the present: "Ruto signs deal in Lima", "Peru, Fiji ink pact".

A model takes such a verb for a noun, and the name before it for a part of that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.joints import opening_offices
from pipeline.lexicon import Rule, any_of, load_table, word_lists
from pipeline.reference.countries import country_forms

_PACKAGE = "pipeline.familiar"
_words = word_lists(_PACKAGE, "goers.toml")
#: Whoever opens a line, a sentence, or what stands behind a place or a topic ("Ghana: ").
_OPENS = re.compile(r"(?:\A|[.!?:;] |[\u2013\u2014-] )(?=\S)")
_NEXT = re.compile(r" ([\w-]+)")
#: Words of whom one line's subject may consist, and letters.
_MOST_WORDS, _MOST_LETTERS = 10, 90


class HeadlineVerb(Rule):
    """A verb of headlines, named for its form.

    Attributes:
        shown: a verb as long, which the model takes for no noun.
        lemma: the verb's own.
        aims: whether "to" and a name may stand behind it ("flies to Lima", not "tours to Lima").
        before: words of which one stands behind it, if any are told.
        many: whether several do it ("Peru, Fiji exchange envoys").
    """

    shown: str
    lemma: str
    aims: bool = False
    before: tuple[str, ...] = ()
    many: bool = False


@cache
def headline_verbs() -> Mapping[str, HeadlineVerb]:
    """Return the verbs by their forms."""
    return {row.id: row for row in load_table(_PACKAGE, "headline_verbs.toml", HeadlineVerb)}


@cache
def _a_verb() -> re.Pattern[str]:
    verbs = headline_verbs()
    aimed = any_of(verb for verb, row in verbs.items() if row.aims)
    return re.compile(
        rf"(?<=[\w.)] )(?:(?:{any_of(verbs)})(?= (?!of\b|to [A-Z])[\w“‘'])|(?:{aimed})(?= to ))"
    )


@cache
def _told_of() -> frozenset[str]:
    """Return words that are no goer's last one: lands' adjectives."""
    names = {row.form for row in country_forms() if row.kind == "name"}
    return frozenset(row.form for row in country_forms() if row.kind == "adjective") - names


def with_known_verbs(text: str) -> str:
    """Return a text of the same length, with verbs that the model knows behind whom it opens with.

    >>> with_known_verbs("Kenya's Ruto signs deal in Lima")
    "Kenya's Ruto seeks deal in Lima"
    >>> with_known_verbs("The signs of a deal in Lima are good")
    'The signs of a deal in Lima are good'
    """
    return _a_verb().sub(_known, text)


def _known(verb: re.Match[str]) -> str:
    """Return the verb that stands for another, if who opens the line stands before it."""
    row = headline_verbs()[verb[0]]
    behind = _NEXT.match(verb.string, verb.end())
    if row.before and (behind is None or behind[1] not in row.before):
        return verb[0]
    return row.shown if is_told_of(verb.string, verb.start(), many=row.many) else verb[0]


def is_told_of(text: str, end: int, *, many: bool = False) -> bool:
    """Tell whether nothing but somebody or a land opens a line or sentence up to a place.

    Args:
        many: whether it must be several.
    """
    opened = [*_OPENS.finditer(text, max(0, end - _MOST_LETTERS), end)]
    if not opened:
        return False
    words = text[opened[-1].end() : end - 1].split(" ")
    if not many:
        return _is_goer(words)
    several = any(word.endswith(",") or word == "and" for word in words)
    return (several or words[-1].lower() in _words("goers")) and _is_goer(words)


def _is_goer(words: Sequence[str]) -> bool:
    """Tell "Kenya's Ruto", "Slovak minister", "King Olaf of Peru", not "Ruto's", "Slovak"."""
    if not 0 < len(words) <= _MOST_WORDS or not words[-1]:
        return False
    last = words[-1]
    if (
        last.endswith(("'s", "’s", "'", "’", ","))
        or last in _told_of()
        or last in _words("no-goer")
    ):
        return False
    if last.islower() and last not in _words("goer", "goers"):
        return False
    return all(_may_tell(word) for word in words)


def _may_tell(word: str) -> bool:
    """Tell a word that may stand in who is told of: of a name, of an office."""
    bare = word.rstrip(",.")
    of_office = bare in opening_offices() or bare in _words("goer", "goers", "of-goer")
    return bare[:1].isupper() or of_office


__all__ = ["HeadlineVerb", "headline_verbs", "is_told_of", "with_known_verbs"]
