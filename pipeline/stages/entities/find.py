"""Find persons, countries, organizations and places, and every reference to them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from models import Article, Entity, Record, Span
from pipeline.reference.countries import code_today, country_name
from pipeline.reference.fold import fold
from pipeline.reference.places import find_place, seat_of
from pipeline.signs import APOSTROPHE_S
from pipeline.stage import Case
from pipeline.stages.entities.bodies import Body, find_bodies
from pipeline.stages.entities.countries.home import NATIONAL
from pipeline.stages.entities.countries.home_legs import home_leg_signs
from pipeline.stages.entities.countries.outlet import outlet_signs
from pipeline.stages.entities.names.name_finder import NameFinder
from pipeline.stages.entities.names.name_reach import without_note
from pipeline.stages.entities.offices.administrations import named_by_administration
from pipeline.stages.entities.offices.constituencies import constituency_country
from pipeline.stages.entities.offices.find_offices import find_offices, without_surnames
from pipeline.stages.entities.parties import find_parties
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.persons import gather_persons
from pipeline.stages.entities.places import PlaceFinder
from pipeline.stages.entities.references.resolve import Resolver
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import institution_words, word_set

#: How many words the name of a seat has, the longest first, and how many inhabitants.
_SEAT_LENGTHS = (3, 2, 1)
_SEAT_POPULATION = 100_000
#: How many words of a town's body stand before an office ("Kampala Metropolitan Police").
_TOWN_BODY = 4
_SPACE = re.compile(r"\s+")


def find(case: Case) -> Iterable[Record]:
    """Yield the article's entities, then its references, each in text order.

    Fires on "Azerbaijani President Ilham Aliyev" with a person of AZE; gives no person for
    "Azerbaijani", a ship or an airport.
    """
    article, doc = case.article, case.doc
    parties = _without_nested(list(find_parties(doc)))
    offices = list(without_surnames(doc, find_offices(doc, parties)))
    year = int(article.published[:4]) if article.published else None
    names = NameFinder(doc, parties, offices, year=year).find()
    covered = {i for name in names for i in range(name.start, name.end)}
    parties = [party for party in parties if party.start not in covered]
    places = list(PlaceFinder(doc, parties, names, dateline_end=article.body_start).find())
    gone = _give_place_country(doc, offices, places, parties)
    places = [place for place in places if place not in gone]
    outlet = outlet_signs(article, doc, parties, places)
    outlet = outlet or home_leg_signs(doc, parties, places, offices)
    persons = gather_persons(
        article,
        doc,
        names,
        offices,
        parties,
        places,
        year=year,
        outlet=outlet,
    )
    bodies = list(find_bodies(doc, parties, names, offices, places))
    ids: dict[tuple[str, str], str] = {}
    entities = [
        *_person_entities(article, doc, persons, ids),
        *_administration_entities(article, doc, persons),
        *_party_entities(article, doc, parties, ids),
        *_place_entities(article, doc, places, ids),
        *_body_entities(article, doc, bodies),
    ]
    yield from sorted(entities, key=lambda e: (e.mentions[0].start, e.mentions[0].end, e.id))
    yield from Resolver(article, doc, persons, offices, parties, places, ids).resolve()


def entity_id(kind: str, article_id: str, key: str) -> str:
    """Return the id of an entity of one article."""
    digest = hashlib.sha256(f"{article_id}\0{kind}\0{key}".encode()).hexdigest()
    return f"{kind}-{digest[:16]}"


def _without_nested(parties: Sequence[PartySpan]) -> list[PartySpan]:
    kept: list[PartySpan] = []
    for party in sorted(parties, key=lambda span: (span.start, -span.end)):
        if not kept or party.start >= kept[-1].end:
            kept.append(party)
    return kept


def _give_place_country(
    doc: Doc,
    offices: Sequence[OfficeSpan],
    places: Sequence[PlaceSpan],
    parties: Sequence[PartySpan],
) -> list[PlaceSpan]:
    """Read the country of "crown prince of Abu Dhabi", "the Shanghai mayor".

    Return the places that are rather seats of the same name in another country.

    So too of "a spokesman for Kyiv's intelligence service", "head of the Council of Lyon",
    "officials from Nairobi".
    """
    by_start = {place.start: place for place in places}
    by_end = {place.end: place for place in places}
    gone: list[PlaceSpan] = []
    for office in offices:
        if office.country is not None:
            continue
        at = office.head_end
        first = at + 1 + (doc[at : at + 2].text.lower() == "of the")
        many = office.plural or office.form.office == "delegation"
        led_by = {"of", "for", "from"} if many else {"of", "for"}
        place = by_start.get(first) if doc[at : at + 1].text in led_by else None
        if place is not None and doc[at].text == "from" and seat_of(place.country) != place.city:
            place = None  # "officials from Nairobi", not "lawmakers from Mombasa"
        region = by_start.get(at)
        if region is not None and region.end <= office.end:
            place = region  # "Governor | Punjab Ali Raza"
        elif place is None and office.country is None:
            office.country = _region_of(doc, at, office.end)
        behind = doc[place.end : place.end + 1].text if place is not None else ""
        if place is not None and doc[at].text == "for" and behind not in APOSTROPHE_S:
            place = None
        owned = doc[office.start - 1 : office.start].text in APOSTROPHE_S
        reached = office.start - 1 if owned else office.head_start
        if reached not in by_end and doc[reached - 1].lower_ in word_set("geographic_noun"):
            reached -= 1  # "the Lima | Province minister"
        before = by_end.get(reached)
        if before is not None and not owned and _is_where(doc, before, office):
            before = None
        place = place or before or _served(doc, office, by_start)
        if place is None and office.public and office.form.scope != "diplomatic":
            office.country = _seat(doc, at + 1, office.end)
        if place is None and office.country is None and office.form.scope == "national":
            office.country = _town_before(doc, office.start)
        if office.form.office in word_set("seated_for"):
            told = {party.code for party in parties if party.is_country}
            told |= {other.country for other in places if other is not place}
            if place is not None and told and place.country not in told:
                gone.append(place)  # "MP for Banda", a town of the country that is told of
                place = None
            if place is None and office.country is None:
                office.country = constituency_country(doc, office, told)
        if place is not None:
            office.country = place.country
            office.end = max(office.end, place.end if place.start >= at else office.end)
    return gone


def _region_of(doc: Doc, start: int, end: int) -> str | None:
    """Return the land of the province that ends a title: "Governor | Sindh"; None of several."""
    regions = {p.country for p in find_place(doc[start:end].text) if p.kind == "region"}
    return regions.pop() if len(regions) == 1 else None


def _served(doc: Doc, office: OfficeSpan, by_start: Mapping[int, PlaceSpan]) -> PlaceSpan | None:
    """Return the Virginia of "secretary of agriculture for Virginia"."""
    if office.form.scope not in NATIONAL or office.plural:
        return None
    ended = (i for i in range(office.head_end, office.end + 1) if doc[i : i + 1].text == "for")
    found = (by_start.get(i + 1) for i in ended)
    place = next((one for one in found if one is not None), None)
    closed = place is not None and doc[place.end : place.end + 1].text in {",", ".", ")", ""}
    return place if closed else None


def _is_where(doc: Doc, place: PlaceSpan, office: OfficeSpan) -> bool:
    """Tell the town of "In Lima Secretary of State X said" from that of "the Lima mayor"."""
    led = doc[place.start - 1].lower_ if place.start else ""
    return led in word_set("locative") and office.form.scope in NATIONAL and not office.determiner


def _seat(doc: Doc, start: int, end: int) -> str | None:
    """Return the country of the city or region in "the Department of Culture of Lyon City"."""
    for at in range(start, end):
        led = doc[at - 1].text == "of" or doc[at - 2 : at].text == "of the"
        if not led or doc[at].lower_ in institution_words():
            continue
        for length in _SEAT_LENGTHS:
            places = find_place(doc[at : min(at + length, end)].text)
            largest = max(places, key=lambda place: place.population, default=None)
            if largest and (largest.capital or largest.population >= _SEAT_POPULATION):
                return largest.country
    return None


def _town_before(doc: Doc, at: int) -> str | None:
    """Return the country of the town in "Kampala Metropolitan Police | spokesperson"."""
    first = at
    while first > 0 and doc[first - 1].lower_ in word_set("town_body") and at - first < _TOWN_BODY:
        first -= 1
    if first == at or first == 0 or not doc[first].text[:1].isupper():
        return None
    largest = max(find_place(doc[first - 1].text), key=lambda p: p.population, default=None)
    if largest is None or not (largest.capital or largest.population >= _SEAT_POPULATION):
        return None
    return largest.country


def _mention(article: Article, doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    begin, stop = doc[start].idx, last.idx + len(last)
    return Span(article_id=article.id, start=begin, end=stop, text=article.text[begin:stop])


def _named(article: Article, doc: Doc, start: int, end: int) -> Span:
    """Return the mention of a person without a footnote's mark at its end."""
    whole = _mention(article, doc, start, end)
    text = without_note(whole.text)
    return whole.model_copy(update={"text": text, "end": whole.start + len(text)})


