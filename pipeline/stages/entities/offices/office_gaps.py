"""Offices that words part from the name of who holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from pipeline.labels import FINITE, VERBS
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import name_words, word_set

#: How far before a name its office ends at most, in tokens.
_REACH = 8
#: How far before a name styles begin that stand behind its office (", His Excellency, Dr").
_STYLES_REACH = 7
_OPENERS = frozenset({"of", "for", "to", "in", "on", "at"})
_SITES = frozenset({"in", "at", "on"})
_MATTER_OPENERS = frozenset({"the", "charge"})
_STYLE_SIGNS = frozenset({",", ".", "the", "his", "her"})
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "PART", "X"})
_JOINTS = frozenset({"and", "&", "-", "'s", "’s"})


def over_retired(doc: Doc, at: int) -> int:
    """Return where "(retd)" begins that ends at a token, else the token itself."""
    told = [t.lower_ for t in doc[max(0, at - 3) : at]]
    retired = len(told) == 3 and (told[0], told[2]) == ("(", ")")
    return at - 3 if retired and told[1] in word_set("retired_in_brackets") else at


def parted_office(
    doc: Doc, by_end: Mapping[int, OfficeSpan], taken: Collection[int], at: int
) -> OfficeSpan | None:
    """Return the office of the name at token `at` that does not end right before it.

    "Portuguese Ambassador to Peking | X", "minister of development co-operation, X," and "the
    Rev." of "the Vatican spokesman, the Rev. X" fire; "the minister flew to Peking. X" does not.

    Args:
        taken: the tokens of names.
    """
    return _before_styles(doc, by_end, at) or _before_matter(doc, by_end, taken, at)


def bids(doc: Doc, office: OfficeSpan) -> bool:
    """Tell the host of "At the invitation of A, the minister of Peru, Premier B will come".

    His office ends the phrase that opens the sentence, and tells nothing of the guest's.
    """
    opening = doc[doc[office.start].sent.start : office.start]
    asked = any(token.lower_ in word_set("invitation") for token in opening)
    return asked and not any(token.tag_ in FINITE for token in opening)


def is_met(doc: Doc, office: OfficeSpan, other: OfficeSpan) -> bool:
    """Tell B of "After talks with B, the minister of Peru, Premier A said", who is not A.

    So of "The premier met a team from Peru, Foreign Minister A said", but neither of "In talks
    with the minister of Peru, Ambassador A, he said" nor of "talks with the premier, Speaker A".
    """
    if other.determiner or not doc[other.head_start].text[:1].isupper():
        return False
    before = doc[doc[office.start].sent.start : office.head_start]
    if not any(token.lemma_.lower() in word_set("met_before") for token in before):
        return False
    at = name = other.end
    while at < len(doc) and doc[at].text[:1].isupper() and doc[at].pos_ == "PROPN":
        at += 1
    dated = at + 1 < len(doc) and doc[at].lower_ == "on" and doc[at + 1].lower_.endswith("day")
    at += 2 * dated + (doc[at].pos_ == "ADV" if at < len(doc) else 0)
    return name < at < len(doc) and doc[at].pos_ in VERBS


@cache
def _styles() -> frozenset[str]:
    """Return the words that are put before a name in honour."""
    return name_words()["honorific"] | word_set("style_noun")


def _before_styles(doc: Doc, by_end: Mapping[int, OfficeSpan], at: int) -> OfficeSpan | None:
    """Return the office before ", His Excellency, Dr", ", the Rev.", "the Hon." at token `at`."""
    styles = _styles()
    styled = doc[at].lower_ in styles and doc[at].text[:1].isupper()
    for i in range(at - 1, max(0, at - _STYLES_REACH), -1):
        token = doc[i]
        style = token.lower_ in styles and token.text[:1].isupper()
        if token.lower_ == "the" and i in by_end and doc[i + 1].lower_ in styles:
            return by_end[i]  # "Foreign Minister the Hon. X"
        if not style and token.lower_ not in _STYLE_SIGNS:
            return None
        styled = styled or style
        if styled and token.lower_ in {"the", "his", "her"} and i in by_end:
            return by_end[i]  # "Foreign Minister the Hon. X"
        if token.text == "," and i in by_end:
            return by_end[i] if styled or doc[i + 1].lower_ in {"the", "his", "her"} else None
    return None


def _before_matter(
    doc: Doc, by_end: Mapping[int, OfficeSpan], taken: Collection[int], at: int
) -> OfficeSpan | None:
    """Return the office before the rest of what it is the office of.

    Not the "envoy" of "the envoy of the AU Commission's head X", who is not X.
    """
    if at > 0 and doc[at - 1].lower_ in word_set("chief_title"):
        return None
    end = at - (doc[at - 1].text == ",") if at > 1 else at
    for i in range(end, max(0, end - _REACH), -1):
        office = by_end.get(i)
        if office is not None and i < end:
            matter = doc[i:end]
            begun = bool({t.lower_ for t in doc[office.start : i]} & {"of", "for"})
            opens = matter[0].lower_ in _OPENERS or (begun and _goes_on(matter[0]))
            resides = matter[0].lower_ in _SITES and office.form.scope != "diplomatic"
            if resides and matter[1:2].text.lower() not in _MATTER_OPENERS:
                return None  # "the director of the Heritage Center in Paris X"
            if office.form.office in {"spokesperson", "military"}:
                return None  # "a spokesman for the M23 rebels, X", "the General Assembly in Y"
            return office if opens and len(matter) > 1 - begun else None
        token = doc[i - 1]
        inside = token.pos_ in _INSIDE or token.lower_ in _JOINTS
        inside = inside and (token.pos_ != "ADP" or token.lower_ in _OPENERS)
        if token.i in taken or not inside or (token.is_sent_start and i - 1 not in by_end):
            return None
    return None


def _goes_on(token: Token) -> bool:
    """Tell the "group" of "chair of the parliamentary | group" from the next title."""
    return token.pos_ in {"NOUN", "ADJ", "X"} and token.text.islower()


__all__ = ["bids", "is_met", "over_retired", "parted_office"]
