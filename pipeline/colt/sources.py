"""What an output folder tells of a trip beside its record: persons and sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models import Article, Entity, Visit
from pipeline.colt.roles import HOGS, RoleCode, role_code
from pipeline.reference.fold import fold

_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?![”\"’\s]|$)[^.!?]*)*[.!?]*[”\"’]*")
_MEETS = re.compile(
    r"\b(?:meets?|meeting|met|talks|talked|spoke|speaks?|received|hosted)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Trip:
    """A visit of which COLT has a row."""

    visit: Visit
    role: RoleCode
    origin: str
    destination: str

    @property
    def is_leader(self) -> bool:
        """Whether a head of state or government travels."""
        return self.role in HOGS


@dataclass
class Sources:
    """What an output folder holds, as the rows need it."""

    articles: Mapping[str, Article]
    entities: Sequence[Entity]
    _persons: dict[str, Entity] = field(default_factory=dict)
    _by_name: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    _by_article: dict[str, list[tuple[int, Entity]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for entity in self.entities:
            if entity.kind != "person":
                continue
            self._persons[entity.id] = entity
            for name in {fold(form) for form in (entity.name, *entity.aliases)}:
                self._by_name[name].append(entity)
            for mention in entity.mentions:
                self._by_article[mention.article_id].append((mention.start, entity))

    def person(self, entity_id: str | None) -> Entity | None:
        """Return a person by id."""
        return self._persons.get(entity_id or "")

    def named(self, name: str) -> Entity | None:
        """Return the only person of a name."""
        found = self._by_name.get(fold(name), ())
        return found[0] if len(found) == 1 else None

    def in_span(self, article_id: str, start: int, end: int) -> Iterator[Entity]:
        """Yield the persons mentioned in a stretch of an article."""
        for at, entity in self._by_article.get(article_id, ()):
            if start <= at < end:
                yield entity


def year_of(visit: Visit) -> int | None:
    """Return the year of a visit, or else of its first article."""
    told = visit.start or visit.end
    if told is None:
        told = next((proof.published for proof in visit.evidence if proof.published), None)
    return int(told[:4]) if told else None


def code_at(person: Entity, country: str | None, year: int | None) -> RoleCode | None:
    """Return the code of a person's office in a country, None for who is of another."""
    if person.country != country:
        return None
    return role_code([role.title for role in person.roles], country, year)


#: Article, start, end and text of a sentence.
Stretch = tuple[str, int, int, str]


def sentences(
    trip: Trip, sources: Sources, told: Mapping[tuple[str, str], int]
) -> Iterator[Stretch]:
    """Yield the sentences that tell of a trip.

    Those that prove it; and, of an article that tells of no other trip of this visitor, all that
    mention the visitor.
    """
    visit = trip.visit
    seen: set[tuple[str, int]] = set()
    for proof in visit.evidence:
        seen.add((proof.article_id, proof.start))
        yield proof.article_id, proof.start, proof.end, proof.text
    entity_id = visit.visitor.entity_id
    for article_id in sorted({proof.article_id for proof in visit.evidence}):
        article = sources.articles.get(article_id)
        if article is None or entity_id is None or told[article_id, entity_id] > 1:
            continue
        for match in _SENTENCE.finditer(article.text):
            known = any(a == article_id and match.start() <= s < match.end() for a, s in seen)
            persons = sources.in_span(article_id, match.start(), match.end())
            if not known and any(person.id == entity_id for person in persons):
                yield article_id, match.start(), match.end(), match.group()


def others_met(trip: Trip, sources: Sources, spans: Iterable[Stretch]) -> dict[str, str]:
    """Return the leaders of third countries and the heads of organizations who were met."""
    leaders: set[str] = set()
    heads: set[str] = set()
    for article_id, start, end, text in spans:
        if not _MEETS.search(text):
            continue
        for person in sources.in_span(article_id, start, end):
            if person.id == trip.visit.visitor.entity_id:
                continue
            code = code_at(person, person.country, year_of(trip.visit))
            if code == "I" and person.country != trip.origin:
                heads.add(person.name)
            elif code in HOGS and person.country not in {None, trip.origin, trip.destination}:
                leaders.add(person.name)
    found: dict[str, str] = {}
    if leaders:
        found |= {"MetNonhostHOGS": "1", "NonhostHOGSNames": "; ".join(sorted(leaders))}
    if heads:
        found |= {"MetIGOLeader": "1", "IGOLeaderName": "; ".join(sorted(heads))}
    return found


__all__ = ["Sources", "Stretch", "Trip", "code_at", "others_met", "sentences", "year_of"]
