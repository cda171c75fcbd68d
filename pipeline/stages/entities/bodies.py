"""Organizations beside the parties: agencies, ministries, firms, with their abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline.lexicon import Row, load_table
from pipeline.reference.fold import fold
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan
from pipeline.stages.entities.tables import PACKAGE

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z&.-]{1,11}")


class NotBody(Row):
    """A capitalized phrase that models take for an organization and that is none."""

    word: str


@dataclass
class Body:
    """An organization of one article."""

    name: str
    country: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)


def find_bodies(
    doc: Doc,
    parties: Sequence[PartySpan],
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
) -> Iterator[Body]:
    """Yield the organizations that are no parties, each with its abbreviation's mentions.

    "Small and Medium Business Development Agency (KOBIA)" is one with an alias; a "Strategic
    Partnership" is none.
    """
    whole = {(party.start, party.end) for party in parties}
    taken = {i for name in names for i in range(name.start, name.end)}
    taken |= {i for office in offices for i in range(office.head_start, office.head_end)}
    countries = {party.start: party.code for party in parties if party.is_country}
    bodies: dict[str, Body] = {}
    abbreviations: dict[str, Body] = {}
    for start, end in _stretches(doc):
        if (start, end) in whole or any(i in taken for i in range(start, end)):
            continue
        name = " ".join(doc[start:end].text.split())
        body = abbreviations.get(name) or bodies.setdefault(fold(name), Body(name))
        body.spans.append((start, end))
        named = (countries[i] for i in range(start, end) if i in countries)
        body.country = body.country or next(named, None)
        short = _bracketed(doc, end)
        if short:
            abbreviations[short] = body
    yield from sorted(bodies.values(), key=lambda body: body.spans[0])


def _stretches(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield what the model marks as organizations and may be one, without the article."""
    barred = {row.word for row in load_table(PACKAGE, "not_bodies.csv", NotBody)}
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start = ent.start + (doc[ent.start].lower_ in {"the", "a", "an"})
        named = doc[start : ent.end].text.lstrip()[:1].isupper()
        if named and not barred & {token.lower_ for token in doc[start : ent.end]}:
            yield start, ent.end


def _bracketed(doc: Doc, end: int) -> str | None:
    """Return the abbreviation in brackets behind token `end`, if there is one."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        text = doc[end + 1].text
        if _ABBREVIATION.fullmatch(text) and sum(c.isupper() for c in text) >= 2:
            return text
    return None


__all__ = ["Body", "find_bodies"]
