"""How many countries a tour is told to have ("a four-nation tour", "a tour of four countries")."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.numbers import number_in
from pipeline.stages.visits.tables import word_set

#: How far behind its noun a clause tells where a tour leads, in tokens.
_CLAUSE = 12
#: How far behind the verb of that clause the number stands.
_COUNTED = 8
#: How many words a count is before what it counts ("three more African states").
_BETWEEN = 3


def lands_counted(noun: Token, before: Sequence[Token]) -> int:
    """Return n of "an n-nation tour", "a tour of n countries", "a tour that takes him to n states".

    0 where no number is told.

    Args:
        noun: the tour.
        before: the words of its phrase before it.
    """
    return _count([*before, *noun.doc[noun.i + 1 : noun.i + 5]]) or lands_led_to(noun)


def lands_led_to(noun: Token) -> int:
    """Return n of "a trip that will take him to n countries", 0 where no number is told."""
    end = min(noun.sent.end, noun.i + _CLAUSE)
    for token in noun.doc[noun.i + 1 : end]:
        if token.lemma_ in word_set("tour_takes_to") and noun in token.ancestors:
            behind = noun.doc[token.i + 1 : min(noun.sent.end, token.i + _COUNTED)]
            return _count([*takewhile(_leads_on, behind)])
    return 0


def _leads_on(token: Token) -> bool:
    """Tell the words up to the lands of a tour from those of a tour with talks of some lands."""
    return token.lower_ not in word_set("not_of_tour")


def are_own_states(noun: Token, origin: str | None) -> bool:
    """Tell "a tour that takes her to three states", "… swing states" of a land made of states."""
    if origin not in word_set("made_of_states"):
        return False
    end = min(noun.sent.end, noun.i + _CLAUSE + _COUNTED)
    return any(
        token.lower_ == "states" and _is_counted(token) for token in noun.doc[noun.i + 1 : end]
    )


def _is_counted(states: Token) -> bool:
    """Tell "three states", "three more swing states" from "three Arab states"."""
    at = states.i - 1
    while at > 0 and states.doc[at].lower_ in word_set("state_at_home"):
        at -= 1
    return number_in(states.doc[at].text) is not None


def _count(tokens: Sequence[Token]) -> int:
    told = " ".join(t.text.lower() for t in tokens).replace("-", " ").split()
    for at, word in enumerate(told):
        number, behind = number_in(word), told[at + 1 : at + 1 + _BETWEEN]
        # not of "a five-day cross-country tour"
        if number and behind[:1] != ["day"] and word_set("counted_lands") & set(behind):
            return number
    return 0


__all__ = ["are_own_states", "lands_counted", "lands_led_to"]
