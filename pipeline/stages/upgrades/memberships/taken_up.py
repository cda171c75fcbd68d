"""States listed before that a word takes up together: "the three countries", "both", "they"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.numbers import number_of, size_of
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.counted_states import Names
from pipeline.stages.upgrades.tables import words

#: How many sentences back those may be listed whom a number takes up; whom "they" takes up.
_COUNTED_BACK, _BACK = 10, 2
#: So many are several.
_LEAST = 2
_TAKES_UP = frozenset({"the", "these", "those", "all", "both"})


def taken_up_together(names: Names, noun: Token) -> list[str]:
    """Return the states listed before whom a noun takes up together; none for who is named.

    "Soldiers rule Mali, Niger and Chad. The three countries left the bloc", "all three", "the trio"
    and "they" fire; "three countries left it" and "the three ministers left" do not.
    """
    count = _count(noun)
    if count is None and not _is_several(noun):
        return []
    number = names.scene.sentence_of[noun.i]
    for back in range((_BACK if count is None else _COUNTED_BACK) + 1):
        sentence = names.scene.beside(number, step=-back)
        if sentence is None:
            break
        end = noun.left_edge.i if back == 0 else sentence.end
        found = _listed(names, sentence, end, count)
        if found:
            return found
        if back and count is None and _names_states(names, sentence):
            break  # "they" are of the last that names any
    return []


def _count(noun: Token) -> int | None:
    """Return the 3 of "the three countries", "all three", "the trio"; None for another word."""
    if noun.lower_ == "both" or noun.lemma_.lower() in words("group_of_states"):
        return size_of(noun)
    below = {c.lower_ for c in noun.children}
    if not below & _TAKES_UP:
        return None
    if noun.pos_ == "NUM":
        return number_of(noun)
    if not _is_of_states(noun):
        return None
    told = (size_of(c) or number_of(c) for c in noun.children if c.lower_ not in {"the", "all"})
    return next(filter(None, told), None)


def _is_several(noun: Token) -> bool:
    """Tell "they", "the Sahel nations", "these countries"."""
    return noun.lower_ in words("many_taken_up") or (
        _is_of_states(noun) and any(c.lower_ in _TAKES_UP for c in noun.children)
    )


def _is_of_states(noun: Token) -> bool:
    return noun.tag_ == "NNS" and noun.lemma_.lower() in words("many_parties", "rules_state")


def _listed(names: Names, sentence: Span, end: int, count: int | None) -> list[str]:
    """Return the last list of just so many states before a token; without a number, the longest."""
    best: list[str] = []
    i = sentence.start
    while i < end:
        found = names.listed_from(i)
        named = [code for code in found if is_country(code)]
        fits = len(named) == count if count is not None else len(named) >= max(_LEAST, len(best))
        if fits and max(found.values()) <= end:
            best = named
        i = max([i + 1, *found.values()])
    return best or _each_placed(names, sentence, end, count)


def _each_placed(names: Names, sentence: Span, end: int, count: int | None) -> list[str]:
    """Return just so many states of "in Mali in 2020, in Niger in 2022 and in Gabon in 2023"."""
    at = [
        r.country
        for t in sentence
        if t.i < end and t.i > 0 and t.nbor(-1).lower_ == "in"
        for r in names.scene.at(t.i)
        if r.kind == "country" and r.form != "adjective" and r.country
    ]
    states = list(dict.fromkeys(at))
    return states if count is not None and len(states) == count >= _LEAST else []


def _names_states(names: Names, sentence: Span) -> bool:
    codes = names.codes(sentence.start, sentence.end)
    return any(map(is_country, codes))


__all__ = ["taken_up_together"]
