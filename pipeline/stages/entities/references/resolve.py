"""References: who "Lam", "the ambassador", "he" and "the two sides" are, within one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.reference.countries import country_name
from pipeline.stages.entities.offices.portfolios import single_offices
from pipeline.stages.entities.references.descriptions import Descriptions
from pipeline.stages.entities.references.group_references import GroupReferences
from pipeline.stages.entities.references.pronouns import PronounReferences
from pipeline.stages.entities.spans import NameSpan, OfficeSpan

#: How far from a name its title may stand, in tokens.
TITLE_REACH = 40

#: What a title's reference has of its own.
_PLACE = frozenset({"article_id", "start", "end", "text", "form"})
#: Where a reference stands, its rank among those that stand there, and what makes it.
Event = tuple[int, int, Callable[[], Reference | None]]


class Resolver(PronounReferences, Descriptions, GroupReferences):
    """Makes the references of one article, in text order."""

    def resolve(self) -> list[Reference]:
        """Return all references, sorted by place."""
        found = [*self._party_references(), *self._place_references()]
        # In text order, for each may mean one that stands before it.
        events = sorted(self._events(), key=lambda event: event[:2])
        found += self._made(e for e in events if not any(e[0] in told for told in self.apart))
        for told in self.apart:
            self.actors, self.mentions, self.told = [], Counter(), Counter()
            found += self._made(event for event in events if event[0] in told)
        found += self._title_references()
        return sorted(found, key=lambda ref: (ref.start, ref.end, ref.kind))

    def _made(self, events: Iterable[Event]) -> Iterator[Reference]:
        for at, _, make in events:
            reference = make()
            if reference is not None:
                yield reference
                self._note(at, reference)

    def _events(self) -> Iterator[Event]:
        for person in self.persons:
            for span in person.spans:
                yield span.start, 0, partial(self._person, person, span)
        groups = list(self._group_spans())
        grouped = {i for start, end, _ in groups for i in range(start, end)}
        attached = {id(office) for person in self.persons for office in person.offices}
        for office in self.offices:
            if id(office) in attached or office.start in grouped:
                continue
            for name in office.holders:
                yield office.start, 1, partial(self._held_by, office, name)
            if not office.holders:
                for one in single_offices(self.doc, office) or (office,):
                    yield office.start, 1, partial(self._office, one)
        for token in self._pronoun_tokens():
            yield token.i, 2, partial(self._pronoun, token)
        yield from self._description_events()
        for start, end, refers in groups:
            yield start, 3, partial(self._group, start, end, refers)

    def _note(self, at: int, reference: Reference) -> None:
        """Note an actor told of at token `at`, for the references that follow."""
        if reference.kind not in PERSONAL_KINDS or not reference.actor:
            return
        self.actors.append((at, reference))
        self.mentions[reference.actor] += 1
        if reference.country:
            self._code(at, reference.country)

    def _title_references(self) -> Iterator[Reference]:
        """Yield the titles beside names as references to the persons that bear them."""
        for person in self.persons:
            for span in person.spans:
                for office in span.offices:
                    if _is_beside(office, span):
                        fields = self._person(person, span).model_dump(exclude=set(_PLACE))
                        yield self._make(
                            office.head_start, office.head_end, **fields, form="office"
                        )

    def _party_references(self) -> Iterator[Reference]:
        for party in self.parties:
            form = {"former": "name", "abbreviation": "name", "head": "name"}.get(
                party.form, party.form
            )
            yield self._make(
                party.start,
                party.end,
                kind="country" if party.is_country else "organization",
                form=form,
                entity_id=self.ids.get(("party", party.code)),
                actor=party.code,
                name=country_name(party.code),
                country=party.code if party.acts else None,
            )

    def _place_references(self) -> Iterator[Reference]:
        for place in self.places:
            yield self._make(
                place.start,
                place.end,
                kind="place",
                form="name",
                entity_id=self.ids.get(("place", f"{place.name}-{place.country}")),
                name=place.name,
                country=place.country,
                place=place.city,
            )


def _is_beside(office: OfficeSpan, name: NameSpan) -> bool:
    apart = office.end <= name.start or office.start >= name.end
    return apart and not office.plural and abs(office.end - name.start) < TITLE_REACH


__all__ = ["Resolver"]
