"""One telling of a trip, and the small readings of numbers and groups that it needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol, TypedDict

from spacy.tokens import Span, Token

from models import Reference
from models.visit import VisitStatus
from pipeline.discourse.factuality import Fact
from pipeline.discourse.lasting_verbs import is_of_years
from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.timing.days import follows
from pipeline.discourse.timing.of_trips import Phase, When
from pipeline.iso_lengths import DAY
from pipeline.labels import PLURALS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set

#: The note of a telling beside what is told: "X, on a visit to Peru, signed a pact".
ASIDE = "aside"
#: The note of a telling that says only when its traveller left home.
LEFT_HOME = "left home"
#: The note of a telling of the trip on which one set out: "left on Monday for a visit to Peru".
SET_OUT = "set out"
#: The note of a telling where a trip will end: in the last land of it.
LAST_STOP = "last stop"
#: The note of a stay that is told to be over with how long it was ("spent four days there").
STAYED_OUT = "stayed out"
#: The note of a plan for an event that is told to be off: who is in the land has but that put off.
EVENT_OFF = "event off"
#: How many days an event may last so that who attends it may be there all the time.
LONGEST_EVENT = 9
#: How many days one stay may last at most.
_YEAR = 366
#: How many years may lie between two told as years ("was in Lima between 2011 and 2013").
_YEARS = 2
#: Notes of what takes hours or days: talks, and what one attends.
_OF_HOURS = frozenset({"meeting", "presence", "event", "inside"})
#: The note of a visit that is told to last for a day or for hours.
ONE_DAY = "one day"


class ScoredRow(Protocol):
    """A row by which trips are told, and how surely."""

    @property
    def id(self) -> str:
        """What the evidence names it."""
        ...

    @property
    def score(self) -> float:
        """How surely, from 0 to 1."""
        ...


class TripRow(ScoredRow, Protocol):
    """A row that says which days it dates, too."""

    @property
    def phase(self) -> Phase:
        """Which: the first, the last or all."""
        ...


class Details(TypedDict, total=False):
    """What else a trigger may tell of a trip; see `Candidate`."""

    hosts: tuple[Actor, ...]
    kind: str | None
    first: bool
    count: int
    anaphoric: bool
    previous: bool
    tour: bool
    joins: bool
    stops: int | None
    inviter: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """One telling of a trip."""

    rule: str
    at: int
    actor: Actor | None
    origin: str | None
    spot: Spot | None
    destination: str | None
    fact: Fact
    when: When
    score: float
    hosts: tuple[Actor, ...] = ()
    kind: str | None = None
    first: bool = False
    count: int = 1
    anaphoric: bool = False
    previous: bool = False
    tour: bool = False
    #: True where it only adds to a trip told elsewhere.
    joins: bool = False
    #: True where it tells only that a journey has begun, on which this country comes later.
    further: bool = False
    #: Countries of a tour as told ("four-nation"), 0 where not told, None where it is no tour.
    stops: int | None = None
    inviter: str | None = None
    phase: Phase = "whole"
    #: The day of what was done on the trip, which is neither its first nor its last.
    day: str | None = None
    #: When the event is held that it tells of, by the sentence that tells where.
    held: When = field(default_factory=When)
    notes: tuple[str, ...] = field(default=())

    @property
    def arrives(self) -> bool:
        """Whether it tells an arrival that names no place."""
        return self.spot is None and (self.rule in word_set("arrival") or "due" in self.notes)

    @property
    def status(self) -> VisitStatus | None:
        """The status that the words give, or None where they make no trip."""
        return self.fact.status

    @property
    def is_mention(self) -> bool:
        """Whether it but names a trip ("his visit to Lima is his third"), and none is there."""
        return self.status == "ongoing" and self.fact.weak and not self.when

    @property
    def is_over(self) -> bool:
        """Whether it tells a trip that was made, or names one by its day ("his 2023 visit")."""
        named = self.status == "ongoing" and self.fact.weak and bool(self.when)
        return self.status == "completed" or named

    def is_of(self, actor: Actor | None) -> bool:
        """Tell whether somebody is the one who goes."""
        return self.actor is not None and actor is not None and self.actor.key == actor.key

    def another(self, rule: str, at: int, *, score: float) -> Candidate:
        """Return a trip made before this one and told by it, of which nothing more is said.

        "A landed in Lima, the third leader to come after B": B's has the land of A's, but not its
        days, hosts and kind.
        """
        return replace(
            self,
            rule=rule,
            at=at,
            score=score,
            fact=Fact("completed"),
            when=When(),
            day=None,
            kind=None,
            first=False,
            count=1,
            stops=None,
            tour=False,
            hosts=(),
        )


def trips_of_group(actor: Actor | None, trigger: Token, *, before: Span) -> int:
    """Return how many trips are told of a visitor: of a plural n or 0, where each goes for himself.

    Those whom one country sends on one occasion are one delegation, however many they are ("two
    Peruvian ministers arrived"). Each goes for himself where they are of several countries
    ("European leaders"), where some of a body go ("several members", "dozens of members"), where
    they lead a state one after the other ("two Peruvian presidents"), where they are delegations
    themselves and where they have gone since some year.

    Args:
        before: the two words before the visitor.
    """
    if actor is None or not actor.reference.plural or actor.reference.members:
        return 1
    told = actor.reference.text.split()[:3]
    many = before if before[-1:].text == "of" else before[-1:]
    some = {word.lower() for word in told} | {token.lower_ for token in many}
    leads = actor.reference.role_kind in word_set("each_of_kind")
    apart = leads or not some.isdisjoint(word_set("each_goes"))
    perfect = any(child.lemma_ == "have" for child in trigger.children)
    since = any(child.lower_ == "since" for child in trigger.children)
    since = since or (perfect and is_of_years(trigger))
    once = trigger.tag_ not in PLURALS or trigger.lemma_ in word_set("one_in_plural")
    together = is_country(actor.country or "") and once
    if together and not apart and not since:
        return 1
    return next((n for word in told if (n := number_in(word))), 0)


def joined(actors: list[Actor]) -> list[Actor]:
    """Make "ministers and heads of agencies", uncounted both, one."""
    actors = _without_headings(_without_retinue(actors))
    plain = [a for a in actors if a.reference.plural and not a.reference.members]
    if len(plain) < 2 or len(plain) < len(actors) or len({a.country for a in plain}) > 1:
        return actors
    role = " and ".join(a.reference.role or a.reference.text for a in plain)
    first = plain[0]
    return [replace(first, reference=first.reference.model_copy(update={"role": role}))]


def _without_headings(actors: list[Actor]) -> list[Actor]:
    """Leave out the plural of "the ministers of Peru, X, and Chile, Y", who are named."""
    named = {a.country for a in actors if a.reference.name}
    return [
        a
        for a in actors
        if a.reference.name or not a.reference.plural or len(named) < 2 or a.country not in named
    ]


def _without_retinue(actors: list[Actor]) -> list[Actor]:
    """Leave out those of "the minister and his delegation", "and his aides", who are his own."""
    led = {a.country for a in actors if a.reference.kind == "person"}
    return [
        a
        for a in actors
        if not (
            (a.reference.kind == "delegation" and led & {a.country, None})
            or (_is_own(a.reference) and a.country in led)
        )
    ]


def _is_own(group: Reference) -> bool:
    """Tell "his ministers" from "his counterparts of Peru and Mali", "his wife"."""
    unnamed = group.plural and not group.members and not group.name
    return unnamed and group.text.lower().startswith(("his ", "her "))


def without_years(candidate: Candidate) -> Candidate:
    """Leave a stretch of years undated where one trip is told: it is of what that is about.

    "a visit to set priorities for cooperation between 2024 and 2028" fires, as does "agreed there
    on a plan for 2021 through 2023"; "paid nine visits between 2014 and 2022" and "in the winter
    of 2023" do not.
    """
    start, end = candidate.when.start, candidate.when.end
    several = candidate.count != 1 or (
        candidate.actor is not None and candidate.actor.reference.plural
    )
    if several or start is None or end is None:
        return candidate
    whole_days = len(start) == len(end) == DAY
    years = int(end[:4]) - int(start[:4])
    most_years = _YEARS if _OF_HOURS.isdisjoint(candidate.notes) else 1
    long = not follows(start, end, most_days=_YEAR) if whole_days else years > most_years
    return replace(candidate, when=When()) if long else candidate


def is_stay(when: When) -> bool:
    """Tell days that a guest of an event may stay for from the weeks that a session lasts."""
    return len(when.start or "") < DAY or follows(when.start, when.end, most_days=LONGEST_EVENT)


def is_loose(when: When) -> bool:
    """Tell no days, or but a month, of "will visit Lima next month. He leaves on 3 May"."""
    return not when or len(when.start or when.end or "") < DAY


__all__ = [
    "ASIDE",
    "EVENT_OFF",
    "LEFT_HOME",
    "LONGEST_EVENT",
    "ONE_DAY",
    "SET_OUT",
    "STAYED_OUT",
    "Candidate",
    "Details",
    "ScoredRow",
    "TripRow",
    "is_loose",
    "is_stay",
    "joined",
    "trips_of_group",
    "without_years",
]
