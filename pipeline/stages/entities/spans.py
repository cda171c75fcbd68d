"""What is found in a Doc on the way to entities; bounds are token indices, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.reference.offices import OfficeForm
from pipeline.stages.entities.tables import word_set

PartyForm = Literal["name", "adjective", "people", "metonym", "former", "abbreviation", "head"]


@dataclass(frozen=True)
class PartySpan:
    """A country or organization named in any form."""

    start: int
    end: int
    code: str
    form: PartyForm
    is_country: bool
    acts: bool = True  # whether it acts like a party of its own (EU, UN, …)


@dataclass(frozen=True)
class PlaceSpan:
    """A city, region or landmark, and the country it lies in."""

    start: int
    end: int
    name: str
    country: str
    city: str | None


@dataclass
class OfficeSpan:
    """An office as the text gives it, with the country and organization it belongs to."""

    start: int
    end: int
    head_start: int
    head_end: int
    form: OfficeForm
    title: str
    country: str | None = None
    organization: str | None = None
    plural: bool = False
    former: bool = False
    deputy: bool = False
    determiner: str | None = None
    #: The country for which the article writes, where the office stands without one.
    home: str | None = None
    #: Whether more than a count of names tells that country.
    home_told: bool = False
    countries: tuple[str, ...] = ()
    #: Modifiers such as "visiting", lower case.
    modifiers: frozenset[str] = frozenset()
    #: Whether words of a public institution stand with it ("Municipal Council", "Ministry").
    public: bool = False
    #: Whether it is that of a body of many countries ("World Trade Forum Secretary-General").
    of_many: bool = False
    #: Whether its country stands before it, as news tells of others' ("the Norwegian premier").
    foreign: bool = False
    #: Whether it is a diplomat's of whom is said where, but not whose ("Ambassador to Taiwan").
    posted: bool = False
    #: Whether it is one of several that a plural names ("the foreign and defence ministers").
    shared: bool = False
    #: The names of its holders, or a delegation's leader, that only a sentence behind tells.
    holders: tuple[NameSpan, ...] = ()

    @property
    def kind(self) -> str:
        """Class of the office, deputies told apart."""
        if self.form.form == "chancellor" and self.country in word_set("chancellor_abroad"):
            return "foreign_minister"  # "Chancellor Ana Ruiz of Peru", its "canciller"
        if self.form.form == "foreign secretary" and self.country in word_set("led_by_minister"):
            return "deputy_minister"  # "Indian Foreign Secretary X", below the minister
        abroad = self.country is not None and self.country not in word_set("led_by_adviser")
        if abroad and self.form.form in word_set("chief_aide"):
            return "envoy"  # "President X's chief adviser on Asia"
        deputy = self.deputy and not self.form.office.startswith(("deputy", "vice"))
        return f"deputy_{self.form.office}" if deputy else self.form.office


@dataclass
class NameSpan:
    """A stretch that names a person."""

    start: int
    end: int
    text: str
    source: str
    offices: list[OfficeSpan] = field(default_factory=list)
    country: str | None = None
    #: The one word by which the person is called as well ("Joko “Jokowi” Widodo"), or "".
    nickname: str = ""


__all__ = ["NameSpan", "OfficeSpan", "PartyForm", "PartySpan", "PlaceSpan"]
