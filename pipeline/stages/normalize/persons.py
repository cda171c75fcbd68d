"""Which persons of many articles are one.

Names of two words and more are brought together first, the surest likeness before the others;
a surname then joins the one fuller name that its country and office leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.memo import Memo
from pipeline.reference.fold import fold
from pipeline.stages.normalize.alike import Pair, alike_again, homes_clash, is_exact, same_home
from pipeline.stages.normalize.names import Likeness, likeness, skeleton, surname_of, words_of
from pipeline.stages.normalize.roots import root_of
from pipeline.stages.normalize.sightings import Person, Sighting
from pipeline.stages.normalize.tables import word_set

#: A surname of another article joins a name attested at most so many years away.
YEARS_APART = 4

#: Folded name and country of a whole name, or the key of a known leader.
WholeKey = tuple[str, str, str]


def gather_persons(sightings: Iterable[Sighting], *, memo: Memo) -> list[Person]:
    """Return the persons, each with all sightings of them, whatever the order of these.

    Args:
        memo: what was found of persons before.
    """
    ordered = sorted(sightings, key=lambda seen: (seen.entity_id, seen.source.article_id))
    whole: dict[WholeKey, Person] = {}
    single: list[Sighting] = []
    for seen in ordered:
        if is_surname(seen):
            single.append(seen)
            continue
        whole.setdefault(whole_key(seen), Person()).add(seen)
    named = [whole[key] for key in sorted(whole)]
    persons = join_alike(named, alike_again(named, memo=memo))
    return [*persons, *place_surnames(persons, single)]


def is_surname(seen: Sighting) -> bool:
    """Tell whether a sighting gives a surname alone, of nobody who is known by it."""
    return surname_of(seen.name, seen.country) is not None and not seen.leader


def whole_key(seen: Sighting) -> WholeKey:
    """Return what sightings by a whole name are one by, before names are held against others."""
    if seen.leader:
        return "", "", seen.leader
    return fold(seen.name), seen.country or "", ""


def join_alike(persons: list[Person], found: Mapping[Pair, Likeness]) -> list[Person]:
    """Bring together persons with names that are alike, the likest first.

    Args:
        found: the pairs with like names.
    """
    home = {index: index for index in range(len(persons))}
    for kind, one, other in _links(persons, found):
        first, second = sorted((root_of(home, one), root_of(home, other)))
        if first != second and _may_join(persons[first], persons[second], kind):
            if len(persons[second].sightings) > len(persons[first].sightings):
                persons[first], persons[second] = persons[second], persons[first]
            persons[first].absorb(persons[second])
            home[second] = first
    return [person for index, person in enumerate(persons) if root_of(home, index) == index]


def _links(
    persons: Sequence[Person], found: Mapping[Pair, Likeness]
) -> list[tuple[Likeness, int, int]]:
    """Return the pairs with like names, the surest first; a short name that fits two has none."""
    vague = _ambiguous(persons, found)
    return sorted((kind, *pair) for pair, kind in found.items() if pair not in vague)


def _ambiguous(persons: Sequence[Person], found: Mapping[Pair, Likeness]) -> set[Pair]:
    """Return the pairs in which one side may be either of two persons that are not one."""
    partners: dict[int, list[int]] = defaultdict(list)
    for (one, other), kind in found.items():
        weak = kind >= Likeness.FULLER or not same_home(persons[one], persons[other])
        if weak:
            partners[one].append(other)
            partners[other].append(one)
    return {
        (min(index, partner), max(index, partner))
        for index, others in partners.items()
        for one, other in combinations(sorted(others), 2)
        if not _may_join(persons[one], persons[other], Likeness.FULLER)
        for partner in (one, other)
    }


def _may_join(one: Person, other: Person, kind: Likeness) -> bool:
    """Tell whether nothing known of two persons contradicts their being one."""
    if homes_clash(one, other) or (one.leaders and other.leaders and one.leaders != other.leaders):
        return False
    # Its own stage saw both names in one article, and did not take them for one.
    if kind is not Likeness.SAME and not one.articles.isdisjoint(other.articles):
        return False
    exact = is_exact(one) or is_exact(other)
    alike = (
        likeness(first, second, exact=exact) is not None
        for first in one.names
        for second in other.names
    )
    # A known leader's names are known to be one person's, like one another or not.
    return any(alike) if one.leaders or other.leaders else all(alike)


def place_surnames(persons: Sequence[Person], single: Sequence[Sighting]) -> Iterator[Person]:
    """Join surnames to the fuller name meant; yield the persons of whom no more is known."""
    by_word: dict[tuple[str, str], list[Person]] = defaultdict(list)
    sought = {seen.country or "" for seen in single}
    for person in persons:
        homes = homes_of(person) & sought
        words = {word for name in person.names for word in words_of(name)} if homes else ()
        for key in {surname_key(word, home) for word in words for home in homes}:
            by_word[key].append(person)
    rest: dict[tuple[str, str, str], Person] = {}
    joined: list[tuple[Person, Sighting]] = []
    for seen in single:
        surname = surname_of(seen.name, seen.country) or ""
        key = surname_key(surname, seen.country or "")
        fitting = [person for person in by_word.get(key, ()) if _holds(person, seen)]
        if len(fitting) == 1 and seen.mentioned_in not in fitting[0].articles:
            joined.append((fitting[0], seen))
            continue
        known = seen.country and seen.kinds and not fitting
        apart = min(seen.kinds) if known else seen.entity_id
        rest.setdefault((*key, apart), Person()).add(seen)
    for person, seen in joined:
        person.add(seen)
    for _, person in sorted(rest.items()):
        yield from _by_time(person)


def surname_key(word: str, home: str) -> tuple[str, str]:
    """Return what a surname and the names that it may be short for share."""
    return (word if home in word_set("spelled_one_way") else skeleton(word)), home


def homes_of(person: Person) -> set[str]:
    """Return the countries and organizations that a person is of."""
    return person.countries | person.bodies


def _holds(person: Person, seen: Sighting) -> bool:
    """Tell whether a person has the office of a surname, about the time of its article."""
    if not person.kinds & seen.kinds:
        return False
    year = seen.year
    if year is None or not person.years:
        return True
    return min(person.years) - YEARS_APART <= year <= max(person.years) + YEARS_APART


def _by_time(person: Person) -> Iterator[Person]:
    """Part sightings of a surname that are many years apart: an office has other holders."""
    current, last = Person(), None
    for seen in sorted(person.sightings, key=lambda s: (s.year or 0, s.entity_id)):
        if last is not None and seen.year is not None and seen.year - last > YEARS_APART:
            yield current
            current = Person()
        current.add(seen)
        last = seen.year
    yield current


__all__ = [
    "gather_persons",
    "homes_of",
    "is_surname",
    "join_alike",
    "place_surnames",
    "surname_key",
    "whole_key",
]
