"""Find who says so, where that parts a clause.

"Ruto held talks, officials said, in Lima on Monday." is shown with "officials said" at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicon import any_of
from pipeline.word_order.moves import Move, is_past_form, words

_SAYS = rf"(?:{any_of(words('says'))}|told [^,]{{2,30}})"
_INSIDE = '[^,;:!?()"“”]'
#: How or when it was said.
_HOW = (
    rf"(?: (?:in|on|via|at|to|through|late|earlier|today|yesterday|this|last|[A-Z][a-z]+day)\b"
    rf"{_INSIDE}{{0,50}})?"
)
#: Who says so between two commas.
_ATTRIBUTION = re.compile(
    r"(?<!\b(?:that|whom))(?<!\b(?:who|and|but))(?<!\bwhich)"
    rf",(?: as)? (?:according to {_INSIDE}{{3,70}}"
    rf"|it (?:was|is|has been|had been) (?:also )?[a-z]+(?: {_INSIDE}{{2,40}})?"
    r"|(?!who|which|whose|where|when|while|and |but |or |that |if |because |what )"
    rf"(?:[^\s,;:!?()\"“”.]+ |Mrs?\. |Dr\. ){{1,7}}?{_SAYS}{_HOW}),(?= (?P<next>[\w’'-]+))"
)
#: The end of a sentence, not of an initial or a title.
_END = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Dr|Ms|St|Lt))(?<!\b(?:Mrs|Gen|Sen|Gov|Rep|Col))[.!?]"
    r"(?=[\"”’)]*(?: |\Z))"
)
_QUOTE = re.compile(r"[\"“”]")


def parting_attributions(text: str) -> list[Move]:
    """Return each attribution within a clause with the rest of its sentence.

    >>> from pipeline.word_order.moves import reordered
    >>> text = "Ruto held talks, officials said, in Lima."
    >>> reordered(text, parting_attributions(text))
    'Ruto held talks in Lima, officials said,.'
    """
    found: list[Move] = []
    for told in _ATTRIBUTION.finditer(text):
        is_within = bool(found) and told.start() < found[-1].end
        if is_within or not _goes_on(told["next"]):
            continue
        end = _END.search(text, told.end())
        stop = end.start() if end else len(text)
        if not _QUOTE.search(text, told.end(), stop):
            found.append(Move(told.start(), told.end(), stop))
    return found


def without(text: str, found: Iterable[Move]) -> str:
    """Return a text of the same length with spaces for what is moved."""
    for move in found:
        text = f"{text[: move.start]}{' ' * (move.cut - move.start)}{text[move.cut :]}"
    return text


def _goes_on(word: str) -> bool:
    """Tell what goes on with a clause that was parted: its verb, or a phrase of it."""
    if is_past_form(word) or word in words("goes-on"):
        return True
    return not words("verb", "noun-too").isdisjoint({word, word.removesuffix("s")})


__all__ = ["parting_attributions", "without"]
