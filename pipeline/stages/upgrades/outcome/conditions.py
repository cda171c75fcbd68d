"""Changes that hang on a condition: "would cut ties if", "before it obtains the status"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import OPENERS, SUBJECTS, VERBS
from pipeline.stages.upgrades.outcome.governors import UNTENSED
from pipeline.stages.upgrades.outcome.tenses import first_under_modal
from pipeline.stages.upgrades.tables import words

_CONDITIONAL = frozenset({"would", "will", "could", "may", "might", "can"})
_MAY_BE = _CONDITIONAL - {"will"} | {"should"}


def is_conditional(verb: Token) -> bool:
    """Tell "before it obtains candidate status", "if ties are cut" from what was done."""
    marks = {child.lower_ for child in verb.children if child.dep_ in OPENERS}
    if verb.dep_ == "csubj":
        # "granting it would send a signal"
        return any(child.lower_ in words("modal") for child in verb.head.children)
    if verb.dep_ != "advcl":
        return False
    if "after" in marks and tense_of(verb) == "present":
        return any(c.lower_ in words("modal", "future") for c in verb.head.children)
    return bool(marks & words("if")) or (
        bool(marks & words("condition"))
        and (
            tense_of(verb) == "present" or any(c.lower_ in {"can", "could"} for c in verb.children)
        )
    )


def has_condition(verb: Token) -> bool:
    """Tell "would break ties if it did not comply", "may consider breaking ties if it does".

    So "they would only open ties after the dispute was settled", of others than those told of;
    "Peru would only open ties after the vote" is its proposal. Also what one "will be allowed to do
    if" one likes.
    """
    first = first_under_modal(verb)
    below = (*verb.children, *(first.children if first != verb else ()))
    modals = auxiliaries_of(first)
    if modals & _CONDITIONAL and any(map(_is_if, below)):
        return True
    only = any(child.lower_ == "only" for child in below)
    many = any(c.dep_ in SUBJECTS and (c.lower_ == "they" or c.tag_ == "NNS") for c in below)
    if modals & _MAY_BE and only and many and any(map(_is_before_all, below)):
        return True
    over = verb.head
    led = verb.dep_ in {"xcomp", "pcomp", "conj"} and tense_of(verb) in UNTENSED
    modal = auxiliaries_of(over) & (_CONDITIONAL if over.lemma_ in words("permits") else _MAY_BE)
    led = led and over.pos_ in VERBS and bool(modal)
    return led and any(map(_is_if, (*below, *over.children)))


def _is_if(clause: Token) -> bool:
    marks = (mark.lower_ for mark in clause.children)
    return clause.dep_ == "advcl" and any(mark in {"if", "unless"} for mark in marks)


def _is_before_all(clause: Token) -> bool:
    """Tell the "after" of "only after a settlement", "only once it had left"."""
    marks = {clause.lower_, *(mark.lower_ for mark in clause.children if mark.dep_ in OPENERS)}
    return clause.dep_ in {"advcl", "prep"} and bool(marks & {"after", "once", "when"})


__all__ = ["has_condition", "is_conditional"]
