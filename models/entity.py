"""Persons, countries, organizations and places, and the words that refer to them."""

from __future__ import annotations

from typing import Literal

from models.base import PartialDate, PartyCode, Record, Span

EntityKind = Literal["person", "country", "organization", "place"]

#: What a reference is of: one person, whoever travels, a country or a place in one, a party.
PERSONAL_KINDS = frozenset({"person", "office"})
ACTOR_KINDS = PERSONAL_KINDS | {"delegation"}
LAND_KINDS = frozenset({"country", "place"})
PARTY_KINDS = frozenset({"country", "organization"})

#: How a reference names what it refers to.
ReferenceForm = Literal[
    "name",  # "Ilham Aliyev", "Azerbaijan", "Baku", "NATO"
    "short",  # "Aliyev" after the whole name
    "office",  # "the Azerbaijani Minister of Defence", "the ambassador"
    "adjective",  # "Azerbaijani"
    "people",  # "the Azerbaijanis"
    "metonym",  # "Washington", "the Kremlin"
    "pronoun",  # "he", "her"
    "group",  # "the two sides", "both countries"
]

#: The forms that are names, where "Lima" may stand for a country as well.
NAME_FORMS = frozenset[ReferenceForm]({"name", "metonym"})


class Role(Record):
    """An office that a text gives a person."""

    title: str
    country: PartyCode | None = None
    organization: str | None = None
    #: Class of the office (`head_of_state`, `foreign_minister`, …), null where the table has none.
    kind: str | None = None
    #: First and last publication dates of articles that give it; set on merged records.
    first_attested: PartialDate | None = None
    last_attested: PartialDate | None = None


class Entity(Record):
    """A person, country, organization or place of one article or, merged, of all of them."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    country: PartyCode | None = None
    roles: tuple[Role, ...] = ()
    mentions: tuple[Span, ...] = ()


class Reference(Span):
    """A stretch of text that refers to an actor or a place, resolved within its article.

    Internal to the pipeline: what later stages read of the entities stage. A person, an unnamed
    office, a country, a place and "the two sides" all come as one.
    """

    kind: Literal["person", "office", "country", "organization", "place", "delegation", "group"]
    form: ReferenceForm
    #: The article-level entity referred to; null for an unnamed office or a group.
    entity_id: str | None = None
    #: The person's name in full, where it is known.
    name: str | None = None
    #: The office as this text gives it, short ("foreign minister").
    role: str | None = None
    #: Class of the office, as in `Role.kind`.
    role_kind: str | None = None
    #: The party that the actor belongs to, or the country that the place lies in.
    country: PartyCode | None = None
    #: The country of a place, by its name; for a city the city's own name ("Baku").
    place: str | None = None
    #: True where no words tell the country: it is the one for which the article writes.
    guessed: bool = False
    plural: bool = False
    #: False for "a president", "the first president to …": the words describe, not refer.
    definite: bool = True
    #: One key for all references to one actor of the article, named or not.
    actor: str | None = None
    #: The parties of a group ("the two countries" → both codes).
    members: tuple[PartyCode, ...] = ()
