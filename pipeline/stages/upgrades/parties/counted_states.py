"""States that are only counted beside the one that acts with them.

"China and eight island countries raised their ties": with each of the eight, where a sentence near
by names so many; else with nobody, and not with the one in which they met.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from spacy.tokens import Token

from pipeline.discourse.numbers import number_of
from pipeline.discourse.scene import Scene
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.examples import of_group
from pipeline.stages.upgrades.parties.named import Found
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars
from pipeline.stages.upgrades.tables import words

#: Fewer are a pair, or two groups of one.
_LEAST = 3
_PAIR = 2
#: So many are named together near by only where they are those counted.
_MANY = 5
#: How many sentences away those counted may be named.
_NEAR = 5
#: How many before "the two states" both may be listed.
_NEAR_PAIR = 2
#: How many before "the four states", which are named somewhere.
_FAR = 40
#: What may stand between a plural and the names of those it means.
_OPENS_NAMES = frozenset({"of", "(", "-", "–", "—"})


class Names(Protocol):
    """Reads the parties that a text names."""

    scene: Scene

    def listed_from(self, i: int) -> dict[str, int]:
        """Return the parties of the list that token `i` opens."""

    def codes(self, start: int, end: int, bars: Bars = NO_BARS) -> dict[str, int]:
        """Return the parties named between two tokens, each with its first token."""

    def group(self, start: int, end: int) -> tuple[str, ...]:
        """Return the members of the first pair ("the two sides") in a stretch of tokens."""


def with_counted(names: Names, heads: Iterable[Token | None]) -> Found | None:
    """Return each pair of "Peru and three African states raised their ties"; None for no such.

    "Peru and the African Union", "Peru and the ten ASEAN states", "Peru and two ministers of Chad"
    are none.

    Args:
        heads: the first of those listed: the subject, and what "between" leads to.
    """
    for head in map(_each_of, filter(None, heads)):
        both = (head, *head.conjuncts)
        told = ((one, _counted(one) or _naming(names, one)) for one in both)
        noun, counted = next((pair for pair in told if pair[1] is not None), (None, None))
        if noun is None or counted is None or len(both) != len(("one", "others")):
            continue
        if _is_of_body(names.scene, counted):
            continue
        other = both[0] if noun == both[1] else both[1]
        end = min(other.right_edge.i + 1, noun.left_edge.i if noun.i > other.i else len(noun.doc))
        own = names.codes(other.left_edge.i, end)
        if len(own) == 1:
            members = _own_names(names, counted) or _named(names, counted, set(own))
            return [frozenset({*own, code}) for code in members], 0.85 if members else 0.0
    return None


def each_counted(names: Names, prep: Token, own: Collection[str]) -> list[str]:
    """Return those of "opened ties with the five states", which a sentence near by names.

    So of "with seven states", of so many that no other sentence names just so many by chance.

    Args:
        own: who opened ties with them.
    """
    return next((c for noun in prep.children if (c := states_meant(names, noun, own))), [])


def states_meant(names: Names, noun: Token, own: Collection[str]) -> list[str]:
    """Return those of "the five states", "both states", told of near by, none of `own`."""
    counted = _counted(noun)
    if counted != noun:
        return _both_meant(names, noun, own)
    definite = any(c.lower_ == "the" for c in noun.children)
    sure = definite or _count(noun) >= _MANY
    return _named(names, noun, set(own)) if sure and not _is_of_body(names.scene, noun) else []


def _both_meant(names: Names, noun: Token, own: Collection[str]) -> list[str]:
    """Return both of "Peru opened ties with the two states", of which Peru is none."""
    many = noun.tag_ == "NNS" and noun.lemma_.lower() in words("many_parties")
    told = any(c.lower_ == "both" or number_of(c) == _PAIR for c in noun.children)
    if not many or not told or not own:
        return []
    scene, number = names.scene, names.scene.sentence_of[noun.i]
    before = (scene.beside(number, step=-back) for back in range(_NEAR_PAIR + 1))
    ranges = ((s.start, min(s.end, noun.left_edge.i)) for s in before if s is not None)
    listed = (_listed(names, start, end, _PAIR, set(own)) for start, end in ranges)
    found = next(filter(None, listed), None) or names.group(noun.left_edge.i, noun.i + 1)
    return list(found) if len(found) == _PAIR and not set(found) & set(own) else []


def _listed(names: Names, start: int, end: int, count: int, own: set[str]) -> list[str]:
    """Return just so many that a stretch of tokens names in one list, without those of `own`."""
    at = start
    while at < end:
        found = names.listed_from(at)
        if len(found) == count and not own & found.keys() and all(map(is_country, found)):
            return list(found)
        at = max([at, *found.values()]) + 1
    return []


def _each_of(noun: Token) -> Token:
    """Return the "states" of "between each of the three states and Peru"."""
    return next(iter(prep_objects(noun, "of")), noun) if noun.lower_ == "each" else noun


def _naming(names: Names, noun: Token) -> Token | None:
    """Return the "states" of "the Gulf states of Oman and Kuwait", which names them itself."""
    return noun if len(_own_names(names, noun)) > 1 else None


def _own_names(names: Names, noun: Token) -> list[str]:
    """Return the states that a plural names right behind it ("states of Peru and Chad").

    Also those of "the Baltic states".
    """
    group = of_group(noun)
    if group:
        return group
    if noun.tag_ != "NNS" or noun.lemma_.lower() not in words("many_parties"):
        return []
    behind = noun.doc[noun.i + 1 : noun.i + 2]
    opens = behind.text in _OPENS_NAMES
    return list(filter(is_country, names.listed_from(noun.i + 2))) if opens else []


def _counted(noun: Token) -> Token | None:
    """Return the "states" of "three states", "three states' leaders", which names none of them."""
    owners = (c for c in noun.children if c.dep_ == "poss")
    for states in (noun, *owners):
        many = states.tag_ == "NNS" and states.lemma_.lower() in words("many_parties")
        if many and _count(states) >= _LEAST:
            return states
    return None


def _is_of_body(scene: Scene, states: Token) -> bool:
    """Tell "the ten ASEAN states", for which the body stands."""
    inside = range(states.left_edge.i, states.i)
    return any(r.kind == "organization" for i in inside for r in scene.at(i))


def _count(noun: Token) -> int:
    told = (number_of(child) for child in noun.children if child.dep_ == "nummod")
    return next(filter(None, told), 0)


def _named(names: Names, counted: Token, own: set[str]) -> list[str]:
    """Return the states of the nearest sentence that names just so many beside the one."""
    scene, number = names.scene, names.scene.sentence_of[counted.i]
    definite = any(c.lower_ in words("definite") for c in counted.children)
    first = max(0, number - (_FAR if definite else _NEAR))
    near = range(first, min(len(scene.sentences), number + _NEAR + 1))
    for at in sorted(near, key=lambda n: (abs(n - number), n)):
        sentence = scene.sentences[at]
        found = [c for c in names.codes(sentence.start, sentence.end) if is_country(c)]
        others = [code for code in found if code not in own]
        if len(others) == _count(counted):
            return others
        listed = _listed(names, sentence.start, sentence.end, _count(counted), own)
        if listed:
            return listed
    return []


__all__ = ["each_counted", "states_meant", "with_counted"]
