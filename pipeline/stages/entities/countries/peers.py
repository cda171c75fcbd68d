"""Officials whom nothing but their counterpart of another country tells to be such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.labels import SUBJECTS
from pipeline.signs import GENITIVES
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import word_set

_OBJECTS = frozenset({"dobj", "pobj"})


def name_peers(
    doc: Doc,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
) -> None:
    """Give who has a foreign counterpart the same office, and another country.

    "Mr. Hadley and his North Korean counterpart" and "Hartley met his Chinese counterpart" fire;
    "the singer and her Chinese counterpart", "Tesla's Hartley and his counterpart" do not.
    """
    ends = {span.end: person for person in persons for span in person.spans}
    inside = {
        i: person
        for person in persons
        for span in person.spans
        for i in range(span.start, span.end)
    }
    for office in offices:
        owned = office.determiner in word_set("possessive_person")
        if office.kind != "counterpart" or office.plural or not owned or not office.country:
            continue
        person = _joined(doc, ends, office) or _subject(doc, inside, office)
        if person is None or person.offices or person.country:
            continue
        person.offices.append(replace(office, title="counterpart", country=None, determiner=None))
        person.foreign_to = office.country
        if (code := _most_named(parties, office.country)) is not None:
            person.countries.append(code)


def give_peers_lands(persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give a counterpart the land whose holder of that office is told of without a name.

    "Slovenian president in Cyprus⏎President A met his counterpart, B" tells B's; where holders of
    several lands are told of, none.
    """
    taken = {office.head_start for person in persons for office in person.offices}
    spans = sorted(((p.spans[0].start, p) for p in persons), key=lambda told: told[0])
    for start, person in spans:
        peer = {office.kind for office in person.offices} == {"counterpart"}
        if not peer or person.country is not None:
            continue
        before = [p for at, p in spans if at < start and p.kinds]
        kinds = before[-1].kinds if before else frozenset()
        alike = (o for o in offices if o.kind in kinds and o.head_start not in taken)
        lands = {o.country for o in alike if o.country and not o.plural}
        others = lands - {before[-1].country if before else None}
        if len(others) == 1:
            person.countries.append(others.pop() or "")


def _most_named(parties: Sequence[PartySpan], other: str) -> str | None:
    """Return the country that the text names most beside another, None where two are equal."""
    named = Counter(party.code for party in parties if party.is_country and party.code != other)
    first, *rest = [*named.most_common(2), (None, 0)]
    return None if rest and rest[0][1] == first[1] else first[0]


def _joined(doc: Doc, ends: Mapping[int, Person], office: OfficeSpan) -> Person | None:
    """Return the X of "X and his Chinese counterpart"."""
    joint = office.start - 1
    if joint < 1 or doc[joint].lower_ != "and":
        return None
    person = ends.get(joint)
    return None if person is None or _is_of_body(doc, person) else person


def _subject(doc: Doc, inside: Mapping[int, Person], office: OfficeSpan) -> Person | None:
    """Return the X of "X met his Chinese counterpart", "X spoke with his Chinese counterpart"."""
    head = doc[office.head_end - 1]
    if head.dep_ not in _OBJECTS:
        return None
    verb = head.head.head if head.dep_ == "pobj" else head.head
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS and c.i < office.start)
    person = next((inside[c.i] for c in subjects if c.i in inside), None)
    return None if person is None or _is_of_body(doc, person) else person


def _is_of_body(doc: Doc, person: Person) -> bool:
    """Tell "Tesla's Hartley", whose counterpart is of another firm."""
    return any(span.start and doc[span.start - 1].text in GENITIVES for span in person.spans)


__all__ = ["give_peers_lands", "name_peers"]
