"""What a heading is: a line that stands over a text, or over a part of it, and says what is told.

It has three marks, and who asks for it knows but some of them:

- its **print** (`is_in_capitals`, `is_capitalized`): known before anything is parsed, so that a
  model can be shown plain print. A name alone is printed so too, and so is a text of old wires.
- its **place** (`headline_end`, `lines_above`): the lines at the top of a text. Where a dateline
  parts them from the report, whatever short line stands above it is one, also with a full stop;
  where none does, they are the first lines that end as no sentence does.
- its **grammar**: no verb that says when (`is_verbless`), or that of news in few words: in the
  present (`is_verb_of_headline`), to come (`is_headline_plan`), or with the noun over its verb
  (`is_noun_of_headline`). The parse makes another thing of each, and each may stand in a list of
  news as well, below the top.

What heads a part by what it is (a day, a year with a title, a partner's name alone) is told where
such parts are read: `timing_diary.py`, `year_titles.py`, `sections.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.labels import FINITE, OBJECTS, PAST, VERBS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: A text is in capitals if this share of its letters is, and fewer letters tell nothing.
_SHARE, _FEW = 0.7, 20
#: A heading with a capital on each word has so many words.
_FEWEST, _MOST = 4, 26
#: Words of fewer letters may be small in it ("and", "with", "over").
_SMALL = 5
#: How many lines stand above a report at most: a kicker, a headline, one below it.
_MOST_LINES = 3
#: The fewest words of a line above a dateline: a byline or a button has fewer.
_LEAST_ABOVE = 3
#: What a sentence ends with, a quotation, or a line that the next one goes on from.
_ENDS = (".", "!", "?", "”", '"', ":", ",", ";")
#: What the parse makes of a headline's verb before who says so ("…, minister says").
_SAID = frozenset({"ccomp", "ROOT"})
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(r"[ \t]*\n")
_SENTENCE_END = re.compile(r"[.;][\"'”’)\]]*\s*$|(?<=[a-z])[.!?][\"'”’)\]]*\s+[A-Z]")


def is_in_capitals(text: str) -> bool:
    """Tell whether a heading, or a whole text, is written in capitals."""
    letters = list(filter(str.isalpha, text))
    return len(letters) > _FEW and sum(map(str.isupper, letters)) > _SHARE * len(letters)


def is_capitalized(text: str) -> bool:
    """Tell a line all of whose longer words have a capital: "Peru and Chad Raise Their Ties"."""
    if "\n" in text.strip() or _SENTENCE_END.search(text):
        return False
    words = WORD.findall(text)
    if not _FEWEST <= len(words) <= _MOST:
        return False
    return not any(word[:1].islower() for word in words if len(word) >= _SMALL)


def headline_end(text: str, sentences: Iterable[Span]) -> int:
    """Return the token behind the lines at a text's top that end as no sentence does, or 0.

    Args:
        sentences: those of the text, in order.
    """
    end = 0
    for sentence in islice(sentences, _MOST_LINES):
        told = sentence.text.rstrip()
        alone = _BREAK.match(text, sentence.start_char + len(told)) is not None
        if not told or not alone or not is_unended(sentence):
            break
        end = sentence.end
    return end


def lines_above(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines above a dateline begin and end that are no byline and no button.

    Running text is among them: captions and summaries (`pipeline/discourse/above_dateline.py`).

    Args:
        text: an article's text.
        start: the offset at which its story begins.
        end: the offset behind the story's dateline, whose own line is left out.
    """
    at = start
    for line in text[start:end].splitlines(keepends=True)[:-1]:
        if len(line.split()) >= _LEAST_ABOVE:
            yield at, at + len(line)
        at += len(line)


def is_unended(sentence: Span) -> bool:
    """Tell a line that ends as no sentence does: "Peru, Chad become partners"."""
    return not sentence.text.rstrip().endswith(_ENDS)


def is_verbless(line: Span) -> bool:
    """Tell a line without a verb that says when: "Visits of ministers since 1990"."""
    return not any(token.tag_ in FINITE for token in line)


def is_bare_line(line: Span) -> bool:
    """Tell a line that ends as no sentence does and has no verb: "Ruto on visit to Lima"."""
    return is_unended(line) and is_verbless(line)


def is_verb_of_headline(verb: Token) -> bool:
    """Tell the verb of "Peru, Chad become partners", a line whose subject opens it."""
    return verb.dep_ == "ROOT" and _opens(_subject_of(verb)) and is_unended(verb.sent)


def is_passive_of_headline(verb: Token) -> bool:
    """Tell the "confirmed" of a line "Visit of Ruto to Lima confirmed", which was done to it."""
    if verb.tag_ not in PAST or not is_verb_of_headline(verb):
        return False
    return not any(c.dep_ in OBJECTS | {"aux", "auxpass", "agent"} for c in verb.children)


def is_headline_plan(verb: Token) -> bool:
    """Tell "Peru to cut ties with Fiji, the ministry said", "Peru to open embassy there: minister".

    Its subject opens the sentence and stands right before "to". Not "asked Peru to cut ties".
    """
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    subject = _subject_of(verb)
    if to is None or subject is None or subject.right_edge.i + 1 != to.i:
        return False
    bare = verb.tag_ == "VB" or (verb.tag_ == "VBN" and to.nbor().lower_ == "be")
    named = subject.pos_ == "PROPN" and _opens(subject)
    return bare and named and verb.dep_ in _SAID and verb.head.i >= verb.i


def is_noun_of_headline(noun: Token) -> bool:
    """Tell the noun of "Saudi crown prince to visit Egypt", a sentence of no other verb.

    So behind what heads such lines, "(LEAD) Saudi crown prince to visit Egypt", "Curtain raiser:
    Saudi crown prince to visit Egypt".
    """
    if noun.dep_ == "ROOT":
        return True
    kicker = noun.head
    if noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ":":
        return noun.dep_ == "appos" and kicker.dep_ == "ROOT" and kicker.pos_ not in VERBS
    framed = kicker.i > 0 and kicker.nbor(-1).text in {"(", "["}
    bare = kicker.text.isupper() and not any(t.pos_ in VERBS for t in kicker.ancestors)
    return noun.dep_ == "appos" and bare and (framed or kicker.i == kicker.sent.start)


def _subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _opens(subject: Token | None) -> bool:
    """Tell a subject before which no word of its sentence stands."""
    if subject is None:
        return False
    first = next((token for token in subject.sent if not token.is_space), None)
    return first is not None and subject.left_edge.i == first.i


__all__ = [
    "WORD",
    "headline_end",
    "is_bare_line",
    "is_capitalized",
    "is_headline_plan",
    "is_in_capitals",
    "is_noun_of_headline",
    "is_unended",
    "is_verb_of_headline",
    "is_verbless",
    "lines_above",
]
