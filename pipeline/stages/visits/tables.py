"""The tables of the visits stage, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal

from models.visit import VisitStatus
from pipeline.discourse.timing.of_trips import Phase
from pipeline.lexicon import ByWord, Row, Rule, load_table, word_lists

PACKAGE = "pipeline.stages.visits"

Frame = Literal[
    "travel",
    "visit",
    "attend",
    "receive",
    "meet",
    "join",
    "invite",
    "stay",
    "presence",
    "deictic",
    "carry",
    "gather",
    "deed",
    "guest_of",
    "represent",
    "send",
    "homeward",
    "stay_on",
    "outward",
    "house",
    "speech",
    "lead",
    "joint",
    "by_hand",
]


class VerbRule(Rule):
    """A verb sense: which argument travels, which is the place, which days it dates."""

    lemmas: tuple[str, ...]
    frame: Frame
    phase: Phase
    preps: tuple[str, ...]
    score: float
    particle: str | None = None
    particles: tuple[str, ...] = ()
    object_lemma: str | None = None
    object_lemmas: tuple[str, ...] = ()
    #: Behind which words the other side of a meeting stands, where the object is what is given or
    #: talked of; without a word between, too ("gave B an audience").
    beside: tuple[str, ...] = ()

    @cached_property
    def all_particles(self) -> frozenset[str]:
        """The particles of which one must stand by the verb; empty where none need."""
        return frozenset(self.particles) | ({self.particle} if self.particle else frozenset())

    @cached_property
    def all_objects(self) -> frozenset[str]:
        """The lemmas of which one must be the verb's object; empty where none need."""
        objects = frozenset(self.object_lemmas)
        return objects | ({self.object_lemma} if self.object_lemma else frozenset())


class NounRule(Rule):
    """A noun that names a trip."""

    lemmas: tuple[str, ...]
    score: float


class Idiom(Rule):
    """Fixed words before the place of a trip."""

    words: tuple[str, ...]
    #: Null where the verb beside tells it ("while in Lima, she will meet").
    status: VisitStatus | None = None
    phase: Phase
    score: float


class KindRule(Rule):
    """How a visit's kind is named before its noun."""

    kind: str
    words: tuple[str, ...]


class GatheringSeat(Row):
    """A gathering that is held in one country, where no place is told."""

    country: str
    name: str


#: What is not to be seen of a row where it applies: what it says to those who read the table, and
#: which other words it is of.
BARE: Mapping[str, object] = {"example": "", "counter": ""}
_BARE = {**BARE, "lemmas": ()}


@lru_cache(maxsize=1)
def verb_rules() -> Mapping[str, tuple[VerbRule, ...]]:
    """Return the verb senses by lemma, those with a particle or a set object first."""
    by_lemma: dict[str, list[VerbRule]] = {}
    for table in ("verbs.toml", "deeds.toml"):
        for rule in load_table(PACKAGE, table, VerbRule):
            bare = rule.model_copy(update=_BARE)
            for lemma in rule.lemmas:
                by_lemma.setdefault(lemma, []).append(bare)
    return ByWord(
        "verbs",
        {
            lemma: tuple(sorted(rules, key=lambda r: not (r.all_particles or r.all_objects)))
            for lemma, rules in by_lemma.items()
        },
    )


@lru_cache(maxsize=1)
def noun_rules() -> Mapping[str, NounRule]:
    """Return the trip nouns by lemma."""
    rows = load_table(PACKAGE, "nouns.toml", NounRule)
    by_lemma = {w: rule.model_copy(update=_BARE) for rule in rows for w in rule.lemmas}
    return ByWord("nouns", by_lemma)


@lru_cache(maxsize=1)
def idioms() -> tuple[Idiom, ...]:
    """Return the idioms."""
    return load_table(PACKAGE, "idioms.toml", Idiom)


@lru_cache(maxsize=1)
def kind_rules() -> tuple[KindRule, ...]:
    """Return the kinds, the more special first."""
    return load_table(PACKAGE, "kinds.toml", KindRule)


@lru_cache(maxsize=1)
def gathering_seats() -> tuple[tuple[str, str], ...]:
    """Return the names of gatherings with their country, the longer names first.

    "General assembly" is part of "UN general assembly": which is met first must not be by chance.
    """
    rows = load_table(PACKAGE, "gathering_seats.csv", GatheringSeat)
    return tuple(sorted(((r.name, r.country) for r in rows), key=lambda s: (-len(s[0]), s)))


#: Returns one of the word lists of this stage, or all the words of several.
word_set = word_lists(
    PACKAGE, "words.toml", "passage_words.toml", "occasion_words.toml", "picture_words.toml"
)


__all__ = [
    "BARE",
    "Frame",
    "GatheringSeat",
    "Idiom",
    "KindRule",
    "NounRule",
    "VerbRule",
    "gathering_seats",
    "idioms",
    "kind_rules",
    "noun_rules",
    "verb_rules",
    "word_set",
]
