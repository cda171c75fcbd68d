"""Organizations beside the parties: agencies, ministries, firms, with their abbreviations."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline.labels import VERBS
from pipeline.lexicon import Row, load_table
from pipeline.neighbours import text_at
from pipeline.reference.fold import fold
from pipeline.reference.places import find_place
from pipeline.signs import GENITIVES, STROKES
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import PACKAGE, word_set

#: What is no end of a name, but leads to more of it.
_OPEN = frozenset({"ADP", "CCONJ", "DET"})
_CUT = GENITIVES | STROKES | {","}
#: How many people live in a town at least that is no body's namesake.
_LARGE = 200_000
#: The party and state of a legislator ("R-Mich.").
_SEATED = re.compile(r"[DRI]-[A-Z][A-Za-z.]*")
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
    places: Sequence[PlaceSpan],
) -> Iterator[Body]:
    """Yield the organizations that are no parties, each with its abbreviation's mentions.

    "Small and Medium Business Development Agency (KOBIA)" is one with an alias; a "Strategic
    Partnership" is none, nor is the "KUALA" of a dateline or what a minister is charged with.
    """
    whole = {i for party in parties for i in range(party.start, party.end)}
    whole |= {i for place in places for i in range(place.start, place.end)}
    matters = {i for office in offices for i in _matter(doc, office)}
    taken = {i for name in names for i in range(name.start, name.end)}
    taken |= {i for office in offices for i in range(office.head_start, office.head_end)}
    countries = {party.start: party.code for party in parties if party.is_country}
    countries_at = {i for p in parties if p.is_country for i in range(p.start, p.end)}
    bodies: dict[str, Body] = {}
    abbreviations: dict[str, Body] = {}
    for start, end in _stretches(doc, {party.start: party for party in parties}):
        covered = range(start, end)
        others = (i for i in covered if i not in countries_at)
        styled = all(doc[i].lower_ in word_set("state_style") for i in others)
        known = styled or whole.issuperset(covered) or matters.issuperset(covered)
        if known or not taken.isdisjoint(covered) or _is_town(doc, start, end):
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


def _stretches(doc: Doc, parties: Mapping[int, PartySpan]) -> Iterator[tuple[int, int]]:
    """Yield what the model marks as organizations and may be one, without the article."""
    barred = {row.word for row in load_table(PACKAGE, "not_bodies.csv", NotBody)}
    found = [ent for ent in doc.ents if ent.label_ == "ORG"]
    shorts = {_bracketed(doc, ent.end) for ent in found if _holds(doc, ent.start, ent.end, barred)}
    shorts |= {_bracketed(doc, i + 1) for i in where(doc, frozenset(barred))}
    for ent in found:
        start = ent.start + (doc[ent.start].lower_ in {"the", "a", "an"})
        inner = [t.i for t in doc[start : ent.end] if t.text in {"(", ")"}]
        if inner and doc[inner[0]].text == ")":
            start = inner[0] + 1  # "LPRP) Central Committee"
        opened = inner[-1] if inner and doc[inner[-1]].text == "(" else ent.end
        end = _end(doc, start, max(start + 1, opened), parties)
        text = doc[start:end].text.lstrip()
        if not text[:1].isupper() or text in shorts or _holds(doc, start, end, barred):
            continue
        if text.lower() in word_set("postnominal"):
            continue
        if not _is_plain_word(doc, start, end) and not _SEATED.fullmatch(text):
            yield start, end


def _holds(doc: Doc, start: int, end: int, barred: Container[str]) -> bool:
    return any(token.lower_ in barred for token in doc[start:end])


def _end(doc: Doc, start: int, end: int, parties: Mapping[int, PartySpan]) -> int:
    """Return where "High Command" ends, without the "'s" or "of" at which it is cut.

    With the land behind it where that is told: "the Supreme Court of | the United States met".
    """
    land = parties.get(end + (text_at(doc, end) == "the"))
    if doc[end - 1].lower_ == "of" and end - 1 > start and land is not None and land.is_country:
        return land.end
    owns = end < len(doc) and doc[end].pos_ not in VERBS  # not "Moody's raised the rating"
    while end > start and (
        doc[end - 1].pos_ in _OPEN or doc[end - 1].text in (_CUT if owns else STROKES)
    ):
        end -= 1
    return end


def _is_town(doc: Doc, start: int, end: int) -> bool:
    """Tell the "Valletta" of "told reporters in Valletta", which the model takes for a body."""
    places = find_place(doc[start:end].text)
    return any(p.capital or (p.kind == "city" and p.population >= _LARGE) for p in places)


def _is_plain_word(doc: Doc, start: int, end: int) -> bool:
    """Tell the "Hotels" of "Hotels were full", a word that only opens a sentence."""
    first = doc[start]
    return end - start == 1 and first.is_sent_start is True and first.tag_ == "NNS"


def _matter(doc: Doc, office: OfficeSpan) -> Iterator[int]:
    """Yield the tokens of what a minister is charged with: "for Social Affairs", "Defense".

    Not those of a body of its own: "secretary of the Pontifical Council for Unity".
    """
    if office.form.scope not in NATIONAL:
        return
    stretches = (office.start, office.head_start), (office.head_end, office.end)
    for start, end in stretches:
        if word_set("body_of_matter").isdisjoint(t.lower_ for t in doc[start:end]):
            yield from range(start, end)


def _bracketed(doc: Doc, end: int) -> str | None:
    """Return the abbreviation in brackets behind token `end`, if there is one."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        text = doc[end + 1].text
        if _ABBREVIATION.fullmatch(text) and sum(c.isupper() for c in text) >= 2:
            return text
    return None


__all__ = ["Body", "find_bodies"]
