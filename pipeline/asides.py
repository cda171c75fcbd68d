"""Asides: sentences that tell of nobody, of no place and of no dealings between states.

"Ruto landed in Lima. Rain fell all day. He leaves on Friday": who, where and what was told of in
the sentence before is looked for in the one that tells something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.labels import VERBS
from pipeline.lexicon import word_lists
from pipeline.once_a_doc import once_a_doc
from pipeline.reference.offices import office_forms
from pipeline.signs import CLOSES_SPEECH, QUOTES, STOPS

_words = word_lists("pipeline.reference", "aside_words.toml")
_ENDS = STOPS | CLOSES_SPEECH | {"’", "'", ")"}
#: Relations of words that stand before a noun ("two hours"), not for one ("the two left").
_BEFORE_NOUN = frozenset({"amod", "nummod", "det", "quantmod", "predet", "advmod"})
_WHO = frozenset({"who", "whose", "whom"})
#: A longer sentence is none: it tells of something.
_LONGEST = 40


@cache
def _names_office() -> frozenset[str]:
    """Return the offices that are one word, but those of bystanders: longer ones end in one."""
    heads = {form.form.lower() for form in office_forms() if " " not in form.form}
    return frozenset(heads) - _words("bystander_noun")


@once_a_doc
def telling_sentences(doc: Doc) -> Sequence[Span]:
    """Return the sentences of a Doc without blank lines and asides; of asides alone, the first."""
    found = [sentence for sentence in doc.sents if sentence.text.strip()]
    return [s for n, s in enumerate(found) if n == 0 or not is_aside(s)]


def is_aside(sentence: Span) -> bool:
    """Tell a sentence that names nobody and nothing, and has no word of trips and relations.

    "Rain fell all day.", "“We need more time,” an aide said.", "The bridge was built in 1987." are
    asides; "He smiled.", "The talks went well.", "Lima was quiet." are none.
    """
    return _is_aside(sentence, lambda _: False)


def is_aside_of(sentence: Span, private: Collection[int]) -> bool:
    """Tell an aside in which those are told of who are of no state, or of none that is named.

    "A teacher, Tom Ames, came with his sons.", "The minister will present the budget next week."

    Args:
        private: the tokens that mean them.
    """
    return _is_aside(sentence, lambda token: token.i in private or token.lower_ in _WHO)


def _is_aside(sentence: Span, passes: Callable[[Token], bool]) -> bool:
    if sentence.end - sentence.start > _LONGEST:
        return False
    first, quoted, finite = True, False, False
    things = dated = False
    last = ""
    for token in sentence:
        text = token.text
        if text.isspace():
            continue
        last = text
        if text in QUOTES:
            first = quoted = True
            continue
        if not passes(token) and not _says_nothing(token, first=first, quoted=quoted):
            return False
        finite = finite or token.pos_ in VERBS
        things = things or token.lower_ in _words("points_at_things")
        dated = dated or _goes_on(token)
        first = False
    return finite and last in _ENDS and not (things and dated and not quoted)


def _goes_on(token: Token) -> bool:
    """Tell a word by which "it" may be a trip or an event: of its time or its course."""
    lower = token.lower_
    course = _words("day_name", "time_noun", "takes_its_course")
    return lower[0].isdigit() or lower in course or token.lemma_.lower() in course


def _says_nothing(token: Token, *, first: bool, quoted: bool) -> bool:
    """Tell a word that names nobody and has nothing to do with trips and relations."""
    text, lower = token.text, token.lower_
    if lower in _words("day_name"):
        return True
    if token.pos_ == "PROPN" or (text[0].isupper() and not first and text != "I"):
        return False
    if lower in _words("speaks_of_self"):
        return quoted
    if lower in _words("stands_alone"):
        return token.dep_ in _BEFORE_NOUN
    if lower in _names_office():
        return False
    telling = _words("points_back", "telling")
    return lower not in telling and token.lemma_.lower() not in telling


__all__ = ["is_aside", "is_aside_of", "telling_sentences"]