def _aliases(name: str, mentions: Sequence[Span]) -> tuple[str, ...]:
    forms = {_SPACE.sub(" ", mention.text) for mention in mentions} - {name}
    return tuple(sorted(forms))


def _person_entities(
    article: Article, doc: Doc, persons: Sequence[Person], ids: dict[tuple[str, str], str]
) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for person in persons:
        key = fold(person.name)
        seen[key] = seen.get(key, 0) + 1
        identity = entity_id("person", article.id, key if seen[key] == 1 else f"{key}|{seen[key]}")
        ids["person", str(person.number)] = identity
        mentions = tuple(_named(article, doc, s.start, s.end) for s in person.spans)
        yield Entity(
            id=identity,
            kind="person",
            name=person.name,
            aliases=_aliases(person.name, mentions),
            country=code_today(person.country) if person.country else None,
            roles=person.roles(),
            mentions=mentions,
        )


def _administration_entities(
    article: Article, doc: Doc, persons: Sequence[Person]
) -> Iterator[Entity]:
    for name, code, tokens in named_by_administration(doc, persons):
        yield Entity(
            id=entity_id("person", article.id, f"{fold(name)}|administration"),
            kind="person",
            name=name,
            country=code,
            mentions=tuple(_mention(article, doc, i, i + 1) for i in tokens),
        )


