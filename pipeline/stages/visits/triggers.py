"""The words by which triggers are found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.lexicon import ByWord
from pipeline.stages.visits.tables import BARE, Idiom, idioms

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


def lemma_of(lower: str, lemma: str) -> str:
    """Return the lemma by which rules are found."""
    return _LEMMAS.get(lower, lemma.lower())


@lru_cache(maxsize=1)
def idioms_by_word() -> Mapping[str, tuple[tuple[Idiom, str], ...]]:
    """Return the fixed phrases by their first word, each with its rule."""
    found: dict[str, list[tuple[Idiom, str]]] = {}
    for rule in idioms():
        bare = rule.model_copy(update={**BARE, "words": ()})
        for phrase in rule.words:
            found.setdefault(phrase.split()[0], []).append((bare, phrase))
    return ByWord("idioms", {word: tuple(rows) for word, rows in found.items()})


__all__ = ["IT", "THAT", "VISITING", "idioms_by_word", "lemma_of"]
