"""Longest match of table forms over the tokens of a Doc."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Token
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from pipeline.once_a_doc import once_a_doc
from pipeline.styles import WHOLE

#: The form of a token that is superfluous spaces within a sentence ("Sri  Lanka"), and of one
#: between sentences, over which no form reaches.
_SPACE, _BREAK = " ", "\n"
Payload = TypeVar("Payload")


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """Return the English tokenizer by which all table forms are cut.

    Its vocabulary works nothing out of a word: here words are but cut. Words that it cuts by rules
    of their own ("U.S.", "cannot") are told it when a form holds one: few of thousands ever do.
    """
    rules: Any = English.Defaults
    return Tokenizer(
        Vocab(),
        rules={},
        prefix_search=compile_prefix_regex(rules.prefixes).search,
        suffix_search=compile_suffix_regex(rules.suffixes).search,
        infix_finditer=compile_infix_regex(rules.infixes).finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )


@lru_cache(maxsize=1)
def _exceptions() -> tuple[dict[str, Any], int]:
    """Return what is cut by rules of its own, and how long such a word is at most."""
    rules: Any = English.Defaults
    words = dict(rules.tokenizer_exceptions) | {style: [{ORTH: style}] for style in WHOLE}
    return words, max(map(len, words))


def cut(form: str) -> list[str]:
    """Return the tokens of a form.

    Most words are one by all rules, and "al-Zayani" is three: the rules need not be tried.
    """
    told = form.split(" ")
    letters, words = form.replace(" ", ""), told
    if "-" in form and form.isascii():
        letters, words = letters.replace("-", ""), form.replace("-", " - ").split(" ")
    exceptions, _ = _exceptions()
    if letters.isalpha() and "" not in words and exceptions.keys().isdisjoint(told):
        return words
    cutter: Any = tokenizer()
    for word in _exceptions_in(form) - cutter.rules.keys():
        cutter.add_special_case(word, exceptions[word])
    return [token.text for token in cutter(form)]


def _exceptions_in(form: str) -> set[str]:
    """Return the words of a form, and parts of its words, that are cut by rules of their own."""
    exceptions, longest = _exceptions()
    found: set[str] = set()
    for word in form.split():
        if word.isalpha():
            found.add(word)
        else:
            ends = range(1, min(longest, len(word)) + 1)
            found.update(word[i : i + n] for i in range(len(word)) for n in ends)
    return found & exceptions.keys()


@once_a_doc
def _forms(doc: Doc) -> list[str]:
    """Return the tokens of a Doc as table forms write them; all tables look at the same Doc."""
    return [token.text if token.text.isalpha() else _form(token) for token in doc]


def _form(token: Token) -> str:
    """Return a token as table forms write it: superfluous spaces within a sentence as one."""
    if not token.is_space:
        return token.text.replace("’", "'")
    goes_on = token.i + 1 < len(token.doc) and not token.nbor().is_sent_start
    return _SPACE if goes_on else _BREAK


@once_a_doc
def _lower_forms(doc: Doc) -> list[str]:
    return [form.lower() for form in _forms(doc)]


def _end_of_spaced(keys: Sequence[str], i: int, length: int) -> int:
    """Return where `length` tokens end that begin at token `i`, superfluous spaces not counted."""
    while i < len(keys) and length:
        length -= keys[i] != _SPACE
        i += 1
    return i


def _positions(forms: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        found[form].append(i)
    return found


@once_a_doc
def _places(doc: Doc) -> Mapping[str, Sequence[int]]:
    """Return where each form of a Doc stands."""
    return _positions(_forms(doc))


@once_a_doc
def _lower_places(doc: Doc) -> Mapping[str, Sequence[int]]:
    return _positions(_lower_forms(doc))


def where(doc: Doc, words: AbstractSet[str], *, lower: bool = True) -> list[int]:
    """Return the tokens that are one of some words, in order."""
    places = _lower_places(doc) if lower else _places(doc)
    return sorted(chain.from_iterable(map(places.__getitem__, words & places.keys())))


@dataclass(frozen=True)
class Hit(Generic[Payload]):
    """A table form found at tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    payload: Payload


class _Entries(Generic[Payload]):
    """The forms that begin with one token: what they mean, and their lengths, the longest first."""

    def __init__(self, meant: Mapping[tuple[str, ...], Payload]) -> None:
        self.meant = meant
        self.lengths = sorted({len(words) for words in meant}, reverse=True)


class Gazetteer(Generic[Payload]):
    """A table of token sequences; on each place the longest one that fits is found.

    Forms are cut once their first token stands in a text: of thousands a text holds few.

    Args:
        forms: pairs of a form and what it stands for; a later pair of the same form is ignored.
        lower: compare in lower case.
    """

    def __init__(self, forms: Iterable[tuple[str, Payload]], *, lower: bool = False) -> None:
        self.lower = lower
        self._forms: dict[str, list[tuple[str, Payload]]] = defaultdict(list)
        self._met: dict[str, _Entries[Payload]] = {}
        told, (exceptions, _) = self._forms, _exceptions()
        for form, payload in forms:
            word = form.partition(" ")[0]
            if word.isalpha() and word not in exceptions:
                told[word.lower() if lower else word].append((form, payload))
            elif words := self._words(word):
                told[words[0]].append((form, payload))

    def _words(self, form: str) -> tuple[str, ...]:
        """Return the tokens of a form as they are compared."""
        words = cut(form)
        if "’" in form:
            words = [word.replace("’", "'") for word in words]
        return tuple(map(str.lower, words) if self.lower else words)

    def _entries(self, first: str) -> _Entries[Payload]:
        """Return the forms that begin with a token."""
        meant: dict[tuple[str, ...], Payload] = {}
        for form, payload in self._forms[first]:
            meant.setdefault(self._words(form), payload)
        return _Entries(meant)

    def keys(self, doc: Doc) -> list[str]:
        """Return the form of each token in which it is compared."""
        return _lower_forms(doc) if self.lower else _forms(doc)

    def at(self, keys: list[str], i: int) -> Hit[Payload] | None:
        """Return the longest hit that starts at token `i`."""
        entries = self._met.get(keys[i])
        if entries is None:
            if keys[i] not in self._forms:
                return None
            entries = self._met[keys[i]] = self._entries(keys[i])
        for length in entries.lengths:
            payload = entries.meant.get(tuple(keys[i : i + length]))
            if payload is not None and i + length <= len(keys):
                return Hit(i, i + length, payload)
            if length > 1 and _SPACE in keys[i : i + length]:
                end = _end_of_spaced(keys, i, length)
                payload = entries.meant.get(tuple(key for key in keys[i:end] if key != _SPACE))
                if payload is not None:
                    return Hit(i, end, payload)
        return None

    def find(self, doc: Doc) -> Iterator[Hit[Payload]]:
        """Yield hits from left to right, none overlapping another."""
        keys, end = self.keys(doc), 0
        for i in where(doc, self._forms.keys(), lower=self.lower):
            hit = self.at(keys, i) if i >= end else None
            if hit is not None:
                yield hit
                end = hit.end


__all__ = ["Gazetteer", "Hit", "cut", "tokenizer", "where"]
