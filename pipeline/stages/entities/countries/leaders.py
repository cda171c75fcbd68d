"""The known leaders that persons are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.reference.countries import is_country
from pipeline.reference.fold import fold
from pipeline.reference.leaders import (
    FAMILY_FIRST,
    PARTICLES,
    Leader,
    given_names,
    leaders_by_name,
    leaders_by_surname,
    leaders_named,
)
from pipeline.stages.entities.countries.namesakes import is_namesake
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

#: The first name's letters before a surname: "Kh.Battulga", "D.Tsogtbaatar".
INITIAL_LETTERS = 2
#: Given names of so many letters are one leader's though one letter is wrong.
LONG_GIVEN = 7
#: Whose names are told either way round: "Kamikawa Yoko" at home, "Yoko Kamikawa" abroad.
TURNED = frozenset({"HUN", "JPN"})

_NONE_KNOWN: ContextVar[bool] = ContextVar("none_known", default=False)


@contextmanager
def none_known() -> Iterator[None]:
    """Know no leader within, to learn what an article alone tells of those who are known now."""
    token = _NONE_KNOWN.set(True)
    try:
        yield
    finally:
        _NONE_KNOWN.reset(token)


def find_leader(
    person: Person,
    *,
    year: int | None = None,
    named: Collection[str] = (),
    bodies: Collection[str] = (),
    years: Collection[int] = (),
) -> Leader | None:
    """Return the known leader of that name, if the text does not give another country.

    A surname alone is enough only where it stands beside an office of the leader's class, or
    where the text names the country and a year in which one leader of that name led it.

    Args:
        year: the article's.
        named: the countries that the article names.
        bodies: the organizations that it names.
        years: the years that it is of or names.
    """
    if _NONE_KNOWN.get():
        return None
    told = {office.country for office in person.offices if office.country} - person.chaired
    own = told | set(person.countries)
    rows = leaders_named(person.name) or _turned(person.name)
    rows = rows or _initialled(person.name) or _misspelt(person.name)
    bare = len(person.words - PARTICLES) == 1  # "Assad", "al-Assad"
    titles = {office.form.form for office in person.offices}
    if not rows and bare and not titles & word_set("first_named"):
        kinds = {office.form.office for office in person.offices}
        rows = tuple(
            row
            for row in leaders_by_surname().get(fold(person.name), ())
            if row.office in kinds or (row.code in own) or _is_called(person, row, year)
        )
        if len({row.code for row in rows}) > 1:
            rows = tuple(row for row in rows if row.code in own)
        rows = _leading_land(person, rows, {*named, *bodies}, year) or rows
        if fold(person.name) in given_names():  # "President Sheikh Mohamed", of another land
            kept = {*named, *own, *FAMILY_FIRST}
            rows = tuple(r for r in rows if r.code in kept or _held_in(r, year))
    if not rows and bare:
        rows = _royals(person) or _led_then(person, named, years)
    known = fold(person.name) in leaders_by_name() or bool(_turned(person.name))
    if is_namesake(person, rows, {*named, *bodies, *own}, known=known, years=years):
        return None
    if len({row.code for row in rows}) > 1:  # the King Abdullah of two lands
        then = tuple(row for row in rows if year is not None and row.held_in(year))
        # Without a year Solana is NATO's where Spain is not told of.
        near = tuple(row for row in then or rows if row.code in named or row.code in bodies)
        rows = near if len({row.code for row in near}) == 1 else rows
    fitting = [row for row in rows if not own or row.code in own]
    if "sr" in person.words:
        fitting = [row for row in fitting if "sr" in fold(row.name).split()]
    sent = {row.office for row in fitting if not is_country(row.code)}  # by the UN, as an envoy
    national = (o for o in person.offices if o.form.scope == "national")
    if any(office.form.office not in sent for office in national):
        fitting = _of_state(fitting, titles, year)
    kinds = {office.form.office for office in person.offices}
    titled = [row for row in fitting if row.office in kinds]
    current = [row for row in titled if year is not None and row.held_in(year)]
    current = current or [row for row in fitting if year is not None and row.held_in(year)]
    of_states = [row for row in fitting if is_country(row.code)]
    return max(current or titled or of_states or fitting, key=lambda row: row.start, default=None)


def _held_in(row: Leader, year: int | None) -> bool:
    return year is not None and row.held_in(year)


def find_pope(person: Person, offices: Sequence[OfficeSpan], year: int | None) -> Leader | None:
    """Return the pope whom "Francis" alone calls where the text tells of "the pope" besides.

    Not who has another office, nor one of that name where no pope is told of.
    """
    told = any(office.form.office == "pope" for office in offices)
    if not told or person.offices or person.countries or _NONE_KNOWN.get():
        return None
    rows = [row for row in leaders_named(f"Pope {person.name}") if row.office == "pope"]
    return next((row for row in rows if year is None or row.held_in(year)), None)


def _leading_land(
    person: Person, rows: Sequence[Leader], named: Collection[str], year: int | None
) -> tuple[Leader, ...]:
    """Return the Kim who leads North Korea for "Chairman Kim", not one who heads another body.

    Args:
        rows: who the person may be by surname and office.
        named: the countries and organizations that the article names.
    """
    of_bodies = rows and all(not is_country(row.code) and row.code not in named for row in rows)
    alike = leaders_by_surname().get(fold(person.name), ()) if of_bodies else ()
    tops = [row for row in alike if row.office in word_set("top_office") and row.code in named]
    then = tuple(row for row in tops if year is None or row.held_in(year))
    return then if len({row.code for row in then}) == 1 else ()


def _of_state(rows: Sequence[Leader], titles: Collection[str], year: int | None) -> list[Leader]:
    """Return the leaders of countries, or of a body where they preside over nothing else.

    "President von der Leyen" is the EU's, who was but a minister of her own country.
    """
    national = [row for row in rows if is_country(row.code)]
    if set(titles) != {"president"} or any(row.office == "head_of_state" for row in national):
        return national
    presiding = [row for row in rows if row not in national]
    return [row for row in presiding if year is None or row.held_in(year)] or national


def give_posts_of_bodies(person: Person, bodies: Collection[str]) -> None:
    """Give a bare office to the body of a known holder: "Ghassan Salamé, the last envoy".

    Args:
        bodies: the organizations that the article names.
    """
    leader = person.leader
    if leader is None or is_country(leader.code) or leader.code not in bodies:
        return
    for office in person.offices:
        if office.country is None and office.form.office == leader.office:
            office.country = leader.code


def _turned(name: str) -> tuple[Leader, ...]:
    """Return the leader whom "Kamikawa Yoko" calls, whose family name may be told first."""
    family, _, given = name.partition(" ")
    if not given or " " in given:
        return ()
    rows = leaders_by_name().get(fold(f"{given} {family}"), ())
    return tuple(row for row in rows if row.code in TURNED)


def _initialled(name: str) -> tuple[Leader, ...]:
    """Return the leader whom "Kh.Battulga" calls: the first name by its first letters."""
    initial, _, last = name.partition(".")
    if not last or " " in initial or len(initial) > INITIAL_LETTERS:
        return ()
    rows = leaders_by_surname().get(fold(last), ())
    return tuple(row for row in rows if fold(row.name).startswith(fold(initial)))


def _misspelt(name: str) -> tuple[Leader, ...]:
    """Return the leader whom "Volodymr Zelensky" calls: one long given name but for a letter."""
    given, _, last = name.rpartition(" ")
    if len(given) < LONG_GIVEN or " " in given:
        return ()
    told = fold(given)
    close = (
        rows
        for other, rows in _given_by_last().get(fold(last), ())
        if DamerauLevenshtein.distance(other, told, score_cutoff=1) <= 1
    )
    return next(close, ())


@lru_cache(maxsize=1)
def _given_by_last() -> Mapping[str, list[tuple[str, tuple[Leader, ...]]]]:
    """Return the given names of leaders of two names, in any spelling, by the last one."""
    found: dict[str, list[tuple[str, tuple[Leader, ...]]]] = {}
    for name, rows in leaders_by_name().items():
        given, _, last = name.partition(" ")
        if last and " " not in last:
            found.setdefault(last, []).append((given, rows))
    return found


def _is_called(person: Person, row: Leader, year: int | None) -> bool:
    """Tell whether "Secretary Esper" may call a minister who is in office."""
    titles = {office.form.form for office in person.offices}
    minister = row.office.endswith(("minister", "secretary"))
    return (
        minister
        and year is not None
        and row.held_in(year)
        and bool(titles & word_set("ministerial"))
    )


def _led_then(person: Person, named: Collection[str], years: Collection[int]) -> tuple[Leader, ...]:
    """Return whom a bare "Abbott" may mean where Australia and 2014 are told, if of one."""
    if person.offices or person.countries:
        return ()
    rows = tuple(
        row
        for row in leaders_by_surname().get(fold(person.name), ())
        if row.office not in word_set("little_known_class")
        and row.code in named
        and (not years or any(row.held_in(year) for year in years))
    )
    return rows if len({row.code for row in rows}) == 1 else ()


def _royals(person: Person) -> tuple[Leader, ...]:
    """Return the monarchs and princes of one first name, if all are of one country."""
    titles = {word for office in person.offices for word in office.title.lower().split()}
    if not titles & word_set("first_named"):
        return ()
    whole = {office.title for office in person.offices}  # "Crown Princess Victoria"
    for title in (*sorted(whole), *sorted(titles & word_set("first_named"))):
        named = leaders_by_name().get(fold(f"{title} {person.name}"))
        if named:
            return named
    found = tuple(
        row
        for row in _by_first_name().get(fold(person.name), ())
        if row.office in word_set("first_named_class")
        and (row.code in word_set("monarchy") or row.office == "pope")
    )
    return found if len({row.code for row in found}) == 1 else ()


@lru_cache(maxsize=1)
def _by_first_name() -> Mapping[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = {}
    for rows in leaders_by_name().values():
        for row in rows:
            found.setdefault(fold(row.name).split()[0], []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def merge_leaders(persons: list[Person]) -> list[Person]:
    """Make two spellings of one known leader one person ("Joe Biden", "Joseph Biden")."""
    merged: dict[object, Person] = {}
    for person in persons:
        leader = person.leader
        key: object = (leader.name, leader.code) if leader else person.number
        kept = merged.setdefault(key, person)
        if kept is not person:
            for span in person.spans:
                kept.take(span)
            kept.spans.sort(key=lambda span: span.start)
            kept.offices = sorted(kept.offices + person.offices, key=lambda o: o.start)
            kept.countries += person.countries
    return list(merged.values())


__all__ = [
    "find_leader",
    "find_pope",
    "give_posts_of_bodies",
    "merge_leaders",
    "none_known",
]
