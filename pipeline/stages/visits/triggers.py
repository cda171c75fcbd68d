"""Which words may begin to tell of a trip: all others are passed over.

The words come from the tables of those who read at them, so that a new row brings its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.stages.visits.asked_by_noun import INVITATION
from pipeline.stages.visits.by_country import by_country_words
from pipeline.stages.visits.companions import companion_words
from pipeline.stages.visits.ellipsis import likewise_words
from pipeline.stages.visits.follows_to import FOLLOW
from pipeline.stages.visits.guest_phrases import guest_words
from pipeline.stages.visits.itinerary import stop_rules
from pipeline.stages.visits.legs import leg_words
from pipeline.stages.visits.owned_presence import presence_nouns
from pipeline.stages.visits.participants import participant_words
from pipeline.stages.visits.spoken_here import HERE, WELCOME
from pipeline.stages.visits.tables import (
    BARE,
    ByWord,
    Idiom,
    idioms,
    noun_rules,
    verb_rules,
    word_set,
)
from pipeline.stages.visits.verbless import VERBLESS_WORDS

#: Forms whose lemma the model gets wrong.
_LEMMAS = {
    "lands": "land",
    "heads": "head",
    "dined": "dine",
    "dining": "dine",
    "riding": "ride",
    **dict.fromkeys(("hopes", "hoped", "hoping"), "hope"),
}
#: The guest of "the visiting minister", and what may stand for a trip told before.
VISITING, THAT, IT = "visiting", "that", "it"
_VERBS = frozenset({"VERB", "AUX"})


def lemma_of(lower: str, lemma: str) -> str:
    """Return the lemma by which rules are found."""
    return _LEMMAS.get(lower, lemma.lower())


@lru_cache(maxsize=1)
def openers() -> frozenset[str]:
    """Return the words and lemmas at which something other than a trigger may tell a trip."""
    return frozenset(
        {
            *likewise_words(),
            *guest_words(),
            *stop_rules(),
            *leg_words(),
            *by_country_words(),
            *participant_words(),
            *companion_words(),
            *presence_nouns(),
            *word_set("honour_of_guest"),
            INVITATION,
            FOLLOW,
            HERE,
            WELCOME,
            *VERBLESS_WORDS,
        }
    )


@lru_cache(maxsize=1)
def idioms_by_word() -> Mapping[str, tuple[tuple[Idiom, str], ...]]:
    """Return the fixed phrases by their first word, each with its rule."""
    found: dict[str, list[tuple[Idiom, str]]] = {}
    for rule in idioms():
        bare = rule.model_copy(update={**BARE, "words": ()})
        for phrase in rule.words:
            found.setdefault(phrase.split()[0], []).append((bare, phrase))
    return ByWord({word: tuple(rows) for word, rows in found.items()})


@lru_cache(maxsize=50_000)
def is_opener(lower: str, lemma: str) -> bool:
    """Tell whether something other than a trigger may tell a trip at a token."""
    return lower in openers() or lemma.lower() in openers()


@lru_cache(maxsize=50_000)
def may_tell(lower: str, lemma: str, pos: str) -> bool:
    """Tell whether any rule reads at a token.

    Args:
        lower: its form in lower case.
    """
    by = lemma_of(lower, lemma)
    return (
        pos in _VERBS
        or by in verb_rules()
        or by in noun_rules()
        or by in word_set("met_at")
        or by in word_set("press_event")
        or by in word_set("pact_of_two")
        or lower in {VISITING, THAT, IT}
        or lower in idioms_by_word()
        or is_opener(lower, lemma)
    )


__all__ = [
    "IT",
    "THAT",
    "VISITING",
    "idioms_by_word",
    "is_opener",
    "lemma_of",
    "may_tell",
    "openers",
]
