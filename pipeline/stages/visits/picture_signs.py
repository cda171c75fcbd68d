"""By what the caption of a photograph is told from a sentence of the story."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.stages.visits.tables import word_set

#: How many tokens behind a name may say where in the picture he stands.
_SIDE = 6
#: How many tokens of a caption may stand before it says from where it counts.
_OPENING = 9
#: In how many tokens behind a caption its credit stands, and what ends it.
_CREDIT_REACH = 20
_CREDIT_ENDS = frozenset({")", "."})
_PRESENT = frozenset({"VBZ", "VBP"})


def is_lined_up(sentence: Span) -> bool:
    """Tell the caption that says from where it counts those whom it names."""
    opening = sentence.doc[sentence.start : sentence.start + _OPENING].text.lower()
    return any(words in opening for words in word_set("lined_up"))


def stands_aside(i: int, sentence: Span) -> bool:
    """Tell ", left," and "(second from right)" at token `i`."""
    doc = sentence.doc
    if doc[i : i + 1].text not in {",", "("}:
        return False
    closing = "," if doc[i].text == "," else ")"
    for at in range(i + 1, min(i + _SIDE, sentence.end)):
        if doc[at].text == closing:
            return at > i + 1
        if doc[at].lower_ not in word_set("side_of_picture"):
            return False
    return False


def is_seen(verb: Token) -> bool:
    """Tell the present of what a camera sees, "A shakes hands with B", also where taken for a base.

    "A and B deliver a statement" is parsed both ways.
    """
    base = verb.tag_ == "VB" and not any(c.tag_ in {"MD", "TO"} for c in verb.children)
    return (verb.tag_ in _PRESENT or base) and verb.lemma_ in word_set("seen_by_camera")


def has_credit(sentence: Span) -> bool:
    """Tell whether the photographer's agency stands right behind, as in "(A. Rojas/AP)".

    Not "Getty Images sued a firm", "he told AFP/RFI", which tell something.
    """
    doc = sentence.doc
    behind = doc[sentence.end : sentence.end + _CREDIT_REACH]
    credit = list(takewhile(lambda t: t.text not in _CREDIT_ENDS and "\n" not in t.text, behind))
    inside = doc[sentence.end : sentence.end + len(credit)].text
    tells = any(token.pos_ in {"VERB", "AUX"} for token in credit)
    return not tells and any(agency in inside for agency in word_set("photo_agency"))


def says_sides(sentence: Span) -> bool:
    """Tell "A (L) meets B (R)", "From left, A, B and C pose", "A, left, greets B"."""
    return is_lined_up(sentence) or any(
        stands_aside(i, sentence) for i in range(sentence.start, sentence.end)
    )


__all__ = ["has_credit", "is_lined_up", "is_seen", "says_sides", "stands_aside"]
