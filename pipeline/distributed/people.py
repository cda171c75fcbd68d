"""Persons of all articles, brought together by blocks.

The names that share a blocking key are held against each other in one block; those that are linked,
however far apart, are joined in one; a surname meets the fuller names of its country in one. What
comes out is what `gather_persons` makes of all sightings at once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from models import Entity, Record
from pipeline.distributed.keyed import Keyed, Known, dumped, joined, of_kind
from pipeline.reference.fold import fold
from pipeline.stages.normalize.alike import alike, likeness_of
from pipeline.stages.normalize.entities import OtherKey, other_key
from pipeline.stages.normalize.ids import content_id
from pipeline.stages.normalize.names import blocking_keys, surname_of, words_of
from pipeline.stages.normalize.people import content_of, merged_entity
from pipeline.stages.normalize.persons import (
    homes_of,
    is_surname,
    join_alike,
    place_surnames,
    surname_key,
    whole_key,
)
from pipeline.stages.normalize.rows import EntityRow
from pipeline.stages.normalize.sightings import Person, Sighting, sighting_of

#: What a key of the first round is of: a blocking key of names, or a form of an organization.
_NAME, _FORM = "n", "o"
#: Fields of a person that hold sets of plain values.
_SETS = ("names", "countries", "bodies", "leaders", "kinds", "articles", "years")


class SeenRow(Record):
    """A person as one article tells of them, and the block of the article."""

    block: str
    row: EntityRow


def told_people(block: str, rows: Iterable[EntityRow]) -> Iterator[Keyed]:
    """Yield what the rounds below need of the entities of a block of articles."""
    wholes: dict[str, Person] = {}
    forms: dict[OtherKey, set[str]] = defaultdict(set)
    for row in rows:
        entity = row.entity
        if entity.kind == "organization":
            forms[other_key(entity)] |= {fold(alias) for alias in entity.aliases}
        if entity.kind != "person":
            continue
        seen = sighting_of(entity, row.source, number=0)
        slim = entity.model_copy(update={"mentions": entity.mentions[:1]})
        body = SeenRow(block=block, row=row.model_copy(update={"entity": slim})).model_dump_json()
        if is_surname(seen):
            surname = surname_of(seen.name, seen.country) or ""
            yield Keyed("single", joined(*surname_key(surname, seen.country or "")), body)
        else:
            whole = joined(*whole_key(seen))
            wholes.setdefault(whole, Person()).add(seen)
            yield Keyed("whole", whole, body)
    yield from _names(wholes)
    yield from _forms(forms)


def _names(wholes: dict[str, Person]) -> Iterator[Keyed]:
    for whole, person in wholes.items():
        told = {"articles": (), "years": ()}  # no likeness is told by them
        body = dumped([whole, _summary(person) | told])
        for key in {key for name in person.names for key in blocking_keys(name)}:
            yield Keyed("name", joined(_NAME, *key), body)


def _forms(forms: dict[OtherKey, set[str]]) -> Iterator[Keyed]:
    for key, aliases in forms.items():
        _, name, country = key
        yield Keyed("self", joined(_FORM, name, country), dumped(key))
        for form in aliases:
            yield Keyed("owner", joined(_FORM, form, country), dumped(key))


def link(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Link the names of a blocking key that may be one person's, or an abbreviation to its owner.

    Yields `link`s, all of one key, and `longer` forms.
    """
    if key.startswith(_FORM):
        yield from _longer(rows)
        return
    persons: dict[str, Person] = {}
    for body in of_kind(rows, "name"):
        whole, told = json.loads(body)
        _add(persons.setdefault(whole, Person()), told)
    for one, other in combinations(sorted(persons), 2):
        if likeness_of(persons[one], persons[other]) is not None:
            yield Keyed("link", "", dumped([one, other]))


def _longer(rows: Sequence[Keyed]) -> Iterator[Keyed]:
    for body in sorted(set(of_kind(rows, "self"))):
        kind, name, country = json.loads(body)
        whole = set(of_kind(rows, "owner")) - {body}
        if len(whole) == 1 and " " not in name:
            yield Keyed("longer", "", dumped([[kind, name, country], json.loads(whole.pop())]))


def components(links: Iterable[str]) -> Iterator[Keyed]:
    """Yield the `home` of each name that is linked: the first of all names that links lead to."""
    first: dict[str, str] = {}

    def root(whole: str) -> str:
        while first.setdefault(whole, whole) != whole:
            first[whole] = first[first[whole]]
            whole = first[whole]
        return whole

    for body in links:
        one, other = sorted(map(root, json.loads(body)))
        first[other] = one
    for whole in list(first):
        yield Keyed("home", whole, root(whole))


