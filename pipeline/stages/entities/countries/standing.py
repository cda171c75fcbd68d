"""Persons who stand for a country though nothing says by what office: "Italy's X" at a summit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Span

from models.entity import NAME_FORMS
from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import word_set


def assign_standing(doc: Doc, persons: Sequence[Person], parties: Sequence[PartySpan]) -> None:
    """Note who is but called their country's in an article about states.

    "Talks between Egypt's Hamid Sabri and Turkey's Cem Toprak" fires; "Spain's Rafa Moya won the
    match in Lima" and "Czech forward Tomas Wilk" do not.
    """
    owners = {party.end: party for party in parties if party.form in NAME_FORMS}
    lands = {party.start: party for party in parties if party.form == "name"}
    called = [person for person in persons if _may_stand(person)]
    of_state, apart = _told(doc) if called else (0, 0)
    if of_state < apart:
        return
    for person in called:
        told = [n for n in person.spans if _is_owned(doc, n, person.country, owners)]
        if of_state:  # "Novak Petrovic of Serbia" alone may be anybody
            told += [n for n in person.spans if _is_of(doc, n, person.country, lands)]
        person.stands = bool(told) and not any(_is_apart(doc[n.start].sent) for n in told)


def _may_stand(person: Person) -> bool:
    """Tell whether the text gives a country for a person and nothing else."""
    known = person.offices or person.leader or person.guessed or person.is_relative
    return not known and is_country(person.country or "")


def _is_owned(doc: Doc, name: NameSpan, code: str | None, owners: Mapping[int, PartySpan]) -> bool:
    """Tell "Italy's Tomasz Wilk" from "the Italian forward Tomasz Wilk"."""
    before = owners.get(name.start - 1) if doc[name.start - 1].text in GENITIVES else None
    return before is not None and before.code == code


def _is_of(doc: Doc, name: NameSpan, code: str | None, lands: Mapping[int, PartySpan]) -> bool:
    """Tell "Tomasz Wilk of Italy", "Tomasz Wilk of the Netherlands"."""
    at = name.end + 1 + (word_at(doc, name.end + 1) == "the")
    behind = lands.get(at) if word_at(doc, name.end) == "of" else None
    return behind is not None and behind.code == code


def _is_apart(sentence: Span) -> bool:
    """Tell a sentence of sport, art, business or crime, where athletes are called so too."""
    return any({t.lemma_.lower(), t.lower_} & word_set("private_matter") for t in sentence)


def _told(doc: Doc) -> tuple[int, int]:
    """Return how many words of an article are of states, and how many of such matters."""
    counts = Counter(token.lemma_.lower() for token in doc)
    of_state = sum(counts[word] for word in word_set("matter_of_state"))
    return of_state, sum(counts[word] for word in word_set("private_matter"))


__all__ = ["assign_standing"]
