"""Paragraphs that tell a story of their own between those of another: "In other news, …"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from pipeline.labels import VERBS
from pipeline.lexicon import word_lists
from pipeline.matters.paragraphs import paragraph_starts, paragraphs
from pipeline.neighbours import text_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES, OPENING_QUOTES
from pipeline.stages.entities.tables import PACKAGE

_words = word_lists(PACKAGE, "interlude_words.toml")
#: How many paragraphs a story has at least of which one stands apart.
_LEAST = 2
#: How many countries an interlude names at least: where somebody is from, and where he goes.
_PAIR = 2
#: How many words of a paragraph tell whether it goes on with what is known.
_OPENING = 4


@dataclass(frozen=True, order=True)
class Mark:
    """What a text names from token `start` up to `end`: a country, or somebody.

    Args:
        key: a country's code, or one key for all that name one person.
        is_place: whether it is a country by its name, or a place in it.
        brings_in: whether it is a person's whole name beside his office and country.
        stands_for: whether it only stands for what is named elsewhere ("he", "the president").
    """

    start: int
    end: int
    key: str
    is_place: bool = False
    brings_in: bool = False
    stands_for: bool = False


def interludes(doc: Doc, text: str, marks: Sequence[Mark], extent: range) -> Iterator[range]:
    """Yield the tokens of each paragraph that has nothing in common with the others of a story.

    It brings in somebody by name and office and tells where he goes; neither he nor any country
    that it names is told of elsewhere; it does not look back ("the summit", "also", "he"), nor
    does the paragraph behind it ("He will …"). What is understood in it is none of the story's:
    not where it is set, nor who travels in it.

    Args:
        text: the article's, in which a blank line parts paragraphs.
        marks: all that the story names, sorted.
        extent: its tokens.
    """
    paragraphs = list(_paragraphs(doc, text, extent))
    if len(paragraphs) < _LEAST:
        return
    told = [_within(marks, paragraph) for paragraph in paragraphs]
    often = Counter(key for rows in told for key in {mark.key for mark in rows})
    for number, (paragraph, rows) in enumerate(zip(paragraphs, told, strict=True)):
        if not number or not any(mark.brings_in for mark in rows):
            continue
        own = {mark.key for mark in rows if not mark.stands_for}
        if any(often[key] > 1 for key in own) or sum(map(is_country, own)) < _PAIR:
            continue
        behind = paragraphs[number + 1 : number + 2]
        if _stands_alone(doc, text, rows, paragraph) and not any(
            _goes_on(doc, other) for other in behind
        ):
            yield paragraph


def _paragraphs(doc: Doc, text: str, extent: range) -> Iterator[range]:
    """Yield the tokens of each paragraph, without those of blank lines."""
    if not extent:
        return
    end = doc[extent.stop].idx if extent.stop < len(doc) else len(text)
    for told in paragraphs(doc, paragraph_starts(text, doc[extent.start].idx, end), extent):
        first = next((i for i in told if not doc[i].is_space), None)
        if first is not None:
            yield range(first, told.stop)


def _within(marks: Sequence[Mark], paragraph: range) -> Sequence[Mark]:
    first, last = (
        bisect_left(marks, at, key=lambda mark: mark.start)
        for at in (paragraph.start, paragraph.stop)
    )
    return marks[first:last]


def _stands_alone(doc: Doc, text: str, rows: Sequence[Mark], paragraph: range) -> bool:
    """Tell a paragraph of prose that says where, and does not look back."""
    span = doc[paragraph.start : paragraph.stop]
    is_list = "\n" in text[span.start_char : span.end_char].strip()
    if is_list or not _opens_prose(span) or not any(_is_goal(doc, mark) for mark in rows):
        return False
    if any(token.lower_ in _words("of_the_page") for token in span):
        return False
    if any(_leaves_open(token, rows) for token in span):
        return False
    first = span[0].sent
    named = next(mark.start for mark in rows if mark.brings_in)
    if any(token.tag_ in {"PRP", "PRP$"} for token in doc[paragraph.start : named]):
        return False
    sentence = doc[paragraph.start : min(first.end, paragraph.stop)]
    return not any(_looks_back(token) for token in sentence)


def _opens_prose(span: Span) -> bool:
    """Tell a paragraph that begins with a sentence, not with a number or a label."""
    if not (span[0].text[0].isalpha() or span[0].text in OPENING_QUOTES):
        return False
    opening = list(takewhile(lambda token: token.text != ":", span[0].sent))
    return any(token.pos_ in VERBS for token in opening)


def _is_goal(doc: Doc, mark: Mark) -> bool:
    """Tell the place of "arrived in Lima" from that of "came from Lima", "Peru's premier"."""
    if not mark.is_place or text_at(doc, mark.end) in GENITIVES:
        return False
    before = mark.start - 1
    before -= doc[max(0, before)].lower_ == "the"
    return before < 0 or doc[before].lower_ not in _words("leads_away")


def _looks_back(token: Token) -> bool:
    """Tell "also", and "the summit" of which nothing says which."""
    if token.lower_ in _words("links") and token.dep_ != "expl":
        return True
    if token.lower_ not in _words("known_matter"):
        return False
    before = [c for c in token.children if c.i < token.i]
    known = any(c.lower_ in {"the", "this", "that"} for c in before)
    if not known or any(c.text[0].isupper() for c in before if not c.is_sent_start):
        return False  # "the Baltic region"
    behind = word_behind(token)
    return behind not in _words("says_which")


def _leaves_open(token: Token, rows: Sequence[Mark]) -> bool:
    """Tell "arrived on Monday", "arrived from Lima" of which the story tells where."""
    if token.lemma_ not in _words("arrives") or token.pos_ not in {"VERB", "NOUN"}:
        return False
    places = {i for mark in rows if mark.is_place for i in range(mark.start, mark.end)}
    preps = [c for c in token.children if c.lower_ in {"in", "at", "to", "on"} and c.i > token.i]
    return not any(t.i in places for prep in preps for t in prep.subtree)


def _goes_on(doc: Doc, paragraph: range) -> bool:
    """Tell "It will …", "The two countries …", which tells on of the paragraph before."""
    opening = [t.lower_ for t in doc[paragraph.start : paragraph.start + _OPENING]]
    if opening[0] in {"the", "all"}:
        return not _words("known_matter", "told_together").isdisjoint(opening)
    return opening[0] in _words("opens_on")


__all__ = ["Mark", "interludes"]