def house(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Bring the sightings of a name to the names that it is linked to, as `member`s."""
    home = next(iter(of_kind(rows, "home")), key)
    for body in of_kind(rows, "whole"):
        yield Keyed("member", home, body)


def join(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Join linked names to persons: the sightings of each as its `own`, and its `fuller` name."""
    seen = _sightings(of_kind(rows, "member"))
    wholes: dict[tuple[str, str, str], Person] = {}
    for sighting in sorted(seen, key=lambda seen: (seen.entity_id, seen.source.article_id)):
        wholes.setdefault(whole_key(sighting), Person()).add(sighting)
    named = [wholes[whole] for whole in sorted(wholes)]
    bodies = of_kind(rows, "member")
    for number, person in enumerate(join_alike(named, alike(named))):
        made = joined(key, f"#{number}")
        for sighting in person.sightings:
            yield Keyed("own", made, bodies[sighting.number])
        words = {word for name in person.names for word in words_of(name)}
        body = dumped([made, _summary(person)])
        for surname in {surname_key(w, home) for w in words for home in homes_of(person)}:
            yield Keyed("fuller", joined(*surname), body)


def place(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Give the sightings of a surname to the fuller name meant, or to persons of their own."""
    bodies = of_kind(rows, "single")
    if not bodies:
        return
    persons: dict[str, Person] = {}
    for body in of_kind(rows, "fuller"):
        made, told = json.loads(body)
        _add(persons.setdefault(made, Person()), told)
    single = sorted(_sightings(bodies), key=lambda seen: (seen.entity_id, seen.source.article_id))
    rest = list(place_surnames([persons[made] for made in sorted(persons)], single))
    for number, person in enumerate(rest):
        persons[joined(key, f"~{number}")] = person
    for made, person in persons.items():
        for sighting in person.sightings:
            yield Keyed("own", made, bodies[sighting.number])


def describe(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Make one entity of a person's sightings, still without an id: a `draft`."""
    told = [SeenRow.model_validate_json(body) for body in of_kind(rows, "own")]
    person = Person()
    seen = sorted(
        (sighting_of(one.row.entity, one.row.source, number=n) for n, one in enumerate(told)),
        key=lambda seen: seen.key,
    )
    for sighting in seen:
        person.add(sighting)
    refs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in told:
        refs[one.block].append((one.row.article_id, one.row.entity.id))
    content = content_of(person, seen)
    body = {
        "place": joined(*seen[0].key),
        "leaders": sorted(person.leaders),
        "refs": {block: sorted(refs[block]) for block in sorted(refs)},
        "entity": merged_entity("", "person", seen),
    }
    yield Keyed("draft", joined(*content), dumped(body))


def name(key: str, rows: Sequence[Keyed], known: Known) -> Iterator[Keyed]:  # noqa: ARG001
    """Give ids to the persons of one content: the first by it alone, the others with their place.

    Yields each as the `head` of its entity, as a `leader`, and as `met` in each block of articles.
    """
    drafts = sorted((json.loads(body) for body in of_kind(rows, "draft")), key=_place)
    content = key.split("\0")
    for number, draft in enumerate(drafts):
        made = content_id("person", *content, *([draft["place"]] if number else []))
        entity = Entity.model_validate(draft["entity"] | {"id": made})
        yield Keyed("head", entity_key("person", made), entity.model_dump_json())
        slim = entity.model_copy(update={"aliases": ()})
        for leader in draft["leaders"]:
            yield Keyed("leader", leader, slim.model_dump_json())
        for block, refs in draft["refs"].items():
            yield Keyed("met", block, dumped([slim, refs]))


def entity_key(*parts: str) -> str:
    """Return the key of all that is told of one entity."""
    return joined("e", *parts)


def _place(draft: dict[str, Any]) -> str:
    return str(draft["place"])


def _sightings(bodies: Iterable[str]) -> list[Sighting]:
    """Return sightings, numbered as they come."""
    rows = (SeenRow.model_validate_json(body).row for body in bodies)
    return [sighting_of(row.entity, row.source, number=n) for n, row in enumerate(rows)]


def _summary(person: Person) -> dict[str, object]:
    return {name: sorted(getattr(person, name)) for name in _SETS}


def _add(person: Person, told: dict[str, list[Any]]) -> None:
    for field in _SETS:
        getattr(person, field).update(told[field])


__all__ = [
    "components",
    "describe",
    "entity_key",
    "house",
    "join",
    "link",
    "name",
    "place",
    "told_people",
]