def _party_entities(
    article: Article, doc: Doc, parties: Sequence[PartySpan], ids: dict[tuple[str, str], str]
) -> Iterator[Entity]:
    """Yield countries and organizations; a former state is one with that which carries it on."""
    grouped: dict[str, list[PartySpan]] = defaultdict(list)
    for party in parties:
        grouped[code_today(party.code)].append(party)
    for code, spans in grouped.items():
        kind = "country" if spans[0].is_country else "organization"
        identity = entity_id(kind, article.id, code)
        ids |= {("party", span.code): identity for span in spans}
        mentions = tuple(_mention(article, doc, s.start, s.end) for s in spans)
        name = country_name(code)
        yield Entity(
            id=identity,
            kind="country" if spans[0].is_country else "organization",
            name=name,
            aliases=_aliases(name, mentions),
            country=code if spans[0].is_country else None,
            mentions=mentions,
        )


def _place_entities(
    article: Article, doc: Doc, places: Sequence[PlaceSpan], ids: dict[tuple[str, str], str]
) -> Iterator[Entity]:
    grouped: dict[tuple[str, str], list[PlaceSpan]] = defaultdict(list)
    for place in places:
        grouped[place.name, place.country].append(place)
    for (name, country), spans in grouped.items():
        identity = entity_id("place", article.id, f"{name}-{country}")
        ids["place", f"{name}-{country}"] = identity
        mentions = tuple(_mention(article, doc, s.start, s.end) for s in spans)
        yield Entity(
            id=identity,
            kind="place",
            name=name,
            aliases=_aliases(name, mentions),
            country=country,
            mentions=mentions,
        )


def _body_entities(article: Article, doc: Doc, bodies: Sequence[Body]) -> Iterator[Entity]:
    for body in bodies:
        mentions = tuple(_mention(article, doc, start, end) for start, end in body.spans)
        yield Entity(
            id=entity_id("organization", article.id, fold(body.name)),
            kind="organization",
            name=body.name,
            aliases=_aliases(body.name, mentions),
            country=body.country,
            mentions=mentions,
        )


__all__ = ["entity_id", "find"]
