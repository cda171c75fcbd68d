"""Paragraphs whose "he" and "the minister" are nobody told of in the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from models.entity import NAME_FORMS
from pipeline.matters.page_lines import page_lines
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.interludes import Mark, interludes
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan


def find_interludes(
    doc: Doc,
    text: str,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> Sequence[range]:
    """Return the tokens of the paragraphs that tell stories of their own, and of a page's lines.

    References are not made yet: a person counts by the spans that name him.
    """
    marks = [*_of_persons(persons), *_of_lands(persons, offices, parties, places)]
    own = page_lines(doc, text)
    found = [
        told
        for told in interludes(doc, text, sorted(marks), range(len(doc)))
        if not any(told.start <= line.start < told.stop for line in own)
    ]
    return sorted([*found, *own], key=lambda told: told.start)


def _of_persons(persons: Sequence[Person]) -> Iterator[Mark]:
    for person in persons:
        country, guessed = person.country, person.guessed
        sure = country is not None and not guessed
        words = len(person.name.split())
        held = dict.fromkeys(office.form.office for office in person.offices)
        for span in person.spans:
            whole = len(span.text.split()) == words and bool(held)
            yield Mark(span.start, span.end, f"person-{person.number}", brings_in=sure and whole)
            if country is not None:
                yield Mark(span.start, span.end, country, stands_for=guessed)
            for office in held:
                yield Mark(span.start, span.end, office, stands_for=True)


def _of_lands(
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> Iterator[Mark]:
    held = {id(office) for person in persons for office in person.offices}
    for office in offices:
        # "The president" may be any who is told to be one, "President X" is not.
        key = office.country or (None if id(office) in held else office.form.office)
        if key is not None:
            yield Mark(office.head_start, office.head_end, key)
    for party in parties:
        by_name = party.is_country and party.form in NAME_FORMS
        yield Mark(party.start, party.end, party.code, is_place=by_name)
    for place in places:
        yield Mark(place.start, place.end, place.country, is_place=True)


__all__ = ["find_interludes"]
