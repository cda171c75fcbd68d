"""Who and what stands where in one article: what context is read from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from models.entity import NAME_FORMS
from pipeline.asides import telling_sentences
from pipeline.reference.places import seat_of
from pipeline.stages.entities.countries.foreign_marks import foreign_marks
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan

#: How many sentences before a delegation or a host its leader or place may be told of.
LOOK_BACK = 3


@dataclass(frozen=True)
class Unit:
    """A name with the offices beside it, from token `start` to `end` (exclusive)."""

    start: int
    end: int
    name: NameSpan
    person: Person


class Ground:
    """Finds units, offices, parties and places of one Doc by where they stand."""

    def __init__(
        self,
        doc: Doc,
        persons: Sequence[Person],
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self.doc = doc
        self.units = sorted(
            (_unit(name, person) for person in persons for name in person.spans),
            key=lambda unit: unit.start,
        )
        self.starts = [unit.start for unit in self.units]
        self.ending = {unit.name.end: unit for unit in self.units}
        #: Countries and classes by person, worked out once: a person may have many mentions.
        self.countries = {id(person): person.country for person in persons}
        self.kinds = {id(person): person.kinds for person in persons}
        self.offices = sorted(offices, key=lambda office: office.head_start)
        self.heads = [office.head_start for office in self.offices]
        self.owners = sorted((p.start, p.code) for p in parties if p.form in NAME_FORMS)
        self.bodies = sorted((p.start, p.code) for p in parties if p.acts and not p.is_country)
        named = [(p.start, p.code) for p in parties if p.is_country or p.acts]
        self.named = sorted([*named, *((p.start, p.country) for p in places)])
        self.states = sorted((p.start, p.code) for p in parties if p.is_country)
        #: Where countries are named by which only something foreign is told.
        self.marks = foreign_marks(doc, parties, places)
        #: Countries by name, adjective or place.
        self.lands = sorted([*self.states, *((p.start, p.country) for p in places)])
        #: Places, and countries that are named as places are.
        names = ((p.start, p.code) for p in parties if p.is_country and p.form == "name")
        self.sites = sorted([*names, *((p.start, p.country) for p in places)])
        self.places = sorted((place.start, place.country) for place in places)
        #: Where the towns and regions stand that are not the capital of their land.
        self.inner = {p.start for p in places if p.city is None or p.city != seat_of(p.country)}
        #: Without the line breaks that spaCy takes for sentences, and without asides.
        self.sentences = telling_sentences(doc) or list(doc.sents)
        self.sentence_starts = [sentence.start for sentence in self.sentences]

    def country(self, unit: Unit) -> str | None:
        """Return the country of a unit's person as far as it is known."""
        return self.countries[id(unit.person)]

    def between(self, start: int, end: int) -> Sequence[Unit]:
        """Return the units that begin from token `start` to `end` (exclusive)."""
        return self.units[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that token `at` is of."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence_start(self, at: int, *, back: int = 0) -> int:
        """Return where the sentence of token `at`, or one so many before it, begins."""
        return self.sentences[max(0, self.sentence(at) - back)].start

    def sentence_end(self, at: int) -> int:
        """Return where the sentence of token `at` ends (exclusive)."""
        return self.sentences[self.sentence(at)].end

    def last_before(self, told: Sequence[tuple[int, str]], at: int, *, first: int) -> str | None:
        """Return the code told last before token `at`, not before token `first`."""
        i = bisect_left(told, (at, "")) - 1
        return told[i][1] if i >= 0 and told[i][0] >= first else None


def _unit(name: NameSpan, person: Person) -> Unit:
    beside = [office for office in name.offices if not office.plural]
    start = min([name.start, *(office.start for office in beside)])
    end = max([name.end, *(office.end for office in beside)])
    return Unit(start, end, name, person)


__all__ = ["LOOK_BACK", "Ground", "Unit"]
