"""The tables of the upgrades stage, loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from models.upgrade import Change, UpgradeStatus
from pipeline.lexicon import Row, Rule, load_table, word_lists

PACKAGE = "pipeline.stages.upgrades"
#: What the tokenizer cuts off the lemma of "re-establish".
AGAIN = "re-"
#: What triggers need whose verbs are nouns of a change in "-ing" as well.
_OF_RELATIONS = frozenset({"diplomatic", "relation", "recognition"})
#: What triggers need that tell of the members of a body, not of relations.
_OF_BODIES = frozenset({"membership", "member_since"})
#: The verb of a trigger that any verb may be.
ANY = "*"
_VERBS, _NOUNS = frozenset({"VERB", "AUX"}), frozenset({"NOUN", "PROPN"})


class LevelName(Rule):
    """A level's fixed names, lower case."""

    forms: tuple[str, ...]


class LevelWord(Row):
    """An adjective of level names; `names` yes when it alone makes a partnership a level."""

    word: str
    names: Literal["yes", "no"]


class Trigger(Rule):
    """Words that tell a change, and what must stand with them."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    change: Change
    diplomatic: Change
    needs: Literal[
        "level",
        "relation",
        "status",
        "diplomatic",
        "state",
        "mission",
        "new_mission",
        "switch",
        "recognition",
        "ally",
        "charge",
        "lowered_mission",
        "raised_mission",
        "accord",
        "membership",
        "member_since",
    ]
    score: float
    preps: tuple[str, ...] = ()
    dated: bool = False
    #: Words of which one must hang on the verb ("take up").
    particles: tuple[str, ...] = ()
    #: Whether such a word must stand right behind the verb ("cut back ties", not "cut ties back in
    #: 2022").
    joined: bool = False
    #: Words right behind the verb with which it means something else ("cut back" does not sever).
    unless: tuple[str, ...] = ()
    #: Whether the level must be a new one by its article ("develop a …", not "develop the …").
    indefinite: bool = False
    #: What the words themselves make of the change, whatever the verb's tense ("want a …").
    status: UpgradeStatus | None = None


class Accord(Rule):
    """An accord by which states normalise their relations with one."""

    names: tuple[str, ...]
    hub: str
    #: Who puts a name to it for no relations of its own.
    brokers: tuple[str, ...]


class Echo(Rule):
    """Words that tell a further change like the one told last."""

    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    modifiers: tuple[str, ...]
    adverbs: tuple[str, ...]
    of: Literal["any", "status", "conferred"]
    dated: bool
    passive: bool = False
    #: Whether dated parties are listed behind the verb.
    listed: bool = False
    #: Whether its own clause names both parties, who need not share one with the change before.
    pair: bool = False
    #: Whether its objects made the change before the subject did.
    before: bool = False
    #: Whether nothing else may stand with the object: "took the step", not "the first step".
    alone: bool = False
    #: Whether its verb describes the object: "a step that Peru took in 2010".
    relative: bool = False
    #: Whether its verb names one as the next of those who did the same.
    in_row: bool = False
    status: UpgradeStatus | None = None


@lru_cache(maxsize=1)
def level_names() -> tuple[LevelName, ...]:
    """Return the levels with fixed names."""
    return load_table(PACKAGE, "levels.toml", LevelName)


@lru_cache(maxsize=1)
def accords() -> tuple[Accord, ...]:
    """Return the accords by which relations are made normal."""
    return load_table(PACKAGE, "accords.toml", Accord)


@lru_cache(maxsize=1)
def level_words() -> Mapping[str, bool]:
    """Return the adjectives of level names, and whether each alone makes a level."""
    return {
        row.word: row.names == "yes" for row in load_table(PACKAGE, "level_words.csv", LevelWord)
    }


@lru_cache(maxsize=1)
def verb_triggers() -> Mapping[str, tuple[Trigger, ...]]:
    """Return the triggers of ties by the lemma of their verb."""
    return _by_lemma("verbs", _ties())


@lru_cache(maxsize=1)
def making_verbs() -> frozenset[str]:
    """Return the lemmas of the verbs that tell a change of ties, no wish and no result of one."""
    made = (row for row in _ties() if row.status is None)
    return frozenset(lemma for row in made for lemma in row.verbs) - {"be", "have", "come"}


@lru_cache(maxsize=1)
def noun_triggers() -> Mapping[str, tuple[Trigger, ...]]:
    """Return the triggers of ties by the lemma of their noun."""
    return _by_lemma("nouns", _ties())


@lru_cache(maxsize=1)
def _ties() -> tuple[Trigger, ...]:
    rows = load_table(PACKAGE, "triggers.toml", Trigger)
    return tuple(row for row in rows if row.needs not in _OF_BODIES)


@lru_cache(maxsize=4)
def member_triggers(pos: str) -> Mapping[str, tuple[Trigger, ...]]:
    """Return the triggers of memberships of a part of speech by lemma."""
    if pos not in _VERBS | _NOUNS:
        return {}
    rows = load_table(PACKAGE, "triggers.toml", Trigger)
    own = [row for row in rows if row.needs in _OF_BODIES]
    return _by_lemma("verbs" if pos in _VERBS else "nouns", own)


def _by_lemma(
    column: Literal["verbs", "nouns"], rows: Iterable[Trigger]
) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, tuple[Trigger, ...]] = {}
    for trigger in rows:
        lemmas = trigger.verbs if column == "verbs" else _nouns(trigger)
        for lemma in dict.fromkeys(lemmas):
            found[lemma] = (*found.get(lemma, ()), trigger)
    return found


def _nouns(trigger: Trigger) -> tuple[str, ...]:
    """Return the nouns of a trigger, with those in "-ing" of its verbs ("the cutting of ties")."""
    if trigger.needs not in _OF_RELATIONS:
        return trigger.nouns
    return (*trigger.nouns, *(form for verb in trigger.verbs for form in _ing_forms(verb)))


def _ing_forms(verb: str) -> tuple[str, ...]:
    """Return how a verb may be spelled with "-ing": "scaling", "cutting", "ending"."""
    stem = verb.removesuffix("e")
    return (f"{stem}ing",) if stem != verb else (f"{verb}ing", f"{verb}{verb[-1]}ing")


@lru_cache(maxsize=1)
def ing_verbs() -> Mapping[str, str]:
    """Return the verb of each "-ing" form, for those that the parse takes for an adjective."""
    rows = load_table(PACKAGE, "triggers.toml", Trigger)
    verbs = (verb for row in rows if row.needs in _OF_RELATIONS for verb in row.verbs)
    return {form: verb for verb in verbs for form in _ing_forms(verb)}


def triggers_of(pos: str) -> Mapping[str, tuple[Trigger, ...]]:
    """Return the triggers of ties of a part of speech by lemma."""
    if pos in _VERBS:
        return verb_triggers()
    return noun_triggers() if pos in _NOUNS else {}


@lru_cache(maxsize=50_000)
def may_tell(lemma: str, pos: str) -> bool:
    """Tell whether a word may be a trigger or an echo; all others are passed over."""
    lower = lemma.lower()
    if pos == "ADJ":
        return lower in ing_verbs()
    told = triggers_of(pos)
    told_again = f"{AGAIN}{lower}" in told or (pos in _VERBS and lower in echoes())
    return lower in told or told_again or lower in member_triggers(pos)


@lru_cache(maxsize=1)
def echoes() -> Mapping[str, tuple[Echo, ...]]:
    """Return the echoes by the lemma of their verb."""
    found: dict[str, tuple[Echo, ...]] = {}
    for echo in load_table(PACKAGE, "echoes.toml", Echo):
        for lemma in echo.verbs:
            found[lemma] = (*found.get(lemma, ()), echo)
    return found


#: Returns one of the word lists of this stage, or all the words of several.
words = word_lists(PACKAGE, "words.toml")


__all__ = [
    "AGAIN",
    "ANY",
    "Accord",
    "Echo",
    "LevelName",
    "Trigger",
    "accords",
    "echoes",
    "level_names",
    "level_words",
    "making_verbs",
    "may_tell",
    "member_triggers",
    "noun_triggers",
    "triggers_of",
    "verb_triggers",
    "words",
]
